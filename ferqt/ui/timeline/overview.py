"""The whole session in a narrow strip, with the part in view: a map, and a scroll bar."""

from typing import Final

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, QSizeF, Qt, Signal
from PySide6.QtGui import QColor, QImage, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from ferqt.core.time_scale import TimeScale
from ferqt.core.timecode import format_time
from ferqt.ui.theme import Theme, tabular
from ferqt.ui.timeline.draw import strip_image
from ferqt.ui.timeline.grid import Grid
from ferqt.ui.timeline.lanes import EDGE_PX, HEADER_PX
from ferqt.ui.timeline.looks import Looks
from ferqt.ui.timeline.state import TimelineState

_HEIGHT: Final = 28
_STRIP_TOP: Final = 8
_STRIP_PX: Final = 12
_LEAST_WINDOW_PX: Final = 8
_EDGE_GRIP_PX: Final = 5


class TimelineOverview(QWidget):
    """Shows where the view lies; drag it to move, its edges to zoom, or press where to look."""

    view_wanted = Signal(float, float)
    """First and last time in s that the person wants to see."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._state: TimelineState | None = None
        self._looks: Looks | None = None
        self._strip: QImage | None = None
        self._drawn: tuple[object, ...] = ()
        self._held = ""
        self._grip_s = 0.0
        self.setAccessibleName(self.tr("Part of the session in view"))
        self.setToolTip(self.tr("Drag the frame to move the view, its edges to zoom"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMouseTracking(True)
        self.setFont(tabular(self.font()))

    def show_state(self, state: TimelineState | None, looks: Looks | None) -> None:
        """Show a session, and where its view lies now."""
        self._state, self._looks = state, looks
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Return a low line."""
        return QSize(960, _HEIGHT)

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Take hold of the frame or of an edge; elsewhere, look there."""
        state = self._state
        if state is None or event.button() is not Qt.MouseButton.LeftButton:
            return
        whole = self._whole(state)
        time_s = whole.time_of(event.position().x() - HEADER_PX)
        self._held = self._part_at(state, event.position().x()) or "frame"
        if not state.scale.start_s <= time_s <= state.scale.end_s and self._held == "frame":
            self._grip_s = state.scale.span_s / 2
            self._move(time_s)
        else:
            self._grip_s = time_s - state.scale.start_s

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Move the frame, or one of its edges."""
        state = self._state
        if state is None:
            return
        x = event.position().x()
        if self._held:
            self._move(self._whole(state).time_of(x - HEADER_PX))
            return
        part = self._part_at(state, x)
        edge = part in ("start", "end")
        self.setCursor(Qt.CursorShape.SizeHorCursor if edge else Qt.CursorShape.ArrowCursor)

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Let go."""
        self._held = ""

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Draw the strip anew in other colors."""
        if event.type() is QEvent.Type.PaletteChange:
            self._drawn = ()
        super().changeEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Paint the strip, markers, the frame of the view, and the playhead."""
        painter = QPainter(self)
        tokens = self._theme.tokens
        painter.fillRect(self.rect(), QColor(tokens.surface))
        state, looks = self._state, self._looks
        if state is None or looks is None:
            return
        whole = self._whole(state)
        self._paint_strip(painter, state, looks, whole)
        painter.setPen(Qt.PenStyle.NoPen)
        for marker in state.markers:
            x = HEADER_PX + whole.x_of(marker.time_s)
            painter.fillRect(QRectF(x - 1, _STRIP_TOP - 4, 2, 4), QColor(tokens.text_muted))
        if state.chosen is not None:
            begin, end = whole.x_of(state.chosen.start_s), whole.x_of(state.chosen.end_s)
            line = QRectF(HEADER_PX + begin, _STRIP_TOP - 3, max(1.0, end - begin), 3)
            painter.fillRect(line, QColor(tokens.accent))
        window = self._window(state)
        veil = QColor(tokens.surface)
        veil.setAlphaF(0.65)
        strip = QRectF(HEADER_PX, _STRIP_TOP, whole.width, _STRIP_PX)
        painter.fillRect(QRectF(strip.topLeft(), QPointF(window.left(), strip.bottom())), veil)
        painter.fillRect(QRectF(QPointF(window.right(), strip.top()), strip.bottomRight()), veil)
        painter.setPen(QPen(QColor(tokens.text), 1.5))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(window, 3, 3)
        x = HEADER_PX + whole.x_of(state.position_s)
        painter.fillRect(QRectF(x - 1.5, 3, 3, _HEIGHT - 6), QColor(tokens.background))
        painter.fillRect(QRectF(x - 0.5, 3, 1, _HEIGHT - 6), QColor(tokens.text))
        painter.setPen(QColor(tokens.text_muted))
        area = QRectF(12, 0, HEADER_PX - 24, _HEIGHT)
        align = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        painter.drawText(area, align, self._span_text(state))

    def _paint_strip(
        self, painter: QPainter, state: TimelineState, looks: Looks, whole: TimeScale
    ) -> None:
        face = state.face
        ratio = self.devicePixelRatioF()
        wanted = (state.prepared, state.face_id, whole.width, ratio, looks)
        if face is not None and self._drawn != wanted:
            codes = face.lead.columns(Grid.of(whole, ratio).edges)
            self._strip = strip_image(codes, looks, QSizeF(whole.width, _STRIP_PX), ratio)
            self._drawn = wanted
        if face is not None and self._strip is not None:
            painter.drawImage(QPointF(HEADER_PX, _STRIP_TOP), self._strip)

    def _move(self, time_s: float) -> None:
        """Ask for the view that the part in hand makes at a time."""
        state = self._state
        assert state is not None
        scale = state.scale
        if self._held == "start":
            self.view_wanted.emit(min(time_s, scale.end_s - scale.least_s), scale.end_s)
        elif self._held == "end":
            self.view_wanted.emit(scale.start_s, max(time_s, scale.start_s + scale.least_s))
        else:
            start_s = time_s - self._grip_s
            self.view_wanted.emit(start_s, start_s + scale.span_s)

    def _part_at(self, state: TimelineState, x: float) -> str:
        """Return "start", "end" or "frame" for what is at a place, "" for nothing."""
        window = self._window(state)
        if abs(x - window.left()) <= _EDGE_GRIP_PX:
            return "start"
        if abs(x - window.right()) <= _EDGE_GRIP_PX:
            return "end"
        return "frame" if window.left() < x < window.right() else ""

    def _window(self, state: TimelineState) -> QRectF:
        whole = self._whole(state)
        begin, end = whole.x_of(state.scale.start_s), whole.x_of(state.scale.end_s)
        missing = max(0.0, _LEAST_WINDOW_PX - (end - begin)) / 2
        left = HEADER_PX + begin - missing
        return QRectF(left, _STRIP_TOP - 2, end - begin + 2 * missing, _STRIP_PX + 4)

    def _whole(self, state: TimelineState) -> TimeScale:
        width = max(1, self.width() - HEADER_PX - EDGE_PX)
        scale = state.scale
        return TimeScale.whole(scale.first_s, scale.last_s, width, scale.least_s)

    def _span_text(self, state: TimelineState) -> str:
        span_s = state.scale.span_s
        if not state.axis.timed:
            return self.tr("{0} pictures").format(round(span_s))
        if span_s < 60:
            return self.tr("{0} s").format(f"{span_s:.2f}" if span_s < 10 else f"{span_s:.1f}")
        return format_time(span_s, 0)
