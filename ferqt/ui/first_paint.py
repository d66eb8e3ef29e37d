"""Waits for a window to be on the screen."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QWidget

_PATIENCE_MS = 1_000


def after_first_paint(window: QWidget, call: Callable[[], None]) -> None:
    """Call as soon as a window was painted, or soon if it is not shown at all.

    Args:
        window: The window, which is shown before the event loop goes on, or never.
        call: Called from the event loop.
    """
    waiting = FirstPaint(window, call)
    QTimer.singleShot(0, waiting, waiting.skip_hidden)


class FirstPaint(QObject):
    """Calls once, after a window was painted for the first time.

    What begins to load before fights with the first paint for the processor: the window stays
    empty for half a second. A window that nobody sees is not painted, and is waited for in vain for
    a second.

    Args:
        window: The window, not yet shown; owns this object.
        call: Called from the event loop.
    """

    def __init__(self, window: QWidget, call: Callable[[], None]) -> None:
        super().__init__(window)
        self._window = window
        self._call = call
        self._timer = QTimer(self, singleShot=True, interval=_PATIENCE_MS)
        self._timer.timeout.connect(self._on_time)
        self._timer.start()
        window.installEventFilter(self)

    def skip_hidden(self) -> None:
        """Wait no more for a window that is not shown."""
        if not self._window.isVisible() and self._timer.isActive():
            self._timer.start(0)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Go on as soon as this paint, of which others are part, is done."""
        if event.type() is QEvent.Type.Paint:
            self._window.removeEventFilter(self)
            self._timer.start(0)
        return False

    def _on_time(self) -> None:
        self._window.removeEventFilter(self)
        self._call()
