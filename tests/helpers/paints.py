"""Counts how often something happens to a widget, and waits for its picture."""

from PySide6.QtCore import QDeadlineTimer, QEvent, QObject
from PySide6.QtWidgets import QApplication, QWidget

from ferqt.ui.video_view import VideoView


class EventCounter(QObject):
    """Counts the events of a kind that a widget gets."""

    def __init__(self, widget: QWidget, kind: QEvent.Type) -> None:
        super().__init__(widget)
        self.count = 0
        self._kind = kind
        widget.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        self.count += event.type() == self._kind
        return False


class PaintCounter(EventCounter):
    """Counts the paint events of a widget."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget, QEvent.Type.Paint)


def wait_painted(view: VideoView) -> None:
    """Wait until the view shows what it was last told to."""
    view.repaint()
    deadline = QDeadlineTimer(5000)
    while not view.is_up_to_date:
        assert not deadline.hasExpired(), "the picture was never painted"
        QApplication.processEvents()
