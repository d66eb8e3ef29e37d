"""What the probability plot knows: samples of all faces, and which face it follows."""

from collections.abc import Iterable
from typing import Final

import numpy as np

from ferqt.core.emotions import LabelSet
from ferqt.core.history import ScoreHistory
from ferqt.core.types import EmotionScores, FloatArray, FrameResult

KEPT_S: Final = 120.0
"""How far back a person can scroll."""

_CAPACITY: Final = 8192
"""Samples a face: 68 a second for those two minutes, 0.7 MB."""

_AWAY_S: Final = 1.0
"""After that long without it, the plot goes from the first face to the next one."""


class PlotFeed:
    """Keeps the smoothed scores of the last two minutes, by session time.

    Attributes:
        chosen: Track that the person selected; None follows the first face.
        history: The samples; None before the classes are known.
    """

    def __init__(self) -> None:
        self.chosen: int | None = None
        self.history: ScoreHistory | None = None
        self._first: int | None = None
        self._seen_s: dict[int, float] = {}

    @property
    def followed(self) -> int | None:
        """Track to show: the chosen one, else the first that is in the picture; None for none."""
        return self._first if self.chosen is None else self.chosen

    def set_labels(self, labels: LabelSet) -> bool:
        """Take on these classes; returns whether they are others than before."""
        if self.history is None:
            self.history = ScoreHistory(labels, KEPT_S, _CAPACITY)
            return True
        changed = self.history.labels != labels
        self.history.relabel(labels)
        return changed

    def add(self, results: Iterable[FrameResult]) -> None:
        """Take in results, in order."""
        for result in results:
            if self.history is None:
                continue
            now = result.session_ms / 1000
            faces = {
                face.face.track_id: _row(face.smoothed, self.history.labels)
                for face in result.faces
            }
            self.history.append(now, faces)
            self._seen_s.update(dict.fromkeys(faces, now))
            self._seen_s = {
                track: seen_s for track, seen_s in self._seen_s.items() if now - seen_s <= _AWAY_S
            }
            if self._first not in self._seen_s:
                self._first = min(self._seen_s, default=self._first)

    def clear(self) -> None:
        """Forget all samples and faces, but not the classes."""
        self.chosen = self._first = None
        self._seen_s.clear()
        if self.history is not None:
            self.history.clear()


def _row(scores: EmotionScores, labels: LabelSet) -> FloatArray:
    """Return a face's probabilities in the order of other labels, NaN where a class is missing."""
    if scores.labels == labels:
        return scores.probabilities
    values = [scores.probability(name) for name in labels.names]
    return np.array([np.nan if value is None else value for value in values], np.float32)
