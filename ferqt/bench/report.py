"""What a run of the bench has found, as values and as JSON."""

import dataclasses
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from ferqt import __version__
from ferqt.bench.analysis import AnalysisFigures
from ferqt.bench.live import LiveFigures
from ferqt.bench.machine import Load
from ferqt.bench.painting import PaintFigures
from ferqt.bench.startup import StartFigures


@dataclass(frozen=True, slots=True)
class Problem:
    """Why something could not be measured.

    Attributes:
        what: Model, detector or part.
        problem: One clause.
    """

    what: str
    problem: str


@dataclass(frozen=True, slots=True)
class Row:
    """A scene with a model and a detector.

    Attributes:
        placed: Number of faces that were drawn into it; None for a source.
        live: What the pipeline took.
        memory_mb: Of a process that reads it and has no window; None where it is not known.
    """

    placed: int | None
    live: LiveFigures
    memory_mb: float | None


@dataclass(slots=True)
class Report:
    """What was found; parts that were not measured are empty or None.

    Attributes:
        machine: See `describe_machine`.
        source: What was measured with; None for scenes.
        seconds: For each live run.
        load: What else the computer did meanwhile.
        live: Scene by scene.
        painting: Of the same scenes.
        detectors: Detector by detector, one face at 1280 x 720, or the source.
        models: Model by model, the same.
        start: A start without a window.
        analysis: An analysis of a file.
        problems: What could not be measured.
    """

    machine: Mapping[str, Any]
    source: str | None
    seconds: float
    load: Load = field(default_factory=lambda: Load(None, None))
    live: list[Row] = field(default_factory=list)
    painting: list[PaintFigures] = field(default_factory=list)
    detectors: list[Row] = field(default_factory=list)
    models: list[Row] = field(default_factory=list)
    start: StartFigures | None = None
    analysis: AnalysisFigures | None = None
    problems: list[Problem] = field(default_factory=list)


def report_json(report: Report) -> dict[str, Any]:
    """Return a report as JSON has it; docs/performance.md describes the keys."""
    return {"program": "ferqt", "version": __version__, **_plain(report)}


def _plain(value: Any) -> Any:
    if dataclasses.is_dataclass(value):
        return {one.name: _plain(getattr(value, one.name)) for one in dataclasses.fields(value)}
    if isinstance(value, Mapping):
        return {name: _plain(one) for name, one in value.items()}
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [_plain(one) for one in value]
    return value
