"""Every frame of a source through both halves of the pipeline, in order and without drops."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, closing
from dataclasses import dataclass, field, replace
from threading import Event
from typing import Final, Self

from ferqt.classifiers.catalog import Catalog
from ferqt.core.state import State
from ferqt.core.types import FrameResult
from ferqt.errors import SourceError
from ferqt.faces.base import DetectorOptions
from ferqt.outputs.base import ResultSink
from ferqt.pipeline.ahead import Ahead
from ferqt.pipeline.build import build_face_reader, build_locator
from ferqt.pipeline.checkpoint import Checkpoint
from ferqt.pipeline.config import PipelineConfig
from ferqt.pipeline.face_reader import FaceReader
from ferqt.pipeline.locator import FaceLocator
from ferqt.pipeline.origin import Origin
from ferqt.pipeline.part import WHOLE, Part
from ferqt.pipeline.read_ahead import FrameReader
from ferqt.pipeline.stages import (
    LastStep,
    LocatingStage,
    Mark,
    ResultStep,
    as_damage,
    reading_steps,
)
from ferqt.sources.base import Losses, SourceKind

_VIDEO_TILES: Final = 1
"""Tiles searched for small faces at a turn of the tiles while others are followed. Raising it finds
a small newcomer sooner, now after 1.3 s at most (1280 x 720 px, 30 frames a second), and takes 1 ms
of computing time more a frame for each, where all the rest takes 18."""

_HURRIED_TILES: Final = 4
"""The same while nobody is followed, and after somebody was lost, as at a cut."""

_LOCATED_AHEAD: Final = 8
"""Frames whose faces were found and wait to be read; each holds its picture. With 2, stages of
changing speed waited for each other: 77 frames a second instead of 81."""

_RESULTS_AHEAD: Final = 16
"""Results that wait to be written; they are light."""

COMMIT_EVERY_S: Final = 0.5
"""Wall time between two checkpoints. Lowering it loses less when the program is killed, and writes
more often."""


@dataclass(frozen=True, slots=True)
class BatchOutcome:
    """What an analysis did, an earlier run that it went on from included.

    Attributes:
        frames: Number of frames that were analyzed.
        frames_with_faces: Number of those in which a face was found.
        readings: Number of faces read, over all frames.
        faces: Number of ids that were given; ids start over in each picture, so there it is the
            number of faces read.
        pictures: Names of the pictures that were analyzed; empty for a film.
        complete: False when the analysis was stopped before its end.
        losses: What the source could not deliver.
        failure: Why the source could not be read on; None when it could.
        origin: What results were read with; None when that was never known.
    """

    frames: int = 0
    frames_with_faces: int = 0
    readings: int = 0
    faces: int = 0
    pictures: tuple[str, ...] = ()
    complete: bool = True
    losses: Losses = field(default_factory=Losses)
    failure: SourceError | None = None
    origin: Origin | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Parts:
    """Makes the two halves of the pipeline, each in the thread that will run it.

    Attributes:
        locator: Makes the one that finds faces; raises DetectorError.
        reader: Makes the one that reads them; raises ModelError.
    """

    locator: Callable[[], FaceLocator]
    reader: Callable[[], FaceReader]

    @classmethod
    def of(cls, config: PipelineConfig, catalog: Catalog) -> Self:
        """Return the parts that settings name."""
        return cls(lambda: build_locator(config), lambda: build_face_reader(config, catalog))


def batch_options(options: DetectorOptions, kind: SourceKind) -> DetectorOptions:
    """Return a detector's settings for an analysis, which has more time than the live view."""
    # Its other stages need the cores.
    options = replace(options, share_faces_from=None)
    if kind is SourceKind.IMAGES:
        return replace(options, tiles_per_frame=None)
    return replace(options, tiles_per_frame=_VIDEO_TILES, tiles_in_a_hurry=_HURRIED_TILES)


def analyze_source(
    reader: FrameReader,
    parts: Parts,
    sinks: Sequence[ResultSink],
    *,
    part: Part = WHOLE,
    start: Checkpoint | None = None,
    listing: str = "",
    overlap: bool = True,
    commit: Callable[[Checkpoint], None] = lambda _checkpoint: None,
    commit_every_s: float = COMMIT_EVERY_S,
    on_progress: Callable[[int], None] = lambda _read: None,
) -> BatchOutcome:
    """Send every frame of a part through the pipeline and its result, without picture, to sinks.

    Sinks and callbacks are called in the calling thread. Faces are found in a thread of their own
    and read in another one, while the reader decodes ahead in a third; results are the same without
    those threads. Each picture of a folder is a source of its own: ids start over. Two runs give
    equal results, and so does one that went on from a checkpoint.

    Args:
        reader: The source, entered; standing at the checkpoint's frame if there is one.
        parts: What finds and reads the faces.
        sinks: Where results go; the caller closes them.
        part: Which frames.
        start: Where an earlier run ended; None to begin at the beginning of the part.
        listing: Goes into checkpoints as it is.
        overlap: Whether the stages have threads of their own.
        commit: Called with a checkpoint now and then, and at the end, after the results before it
            went to the sinks.
        commit_every_s: Wall time between two checkpoints.
        on_progress: Called with the number of frames read so far, those left out included. While
            it does not return, the analysis is paused.

    Raises:
        SourceError: There is no such part.
        DetectorError, ModelError: The parts cannot be made, or the model returned something that is
            no probability.
        SessionError: The checkpoint is damaged.
        OutputError: A result cannot be written.
    """
    part.check(reader.info)
    tally = _Tally(reader.info.kind is SourceKind.IMAGES)
    if start is not None:
        with as_damage():
            tally.restore(start.tally)
    mark = None if start is None else Mark(start.position, start.locator, start.reader)
    stage = LocatingStage(reader, parts.locator, part, mark, commit_every_s)
    with ExitStack() as stack:
        for step in _steps(stage, reader, parts, mark, overlap, stack):
            if isinstance(step, ResultStep) and step.result is not None:
                for sink in sinks:
                    sink.write(step.result)
                tally.count(step.result)
            if step.mark is not None:
                done = step.mark
                commit(Checkpoint(done.position, done.locator, done.reader, tally.state(), listing))
            if isinstance(step, LastStep):
                return tally.outcome(step)
            on_progress(step.read)
    raise AssertionError("an analysis ends with its last step")


def _steps(
    stage: LocatingStage,
    reader: FrameReader,
    parts: Parts,
    start: Mark | None,
    overlap: bool,
    stack: ExitStack,
) -> Iterator[ResultStep | LastStep]:
    """Put the stages together; leaving the stack ends them."""
    pictures = reader.info.kind is SourceKind.IMAGES
    if not overlap:
        located = stack.enter_context(closing(stage.steps()))
        return stack.enter_context(
            closing(reading_steps(located, parts.reader, pictures=pictures, start=start))
        )
    abandoned = Event()
    # Finding takes longest: whatever it waits for, all wait for.
    first = stack.enter_context(
        Ahead(stage.steps, "ferqt-find-faces", _LOCATED_AHEAD, abandoned, first=True)
    )
    second = stack.enter_context(
        Ahead(
            lambda: reading_steps(first.items(), parts.reader, pictures=pictures, start=start),
            "ferqt-read-faces",
            _RESULTS_AHEAD,
            abandoned,
        )
    )
    # First of all when the stack is left: whoever waits for a frame must not be waited for.
    stack.callback(reader.give_up)
    return second.items()


class _Tally:
    """Counts what an analysis reads."""

    def __init__(self, pictures: bool) -> None:
        self._are_pictures = pictures
        self._frames = 0
        self._with_faces = 0
        self._readings = 0
        self._highest_id = 0
        self._pictures: list[str] = []

    def count(self, result: FrameResult) -> None:
        self._frames += 1
        self._with_faces += bool(result.faces)
        self._readings += len(result.faces)
        # A tracker gives ids from 1 on, each first in a frame that is counted here.
        ids = (face.face.track_id for face in result.faces)
        self._highest_id = max(self._highest_id, *ids, 0)
        if self._are_pictures:
            self._pictures.append(result.name)

    def outcome(self, last: LastStep) -> BatchOutcome:
        return BatchOutcome(
            self._frames,
            self._with_faces,
            self._readings,
            self._readings if self._are_pictures else self._highest_id,
            tuple(self._pictures),
            last.complete,
            last.losses,
            last.failure,
            last.origin,
        )

    def state(self) -> State:
        return {
            "frames": self._frames,
            "with_faces": self._with_faces,
            "readings": self._readings,
            "highest_id": self._highest_id,
            "pictures": list(self._pictures),
        }

    def restore(self, state: State) -> None:
        self._frames = int(state["frames"])
        self._with_faces = int(state["with_faces"])
        self._readings = int(state["readings"])
        self._highest_id = int(state["highest_id"])
        self._pictures = [str(name) for name in state["pictures"]]
