"""The sound of a video file through FFmpeg (PyAV): samples with the media time they belong to."""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from fractions import Fraction
from math import prod
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np

from ferqt.core.closing import Closing
from ferqt.core.types import FloatArray
from ferqt.errors import SourceError
from ferqt.sources.video_container import (
    can_decode,
    jump,
    open_container,
    packets_until_damage,
)

if TYPE_CHECKING:
    import av
    from av.filter import Graph

_RUN_UP_S: Final = 0.1
"""Decoding begins that much before the place sought: codecs need some packets to find their way."""

_SLOWEST_STEP: Final = 0.5
"""FFmpeg's atempo slows down by no more than this at a time."""

_EARLY_S: Final = 0.022
"""What comes out of atempo is early by half its window, 2048 samples at the usual rates."""

_LAYOUTS: Final = {1: "mono", 2: "stereo"}


@dataclass(frozen=True, slots=True, eq=False)
class AudioChunk:
    """A piece of sound.

    Attributes:
        media_s: Media time of the first sample in s, on the same scale as the picture's.
        samples: float32 n x channels in -1..1, contiguous, ready to be played at the reader's rate.
    """

    media_s: float
    samples: FloatArray


class AudioReader(Closing):
    """Decodes the first sound track of a file, stretched in time but not in pitch.

    Used in one thread. Damaged packets are passed over.

    Args:
        path: The file.
        rate: Samples a second of what is read.
        channels: 1 or 2; more are mixed down.

    Raises:
        SourceError: The file cannot be opened, or holds no sound that can be decoded.
    """

    def __init__(self, path: str | Path, *, rate: int, channels: int) -> None:
        self._failure = f"cannot play the sound of '{Path(path).name}'"
        self._container = open_container(Path(path).absolute(), self._failure)
        self._rate = rate
        self._channels = channels
        tracks = [s for s in self._container.streams.audio if can_decode(s)]
        if not tracks:
            self.close()
            raise SourceError(f"{self._failure}: it has none that can be decoded")
        self._track = tracks[0]
        # As in the timeline of the picture: a start before 0 s is padding.
        self._zero_s = max(self._container.start_time or 0, 0) / 1e6
        self.seek(0.0)

    def seek(self, media_time: float, speed: float = 1.0) -> None:
        """Let the next sample read be that of a media time (s), to be played at a speed."""
        self._speed = speed
        self._wanted_s = media_time
        start_s = max(media_time - _RUN_UP_S, 0.0) + self._zero_s
        ticks = round(Fraction(start_s) / (self._track.time_base or Fraction(1, self._rate)))
        # A file that cannot be sought is read from where it is.
        jump(self._container, self._track, ticks)
        self._chunks = self._read_chunks()

    def read(self) -> AudioChunk | None:
        """Decode the next piece, some hundredths of a second; None at the end of the sound.

        Raises:
            SourceError: The sound is of a format that cannot be converted.
        """
        for chunk in self._chunks:
            early_s = self._wanted_s - chunk.media_s
            early = max(0, round(early_s / self._speed * self._rate))
            if early < len(chunk.samples):
                media_s = chunk.media_s + early / self._rate * self._speed
                return AudioChunk(media_s, chunk.samples[early:])
        return None

    def close(self) -> None:
        """Close the file; harmless when repeated."""
        self._container.close()

    def _read_chunks(self) -> Iterator[AudioChunk]:
        stretcher: _Stretcher | None = None
        for frame in self._decode():
            if stretcher is None or not stretcher.suits(frame):
                stretcher = self._new_stretcher(frame)
            yield from self._to_media_time(stretcher.stretch(frame))
        if stretcher is not None:
            yield from self._to_media_time(stretcher.stretch(None))

    def _new_stretcher(self, first: "av.AudioFrame") -> "_Stretcher":
        from av.error import FFmpegError

        try:
            return _Stretcher(first, self._rate, self._channels, self._speed)
        except (FFmpegError, ValueError) as error:
            raise SourceError(f"{self._failure}: its format is not understood") from error

    def _to_media_time(self, chunks: Iterator[AudioChunk]) -> Iterator[AudioChunk]:
        for chunk in chunks:
            yield AudioChunk(chunk.media_s - self._zero_s, chunk.samples)

    def _decode(self) -> "Iterator[av.AudioFrame]":
        from av.error import FFmpegError

        for packet in packets_until_damage(self._container, self._track):
            with suppress(FFmpegError):
                yield from (frame for frame in packet.decode() if frame.pts is not None)


class _Stretcher:
    """Brings frames of one format to the rate, channels and speed wanted."""

    def __init__(self, first: "av.AudioFrame", rate: int, channels: int, speed: float) -> None:
        self._format = _format_of(first)
        self._channels = channels
        self._speed = speed
        self._begin_s = first.time or 0.0
        tempos = _tempos(speed)
        self._early_s = sum(_EARLY_S * prod(tempos[:place]) for place in range(len(tempos)))
        self._graph = _build_graph(first, rate, channels, tempos)

    def suits(self, frame: "av.AudioFrame") -> bool:
        return _format_of(frame) == self._format

    def stretch(self, frame: "av.AudioFrame | None") -> Iterator[AudioChunk]:
        """Stretch a frame, or what is still inside at the end (None); times are the container's."""
        from av.error import BlockingIOError as NothingYet
        from av.error import EOFError as Ended

        self._graph.push(frame)
        while True:
            try:
                out = self._graph.pull()
            except (NothingYet, Ended):
                return
            samples = out.to_ndarray().reshape(-1, self._channels)
            played_s = (out.time or 0.0) - self._begin_s
            media_s = self._begin_s + self._early_s + played_s * self._speed
            yield AudioChunk(media_s, np.ascontiguousarray(samples, np.float32))


def _format_of(frame: "av.AudioFrame") -> tuple[int, str, str]:
    return frame.sample_rate, frame.format.name, frame.layout.name


def _build_graph(
    frame: "av.AudioFrame", rate: int, channels: int, tempos: Sequence[float]
) -> "Graph":
    from av.filter import Graph

    graph = Graph()
    source = graph.add_abuffer(
        sample_rate=frame.sample_rate,
        format=frame.format,
        layout=frame.layout,
        time_base=frame.time_base,
    )
    wanted = f"sample_fmts=flt:sample_rates={rate}:channel_layouts={_LAYOUTS[channels]}"
    graph.link_nodes(
        source,
        *(graph.add("atempo", f"{tempo:g}") for tempo in tempos),
        graph.add("aformat", wanted),
        graph.add("abuffersink"),
    ).configure()
    return graph


def _tempos(speed: float) -> list[float]:
    """Divide a speed into factors that atempo can do; none for the usual speed."""
    tempos = []
    while speed < _SLOWEST_STEP:
        tempos.append(_SLOWEST_STEP)
        speed /= _SLOWEST_STEP
    return [*tempos, speed] if speed != 1.0 else tempos
