"""What every dock looks like: a title line over a rounded panel."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QDockWidget,
    QFrame,
    QHBoxLayout,
    QLabel,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from ferqt.ui.icons import icon
from ferqt.ui.theme import Theme, strong_font
from ferqt.ui.tokens import Tokens


class DockPanel(QDockWidget):
    """A dock with a quiet title line; it can be moved, floated and closed.

    Args:
        name: Name under which the window keeps the dock's place.
        title: What it shows.
        content: The widget inside.
        theme: Gives the colors of the buttons.
    """

    def __init__(
        self,
        name: str,
        title: str,
        content: QWidget,
        theme: Theme,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(title, parent)
        self.setObjectName(name)
        self.setAllowedAreas(
            Qt.DockWidgetArea.LeftDockWidgetArea | Qt.DockWidgetArea.RightDockWidgetArea
        )
        self._title = QLabel(title)
        self._title.setFont(strong_font(self.font()))
        self._close = _title_button(self.tr("Close {0}").format(title))
        self._close.clicked.connect(self.close)
        self._float = _title_button(
            self.tr("Take {0} out of the window, or put it back").format(title)
        )
        self._float.clicked.connect(lambda: self.setFloating(not self.isFloating()))
        bar = QWidget()
        bar.setObjectName("DockTitle")
        line = self._line = QHBoxLayout(bar)
        line.setContentsMargins(12, 4, 4, 4)
        line.setSpacing(0)
        line.addWidget(self._title, 1)
        line.addWidget(self._float)
        line.addWidget(self._close)
        self.setTitleBarWidget(bar)
        frame = QFrame()
        frame.setObjectName("DockPanel")
        inside = QVBoxLayout(frame)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.addWidget(content)
        outside = QWidget()
        margin = QVBoxLayout(outside)
        margin.setContentsMargins(0, 0, 8, 0)
        margin.addWidget(frame)
        self.setWidget(outside)
        theme.changed.connect(self._color)
        self._color(theme.tokens)

    def show_title(self, *, shown: bool) -> None:
        """Say the title, or leave it to the tab above."""
        self._title.setText(self.windowTitle() if shown else "")
        gap = 4 if shown else 0
        self._line.setContentsMargins(12, gap, 4, gap)

    @property
    def toggle_action(self) -> QAction:
        """Shows and hides the dock; for a menu."""
        return self.toggleViewAction()

    def _color(self, tokens: Tokens) -> None:
        self._close.setIcon(icon("close", tokens, tokens.text_muted))
        self._float.setIcon(icon("float", tokens, tokens.text_muted))


def _title_button(tip: str) -> QToolButton:
    button = QToolButton()
    button.setToolTip(tip)
    button.setAccessibleName(tip)
    button.setAutoRaise(True)
    button.setProperty("role", "title")
    return button
