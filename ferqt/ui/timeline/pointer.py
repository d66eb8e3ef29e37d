"""What the mouse, the wheel and two fingers do to a timeline."""

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QObject, QPoint, QPointF, Qt, QTimer
from PySide6.QtGui import QMouseEvent, QNativeGestureEvent, QWheelEvent
from PySide6.QtWidgets import QGestureEvent, QPinchGesture

from ferqt.core.session_document import TimeRange
from ferqt.ui.timeline.header import legend_at
from ferqt.ui.timeline.lanes import STRIP_PX
from ferqt.ui.timeline.overlay import handle_rect

if TYPE_CHECKING:
    from ferqt.ui.timeline.canvas import TimelineCanvas

_NOTCH: Final = 120
"""What Qt tells for one step of a usual wheel."""

_ZOOM_STEP: Final = 1.25
_PAN_SHARE: Final = 0.1
"""Of the view, which one step of the wheel moves it by."""

_EDGE_PX: Final = 16
"""So near to the edge, what is dragged pulls the view along."""

_PULL_MS: Final = 33
_PULL_SHARE: Final = 0.02
_GRIP_PX: Final = 4
FLAG_REACH_PX: Final = 6
"""So near to a flag's post, the marker is meant."""


class Pointer(QObject):
    """Turns events of a canvas into seeks, ranges and views.

    Left: go there, and drag to scrub. Shift and left: mark a range. Handles change it. Middle: move
    the view. What is dragged to an edge pulls the view along.
    """

    def __init__(self, canvas: "TimelineCanvas") -> None:
        super().__init__(canvas)
        self._canvas = canvas
        self._doing = ""
        self._from_s = 0.0
        self._last = QPointF()
        self._pull = QTimer(self, interval=_PULL_MS)
        self._pull.timeout.connect(self._on_pull)

    def pressed(self, event: QMouseEvent) -> None:
        """Begin what the button and the place mean."""
        state, place = self._canvas.state, event.position()
        if state is None:
            return
        self._last = place
        if event.button() is Qt.MouseButton.MiddleButton:
            self._doing = "pan"
            self._canvas.setCursor(Qt.CursorShape.ClosedHandCursor)
        elif event.button() is Qt.MouseButton.LeftButton:
            self._press_left(place, event.modifiers())

    def moved(self, event: QMouseEvent) -> None:
        """Go on with it, or show what could begin."""
        place = event.position()
        if self._canvas.state is None:
            return
        if self._doing == "pan":
            scale = self._canvas.state.scale
            moved = (self._last.x() - place.x()) / scale.px_per_s
            self._canvas.set_scale(scale.panned(moved))
            self._last = place
            return
        self._last = place
        self._show_what_can_begin(place)
        if self._doing:
            self._drag()
            near = self._overhang() != 0
            if near and not self._pull.isActive():
                self._pull.start()

    def released(self, event: QMouseEvent) -> None:
        """End it."""
        if event.button() in (Qt.MouseButton.LeftButton, Qt.MouseButton.MiddleButton):
            self._doing = ""
            self._pull.stop()
            self._canvas.unsetCursor()
            self._canvas.tell()

    def double_clicked(self, event: QMouseEvent) -> None:
        """Open the marker, or mark the episode or stretch that is there."""
        canvas, state = self._canvas, self._canvas.state
        if state is None or event.button() is not Qt.MouseButton.LeftButton:
            return
        point, lanes = event.position().toPoint(), canvas.lanes
        if point.x() < lanes.left:
            return
        time_s = canvas.time_at(point)
        reach_s = FLAG_REACH_PX / state.scale.px_per_s
        marker = state.marker_near(time_s, reach_s)
        place = lanes.strip_at(point)
        if lanes.markers.contains(point):
            if marker is not None:
                canvas.marker_opened.emit(marker)
        elif lanes.episodes.contains(point):
            episode = state.episodes.at(time_s, reach_s)
            if episode is not None:
                canvas.choose_range(TimeRange(episode.start_s, episode.end_s))
        elif place is not None:
            run = state.prepared.faces[place].lead.run_at(time_s)
            if run is not None and state.axis.timed:
                canvas.choose_range(TimeRange(run.start_s, run.end_s))

    def wheeled(self, event: QWheelEvent) -> None:
        """Zoom with Ctrl, scroll faces over their strips, move the view otherwise."""
        canvas, state = self._canvas, self._canvas.state
        if state is None:
            return
        event.accept()
        turn = event.angleDelta()
        place = event.position()
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            steps = (turn.y() or turn.x()) / _NOTCH
            canvas.set_scale(state.scale.zoomed(_ZOOM_STEP**steps, self._time_in_view(place)))
            return
        sideways = event.modifiers() & Qt.KeyboardModifier.ShiftModifier or turn.x()
        lanes = canvas.lanes
        over_strips = lanes.strip_at(place.toPoint()) is not None
        if over_strips and lanes.most_scroll and not sideways:
            canvas.set_scroll(lanes.scroll - round(turn.y() / _NOTCH * STRIP_PX))
            return
        px = event.pixelDelta()
        if px.x():
            seconds = -px.x() / state.scale.px_per_s
        else:
            seconds = -(turn.x() or turn.y()) / _NOTCH * _PAN_SHARE * state.scale.span_s
        canvas.set_scale(state.scale.panned(seconds))

    def pinched(self, event: QEvent) -> bool:
        """Zoom with two fingers, on a touch pad or a screen; False for any other event."""
        state = self._canvas.state
        if state is None:
            return False
        if isinstance(event, QNativeGestureEvent):
            if event.gestureType() is not Qt.NativeGestureType.ZoomNativeGesture:
                return False
            factor, place = 1 + event.value(), event.position()
        elif isinstance(event, QGestureEvent):
            pinch = event.gesture(Qt.GestureType.PinchGesture)
            if not isinstance(pinch, QPinchGesture):
                return False
            factor = pinch.scaleFactor()
            place = self._canvas.mapFromGlobal(pinch.centerPoint())
            event.accept()
        else:
            return False
        scale = state.scale.zoomed(max(factor, 0.1), self._time_in_view(place))
        self._canvas.set_scale(scale)
        return True

    def _press_left(self, place: QPointF, keys: Qt.KeyboardModifier) -> None:
        canvas, state = self._canvas, self._canvas.state
        assert state is not None
        point, lanes = place.toPoint(), canvas.lanes
        strip = lanes.strip_at(point)
        if strip is not None:
            canvas.face_chosen.emit(state.prepared.faces[strip].face_id)
        if point.x() < lanes.left - _GRIP_PX:
            name = legend_at(point, state, lanes)
            if name is not None:
                canvas.toggle_curve(name)
            return
        self._doing = self._handle_at(place)
        if self._doing:
            return
        if keys & Qt.KeyboardModifier.ShiftModifier and state.axis.timed:
            self._doing, self._from_s = "range", canvas.time_at(place)
        else:
            self._doing = "scrub"
            marker = state.marker_near(canvas.time_at(place), FLAG_REACH_PX / state.scale.px_per_s)
            if marker is not None and lanes.markers.contains(point):
                self._seek(marker.time_s)
                return
        self._drag()

    def _drag(self) -> None:
        """Do what the place of the pointer says now."""
        canvas, state = self._canvas, self._canvas.state
        if state is None:
            return
        time_s = canvas.time_at(self._last)
        chosen = state.chosen
        if self._doing == "scrub":
            self._seek(time_s)
        elif self._doing == "range":
            canvas.choose_range(state.axis.range_between(self._from_s, time_s))
        elif chosen is not None and self._doing == "in":
            start_s = state.axis.time_of(state.axis.at(time_s))
            if start_s < chosen.end_s:
                canvas.choose_range(TimeRange(start_s, chosen.end_s))
        elif chosen is not None and self._doing == "out":
            end_s = state.axis.end_of(state.axis.at(time_s))
            if end_s > chosen.start_s:
                canvas.choose_range(TimeRange(chosen.start_s, end_s))

    def _seek(self, time_s: float) -> None:
        state = self._canvas.state
        assert state is not None
        index = state.axis.at(time_s)
        if index != state.index or self._doing != "scrub":
            self._canvas.set_index(index)
            self._canvas.sought.emit(index)

    def _on_pull(self) -> None:
        """Move the view while something is held at its edge."""
        state, over = self._canvas.state, self._overhang()
        if state is None or not self._doing or over == 0:
            self._pull.stop()
            return
        share = _PULL_SHARE * max(-3.0, min(3.0, over / _EDGE_PX))
        self._canvas.set_scale(state.scale.panned(share * state.scale.span_s))
        self._drag()

    def _overhang(self) -> float:
        """How far the pointer is in the zone at an edge, in px; negative at the left one."""
        lanes = self._canvas.lanes
        x = self._last.x() - lanes.left
        before = min(0.0, x - _EDGE_PX)
        behind = max(0.0, x - (lanes.time_width - _EDGE_PX))
        return before + behind

    def _handle_at(self, place: QPointF) -> str:
        state, lanes = self._canvas.state, self._canvas.lanes
        assert state is not None
        for name in ("out", "in"):
            rect = handle_rect(state, lanes, name)
            if rect is not None and rect.adjusted(-_GRIP_PX, -_GRIP_PX, _GRIP_PX, 0).contains(
                place
            ):
                return name
        return ""

    def _show_what_can_begin(self, place: QPointF) -> None:
        lanes = self._canvas.lanes
        over_time = lanes.left <= place.x() <= lanes.left + lanes.time_width
        self._canvas.set_hover(round(place.x()) if over_time else None)
        if self._handle_at(place) or self._doing in ("in", "out"):
            self._canvas.setCursor(Qt.CursorShape.SizeHorCursor)
        elif self._doing != "pan":
            self._canvas.unsetCursor()

    def _time_in_view(self, place: QPointF | QPoint) -> float:
        """The time under the pointer; of the nearest edge beside the lanes."""
        state = self._canvas.state
        assert state is not None
        return min(max(self._canvas.time_at(place), state.scale.start_s), state.scale.end_s)
