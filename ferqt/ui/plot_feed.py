"""What the probability plot knows: samples of all faces, and which face it follows."""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

import numpy as np

from ferqt.core.emotions import LabelSet
from ferqt.core.history import ScoreHistory, Times
from ferqt.core.long_history import LongHistory
from ferqt.core.people import People
from ferqt.core.types import EmotionScores, FloatArray, FrameResult

KEPT_S: Final = 120.0
"""How far back every sample is kept; of what is older, fewer and fewer."""

_CAPACITY: Final = 8192
"""Samples a face: 68 a second for those two minutes, 0.7 MB."""

_AWAY_S: Final = 1.0
"""After that long without it, the plot goes from the first face to the next one."""


@dataclass(frozen=True, slots=True)
class Lane:
    """What is drawn of a face.

    Attributes:
        title: Its name.
        times: n times in s.
        values: classes x n probabilities (0..1) in the order of the labels, NaN for gaps.
        stills: The samples are of pictures: no line leads from one to the next.
    """

    title: str
    times: Times
    values: FloatArray
    stills: bool = False


class PlotFeed:
    """Keeps the smoothed scores of a session, by session time.

    Attributes:
        chosen: Track that the person selected; None follows the first face.
        names: Names that a person gave to faces, by id.
    """

    def __init__(self) -> None:
        self.chosen: int | None = None
        self.names: dict[int, str] = {}
        self._first: int | None = None
        self._seen_s: dict[int, float] = {}
        self._now: dict[int, FloatArray] = {}
        self._start_s = math.inf
        self._end_s = -math.inf
        self._stills = False
        self._recent: ScoreHistory | None = None
        self._past: LongHistory | None = None

    @property
    def labels(self) -> LabelSet | None:
        """The classes, None before they are known."""
        return None if self._recent is None else self._recent.labels

    @property
    def followed(self) -> int | None:
        """Track to show: the chosen one, else the first that is in the picture; None for none."""
        return self._first if self.chosen is None else self.chosen

    @property
    def first_s(self) -> float:
        """Time of the first frame in s; infinity for none."""
        return self._start_s

    @property
    def last_s(self) -> float:
        """Time of the newest frame in s; minus infinity for none."""
        return self._end_s

    @property
    def stills(self) -> bool:
        """Whether the source gives pictures, which are no film."""
        return self._stills

    def set_labels(self, labels: LabelSet) -> bool:
        """Take on these classes; returns whether they are others than before."""
        if self._recent is None or self._past is None:
            self._recent = ScoreHistory(labels, KEPT_S, _CAPACITY)
            self._past = LongHistory(labels)
            return True
        changed = self._recent.labels != labels
        self._recent.relabel(labels)
        self._past.relabel(labels)
        if changed:
            self._now = {}
        return changed

    def add(self, results: Iterable[FrameResult]) -> None:
        """Take in results, in order."""
        for result in results:
            if self._recent is None or self._past is None:
                continue
            now_s = result.session_ms / 1000
            if now_s < self._end_s:
                self._start_s = math.inf
            self._start_s, self._end_s = min(self._start_s, now_s), now_s
            labels = self._recent.labels
            faces = {face.face.track_id: _row(face.smoothed, labels) for face in result.faces}
            self._recent.append(now_s, faces)
            self._past.append(now_s, faces)
            self._stills = bool(result.name)
            self._follow(now_s, faces)
            for face in result.faces:
                if face.name:
                    self.names[face.face.track_id] = face.name

    def series(self, track_id: int, start_s: float, stop_s: float) -> tuple[Times, FloatArray]:
        """Return a face's samples from a time to another.

        The last two minutes come in full, what is older thinned out.

        Returns:
            Times in s (n) and probabilities (classes x n, NaN where the face was lost); views that
            the next `add` may change, or copies.
        """
        if self._recent is None or self._past is None:
            return np.empty(0), np.empty((0, 0), np.float32)
        times, values = self._recent.series(track_id)
        if start_s < (times[0] if len(times) else math.inf):
            old_times, old_values = self._past.series(track_id)
            older = int(np.searchsorted(old_times, times[0])) if len(times) else len(old_times)
            times = np.concatenate((old_times[:older], times))
            values = np.hstack((old_values[:, :older], values))
        start, stop = np.searchsorted(times, (start_s, np.nextafter(stop_s, math.inf)))
        return times[start:stop], values[:, start:stop]

    def faces_between(self, start_s: float, stop_s: float) -> tuple[int, ...]:
        """Return the faces that have samples in a span of time, in the order of their ids."""
        return tuple(
            track_id
            for track_id in self.track_ids
            if len(self.series(track_id, start_s, stop_s)[0])
        )

    @property
    def track_ids(self) -> tuple[int, ...]:
        """Faces that are remembered, in the order of their ids."""
        if self._recent is None or self._past is None:
            return ()
        return tuple(sorted({*self._recent.track_ids, *self._past.track_ids}))

    def reading(self, track_id: int) -> FloatArray | None:
        """Return what the newest frame says of a face; None when it is not in it."""
        return self._now.get(track_id)

    def set_people(self, people: People) -> None:
        """Take over names and merges."""
        for gone, stays in people.merged.items():
            if self._recent is not None and self._past is not None:
                self._recent.merge(gone, stays)
                self._past.merge(gone, stays)
            if self._first == gone:
                self._first = stays
        self.names = dict(people.names)
        if self.chosen is not None:
            self.chosen = people.id_of(self.chosen)

    def clear(self) -> None:
        """Forget all samples and faces, but not the classes."""
        self.chosen = self._first = None
        self.names = {}
        self._seen_s.clear()
        self._now = {}
        self._start_s, self._end_s = math.inf, -math.inf
        if self._recent is not None and self._past is not None:
            self._recent.clear()
            self._past.clear()

    def _follow(self, now_s: float, faces: dict[int, FloatArray]) -> None:
        """Note who is there, and go on to another first face when it has left."""
        self._now = faces
        self._seen_s.update(dict.fromkeys(faces, now_s))
        if len(self._seen_s) > len(faces):
            self._seen_s = {
                track: seen_s for track, seen_s in self._seen_s.items() if now_s - seen_s <= _AWAY_S
            }
        if self._first not in self._seen_s:
            self._first = min(self._seen_s, default=self._first)


def _row(scores: EmotionScores, labels: LabelSet) -> FloatArray:
    """Return a face's probabilities in the order of other labels, NaN where a class is missing."""
    if scores.labels is labels or scores.labels == labels:
        return scores.probabilities
    values = [scores.probability(name) for name in labels.names]
    return np.array([np.nan if value is None else value for value in values], np.float32)
