"""A whole session of every face's probabilities, ever coarser, in memory that does not grow."""

import math
from collections.abc import Mapping
from typing import Final

import numpy as np
import numpy.typing as npt

from ferqt.core.emotions import LabelSet
from ferqt.core.history import FIRST_ROOM, Times
from ferqt.core.types import FloatArray

_FIRST_STEP_S: Final = 0.125


class LongHistory:
    """Keeps one sample a step of time; when a face's room is full, the steps become twice as long.

    Steps are multiples of their length, so a sample that is kept was kept before, too: curves that
    are drawn from it do not shimmer. Beside `ScoreHistory`, which has the last minutes in full.

    Used by one thread.

    Args:
        labels: The classes; one row of values each.
        capacity: Samples kept for a face, at most.
        max_tracks: Faces remembered, at most; those not seen for longest give way.
    """

    def __init__(self, labels: LabelSet, capacity: int = 4096, max_tracks: int = 32) -> None:
        if capacity < 8:
            raise ValueError(f"no room for samples: {capacity}")
        self._labels = labels
        self._capacity = capacity
        self._max_tracks = max_tracks
        self._step_s = _FIRST_STEP_S
        self._last_s = -math.inf
        self._tracks: dict[int, _Track] = {}

    @property
    def step_s(self) -> float:
        """Time from one sample to the next in s, as it is now."""
        return self._step_s

    @property
    def track_ids(self) -> tuple[int, ...]:
        """Faces that are remembered, in order of their ids."""
        return tuple(sorted(self._tracks))

    def append(self, t_s: float, faces: Mapping[int, FloatArray]) -> None:
        """Add a frame; a time that goes back starts everything anew.

        Args:
            t_s: Time of the frame in s.
            faces: Probabilities in the order of the classes, by track id; a face that is missing
                has a gap here.
        """
        if t_s < self._last_s:
            self.clear()
        self._last_s = t_s
        for track_id, track in self._tracks.items():
            if track_id not in faces:
                track.append_gap(t_s)
        for track_id, probabilities in faces.items():
            if track_id not in self._tracks:
                self._tracks[track_id] = _Track(len(self._labels), self._capacity)
            self._tracks[track_id].append(t_s, self._step_s, probabilities)
        self._make_room()
        while len(self._tracks) > self._max_tracks:
            del self._tracks[min(self._tracks, key=lambda known: self._tracks[known].seen_s)]

    def series(self, track_id: int) -> tuple[Times, FloatArray]:
        """Return a face's samples, oldest first.

        Returns:
            Times in s (n) and probabilities (classes x n, NaN where the face was lost); read-only
            views that the next `append` may change. Empty for an unknown face.
        """
        track = self._tracks.get(track_id)
        if track is None:
            return np.empty(0), np.empty((len(self._labels), 0), np.float32)
        return track.series()

    def merge(self, track_id: int, into: int) -> None:
        """Book a face's samples on another one; harmless for an unknown one."""
        if track_id == into or track_id not in self._tracks:
            return
        gone = self._tracks.pop(track_id)
        kept = self._tracks.get(into)
        self._tracks[into] = gone if kept is None else kept.merged(gone)
        self._make_room()

    def relabel(self, labels: LabelSet) -> None:
        """Go on with other classes; those that both sets name keep their past."""
        if labels == self._labels:
            return
        old = {name: row for row, name in enumerate(self._labels.names)}
        rows = [old.get(name) for name in labels.names]
        for track in self._tracks.values():
            track.select_rows(rows)
        self._labels = labels

    def clear(self) -> None:
        """Forget everything."""
        self._tracks.clear()
        self._step_s = _FIRST_STEP_S
        self._last_s = -math.inf

    def _make_room(self) -> None:
        while any(track.full for track in self._tracks.values()):
            self._step_s *= 2
            for track in self._tracks.values():
                track.thin_out(self._step_s)


class _Track:
    """The samples of one face; a gap is a sample of its own."""

    def __init__(self, classes: int, capacity: int) -> None:
        self._capacity = capacity
        room = min(capacity, FIRST_ROOM)
        self._times: Times = np.empty(room)
        self._values: FloatArray = np.empty((classes, room), np.float32)
        self._gaps: npt.NDArray[np.bool_] = np.empty(room, np.bool_)
        self._count = 0
        self.seen_s = -math.inf

    @property
    def full(self) -> bool:
        """Whether there may be no room for another frame, which takes two samples at most."""
        return self._count > self._capacity - 2

    def append(self, t_s: float, step_s: float, probabilities: FloatArray) -> None:
        self.seen_s = t_s
        last = self._count - 1
        if (
            last >= 0
            and not self._gaps[last]
            and math.floor(t_s / step_s) == math.floor(self._times[last] / step_s)
        ):
            return
        self._write(t_s, probabilities, gap=False)

    def append_gap(self, t_s: float) -> None:
        if self._count and not self._gaps[self._count - 1]:
            self._write(t_s, np.float32(np.nan), gap=True)

    def thin_out(self, step_s: float) -> None:
        """Keep one sample a step, and the gaps that last a step or longer."""
        times, gaps = self._times[: self._count], self._gaps[: self._count]
        places = np.flatnonzero(~gaps)
        steps = np.floor(times[places] / step_s)
        first = np.ones(len(places), np.bool_)
        first[1:] = np.diff(steps) != 0
        kept = places[first]
        lost = np.flatnonzero(gaps)
        follower = np.searchsorted(kept, lost)
        back_s = np.append(times[kept], np.inf)[follower]
        # Of several gaps between the same two samples the first says it all.
        longest = np.unique(follower[back_s - times[lost] >= step_s], return_index=True)[1]
        lost = lost[back_s - times[lost] >= step_s][longest]
        order = np.sort(np.concatenate((kept, lost)))
        self._count = len(order)
        self._times[: self._count] = times[order]
        self._values[:, : self._count] = self._values[:, order]
        self._gaps[: self._count] = gaps[order]

    def series(self) -> tuple[Times, FloatArray]:
        times, values = self._times[: self._count], self._values[:, : self._count]
        times.flags.writeable = False
        values.flags.writeable = False
        return times, values

    def merged(self, other: "_Track") -> "_Track":
        """Return the samples of both, in the order of their times; there may be too many."""
        count = self._count + other._count
        made = _Track(len(self._values), max(count, self._capacity))
        made._make_room_for(count)
        both = np.concatenate((self.series()[0], other.series()[0]))
        gaps = np.concatenate((self._gaps[: self._count], other._gaps[: other._count]))
        # A gap where the other one goes on comes before its sample, not between it and the next.
        order = np.lexsort((~gaps, both))
        made._times[:count] = both[order]
        made._values[:, :count] = np.hstack((self.series()[1], other.series()[1]))[:, order]
        made._gaps[:count] = gaps[order]
        made._count, made._capacity = count, self._capacity
        made.seen_s = max(self.seen_s, other.seen_s)
        return made

    def select_rows(self, rows: list[int | None]) -> None:
        values = np.full((len(rows), len(self._times)), np.nan, np.float32)
        for target, source in enumerate(rows):
            if source is not None:
                values[target] = self._values[source]
        self._values = values

    def _make_room_for(self, count: int) -> None:
        """Have room for so many samples; at least twice as much as before, if it was too little."""
        room = len(self._times)
        if count <= room:
            return
        spare = min(max(2 * room, count), max(self._capacity, count)) - room
        self._times = np.append(self._times, np.empty(spare))
        self._values = np.pad(self._values, ((0, 0), (0, spare)))
        self._gaps = np.append(self._gaps, np.empty(spare, np.bool_))

    def _write(self, t_s: float, values: FloatArray | np.float32, *, gap: bool) -> None:
        self._make_room_for(self._count + 1)
        self._times[self._count] = t_s
        self._values[:, self._count] = values
        self._gaps[self._count] = gap
        self._count += 1
