"""How each expression's curve looks: a color, and a pattern for those who cannot tell colors."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPalette, QPen

from ferqt.core.emotions import LabelSet, color_of

_MIN_CONTRAST: Final = 3.0
"""Of a curve against its ground (WCAG 2.2, 1.4.11); classes that ferqt does not know are gray."""

_PATTERNS: Final[Mapping[str, tuple[float, ...]]] = MappingProxyType(
    {
        "neutral": (),
        "happy": (),
        "sad": (5, 2.5),
        "angry": (9, 2.5),
        "fear": (1, 2),
        "disgust": (7, 2, 1, 2),
        "surprise": (2.5, 2),
        "contempt": (7, 2, 1, 2, 1, 2),
    }
)
_FOREIGN_PATTERNS: Final[tuple[tuple[float, ...], ...]] = ((), (5, 2.5), (1, 2), (7, 2, 1, 2))

_WIDTH: Final = 1.5
_WIDTHS: Final[Mapping[str, float]] = MappingProxyType({"neutral": 1.0, "happy": 2.0})
"""The two whole lines differ by their weight."""


@dataclass(frozen=True, slots=True)
class PlotTheme:
    """Colors around the curves.

    Attributes:
        background: Ground of the plot.
        text: Letters.
        muted: Axes and quiet letters.
        grid: Lines behind the curves.
    """

    background: QColor
    text: QColor
    muted: QColor
    grid: QColor

    @property
    def on_dark(self) -> bool:
        """Whether the ground is dark."""
        return self.background.lightnessF() < 0.5

    @classmethod
    def of_palette(cls, palette: QPalette) -> "PlotTheme":
        """Take the colors that the window has at present."""
        text = palette.color(QPalette.ColorRole.WindowText)
        background = palette.color(QPalette.ColorRole.Window)
        return cls(background, text, _mix(text, background, 0.62), _mix(text, background, 0.12))


def expression_color(name: str, ground: QColor) -> QColor:
    """Return an expression's color as it stands out from a ground that it is painted on."""
    return QColor(_standing_out(name, ground.name()))


@lru_cache(maxsize=256)
def _standing_out(name: str, ground_name: str) -> str:
    ground = QColor(ground_name)
    on_dark = ground.lightnessF() < 0.5
    color = QColor(color_of(name, on_dark=on_dark))
    while contrast(color, ground) < _MIN_CONTRAST and 0 < color.lightness() < 255:
        color = color.lighter(108) if on_dark else color.darker(108)
    return color.name()


def curve_pen(name: str, labels: LabelSet, theme: PlotTheme) -> QPen:
    """Return the pen of an expression's curve."""
    color = expression_color(name, theme.background)
    pen = QPen(color, curve_width(name))
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    pattern = curve_pattern(name, labels)
    if pattern:
        pen.setDashPattern(list(pattern))
    return pen


def curve_width(name: str) -> float:
    """Return how wide an expression's curve is in px."""
    return _WIDTHS.get(name, _WIDTH)


def curve_pattern(name: str, labels: LabelSet) -> tuple[float, ...]:
    """Return dashes and gaps of an expression's curve, in widths; () for a whole line."""
    pattern = _PATTERNS.get(name)
    if pattern is None:
        pattern = _FOREIGN_PATTERNS[labels.index(name) % len(_FOREIGN_PATTERNS)]
    return pattern


def contrast(a: QColor, b: QColor) -> float:
    """Return the contrast ratio of two colors, 1..21 (WCAG 2.2, relative luminance)."""
    brighter, darker = sorted((_luminance(a), _luminance(b)), reverse=True)
    return (brighter + 0.05) / (darker + 0.05)


def _luminance(color: QColor) -> float:
    def linear(share: float) -> float:
        return share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4

    red, green, blue = (linear(c) for c in (color.redF(), color.greenF(), color.blueF()))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _mix(ink: QColor, ground: QColor, share: float) -> QColor:
    def between(a: int, b: int) -> int:
        return round(a * share + b * (1 - share))

    return QColor(
        between(ink.red(), ground.red()),
        between(ink.green(), ground.green()),
        between(ink.blue(), ground.blue()),
    )
