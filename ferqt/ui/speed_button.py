"""Shows how fast a medium is played, and offers other speeds."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QActionGroup
from PySide6.QtWidgets import QMenu, QToolButton, QWidget

from ferqt.runtime.playback import SPEEDS
from ferqt.ui.theme import tabular


class SpeedButton(QToolButton):
    """A button with the speed on it and a menu of all speeds."""

    speed_requested = Signal(float)
    """One of `SPEEDS`."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFont(tabular(self.font()))
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
        self.setToolTip(self.tr("Speed"))
        # The style's arrow would lie under the text.
        self.setStyleSheet("QToolButton::menu-indicator { image: none; }")
        menu = QMenu(self)
        group = QActionGroup(self)
        self._choices = {}
        for speed in SPEEDS:
            action = menu.addAction(speed_text(speed))
            action.setCheckable(True)
            group.addAction(action)
            action.triggered.connect(lambda _=False, to=speed: self.speed_requested.emit(to))
            self._choices[speed] = action
        self.setMenu(menu)
        # As wide as its widest text, so that nothing moves when the speed changes.
        self.setText(max(map(speed_text, SPEEDS), key=len))
        self.ensurePolished()
        self.setMinimumWidth(self.sizeHint().width())
        self.show_speed(1.0)

    def show_speed(self, speed: float) -> None:
        """Show the speed in force."""
        self.setText(speed_text(speed))
        self.setAccessibleName(self.tr("Speed: {0}").format(speed_text(speed)))
        if speed in self._choices:
            self._choices[speed].setChecked(True)


def speed_text(speed: float) -> str:
    """Return "0.25 ×" or "2 ×"."""
    return f"{speed:g} ×"
