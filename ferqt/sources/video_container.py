"""A video file's container: opened without trust, and what its packets tell of its frames."""

import logging
from collections.abc import Iterator
from contextlib import suppress
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeVar, cast

from ferqt.errors import SourceError
from ferqt.sources.decoders import ALLOWED, DECODERS
from ferqt.sources.limits import MAX_PIXELS, check_picture_size
from ferqt.sources.mp4_index import listed_samples
from ferqt.sources.timeline import Timeline

if TYPE_CHECKING:
    from av.audio.stream import AudioStream
    from av.container import InputContainer
    from av.packet import Packet
    from av.video.stream import VideoStream

    _Stream = TypeVar("_Stream", VideoStream, AudioStream)

_log = logging.getLogger(__name__)

USUAL_RATE: Final = Fraction(25)
"""Frames a second where a file does not say."""

_FORMATS: Final = (
    "mov,matroska,avi,mpegts,mpeg,mpegvideo,flv,live_flv,asf,asf_o,ogg,h264,hevc,vvc,av1,obu,ivf,"
    "m4v,mjpeg,gif,apng,nut,mxf,dv,rm,wtv,yuv4mpegpipe,gxf,vc1,h261,h263,dirac,"
    "wav,w64,mp3,aac,flac,ac3,eac3,dts,amr,aiff,caf,ape,au,wv,tta"
)
"""What FFmpeg may take a file for. Playlists are not among it: they lead to other files, and one
without an end is waited for."""

_PICTURE_MARKS: Final = (b"\xff\xd8\xff", b"\x89PNG", b"II*\0", b"MM\0*", b"BM")
"""How pictures begin."""

_PHOTO_BRANDS: Final = ("heic", "heix", "mif1")
"""Kinds of MP4 that hold a photo in tiles; FFmpeg would show one of them."""

_LEAST_BYTES: Final = 4
"""No container spends less on a frame. An index of some bytes can list millions, and reading on
through all that are not there takes minutes."""

_MOST_TICKS: Final = 2**62


def open_container(path: Path, failure: str) -> "InputContainer":
    """Open a file that may come from a stranger; `failure` begins the sentence of an error."""
    import av

    options = {
        # A playlist that is named like a video must not make the program open network connections.
        "protocol_whitelist": "file",
        "format_whitelist": _FORMATS,
        "codec_whitelist": ALLOWED,
        # Looking for what a file holds decodes some frames, before their size can be judged.
        "max_pixels": str(MAX_PIXELS),
    }
    try:
        size = path.stat().st_size
        if listed_samples(path) > size:
            raise _impossible_index(failure)
        container = av.open(f"file:{path}", options=options, metadata_errors="replace")
    except PermissionError as error:
        raise SourceError(
            f"{failure}: reading it is not permitted", "Check the file's permissions."
        ) from error
    except (av.error.FFmpegError, OSError, ValueError) as error:
        raise _refusal(path, failure) from error
    if any(len(stream.index_entries) > size // _LEAST_BYTES for stream in container.streams):
        container.close()
        raise _impossible_index(failure)
    return container


def _impossible_index(failure: str) -> SourceError:
    return SourceError(
        f"{failure}: its index lists more frames than the file can hold", "Copy or export it again."
    )


def _refusal(path: Path, failure: str) -> SourceError:
    """Say why a file cannot be opened."""
    with suppress(OSError), path.open("rb") as file:
        head = file.read(16)
        if head.startswith(_PICTURE_MARKS) or head[8:12] == b"WEBP":
            return SourceError(
                f"{failure}: it is a picture", "Give it the ending of a picture, such as .png."
            )
    return SourceError(
        f"{failure}: it is not a video, or it is damaged or incomplete",
        "Play it in a media player to check, or copy or export it again.",
    )


def decoder_options(codec: str) -> dict[str, str]:
    """Return what a decoder of strangers' pictures is told."""
    options = {"max_pixels": str(MAX_PIXELS)}
    if codec == "mjpeg":
        # Half a picture would come with its rest gray, and be read like any other.
        options["err_detect"] = "explode"
    return options


def open_video(path: Path, failure: str) -> "tuple[InputContainer, VideoStream]":
    """Open a file and choose its video; `failure` begins the sentence of an error."""
    container = open_container(path, failure)
    try:
        return container, _choose_stream(container, failure)
    except BaseException:
        container.close()
        raise


def can_decode(track: "AudioStream") -> bool:
    """Return whether a track of sound has a decoder that strangers' files may reach."""
    # PyAV has no decoder for a stream without a codec context.
    context = getattr(track, "codec_context", None)
    return context is not None and context.name in DECODERS


def _choose_stream(container: "InputContainer", failure: str) -> "VideoStream":
    """Return the first moving picture, made ready to decode; the cover of a song is none."""
    from av.codec.context import ThreadType
    from av.stream import Disposition

    covers = Disposition.attached_pic
    if container.metadata.get("major_brand") in _PHOTO_BRANDS:
        raise SourceError(f"{failure}: photos of the kind HEIC are not read", "Save it as JPEG.")
    streams = [s for s in container.streams.video if not s.disposition & covers]
    if not streams:
        raise SourceError(f"{failure}: it holds no video", "Choose a file with a picture track.")
    stream = streams[0]
    # PyAV has no width for a codec without a decoder.
    if not hasattr(stream, "width") or stream.codec_context.name not in DECODERS:
        raise SourceError(
            f"{failure}: its video codec is not supported", "Convert it to H.264, for example."
        )
    check_picture_size(stream.codec_context.width, stream.codec_context.height, failure)
    stream.codec_context.options = decoder_options(stream.codec_context.name)
    stream.thread_type = ThreadType.FRAME | ThreadType.SLICE
    return stream


def packets_until_damage(
    container: "InputContainer", *streams: "_Stream"
) -> "Iterator[Packet[_Stream]]":
    """Yield the packets of streams, empty ones last; end where the file cannot be read on."""
    from av.error import FFmpegError

    try:
        yield from cast("Iterator[Packet[_Stream]]", container.demux(*streams))
    except FFmpegError as error:
        _log.warning("%s: cannot be read to its end: %s", Path(container.name).name, error)
    except IndexError:
        # PyAV 18 stumbles at the end of a file in which streams came to light on the way.
        _log.debug("%s: streams were found late", Path(container.name).name)


def jump(container: "InputContainer", stream: "VideoStream | AudioStream", tick: int) -> bool:
    """Bring a container to a tick of a stream; False when the file cannot be sought there."""
    from av.error import FFmpegError

    try:
        container.seek(max(-_MOST_TICKS, min(tick, _MOST_TICKS)), stream=stream)
    except (FFmpegError, OSError) as error:
        _log.debug("%s: cannot be sought: %s", Path(container.name).name, error)
        return False
    return True


def new_timeline(container: "InputContainer", stream: "VideoStream") -> Timeline:
    """Return the timeline of a stream, without its frames."""
    time_base = stream.time_base or Fraction(1, 90_000)
    rate = stream.average_rate or stream.guessed_rate or USUAL_RATE
    # AVI has no field for presentation times: FFmpeg guesses them where frames are reordered.
    guessed = container.format.name == "avi" and stream.codec_context.has_b_frames
    zero = _zero_tick(container.start_time, time_base)
    return Timeline(time_base, zero, rate, trust_pts=not guessed)


def scan(path: Path, failure: str) -> Timeline:
    """Return the timeline of a file with all its frames, by reading its packets once."""
    container, stream = open_video(path, failure)
    with container:
        timeline = new_timeline(container, stream)
        for packet in packets_until_damage(container, stream):
            add_to(timeline, packet)
    timeline.finish()
    return timeline


def _zero_tick(start_us: int | None, time_base: Fraction) -> int | None:
    """Return where the medium starts in ticks; a start before 0 s is sound's, not the picture's."""
    return None if start_us is None else round(Fraction(max(start_us, 0), 10**6) / time_base)


def add_to(timeline: Timeline, packet: "Packet[VideoStream]") -> None:
    """Note a packet's time, unless it holds no frame that is ever shown."""
    if packet.size and not packet.is_discard:
        timeline.add(packet.pts, packet.dts, is_keyframe=packet.is_keyframe)


def stated_frames(stream: "VideoStream") -> int:
    """Return how many frames the file's own index lists, 0 where it does not list all."""
    return sum(not entry.is_discard for entry in stream.index_entries)
