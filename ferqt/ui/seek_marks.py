"""How the parts of the seek slider are drawn; colors are the palette's, which the theme sets."""

from collections.abc import Sequence
from typing import Final, NamedTuple

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPalette, QPolygonF

GROOVE_Y: Final = 12
STRIP_Y: Final = 28
STRIP_HEIGHT: Final = 6
HEIGHT: Final = 36
MARGIN: Final = 12
"""Free px at both ends, for half a handle and for flags."""

_HANDLE_PX: Final = 6
_FLAG_WIDTH: Final = 8
_FLAG_TOP: Final = 18
_FLAG_HEIGHT: Final = 8
FLAG_Y: Final = _FLAG_TOP + _FLAG_HEIGHT // 2
"""Middle of the flags at the ends of a range."""

_GRIP_PX: Final = 2
"""Room around a flag in which the pointer may miss it."""

_MARKER_PX: Final = 4


class Stretch(NamedTuple):
    """A piece of the medium in one color.

    Attributes:
        start_s: Media time at which it begins, in s.
        end_s: Media time at which it ends, in s.
        color: `#RRGGBB`, or `#AARRGGBB`.
        name: What the color means, for who cannot tell it.
    """

    start_s: float
    end_s: float
    color: str
    name: str = ""


def draw_groove(
    painter: QPainter, palette: QPalette, groove: QRectF, x: float, *, enabled: bool
) -> None:
    """Draw the line, brighter up to the place."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(_faded(palette.windowText().color(), 0.22 if enabled else 0.1))
    painter.drawRoundedRect(groove, 2, 2)
    if enabled:
        painter.setBrush(palette.highlight())
        played = QRectF(groove.left(), groove.top(), x - groove.left(), groove.height())
        painter.drawRoundedRect(played, 2, 2)


def draw_handle(painter: QPainter, palette: QPalette, x: float, *, lit: bool) -> None:
    """Draw the place."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(palette.highlight() if lit else palette.windowText())
    painter.drawEllipse(QPointF(x, GROOVE_Y), _HANDLE_PX, _HANDLE_PX)


def draw_range(
    painter: QPainter, palette: QPalette, begin: float, end: float, *, looping: bool
) -> None:
    """Draw the marked range behind the line; a looped one has an edge all around."""
    accent = palette.highlight().color()
    painter.setBrush(_faded(accent, 0.28))
    painter.setPen(accent if looping else Qt.PenStyle.NoPen)
    painter.drawRect(QRectF(begin, GROOVE_Y - 8, max(1.0, end - begin), 16))


def draw_flag(painter: QPainter, palette: QPalette, x: float, name: str) -> None:
    """Draw the end of a range, "in" or "out": a post with a flag that points away from it."""
    accent = palette.highlight().color()
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(accent)
    painter.drawRect(QRectF(x - 1, GROOVE_Y - 8, 2, _FLAG_TOP + _FLAG_HEIGHT - GROOVE_Y + 8))
    away = -_FLAG_WIDTH if name == "in" else _FLAG_WIDTH
    painter.drawPolygon(
        QPolygonF(
            [
                QPointF(x, _FLAG_TOP),
                QPointF(x + away, _FLAG_TOP + _FLAG_HEIGHT / 2),
                QPointF(x, _FLAG_TOP + _FLAG_HEIGHT),
            ]
        )
    )


def flag_rect(x: float, name: str) -> QRectF:
    """Return where the flag of a range's end can be taken hold of."""
    left = x - _FLAG_WIDTH if name == "in" else x
    rect = QRectF(left, _FLAG_TOP, _FLAG_WIDTH, _FLAG_HEIGHT)
    return rect.adjusted(-_GRIP_PX, 0, _GRIP_PX, _GRIP_PX)


def draw_marker(painter: QPainter, palette: QPalette, x: float) -> None:
    """Draw a moment that was marked: a peg above the line."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(palette.windowText())
    painter.drawPolygon(
        QPolygonF(
            [
                QPointF(x - _MARKER_PX, 0),
                QPointF(x + _MARKER_PX, 0),
                QPointF(x, 1.5 * _MARKER_PX),
            ]
        )
    )


def draw_strip(
    painter: QPainter,
    palette: QPalette,
    width: float,
    length_s: float,
    stretches: Sequence[Stretch],
) -> None:
    """Draw colored stretches over a faint ground, from the painter's origin on."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.fillRect(QRectF(0, 0, width, STRIP_HEIGHT), _faded(palette.windowText().color(), 0.08))
    if length_s <= 0:
        return
    for stretch in stretches:
        begin = stretch.start_s / length_s * width
        end = stretch.end_s / length_s * width
        piece = QRectF(begin, 0, max(1.0, end - begin), STRIP_HEIGHT)
        painter.fillRect(piece, QColor(stretch.color))


def _faded(color: QColor, alpha: float) -> QColor:
    faded = QColor(color)
    faded.setAlphaF(alpha)
    return faded
