"""The panel of statistics: how the time of the running session divides among expressions."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QGuiApplication, QShowEvent
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from ferqt.core.people import People
from ferqt.core.statistics import FaceStatistics, SessionStatistics
from ferqt.core.types import FrameResult
from ferqt.outputs.statistics_csv import statistics_csv
from ferqt.outputs.whole_file import write_whole
from ferqt.ui.docks.face_table import clock
from ferqt.ui.docks.saving import SaveTexts, ask_and_save
from ferqt.ui.docks.statistics_chart import StatisticsChart, percent
from ferqt.ui.docks.tools import REFRESH_MS, Backlog, Refresher, ToolRow, empty_label, plain_tip
from ferqt.ui.theme import Theme


class StatisticsPanel(QWidget):
    """Share of time, episodes and confidence of each expression, of one face or all.

    Sums up while it is hidden, too.

    Args:
        theme: Gives the colors.
        refresh_ms: Shortest time between two updates.
    """

    notice_posted = Signal(object)
    """`Notice` on a file that was saved, or could not be."""

    def __init__(
        self, theme: Theme, parent: QWidget | None = None, *, refresh_ms: int = REFRESH_MS
    ) -> None:
        super().__init__(parent)
        self._statistics = SessionStatistics()
        self._backlog = Backlog(self._statistics.add)
        self._people = People()
        self._names: dict[int, str] = {}
        self._wanted: int | None = None
        self._refresher = Refresher(self, self._refresh, refresh_ms)
        self._make_actions()
        self._make_layout(theme)

    @property
    def statistics(self) -> SessionStatistics:
        """What was summed up."""
        self._backlog.flush()
        return self._statistics

    @property
    def shown_face(self) -> int | None:
        """Track id of the face that is shown; None for all."""
        track_id = self._faces.currentData()
        return track_id if isinstance(track_id, int) else None

    @property
    def faces(self) -> QComboBox:
        """The box in which a face is chosen."""
        return self._faces

    @property
    def chart(self) -> StatisticsChart:
        """The bars."""
        return self._chart

    @property
    def summary(self) -> str:
        """The figures above the bars."""
        return self._summary.text()

    def add_samples(self, results: Sequence[FrameResult]) -> None:
        """Take in results in order; light samples suffice."""
        self._backlog.add(results)
        for face in results[-1].faces if results else ():
            self._note_name(face.face.track_id, face.name)
        self._refresher.ask()

    def set_people(self, people: People) -> None:
        """Take over names and merges, also for faces that are not in the picture."""
        if people == self._people:
            return
        self._people = people
        self._backlog.flush()
        for gone, stays in people.merged.items():
            self._statistics.merge(gone, stays)
        self._names = dict(people.names)
        if self._wanted is not None:
            self._wanted = people.id_of(self._wanted)
        self._refresher.ask()

    def set_selected(self, track_id: int | None) -> None:
        """Show this face, now or as soon as it was seen; None shows all."""
        self._wanted = track_id
        self._choose()

    def clear(self) -> None:
        """Forget everything, as for a new source."""
        self._people = People()
        self._names.clear()
        self._wanted = None
        self.reset()

    def reset(self) -> None:
        """Begin to sum up anew."""
        self._backlog.clear()
        self._statistics.clear()
        self._refresh()

    def save(self, path: Path) -> None:
        """Save the table of all faces (see `statistics_csv`).

        Raises:
            OutputError: The file cannot be written.
        """
        write_whole(path, statistics_csv(self.statistics, self._names).encode())

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """Bring the figures up to date."""
        super().showEvent(event)
        self._refresher.now()

    def _make_actions(self) -> None:
        self.reset_action = QAction(self.tr("Reset"), self)
        self.reset_action.setToolTip(self.tr("Begin to count anew"))
        self.reset_action.triggered.connect(self.reset)
        self.copy_action = QAction(self.tr("Copy"), self)
        self.copy_action.setToolTip(self.tr("Copy the table of all faces for a spreadsheet"))
        self.copy_action.triggered.connect(self._copy)
        self.save_action = QAction(self.tr("Save …"), self)
        self.save_action.setToolTip(self.tr("Save the table of all faces (CSV)"))
        self.save_action.triggered.connect(self._on_save)

    def _make_layout(self, theme: Theme) -> None:
        self._faces = QComboBox()
        self._faces.setAccessibleName(self.tr("Face whose statistics are shown"))
        self._faces.addItem(self.tr("All faces"), None)
        self._faces.setMinimumContentsLength(8)
        self._faces.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self._faces.activated.connect(self._on_chosen)
        tools = ToolRow(theme)
        tools.add(self.reset_action, "refresh")
        tools.add(self.copy_action, "copy")
        tools.add(self.save_action, "save")
        header = QHBoxLayout()
        header.setContentsMargins(12, 4, 8, 0)
        header.setSpacing(8)
        header.addWidget(self._faces, 1)
        header.addWidget(tools)
        self._summary = QLabel(wordWrap=True)
        self._summary.setObjectName("Muted")
        self._summary.setTextFormat(Qt.TextFormat.PlainText)
        self._summary.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._summary.setContentsMargins(12, 4, 12, 4)
        self._chart = StatisticsChart(theme)
        scroll = QScrollArea()
        scroll.setWidget(self._chart)
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        figures = QWidget()
        column = QVBoxLayout(figures)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._summary)
        column.addWidget(scroll, 1)
        self._pages = QStackedWidget()
        self._pages.addWidget(
            empty_label(
                self.tr("Nothing was seen yet.\nOpen a source: what faces show is counted here.")
            )
        )
        self._pages.addWidget(figures)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 8)
        layout.setSpacing(4)
        layout.addLayout(header)
        layout.addWidget(self._pages, 1)

    def _refresh(self) -> None:
        self._backlog.flush()
        self._list_faces()
        told = self._told()
        seen = told.frames > 0
        self._pages.setCurrentIndex(1 if seen else 0)
        for action in (self.reset_action, self.copy_action, self.save_action):
            action.setEnabled(seen)
        self._summary.setText(self._facts(told))
        self._chart.set_entries(told.expressions)

    def _told(self) -> FaceStatistics:
        track_id = self.shown_face
        told = self._statistics.of_face(track_id) if track_id is not None else None
        return told or self._statistics.of_all()

    def _facts(self, told: FaceStatistics) -> str:
        seen = (
            self.tr("Seen for {0}, frames: {1}").format(clock(told.seconds), f"{told.frames:,}")
            if told.seconds
            else self.tr("Frames: {0}").format(f"{told.frames:,}")
        )
        sure = self.tr("Mean confidence {0}, uncertain {1}").format(
            percent(told.confidence), percent(told.uncertain)
        )
        return f"{seen}\n{sure}"

    def _list_faces(self) -> None:
        """List the faces that were seen; an open list is left alone."""
        if self._faces.view().isVisible():
            return
        listed = [(None, self.tr("All faces"))] + [
            (track_id, self._title_of(track_id)) for track_id in self._statistics.track_ids
        ]
        box = self._faces
        if listed != [(box.itemData(row), box.itemText(row)) for row in range(box.count())]:
            box.clear()
            for track_id, text in listed:
                box.addItem(text, track_id)
            self._choose()

    def _note_name(self, track_id: int, name: str) -> None:
        """Keep names alone: faces without one come by the thousand in a day."""
        if name:
            self._names[track_id] = name
        else:
            self._names.pop(track_id, None)

    def _title_of(self, track_id: int) -> str:
        title = self.tr("Face {0}").format(track_id)
        name = self._names.get(track_id, "")
        return f"{title}  {name}".rstrip()

    def _choose(self) -> None:
        row = self._faces.findData(self._wanted) if self._wanted is not None else 0
        self._faces.setCurrentIndex(max(row, 0))
        self._faces.setToolTip(plain_tip(self._faces.currentText()))
        self._refresher.ask()

    def _on_chosen(self) -> None:
        self._wanted = self.shown_face
        self._refresh()

    def _copy(self) -> None:
        table = statistics_csv(self.statistics, self._names, delimiter="\t")
        QGuiApplication.clipboard().setText(table)

    def _on_save(self) -> None:
        texts = SaveTexts(
            "statistics",
            self.tr("Save the statistics"),
            {".csv": self.tr("Table")},
            self.tr("Statistics saved"),
            self.tr("The statistics were not saved"),
        )
        notice = ask_and_save(self, texts, self.save)
        if notice is not None:
            self.notice_posted.emit(notice)
