"""Full screen: the picture alone, and the window as it was afterwards."""

from collections.abc import Sequence

from PySide6.QtWidgets import QMainWindow, QWidget


class FullScreen:
    """Takes a window to the whole screen and back.

    Args:
        window: The window.
        around: What stands around the picture; hidden while it is alone.
    """

    def __init__(self, window: QMainWindow, around: Sequence[QWidget]) -> None:
        self._window = window
        self._around = tuple(around)
        self._was_maximized = False
        self._hidden: list[QWidget] = []

    def show(self, *, full: bool) -> None:
        """Enter or leave full screen."""
        window = self._window
        if full == window.isFullScreen():
            return
        if full:
            self._was_maximized = window.isMaximized()
            self._hidden = [widget for widget in self._around if widget.isVisible()]
        for widget in self._hidden:
            widget.setVisible(not full)
        if full:
            window.showFullScreen()
        elif self._was_maximized:
            window.showMaximized()
        else:
            window.showNormal()
