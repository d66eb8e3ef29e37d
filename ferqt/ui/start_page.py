"""What the window shows while nothing is open: what to do next."""

from collections.abc import Sequence
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from ferqt.ui.icons import icon, pixmap, program_icon
from ferqt.ui.theme import Theme, strong_font, title_font
from ferqt.ui.tokens import Tokens

_WIDTH: Final = 560
_PROGRAM_ICON_PX: Final = 64
_HERO_ICON_PX: Final = 28
_SMALL_ICON_PX: Final = 16
_MOST_RECENT: Final = 5
_RECENT_PADDING_PX: Final = 28
"""Around icon and text of a recent source."""


class StartPage(QScrollArea):
    """Name, purpose, three ways to begin, the recent sources, and what ferqt does not do."""

    source_requested = Signal(str)
    """Location of a recent source."""

    def __init__(
        self, theme: Theme, actions: Sequence[QAction], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setObjectName("StartPage")
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._heroes: list[tuple[QToolButton, QAction]] = []
        self._recent_buttons: list[QPushButton] = []
        self._column = QVBoxLayout()
        self._column.setSpacing(0)
        self._build_head()
        self._build_heroes(actions)
        self._recent = QVBoxLayout()
        self._recent.setSpacing(0)
        self._column.addSpacing(32)
        self._column.addLayout(self._recent)
        self._build_foot()
        column = QWidget()
        column.setLayout(self._column)
        column.setMaximumWidth(_WIDTH)
        column.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        page = QWidget()
        middle = QGridLayout(page)
        middle.setContentsMargins(24, 24, 24, 24)
        middle.setRowStretch(0, 2)
        middle.setRowStretch(2, 3)
        middle.setColumnStretch(0, 1)
        middle.setColumnStretch(2, 1)
        middle.setColumnMinimumWidth(1, 320)
        middle.addWidget(column, 1, 1)
        middle.setColumnStretch(1, 100)
        self.setWidget(page)
        theme.changed.connect(self._color)
        self._color(theme.tokens)

    def set_recent(self, locations: Sequence[str]) -> None:
        """Show the sources that were opened lately."""
        while (item := self._recent.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        self._recent_buttons = []
        if not locations:
            return
        heading = QLabel(self.tr("Recent"))
        heading.setFont(strong_font(self.font()))
        heading.setContentsMargins(8, 0, 0, 4)
        self._recent.addWidget(heading)
        for location in locations[:_MOST_RECENT]:
            button = _RecentButton(location)
            button.clicked.connect(
                lambda _=False, place=location: self.source_requested.emit(place)
            )
            self._recent.addWidget(button)
            self._recent_buttons.append(button)
        self._color(self._theme.tokens)

    def _build_head(self) -> None:
        mark = QLabel()
        mark.setPixmap(program_icon().pixmap(QSize(_PROGRAM_ICON_PX, _PROGRAM_ICON_PX)))
        name = QLabel("ferqt")
        name.setFont(title_font(self.font()))
        purpose = QLabel(
            self.tr("Facial expressions in a camera picture, a video or a photo, live.")
        )
        purpose.setWordWrap(True)
        purpose.setObjectName("Muted")
        texts = QVBoxLayout()
        texts.setSpacing(4)
        texts.addStretch(1)
        texts.addWidget(name)
        texts.addWidget(purpose)
        texts.addStretch(1)
        head = QHBoxLayout()
        head.setSpacing(20)
        head.addWidget(mark)
        head.addLayout(texts, 1)
        self._column.addLayout(head)

    def _build_heroes(self, actions: Sequence[QAction]) -> None:
        row = QHBoxLayout()
        row.setSpacing(12)
        for action in actions:
            button = QToolButton()
            button.setProperty("role", "hero")
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextUnderIcon)
            button.setText(action.iconText())
            button.setToolTip(action.toolTip())
            button.setAccessibleName(action.text())
            button.setIconSize(QSize(_HERO_ICON_PX, _HERO_ICON_PX))
            button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            button.clicked.connect(action.trigger)
            row.addWidget(button, 1)
            self._heroes.append((button, action))
        self._column.addSpacing(32)
        self._column.addLayout(row)
        hint = QLabel(self.tr("Or drop a file, a folder of pictures or an address on the window."))
        hint.setObjectName("Muted")
        hint.setAlignment(Qt.AlignmentFlag.AlignCenter)
        hint.setWordWrap(True)
        self._column.addSpacing(12)
        self._column.addWidget(hint)

    def _build_foot(self) -> None:
        self._lock = QLabel()
        words = QLabel(
            self.tr("Recognizes expressions, not feelings. Everything stays on this computer.")
        )
        words.setObjectName("Muted")
        words.setWordWrap(True)
        foot = QHBoxLayout()
        foot.setContentsMargins(8, 0, 8, 0)
        foot.setSpacing(8)
        foot.addWidget(self._lock, 0, Qt.AlignmentFlag.AlignTop)
        foot.addWidget(words, 1)
        self._column.addSpacing(32)
        self._column.addLayout(foot)

    def _color(self, tokens: Tokens) -> None:
        ratio = self.devicePixelRatioF()
        self._lock.setPixmap(pixmap("lock", tokens.text_muted, _SMALL_ICON_PX, ratio))
        for button, action in self._heroes:
            button.setIcon(action.icon())
        for recent in self._recent_buttons:
            recent.setIcon(icon("recent", tokens, tokens.text_muted))


def recent_title(location: str) -> str:
    """Return the short name of a source that was opened earlier."""
    if "://" in location:
        parts = urlsplit(location)
        return f"{parts.hostname or ''}{parts.path}"
    return Path(location).name or location


class _RecentButton(QPushButton):
    """A recent source; a name that is too long loses its middle, so that its ending stays."""

    def __init__(self, location: str) -> None:
        super().__init__()
        self._title = recent_title(location)
        self.setProperty("role", "recent")
        self.setIconSize(QSize(_SMALL_ICON_PX, _SMALL_ICON_PX))
        self.setToolTip(location)
        self.setAccessibleName(self._title)
        self.setAccessibleDescription(location)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._cut()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Cut the name to the new width."""
        super().resizeEvent(event)
        self._cut()

    def _cut(self) -> None:
        room = self.width() - _SMALL_ICON_PX - _RECENT_PADDING_PX
        middle = Qt.TextElideMode.ElideMiddle
        text = self.fontMetrics().elidedText(self._title, middle, room)
        self.setText(text.replace("&", "&&"))
