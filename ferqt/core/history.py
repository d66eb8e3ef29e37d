"""The last seconds of every face's probabilities, in memory that does not grow."""

import math
from collections.abc import Mapping
from typing import Final

import numpy as np
import numpy.typing as npt

from ferqt.core.emotions import LabelSet
from ferqt.core.types import FloatArray

Times = npt.NDArray[np.float64]

FIRST_ROOM: Final = 256
"""Samples of a face that there is room for at first; most faces of a long day stay for seconds."""


class ScoreHistory:
    """A ring of samples for each face, read as contiguous arrays without a copy.

    Every sample is stored twice, a whole ring apart, so the samples of a face always lie in one
    piece somewhere in its buffer: reading costs nothing, however often a plot repaints.

    Used by one thread.

    Args:
        labels: The classes; one row of values each.
        window_s: How much time is kept. A face that was not seen for that long is forgotten.
        capacity: Samples kept for a face, at most; the oldest give way.
        max_tracks: Faces remembered, at most; those not seen for longest give way.
    """

    def __init__(
        self, labels: LabelSet, window_s: float, capacity: int = 4096, max_tracks: int = 32
    ) -> None:
        if window_s <= 0 or capacity < 2:
            raise ValueError(f"no room for samples: {window_s} s, {capacity} samples")
        self._labels = labels
        self._window_s = window_s
        self._capacity = capacity
        self._max_tracks = max_tracks
        self._tracks: dict[int, _Ring] = {}
        self._first_s = math.inf
        self._last_s = -math.inf

    @property
    def labels(self) -> LabelSet:
        """The classes, in the order of the rows of `series`."""
        return self._labels

    @property
    def window_s(self) -> float:
        """How much time is kept, in s."""
        return self._window_s

    @property
    def track_ids(self) -> tuple[int, ...]:
        """Faces that are remembered, in order of their ids."""
        return tuple(sorted(self._tracks))

    @property
    def first_s(self) -> float:
        """Time of the first frame since everything was cleared, in s; infinity for none."""
        return self._first_s

    @property
    def last_s(self) -> float:
        """Time of the newest frame in s; minus infinity when there was none."""
        return self._last_s

    def append(self, t_s: float, faces: Mapping[int, FloatArray]) -> None:
        """Add a frame.

        A face that was there before and is missing now gets one sample of NaN, which breaks its
        curves where it was lost. A time that goes back starts everything anew.

        Args:
            t_s: Time of the frame in s.
            faces: Probabilities in the order of `labels`, by track id.
        """
        if t_s < self._last_s:
            self.clear()
        self._first_s = min(self._first_s, t_s)
        self._last_s = t_s
        for track_id, probabilities in faces.items():
            if track_id not in self._tracks:
                self._tracks[track_id] = _Ring(len(self._labels), self._capacity)
            self._tracks[track_id].append(t_s, probabilities)
        for track_id in [known for known in self._tracks if known not in faces]:
            ring = self._tracks[track_id]
            if ring.seen_s < t_s - self._window_s:
                del self._tracks[track_id]
            else:
                ring.append_gap(t_s)
        while len(self._tracks) > self._max_tracks:
            del self._tracks[min(self._tracks, key=lambda known: self._tracks[known].seen_s)]

    def series(self, track_id: int) -> tuple[Times, FloatArray]:
        """Return a face's samples within the window, oldest first.

        Returns:
            Times in s (n) and probabilities (classes x n, NaN where the face was lost); read-only
            views that the next `append` may change. Empty for an unknown face.
        """
        ring = self._tracks.get(track_id)
        if ring is None:
            return np.empty(0), np.empty((len(self._labels), 0), np.float32)
        return ring.since(self._last_s - self._window_s)

    def merge(self, track_id: int, into: int) -> None:
        """Book a face's samples on another one; harmless for an unknown one."""
        if track_id == into or track_id not in self._tracks:
            return
        gone = self._tracks.pop(track_id)
        kept = self._tracks.get(into)
        self._tracks[into] = gone if kept is None else kept.merged(gone)

    def relabel(self, labels: LabelSet) -> None:
        """Go on with other classes; those that both sets name keep their past."""
        if labels == self._labels:
            return
        old = {name: row for row, name in enumerate(self._labels.names)}
        rows = [old.get(name) for name in labels.names]
        for ring in self._tracks.values():
            ring.select_rows(rows)
        self._labels = labels

    def clear(self) -> None:
        """Forget everything."""
        self._tracks.clear()
        self._first_s = math.inf
        self._last_s = -math.inf


class _Ring:
    """The samples of one face, in a room that grows up to a capacity."""

    def __init__(self, classes: int, capacity: int, room: int = FIRST_ROOM) -> None:
        self._capacity = capacity
        self._room = min(room, capacity)
        # Everything is there twice, one room apart, so that samples lie in one piece.
        self._times: Times = np.empty(2 * self._room)
        # One row a class, so that each curve is contiguous.
        self._values: FloatArray = np.empty((classes, 2 * self._room), np.float32)
        self._gap: FloatArray = np.full(classes, np.nan, np.float32)
        self._next = 0
        self._count = 0
        self._in_gap = False
        self.seen_s = -math.inf

    def append(self, t_s: float, probabilities: FloatArray) -> None:
        self._write(t_s, probabilities)
        self._in_gap = False
        self.seen_s = t_s

    def append_gap(self, t_s: float) -> None:
        if not self._in_gap:
            self._write(t_s, self._gap)
            self._in_gap = True

    def since(self, t_s: float) -> tuple[Times, FloatArray]:
        end = self._next + self._room
        start = end - self._count
        start += int(np.searchsorted(self._times[start:end], t_s))
        times, values = self._times[start:end], self._values[:, start:end]
        times.flags.writeable = False
        values.flags.writeable = False
        return times, values

    def merged(self, other: "_Ring") -> "_Ring":
        """Return the samples of both, in the order of their times."""
        (times, values), (more_times, more_values) = self.since(-math.inf), other.since(-math.inf)
        both = np.concatenate((times, more_times))
        samples = np.hstack((values, more_values))
        # A gap where the other one goes on comes before its sample, not between it and the next.
        order = np.lexsort((np.isfinite(samples).any(axis=0), both))[-self._capacity :]
        made = _Ring(len(values), self._capacity, len(order) + 1)
        made._fill(both[order], samples[:, order])
        newest = max(self, other, key=lambda ring: ring.seen_s)
        made._in_gap, made.seen_s = newest._in_gap, newest.seen_s
        return made

    def select_rows(self, rows: list[int | None]) -> None:
        values = np.full((len(rows), 2 * self._room), np.nan, np.float32)
        for target, source in enumerate(rows):
            if source is not None:
                values[target] = self._values[source]
        self._values = values
        self._gap = np.full(len(rows), np.nan, np.float32)

    def _write(self, t_s: float, probabilities: FloatArray) -> None:
        if self._count == self._room < self._capacity:
            self._grow()
        for position in (self._next, self._next + self._room):
            self._times[position] = t_s
            self._values[:, position] = probabilities
        self._next = (self._next + 1) % self._room
        self._count = min(self._count + 1, self._room)

    def _grow(self) -> None:
        times, values = self.since(-math.inf)
        self._room = min(2 * self._room, self._capacity)
        self._times = np.empty(2 * self._room)
        self._values = np.empty((len(values), 2 * self._room), np.float32)
        self._fill(times, values)

    def _fill(self, times: Times, values: FloatArray) -> None:
        """Begin with samples, for which there is room."""
        count = len(times)
        for start in (0, self._room):
            self._times[start : start + count] = times
            self._values[:, start : start + count] = values
        self._next, self._count = count % self._room, count
