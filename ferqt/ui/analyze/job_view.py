"""The queue of analyses on the screen."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from PySide6.QtCore import QItemSelectionModel, QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from ferqt.runtime.analysis_jobs import AnalysisJob
from ferqt.ui.analyze.cells import (
    PAD_PX,
    ROW_PX,
    choose_rows,
    chosen_rows,
    show_whole_rows,
    spread_columns,
)
from ferqt.ui.analyze.job_cells import BUTTONS_PX, JobButton, JobCells, buttons_of
from ferqt.ui.analyze.job_table import JobColumn, JobTable
from ferqt.ui.theme import Theme

_WIDTHS: Final[Mapping[int, int]] = {
    JobColumn.LENGTH: 92,
    JobColumn.PRESET: 96,
    JobColumn.PROGRESS: 112,
    JobColumn.SPEED: 76,
    JobColumn.LEFT: 96,
    JobColumn.STATE: 92,
    JobColumn.BUTTONS: BUTTONS_PX,
}
_SPARED: Final = (
    (840, JobColumn.PRESET),
    (720, JobColumn.SPEED),
    (640, JobColumn.LENGTH),
    (520, JobColumn.LEFT),
)
"""Widths under which a column gives its room to the name."""
_GROWING: Final[Mapping[int, int]] = {
    JobColumn.LENGTH: 112,
    JobColumn.PRESET: 200,
    JobColumn.PROGRESS: 200,
}
"""Greatest widths of columns that get some of the room that there is."""


class JobView(QTableView):
    """Whole rows; Enter does what a row's first button does, Delete asks to remove.

    Args:
        table: What is shown.
        theme: Gives the colors.
    """

    asked = Signal(object, object)
    """`JobButton` that is wanted, and the ids of the jobs, a tuple."""
    move_asked = Signal(int)
    """Places by which the chosen jobs are to move; negative for up."""
    chosen_changed = Signal()
    """Other rows are chosen."""

    def __init__(self, table: JobTable, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._table = table
        self.setModel(table)
        self._cells = JobCells(theme, self)
        self._cells.pressed.connect(lambda button, number: self.asked.emit(button, (number,)))
        self.setItemDelegate(self._cells)
        self.setAccessibleName(self.tr("Queue of analyses"))
        show_whole_rows(self)
        self.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.setDragDropOverwriteMode(False)
        self.setDefaultDropAction(Qt.DropAction.MoveAction)
        self.setDropIndicatorShown(True)
        self._prepare_heads()
        self.doubleClicked.connect(self._on_double_click)
        self.selectionModel().selectionChanged.connect(self.chosen_changed)
        theme.changed.connect(lambda _: self.viewport().update())

    @property
    def chosen(self) -> tuple[AnalysisJob, ...]:
        """The jobs that are chosen, in order."""
        return tuple(self._table.jobs[row] for row in chosen_rows(self))

    def show_jobs(self, jobs: Sequence[AnalysisJob]) -> None:
        """List other jobs; those that were chosen stay so, and the place on the screen too."""
        chosen = [job.id for job in self.chosen]
        current = self.currentIndex().row()
        held = self._table.jobs[current].id if 0 <= current < len(self._table.jobs) else 0
        place = self.verticalScrollBar().value()
        self._table.set_jobs(jobs)
        self.choose(chosen)
        row = self._table.row_of(held)
        row = row if row >= 0 else min(current, len(jobs) - 1)
        if row >= 0:
            self.selectionModel().setCurrentIndex(
                self._table.index(row, 0), QItemSelectionModel.SelectionFlag.NoUpdate
            )
        self.verticalScrollBar().setValue(place)

    def choose(self, numbers: Iterable[int]) -> None:
        """Choose jobs by their ids."""
        choose_rows(self, map(self._table.row_of, numbers))

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Do what the keys mean."""
        alt = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
        if event.matches(QKeySequence.StandardKey.Delete):
            self.ask_to_remove()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._ask_first()
        elif alt and event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.move_asked.emit(-1 if event.key() == Qt.Key.Key_Up else 1)
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Leave out columns where the name would have no room."""
        super().resizeEvent(event)
        spread_columns(self, _WIDTHS, _SPARED, _GROWING)

    def _prepare_heads(self) -> None:
        # In line with what is painted.
        heads = self.horizontalHeader()
        heads.setHighlightSections(False)
        # The titles would look through all rows for what is chosen.
        heads.setSelectionModel(QItemSelectionModel(self._table, self))
        heads.setSectionsClickable(False)
        heads.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        heads.setSectionResizeMode(JobColumn.NAME, QHeaderView.ResizeMode.Stretch)
        for column, width in _WIDTHS.items():
            heads.resizeSection(column, width)
        heads.setMinimumSectionSize(PAD_PX)
        rows = self.verticalHeader()
        rows.hide()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setDefaultSectionSize(ROW_PX)

    def ask_to_remove(self) -> None:
        """Stop what runs, and take off the list what does not."""
        live = tuple(job.id for job in self.chosen if job.state.is_live)
        others = tuple(job.id for job in self.chosen if not job.state.is_live)
        if live:
            self.asked.emit(JobButton.STOP, live)
        if others:
            self.asked.emit(JobButton.REMOVE, others)

    def _ask_first(self) -> None:
        chosen = self.chosen
        if not chosen:
            return
        buttons = buttons_of(chosen[0])
        if buttons and buttons[0] is not JobButton.REMOVE:
            alike = tuple(job.id for job in chosen if buttons_of(job) == buttons)
            self.asked.emit(buttons[0], alike)

    def _on_double_click(self, index: QModelIndex) -> None:
        if index.column() != JobColumn.BUTTONS:
            self._ask_first()
