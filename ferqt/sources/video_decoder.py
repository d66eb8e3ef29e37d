"""Decoding a video file: frames in order with their true numbers, from any frame on."""

import logging
from collections import deque
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from ferqt.sources.limits import is_too_large
from ferqt.sources.video_container import (
    add_to,
    jump,
    new_timeline,
    open_video,
    packets_until_damage,
    scan,
    stated_frames,
)

if TYPE_CHECKING:
    import av
    from av.packet import Packet
    from av.video.stream import VideoStream

_log = logging.getLogger(__name__)

_SCAN_AT_OPENING_BYTES: Final = 256_000_000
"""Files up to this size are read through when opened, so that frame count and rate are exact from
the start; larger ones at the first jump. Raising it delays the first frame of large files on slow
disks (about 1 s for 100 MB on a network drive)."""

_KEPT_PIXELS: Final = 32 * 1280 * 720
"""Frames are kept for stepping back until they have so many pixels together; 1.5 byte each."""


class Decoded(NamedTuple):
    """A decoded frame, not yet converted."""

    picture: "av.VideoFrame"
    number: int


class VideoDecoder:
    """The frames of a video file.

    Used in one thread; FFmpeg decodes on threads of its own.

    Args:
        path: The file, absolute.
        failure: Beginning of the sentence of an error.

    Raises:
        SourceError: The file is not a video that can be decoded.
    """

    def __init__(self, path: Path, failure: str) -> None:
        self._path = path
        self._failure = failure
        self._careful = False
        self.lost: set[int] = set()
        """Numbers of the frames passed so far that damage in the file has made undecodable. Frames
        whose time is damaged have no place and a negative number."""
        self._next_number: int | None = 0
        self._pictures: list[av.VideoFrame] = []
        self._recent: deque[Decoded] = deque()
        self.container, self.stream = open_video(path, failure)
        self.timeline = new_timeline(self.container, self.stream)
        if path.stat().st_size <= _SCAN_AT_OPENING_BYTES:
            self.learn_all_times()
        self._begin_reading()

    def decode_singly(self) -> None:
        """Begin again at the start, and decode one frame at a time from now on.

        FFmpeg's threads work on several frames at once, and what they make up for damaged parts
        then depends on which of them was quicker.
        """
        self._careful = True
        self._reopen()

    def learn_all_times(self) -> None:
        """Complete the timeline, if it is not yet."""
        if not self.timeline.complete:
            self.timeline = scan(self._path, self._failure)

    def next(self) -> Decoded | None:
        """Decode the next frame; None at the end of the file."""
        while True:
            while not self._pictures:
                packet = next(self._packets, None)
                if packet is None:
                    return self._end_reading()
                self._pictures = self._decode(packet)
            picture = self._pictures.pop(0)
            if is_too_large(picture.width, picture.height):
                # The file's head stated another size: this one is damage.
                continue
            number = self._number_of(picture)
            if number is not None:
                self._next_number = number + 1
                decoded = Decoded(picture, number)
                self._recent.append(decoded)
                while len(self._recent) * picture.width * picture.height > _KEPT_PIXELS:
                    self._recent.popleft()
                return decoded

    def go_to(self, number: int, run_up: int = 0) -> list[Decoded]:
        """Decode the frame with this number, or the one after it where damage took it.

        Args:
            number: The frame.
            run_up: How many key frames more to go back before it. What decoders make up for damage
                depends on what they decoded before. With one more, 299 of 300 jumps into damaged
                films gave the very pictures of reading on, without it 273.

        Returns:
            The frame, and after it those that had been decoded already; `next` gives what follows.
            The last frame there is when the file holds none from `number` on.
        """
        recent = [decoded for decoded in self._recent if decoded.number >= number]
        if recent and recent[0].number == number:
            return recent
        found = self._decode_up_to(number, None) if self._can_read_on_to(number) else None
        if found is None:
            found = self._decode_up_to(number, self._decode_from_before(number, run_up))
        return [] if found is None else [found]

    def close(self) -> None:
        """Close the file; harmless when repeated."""
        self._recent.clear()
        self.container.close()

    def _reopen(self) -> None:
        """Begin again at the start of the file."""
        from av.codec.context import ThreadType

        self.container.close()
        self.container, self.stream = open_video(self._path, self._failure)
        if self._careful:
            self.stream.thread_type = ThreadType.SLICE
        self._begin_reading()

    def _begin_reading(self, *, after_jump: bool = False) -> None:
        """Read packets from where the container now stands."""
        self._packets = packets_until_damage(self.container, self.stream)
        self._pictures = []
        self._recent.clear()
        self._next_number = None if after_jump else 0
        self._awaiting_keyframe = after_jump

    def _can_read_on_to(self, number: int) -> bool:
        """True when reading on gets to a frame at least as soon as jumping would."""
        at = self._next_number
        if at is None or at > number:
            return False
        if not self.timeline.reliable:
            return True
        keyframe = self.timeline.keyframe_before(number)
        return keyframe is None or self.timeline.number(keyframe) <= at

    def _decode_from_before(self, number: int, run_up: int = 0) -> Decoded | None:
        """Jump to a key frame from which a frame can be decoded, and decode the first frame there.

        A container may land later than asked, as its own index can be in order of decoding; then
        earlier key frames are tried, and the start of the file last.
        """
        assert self.container is not None
        for skip in range(run_up, run_up + 3):
            keyframe = self.timeline.keyframe_before(number, skip)
            if keyframe is None:
                break
            if not jump(self.container, self.stream, keyframe):
                break
            self._begin_reading(after_jump=True)
            decoded = self.next()
            if decoded is not None and decoded.number <= number:
                return decoded
        self._reopen()
        return self.next()

    def _decode_up_to(self, number: int, decoded: Decoded | None) -> Decoded | None:
        """Decode on from a frame to the one wanted; the last there is when the rest is lost."""
        passed = decoded
        while decoded is None or decoded.number < number:
            decoded = self.next()
            if decoded is None:
                break
            passed = decoded
        return passed

    def _number_of(self, picture: "av.VideoFrame") -> int | None:
        """Return a picture's number; None for one that damage has put in a wrong place."""
        expected = self._next_number or 0
        if picture.pts is None or not self.timeline.reliable:
            return expected
        stray = self.timeline.stray(picture.pts)
        if stray is not None:
            self.lost.add(stray)
            return None
        number = self.timeline.number(picture.pts)
        if number < expected or number >= len(self.timeline):
            return None
        self._count_lost(number)
        return number

    def _end_reading(self) -> Decoded | None:
        """Come to the end of the file, where damage may yet have left frames to decode."""
        # Before the first seek, reading to the end has met every packet.
        self.timeline.complete = True
        if (self._next_number or 0) < len(self.timeline) and not self._careful:
            return self._decode_damaged_end()
        stated = stated_frames(self.stream) - self.timeline.stray_count
        self._count_lost(max(len(self.timeline), stated))
        return None

    def _decode(self, packet: "Packet[VideoStream]") -> "list[av.VideoFrame]":
        """Decode one packet, an empty one at the end; damage costs frames and nothing more."""
        from av.error import FFmpegError

        if packet.size:
            if not self.timeline.complete:
                add_to(self.timeline, packet)
            # After a jump into the middle, pictures that refer to what was not read are garbage.
            self._awaiting_keyframe &= not packet.is_keyframe
            if self._awaiting_keyframe:
                return []
        try:
            return packet.decode()
        except FFmpegError as error:
            _log.debug("%s: a packet cannot be decoded: %s", self._path.name, error)
            return []

    def _decode_damaged_end(self) -> Decoded | None:
        """Go back and decode the end again, one frame at a time.

        When the decoder's threads are emptied at the end of a file, PyAV gives up at the first
        damaged frame, and the good ones in the other threads would be lost.
        """
        number = self._next_number or 0
        self.decode_singly()
        decoded = self._decode_up_to(number, self._decode_from_before(number))
        return decoded if decoded is not None and decoded.number >= number else None

    def _count_lost(self, until: int) -> None:
        """Count the frames from the expected one up to another, which were not there."""
        if self._next_number is not None:
            self.lost.update(range(self._next_number, until))
