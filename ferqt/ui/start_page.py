"""What the window shows while nothing is open: what to do next."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from ferqt.runtime.tasks import TaskRunner
from ferqt.ui.drop_area import DropArea
from ferqt.ui.icons import pixmap, program_icon
from ferqt.ui.key_hints import KeyHints
from ferqt.ui.page import Page
from ferqt.ui.recent_list import RecentList
from ferqt.ui.theme import Theme, title_font
from ferqt.ui.tokens import Tokens

_WIDTH: Final = 560
_PROGRAM_ICON_PX: Final = 64
_HERO_ICON_PX: Final = 28
_SMALL_ICON_PX: Final = 16


class StartPage(QScrollArea):
    """Name, purpose, ways to begin, the recent sources, and what ferqt does not do.

    Args:
        theme: Gives the colors.
        actions: The ways to begin, each a large button.
        hints: Actions whose keys are told; those of the buttons if not given.
        tasks: Finds out which recent sources are gone; None leaves that out.
    """

    source_requested = Signal(str)
    """Location of a recent source, or of what was dropped."""
    source_forgotten = Signal(str)
    """Location that is to be taken off the recent ones."""

    def __init__(
        self,
        theme: Theme,
        actions: Sequence[QAction],
        parent: QWidget | None = None,
        *,
        hints: Sequence[QAction] = (),
        tasks: TaskRunner | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setObjectName("StartPage")
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._heroes: list[tuple[QToolButton, QAction]] = []
        self._column = QVBoxLayout()
        self._column.setSpacing(0)
        self._build_head()
        self._build_heroes(actions)
        self._build_drop_area()
        self._column.addSpacing(12)
        self._column.addWidget(KeyHints(hints or actions))
        self._build_recent(tasks)
        self._build_foot()
        column = QWidget()
        column.setLayout(self._column)
        self.setWidget(Page(column, _WIDTH))
        theme.changed.connect(self._color)
        self._color(theme.tokens)

    def set_recent(self, locations: Sequence[str]) -> None:
        """Show the sources that were opened lately."""
        self._recent.show_locations(locations)

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
            button.setIconSize(QSize(_HERO_ICON_PX, _HERO_ICON_PX))
            button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            button.clicked.connect(action.trigger)
            action.changed.connect(self._name_heroes)
            row.addWidget(button, 1)
            self._heroes.append((button, action))
        self._name_heroes()
        self._column.addSpacing(32)
        self._column.addLayout(row)

    def _build_drop_area(self) -> None:
        area = DropArea(self._theme)
        area.source_requested.connect(self.source_requested)
        self._column.addSpacing(12)
        self._column.addWidget(area)

    def _build_recent(self, tasks: TaskRunner | None) -> None:
        self._recent = RecentList(self._theme, tasks)
        self._recent.source_requested.connect(self.source_requested)
        self._recent.source_forgotten.connect(self.source_forgotten)
        self._column.addSpacing(24)
        self._column.addWidget(self._recent)

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
        self._column.addSpacing(24)
        self._column.addLayout(foot)

    def _color(self, tokens: Tokens) -> None:
        ratio = self.devicePixelRatioF()
        self._lock.setPixmap(pixmap("lock", tokens.text_muted, _SMALL_ICON_PX, ratio))

    def _name_heroes(self) -> None:
        """Follow the actions: icons change with the theme, and tips with the keys they tell."""
        for button, action in self._heroes:
            button.setIcon(action.icon())
            button.setText(action.iconText())
            button.setToolTip(action.toolTip())
            button.setAccessibleName(action.text())
