"""Expression names, label sets and colors: named once, here, and used by name everywhere.

Expressions are what a face shows, not what a person feels.
"""

from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from ferqt.errors import ModelError

EMOTIONS: Final = (
    "neutral",
    "happy",
    "sad",
    "angry",
    "fear",
    "disgust",
    "surprise",
    "contempt",
)
"""Every canonical name, in the order in which tables, legends and menus list them."""

COLORS: Final = MappingProxyType(
    {
        "neutral": "#999999",
        "happy": "#E69F00",
        "sad": "#0072B2",
        "angry": "#D55E00",
        "fear": "#CC79A7",
        "disgust": "#009E73",
        "surprise": "#F0E442",
        "contempt": "#56B4E9",
    }
)
"""Color of each expression, Okabe and Ito's set (Color Universal Design, 2008).

What is painted takes one of the two sets below, made from it for the ground.
"""

COLORS_ON_DARK: Final = MappingProxyType({**COLORS, "neutral": "#B8B8B8", "sad": "#4075F1"})
"""The same colors for a dark ground, where Okabe and Ito's blue is too dim to be seen.

The blue and the gray were searched for so that no two of the eight come nearer than 10 (CIEDE2000)
to each other, also to eyes without one kind of cones as Machado et al. (2009) simulate them.
"""

COLORS_ON_LIGHT: Final = MappingProxyType(
    {
        "neutral": "#4B4B4B",
        "happy": "#BF6502",
        "sad": "#0B4E89",
        "angry": "#AC3402",
        "fear": "#5E1F52",
        "disgust": "#2E764B",
        "surprise": "#878B53",
        "contempt": "#1585B7",
    }
)
"""The same hues for a light ground, on which Okabe and Ito's yellow has a contrast of 1.3.

Each has 3 to 1 on every light surface. Lightness was searched for so that the eight stay apart as
above: made darker one by one, orange and yellow become one color to eyes that cannot tell red from
green.
"""

UNKNOWN_COLOR: Final = "#BBBBBB"
"""Color of a class that a user's model names and ferqt does not know."""

_ALIASES: Final = MappingProxyType(
    {
        "neutrality": "neutral",
        "happiness": "happy",
        "joy": "happy",
        "sadness": "sad",
        "anger": "angry",
        "fearful": "fear",
        "scared": "fear",
        "disgusted": "disgust",
        "surprised": "surprise",
        "contemptuous": "contempt",
    }
)


def canonical_name(name: str) -> str:
    """Return the canonical form of a class name ("Happiness" -> "happy").

    A name that is not a known expression comes back lower-cased and stripped, so that users' own
    classes keep working.
    """
    key = name.strip().lower()
    return _ALIASES.get(key, key)


def color_of(name: str, *, on_dark: bool = False) -> str:
    """Return the `#RRGGBB` color of a canonical name, gray for a class ferqt does not know."""
    return (COLORS_ON_DARK if on_dark else COLORS_ON_LIGHT).get(name, UNKNOWN_COLOR)


@dataclass(frozen=True, slots=True)
class LabelSet:
    """The classes of a model, in the order of its output.

    Attributes:
        id: Name of the set, for example "fer7".
        names: Class names in the order of the model's output; unique, at least two.
    """

    id: str
    names: tuple[str, ...]

    def __post_init__(self) -> None:
        if len(self.names) < 2:
            raise ModelError(
                f"label set {self.id!r} has {len(self.names)} class(es)", "Name two or more."
            )
        if len(set(self.names)) != len(self.names):
            raise ModelError(f"label set {self.id!r} names a class twice: {', '.join(self.names)}")

    def __len__(self) -> int:
        return len(self.names)

    def index(self, name: str) -> int:
        """Return the position of a class in the model's output; ValueError if it is not there."""
        return self.names.index(name)


FER7: Final = LabelSet("fer7", ("angry", "disgust", "fear", "happy", "sad", "surprise", "neutral"))
"""FER2013's seven classes in its published order (Goodfellow et al. 2013)."""

FERPLUS8: Final = LabelSet(
    "ferplus8", ("neutral", "happy", "surprise", "sad", "angry", "disgust", "fear", "contempt")
)
"""FER+'s eight classes in its published order (Barsoum et al. 2016)."""

CK7: Final = LabelSet("ck7", ("angry", "contempt", "disgust", "fear", "happy", "sad", "surprise"))
"""CK+'s seven classes, contempt but no neutral, in alphabetical order (Lucey et al. 2010)."""

LABEL_SETS: Final = MappingProxyType({labels.id: labels for labels in (FER7, FERPLUS8, CK7)})
"""The label sets that ferqt knows, by id."""
