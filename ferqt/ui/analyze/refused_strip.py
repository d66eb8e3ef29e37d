"""Says what of a drop or choice cannot be analyzed, and why."""

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from ferqt.runtime.analysis_sources import Refusal
from ferqt.ui.analyze.texts import refusal_text
from ferqt.ui.docks.tools import ElidedLabel, ToolRow
from ferqt.ui.icons import pixmap
from ferqt.ui.theme import Theme
from ferqt.ui.tokens import Tokens

_ICON_PX: Final = 16
_LIST_PX: Final = 96


class RefusedStrip(QFrame):
    """A line that is there while something was left out; it unfolds into a list."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("Notice")
        self.setProperty("severity", "warning")
        self._sign = QLabel()
        self._told = ElidedLabel()
        self.list_button = QPushButton(self.tr("Show"))
        self.list_button.setProperty("role", "quiet")
        self.list_button.setCheckable(True)
        self.list_button.setAccessibleName(self.tr("Show what was left out"))
        close = QAction(self.tr("Close"), self)
        close.triggered.connect(self.hide)
        tools = ToolRow(theme)
        tools.add(close, "close")
        self.list = QPlainTextEdit(readOnly=True)
        self.list.setAccessibleName(self.tr("What was left out"))
        self.list.setFixedHeight(_LIST_PX)
        self.list.hide()
        self.list_button.toggled.connect(self.list.setVisible)
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(self._sign)
        line.addWidget(self._told, 1)
        line.addWidget(self.list_button)
        line.addWidget(tools)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 4, 4, 4)
        column.setSpacing(4)
        column.addLayout(line)
        column.addWidget(self.list)
        theme.changed.connect(self._color)
        self._color(theme.tokens)
        self.hide()

    def show_refused(self, refused: Sequence[tuple[str, Refusal]]) -> None:
        """Tell what was left out; nothing hides the line."""
        self.list_button.setChecked(False)
        self.setVisible(bool(refused))
        if not refused:
            return
        if len(refused) == 1:
            location, reason = refused[0]
            name = location if reason is Refusal.ENDLESS else Path(location).name
            text = self.tr("“{0}” was left out. {1}").format(name, refusal_text(reason))
        else:
            text = self.tr("{0} files or folders were left out.").format(len(refused))
        self._told.setText(text)
        self.list_button.setVisible(len(refused) > 1)
        self.list.setPlainText(
            "\n".join(f"{location}: {refusal_text(reason)}" for location, reason in refused)
        )

    def _color(self, tokens: Tokens) -> None:
        ratio = self.devicePixelRatioF()
        self._sign.setPixmap(pixmap("warning", tokens.warning, _ICON_PX, ratio))
        self._sign.setAlignment(Qt.AlignmentFlag.AlignCenter)
