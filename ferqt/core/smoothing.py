"""Smoothing of expression probabilities over time, one state a face."""

import math
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from ferqt.core.emotions import LabelSet
from ferqt.core.state import State, packed_floats, unpacked_floats
from ferqt.core.types import EmotionScores, FloatArray


@dataclass(frozen=True, slots=True)
class _State:
    session_ms: int
    smoothed: EmotionScores
    basis: object


class ScoreSmoother:
    """Exponential smoothing in true time: frames that come late weigh more.

    The weight of a new value is 1 - exp(-dt / time constant), so the result does not depend on the
    frame rate. A convex mix of probabilities sums to 1 again.

    Attributes:
        time_constant_s: Raising it makes labels calmer and later; 0 switches smoothing off. May be
            changed at any time.

    Args:
        time_constant_s: See the attribute.
        forget_after_s: A face that was away longer starts anew.
    """

    def __init__(self, time_constant_s: float, forget_after_s: float = 2.0) -> None:
        self.time_constant_s = time_constant_s
        self._forget_after_s = forget_after_s
        self._states: dict[int, _State] = {}

    def update(
        self,
        track_id: int,
        session_ms: int,
        scores: EmotionScores,
        uncertain_below: float,
        basis: object = None,
    ) -> EmotionScores:
        """Return the smoothed scores of a face.

        Args:
            track_id: Identity of the face.
            session_ms: Time of the frame in ms; must not go back.
            scores: Scores of this frame alone.
            uncertain_below: Threshold under which the smoothed top class is called uncertain.
            basis: What the scores were corrected with; another starts the face anew.
        """
        known = self._states.get(track_id)
        probabilities: FloatArray = scores.probabilities
        if (
            known is not None
            and self.time_constant_s > 0
            and known.smoothed.labels == scores.labels
            and known.basis == basis
        ):
            elapsed_s = (session_ms - known.session_ms) / 1000
            if elapsed_s <= self._forget_after_s:
                weight = 1 - math.exp(-elapsed_s / self.time_constant_s)
                mixed = known.smoothed.probabilities * (1 - weight) + scores.probabilities * weight
                probabilities = mixed.astype(np.float32)
        smoothed = EmotionScores(
            probabilities, scores.labels, uncertain=float(probabilities.max()) < uncertain_below
        )
        self._states[track_id] = _State(session_ms, smoothed, basis)
        return smoothed

    def keep_only(self, track_ids: Iterable[int], session_ms: int) -> None:
        """Forget faces that are neither in `track_ids` nor seen lately; memory stays flat."""
        alive = set(track_ids)
        horizon = session_ms - self._forget_after_s * 1000
        self._states = {
            track_id: state
            for track_id, state in self._states.items()
            if track_id in alive or state.session_ms >= horizon
        }

    def reset(self) -> None:
        """Forget all faces."""
        self._states.clear()

    def state(self) -> State:
        """Return what is known of all faces, as JSON-able values.

        A face whose scores were corrected with something is left out: it starts anew, as with
        another `basis`. Analyses of files correct nothing.
        """
        return {
            "faces": [
                [track_id, known.session_ms, *_packed(known.smoothed)]
                for track_id, known in self._states.items()
                if known.basis is None
            ]
        }

    def restore(self, state: State) -> None:
        """Go on from what `state` returned."""
        self._states = {
            track_id: _State(session_ms, _unpacked(*scores), None)
            for track_id, session_ms, *scores in state["faces"]
        }


def _packed(scores: EmotionScores) -> list[object]:
    labels = scores.labels
    return [packed_floats(scores.probabilities), labels.id, list(labels.names), scores.uncertain]


def _unpacked(
    probabilities: State, labels_id: str, names: list[str], uncertain: bool
) -> EmotionScores:
    return EmotionScores(
        unpacked_floats(probabilities), LabelSet(labels_id, tuple(names)), uncertain=uncertain
    )
