"""What several panels share: a line of icon buttons, and repainting at a bounded pace."""

import math
import time
from collections.abc import Callable, Sequence
from html import escape
from typing import Final

from PySide6.QtCore import QObject, QSize, Qt, QTimer
from PySide6.QtGui import QAction, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenu, QSizePolicy, QToolButton, QWidget

from ferqt.core.types import FrameResult
from ferqt.ui.icons import icon
from ferqt.ui.theme import Theme
from ferqt.ui.tokens import Tokens

REFRESH_MS: Final = 200
"""Tables and figures are brought up to date five times a second: faster, they cannot be read."""

_APART_MS: Final = 12
"""Between two panels that are brought up to date. Long enough for the picture's own painting to
come between them, short enough that six panels have their turn within 100 ms."""

_ICON_PX: Final = 18
_LOT: Final = 60


class ToolRow(QWidget):
    """Buttons with an icon each, in the colors of the theme; their actions name them."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._icons: list[tuple[QAction, str]] = []
        self._line = QHBoxLayout(self)
        self._line.setContentsMargins(0, 0, 0, 0)
        self._line.setSpacing(0)
        theme.changed.connect(self._color)

    def add(self, action: QAction, icon_name: str, menu: QMenu | None = None) -> QToolButton:
        """Add a button for an action; with a menu, it opens that instead."""
        self._icons.append((action, icon_name))
        action.setIcon(icon(icon_name, self._theme.tokens))
        button = QToolButton()
        button.setDefaultAction(action)
        button.setIconSize(QSize(_ICON_PX, _ICON_PX))
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)
        button.setProperty("role", "title")
        button.setAccessibleName(action.text())
        if menu is not None:
            button.setMenu(menu)
            button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._line.addWidget(button)
        return button

    def set_icon(self, action: QAction, icon_name: str) -> None:
        """Give an action another icon."""
        self._icons = [
            (known, icon_name if known is action else name) for known, name in self._icons
        ]
        action.setIcon(icon(icon_name, self._theme.tokens))

    def _color(self, tokens: Tokens) -> None:
        for action, name in self._icons:
            action.setIcon(icon(name, tokens))


class _Turns:
    """Lets panels take turns: two brought up to date at once hold the picture up twice as long."""

    def __init__(self) -> None:
        self._free_s = 0.0

    def wait_ms(self) -> int:
        """Time until another panel may be brought up to date; 0 when it may be now."""
        return max(0, math.ceil(1000 * (self._free_s - time.monotonic())))

    def take(self) -> None:
        """Note that a panel has just been brought up to date."""
        self._free_s = time.monotonic() + _APART_MS / 1000


_TURNS: Final = _Turns()
"""Of the GUI thread, which all panels share."""


class Refresher(QObject):
    """Calls back at a bounded pace, only while a widget is seen, and not together with others.

    Attributes:
        interval_ms: Shortest time between two calls; may be changed at any time.

    Args:
        widget: Whose sight counts, and which calls `now` when it is shown; owns the refresher.
        refresh: Brings it up to date.
        interval_ms: See the attribute.
    """

    def __init__(
        self, widget: QWidget, refresh: Callable[[], None], interval_ms: int = REFRESH_MS
    ) -> None:
        super().__init__(widget)
        self.interval_ms = interval_ms
        self._widget = widget
        self._refresh = refresh
        self._asked = True
        self._last_s = -math.inf
        self._timer = QTimer(self, singleShot=True, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._on_time)

    def ask(self) -> None:
        """Have the widget brought up to date soon."""
        self._asked = True
        if self._widget.isVisible() and not self._timer.isActive():
            passed_ms = min(1000 * (time.monotonic() - self._last_s), self.interval_ms)
            self._timer.start(round(self.interval_ms - passed_ms))

    def now(self) -> None:
        """Bring the widget up to date if that was asked for."""
        if self._asked and self._widget.isVisible():
            self._asked = False
            self._timer.stop()
            self._refresh()
            self._last_s = time.monotonic()
            _TURNS.take()

    def _on_time(self) -> None:
        wait_ms = _TURNS.wait_ms()
        if wait_ms:
            self._timer.start(wait_ms)
        else:
            self.now()


class Backlog:
    """Gathers results and hands them on in lots: one long run costs a fifth of many short ones.

    Args:
        take: Takes results in, in order.
    """

    def __init__(self, take: Callable[[Sequence[FrameResult]], None]) -> None:
        self._take = take
        self._waiting: list[FrameResult] = []

    def add(self, results: Sequence[FrameResult]) -> None:
        """Gather results; a large lot is handed on at once, also while nobody looks."""
        self._waiting += results
        if len(self._waiting) >= _LOT:
            self.flush()

    def flush(self) -> None:
        """Hand on what was gathered."""
        if self._waiting:
            waiting, self._waiting = self._waiting, []
            self._take(waiting)

    def clear(self) -> None:
        """Forget what was gathered."""
        self._waiting = []


class ElidedLabel(QLabel):
    """A line of plain text with … where there is no room; its tool tip tells all.

    Args:
        mode: Where the text is left out.
    """

    def __init__(
        self,
        parent: QWidget | None = None,
        mode: Qt.TextElideMode = Qt.TextElideMode.ElideRight,
    ) -> None:
        super().__init__(parent)
        self._mode = mode
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Paint what there is room for."""
        text = self.fontMetrics().elidedText(self.text(), self._mode, self.width())
        self.setToolTip(plain_tip(self.text()) if text != self.text() else "")
        painter = QPainter(self)
        painter.setPen(self.palette().color(QPalette.ColorRole.WindowText))
        painter.drawText(self.rect(), self.alignment(), text)


def empty_label(text: str) -> QLabel:
    """Return what a panel says while it has nothing to show."""
    label = QLabel(text)
    label.setObjectName("Muted")
    label.setAlignment(Qt.AlignmentFlag.AlignCenter)
    label.setWordWrap(True)
    label.setContentsMargins(16, 4, 16, 4)
    return label


def plain_tip(text: str) -> str:
    """Return a tool tip that shows a text as it is: names from outside may look like markup."""
    return "<p style='white-space: pre-wrap'>" + escape(text).replace("\n", "<br>") + "</p>"
