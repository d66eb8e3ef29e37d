"""The report of several sessions held side by side."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import numpy as np

from ferqt import __version__
from ferqt.core.comparison import (
    Alignment,
    ComparedFace,
    Comparison,
    SessionSummary,
    compare,
    summaries,
)
from ferqt.core.episodes import EpisodeRule
from ferqt.core.range_statistics import statistics_of_faces
from ferqt.core.session_document import SessionDocument
from ferqt.errors import OutputError
from ferqt.outputs.report import figures
from ferqt.outputs.report.model_texts import citation, model_texts
from ferqt.outputs.report.options import ModelSummary
from ferqt.outputs.report.rendering import axis, rendered
from ferqt.outputs.report.wording import (
    NOTHING,
    face_title,
    moment,
    number,
    percent,
    rule_sentence,
    seconds,
    section,
)
from ferqt.outputs.whole_file import write_whole

_COLUMNS: Final = 300
_MOST_SINGLE: Final = 12
_TOPS: Final = (0.1, 0.25, 0.5, 1.0)


@dataclass(frozen=True, slots=True)
class ComparisonOptions:
    """How to report a comparison.

    Attributes:
        title: What it is called.
        alignment: What lies at time 0.
        rule: What makes an episode.
        models: Summaries by the model's id, as far as cards are known.
    """

    title: str = "Comparison"
    alignment: Alignment = field(default_factory=Alignment)
    rule: EpisodeRule = field(default_factory=EpisodeRule)
    models: "dict[str, ModelSummary]" = field(default_factory=dict)


def main_face(document: SessionDocument) -> ComparedFace:
    """Return the face of a session that was in the picture for longest, for a comparison.

    Raises:
        OutputError: The session has no face.
    """
    told = statistics_of_faces(document).values()
    if not told:
        raise OutputError(f"no face was found in '{document.title}'", "Leave it out.")
    longest = max(told, key=lambda one: (one.face_s, one.frames))
    assert longest.face_id is not None
    return ComparedFace(document, longest.face_id)


def write_comparison_report(
    faces: Sequence[ComparedFace | SessionDocument],
    path: Path,
    options: ComparisonOptions | None = None,
) -> None:
    """Write the report of a comparison as one HTML file that needs no other.

    Args:
        faces: Two or more; of a session alone the face that was seen longest.
        path: Where to; a file that is there is replaced.
        options: How to report.

    Raises:
        FerqtError: None of the sessions can be compared.
        OutputError: The file cannot be written.
    """
    options = options or ComparisonOptions()
    chosen = [main_face(one) if isinstance(one, SessionDocument) else one for one in faces]
    comparison = compare(chosen, options.alignment)
    told = summaries(chosen, options.alignment, options.rule)
    said = _said(comparison, told, options)
    write_whole(path, rendered("comparison.html", options.title, comparison.names, said))


def _said(
    comparison: Comparison, told: Sequence[SessionSummary], options: ComparisonOptions
) -> dict[str, Any]:
    marker = options.alignment.marker
    count = len(comparison.curves)
    start_s = float(comparison.time_s[0]) - comparison.step_s / 2
    end_s = float(comparison.time_s[-1]) + comparison.step_s / 2
    top = _top(comparison)
    documents = [one.face.document for one in comparison.curves]
    first_of_model = {section(one, "model").get("id"): one for one in reversed(documents)}
    return {
        "title": options.title,
        "subtitle": f"{count} session{'' if count == 1 else 's'} · "
        + (f"aligned at the marker “{marker}”" if marker else "beginnings laid over each other"),
        "plots": _plots(comparison, start_s, end_s, top),
        "ticks": axis(start_s, end_s, ticks=4),
        "top": percent(top, 0),
        "zero": bool(marker),
        "single": count <= _MOST_SINGLE,
        "values": "smoothed probabilities"
        if options.alignment.smoothed
        else "probabilities of each frame alone",
        "step": seconds(comparison.step_s),
        "sessions": [_session(one, comparison.names) for one in told],
        "names": comparison.names,
        "means": _means(told, comparison.names),
        "left_out": [(face.title, why.text) for face, why in comparison.left_out],
        "unshared": [(name, ", ".join(more)) for name, more in comparison.unshared.items()],
        "several_models": len(comparison.models) > 1,
        "model_texts": [
            text
            for one in reversed(first_of_model.values())
            for text in model_texts(one, options.models)
        ],
        "method": (rule_sentence(options.rule), citation(documents[0])),
        "versions": [("ferqt, which made this page", __version__)],
    }


def _plots(
    comparison: Comparison, start_s: float, end_s: float, top: float
) -> list[dict[str, Any]]:
    zero_at = None
    columns = min(_COLUMNS, len(comparison.time_s))
    if start_s < 0 < end_s:
        zero_at = round(-start_s / (end_s - start_s) * columns, 1)
    single = comparison.curves if len(comparison.curves) <= _MOST_SINGLE else ()
    plots = []
    for index, name in enumerate(comparison.names):
        curves = figures.Curves(
            mean=_thinned(comparison.mean[:, index]),
            low=_thinned(comparison.low[:, index]),
            high=_thinned(comparison.high[:, index]),
            single=[_thinned(one.values[:, index]) for one in single],
        )
        known = comparison.mean[:, index][np.isfinite(comparison.mean[:, index])]
        mean = percent(float(known.mean()) if len(known) else None)
        plots.append(
            {
                "name": name,
                "index": index,
                "drawn": figures.curve_plot(curves, index, top=top, zero_at=zero_at),
                "mean": mean,
                "highest": percent(float(known.max()) if len(known) else None),
                "highest_at": _highest_at(comparison, index),
            }
        )
    return plots


def _highest_at(comparison: Comparison, index: int) -> str:
    values = comparison.mean[:, index]
    if not np.isfinite(values).any():
        return NOTHING
    return moment(float(comparison.time_s[int(np.nanargmax(values))]))


def _top(comparison: Comparison) -> float:
    """Return the smallest upper edge that holds the bands of all expressions."""
    both = np.concatenate([comparison.high.ravel(), comparison.mean.ravel()])
    both = both[np.isfinite(both)]
    highest = float(both.max()) if len(both) else 1.0
    return next((top for top in _TOPS if highest <= top), 1.0)


def _thinned(values: figures.Floats) -> figures.Floats:
    """Return means over equal numbers of cells, as many as a plot has columns."""
    if len(values) <= _COLUMNS:
        return values
    bounds = np.linspace(0, len(values), _COLUMNS + 1).astype(int)[:-1]
    known = np.isfinite(values)
    sums = np.add.reduceat(np.where(known, values, 0.0), bounds)
    counts = np.add.reduceat(known.astype(int), bounds)
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.where(counts > 0, sums / counts, np.nan)


def _session(one: SessionSummary, names: Sequence[str]) -> dict[str, Any]:
    told, document = one.statistics, one.face.document
    expressions = [told.expression(name) for name in names]
    return {
        "title": one.face.title,
        "face": face_title(document, one.face.face_id),
        "model": str(section(document, "model").get("id", NOTHING)),
        "zero": moment(one.zero_s),
        "seconds": seconds(told.face_s),
        "uncertain": percent(told.uncertain),
        "valence": number(told.valence),
        "arousal": number(told.arousal),
        "shares": [percent(each.share) for each in expressions],
        "episodes": [f"{each.episodes:,}" for each in expressions],
        "latencies": [seconds(each.latency_s) for each in expressions],
        "brief": f"{len(told.brief_episodes):,}",
    }


def _means(told: Sequence[SessionSummary], names: Sequence[str]) -> list[str]:
    """Return the mean share of each expression, every session weighing alike."""
    return [
        percent(float(np.mean([one.statistics.expression(name).share for one in told])))
        for name in names
    ]
