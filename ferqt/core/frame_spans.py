"""From when until when each reading of a stored session counts: what statistics weigh with."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import inf, nan

import numpy as np
import numpy.typing as npt

from ferqt.core.session_document import SessionDocument, TimeRange
from ferqt.core.session_table import SessionTable

SAME_TIME_S = 1e-6
"""Times that differ by less are equal: tables hold microseconds."""

_Floats = npt.NDArray[np.float64]
_Numbers = npt.NDArray[np.intp]


@dataclass(frozen=True, slots=True, eq=False)
class FaceSpans:
    """The readings of one face that count, in the order of frames.

    Attributes:
        rows: Row of the table of each reading.
        start_s: When each begins, the time of its frame.
        end_s: When each ends, at or after its start.
        stretch: Number of the stretch that each lies in; what lies between two stretches is left
            out, so nothing leads from one to the next.
    """

    rows: _Numbers
    start_s: _Floats
    end_s: _Floats
    stretch: _Numbers

    def __len__(self) -> int:
        return len(self.rows)

    @property
    def held_s(self) -> _Floats:
        """How long each reading counts."""
        return np.nan_to_num(self.end_s - self.start_s)


class FrameSpans:
    """The frames of a session in time.

    A frame lasts until the next analyzed one, at whatever rate they come; the last one as long as
    the median of the others. A lone frame lasts as long as the source's mean rate says, or not at
    all where that is not known.

    A frame belongs to the ranges asked for when its own time lies in one of them and in no excluded
    one. It then counts until the next frame, or to the end of that stretch where this comes first.

    Pictures have no times. Each counts, whatever the ranges, for no seconds; their spans begin and
    end at NaN.

    Args:
        document: The session.
        ranges: What to look at, in any order; ranges that meet or overlap are one. All of the
            session when there are none.

    Attributes:
        timed: Whether the frames have times.
        step_s: Median time from one frame to the next.
    """

    def __init__(self, document: SessionDocument, ranges: Sequence[TimeRange] = ()) -> None:
        table = document.table
        self._table = table
        first_rows = _first_rows(table)
        times = table.timestamp[first_rows]
        self.timed = bool(np.isfinite(times).any())
        self._slot_of_row = np.repeat(
            np.arange(len(first_rows)), np.diff(np.append(first_rows, len(table)))
        )
        self.step_s = _median_step(times, document)
        allowed = _without(ranges or (TimeRange(-inf, inf),), document.excluded)
        self._starts = np.array([one[0] for one in allowed])
        self._ends = np.array([one[1] for one in allowed])
        self._start_s = times
        self._end_s = np.append(times[1:], times[-1:] + self.step_s)
        np.maximum(self._end_s, times, out=self._end_s)
        self._stretch = self._stretches(times) if self.timed else np.zeros(len(times), np.intp)
        inside = self._stretch >= 0
        if self.timed and inside.any():
            self._end_s[inside] = np.minimum(self._end_s[inside], self._ends[self._stretch[inside]])

    @cached_property
    def analyzed_s(self) -> float:
        """Seconds of all frames that count, with a face or without."""
        inside = self._stretch >= 0
        return float(np.nansum(self._end_s[inside] - self._start_s[inside]))

    @property
    def frame_count(self) -> int:
        """Number of frames that count."""
        return int((self._stretch >= 0).sum())

    @property
    def begins_s(self) -> float:
        """Where latencies count from: the start of the first range, not before the first frame."""
        first = float(self._start_s[0]) if len(self._start_s) else nan
        return max(first, float(self._starts[0])) if len(self._starts) else first

    def of_face(self, face_id: int) -> FaceSpans:
        """Return the readings of a face that count; none for a face that is not known."""
        rows = self._table.rows_of(face_id)
        slots = self._slot_of_row[rows]
        # A table made elsewhere may name a face twice in a frame: the first row counts.
        once = np.append(True, np.diff(slots) > 0)[: len(slots)]
        keep = once & (self._stretch[slots] >= 0)
        rows, slots = rows[keep], slots[keep]
        return FaceSpans(rows, self._start_s[slots], self._end_s[slots], self._stretch[slots])

    def with_face_s(self) -> float:
        """Return the seconds that show a face, one or several."""
        slots = np.unique(self._slot_of_row[self._table.face_id > 0])
        slots = slots[self._stretch[slots] >= 0]
        return float(np.nansum(self._end_s[slots] - self._start_s[slots]))

    def _stretches(self, times: _Floats) -> _Numbers:
        """The stretch of each time, -1 outside all of them."""
        if not len(self._starts):
            return np.full(len(times), -1, np.intp)
        # A range that a person set to a frame's printed time begins with that frame.
        stretch = np.searchsorted(self._starts - SAME_TIME_S, times, side="right") - 1
        inside = (stretch >= 0) & (times < self._ends[stretch] - SAME_TIME_S)
        return np.where(inside, stretch, -1)


def _first_rows(table: SessionTable) -> _Numbers:
    """The first row of each frame."""
    return np.flatnonzero(np.append(True, np.diff(table.frame) != 0)[: len(table)])


def _median_step(times: _Floats, document: SessionDocument) -> float:
    steps = np.diff(times)
    steps = steps[steps > 0]
    if len(steps):
        return float(np.median(steps))
    fps = _fact(document, "source", "fps")
    return (_fact(document, "part", "every") or 1.0) / fps if fps else 0.0


def _fact(document: SessionDocument, section: str, key: str) -> float | None:
    """A positive number of the facts; None where there is none."""
    values = document.facts.get(section)
    value = values.get(key) if isinstance(values, Mapping) else None
    return float(value) if isinstance(value, int | float) and value > 0 else None


def _without(
    ranges: Iterable[TimeRange], excluded: Iterable[TimeRange]
) -> list[tuple[float, float]]:
    """The ranges less the excluded ones, as separate stretches in the order of time."""
    allowed = _united(ranges)
    for gone_start, gone_end in _united(excluded):
        allowed = [
            (start, end)
            for old_start, old_end in allowed
            for start, end in (
                (old_start, min(old_end, gone_start)),
                (max(old_start, gone_end), old_end),
            )
            if end > start
        ]
    return allowed


def _united(ranges: Iterable[TimeRange]) -> list[tuple[float, float]]:
    united: list[tuple[float, float]] = []
    for one in sorted(ranges, key=lambda each: each.start_s):
        if united and one.start_s <= united[-1][1] + SAME_TIME_S:
            united[-1] = (united[-1][0], max(united[-1][1], one.end_s))
        else:
            united.append((one.start_s, one.end_s))
    return united
