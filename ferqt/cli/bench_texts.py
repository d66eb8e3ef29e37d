"""What `ferqt bench` prints: the computer in a few lines, and a table for each part."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from ferqt.bench.figures import Figures
from ferqt.bench.live import PIPELINE_STAGES, LiveFigures
from ferqt.bench.machine import load_text
from ferqt.bench.painting import PaintFigures
from ferqt.bench.report import Report, Row
from ferqt.bench.startup import StartFigures
from ferqt.cli.console import aligned

_BEFORE: Final = ("decode", "detect")
_AFTER: Final = ("landmarks", *PIPELINE_STAGES[1:])
_NONE: Final = "-"

_NOTES: Final = (
    "Times are ms, as median/95th percentile. DETECT holds LANDMARKS and the search for other "
    "faces, which\nhas its turn in some frames only: MEAN is that of DETECT, FRAME that of a whole "
    "frame, over all turns.\nLATENCY is from a frame's capture to its result while frames come at "
    "the pace of the source. OVERLAY is\nwhat the window takes to paint it, VIEW the same with the "
    "picture. MEMORY is that of a\nprocess that does this alone, without a window."
)


def report_text(report: Report) -> str:
    """Return a report as a person reads it."""
    return "\n\n".join(_sections(report))


def _sections(report: Report) -> Iterator[str]:
    yield _machine_text(report)
    if report.live:
        yield _titled(f"Live, {_parts_of(report.live[0].live)}", _live_table(report.live))
        yield _titled("Stages", _stage_table(report.live, report.painting))
    elif report.painting:
        yield _titled("Painting", _painting_table(report.painting))
    if report.detectors:
        yield _titled("Detectors", _part_table("DETECTOR", report.detectors))
    if report.models:
        yield _titled("Models", _part_table("MODEL", report.models))
    if report.live or report.detectors or report.models:
        yield _NOTES
    if report.start is not None:
        yield _titled("Start to the first result, without a window", _start_table(report.start))
    if report.analysis is not None:
        found = report.analysis
        pace = "" if found.real_time is None else f", {found.real_time:.1f} times real time"
        yield (
            f"Analysis: {found.frames_per_s:.1f} frames a second{pace} ({found.frames} frames; "
            f"{found.whole_s:.1f} s with start and files)"
        )


def _machine_text(report: Report) -> str:
    machine: Mapping[str, Any] = report.machine
    libraries = ", ".join(f"{name} {version}" for name, version in machine["libraries"].items())
    threads = ", ".join(f"{name} {count}" for name, count in machine["threads"].items())
    lines = (
        f"ferqt {machine['ferqt']} on {machine['processor']}, {machine['cores']} cores",
        f"{machine['system']}, Python {machine['python']}",
        f"{libraries}; threads: {threads}",
        load_text(report.load),
    )
    measured = (
        [] if report.source is None else [f"Measured with the first frames of {report.source}"]
    )
    return "\n".join([*lines, *measured])


def _titled(title: str, table: str) -> str:
    return f"{title}\n{table}"


def _parts_of(live: LiveFigures) -> str:
    return f"model {live.model_id} on {live.runtime}, detector {live.detector_id}"


def _live_table(rows: Sequence[Row]) -> str:
    head = ("SIZE", "FACES", "FOUND", "RESULTS/S", "FRAME", "LATENCY", "DROPPED", "MEMORY")
    return aligned([head, *(_live_row(row) for row in rows)])


def _live_row(row: Row) -> tuple[str, ...]:
    live = row.live
    return (
        live.size,
        _NONE if row.placed is None else str(row.placed),
        str(live.faces),
        f"{live.results_per_s:.1f}",
        f"{live.frame_ms.mean:.1f}",
        _cell(live.latency_ms),
        str(live.dropped),
        _megabytes(row.memory_mb),
    )


def _stage_table(rows: Sequence[Row], painting: Sequence[PaintFigures]) -> str:
    before, after = ([stage.upper() for stage in stages] for stages in (_BEFORE, _AFTER))
    head = ("SIZE", "FOUND", *before, "MEAN", *after, "OVERLAY", "VIEW")
    paints: list[PaintFigures | None] = list(painting) or [None] * len(rows)
    return aligned(
        [head, *(_stage_row(row.live, paint) for row, paint in zip(rows, paints, strict=True))]
    )


def _stage_row(live: LiveFigures, paint: PaintFigures | None) -> tuple[str, ...]:
    return (
        live.size,
        str(live.faces),
        *(_cell(live.stages_ms.get(stage)) for stage in _BEFORE),
        f"{live.stages_ms['detect'].mean:.1f}",
        *(_cell(live.stages_ms.get(stage)) for stage in _AFTER),
        _cell(None if paint is None else paint.overlay_ms),
        _cell(None if paint is None else paint.view_ms),
    )


def _painting_table(painting: Sequence[PaintFigures]) -> str:
    rows = [
        (one.scene, _cell(one.overlay_ms), _cell(one.view_ms), one.view_size) for one in painting
    ]
    return aligned([("SCENE", "OVERLAY", "VIEW", "SIZE OF THE VIEW"), *rows])


def _part_table(kind: str, found: Sequence[Row]) -> str:
    head = (kind, "RUNTIME", "FOUND", "RESULTS/S", "FRAME", "DETECT", "CLASSIFY", "LOAD", "MEMORY")
    part = kind.lower()
    return aligned([head, *(_part_row(one, part) for one in found)])


def _part_row(row: Row, part: str) -> tuple[str, ...]:
    live = row.live
    name = live.detector_id if part == "detector" else live.model_id
    return (
        name,
        live.runtime,
        str(live.faces),
        f"{live.results_per_s:.1f}",
        f"{live.frame_ms.mean:.1f}",
        _cell(live.stages_ms.get("detect")),
        _cell(live.stages_ms.get("classify")),
        f"{live.load_ms[part]:.0f} ms",
        _megabytes(row.memory_mb),
    )


def _start_table(start: StartFigures) -> str:
    head = (*(name.replace("_", " ").upper() for name in start.steps_ms), "ALL", "MEMORY")
    row = (
        *(f"{spent:.0f} ms" for spent in start.steps_ms.values()),
        f"{start.total_ms:.0f} ms",
        _megabytes(start.memory_mb),
    )
    return aligned([head, row])


def _cell(figures: Figures | None) -> str:
    return _NONE if figures is None else f"{figures.median:.1f}/{figures.p95:.1f}"


def _megabytes(memory_mb: float | None) -> str:
    return _NONE if memory_mb is None else f"{memory_mb:.0f} MB"
