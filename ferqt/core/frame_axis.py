"""The frames of a stored session along time: which one is on screen when."""

import numpy as np
import numpy.typing as npt

from ferqt.core.history import Times
from ferqt.core.session_document import TimeRange
from ferqt.core.session_table import SessionTable


class FrameAxis:
    """All analyzed frames, in the order of the table.

    A frame is on screen from its own time until the next one's; the last one for as long as the
    median of the others. Pictures have no times: their places are 0, 1, 2 ...

    Args:
        table: The readings.

    Attributes:
        timed: False for pictures.
        step_s: Median time from one frame to the next; 0 where there is just one.
    """

    def __init__(self, table: SessionTable) -> None:
        fresh = np.append(True, np.diff(table.frame) != 0)[: len(table)]
        first_rows = np.flatnonzero(fresh)
        self._rows = first_rows
        self._frames: npt.NDArray[np.int64] = table.frame[first_rows]
        self._times: Times = table.timestamp[first_rows]
        self.timed = bool(np.isfinite(self._times).all())
        if not self.timed:
            self._times = np.arange(len(first_rows), dtype=np.float64)
        # A broken file may step back in time; places are looked up in what only grows.
        self._places: Times = np.maximum.accumulate(self._times) if len(self) else self._times
        steps = np.diff(self._places)
        steps = steps[steps > 0]
        self.step_s = float(np.median(steps)) if len(steps) else 0.0 if self.timed else 1.0

    def __len__(self) -> int:
        return len(self._frames)

    @property
    def start_s(self) -> float:
        """Time of the first frame; 0 where there is none."""
        return float(self._places[0]) if len(self) else 0.0

    @property
    def end_s(self) -> float:
        """When the last frame ends."""
        return float(self._places[-1]) + self.step_s if len(self) else 0.0

    def at(self, time_s: float) -> int:
        """Return the index of the frame on screen at a time; the nearest end's outside."""
        found = int(np.searchsorted(self._places, time_s + _SAME_S, side="right")) - 1
        return min(max(found, 0), len(self) - 1)

    def time_of(self, index: int) -> float:
        """Return the true time of a frame in s; of a picture, its place."""
        return float(self._times[index])

    def end_of(self, index: int) -> float:
        """Return when a frame ends: the next one's time."""
        return float(self._places[index + 1]) if index + 1 < len(self) else self.end_s

    def frame_of(self, index: int) -> int:
        """Return the number of a frame in the source."""
        return int(self._frames[index])

    def row_of(self, index: int) -> int:
        """Return the first row of a frame in the table."""
        return int(self._rows[index])

    def range_between(self, one_s: float, other_s: float) -> TimeRange | None:
        """Return the stretch of all frames from one time to another; None where it has no time."""
        first, last = sorted((self.at(one_s), self.at(other_s)))
        start_s, end_s = self.time_of(first), self.end_of(last)
        return TimeRange(start_s, end_s) if end_s > start_s else None

    def last_before(self, end_s: float) -> int:
        """Return the index of the last frame that begins before a time; 0 where there is none."""
        return max(int(np.searchsorted(self._places, end_s - _SAME_S)) - 1, 0)

    def between(self, start_s: float, end_s: float) -> Times:
        """Return the times of the frames that begin in a stretch of time."""
        first, last = np.searchsorted(self._places, (start_s, end_s))
        return self._places[first:last]


_SAME_S = 1e-6
"""Tables hold microseconds: a time that was printed and read again is still its own frame's."""
