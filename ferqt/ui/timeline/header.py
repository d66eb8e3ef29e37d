"""Draws the column at the left of a timeline: faces, what a lane holds, the legend of curves."""

import math
from collections.abc import Iterator
from typing import Final

from PySide6.QtCore import QLineF, QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from ferqt.ui.theme import strong_font
from ferqt.ui.timeline.lanes import HEADER_PX, Lanes
from ferqt.ui.timeline.looks import Looks, short_name
from ferqt.ui.timeline.state import TimelineState

_ENTRY_PX: Final = 16
_AXIS_PX: Final = 40
"""Room for the numbers beside the curves."""

_LEFT: Final = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
_RIGHT: Final = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight


def draw_faces(
    painter: QPainter, state: TimelineState, lanes: Lanes, looks: Looks, titles: list[str]
) -> None:
    """Write the names of faces beside their strips, the selected one marked."""
    tokens = looks.tokens
    painter.save()
    painter.setClipRect(QRect(0, lanes.strips.top(), HEADER_PX, lanes.strips.height()))
    usual, strong = painter.font(), strong_font(painter.font())
    for place, (face, title) in enumerate(zip(state.prepared.faces, titles, strict=True)):
        line = lanes.strip(place)
        if not line.intersects(lanes.strips):
            continue
        selected = face.face_id == state.face_id
        if selected:
            painter.fillRect(
                QRect(4, line.top() + 2, HEADER_PX - 8, line.height() - 4), QColor(tokens.pressed)
            )
            painter.fillRect(QRect(4, line.top() + 2, 3, line.height() - 4), QColor(tokens.accent))
        painter.setFont(strong if selected else usual)
        painter.setPen(QColor(tokens.text if selected else tokens.text_muted))
        area = QRect(12, line.top(), HEADER_PX - 24, line.height())
        text = painter.fontMetrics().elidedText(title, Qt.TextElideMode.ElideRight, area.width())
        painter.drawText(area, _LEFT, text)
    painter.restore()


def draw_title(painter: QPainter, lane: QRect, text: str, looks: Looks) -> None:
    """Write what a lane holds."""
    painter.setPen(QColor(looks.tokens.text_muted))
    area = QRect(12, lane.top(), HEADER_PX - 24, lane.height())
    text = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, area.width())
    painter.drawText(area, _LEFT, text)


def draw_legend(painter: QPainter, state: TimelineState, lanes: Lanes, looks: Looks) -> None:
    """Write the classes in the dashes of their curves, and the percents; hidden ones are dim."""
    tokens = looks.tokens
    entries = list(_entries(state, lanes))
    shortened = len({entry.left() for _, entry in entries}) > 1
    for number, entry in entries:
        name = state.names[number]
        hidden = name in state.hidden
        pen = QPen(looks.color(number), 2, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap)
        if looks.patterns[number]:
            pen.setDashPattern([length / 2 for length in looks.patterns[number]])
        if hidden:
            pen.setColor(QColor(tokens.text_disabled))
        painter.setPen(pen)
        middle = entry.center().y() + 0.5
        swatch = 8 if shortened else 20
        painter.drawLine(QLineF(entry.left(), middle, entry.left() + swatch, middle))
        painter.setPen(QColor(tokens.text_disabled if hidden else tokens.text_muted))
        words = QRectF(entry).adjusted(swatch + 4, 0, 0, 0)
        text = short_name(name) if shortened else name
        text = painter.fontMetrics().elidedText(
            text, Qt.TextElideMode.ElideRight, round(words.width())
        )
        painter.drawText(words, _LEFT, text)
        if hidden:
            painter.drawLine(QLineF(words.left(), middle, words.right() - 4, middle))
    curves = lanes.curves
    painter.setPen(QColor(tokens.text_muted))
    for share, y in ((100, curves.top()), (50, curves.center().y() - 8), (0, curves.bottom() - 15)):
        painter.drawText(QRect(HEADER_PX - _AXIS_PX, y, _AXIS_PX - 6, 16), _RIGHT, f"{share}%")


def legend_at(point: QPoint, state: TimelineState, lanes: Lanes) -> str | None:
    """Return the class whose entry in the legend is at a point."""
    return next(
        (state.names[number] for number, entry in _entries(state, lanes) if entry.contains(point)),
        None,
    )


def _entries(state: TimelineState, lanes: Lanes) -> Iterator[tuple[int, QRect]]:
    """The classes and the places of their entries; several columns where the lane is low."""
    curves = lanes.curves
    if curves.height() < _ENTRY_PX:
        return
    rows = max(1, curves.height() // _ENTRY_PX)
    columns = math.ceil(len(state.names) / rows)
    rows = math.ceil(len(state.names) / columns)
    width = (HEADER_PX - _AXIS_PX - 8) // columns
    for number in range(len(state.names)):
        left = 12 + number // rows * width
        yield number, QRect(left, curves.top() + number % rows * _ENTRY_PX, width - 2, _ENTRY_PX)
