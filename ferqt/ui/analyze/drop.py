"""The queue's empty state, which says that files and folders can be dropped."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from ferqt.ui.icons import pixmap
from ferqt.ui.theme import Theme, strong_font
from ferqt.ui.tokens import Tokens

_ICON_PX = 28


class EmptyQueue(QFrame):
    """What the queue says while it is empty: where to drop, and two buttons."""

    files_asked = Signal()
    folder_asked = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("DropArea")
        self._sign = QLabel()
        self._sign.setAlignment(Qt.AlignmentFlag.AlignCenter)
        head = QLabel(self.tr("Drop videos, pictures or folders here"))
        head.setFont(strong_font(self.font()))
        head.setAlignment(Qt.AlignmentFlag.AlignCenter)
        words = QLabel(
            self.tr("Every frame is read, and a session with all readings is kept in the library.")
        )
        words.setObjectName("Muted")
        words.setWordWrap(True)
        words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.files_button = QPushButton(self.tr("Add Files …"))
        self.files_button.clicked.connect(self.files_asked)
        self.folder_button = QPushButton(self.tr("Add Folder …"))
        self.folder_button.clicked.connect(self.folder_asked)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addStretch(1)
        buttons.addWidget(self.files_button)
        buttons.addWidget(self.folder_button)
        buttons.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(8)
        column.addStretch(1)
        column.addWidget(self._sign)
        column.addWidget(head)
        column.addWidget(words)
        column.addLayout(buttons)
        column.addStretch(1)
        theme.changed.connect(self._color)
        self._color(theme.tokens)

    def mark(self, *, over: bool) -> None:
        """Show that something that can be dropped is held over the page."""
        self.setProperty("over", over)
        self.style().unpolish(self)
        self.style().polish(self)

    def _color(self, tokens: Tokens) -> None:
        ratio = self.devicePixelRatioF()
        self._sign.setPixmap(pixmap("drop", tokens.text_muted, _ICON_PX, ratio))
