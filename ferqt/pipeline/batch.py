"""Every frame of a source through a pipeline, in order and without drops."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from ferqt.core.types import Frame
from ferqt.errors import SourceError, UsageError
from ferqt.faces.base import DetectorOptions
from ferqt.outputs.base import ResultSink
from ferqt.pipeline.pipeline import Pipeline
from ferqt.pipeline.read_ahead import ReadAhead
from ferqt.sources.base import SourceInfo, SourceKind

# Time stamps are written with six decimals; a time copied from a table means that very frame.
_TIME_DECIMALS: Final = 6

_VIDEO_TILES: Final = 4
"""Tiles searched for small faces in a frame of a film: the frames of a film follow each other, so a
small face that is missed in one is found a few frames later."""


@dataclass(frozen=True, slots=True)
class Part:
    """Which frames of a source are analyzed.

    Attributes:
        start_s: Frames before this time are left out; None for the beginning.
        stop_s: Frames from this time on are left out, so that parts can follow each other; None for
            the end.
        every: Only frames whose number is a multiple of it. Raising it saves time; tracking has
            less to hold on to.
    """

    start_s: float | None = None
    stop_s: float | None = None
    every: int = 1

    def __post_init__(self) -> None:
        if self.stop_s is not None and self.stop_s <= (self.start_s or 0.0):
            raise UsageError(
                f"the end lies before the beginning: from {self.start_s or 0:g} s "
                f"to {self.stop_s:g} s",
                "Choose an end after the beginning.",
            )

    def check(self, info: SourceInfo) -> None:
        """Raise if a source has no such part.

        Raises:
            SourceError: Pictures have no times, an endless source needs an end, the source is over
                before the part begins.
        """
        timed = self.start_s is not None or self.stop_s is not None
        if info.kind is SourceKind.IMAGES and timed:
            raise SourceError(
                f"pictures have no times: '{info.title}'",
                "Leave out the beginning and the end (--from, --to).",
            )
        endless = info.live or info.kind is SourceKind.DEMO
        if endless and self.stop_s is None:
            raise SourceError(
                f"the source has no end: '{info.title}'",
                "Say after how many seconds to stop (--to).",
            )
        if self.start_s and info.duration_s is not None and self.start_s >= info.duration_s:
            raise SourceError(
                f"'{info.title}' is over before the beginning: it has {info.duration_s:g} s, and "
                f"{self.start_s:g} s was asked for",
                "Choose an earlier beginning.",
            )

    def expected_frames(self, info: SourceInfo) -> int | None:
        """Return about how many frames will be read, for a progress bar; None when not known."""
        if self.start_s is None and self.stop_s is None:
            return info.frame_count
        stop_s = self.stop_s if info.duration_s is None else info.duration_s
        if info.fps is None or stop_s is None:
            return None
        if self.stop_s is not None:
            stop_s = min(stop_s, self.stop_s)
        return max(1, round((stop_s - (self.start_s or 0.0)) * info.fps))


@dataclass(frozen=True, slots=True)
class BatchOutcome:
    """What an analysis did.

    Attributes:
        frames: Number of frames that were analyzed.
        frames_with_faces: Number of those in which a face was found.
        readings: Number of faces read, over all frames.
        faces: Number of ids that were given; ids start over in each picture, so there it is the
            number of faces read.
        pictures: Names of the pictures that were analyzed; empty for a film.
        complete: False when the analysis was stopped before its end.
    """

    frames: int = 0
    frames_with_faces: int = 0
    readings: int = 0
    faces: int = 0
    pictures: tuple[str, ...] = ()
    complete: bool = True


def batch_options(options: DetectorOptions, kind: SourceKind) -> DetectorOptions:
    """Return a detector's settings for an analysis, which has more time than the live view."""
    tiles = None if kind is SourceKind.IMAGES else _VIDEO_TILES
    return replace(options, tiles_per_frame=tiles)


def analyze_source(
    reader: ReadAhead,
    pipeline: Pipeline,
    sinks: Sequence[ResultSink],
    *,
    part: Part = Part(),
    on_progress: Callable[[int], None] = lambda _read: None,
    should_stop: Callable[[], bool] = lambda: False,
) -> BatchOutcome:
    """Send every frame of a part through the pipeline and its result to all sinks.

    Runs in the pipeline's thread. The pipeline is reset first, and again before each picture of a
    folder: pictures are not a film, so ids start over in each. Two runs give equal results.

    Args:
        reader: The source, entered.
        pipeline: What reads the frames.
        sinks: Where results go; the caller closes them.
        part: Which frames.
        on_progress: Called with the number of frames read so far, those left out included.
        should_stop: Asked before each frame; True ends the analysis early.

    Raises:
        SourceError: Reading failed, or there is no such part.
        ModelError: The model returned something that is no probability.
        OutputError: A result cannot be written.
    """
    part.check(reader.info)
    pictures = reader.info.kind is SourceKind.IMAGES
    tally = _Tally(pictures)
    pipeline.reset()
    complete = False
    for read, frame in enumerate(reader.frames(), start=1):
        if should_stop():
            break
        time_s = _time_of(frame)
        if not pictures and part.stop_s is not None and time_s >= part.stop_s:
            complete = True
            break
        early = not pictures and part.start_s is not None and time_s < part.start_s
        if not early and frame.index % part.every == 0:
            if pictures:
                pipeline.reset()
            result = pipeline.process(frame)
            for sink in sinks:
                sink.write(result)
            tally.count([face.face.track_id for face in result.faces], frame.name)
        on_progress(read)
    else:
        complete = not should_stop()
    return tally.outcome(complete)


class _Tally:
    """Counts what an analysis reads."""

    def __init__(self, pictures: bool) -> None:
        self._are_pictures = pictures
        self._frames = 0
        self._with_faces = 0
        self._readings = 0
        self._ids: set[int] = set()
        self._pictures: list[str] = []

    def count(self, track_ids: Sequence[int], picture: str) -> None:
        self._frames += 1
        self._with_faces += bool(track_ids)
        self._readings += len(track_ids)
        self._ids.update(track_ids)
        if self._are_pictures:
            self._pictures.append(picture)

    def outcome(self, complete: bool) -> BatchOutcome:
        return BatchOutcome(
            self._frames,
            self._with_faces,
            self._readings,
            self._readings if self._are_pictures else len(self._ids),
            tuple(self._pictures),
            complete,
        )


def _time_of(frame: Frame) -> float:
    """Media time, or the time since a live source was opened, in s."""
    time_s = frame.session_ms / 1000 if frame.media_time is None else frame.media_time
    return round(time_s, _TIME_DECIMALS)
