"""A place to drop files on; the whole window takes them too, but this one says so."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QWidget

from ferqt.ui.icons import pixmap
from ferqt.ui.locations import dropped_location
from ferqt.ui.theme import Theme
from ferqt.ui.tokens import Tokens

_ICON_PX = 20


class DropArea(QFrame):
    """Takes a file, a folder of pictures or an address."""

    source_requested = Signal(str)
    """Location of what was dropped."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("DropArea")
        self.setAcceptDrops(True)
        self._sign = QLabel()
        words = QLabel(self.tr("Drop a file, a folder of pictures or an address here"))
        words.setObjectName("Muted")
        line = QHBoxLayout(self)
        line.setContentsMargins(16, 16, 16, 16)
        line.setSpacing(12)
        line.addStretch(1)
        line.addWidget(self._sign)
        line.addWidget(words)
        line.addStretch(1)
        theme.changed.connect(self._color)
        self._color(theme.tokens)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802 - Qt's name
        """Take what can be opened, and show it."""
        if dropped_location(event.mimeData()):
            event.acceptProposedAction()
            self._mark(over=True)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:  # noqa: N802 - Qt's name
        """Look as before."""
        super().dragLeaveEvent(event)
        self._mark(over=False)

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802 - Qt's name
        """Ask for what was dropped."""
        self._mark(over=False)
        location = dropped_location(event.mimeData())
        if location:
            event.acceptProposedAction()
            self.source_requested.emit(location)

    def _mark(self, *, over: bool) -> None:
        self.setProperty("over", over)
        self.style().unpolish(self)
        self.style().polish(self)

    def _color(self, tokens: Tokens) -> None:
        ratio = self.devicePixelRatioF()
        self._sign.setPixmap(pixmap("drop", tokens.text_muted, _ICON_PX, ratio))
