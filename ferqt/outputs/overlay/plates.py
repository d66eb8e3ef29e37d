"""What the plates of a face have in common: their ground, their inks, how they write values."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from ferqt.core.emotions import EMOTIONS, LabelSet
from ferqt.core.types import EmotionScores
from ferqt.outputs.overlay.shapes import rgba
from ferqt.outputs.overlay.stabilizer import StableLabel

PLATE: Final = rgba("#0E1113", 0.8)
BRIGHT: Final = rgba("#FFFFFF")
QUIET: Final = rgba("#FFFFFF", 0.74)
DIM: Final = rgba("#FFFFFF", 0.6)
GROOVE: Final = rgba("#FFFFFF", 0.16)
INK: Final = rgba("#0E1113")

_MAX_NAME: Final = 18


@dataclass(frozen=True, slots=True)
class Answer:
    """What one model says of a face.

    Attributes:
        label: The class to name.
        scores: Where percents come from.
    """

    label: StableLabel
    scores: EmotionScores


def percent_text(probability: float | None) -> str:
    """Return a probability (0..1) as a whole percent."""
    return f"{round(100 * (probability or 0.0))}%"


def short_name(name: str) -> str:
    """Cut the long name that a person, a model or a user's own class may have."""
    return name if len(name) <= _MAX_NAME else f"{name[: _MAX_NAME - 1]}…"


@lru_cache(maxsize=64)
def class_order(*labels: LabelSet) -> tuple[str, ...]:
    """Return all classes of some models: the known expressions, then users' own."""
    names = dict.fromkeys(name for one in labels for name in one.names)
    known = [name for name in EMOTIONS if name in names]
    return (*known, *(name for name in names if name not in EMOTIONS))
