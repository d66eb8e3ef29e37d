"""How expressions look in a timeline: a color each, a texture each, and a short name."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType
from typing import Final

import numpy as np
import numpy.typing as npt
from PySide6.QtGui import QColor

from ferqt.core.emotions import LabelSet
from ferqt.ui.plot_styles import contrast, curve_pattern, curve_width, expression_color
from ferqt.ui.tokens import Tokens

Texture = npt.NDArray[np.bool_]

TILE: Final = 8
"""Side of a texture in px."""

_UNCERTAIN_SHARE: Final = 0.55
"""What is left of a color where the model was not sure."""

_ROW, _COLUMN = np.mgrid[0:TILE, 0:TILE]
_TEXTURES: Final[Mapping[str, Texture]] = MappingProxyType(
    {
        "neutral": np.zeros((TILE, TILE), np.bool_),
        "happy": (_ROW + _COLUMN) % 8 < 2,
        "sad": _ROW % 4 == 3,
        "angry": (_ROW - _COLUMN) % 4 == 0,
        "fear": _COLUMN % 4 == 0,
        "disgust": (_ROW % 8 == 3) | (_COLUMN % 8 == 3),
        "surprise": (_ROW % 4 < 2) & ((_COLUMN + 4 * (_ROW // 4 % 2)) % 8 < 2),
        "contempt": (_ROW - _COLUMN) % 8 < 3,
    }
)
_FOREIGN: Final = tuple(_TEXTURES[name] for name in ("neutral", "sad", "fear", "disgust", "angry"))


@dataclass(frozen=True, eq=False)
class Looks:
    """What one theme makes of the classes of a session.

    Attributes:
        labels: The classes.
        tokens: Colors around them.
        colors: uint8 classes x 3, RGB.
        pale: The same where the model was not sure.
        textures: bool classes x 8 x 8, True where the color is deepened.
        patterns: Dashes of each curve, in px; () for a whole line.
        widths: Width of each curve in px.
    """

    labels: LabelSet
    tokens: Tokens
    colors: npt.NDArray[np.uint8]
    pale: npt.NDArray[np.uint8]
    textures: Texture
    patterns: tuple[tuple[float, ...], ...]
    widths: tuple[float, ...]

    @classmethod
    def of(cls, labels: LabelSet, tokens: Tokens) -> "Looks":
        """Take the colors of a theme."""
        ground = QColor(tokens.surface)
        colors = np.array([_rgb(expression_color(name, ground)) for name in labels.names])
        pale = _UNCERTAIN_SHARE * colors + (1 - _UNCERTAIN_SHARE) * np.array(_rgb(ground))
        return cls(
            labels,
            tokens,
            colors.astype(np.uint8),
            pale.astype(np.uint8),
            np.stack([_texture(name, number) for number, name in enumerate(labels.names)]),
            tuple(_dashes(name, labels) for name in labels.names),
            tuple(curve_width(name) for name in labels.names),
        )

    @property
    def ground(self) -> npt.NDArray[np.uint8]:
        """RGB of what lies behind."""
        return np.array(_rgb(QColor(self.tokens.surface)), np.uint8)

    def color(self, class_index: int) -> QColor:
        """Return the color of a class."""
        return self._inks[class_index][0]

    def ink_on(self, class_index: int) -> QColor:
        """Return the color of letters on the color of a class."""
        return self._inks[class_index][1]

    @cached_property
    def _inks(self) -> tuple[tuple[QColor, QColor], ...]:
        choices = (QColor("#0D0E11"), QColor("#FFFFFF"))
        grounds = [QColor(*color) for color in self.colors.tolist()]
        return tuple(
            (ground, max(choices, key=lambda ink: contrast(ink, ground))) for ground in grounds
        )


def short_name(name: str) -> str:
    """Return two letters that tell the known expressions apart."""
    return name[:2].title()


def _texture(name: str, number: int) -> Texture:
    return _TEXTURES.get(name, _FOREIGN[number % len(_FOREIGN)])


def _dashes(name: str, labels: LabelSet) -> tuple[float, ...]:
    return tuple(curve_width(name) * length for length in curve_pattern(name, labels))


def _rgb(color: QColor) -> tuple[int, int, int]:
    return color.red(), color.green(), color.blue()
