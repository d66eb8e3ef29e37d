"""Labels that do not flicker: a name stays until another has clearly taken the lead."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from ferqt.core.types import EmotionScores

_FORGET_AFTER_MS: Final = 1000
"""A face that was away longer, or a jump in time, starts with what it shows now."""


@dataclass(frozen=True, slots=True)
class StableLabel:
    """What a face's label says.

    Attributes:
        name: Class to show; its probability is read from the scores of the frame.
        uncertain: Say "uncertain" and show the name as a guess.
    """

    name: str
    uncertain: bool


@dataclass(slots=True)
class _State:
    label: StableLabel
    candidate: StableLabel
    read: StableLabel  # what the newest frame alone says
    since_ms: int  # when the candidate began to differ from the label
    switched_ms: int
    seen_ms: int


class LabelStabilizer:
    """Hysteresis in time and margin for the labels of all faces.

    A new leader takes over at once when it leads by `margin`, else after it has led for
    `patience_ms`; in any case a label stays for `hold_ms`. Going in and out of "uncertain" takes
    `patience_ms`.

    Asking twice for one frame gives one answer, so a repaint changes nothing. A frame that is read
    anew, as by another model, is believed at once. Used by one thread.

    Args:
        margin: Raising it lets close races keep their old name longer.
        patience_ms: Raising it makes labels calmer and later.
        hold_ms: Shortest life of a label.
    """

    def __init__(self, margin: float = 0.15, patience_ms: int = 300, hold_ms: int = 250) -> None:
        self._margin = margin
        self._patience_ms = patience_ms
        self._hold_ms = hold_ms
        self._states: dict[int, _State] = {}

    def __len__(self) -> int:
        return len(self._states)

    def update(self, track_id: int, session_ms: int, scores: EmotionScores) -> StableLabel:
        """Return the label of a face in a frame.

        Args:
            track_id: Identity of the face.
            session_ms: Time of the frame in ms.
            scores: What the face shows, smoothed or not.
        """
        now = StableLabel(scores.top, scores.uncertain)
        state = self._states.get(track_id)
        if (
            state is None
            or not 0 <= session_ms - state.seen_ms <= _FORGET_AFTER_MS
            or state.label.name not in scores.labels.names
            or (session_ms == state.seen_ms and now != state.read)
        ):
            self._states[track_id] = _State(now, now, now, session_ms, session_ms, session_ms)
            return now
        state.seen_ms, state.read = session_ms, now
        if now == state.label or now != state.candidate:
            state.candidate, state.since_ms = now, session_ms
        if now != state.label and session_ms - state.switched_ms >= self._hold_ms:
            waited = session_ms - state.since_ms >= self._patience_ms
            if waited or self._leads_clearly(now, state.label, scores):
                state.label, state.switched_ms = now, session_ms
        return state.label

    def keep_only(self, track_ids: Iterable[int], session_ms: int) -> None:
        """Forget faces that are neither in `track_ids` nor seen lately; memory stays flat."""
        alive = set(track_ids)
        self._states = {
            track_id: state
            for track_id, state in self._states.items()
            if track_id in alive or session_ms - state.seen_ms <= _FORGET_AFTER_MS
        }

    def _leads_clearly(self, now: StableLabel, shown: StableLabel, scores: EmotionScores) -> bool:
        if now.uncertain != shown.uncertain:
            return False
        lead = scores.confidence - (scores.probability(shown.name) or 0.0)
        return lead >= self._margin


class OverlayMemory:
    """What an overlay remembers from one frame to the next, so that nothing in it jumps.

    Attributes:
        labels: Keeps the names calm.
        other_labels: Keeps the compared model's names calm.
        label_places: Where each face's label was, by track id.
        panel_places: Where each face's panel was, by track id.
    """

    def __init__(self) -> None:
        self.labels = LabelStabilizer()
        self.other_labels = LabelStabilizer()
        self.label_places: dict[int, str] = {}
        self.panel_places: dict[int, str] = {}

    def keep_only(self, track_ids: Iterable[int], session_ms: int) -> None:
        """Forget faces that are gone."""
        alive = set(track_ids)
        self.labels.keep_only(alive, session_ms)
        self.other_labels.keep_only(alive, session_ms)
        for places in (self.label_places, self.panel_places):
            for track_id in [known for known in places if known not in alive]:
                del places[track_id]
