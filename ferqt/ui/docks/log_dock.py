"""The panel of the log: the notices and lines of this run."""

import logging
from pathlib import Path
from typing import Final

from PySide6.QtCore import QItemSelection, Qt, QTimer, QUrl, Signal
from PySide6.QtGui import (
    QAction,
    QDesktopServices,
    QGuiApplication,
    QHideEvent,
    QKeyEvent,
    QKeySequence,
    QShowEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QHBoxLayout,
    QHeaderView,
    QPlainTextEdit,
    QSplitter,
    QStackedWidget,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from ferqt.log import log_file
from ferqt.log_memory import LogLine, LogMemory
from ferqt.outputs.whole_file import write_whole
from ferqt.ui.docks.log_table import LINE_ROLE, LogColumn, LogFilter, LogTable
from ferqt.ui.docks.saving import SaveTexts, ask_and_save
from ferqt.ui.docks.tools import ToolRow, empty_label
from ferqt.ui.theme import Theme, tabular

_REFRESH_MS: Final = 250
_ROW_PX: Final = 26
_SIGN_PX: Final = 36
_DETAILS_PX: Final = 96


class LogPanel(QWidget):
    """What was logged and told, with a filter by level; the chosen line is shown in full below.

    It asks the memory for news four times a second while it is seen, and does nothing while not.

    Args:
        theme: Gives the colors.
        memory: What it shows: lines, and notices that it was told.
    """

    notice_posted = Signal(object)
    """`Notice` on a file that was saved, or could not be."""

    def __init__(self, theme: Theme, memory: LogMemory, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._memory = memory
        self._change = 0
        self._table = LogTable(theme.tokens, memory.most_lines, self)
        self._filter = LogFilter(self)
        self._filter.setSourceModel(self._table)
        self._timer = QTimer(self, interval=_REFRESH_MS)
        self._timer.timeout.connect(self.refresh)
        self._make_actions()
        self._make_view()
        self._make_layout(theme)
        theme.changed.connect(self._table.set_tokens)

    @property
    def view(self) -> QTableView:
        """The lines on the screen."""
        return self._view

    @property
    def details(self) -> QPlainTextEdit:
        """The chosen line in full."""
        return self._details

    @property
    def shown_lines(self) -> list[LogLine]:
        """The lines that the filter lets through, oldest first."""
        rows = range(self._filter.rowCount())
        return [self._filter.index(row, 0).data(LINE_ROLE) for row in rows]

    def refresh(self) -> None:
        """Take in what is new; the newest line stays in view unless the person looks further up."""
        news = self._memory.since(self._change)
        if not news:
            return
        self._change = max(line.change for line in news)
        bar = self._view.verticalScrollBar()
        at_end = bar.value() >= bar.maximum()
        self._table.take(news)
        self._show_empty()
        if at_end:
            self._view.scrollToBottom()

    def save(self, path: Path) -> None:
        """Save the shown lines as text.

        Raises:
            OutputError: The file cannot be written.
        """
        write_whole(path, self._text(self.shown_lines).encode(errors="backslashreplace"))

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """Begin to ask for news."""
        super().showEvent(event)
        self.open_action.setEnabled(log_file() is not None)
        self.refresh()
        self._timer.start()

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802 - Qt's name
        """Ask no more."""
        super().hideEvent(event)
        self._timer.stop()

    def _make_actions(self) -> None:
        self.copy_action = QAction(self.tr("Copy"), self)
        self.copy_action.setToolTip(self.tr("Copy the chosen lines, or all that are shown"))
        self.copy_action.triggered.connect(self._copy)
        self.save_action = QAction(self.tr("Save …"), self)
        self.save_action.setToolTip(self.tr("Save the lines that are shown as text"))
        self.save_action.triggered.connect(self._on_save)
        self.open_action = QAction(self.tr("Open log file"), self)
        self.open_action.setToolTip(self.tr("Open the file with the lines of earlier runs, too"))
        self.open_action.triggered.connect(_open_log_file)

    def _make_view(self) -> None:
        self._view = _LogView()
        self._view.setModel(self._filter)
        self._view.setAccessibleName(self.tr("Lines of the log"))
        self._view.setFont(tabular(self.font()))
        heads = self._view.horizontalHeader()
        heads.setSectionResizeMode(LogColumn.TIME, QHeaderView.ResizeMode.ResizeToContents)
        heads.setSectionResizeMode(LogColumn.LEVEL, QHeaderView.ResizeMode.Fixed)
        heads.setSectionResizeMode(LogColumn.TEXT, QHeaderView.ResizeMode.Stretch)
        heads.resizeSection(LogColumn.LEVEL, _SIGN_PX)
        self._view.copy_requested.connect(self._copy)
        self._view.selectionModel().selectionChanged.connect(self._on_selection)
        # Measuring every row for the column of times would take longer with every line.
        heads.setResizeContentsPrecision(1)

    def _make_layout(self, theme: Theme) -> None:
        self.level_box = QComboBox()
        self.level_box.setAccessibleName(self.tr("Lines that are shown"))
        for text, level, notices_only in (
            (self.tr("All lines"), logging.NOTSET, False),
            (self.tr("Notices"), logging.NOTSET, True),
            (self.tr("Warnings and errors"), logging.WARNING, False),
            (self.tr("Errors"), logging.ERROR, False),
        ):
            self.level_box.addItem(text, (level, notices_only))
        self.level_box.activated.connect(self._on_level)
        tools = ToolRow(theme)
        tools.add(self.copy_action, "copy")
        tools.add(self.save_action, "save")
        tools.add(self.open_action, "folder")
        header = QHBoxLayout()
        header.setContentsMargins(12, 4, 8, 0)
        header.setSpacing(8)
        header.addWidget(self.level_box, 1)
        header.addWidget(tools)
        self._details = QPlainTextEdit(readOnly=True)
        self._details.setAccessibleName(self.tr("The chosen line in full"))
        self._details.setMinimumHeight(48)
        self._pages = QStackedWidget()
        self._pages.addWidget(
            empty_label(self.tr("Nothing to show.\nWhat ferqt does and what fails is listed here."))
        )
        self._pages.addWidget(self._view)
        self._foot = QWidget()
        foot = QVBoxLayout(self._foot)
        foot.setContentsMargins(8, 0, 8, 0)
        foot.addWidget(self._details)
        self._foot.hide()
        split = QSplitter(Qt.Orientation.Vertical)
        split.setChildrenCollapsible(False)
        split.setHandleWidth(8)
        split.addWidget(self._pages)
        split.addWidget(self._foot)
        split.setStretchFactor(0, 1)
        split.setSizes([4 * _DETAILS_PX, _DETAILS_PX])
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 8)
        layout.setSpacing(4)
        layout.addLayout(header)
        layout.addWidget(split, 1)

    def _show_empty(self) -> None:
        shown = self._filter.rowCount() > 0
        self._pages.setCurrentIndex(1 if shown else 0)
        self.copy_action.setEnabled(shown)
        self.save_action.setEnabled(shown)

    def _chosen(self) -> list[LogLine]:
        rows = sorted(index.row() for index in self._view.selectionModel().selectedRows())
        return [self._filter.index(row, 0).data(LINE_ROLE) for row in rows]

    def _text(self, lines: list[LogLine]) -> str:
        return "".join(f"{self._table.text_of(line)}\n" for line in lines)

    def _on_level(self) -> None:
        level, notices_only = self.level_box.currentData()
        self._filter.choose(level, notices_only=notices_only)
        self._show_empty()
        self._view.scrollToBottom()

    def _on_selection(self, _selected: QItemSelection, _deselected: QItemSelection) -> None:
        chosen = self._chosen()
        self._foot.setVisible(bool(chosen))
        self._details.setPlainText(self._text(chosen).rstrip())

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._text(self._chosen() or self.shown_lines))

    def _on_save(self) -> None:
        texts = SaveTexts(
            "ferqt-log",
            self.tr("Save the log"),
            {".txt": self.tr("Text")},
            self.tr("Log saved"),
            self.tr("The log was not saved"),
        )
        notice = ask_and_save(self, texts, self.save)
        if notice is not None:
            self.notice_posted.emit(notice)


class _LogView(QTableView):
    """Whole rows, as narrow as they can be read."""

    copy_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setWordWrap(False)
        # In line with the heads.
        self.setStyleSheet("QTableView::item { padding: 0 5px; }")
        self.horizontalHeader().setHighlightSections(False)
        rows = self.verticalHeader()
        rows.hide()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setDefaultSectionSize(_ROW_PX)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Copy whole lines, not cells."""
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy_requested.emit()
        else:
            super().keyPressEvent(event)


def _open_log_file() -> None:
    path = log_file()
    if path is not None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))
