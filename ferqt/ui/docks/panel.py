"""What every dock looks like: a title line over a rounded panel."""

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QAction, QResizeEvent
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

    Attributes:
        close_tip: What its button for closing says.
        float_tip: What its button for taking it out of the window says.

    Args:
        name: Name under which the window keeps the dock's place.
        title: What it shows.
        theme: Gives the colors of the buttons.
    """

    def __init__(
        self,
        name: str,
        title: str,
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
        self.close_tip = self.tr("Close {0}").format(title)
        self.float_tip = self.tr("Take {0} out of the window, or put it back").format(title)
        self._close = title_button(self.close_tip)
        self._close.clicked.connect(self.close)
        self._float = title_button(self.float_tip)
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
        outside = QWidget()
        margin = QVBoxLayout(outside)
        margin.setContentsMargins(0, 0, 8, 0)
        self._ground = PanelGround()
        margin.addWidget(self._ground)
        self.setWidget(outside)
        theme.changed.connect(self._color)
        self._color(theme.tokens)

    def fill(self, content: QWidget) -> None:
        """Show a widget; the dock has none before, and may be placed and shown without."""
        self._ground.fill(content)

    def show_title(self, *, shown: bool, buttons: bool = True) -> None:
        """Say the title, or leave it to the tab above.

        Args:
            shown: Say it.
            buttons: Have the buttons here; without title and buttons the line takes no room.
        """
        self._title.setText(self.windowTitle() if shown else "")
        self._title.setVisible(shown or buttons)
        for button in (self._float, self._close):
            button.setVisible(shown or buttons)
        gap = 4 if shown else 0
        left, right = (12, 4) if shown or buttons else (0, 0)
        self._line.setContentsMargins(left, gap, right, gap)

    @property
    def toggle_action(self) -> QAction:
        """Shows and hides the dock; for a menu."""
        return self.toggleViewAction()

    def _color(self, tokens: Tokens) -> None:
        self._close.setIcon(icon("close", tokens, tokens.text_muted))
        self._float.setIcon(icon("float", tokens, tokens.text_muted))


class PanelGround(QFrame):
    """The rounded ground of a panel, filled by its content.

    It has no layout of its own: in a layout, each word that changes in the content makes Qt lay out
    the whole window anew, 1 to 2 ms and several times a second. Here that happens only when the
    content needs more or less room than before.
    """

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("DockPanel")
        self._content: QWidget | None = None
        self._needed = self._needs()

    def fill(self, content: QWidget) -> None:
        """Show a widget, the first one."""
        self._content = content
        content.setParent(self)
        content.setGeometry(self.contentsRect())
        content.show()
        self._needed = self._needs()
        self.updateGeometry()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Return the size that suits the content."""
        return QSize() if self._content is None else self._content.sizeHint()

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Return the least size of the content."""
        if self._content is None:
            return QSize()
        return self._content.minimumSizeHint().expandedTo(self._content.minimumSize())

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Let the content fill the ground."""
        super().resizeEvent(event)
        if self._content is not None:
            self._content.setGeometry(self.contentsRect())

    def event(self, event: QEvent) -> bool:
        """Pass on that the content changed, where it needs another size."""
        if event.type() is QEvent.Type.LayoutRequest:
            needed = self._needs()
            if needed != self._needed:
                self._needed = needed
                self.updateGeometry()
            return True
        return super().event(event)

    def _needs(self) -> tuple[QSize, QSize]:
        return self.minimumSizeHint(), self.sizeHint()


def title_button(tip: str) -> QToolButton:
    """Return a quiet, small button."""
    button = QToolButton()
    button.setToolTip(tip)
    button.setAccessibleName(tip)
    button.setAutoRaise(True)
    button.setProperty("role", "title")
    return button
