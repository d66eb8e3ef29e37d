"""Draws what lies over the lanes of a timeline and changes often: playhead, range, what is out."""

from typing import Final

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFontMetrics, QPainter, QPen, QPolygonF

from ferqt.core.timecode import format_time
from ferqt.ui.timeline.lanes import RULER_PX, Lanes
from ferqt.ui.timeline.state import TimelineState
from ferqt.ui.tokens import Tokens

HANDLE_PX: Final = 8
"""Width of the handles at the ends of the range."""

_HALO_PX: Final = 3
_BADGE_PX: Final = 16


def time_text(state: TimelineState, time_s: float) -> str:
    """Return a place as the ruler tells it: a time, or the number of a picture."""
    return format_time(time_s) if state.axis.timed else f"{round(time_s) + 1:,}"


def playhead_rects(state: TimelineState, lanes: Lanes, metrics: QFontMetrics) -> list[QRect]:
    """Return what the playhead covers: its line, and the time at its top."""
    x = lanes.left + state.scale.x_of(state.position_s)
    line = QRect(round(x) - _HALO_PX, 0, 2 * _HALO_PX + 1, lanes.height)
    return [line, _badge(state, lanes, metrics, x).toAlignedRect().adjusted(-1, 0, 1, 1)]


def draw_playhead(painter: QPainter, state: TimelineState, lanes: Lanes, tokens: Tokens) -> None:
    """Draw where the medium is, with its time; nothing when that is out of view."""
    offset = state.scale.x_of(state.position_s)
    if not -1 <= offset <= lanes.time_width + 1:
        return
    x = lanes.left + offset
    top, bottom = RULER_PX - 6, lanes.content.bottom() + 1
    painter.fillRect(QRectF(x - 1.5, top, 3, bottom - top), QColor(tokens.background))
    painter.fillRect(QRectF(x - 0.5, top, 1, bottom - top), QColor(tokens.text))
    badge = _badge(state, lanes, painter.fontMetrics(), x)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(tokens.text))
    painter.drawRoundedRect(badge, 3, 3)
    point = min(max(x, badge.left() + 4), badge.right() - 4)
    below = badge.bottom() - 0.5
    painter.drawPolygon(
        QPolygonF([QPointF(point - 4, below), QPointF(point + 4, below), QPointF(x, below + 5)])
    )
    painter.setPen(QColor(tokens.background))
    painter.drawText(badge, Qt.AlignmentFlag.AlignCenter, time_text(state, state.position_s))
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)


def draw_range(painter: QPainter, state: TimelineState, lanes: Lanes, tokens: Tokens) -> None:
    """Draw the marked range: a wash of the accent, its edges, and a handle at each end."""
    if state.chosen is None:
        return
    begin, end = (
        lanes.left + state.scale.x_of(time_s)
        for time_s in (state.chosen.start_s, state.chosen.end_s)
    )
    accent, wash = QColor(tokens.accent), QColor(tokens.accent)
    wash.setAlphaF(0.18)
    content = lanes.content
    left, right = max(begin, content.left()), min(end, content.right() + 1)
    if right > left:
        # Not over colors that mean something.
        for lane in (lanes.markers, lanes.curves):
            painter.fillRect(QRectF(left, lane.top(), right - left, lane.height()), wash)
        painter.fillRect(QRectF(left, RULER_PX - 3, right - left, 3), accent)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(accent)
    for x, rect in (
        (begin, handle_rect(state, lanes, "in")),
        (end, handle_rect(state, lanes, "out")),
    ):
        if rect is not None:
            painter.drawRoundedRect(rect, 2, 2)
            painter.fillRect(QRectF(x - 0.5, RULER_PX - 3, 1, content.height() + 3), accent)


def handle_rect(state: TimelineState, lanes: Lanes, name: str) -> QRectF | None:
    """Return the handle of the range's "in" or "out" end; None when it is out of view."""
    if state.chosen is None:
        return None
    time_s = state.chosen.start_s if name == "in" else state.chosen.end_s
    offset = state.scale.x_of(time_s)
    if not -1 <= offset <= lanes.time_width + 1:
        return None
    left = lanes.left + offset - (HANDLE_PX if name == "in" else 0)
    return QRectF(left, RULER_PX - 14, HANDLE_PX, 14)


def draw_excluded(painter: QPainter, state: TimelineState, lanes: Lanes, tokens: Tokens) -> None:
    """Hatch what statistics leave out."""
    content = lanes.content
    veil, lines = QColor(tokens.background), QColor(tokens.text)
    veil.setAlphaF(0.6)
    lines.setAlphaF(0.45)
    for one in state.excluded:
        begin = max(state.scale.x_of(one.start_s), 0.0)
        end = min(state.scale.x_of(one.end_s), float(lanes.time_width))
        if end <= begin:
            continue
        area = QRectF(
            lanes.left + begin, lanes.markers.bottom() + 1, max(1.0, end - begin), content.height()
        ).intersected(QRectF(content))
        painter.fillRect(area, veil)
        # The hatching moves with the time.
        painter.setBrushOrigin(round(lanes.left + state.scale.x_of(one.start_s)), 0)
        painter.fillRect(area, QBrush(lines, Qt.BrushStyle.BDiagPattern))
    painter.setBrushOrigin(0, 0)


def draw_marker_lines(
    painter: QPainter, state: TimelineState, lanes: Lanes, tokens: Tokens
) -> None:
    """Lead the eye from the flags of markers through the lanes."""
    ink = QColor(tokens.text)
    ink.setAlphaF(0.5)
    painter.setPen(QPen(ink, 1, Qt.PenStyle.DotLine))
    top, bottom = lanes.strips.top(), lanes.content.bottom()
    for marker in state.markers:
        offset = state.scale.x_of(marker.time_s)
        if 0 <= offset <= lanes.time_width:
            x = round(lanes.left + offset)
            painter.drawLine(x, top, x, bottom)


def _badge(state: TimelineState, lanes: Lanes, metrics: QFontMetrics, x: float) -> QRectF:
    """Where the time at the playhead's top stands: over it, but within the ruler."""
    width = metrics.horizontalAdvance(time_text(state, state.position_s)) + 12
    left = min(max(x - width / 2, lanes.left), lanes.left + lanes.time_width - width)
    return QRectF(round(left), 1, width, _BADGE_PX)
