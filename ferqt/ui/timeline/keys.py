"""What keys do to a timeline that has the keyboard."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QKeyCombination, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence

if TYPE_CHECKING:
    from ferqt.ui.timeline.canvas import TimelineCanvas

_ZOOM: Final = 1.5
_SECOND: Final = 1.0
_PAGE: Final = 0.9
_NONE: Final = Qt.KeyboardModifier.NoModifier
_SHIFT: Final = Qt.KeyboardModifier.ShiftModifier
_CTRL: Final = Qt.KeyboardModifier.ControlModifier
_ALT: Final = Qt.KeyboardModifier.AltModifier
_PAD: Final = Qt.KeyboardModifier.KeypadModifier

_Combination = tuple[Qt.Key, Qt.KeyboardModifier]


class TimelineKeys:
    """Frames, changes, markers, zoom and faces by keys; the other keys stay the window's.

    Args:
        canvas: Has the keyboard.
    """

    def __init__(self, canvas: "TimelineCanvas") -> None:
        self._canvas = canvas
        key = Qt.Key
        self._doing: Mapping[_Combination, Callable[[], None]] = MappingProxyType(
            {
                (key.Key_Left, _NONE): lambda: self._step(-1),
                (key.Key_Right, _NONE): lambda: self._step(1),
                (key.Key_Left, _SHIFT): lambda: self._by_s(-_SECOND),
                (key.Key_Right, _SHIFT): lambda: self._by_s(_SECOND),
                (key.Key_Left, _CTRL): self.previous_change,
                (key.Key_Right, _CTRL): self.next_change,
                (key.Key_Left, _ALT): lambda: self._marker(-1),
                (key.Key_Right, _ALT): lambda: self._marker(1),
                (key.Key_Home, _NONE): lambda: self._seek(0),
                (key.Key_End, _NONE): lambda: self._step(10**9),
                (key.Key_PageUp, _NONE): lambda: self._page(-_PAGE),
                (key.Key_PageDown, _NONE): lambda: self._page(_PAGE),
                (key.Key_Up, _NONE): lambda: self._face(-1),
                (key.Key_Down, _NONE): lambda: self._face(1),
                (key.Key_Plus, _NONE): self.zoom_in,
                (key.Key_Plus, _SHIFT): self.zoom_in,
                (key.Key_Equal, _NONE): self.zoom_in,
                (key.Key_Minus, _NONE): self.zoom_out,
                (key.Key_0, _CTRL): self.fit,
                (key.Key_E, _CTRL): self.fit_range,
            }
        )

    @property
    def known(self) -> frozenset[str]:
        """Names of the keys that mean something here."""
        return frozenset(
            QKeySequence(QKeyCombination(modifier, key)).toString() for key, modifier in self._doing
        )

    def knows(self, event: QKeyEvent) -> bool:
        """Whether a key means something here."""
        return self._canvas.state is not None and _combination(event) in self._doing

    def pressed(self, event: QKeyEvent) -> bool:
        """Do what a key means; False when it means nothing here."""
        if not self.knows(event):
            return False
        self._doing[_combination(event)]()
        self._canvas.tell()
        return True

    def zoom_in(self) -> None:
        """Show less, larger."""
        self._zoom(_ZOOM)

    def zoom_out(self) -> None:
        """Show more, smaller."""
        self._zoom(1 / _ZOOM)

    def fit(self) -> None:
        """Show all of the session."""
        state = self._canvas.state
        if state is not None:
            self._canvas.set_scale(state.scale.showing(state.scale.first_s, state.scale.last_s))

    def fit_range(self) -> None:
        """Show the marked range, with a little around it."""
        state = self._canvas.state
        if state is not None and state.chosen is not None:
            edge = 0.05 * (state.chosen.end_s - state.chosen.start_s)
            start_s, end_s = state.chosen.start_s - edge, state.chosen.end_s + edge
            self._canvas.set_scale(state.scale.showing(start_s, end_s))

    def previous_change(self) -> None:
        """Go back to where the selected face's expression changed."""
        self._change(-1)

    def next_change(self) -> None:
        """Go to where it changes next."""
        self._change(1)

    def _zoom(self, factor: float) -> None:
        """Zoom around the playhead, or the middle when that is out of view."""
        state = self._canvas.state
        if state is None:
            return
        scale, around_s = state.scale, state.position_s
        if not scale.start_s <= around_s <= scale.end_s:
            around_s = (scale.start_s + scale.end_s) / 2
        self._canvas.set_scale(scale.zoomed(factor, around_s))

    def _step(self, frames: int) -> None:
        state = self._canvas.state
        assert state is not None
        self._seek(min(max(state.index + frames, 0), len(state.axis) - 1))

    def _by_s(self, seconds: float) -> None:
        state = self._canvas.state
        assert state is not None
        self._seek(state.axis.at(state.position_s + seconds))

    def _change(self, way: int) -> None:
        state = self._canvas.state
        if state is None:
            return
        place = state.position_s
        time_s = state.change_after(place) if way > 0 else state.change_before(place)
        if time_s is not None:
            self._seek(state.axis.at(time_s))

    def _marker(self, way: int) -> None:
        state = self._canvas.state
        assert state is not None
        times = [marker.time_s for marker in state.markers]
        after = [time_s for time_s in times if state.axis.at(time_s) > state.index]
        before = [time_s for time_s in times if state.axis.at(time_s) < state.index]
        found = after[:1] if way > 0 else before[-1:]
        for time_s in found:
            self._seek(state.axis.at(time_s))

    def _page(self, views: float) -> None:
        state = self._canvas.state
        assert state is not None
        self._canvas.set_scale(state.scale.panned(views * state.scale.span_s))

    def _face(self, way: int) -> None:
        state = self._canvas.state
        assert state is not None
        ids = [face.face_id for face in state.prepared.faces]
        if state.face_id in ids:
            place = ids.index(state.face_id) + way
            if 0 <= place < len(ids):
                self._canvas.face_chosen.emit(ids[place])

    def _seek(self, index: int) -> None:
        """Go to a frame, and bring it into view."""
        canvas, state = self._canvas, self._canvas.state
        assert state is not None
        if index == state.index:
            return
        canvas.set_index(index)
        canvas.bring_in_view()
        canvas.sought.emit(index)


def _combination(event: QKeyEvent) -> _Combination:
    return Qt.Key(event.key()), event.modifiers() & ~_PAD
