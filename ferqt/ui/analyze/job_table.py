"""The queue of analyses as rows of a table."""

from collections.abc import Sequence
from enum import IntEnum
from pathlib import Path
from typing import Any, Final

from PySide6.QtCore import (
    QAbstractTableModel,
    QByteArray,
    QMimeData,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from ferqt.runtime.analysis_jobs import AnalysisJob, JobState
from ferqt.ui.analyze.texts import (
    left_text,
    length_text,
    pictures_text,
    preset_title,
    problem_text,
    state_text,
)
from ferqt.ui.docks.tools import plain_tip

_Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
_ROWS_TYPE: Final = "application/x-ferqt-jobs"


class JobColumn(IntEnum):
    """The columns of the table."""

    NAME = 0
    LENGTH = 1
    PRESET = 2
    PROGRESS = 3
    SPEED = 4
    LEFT = 5
    STATE = 6
    BUTTONS = 7


class JobRole(IntEnum):
    """What the cells' painter asks for."""

    JOB = Qt.ItemDataRole.UserRole + 1
    SECOND_LINE = Qt.ItemDataRole.UserRole + 2


_NUMBERS: Final = frozenset({JobColumn.LENGTH, JobColumn.SPEED, JobColumn.LEFT})


class JobTable(QAbstractTableModel):
    """A row for each job, in order; rows are moved by dragging them."""

    move_requested = Signal(object, int)
    """Ids of jobs, a tuple, and the row before which they are to stand."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._jobs: list[AnalysisJob] = []
        self._rows: dict[int, int] = {}

    @property
    def jobs(self) -> Sequence[AnalysisJob]:
        """What is listed, row by row."""
        return self._jobs

    def set_jobs(self, jobs: Sequence[AnalysisJob]) -> None:
        """List other jobs."""
        self.beginResetModel()
        self._jobs = list(jobs)
        self._rows = {job.id: row for row, job in enumerate(self._jobs)}
        self.endResetModel()

    def change(self, job: AnalysisJob) -> AnalysisJob | None:
        """Show a job as it is now; returns it as it was, None if it is not listed."""
        row = self._rows.get(job.id)
        if row is None:
            return None
        before, self._jobs[row] = self._jobs[row], job
        self.dataChanged.emit(self.index(row, 0), self.index(row, len(JobColumn) - 1))
        return before

    def row_of(self, number: int) -> int:
        """Return the row of a job; -1 if it is not listed."""
        return self._rows.get(number, -1)

    def rowCount(self, parent: _Index = _NOWHERE) -> int:  # noqa: N802 - Qt's name
        """Return the number of jobs."""
        return 0 if parent.isValid() else len(self._jobs)

    def columnCount(self, parent: _Index = _NOWHERE) -> int:  # noqa: N802 - Qt's name
        """Return the number of columns."""
        return 0 if parent.isValid() else len(JobColumn)

    def headerData(  # noqa: N802 - Qt's name
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Return the title of a column."""
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(JobColumn(section))
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        return {
            JobColumn.NAME: self.tr("Name"),
            JobColumn.LENGTH: self.tr("Length"),
            JobColumn.PRESET: self.tr("Settings"),
            JobColumn.PROGRESS: self.tr("Progress"),
            JobColumn.SPEED: self.tr("Frames/s"),
            JobColumn.LEFT: self.tr("Time left"),
            JobColumn.STATE: self.tr("State"),
            JobColumn.BUTTONS: "",
        }[JobColumn(section)]

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what a cell shows."""
        job, column = self._jobs[index.row()], JobColumn(index.column())
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return self._text(job, column)
            case Qt.ItemDataRole.TextAlignmentRole:
                return _alignment(column)
            case Qt.ItemDataRole.ToolTipRole:
                return self._tip(job, column)
            case JobRole.JOB:
                return job
            case JobRole.SECOND_LINE:
                return problem_text(job) or str(Path(job.location).parent)
        return None

    def flags(self, index: _Index) -> Qt.ItemFlag:
        """Return what can be done with a cell; between rows, others can be dropped."""
        if not index.isValid():
            return Qt.ItemFlag.ItemIsDropEnabled
        return super().flags(index) | Qt.ItemFlag.ItemIsDragEnabled

    def supportedDropActions(self) -> Qt.DropAction:  # noqa: N802 - Qt's name
        """Rows are moved."""
        return Qt.DropAction.MoveAction

    def mimeTypes(self) -> list[str]:  # noqa: N802 - Qt's name
        """Return the type under which rows are dragged."""
        return [_ROWS_TYPE]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:  # noqa: N802 - Qt's name
        """Return the ids of the jobs that are dragged."""
        rows = sorted({index.row() for index in indexes})
        data = QMimeData()
        told = ",".join(f"{self._jobs[row].id}" for row in rows)
        data.setData(_ROWS_TYPE, QByteArray(told.encode()))
        return data

    def dropMimeData(  # noqa: N802 - Qt's name
        self, data: QMimeData, _action: Qt.DropAction, row: int, _column: int, parent: _Index
    ) -> bool:
        """Ask for another order."""
        if not data.hasFormat(_ROWS_TYPE):
            return False
        place = row if row >= 0 else parent.row() if parent.isValid() else len(self._jobs)
        told = bytes(data.data(_ROWS_TYPE).data()).decode()
        self.move_requested.emit(tuple(int(number) for number in told.split(",")), place)
        # The list that comes back is the answer; Qt would remove the rows that it moved.
        return False

    def _text(self, job: AnalysisJob, column: JobColumn) -> str:
        match column:
            case JobColumn.NAME:
                return job.title
            case JobColumn.LENGTH:
                if job.pictures:
                    return pictures_text(job.pictures)
                return "" if job.length_s is None else length_text(job.length_s)
            case JobColumn.PRESET:
                return preset_title(job.preset)
            case JobColumn.PROGRESS:
                return self._progress_text(job)
            case JobColumn.SPEED:
                return f"{job.fps:.0f}" if job.fps > 0 else ""
            case JobColumn.LEFT:
                return "" if job.seconds_left is None else left_text(job.seconds_left)
            case JobColumn.STATE:
                return state_text(job)
        return ""

    def _progress_text(self, job: AnalysisJob) -> str:
        if not job.frames and not job.state.is_live:
            return ""
        if job.share is None:
            return self.tr("{0} frames").format(f"{job.frames:,}")
        # What is not done never says 100 %.
        percent = 100 if job.state is JobState.DONE else min(int(100 * job.share), 99)
        return f"{percent} %"

    def _tip(self, job: AnalysisJob, column: JobColumn) -> str:
        if column is JobColumn.NAME:
            return plain_tip("\n".join(filter(None, (job.location, problem_text(job)))))
        if column is JobColumn.PROGRESS and job.total:
            told = self.tr("{0} of {1} frames").format(f"{job.frames:,}", f"{job.total:,}")
            return plain_tip(told)
        if column is JobColumn.STATE and problem_text(job):
            return plain_tip(problem_text(job))
        return ""


def _alignment(column: JobColumn) -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignRight if column in _NUMBERS else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignVCenter
