"""Search, filters and what can be done with the chosen sessions."""

from collections.abc import Sequence
from enum import StrEnum
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import (
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QSizePolicy,
    QWidget,
)

from ferqt.outputs.store.entry import LibraryEntry
from ferqt.outputs.store.state import SessionState
from ferqt.ui.analyze.library_feed import Listing, Wish
from ferqt.ui.analyze.texts import session_state_text
from ferqt.ui.docks.tools import ToolRow
from ferqt.ui.search_line import SearchLine
from ferqt.ui.theme import Theme, strong_font

_SEARCH_PX: Final = 160
_LETTERS: Final = 8
_ONE_LINE_PX: Final = 780
_LEAST_PX: Final = 440


class SessionAction(StrEnum):
    """What is to be done with the chosen sessions."""

    OPEN = "open"
    RESUME = "resume"
    AGAIN = "again"
    COMPARE = "compare"
    EXPORT = "export"
    REPORT = "report"
    REVEAL = "reveal"
    ADOPT = "adopt"
    DELETE = "delete"


_CAN_GO_ON: Final = frozenset({SessionState.INTERRUPTED, SessionState.FAILED})


class LibraryHead(QWidget):
    """One or two lines above the table of sessions.

    Args:
        theme: Gives the colors.
    """

    wish_changed = Signal(object)
    """The new `Wish`."""
    asked = Signal(object)
    """`SessionAction` that is wanted."""
    left = Signal()
    """The person is done with typing: the table may have the keyboard."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        title = QLabel(self.tr("Library"))
        title.setFont(strong_font(self.font()))
        self.count = QLabel()
        self.count.setObjectName("Muted")
        self.search = SearchLine()
        self.search.setPlaceholderText(self.tr("Search"))
        self.search.setToolTip(self.tr("Search in titles, sources, notes and tags (Ctrl+F)"))
        self.search.setAccessibleName(self.tr("Search in the library"))
        self.search.setClearButtonEnabled(True)
        self.search.setMinimumWidth(_SEARCH_PX)
        self.search.textChanged.connect(self._tell)
        self.search.left.connect(self.left)
        self.tag = QComboBox()
        self.tag.setAccessibleName(self.tr("Only sessions with this tag"))
        self.state = QComboBox()
        self.state.setAccessibleName(self.tr("Only sessions in this state"))
        self.state.addItem(self.tr("All states"), None)
        for state in SessionState:
            self.state.addItem(session_state_text(state), state)
        for box in (self.tag, self.state):
            box.setToolTip(box.accessibleName())
            box.setSizeAdjustPolicy(
                QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
            )
            box.setMinimumContentsLength(_LETTERS)
            box.activated.connect(self._tell)
        self.tag.addItem(self.tr("All tags"), "")
        self._make_tools(theme)
        self._filters = QWidget()
        filters = QHBoxLayout(self._filters)
        filters.setContentsMargins(0, 0, 0, 0)
        filters.setSpacing(8)
        filters.addWidget(self.search, 1)
        filters.addWidget(self.tag)
        filters.addWidget(self.state)
        # One line asks for more room than two: it must not keep the window from getting narrower.
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setMinimumWidth(_LEAST_PX)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(8)
        self._grid.setColumnStretch(2, 1)
        self._grid.addWidget(title, 0, 0)
        self._grid.addWidget(self.count, 0, 1)
        self._grid.addWidget(self._filters, 1, 0, 1, 4)
        self._grid.addWidget(self.tools, 0, 3)

    @property
    def wish(self) -> Wish:
        """Which sessions are to be listed."""
        state = self.state.currentData()
        return Wish(
            self.search.text(),
            self.tag.currentData() or "",
            None if state is None else SessionState(state),
        )

    @property
    def actions_in_order(self) -> list[QAction]:
        """The actions of all buttons."""
        return list(self._actions.values())

    def action(self, which: SessionAction) -> QAction:
        """Return the action of a button."""
        return self._actions[which]

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Put all into one line where there is room."""
        super().resizeEvent(event)
        wide = event.size().width() >= _ONE_LINE_PX
        place = (0, 2, 1, 1) if wide else (1, 0, 1, 4)
        if self._grid.getItemPosition(self._grid.indexOf(self._filters)) != place:
            self._grid.addWidget(self._filters, *place)

    def clear(self) -> None:
        """List all sessions."""
        self.search.clear()
        self.tag.setCurrentIndex(0)
        self.state.setCurrentIndex(0)
        self._tell()

    def show_listing(self, listing: Listing) -> None:
        """Say how many sessions there are, and offer the tags."""
        shown = len(listing.entries)
        if shown != listing.whole:
            text = self.tr("{0} of {1}").format(f"{shown:,}", f"{listing.whole:,}")
        else:
            text = f"{listing.whole:,}" if listing.whole else ""
        self.count.setText(text)
        self._filters.setVisible(bool(listing.whole))
        tags = [self.tag.itemData(row) for row in range(1, self.tag.count())]
        if tags != list(listing.tags):
            chosen = self.tag.currentData()
            while self.tag.count() > 1:
                self.tag.removeItem(1)
            for tag in listing.tags:
                self.tag.addItem(tag, tag)
            self.tag.setCurrentIndex(max(self.tag.findData(chosen), 0))
            if self.tag.currentData() != chosen:
                self._tell()

    def enable(self, chosen: Sequence[LibraryEntry]) -> None:
        """Offer what can be done with these sessions."""
        one = len(chosen) == 1
        there = [entry for entry in chosen if not entry.missing and entry.session_id]
        whole = bool(chosen) and len(there) == len(chosen)
        filled = whole and all(entry.frames for entry in chosen)
        halted = [entry for entry in there if entry.state in _CAN_GO_ON and entry.source]
        for which, possible in (
            (SessionAction.OPEN, one and whole),
            (SessionAction.RESUME, bool(halted)),
            (SessionAction.AGAIN, any(entry.source for entry in chosen)),
            (SessionAction.COMPARE, len(chosen) > 1 and filled),
            (SessionAction.EXPORT, filled),
            (SessionAction.REPORT, filled),
            (SessionAction.REVEAL, one and not chosen[0].missing),
            (SessionAction.ADOPT, True),
            (
                SessionAction.DELETE,
                bool(chosen) and all(one.state is not SessionState.RUNNING for one in chosen),
            ),
        ):
            self._actions[which].setEnabled(possible)

    def _make_tools(self, theme: Theme) -> None:
        self.tools = ToolRow(theme)
        self._actions: dict[SessionAction, QAction] = {}
        for which, icon_name, text in (
            (SessionAction.OPEN, "open", self.tr("Open (Enter)")),
            (SessionAction.RESUME, "play", self.tr("Go on with the analysis")),
            (SessionAction.AGAIN, "refresh", self.tr("Analyze again")),
            (SessionAction.COMPARE, "compare", self.tr("Compare")),
            (SessionAction.EXPORT, "save", self.tr("Export …")),
            (SessionAction.REPORT, "report", self.tr("Report …")),
            (SessionAction.REVEAL, "folder", self.tr("Show in File Manager")),
            (SessionAction.ADOPT, "plus", self.tr("Add a session from disk …")),
            (SessionAction.DELETE, "trash", self.tr("Delete (Del)")),
        ):
            action = QAction(text, self)
            action.triggered.connect(lambda _=False, which=which: self.asked.emit(which))
            self.tools.add(action, icon_name)
            self._actions[which] = action
        self.enable(())

    def _tell(self) -> None:
        self.wish_changed.emit(self.wish)
