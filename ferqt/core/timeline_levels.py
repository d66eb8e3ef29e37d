"""What a timeline draws of one face, at any zoom, in time that does not grow with the session.

What leads and the mean of a curve come from running sums: the sum over any stretch of time is the
difference of two of them, exact at every zoom and every frame rate, which a pyramid of halved
copies is not. Only the highest and the lowest value of a stretch need a pyramid.

A reading counts as `FrameSpans` has it: from its frame until the next one.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from ferqt.core.frame_spans import FaceSpans, FrameSpans
from ferqt.core.history import Times
from ferqt.core.session_document import SessionDocument
from ferqt.core.session_table import SessionTable
from ferqt.core.types import FloatArray

Codes = npt.NDArray[np.uint8]
"""0 for no face; else 1 + 2 x class, one more where the model was not sure."""

_MOST_CLASSES: Final = 127
_FOLD: Final = 8
"""Each level of the pyramid has an eighth of the blocks of the one below."""

_SAME_S: Final = 1e-6


class LeadRun(NamedTuple):
    """A stretch of time in which one expression led.

    Attributes:
        start_s: When it begins.
        end_s: When it ends.
        class_index: Place of the expression among the classes.
        uncertain: Whether the model was not sure of it.
    """

    start_s: float
    end_s: float
    class_index: int
    uncertain: bool


class Columns(NamedTuple):
    """Curves over equal stretches of time, which are columns of pixels.

    Attributes:
        mean: float32 classes x columns, 0..1; NaN where the face is not seen.
        low: The lowest value in the column, likewise.
        high: The highest.
        uncertain: Share of uncertain time in each column, 0..1.
    """

    mean: FloatArray
    low: FloatArray
    high: FloatArray
    uncertain: FloatArray


class Reading(NamedTuple):
    """What is known of a face at a moment.

    Attributes:
        row: Row of the table.
        class_index: Place of the leading expression among the classes.
        probability: Its smoothed probability, 0..1.
        uncertain: Whether the model was not sure.
    """

    row: int
    class_index: int
    probability: float
    uncertain: bool


class LeadTrack:
    """Which expression of one face leads when, as stretches and as columns of a strip."""

    def __init__(self, start_s: Times, end_s: Times, codes: Codes, classes: int) -> None:
        begins = np.append(True, (codes[1:] != codes[:-1]) | (start_s[1:] - end_s[:-1] > _SAME_S))
        first = np.flatnonzero(begins[: len(codes)])
        last = np.append(first[1:], len(codes))[: len(first)] - 1
        self.start_s: Times = start_s[first]
        self.end_s: Times = end_s[last]
        self.codes: Codes = codes[first]
        held = (self.end_s - self.start_s)[:, None] * self._shares(self.codes, classes)
        self._sums = np.concatenate([np.zeros((1, classes + 1)), np.cumsum(held, axis=0)])
        self._classes = classes

    def __len__(self) -> int:
        return len(self.codes)

    def columns(self, edges: Times) -> Codes:
        """Return what leads for the longest part of each column.

        Args:
            edges: Times of the columns' edges, ascending, one more than columns.
        """
        if not len(self):
            return np.zeros(len(edges) - 1, np.uint8)
        seconds = np.diff(self._until(edges), axis=0)
        shown = seconds[:, :-1]
        lead = shown.argmax(axis=1)
        longest = shown[np.arange(len(lead)), lead]
        unsure = seconds[:, -1] * 2 > shown.sum(axis=1)
        codes = (1 + 2 * lead + unsure).astype(np.uint8)
        # Differences of long sums leave a trace where there is nothing.
        return np.where(longest > 1e-7, codes, np.uint8(0))

    def run_at(self, time_s: float) -> LeadRun | None:
        """Return the stretch around a time; None while the face is not seen."""
        found = self._index_at(time_s)
        if found < 0 or time_s >= self.end_s[found]:
            return None
        return self._run(found)

    def next_change(self, time_s: float) -> float | None:
        """Return when the next stretch begins; None after the last one."""
        after = self._index_at(time_s) + 1
        return float(self.start_s[after]) if after < len(self) else None

    def previous_change(self, time_s: float) -> float | None:
        """Return when the latest stretch that is not just beginning began; None before all."""
        before = int(np.searchsorted(self.start_s, time_s - _SAME_S, side="left")) - 1
        return float(self.start_s[before]) if before >= 0 else None

    def _index_at(self, time_s: float) -> int:
        return int(np.searchsorted(self.start_s, time_s + _SAME_S, side="right")) - 1

    def _run(self, index: int) -> LeadRun:
        code = int(self.codes[index]) - 1
        start_s, end_s = float(self.start_s[index]), float(self.end_s[index])
        return LeadRun(start_s, end_s, code // 2, bool(code % 2))

    def _until(self, times: Times) -> npt.NDArray[np.float64]:
        """Seconds of each class, and of doubt, from the beginning until each time."""
        index = np.searchsorted(self.start_s, times, side="right") - 1
        at = np.maximum(index, 0)
        within = np.clip(times - self.start_s[at], 0, self.end_s[at] - self.start_s[at])
        begun = self._sums[at]
        begun += np.where(index < 0, 0, within)[:, None] * self._shares(
            self.codes[at], self._classes
        )
        return begun

    @staticmethod
    def _shares(codes: Codes, classes: int) -> npt.NDArray[np.float64]:
        """One for the class of each code, and in the last column for doubt."""
        shares = np.zeros((len(codes), classes + 1))
        shares[np.arange(len(codes)), (codes.astype(np.intp) - 1) // 2] = 1
        shares[:, -1] = (codes - 1) % 2
        return shares


class CurveTrack:
    """The probabilities of one face's classes, as columns of a plot.

    Args:
        start_s: When each reading begins.
        end_s: When it ends.
        values: float32 readings x classes, 0..1.
        uncertain: Whether the model was not sure of each.
    """

    def __init__(
        self, start_s: Times, end_s: Times, values: FloatArray, uncertain: npt.NDArray[np.bool_]
    ) -> None:
        # A stretch may end behind the last reading, and `reduceat` wants one there.
        padded = np.concatenate([values, values[-1:]])
        self.start_s, self.end_s, self.values = start_s, end_s, padded[: len(values)]
        self._uncertain = uncertain
        self._held = np.maximum(end_s - start_s, 0)
        sums = np.zeros((len(values) + 1, values.shape[1] + 2))
        np.cumsum(self._content(np.arange(len(values))) * self._held[:, None], 0, out=sums[1:])
        self._sums = sums
        self._lows, self._highs = _pyramid(padded, np.minimum), _pyramid(padded, np.maximum)
        gaps = start_s[1:] - end_s[:-1] > _SAME_S
        self._piece = np.concatenate([[0], np.cumsum(gaps)])[: len(start_s)]

    def __len__(self) -> int:
        return len(self.start_s)

    def columns(self, edges: Times, spread_s: float = 0.0) -> Columns:
        """Return the curves over columns.

        Where readings are wider than columns, means run straight from reading to reading.

        Args:
            edges: Times of the columns' edges, ascending and equally far apart.
            spread_s: How far a mean reaches beyond its column on both sides. Raising it calms
                curves of many readings a column, and rounds off what is brief.
        """
        classes = self.values.shape[1]
        count = len(edges) - 1
        if not len(self):
            empty = np.full((classes, count), np.nan, np.float32)
            return Columns(empty, empty, empty, np.zeros(count, np.float32))
        sums = self._until(edges[1:] + spread_s) - self._until(edges[:-1] - spread_s)
        held = sums[:, -2]
        seen = np.diff(self._until(edges)[:, -2]) > (edges[1] - edges[0]) * 1e-3
        with np.errstate(invalid="ignore", divide="ignore"):
            mean = np.where(seen[:, None], sums[:, :-2] / held[:, None], np.nan)
            uncertain = np.where(seen, sums[:, -1] / held, 0)
        first, stop = self._touched(edges)
        if (stop - first).max() <= 2:
            mean = np.where(seen[:, None], self._between((edges[:-1] + edges[1:]) / 2), np.nan)
            low = high = mean
        else:
            low, high = self._extremes(first, stop)
            low, high = (np.where(seen[:, None], each, np.nan) for each in (low, high))
        return Columns(
            mean.T.astype(np.float32),
            low.T.astype(np.float32),
            high.T.astype(np.float32),
            uncertain.astype(np.float32),
        )

    def index_at(self, time_s: float) -> int | None:
        """Return the reading at a time; None while the face is not seen."""
        found = int(np.searchsorted(self.start_s, time_s + _SAME_S, side="right")) - 1
        return found if found >= 0 and time_s < self.end_s[found] else None

    def _until(self, times: Times) -> npt.NDArray[np.float64]:
        """Sums from the beginning until each time."""
        index = np.searchsorted(self.start_s, times, side="right") - 1
        at = np.maximum(index, 0)
        within = np.where(index < 0, 0, np.clip(times - self.start_s[at], 0, self._held[at]))
        summed: npt.NDArray[np.float64] = self._sums[at] + within[:, None] * self._content(at)
        return summed

    def _content(self, at: npt.NDArray[np.intp]) -> npt.NDArray[np.float64]:
        """What is summed up: the values of readings, 1, and 1 where they are uncertain."""
        ones = np.ones((len(at), 1))
        return np.concatenate([self.values[at], ones, self._uncertain[at, None]], axis=1)

    def _touched(self, edges: Times) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.intp]]:
        """The first reading of each column, and the one after its last; at least one each."""
        index = np.maximum(np.searchsorted(self.start_s, edges, side="right") - 1, 0)
        stop = np.minimum(np.maximum(index[1:], index[:-1]) + 1, len(self))
        return index[:-1], stop

    def _extremes(
        self, first: npt.NDArray[np.intp], stop: npt.NDArray[np.intp]
    ) -> tuple[FloatArray, FloatArray]:
        """Lowest and highest values; blocks that reach out of a column count for it."""
        per_column = max(1, int(np.median(stop - first)))
        level = min(int(np.log(max(1.0, per_column / 2)) / np.log(_FOLD)), len(self._lows) - 1)
        size = _FOLD**level
        begin = first // size
        end = np.maximum((stop + size - 1) // size, begin + 1)
        bounds = np.column_stack([begin, end]).ravel()
        return (
            _reduced(self._lows[level], bounds, np.minimum),
            _reduced(self._highs[level], bounds, np.maximum),
        )

    def _between(self, times: Times) -> npt.NDArray[np.float64]:
        """Straight lines from the middle of one reading to the next one's, but not over gaps."""
        middles = (self.start_s + self.end_s) / 2
        after = np.clip(np.searchsorted(middles, times), 1, max(1, len(self) - 1))
        after = np.minimum(after, len(self) - 1)
        before = np.maximum(after - 1, 0)
        span = np.maximum(middles[after] - middles[before], 1e-9)
        share = np.clip((times - middles[before]) / span, 0, 1)
        parted = self._piece[after] != self._piece[before]
        share = np.where(parted, times >= self.start_s[after], share)[:, None]
        values = self.values
        lines: npt.NDArray[np.float64] = values[before] * (1 - share) + values[after] * share
        return lines


@dataclass(frozen=True, eq=False)
class FaceLevels:
    """What is drawn of one face; curves are prepared when they are first asked for.

    Attributes:
        face_id: Whose.
        lead: What leads when.
    """

    face_id: int
    lead: LeadTrack
    _table: SessionTable
    _spans: FaceSpans

    @cached_property
    def curves(self) -> CurveTrack:
        """The probabilities; takes some 50 ms for an hour of frames."""
        table, spans = self._table, self._spans
        values = np.nan_to_num(table.smoothed[spans.rows])
        uncertain = table.uncertain_smoothed[spans.rows]
        return CurveTrack(spans.start_s, spans.end_s, values, uncertain)

    @property
    def curves_ready(self) -> bool:
        """Whether `curves` is there at once."""
        return "curves" in self.__dict__

    def forget_curves(self) -> None:
        """Give the memory of the curves back; they can be asked for again."""
        self.__dict__.pop("curves", None)

    def reading_at(self, time_s: float) -> Reading | None:
        """Return what is known at a time; None while the face is not seen."""
        spans = self._spans
        found = int(np.searchsorted(spans.start_s, time_s + _SAME_S, side="right")) - 1
        if found < 0 or time_s >= spans.end_s[found]:
            return None
        row = int(spans.rows[found])
        values = self._table.smoothed[row]
        if not np.isfinite(values).all():
            return None
        lead = int(values.argmax())
        uncertain = bool(self._table.uncertain_smoothed[row])
        return Reading(row, lead, float(values[lead]), uncertain)


def face_levels(document: SessionDocument) -> tuple[FaceLevels, ...]:
    """Prepare all faces of a session, in the order of their ids; what is excluded counts, too.

    A session of pictures is given places instead of times, as `FrameAxis` has them. Takes about
    0.1 s for an hour of two faces: not for the GUI thread.
    """
    table = document.table
    places = _placed(document)
    spans = FrameSpans(places)
    made = []
    for face_id in table.faces:
        own = spans.of_face(face_id)
        values = table.smoothed[own.rows]
        known = np.isfinite(values).all(axis=1)
        lead = np.nan_to_num(values).argmax(axis=1).clip(max=_MOST_CLASSES - 1)
        codes = (1 + 2 * lead + table.uncertain_smoothed[own.rows]).astype(np.uint8)
        track = LeadTrack(own.start_s[known], own.end_s[known], codes[known], len(table.labels))
        made.append(FaceLevels(face_id, track, table, own))
    return tuple(made)


def _placed(document: SessionDocument) -> SessionDocument:
    """Return the session with nothing excluded, and with places for times where it has none."""
    table = document.table
    if not np.isfinite(table.timestamp).all():
        fresh = np.append(True, np.diff(table.frame) != 0)[: len(table)]
        table = replace(table, timestamp=np.cumsum(fresh) - 1.0)
    return replace(document, table=table, excluded=())


def _pyramid(padded: FloatArray, reduce: np.ufunc) -> Sequence[FloatArray]:
    """Fold values again and again; each level has its last block twice, as the first one has."""
    levels = [padded]
    while len(levels[-1]) - 1 > _FOLD:
        below = levels[-1][:-1]
        folded = reduce.reduceat(below, np.arange(0, len(below), _FOLD), axis=0)
        levels.append(np.concatenate([folded, folded[-1:]]))
    return levels


def _reduced(values: FloatArray, bounds: npt.NDArray[np.intp], reduce: np.ufunc) -> FloatArray:
    """Reduce the blocks between each even bound and the odd one after it."""
    reduced: FloatArray = reduce.reduceat(values, bounds, axis=0)[::2]
    return reduced
