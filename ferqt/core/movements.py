"""Blinks and smiles, told from blendshapes."""

from dataclasses import dataclass
from math import inf
from typing import Final

import numpy as np

from ferqt.core.blendshapes import both_sides
from ferqt.core.episodes import Episode, EpisodeRule, runs_of
from ferqt.core.frame_spans import SAME_TIME_S, FaceSpans
from ferqt.core.session_table import SessionTable


@dataclass(frozen=True, slots=True)
class MovementRule:
    """What makes a movement of the face out of blendshapes.

    Attributes:
        movement: What the names of both halves begin with.
        enter: Strength that begins one, 0..1. Raising it misses weak ones.
        leave: Strength under which it ends, 0..`enter`. Raising it splits unsteady ones.
        min_duration_s: Shorter ones are no such movement.
        max_duration_s: Longer ones are none either.
        both: Whether the weaker half must be that strong; else the mean of both.
    """

    movement: str
    enter: float
    leave: float
    min_duration_s: float = 0.0
    max_duration_s: float = inf
    both: bool = False


BLINK: Final = MovementRule("eyeBlink", enter=0.4, leave=0.25, max_duration_s=0.5, both=True)
"""Lids of both eyes that close and open again within half a second.

Open eyes of two portraits have 0.02 to 0.08. Moving the landmarks of their upper lids step by step
gave 0.40 at half closed, 0.6 at three quarters and 0.75 to 0.82 when they met. The face mesh sees
less than that of eyes which are painted shut in the pictures (0.25 to 0.57), so 0.4 misses blinks
behind glasses, and a quick glance down may count as one. Programs with these blendshapes use 0.4 or
0.5. The longest endogenous blinks take 0.5 s: Stern, Walrath and Goldstein, "The endogenous
eyeblink", Psychophysiology 21 (1984), 22-33; what is longer is closed eyes.
"""

SMILE: Final = MovementRule("mouthSmile", enter=0.5, leave=0.35, min_duration_s=0.5)
"""Corners of the mouth that go up for half a second or longer.

A portrait that smiles openly has 0.90, a serious one 0.01. Felt smiles last two thirds of a second
to four seconds: Ekman and Friesen, "Felt, false, and miserable smiles", Journal of Nonverbal
Behavior 6 (1982), 238-252. Whether a smile is felt is not told.
"""


@dataclass(frozen=True, slots=True)
class MovementStatistics:
    """How often a face moved in one way.

    Attributes:
        count: How often.
        per_minute: The same in a minute of `measured_s`; None where that is no time.
        seconds: How long all of them took.
        mean_s: Their mean length; None without one.
        measured_s: Seconds in which the movement was measured.
    """

    count: int
    per_minute: float | None
    seconds: float
    mean_s: float | None
    measured_s: float


def movements(table: SessionTable, spans: FaceSpans, rule: MovementRule) -> tuple[Episode, ...]:
    """Return each time that a face moved by the rule; none where blendshapes were not made.

    `Episode.name` is `rule.movement`, peak and mean are those of its strength.
    """
    if table.blendshapes is None:
        return ()
    halves = both_sides(table.blendshapes[spans.rows], rule.movement)
    signal = (halves.min(axis=1) if rule.both else halves.mean(axis=1))[:, None]
    hysteresis = EpisodeRule(rule.min_duration_s, rule.enter, rule.leave)
    found = runs_of(table, spans, signal, np.isfinite(signal[:, 0]), (rule.movement,), hysteresis)
    return tuple(one for one in found if one.duration_s <= rule.max_duration_s + SAME_TIME_S)


def measured_s(table: SessionTable, spans: FaceSpans) -> float | None:
    """Return for how long a face's blendshapes are known; None where they were not made."""
    if table.blendshapes is None:
        return None
    known = np.isfinite(table.blendshapes[spans.rows]).all(axis=1)
    return float(spans.held_s[known].sum()) if known.any() else None


def movement_statistics(found: tuple[Episode, ...], seconds_measured: float) -> MovementStatistics:
    """Sum movements up.

    Args:
        found: As `movements` gives them.
        seconds_measured: As `measured_s` gives them.
    """
    seconds = sum((one.duration_s for one in found), 0.0)
    return MovementStatistics(
        count=len(found),
        per_minute=len(found) * 60 / seconds_measured if seconds_measured else None,
        seconds=seconds,
        mean_s=seconds / len(found) if found else None,
        measured_s=seconds_measured,
    )
