"""Points of a timeline, and what a pointer does there."""

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from ferqt.ui.timeline.timeline_view import TimelineView

LEFT = Qt.MouseButton.LeftButton
MIDDLE = Qt.MouseButton.MiddleButton
NONE = Qt.KeyboardModifier.NoModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
CTRL = Qt.KeyboardModifier.ControlModifier


def point(view: TimelineView, time_s: float, lane: str = "curves", strip: int = 0) -> QPoint:
    """Return the point of a time, half a px inside, in the middle of a lane."""
    lanes = view.canvas.lanes
    area = lanes.strip(strip) if lane == "strip" else getattr(lanes, lane)
    x = lanes.left + view.state.scale.x_of(time_s) + 0.5
    return QPoint(round(x), area.center().y())


def click(view: TimelineView, place: QPoint, keys: Qt.KeyboardModifier = NONE) -> None:
    """Press and release the left button."""
    QTest.mouseClick(view.canvas, LEFT, keys, place)


def drag(
    view: TimelineView,
    start: QPoint,
    end: QPoint,
    keys: Qt.KeyboardModifier = NONE,
    button: Qt.MouseButton = LEFT,
) -> None:
    """Press at one point, go to another and release there."""
    QTest.mousePress(view.canvas, button, keys, start)
    QTest.mouseMove(view.canvas, (start + end) / 2)
    QTest.mouseMove(view.canvas, end)
    QTest.mouseRelease(view.canvas, button, keys, end)


def turn_wheel(
    view: TimelineView, place: QPoint, notches: float, keys: Qt.KeyboardModifier = NONE
) -> None:
    """Turn the wheel; away from the person is positive."""
    event = QWheelEvent(
        QPointF(place),
        QPointF(view.canvas.mapToGlobal(place)),
        QPoint(),
        QPoint(0, round(120 * notches)),
        Qt.MouseButton.NoButton,
        keys,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(view.canvas, event)
