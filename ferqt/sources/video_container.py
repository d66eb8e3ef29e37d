"""A video file's container: opened without trust, and what its packets tell of its frames."""

import logging
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Final

from ferqt.errors import SourceError
from ferqt.sources.limits import MAX_PIXELS, check_picture_size
from ferqt.sources.timeline import Timeline

if TYPE_CHECKING:
    from av.container import InputContainer
    from av.packet import Packet
    from av.video.stream import VideoStream

_log = logging.getLogger(__name__)

USUAL_RATE: Final = Fraction(25)
"""Frames a second where a file does not say."""


def open_container(path: Path, failure: str) -> "InputContainer":
    """Open a file that may come from a stranger; `failure` begins the sentence of an error."""
    import av

    # A playlist that is named like a video must not make the program open network connections.
    options = {"protocol_whitelist": "file"}
    try:
        return av.open(f"file:{path}", options=options, metadata_errors="replace")
    except PermissionError as error:
        raise SourceError(
            f"{failure}: reading it is not permitted", "Check the file's permissions."
        ) from error
    except (av.error.FFmpegError, OSError) as error:
        raise SourceError(
            f"{failure}: it is not a video, or it is damaged or incomplete",
            "Play it in a media player to check, or copy or export it again.",
        ) from error


def open_video(path: Path, failure: str) -> "tuple[InputContainer, VideoStream]":
    """Open a file and choose its video; `failure` begins the sentence of an error."""
    container = open_container(path, failure)
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


def packets_until_damage(
    container: "InputContainer", stream: "VideoStream"
) -> "Iterator[Packet[VideoStream]]":
    """Yield the packets of a stream, an empty one last; end where the file cannot be read on."""
    from av.error import FFmpegError

    try:
        yield from container.demux(stream)
    except FFmpegError as error:
        _log.warning("%s: cannot be read to its end: %s", Path(container.name).name, error)


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
    timeline.complete = True
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
