"""Paints a timeline and keeps what was painted, so that a moving playhead costs next to nothing.

It paints itself instead of using pyqtgraph, which the live plot uses: strips, flags and hatching
are no curves, and each item of pyqtgraph's scene costs on every change of the view. Every lane is a
picture that is kept until what it shows changes; what moves often is drawn over them.
"""

from typing import Final

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from ferqt.core.session_document import TimeRange
from ferqt.core.time_scale import TimeScale
from ferqt.runtime.tasks import TaskRunner
from ferqt.ui.docks.tools import plain_tip
from ferqt.ui.theme import Theme, tabular
from ferqt.ui.timeline import header, overlay
from ferqt.ui.timeline.keys import TimelineKeys
from ferqt.ui.timeline.lane_pictures import LanePictures
from ferqt.ui.timeline.lanes import Lanes, least_height, usual_height
from ferqt.ui.timeline.looks import Looks
from ferqt.ui.timeline.pointer import Pointer
from ferqt.ui.timeline.state import TimelineState
from ferqt.ui.timeline.tips import tip_at
from ferqt.ui.timeline.words import face_title, spoken_text

_LEAST_WIDTH: Final = 480
_HOVER_PX: Final = 2

_GESTURES: Final = (QEvent.Type.NativeGesture, QEvent.Type.Gesture)


class TimelineCanvas(QWidget):
    """The lanes of a timeline, with everything that a person does to them.

    Args:
        theme: Gives the colors.
        tasks: Draws curves that take long.
    """

    sought = Signal(int)
    """Index of the frame that the person went to."""
    face_chosen = Signal(int)
    """Id of the face that the person selected."""
    range_chosen = Signal(object)
    """TimeRange that the person marked, None when they cleared it."""
    view_changed = Signal()
    """Another part of the session is in view."""
    view_moved_by_hand = Signal()
    """The person chose another part of the session to look at."""
    marker_opened = Signal(object)
    """Marker that the person wants to edit."""
    menu_wanted = Signal(QPoint, QPoint)
    """Where on the canvas, and where on the screen, a menu is wanted."""

    def __init__(self, theme: Theme, tasks: TaskRunner, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._pictures = LanePictures(tasks, self)
        self._pictures.changed.connect(self.update)
        self._state: TimelineState | None = None
        self._looks: Looks | None = None
        self._scroll = 0
        self._hover: int | None = None
        self._pointer = Pointer(self)
        self._keys = TimelineKeys(self)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(self.tr("Timeline"))
        self.setAccessibleDescription("")
        self.setFont(tabular(self.font()))
        self.grabGesture(Qt.GestureType.PinchGesture)
        theme.changed.connect(self._on_theme_changed)

    @property
    def state(self) -> TimelineState | None:
        """What is shown; None while there is nothing."""
        return self._state

    @property
    def looks(self) -> Looks | None:
        """The colors in use; None while there is nothing to show."""
        return self._looks

    @property
    def lanes(self) -> Lanes:
        """Where everything lies."""
        state = self._state
        faces = len(state.prepared.faces) if state is not None else 0
        shown = state.curves_shown if state is not None else True
        lanes = Lanes(self.width(), self.height(), faces, 0, shown)
        return Lanes(
            self.width(), self.height(), faces, min(self._scroll, lanes.most_scroll), shown
        )

    def set_state(self, state: TimelineState | None) -> None:
        """Show another session."""
        self._state = state
        self._scroll = 0
        self._hover = None
        self._take_looks()
        self.updateGeometry()
        if state is not None:
            state.scale = state.scale.resized(self.lanes.time_width)
            self.tell()
        self.refresh()
        self.view_changed.emit()

    def refresh(self) -> None:
        """Draw every lane anew."""
        self._pictures.forget()
        self.update()

    def refresh_lane(self, name: str) -> None:
        """Draw one lane anew: "ruler", "markers", "episodes" or "curves"."""
        self._pictures.forget(name)
        self.update()

    def set_scale(self, scale: TimeScale, *, by_hand: bool = True) -> None:
        """Look at another part."""
        if self._state is None or scale == self._state.scale:
            return
        self._state.scale = scale
        self.update()
        self.view_changed.emit()
        if by_hand:
            self.view_moved_by_hand.emit()

    def set_scroll(self, scroll: int) -> None:
        """Push the strips up by so many px."""
        scroll = min(max(scroll, 0), self.lanes.most_scroll)
        if scroll != self._scroll:
            self._scroll = scroll
            self.update()
            self.view_changed.emit()

    def set_index(self, index: int) -> None:
        """Move the playhead to a frame; only what it covers is painted."""
        state = self._state
        if state is None or index == state.index:
            return
        self._update_playhead(state)
        state.index = index
        self._update_playhead(state)

    def bring_in_view(self) -> None:
        """Move the view so far that the playhead is in it."""
        state = self._state
        if state is None:
            return
        scale, place = state.scale, state.position_s
        if not scale.start_s <= place <= scale.end_s:
            half = scale.span_s / 2
            self.set_scale(scale.showing(place - half, place + half), by_hand=False)

    def set_hover(self, x: int | None) -> None:
        """Show a line under the pointer."""
        for place in (self._hover, x):
            if place is not None:
                self.update(QRect(place - _HOVER_PX, 0, 2 * _HOVER_PX + 1, self.height()))
        self._hover = x

    def show_face(self, face_id: int) -> None:
        """Draw what belongs to the selected face, and bring its strip in sight."""
        if self._state is None:
            return
        places = [face.face_id for face in self._state.prepared.faces]
        if face_id in places:
            self.set_scroll(self.lanes.scroll_to(places.index(face_id)))
        self.update()

    def toggle_curve(self, name: str) -> None:
        """Hide a class's curve, or show it again."""
        if self._state is not None:
            self._state.hidden ^= {name}
            self.refresh_lane("curves")

    def tell(self) -> None:
        """Say where the medium is to who cannot see it."""
        if self._state is not None:
            self.setAccessibleDescription(spoken_text(self._state))

    def time_at(self, place: QPoint | QPointF) -> float:
        """Return the time at a place on the canvas in s; nothing must be shown outside it."""
        assert self._state is not None
        return self._state.scale.time_of(place.x() - self.lanes.left)

    def choose_range(self, chosen: TimeRange | None) -> None:
        """Mark a stretch as the person wants it, and say so."""
        if self._state is not None and chosen != self._state.chosen:
            self._state.chosen = chosen
            self.update()
            self.range_chosen.emit(chosen)

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Return room for up to six faces and their curves."""
        lanes = self.lanes
        return QSize(960, usual_height(lanes.faces, curves_shown=lanes.curves_shown))

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Return what everything can still be read in."""
        lanes = self.lanes
        return QSize(_LEAST_WIDTH, least_height(lanes.faces, curves_shown=lanes.curves_shown))

    def event(self, event: QEvent) -> bool:
        """Claim keys, tell what is under the pointer, zoom with two fingers."""
        kind = event.type()
        if kind is QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            self._show_tip(event)
            return True
        if kind is QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            if self._keys.knows(event):
                event.accept()
                return True
        elif kind in _GESTURES and self._pointer.pinched(event):
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Move, zoom and select."""
        if not self._keys.pressed(event):
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Seek, begin a range, take hold of a handle or of the view."""
        self._pointer.pressed(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Scrub or drag."""
        self._pointer.moved(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Let go."""
        self._pointer.released(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Mark an episode, or open a marker."""
        self._pointer.double_clicked(event)

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802 - Qt's name
        """Zoom, pan, or scroll the faces."""
        self._pointer.wheeled(event)

    def leaveEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Take the line under the pointer away."""
        self.set_hover(None)
        super().leaveEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:  # noqa: N802 - Qt's name
        """Ask for the menu: at the pointer, or at the playhead for the keyboard."""
        if self._state is None:
            return
        place = event.pos()
        if event.reason() is not QContextMenuEvent.Reason.Mouse:
            lanes = self.lanes
            x = self._state.scale.x_of(self._state.position_s)
            x = min(max(x, 0.0), float(lanes.time_width))
            place = QPoint(round(lanes.left + x), lanes.strips.top() + 4)
        self.menu_wanted.emit(place, self.mapToGlobal(place))

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        """Show that the keys go here."""
        self.tell()
        self.update()
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        """Show that the keys go elsewhere."""
        self.update()
        super().focusOutEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Lay the same stretch over the new width."""
        if self._state is not None:
            self._state.scale = self._state.scale.resized(self.lanes.time_width)
            self.view_changed.emit()
        super().resizeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Paint lanes from what was kept, then what lies over them."""
        painter = QPainter(self)
        dirty = event.rect()
        painter.fillRect(dirty, QColor(self._theme.tokens.surface))
        state, looks, lanes = self._state, self._looks, self.lanes
        if state is None or looks is None:
            return
        tokens = looks.tokens
        ratio = self.devicePixelRatioF()
        self._pictures.paint(painter, dirty, state, looks, lanes, ratio)
        if dirty.left() < lanes.left:
            self._paint_header(painter, state, looks, lanes)
        time_area = QRect(lanes.left, 0, lanes.time_width + 1, self.height())
        painter.setClipRect(time_area.adjusted(-overlay.HANDLE_PX, 0, overlay.HANDLE_PX, 0))
        overlay.draw_excluded(painter, state, lanes, tokens)
        overlay.draw_marker_lines(painter, state, lanes, tokens)
        overlay.draw_range(painter, state, lanes, tokens)
        if self._hover is not None:
            ink = QColor(tokens.text)
            ink.setAlphaF(0.4)
            painter.fillRect(QRect(self._hover, 0, 1, lanes.content.bottom() + 1), ink)
        overlay.draw_playhead(painter, state, lanes, tokens)
        painter.setClipping(False)
        if self.hasFocus():
            painter.setPen(QPen(QColor(tokens.accent), 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(self.rect().adjusted(0, 0, -1, -1))

    def _paint_header(
        self, painter: QPainter, state: TimelineState, looks: Looks, lanes: Lanes
    ) -> None:
        painter.setFont(self.font())
        titles = [face_title(state, face.face_id) for face in state.prepared.faces]
        header.draw_title(painter, lanes.markers, self.tr("Markers"), looks)
        header.draw_faces(painter, state, lanes, looks, titles)
        header.draw_title(painter, lanes.episodes, self.tr("Episodes, ▾ brief"), looks)
        if lanes.curves.height() > 0 and state.face_id:
            header.draw_legend(painter, state, lanes, looks)

    def _update_playhead(self, state: TimelineState) -> None:
        for rect in overlay.playhead_rects(state, self.lanes, self.fontMetrics()):
            self.update(rect)

    def _show_tip(self, event: QHelpEvent) -> None:
        text = tip_at(self._state, self.lanes, event.pos()) if self._state is not None else ""
        if text:
            QToolTip.showText(event.globalPos(), plain_tip(text), self)
        else:
            QToolTip.hideText()

    def _take_looks(self) -> None:
        state, tokens = self._state, self._theme.tokens
        labels = state.prepared.document.table.labels if state is not None else None
        self._looks = Looks.of(labels, tokens) if labels is not None else None

    def _on_theme_changed(self) -> None:
        self._take_looks()
        self.refresh()
