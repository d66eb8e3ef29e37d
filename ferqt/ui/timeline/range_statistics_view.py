"""The panel of statistics of a stored session, or of a range of it."""

from collections.abc import Sequence
from typing import Final, NamedTuple

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QGuiApplication, QResizeEvent
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QStackedWidget,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from ferqt.core.episodes import EpisodeRule
from ferqt.core.range_statistics import RangeStatistics, range_statistics
from ferqt.core.session_document import SessionDocument, TimeRange
from ferqt.core.time_limits import Statement, time_limits
from ferqt.core.types import Notice
from ferqt.outputs.analysis_tables import brief_table, expression_table, transition_table
from ferqt.runtime.tasks import TaskRunner
from ferqt.ui.docks.tools import ToolRow, empty_label, plain_tip
from ferqt.ui.theme import Theme
from ferqt.ui.timeline.figures_table import FiguresView
from ferqt.ui.timeline.range_figures import (
    brief_figures,
    expression_figures,
    facts_text,
    limits_text,
    range_text,
    transition_figures,
)
from ferqt.ui.timeline.state import same_readings

_WAIT_MS: Final = 150
"""A range that is being dragged is counted when it rests for so long."""

_LEAST_PX: Final = 144
_ALL_FROM_PX: Final = 236
"""In a lower panel the table needs the room; what is said around it is a tip of the box."""

_TABLES: Final = (expression_table, transition_table, brief_table)


class _Counted(NamedTuple):
    chosen: TimeRange | None
    told: RangeStatistics
    limits: Sequence[Statement]


class RangeStatisticsView(QFrame):
    """Shares, means, episodes, latencies, transitions and brief episodes of a face, or of all.

    Counts in the background. A person jumps to a brief episode with a click.

    Args:
        theme: Gives the colors.
        tasks: Counts.
    """

    seek_requested = Signal(float)
    """Time in s of the frame that the person wants to see."""
    face_selected = Signal(int)
    """Id of the face that the person chose."""
    notice_posted = Signal(object)
    """`Notice` on what could not be counted."""
    counted = Signal()
    """The figures are up to date."""

    def __init__(self, theme: Theme, tasks: TaskRunner, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("DockPanel")
        self._theme = theme
        self._tasks = tasks
        self._document: SessionDocument | None = None
        self._chosen: TimeRange | None = None
        self._rule = EpisodeRule()
        self._shown: _Counted | None = None
        self._wanted = 0
        self._wait = QTimer(self, singleShot=True, interval=_WAIT_MS)
        self._wait.timeout.connect(self._count)
        self._make_layout(theme)
        theme.changed.connect(self._show)
        self._show_page()

    @property
    def statistics(self) -> RangeStatistics | None:
        """What is shown; None while there is nothing."""
        return self._shown.told if self._shown is not None else None

    @property
    def tables(self) -> tuple[FiguresView, ...]:
        """The tables: expressions, transitions, brief episodes."""
        return (self._expressions, self._transitions, self._brief)

    @property
    def faces(self) -> QComboBox:
        """The box in which a face is chosen."""
        return self._faces

    @property
    def texts(self) -> tuple[str, str, str]:
        """What is said of the range, of the face and of the frame rate."""
        return self._range.text(), self._facts.text(), self._limits.text()

    def set_document(self, document: SessionDocument | None) -> None:
        """Count another session, or the same one with other exclusions; none for None."""
        same = same_readings(self._document, document)
        self._document = document
        if not same:
            self._chosen = None
            self._shown = None
        self._list_faces(self._faces.currentData() if same else None)
        self._show_page()
        self._count()

    def set_range(self, chosen: TimeRange | None) -> None:
        """Count this range soon; all of the session for None."""
        if chosen != self._chosen:
            self._chosen = chosen
            self._wait.start()

    def select_face(self, face_id: int | None) -> None:
        """Count this face; all together for None."""
        row = self._faces.findData(face_id)
        if row >= 0 and row != self._faces.currentIndex():
            self._faces.setCurrentIndex(row)
            self._count()

    def set_rule(self, rule: EpisodeRule) -> None:
        """Count episodes by another rule."""
        self._rule = rule
        self._count()

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Return the size that a table of a few rows needs."""
        return QSize(super().minimumSizeHint().width(), _LEAST_PX)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Leave sentences out where there is little room."""
        super().resizeEvent(event)
        for words in (self._range, self._facts, self._limits):
            words.setVisible(self.height() >= _ALL_FROM_PX)

    def copied(self) -> str:
        """Return the table in front, tab-separated; "" while there is nothing."""
        if self._shown is None:
            return ""
        return _TABLES[self._tabs.currentIndex()](self._shown.told)

    def _make_layout(self, theme: Theme) -> None:
        self._faces = QComboBox()
        self._faces.setAccessibleName(self.tr("Face whose statistics are shown"))
        self._faces.setMinimumContentsLength(8)
        self._faces.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self._faces.activated.connect(self._on_face_chosen)
        self._copy = QAction(self.tr("Copy"), self)
        self._copy.setToolTip(self.tr("Copy this table for a spreadsheet"))
        self._copy.triggered.connect(lambda: QGuiApplication.clipboard().setText(self.copied()))
        tools = ToolRow(theme)
        tools.add(self._copy, "copy")
        line = QHBoxLayout()
        line.setContentsMargins(12, 8, 8, 0)
        line.setSpacing(8)
        line.addWidget(self._faces, 1)
        line.addWidget(tools)
        self._range = _words(self.tr("Range"))
        self._facts = _words(self.tr("Figures of the face"), muted=True)
        self._limits = _words(self.tr("What the frame rate can show"), muted=True)
        self._expressions = FiguresView(self.tr("Expressions"))
        self._transitions = FiguresView(self.tr("Transitions"))
        self._brief = FiguresView(self.tr("Brief episodes"))
        self._brief.setToolTip(self.tr("Click a line to see its first frame"))
        self._brief.row_chosen.connect(self._on_brief_chosen)
        self._tabs = QTabWidget()
        self._tabs.setDocumentMode(True)
        self._tabs.addTab(self._expressions, self.tr("Expressions"))
        self._tabs.addTab(self._transitions, self.tr("Transitions"))
        self._tabs.addTab(self._with_limits(), self.tr("Brief episodes"))
        figures = QWidget()
        column = QVBoxLayout(figures)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(line)
        column.addWidget(self._range)
        column.addWidget(self._facts)
        column.addWidget(self._tabs, 1)
        self._pages = QStackedWidget()
        self._pages.addWidget(
            empty_label(
                self.tr(
                    "No session is open.\nOpen one: shares of time, episodes and transitions of "
                    "it, or of a range that you mark, are counted here."
                )
            )
        )
        self._pages.addWidget(empty_label(self.tr("Counting …")))
        self._pages.addWidget(figures)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._pages)

    def _with_limits(self) -> QWidget:
        """The list of brief episodes, and under it what the frame rate can show of them."""
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 8)
        column.setSpacing(4)
        column.addWidget(self._brief, 1)
        column.addWidget(self._limits)
        return page

    def _list_faces(self, chosen: int | None) -> None:
        self._faces.clear()
        self._faces.addItem(self.tr("All faces"), None)
        table = self._document.table if self._document is not None else None
        for face_id in table.faces if table is not None else ():
            assert table is not None
            title = self.tr("Face {0}").format(face_id)
            self._faces.addItem(f"{title}  {table.names.get(face_id, '')}".rstrip(), face_id)
        self._faces.setCurrentIndex(max(0, self._faces.findData(chosen)))

    def _on_face_chosen(self) -> None:
        self._count()
        face_id = self._faces.currentData()
        if face_id is not None:
            self.face_selected.emit(face_id)

    def _count(self) -> None:
        self._wait.stop()
        self._wanted += 1
        document, chosen, rule = self._document, self._chosen, self._rule
        wanted, face_id = self._wanted, self._faces.currentData()
        if document is None:
            return
        ranges = () if chosen is None else (chosen,)
        self._tasks.run(
            lambda: _Counted(
                chosen,
                range_statistics(document, face_id, ranges, rule),
                time_limits(document, rule),
            ),
            lambda counted: self._on_counted(wanted, counted),
            self._on_failed,
            title=self.tr("The statistics could not be counted"),
        )

    def _on_counted(self, wanted: int, counted: _Counted) -> None:
        if isValid(self) and wanted == self._wanted:
            self._shown = counted
            self._show()
            self._show_page()
            self.counted.emit()

    def _on_failed(self, notice: Notice) -> None:
        if isValid(self):
            self.notice_posted.emit(notice)

    def _show(self) -> None:
        if self._shown is None:
            return
        told, tokens = self._shown.told, self._theme.tokens
        self._range.setText(range_text(self._shown.chosen))
        self._facts.setText(facts_text(told))
        self._limits.setText(limits_text(self._shown.limits))
        words = (self._faces.currentText(), *self.texts)
        self._faces.setToolTip(plain_tip("\n".join(words)))
        self._expressions.show_rows(*expression_figures(told, tokens))
        self._transitions.show_rows(*transition_figures(told, tokens))
        self._brief.show_rows(*brief_figures(told, tokens))
        self._tabs.setTabText(
            2, self.tr("Brief episodes ({0})").format(f"{self._brief.table.rowCount():,}")
        )

    def _show_page(self) -> None:
        page = 0 if self._document is None else 1 if self._shown is None else 2
        self._pages.setCurrentIndex(page)

    def _on_brief_chosen(self, row: int) -> None:
        if self._shown is not None:
            self.seek_requested.emit(self._shown.told.brief_episodes[row].start_s)


def _words(name: str, *, muted: bool = False) -> QLabel:
    label = QLabel(wordWrap=True)
    label.setAccessibleName(name)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    label.setContentsMargins(12, 0, 12, 0)
    if muted:
        label.setObjectName("Muted")
    return label
