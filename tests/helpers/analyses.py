"""Analyses in the test's own process: whole, without threads, and broken off at any frame."""

import json
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Self

from ferqt.classifiers.catalog import Catalog
from ferqt.core.types import FrameResult
from ferqt.faces.base import DetectorOptions
from ferqt.pipeline.batch import BatchOutcome, Parts, analyze_source, batch_options
from ferqt.pipeline.checkpoint import Checkpoint
from ferqt.pipeline.config import PipelineConfig
from ferqt.pipeline.part import WHOLE, Part
from ferqt.pipeline.read_ahead import Again, ReadAhead, ReadHere
from ferqt.pipeline.resuming import frame_before
from ferqt.sources.factory import open_source, source_kind
from tests.helpers.models import TINY_FOLDER, TINY_ID


class BrokenOffError(Exception):
    """Stands for the death of the program."""


@dataclass
class KeptRows:
    """A sink that keeps every number of a result, and breaks when it is told to.

    Attributes:
        rows: A tuple for each frame.
        break_at: Number of a result that is not taken any more.
    """

    rows: list[tuple[Any, ...]] = field(default_factory=list)
    break_at: int | None = None

    def write(self, result: FrameResult) -> None:
        if self.break_at is not None and len(self.rows) == self.break_at:
            raise BrokenOffError
        faces = tuple(
            (
                *(face.face.track_id, face.face.age, face.face.box.x, face.face.box.confidence),
                face.face.box.pose,
                face.scores.probabilities.tobytes(),
                face.smoothed.probabilities.tobytes(),
            )
            for face in result.faces
        )
        self.rows.append((result.index, result.media_time, result.session_ms, result.name, faces))

    def close(self) -> None: ...

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_exc: object) -> None: ...


@dataclass
class Run:
    """What a run left behind: rows, each with what was committed after it."""

    rows: list[tuple[Any, ...]]
    outcome: BatchOutcome | None
    commits: dict[int, str]
    """Checkpoint as JSON text by the number of rows before it."""


def tiny_parts(location: Path, *, overlap: bool = False) -> Parts:
    """What reads a source with the tiny model."""
    options = batch_options(DetectorOptions(search_aside=overlap), source_kind(str(location)))
    return Parts.of(
        PipelineConfig(model_id=TINY_ID, detector=options), Catalog((TINY_FOLDER.parent,))
    )


def run_analysis(
    location: Path,
    *,
    part: Part = WHOLE,
    overlap: bool = False,
    start: str | None = None,
    break_at: int | None = None,
    commit_every_s: float = 0.0,
) -> Run:
    """Analyze a source, or go on with it from a checkpoint's JSON text."""
    checkpoint = None if start is None else Checkpoint.from_json(json.loads(start))
    again: Again | None = None if checkpoint is None else frame_before(checkpoint)
    sink, commits = KeptRows(break_at=break_at), {}
    outcome = None

    def commit(done: Checkpoint) -> None:
        commits[len(sink.rows)] = json.dumps(done.to_json(), allow_nan=False)

    kind = ReadAhead if overlap else ReadHere
    reader = kind(lambda: open_source(str(location)), start_s=part.start_s, again=again)
    with reader, suppress(BrokenOffError):
        outcome = analyze_source(
            reader,
            tiny_parts(location, overlap=overlap),
            [sink],
            part=part,
            start=checkpoint,
            overlap=overlap,
            commit=commit,
            commit_every_s=commit_every_s,
        )
    return Run(sink.rows, outcome, commits)
