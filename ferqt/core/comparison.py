"""Several sessions in one plot: brought to one clock, laid over each other, averaged."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from math import ceil, inf
from types import MappingProxyType
from typing import Final

import numpy as np
import numpy.typing as npt

from ferqt.core.episodes import EpisodeRule
from ferqt.core.frame_spans import FaceSpans, FrameSpans
from ferqt.core.range_statistics import RangeStatistics, range_statistics, table_order
from ferqt.core.session_document import SessionDocument, TimeRange
from ferqt.core.session_table import SessionTable
from ferqt.core.student_t import t_quantile
from ferqt.core.time_limits import Statement
from ferqt.errors import FerqtError, UsageError
from ferqt.texts import N

_MOST_POINTS: Final = 1_000_000

_Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class ComparedFace:
    """One face of one session.

    Attributes:
        document: The session.
        face_id: Whose readings.
        name: What plots and tables call it; the session's title when "".
        range: The part to look at; all of the session when None.
    """

    document: SessionDocument
    face_id: int
    name: str = ""
    range: TimeRange | None = None

    @property
    def title(self) -> str:
        """Its name, or the session's."""
        return self.name or self.document.title


@dataclass(frozen=True, slots=True)
class Alignment:
    """What of each session comes to lie at time 0.

    Attributes:
        marker: Label of a marker, of which each session's first one in its range counts. "" lays
            the beginnings over each other: the range's start, or the first frame.
        before_s: How much to show before time 0. Raising it shows more, where there is more.
        after_s: How much to show from time 0 on; all there is when None.
        step_s: Length of a cell of the common grid. Raising it calms curves and blurs them; None
            takes the longest of the sessions' usual steps from frame to frame.
        smoothed: Compare the smoothed values instead of those of each frame alone.
    """

    marker: str = ""
    before_s: float = 0.0
    after_s: float | None = None
    step_s: float | None = None
    smoothed: bool = False

    def __post_init__(self) -> None:
        given = [self.before_s, *(each for each in (self.after_s, self.step_s) if each is not None)]
        if not all(0 <= each < inf for each in given) or self.step_s == 0 or self.after_s == 0:
            raise UsageError(
                f"sessions cannot be compared from -{self.before_s} s to {self.after_s} s in steps "
                f"of {self.step_s} s",
                "Give seconds from 0 on, and a step and an end over 0.",
            )


@dataclass(frozen=True, slots=True, eq=False)
class Curve:
    """One session on the common grid.

    Attributes:
        face: Where it is from.
        zero_s: Its own media time at time 0.
        values: float64 points x classes, mean probabilities in each cell; NaN where the face was
            in the picture for less than half of the cell.
    """

    face: ComparedFace
    zero_s: float
    values: _Floats


@dataclass(frozen=True, slots=True, eq=False)
class Comparison:
    """Several sessions on one grid, and their mean.

    Attributes:
        names: Classes that all models have, in the order of tables.
        time_s: float64, the middle of each cell in s from time 0. Time 0 lies between two cells.
        step_s: Length of a cell.
        curves: The sessions, in the order given.
        count: int64, sessions with a value, one a cell.
        mean: float64 points x classes, each session weighing alike; NaN without any.
        error: Standard error of the mean, likewise; NaN with fewer than two.
        low: Lower end of the interval that holds the true mean in 95 of 100 such samples.
        high: Its upper end.
        left_out: Sessions that could not be compared, and why.
        unshared: Classes of a model that another one lacks, by `ComparedFace.title`.
        models: Ids of the models that read the sessions; with more than one, differences between
            sessions may be differences between models.
    """

    names: tuple[str, ...]
    time_s: _Floats
    step_s: float
    curves: tuple[Curve, ...]
    count: npt.NDArray[np.int64]
    mean: _Floats
    error: _Floats
    low: _Floats
    high: _Floats
    left_out: tuple[tuple[ComparedFace, Statement], ...] = ()
    unshared: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: MappingProxyType({}))
    models: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class _Aligned:
    face: ComparedFace
    frames: FrameSpans
    spans: FaceSpans
    zero_s: float


def compare(faces: Sequence[ComparedFace], alignment: Alignment | None = None) -> Comparison:
    """Bring faces of several sessions to one grid and average them.

    A reading counts until the next frame; a cell holds the mean over time of what lies in it, so
    sessions of any frame rate can be compared. Excluded ranges are gaps. The interval is Student's,
    mean ± t(0.975, n-1) · s/√n with the standard deviation s between sessions, cut to 0..1: it is
    of each cell by itself and of the sessions as a sample of people.

    Args:
        faces: One or more.
        alignment: The beginnings over each other when None.

    Raises:
        FerqtError: None of the sessions can be compared, or their models share no class.
    """
    alignment = Alignment() if alignment is None else alignment
    usable, left_out = _aligned(faces, alignment)
    if not usable:
        reason = left_out[0][1].text if left_out else "There is none."
        raise FerqtError("no session can be compared", reason)
    names = _common(usable)
    step_s = alignment.step_s or max(each.frames.step_s for each in usable)
    first, last = _reach(usable, alignment, step_s)
    edges: _Floats = np.arange(first, last + 1, dtype=np.float64) * step_s
    curves = tuple(
        Curve(each.face, each.zero_s, _resampled(each, names, edges, alignment.smoothed))
        for each in usable
    )
    count, mean, error = _averaged(np.array([each.values for each in curves]))
    reach = _t_quantiles(count)[:, None] * error
    return Comparison(
        names=names,
        time_s=edges[:-1] + step_s / 2,
        step_s=step_s,
        curves=curves,
        count=count,
        mean=mean,
        error=error,
        low=np.clip(mean - reach, 0, 1),
        high=np.clip(mean + reach, 0, 1),
        left_out=tuple(left_out),
        unshared=_unshared(usable, names),
        models=_models(usable),
    )


@dataclass(frozen=True, slots=True, eq=False)
class SessionSummary:
    """One session's figures beside those of others.

    Attributes:
        face: Where they are from.
        zero_s: Its own media time at time 0.
        statistics: Of the time from 0 on, so that latencies count from the marker.
    """

    face: ComparedFace
    zero_s: float
    statistics: RangeStatistics

    def row(self, names: Sequence[str]) -> dict[str, str | float | int | None]:
        """Return the cells of a table by column; None is not known.

        Args:
            names: The classes to tell of, for example `Comparison.names`.
        """
        told = self.statistics
        cells: dict[str, str | float | int | None] = {
            "session": self.face.title,
            "face_id": self.face.face_id,
            "face_label": self.face.document.table.names.get(self.face.face_id, ""),
            "zero_s": self.zero_s,
            "analyzed_s": told.analyzed_s,
            "face_s": told.face_s,
            "uncertain": told.uncertain,
            "valence": told.valence,
            "arousal": told.arousal,
            "brief_episodes": len(told.brief_episodes),
            "blinks_per_minute": None if told.blinks is None else told.blinks.per_minute,
            "smiles_per_minute": None if told.smiles is None else told.smiles.per_minute,
        }
        for name in names:
            one = told.expression(name)
            cells[f"{name}_share"] = one.share
            cells[f"{name}_mean"] = one.mean
            cells[f"{name}_episodes"] = one.episodes
            cells[f"{name}_latency_s"] = one.latency_s
        return cells


def summaries(
    faces: Sequence[ComparedFace],
    alignment: Alignment | None = None,
    rule: EpisodeRule | None = None,
) -> tuple[SessionSummary, ...]:
    """Return the figures of each session that can be compared, from time 0 on."""
    alignment = Alignment() if alignment is None else alignment
    found = []
    for each in _aligned(faces, alignment)[0]:
        part = _part(each.face, each.zero_s, alignment)
        told = range_statistics(each.face.document, each.face.face_id, [part], rule)
        found.append(SessionSummary(each.face, each.zero_s, told))
    return tuple(found)


def _part(face: ComparedFace, zero_s: float, alignment: Alignment) -> TimeRange:
    last = inf if face.range is None else face.range.end_s
    return TimeRange(
        zero_s, last if alignment.after_s is None else min(last, zero_s + alignment.after_s)
    )


def _aligned(
    faces: Sequence[ComparedFace], alignment: Alignment
) -> tuple[list[_Aligned], list[tuple[ComparedFace, Statement]]]:
    usable: list[_Aligned] = []
    left_out: list[tuple[ComparedFace, Statement]] = []
    for face in faces:
        frames = FrameSpans(face.document, () if face.range is None else (face.range,))
        spans = frames.of_face(face.face_id)
        zero_s = _zero(face, frames, alignment.marker)
        if not frames.timed or frames.step_s <= 0:
            why = Statement(N("Comparison", "It is pictures or a single frame."), {})
        elif not len(spans):
            why = Statement(
                N("Comparison", "Face {face} is not in it."), {"face": str(face.face_id)}
            )
        elif zero_s is None:
            why = Statement(
                N("Comparison", "It has no marker “{marker}”."), {"marker": alignment.marker}
            )
        else:
            usable.append(_Aligned(face, frames, spans, zero_s))
            continue
        left_out.append((face, why))
    return usable, left_out


def _zero(face: ComparedFace, frames: FrameSpans, marker: str) -> float | None:
    if not marker:
        return frames.begins_s
    low, high = (-inf, inf) if face.range is None else (face.range.start_s, face.range.end_s)
    times = [one.time_s for one in face.document.markers if one.label == marker]
    return min((time for time in times if low <= time < high), default=None)


def _common(usable: Sequence[_Aligned]) -> tuple[str, ...]:
    labels = [each.face.document.table.labels for each in usable]
    names = tuple(
        name for name in table_order(labels[0]) if all(name in each.names for each in labels)
    )
    if not names:
        raise FerqtError(
            "the models of these sessions share no expression",
            "Compare sessions that were analyzed with the same model.",
        )
    return names


def _unshared(usable: Sequence[_Aligned], names: Sequence[str]) -> Mapping[str, tuple[str, ...]]:
    others = {
        each.face.title: tuple(
            name for name in table_order(each.face.document.table.labels) if name not in names
        )
        for each in usable
    }
    return MappingProxyType({title: rest for title, rest in others.items() if rest})


def _models(usable: Sequence[_Aligned]) -> tuple[str, ...]:
    ids: list[str] = []
    for each in usable:
        document = each.face.document
        if document.table.models is None:
            ids.append(str((document.facts.get("model") or {}).get("id") or ""))
        else:
            ids += [document.table.models[row] for row in each.spans.rows]
    return tuple(dict.fromkeys(one for one in ids if one))


def _reach(usable: Sequence[_Aligned], alignment: Alignment, step_s: float) -> tuple[int, int]:
    """The first cell and the one after the last, counted from time 0."""
    after = alignment.after_s
    if after is None:
        after = max(float(each.spans.end_s[-1]) - each.zero_s for each in usable)
    first = -ceil(alignment.before_s / step_s - 1e-6)
    last = max(ceil(after / step_s - 1e-6), first + 1)
    if last - first > _MOST_POINTS:
        raise UsageError(
            f"{last - first} steps of {step_s:g} s are too many to compare",
            "Raise the step or compare a shorter part.",
        )
    return first, last


def _resampled(aligned: _Aligned, names: Sequence[str], edges: _Floats, smoothed: bool) -> _Floats:
    """Means over time of each cell, points x names."""
    table: SessionTable = aligned.face.document.table
    spans = aligned.spans
    columns = [table.labels.index(name) for name in names]
    values = (table.smoothed if smoothed else table.scores)[spans.rows][:, columns]
    known = np.isfinite(values).all(axis=1)
    weights = np.where(known, spans.held_s, 0.0)
    # Integrals over time grow while a reading counts, and rest in the gaps between two.
    knots = np.column_stack([spans.start_s, spans.end_s]).ravel() - aligned.zero_s

    def in_cells(rates: _Floats) -> _Floats:
        gained = np.column_stack([np.zeros(len(rates)), rates * weights]).ravel().cumsum()
        cells: _Floats = np.diff(np.interp(edges, knots, gained))
        return cells

    covered = in_cells(np.ones(len(values)))
    enough = covered >= np.diff(edges) / 2 - 1e-9
    result = np.full((len(edges) - 1, len(names)), np.nan)
    for column in range(len(names)):
        sums = in_cells(np.where(known, values[:, column], 0).astype(np.float64))
        result[enough, column] = sums[enough] / covered[enough]
    return result


def _averaged(values: _Floats) -> tuple[npt.NDArray[np.int64], _Floats, _Floats]:
    """Number, mean and standard error over sessions x points x classes."""
    known = np.isfinite(values)
    count = known[:, :, 0].sum(axis=0)
    with np.errstate(invalid="ignore", divide="ignore"):
        mean = np.where(known, values, 0).sum(axis=0) / count[:, None]
        squares = (np.where(known, values - mean, 0) ** 2).sum(axis=0)
        error = np.sqrt(squares / (count - 1)[:, None] / count[:, None])
    error[count < 2] = np.nan
    return count, mean, error


def _t_quantiles(count: npt.NDArray[np.int64]) -> _Floats:
    """Student's t(0.975) for samples of each size; NaN under two."""
    sizes, back = np.unique(count, return_inverse=True)
    quantiles: _Floats = np.array([t_quantile(int(size) - 1) for size in sizes])[back]
    return quantiles
