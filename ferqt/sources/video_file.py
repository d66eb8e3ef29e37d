"""Video files through FFmpeg (PyAV): every frame, at its true time, upright and as RGB."""

import logging
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Final

import cv2
import numpy as np

from ferqt.core.timing import SessionClock
from ferqt.core.types import Frame, Image
from ferqt.errors import SourceError
from ferqt.sources.base import SourceInfo, SourceKind
from ferqt.sources.lifecycle import InterruptibleSource
from ferqt.sources.limits import MAX_PIXELS, check_picture_size
from ferqt.sources.timeline import Timeline

if TYPE_CHECKING:
    import av
    from av.container import InputContainer
    from av.packet import Packet
    from av.video.stream import VideoStream

    _Decoded = tuple[av.VideoFrame, int]

_log = logging.getLogger(__name__)

_SCAN_AT_OPENING_BYTES: Final = 256_000_000
"""Files up to this size are read through when opened, so that frame count and rate are exact from
the start; larger ones at the first seek. Raising it delays the first frame of large files on slow
disks (about 1 s for 500 MB on a network drive)."""

_USUAL_RATE: Final = Fraction(25)
_TURNS: Final = {
    90: cv2.ROTATE_90_COUNTERCLOCKWISE,
    180: cv2.ROTATE_180,
    -180: cv2.ROTATE_180,
    -90: cv2.ROTATE_90_CLOCKWISE,
}


class VideoFileSource(InterruptibleSource):
    """A video file, read frame by frame.

    Media time is the container's presentation time; 0 s is where the container says that the medium
    starts, as in players. Frame numbers count the frames of the file in order of presentation, also
    those that damage makes undecodable.

    Opened, read, sought and closed in one thread; FFmpeg decodes on threads of its own.

    Args:
        path: The file.

    Raises:
        SourceError: The file is missing, empty, not a video, too large or damaged from the start.
    """

    def __init__(self, path: str | Path) -> None:
        super().__init__()
        self._path = Path(path).absolute()
        self._failure = f"cannot open '{path}'"
        self._clock = SessionClock()
        self._lost: set[int] = set()
        self._careful = False
        self._container: InputContainer | None = None
        self._ahead: _Decoded | None = None
        self._info: SourceInfo | None = None
        self._info_is_exact = False
        self._check_file()
        try:
            self._open()
            self._timeline = self._new_timeline()
            if self._path.stat().st_size <= _SCAN_AT_OPENING_BYTES:
                self._complete_timeline()
            first = self._decode_first()
            self._ahead = first
            self._width, self._height = _upright_size(first[0])
        except BaseException:
            self.close()
            raise

    @property
    def info(self) -> SourceInfo:
        """What is known of the file; count, rate and length are estimates until it was scanned."""
        if self._info is None or self._info_is_exact is not self._timeline.complete:
            self._info = self._describe()
            self._info_is_exact = self._timeline.complete
        return self._info

    @property
    def lost_frames(self) -> int:
        """Frames passed so far that damage in the file has made undecodable."""
        return len(self._lost)

    def frames(self) -> Iterator[Frame]:
        """Yield frames from the present position to the end of the file."""
        while not self._interrupted.is_set():
            decoded, self._ahead = self._ahead, None
            if decoded is None:
                decoded = self._decode_next()
            if decoded is None:
                return
            picture, number = decoded
            time_s = self._time_of(picture, number)
            yield Frame(self._to_rgb(picture), number, time_s, self._clock.stamp(time_s))

    def seek(self, media_time: float) -> None:
        """Make the last frame shown at or before `media_time` (s) the next one."""
        self._complete_timeline()
        self.seek_frame(self._timeline.number_at(media_time))

    def seek_frame(self, index: int) -> None:
        """Make the frame with this number the next one; where damage took it, the one after it."""
        self._complete_timeline()
        target = min(max(index, 0), len(self._timeline) - 1)
        decoded = None
        if self._can_read_on_to(target):
            decoded = self._decode_up_to(target, self._ahead)
        if decoded is None:
            decoded = self._decode_up_to(target, self._decode_from_before(target))
        self._ahead = decoded

    def close(self) -> None:
        """Close the file; harmless when repeated."""
        self._ahead = None
        if self._container is not None:
            self._container.close()
            self._container = None

    def _check_file(self) -> None:
        if not self._path.exists():
            raise SourceError(f"{self._failure}: there is no such file", "Check the path.")
        if not self._path.is_file():
            raise SourceError(f"{self._failure}: it is not a file", "Choose a video file.")
        if self._path.stat().st_size == 0:
            raise SourceError(f"{self._failure}: the file is empty", "Copy or export it again.")

    def _open(self) -> None:
        """Open the container at its start, in place of one that is open."""
        from av.codec.context import ThreadType

        if self._container is not None:
            self._container.close()
        self._container, self._stream = _open_video(self._path, self._failure)
        if self._careful:
            self._stream.thread_type = ThreadType.SLICE
        self._begin_reading()

    def _begin_reading(self, *, after_jump: bool = False) -> None:
        """Read packets from where the container now stands."""
        assert self._container is not None
        self._packets = _packets_until_damage(self._container, self._stream)
        self._decoded: list[av.VideoFrame] = []
        self._next_number = None if after_jump else 0
        self._awaiting_keyframe = after_jump

    def _new_timeline(self) -> Timeline:
        assert self._container is not None
        stream = self._stream
        time_base = stream.time_base or Fraction(1, 90_000)
        zero = _zero_tick(self._container.start_time, time_base)
        rate = stream.average_rate or stream.guessed_rate or _USUAL_RATE
        # AVI has no field for presentation times: FFmpeg guesses them where frames are reordered.
        guessed = self._container.format.name == "avi" and stream.codec_context.has_b_frames
        return Timeline(time_base, zero, rate, trust_pts=not guessed)

    def _complete_timeline(self) -> None:
        """Learn the times of all frames by reading the file's packets once."""
        if self._timeline.complete:
            return
        timeline = self._new_timeline()
        container, stream = _open_video(self._path, self._failure)
        with container:
            for packet in _packets_until_damage(container, stream):
                _add_to(timeline, packet)
        timeline.complete = True
        self._timeline = timeline

    def _can_read_on_to(self, number: int) -> bool:
        """True when reading on gets to a frame at least as soon as jumping would."""
        at = self._ahead[1] if self._ahead is not None else self._next_number
        if at is None or at > number:
            return False
        if not self._timeline.reliable:
            return True
        keyframe = self._timeline.keyframe_before(number)
        return keyframe is None or self._timeline.number(keyframe) <= at

    def _decode_from_before(self, number: int) -> "_Decoded | None":
        """Jump to a key frame from which a frame can be decoded, and decode the first frame there.

        A container may land later than asked, as its own index can be in order of decoding; then
        earlier key frames are tried, and the start of the file last.
        """
        assert self._container is not None
        for skip in range(3):
            keyframe = self._timeline.keyframe_before(number, skip)
            if keyframe is None:
                break
            try:
                self._container.seek(keyframe, stream=self._stream)
            except OSError:
                break
            self._begin_reading(after_jump=True)
            decoded = self._decode_next()
            if decoded is not None and decoded[1] <= number:
                return decoded
        self._open()
        return self._decode_next()

    def _decode_up_to(self, number: int, decoded: "_Decoded | None") -> "_Decoded | None":
        """Decode on from a frame to the one wanted; the last there is when the rest is lost."""
        passed = decoded
        while decoded is None or decoded[1] < number:
            decoded = self._decode_next()
            if decoded is None:
                break
            passed = decoded
        return passed

    def _decode_first(self) -> "_Decoded":
        first = self._decode_next()
        if first is None:
            raise SourceError(
                f"{self._failure}: none of its frames can be decoded",
                "The file is damaged or incomplete; copy or export it again.",
            )
        return first

    def _decode_next(self) -> "_Decoded | None":
        """Decode the next frame and find its number; None at the end of the file."""
        while True:
            while not self._decoded:
                packet = next(self._packets, None)
                if packet is None:
                    return self._end_reading()
                self._decoded = self._decode(packet)
            picture = self._decoded.pop(0)
            check_picture_size(picture.width, picture.height, self._failure)
            number = self._number_of(picture)
            if number is not None:
                self._next_number = number + 1
                return picture, number

    def _number_of(self, picture: "av.VideoFrame") -> int | None:
        """Return a picture's number; None for one that damage has put in a wrong place."""
        expected = self._next_number or 0
        if picture.pts is None or not self._timeline.reliable:
            return expected
        number = self._timeline.number(picture.pts)
        if number < expected or number >= len(self._timeline):
            return None
        self._count_lost(number)
        return number

    def _end_reading(self) -> "_Decoded | None":
        """Come to the end of the file, where damage may yet have left frames to decode."""
        # Before the first seek, reading to the end has met every packet.
        self._timeline.complete = True
        if (self._next_number or 0) < len(self._timeline) and not self._careful:
            return self._decode_damaged_end()
        self._count_lost(max(len(self._timeline), _stated_frames(self._stream)))
        return None

    def _decode(self, packet: "Packet[VideoStream]") -> "list[av.VideoFrame]":
        """Decode one packet, an empty one at the end; damage costs frames and nothing more."""
        from av.error import FFmpegError

        if packet.size:
            if not self._timeline.complete:
                _add_to(self._timeline, packet)
            # After a jump into the middle, pictures that refer to what was not read are garbage.
            self._awaiting_keyframe &= not packet.is_keyframe
            if self._awaiting_keyframe:
                return []
        try:
            return packet.decode()
        except FFmpegError as error:
            _log.debug("%s: a packet cannot be decoded: %s", self._path.name, error)
            return []

    def _decode_damaged_end(self) -> "_Decoded | None":
        """Go back and decode the end again, one frame at a time.

        When the decoder's threads are emptied at the end of a file, PyAV gives up at the first
        damaged frame, and the good ones in the other threads would be lost.
        """
        self._careful = True
        number = self._next_number or 0
        self._open()
        decoded = self._decode_up_to(number, self._decode_from_before(number))
        return decoded if decoded is not None and decoded[1] >= number else None

    def _count_lost(self, until: int) -> None:
        """Count the frames from the expected one up to another, which were not there."""
        if self._next_number is not None:
            self._lost.update(range(self._next_number, until))

    def _time_of(self, picture: "av.VideoFrame", number: int) -> float:
        if picture.pts is not None and self._timeline.reliable:
            return self._timeline.seconds(picture.pts)
        return self._timeline.time(number)

    def _to_rgb(self, picture: "av.VideoFrame") -> Image:
        """Convert to RGB and turn upright as the file's display matrix asks."""
        image = np.asarray(picture.to_ndarray(format="rgb24"), dtype=np.uint8)
        turn = _TURNS.get(picture.rotation)
        if turn is not None:
            image = np.asarray(cv2.rotate(image, turn), dtype=np.uint8)
        return np.ascontiguousarray(image)

    def _describe(self) -> SourceInfo:
        assert self._container is not None
        timeline, container = self._timeline, self._container
        if timeline.complete:
            fps, count = timeline.frame_rate, len(timeline)
            duration_s, variable = timeline.duration_s, timeline.is_variable
        else:
            fps = float(self._stream.average_rate or _USUAL_RATE)
            duration_s = (container.duration or 0) / 1e6
            count, variable = round(duration_s * fps), None
        return SourceInfo(
            kind=SourceKind.VIDEO,
            title=self._path.name,
            location=str(self._path),
            width=self._width,
            height=self._height,
            fps=fps,
            frame_count=count,
            duration_s=duration_s,
            seekable=True,
            variable_frame_rate=variable,
            has_audio=bool(container.streams.audio),
        )


def _open_video(path: Path, failure: str) -> "tuple[InputContainer, VideoStream]":
    """Open a file and choose its video; `failure` begins the sentence of an error."""
    import av

    # A playlist that is named like a video must not make the program open network connections.
    options = {"protocol_whitelist": "file"}
    try:
        container = av.open(f"file:{path}", options=options, metadata_errors="replace")
    except PermissionError as error:
        raise SourceError(
            f"{failure}: reading it is not permitted", "Check the file's permissions."
        ) from error
    except (av.error.FFmpegError, OSError) as error:
        raise SourceError(
            f"{failure}: it is not a video, or it is damaged or incomplete",
            "Play it in a media player to check, or copy or export it again.",
        ) from error
    try:
        return container, _choose_stream(container, failure)
    except BaseException:
        container.close()
        raise


def _choose_stream(container: "InputContainer", failure: str) -> "VideoStream":
    """Return the first moving picture, made ready to decode; the cover of a song is none."""
    from av.codec.context import ThreadType
    from av.stream import Disposition

    covers = Disposition.attached_pic
    streams = [s for s in container.streams.video if not s.disposition & covers]
    if not streams:
        raise SourceError(f"{failure}: it holds no video", "Choose a file with a picture track.")
    stream = streams[0]
    if not hasattr(stream, "width"):  # PyAV has no decoder for this codec.
        raise SourceError(
            f"{failure}: its video codec is not supported", "Convert it to H.264, for example."
        )
    check_picture_size(stream.codec_context.width, stream.codec_context.height, failure)
    stream.codec_context.options = {"max_pixels": str(MAX_PIXELS)}
    stream.thread_type = ThreadType.FRAME | ThreadType.SLICE
    return stream


def _packets_until_damage(
    container: "InputContainer", stream: "VideoStream"
) -> "Iterator[Packet[VideoStream]]":
    """Yield the packets of a stream, an empty one last; end where the file cannot be read on."""
    from av.error import FFmpegError

    try:
        yield from container.demux(stream)
    except FFmpegError as error:
        _log.warning("%s: cannot be read to its end: %s", Path(container.name).name, error)


def _zero_tick(start_us: int | None, time_base: Fraction) -> int | None:
    """Return where the medium starts in ticks; a start before 0 s is sound's, not the picture's."""
    return None if start_us is None else round(Fraction(max(start_us, 0), 10**6) / time_base)


def _add_to(timeline: Timeline, packet: "Packet[VideoStream]") -> None:
    """Note a packet's time, unless it holds no frame that is ever shown."""
    if packet.size and not packet.is_discard:
        timeline.add(packet.pts, packet.dts, is_keyframe=packet.is_keyframe)


def _stated_frames(stream: "VideoStream") -> int:
    """Return how many frames the file's own index lists, 0 where it does not list all."""
    return sum(not entry.is_discard for entry in stream.index_entries)


def _upright_size(picture: "av.VideoFrame") -> tuple[int, int]:
    """Return width and height of a picture as it is shown."""
    if abs(picture.rotation) == 90:
        return picture.height, picture.width
    return picture.width, picture.height
