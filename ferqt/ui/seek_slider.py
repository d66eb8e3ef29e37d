"""The slider under the picture: place, range, markers and expressions over the medium's time."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QPixmap,
    QResizeEvent,
)
from PySide6.QtWidgets import QMenu, QSlider, QStyle, QWidget

from ferqt.core.markers import Marker
from ferqt.runtime.playback import PlayRange
from ferqt.ui.seek_marks import (
    GROOVE_Y,
    HEIGHT,
    MARGIN,
    STRIP_HEIGHT,
    STRIP_Y,
    Stretch,
    draw_flag,
    draw_groove,
    draw_handle,
    draw_marker,
    draw_range,
    draw_strip,
    flag_rect,
)

_NEAR_PX: Final = 5
"""So near to the pointer, a marker is told of."""


class SeekSlider(QSlider):
    """A slider that goes to where it is pressed and does not fight the hand that holds it.

    As in any slider, `sliderMoved` tells what the person chose, and nothing else. Its values are
    milliseconds of the medium, or the numbers of a folder's pictures.
    """

    hovered = Signal(float, int)
    """Media time in s (or number of a picture) under the pointer, and the pointer's x in px."""
    left = Signal()
    """The pointer went away."""
    in_moved = Signal(float)
    """Media time in s that the range is to begin at."""
    out_moved = Signal(float)
    """Media time in s that the range is to end at."""
    range_cleared = Signal()
    """Nothing is to be marked any more."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setMouseTracking(True)
        # The keys of the actions seek; Left and Right must mean the same everywhere.
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._timed = True
        self._range = PlayRange()
        self._markers: tuple[Marker, ...] = ()
        self._stretches: tuple[Stretch, ...] = ()
        self._strip: QPixmap | None = None
        self._held_flag = ""

    @property
    def stretches(self) -> tuple[Stretch, ...]:
        """The colored stretches that are shown."""
        return self._stretches

    def set_timed(self, timed: bool) -> None:
        """Show times, with range, markers and strip; or a folder's pictures without them."""
        self._timed = timed
        self.updateGeometry()
        self.update()

    def set_range(self, marked: PlayRange) -> None:
        """Show what is marked, and whether it is looped."""
        self._range = marked
        self.update()

    def set_markers(self, markers: Sequence[Marker]) -> None:
        """Show the moments that a person marked; those without a media time are left out."""
        self._markers = tuple(marker for marker in markers if marker.media_time is not None)
        self.update()

    def set_stretches(self, stretches: Sequence[Stretch]) -> None:
        """Show colored stretches, in order and without overlaps."""
        self._stretches = tuple(stretches)
        self._strip = None
        self.update()

    def follow(self, value: int) -> None:
        """Move with the medium, unless the person is holding the handle."""
        if not self.isSliderDown():
            self.setValue(value)

    def told_at(self, media_time: float) -> str:
        """Return the marker near a media time (s), else the stretch around it; "" for neither."""
        near_s = _NEAR_PX * self._per_px() / 1000
        for marker in self._markers:
            if abs(marker.time_s - media_time) <= near_s:
                return marker.label
        around = (s for s in self._stretches if s.start_s <= media_time < s.end_s)
        return next((stretch.name for stretch in around), "")

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Return room for all that may be shown."""
        return QSize(240, HEIGHT if self._timed else 2 * GROOVE_Y)

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Return a width in which one can still aim."""
        return QSize(120, self.sizeHint().height())

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Take hold of a flag of the range, or go to the place that was pressed."""
        if event.button() is not Qt.MouseButton.LeftButton:
            return
        self._held_flag = self._flag_at(event.position())
        if not self._held_flag:
            self.setSliderDown(True)
            self.setValue(self._value_at(event.position().x()))
        self.update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Drag, and tell what is under the pointer."""
        place = event.position()
        value = self._value_at(place.x())
        if self._held_flag:
            self._drag_flag(value / 1000)
        elif self.isSliderDown():
            self.setValue(value)
        over_flag = bool(self._held_flag or self._flag_at(place))
        self.setCursor(Qt.CursorShape.SizeHorCursor if over_flag else Qt.CursorShape.ArrowCursor)
        self.hovered.emit(value / 1000 if self._timed else value, round(place.x()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Let the medium lead again."""
        if event.button() is Qt.MouseButton.LeftButton:
            self._held_flag = ""
            self.setSliderDown(False)

    def leaveEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Tell that nothing is under the pointer."""
        self.left.emit()
        super().leaveEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:  # noqa: N802 - Qt's name
        """Offer to mark the place under the pointer, and to clear the marks."""
        if not self._timed or not self.isEnabled():
            return
        self.left.emit()
        at_s = self._value_at(event.pos().x()) / 1000
        menu = self.range_menu(at_s)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(event.globalPos())

    def range_menu(self, at_s: float) -> QMenu:
        """Return the menu for a media time (s)."""
        menu = QMenu(self)
        menu.addAction(self.tr("In Point Here"), lambda: self.in_moved.emit(at_s))
        menu.addAction(self.tr("Out Point Here"), lambda: self.out_moved.emit(at_s))
        menu.addSeparator()
        clear = menu.addAction(self.tr("Clear In and Out Points"), self.range_cleared.emit)
        clear.setEnabled(self._range.marked)
        return menu

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Paint strip, groove, range, markers and handle."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        palette = self.palette()
        x = self._x_of(self.value())
        draw_groove(painter, palette, self._groove(), x, enabled=self.isEnabled())
        if self._timed and self.maximum() > 0:
            self._paint_times(painter, palette)
        if self.isEnabled():
            held = self.isSliderDown() or (self.underMouse() and not self._held_flag)
            draw_handle(painter, palette, x, lit=held)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Draw the strip anew for the new width."""
        self._strip = None
        super().resizeEvent(event)

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Draw the strip anew in other colors."""
        if event.type() is QEvent.Type.PaletteChange:
            self._strip = None
        super().changeEvent(event)

    def _drag_flag(self, at_s: float) -> None:
        """Move the flag that is held, but not past the other one."""
        if self._held_flag == "in":
            out_s = self._range.out_s
            self.in_moved.emit(at_s if out_s is None else min(at_s, out_s - 0.001))
        else:
            in_s = self._range.in_s
            self.out_moved.emit(at_s if in_s is None else max(at_s, in_s + 0.001))

    def _paint_times(self, painter: QPainter, palette: QPalette) -> None:
        if self._strip is None:
            self._strip = self._draw_strip()
        painter.drawPixmap(QPoint(MARGIN, STRIP_Y), self._strip)
        marked = self._range
        if marked.marked:
            begin, end = self._range_ends()
            draw_range(painter, palette, begin, end, looping=marked.looping)
            for name, place in (("in", marked.in_s), ("out", marked.out_s)):
                if place is not None:
                    draw_flag(painter, palette, self._x_of(round(place * 1000)), name)
        for marker in self._markers:
            draw_marker(painter, palette, self._x_of(round(marker.time_s * 1000)))

    def _draw_strip(self) -> QPixmap:
        ratio = self.devicePixelRatioF()
        width = max(1, self.width() - 2 * MARGIN)
        strip = QPixmap(round(width * ratio), round(STRIP_HEIGHT * ratio))
        strip.setDevicePixelRatio(ratio)
        strip.fill(Qt.GlobalColor.transparent)
        painter = QPainter(strip)
        draw_strip(painter, self.palette(), width, self.maximum() / 1000, self._stretches)
        painter.end()
        return strip

    def _range_ends(self) -> tuple[float, float]:
        begin, end = self._range.in_s, self._range.out_s
        return (
            self._x_of(self.minimum() if begin is None else round(begin * 1000)),
            self._x_of(self.maximum() if end is None else round(end * 1000)),
        )

    def _flag_at(self, place: QPointF) -> str:
        """Return "in" or "out" for the flag at a place, "" for none."""
        if self._timed and self.isEnabled():
            for name, at_s in (("out", self._range.out_s), ("in", self._range.in_s)):
                if at_s is None:
                    continue
                if flag_rect(self._x_of(round(at_s * 1000)), name).contains(place):
                    return name
        return ""

    def _groove(self) -> QRectF:
        return QRectF(MARGIN, GROOVE_Y - 2, max(1, self.width() - 2 * MARGIN), 4)

    def _per_px(self) -> float:
        return (self.maximum() - self.minimum()) / self._groove().width()

    def _x_of(self, value: int) -> float:
        span = max(1, self.maximum() - self.minimum())
        share = (min(max(value, self.minimum()), self.maximum()) - self.minimum()) / span
        return float(MARGIN + share * self._groove().width())

    def _value_at(self, x: float) -> int:
        width = round(self._groove().width())
        return QStyle.sliderValueFromPosition(
            self.minimum(), self.maximum(), round(x - MARGIN), width
        )
