"""Icons: the project's own SVG drawings, colored by the theme.

The drawings use `currentColor`, which is replaced by a token; one drawing serves both themes and
all states: it is drawn once for each size, then filled with a color. Pictures are made for the
screens that there are, so that they are sharp on each; those in the text's color twice as large,
too, for large buttons.
"""

import math
from functools import lru_cache
from typing import Final

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QGuiApplication, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from ferqt.paths import resources_dir
from ferqt.ui.tokens import Tokens

ICON_PX: Final = 20
"""Size of icons in tool bars and menus."""


def icon(name: str, tokens: Tokens, color: str | None = None) -> QIcon:
    """Return an icon in a theme's colors: text, accent while checked, dim while disabled.

    Args:
        name: Name of a drawing in `resources/icons`, without suffix.
        tokens: The theme.
        color: Color in place of the text's.
    """
    made = QIcon()
    ratios = {math.ceil(screen.devicePixelRatio()) for screen in QGuiApplication.screens()}
    larger = ratios | {2 * ratio for ratio in ratios}
    for mode, state, ink, scales in (
        (QIcon.Mode.Normal, QIcon.State.Off, color or tokens.text, larger),
        (QIcon.Mode.Normal, QIcon.State.On, tokens.accent_text, ratios),
        (QIcon.Mode.Disabled, QIcon.State.Off, tokens.text_disabled, ratios),
    ):
        for scale in sorted(scales):
            made.addPixmap(_render(name, ink, ICON_PX * scale), mode, state)
    return made


def pixmap(name: str, color: str, size: int, ratio: float) -> QPixmap:
    """Return a drawing in one color.

    Args:
        name: Name of a drawing in `resources/icons`, without suffix.
        color: `#RRGGBB`.
        size: Side in device-independent px.
        ratio: Device px to a device-independent one.
    """
    picture = QPixmap(_render(name, color, round(size * ratio)))
    picture.setDevicePixelRatio(ratio)
    return picture


def program_icon() -> QIcon:
    """Return the icon of the program itself."""
    made = QIcon()
    for side in (16, 24, 32, 48, 64, 128, 256):
        made.addPixmap(_drawn("ferqt", side))
    return made


@lru_cache(maxsize=2048)
def _render(name: str, color: str, side: int) -> QPixmap:
    picture = QPixmap(_drawn(name, side))
    painter = QPainter(picture)
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceIn)
    painter.fillRect(picture.rect(), QColor(color))
    painter.end()
    return picture


@lru_cache(maxsize=512)
def _drawn(name: str, side: int) -> QPixmap:
    """Draw in black, or in the drawing's own colors where it has some."""
    renderer = QSvgRenderer(str(resources_dir() / "icons" / f"{name}.svg"))
    picture = QPixmap(QSize(side, side))
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    renderer.render(painter, QRectF(0, 0, side, side))
    painter.end()
    return picture
