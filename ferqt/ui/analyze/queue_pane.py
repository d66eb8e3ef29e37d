"""The queue of analyses: what is added, how far it is, and what can be done with it."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QDir, QFileInfo, QMimeData, Qt, Signal
from PySide6.QtGui import QAction, QDragEnterEvent, QDragLeaveEvent, QDropEvent, QResizeEvent
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QMenu,
    QProgressBar,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from ferqt.core.types import Notice, Severity
from ferqt.runtime.analysis_jobs import AnalysisJob, JobState, QueueTotals
from ferqt.runtime.analysis_queue import AnalysisQueue, usual_most
from ferqt.runtime.analysis_sources import VIDEO_SUFFIXES
from ferqt.runtime.tasks import TaskRunner
from ferqt.settings import ANALYSES_AT_ONCE, Settings
from ferqt.sources.images import PICTURE_SUFFIXES
from ferqt.ui.analyze.drop import EmptyQueue
from ferqt.ui.analyze.intake import Intake
from ferqt.ui.analyze.job_cells import JobButton
from ferqt.ui.analyze.job_table import JobTable
from ferqt.ui.analyze.job_view import JobView
from ferqt.ui.analyze.preset_box import PresetBox
from ferqt.ui.analyze.refused_strip import RefusedStrip
from ferqt.ui.analyze.texts import left_text
from ferqt.ui.docks.tools import ElidedLabel, ToolRow
from ferqt.ui.locations import dropped_locations
from ferqt.ui.theme import Theme, strong_font, tabular

_BAR_PX: Final = 120
_BAR_FROM_PX: Final = 720
_STEPS: Final = 1000
_MOST_CHOICES: Final = 8


class QueuePane(QWidget):
    """Header, table of jobs, and the place to drop files on.

    Args:
        theme: Gives the colors.
        tasks: Looks for files in the background.
        queue: Does the work.
        settings: Keeps what analyses are asked for.
    """

    session_requested = Signal(object)
    """Folder of the session of a job that is done, as a path."""
    notice_posted = Signal(object, object)
    """`Notice`, and the `NoticeAction` that goes with it or None."""

    def __init__(
        self,
        theme: Theme,
        tasks: TaskRunner,
        queue: AnalysisQueue,
        settings: Settings,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._queue = queue
        self._settings = settings
        self._folder = ""
        self._busy = False
        self.setAcceptDrops(True)
        self._table = JobTable(self)
        self._table.move_requested.connect(queue.move_to, Qt.ConnectionType.QueuedConnection)
        self.view = JobView(self._table, theme)
        self.view.asked.connect(self._on_asked)
        self.view.move_asked.connect(self._move)
        self.view.chosen_changed.connect(self._enable)
        self.intake = Intake(queue, tasks, self)
        self.intake.refused.connect(self._on_refused)
        self.intake.failed.connect(lambda notice: self.notice_posted.emit(notice, None))
        self.intake.busy_changed.connect(self._show_busy)
        self.presets = PresetBox(settings, theme)
        self.refused = RefusedStrip(theme)
        self.empty = EmptyQueue(theme)
        self.empty.files_asked.connect(self.add_files)
        self.empty.folder_asked.connect(self.add_folder)
        self._make_actions(theme)
        self._make_layout()
        queue.changed.connect(self._on_list)
        queue.job_changed.connect(self._on_job)
        queue.totals_changed.connect(self._show_totals)
        queue.active_changed.connect(self._show_active)
        queue.ran_dry.connect(self._on_dry)
        queue.set_most(settings.get(ANALYSES_AT_ONCE))
        self._on_list()
        self._show_totals(queue.totals)
        self._show_active()

    def add_locations(self, locations: Sequence[str]) -> None:
        """Add files and folders with the settings that are chosen."""
        self.intake.take(locations, self.presets.preset)

    def add_files(self) -> None:
        """Ask for files and add them."""
        kinds = " ".join(f"*{suffix}" for suffix in sorted(VIDEO_SUFFIXES | PICTURE_SUFFIXES))
        names, _ = QFileDialog.getOpenFileNames(
            self,
            self.tr("Add Files"),
            self._folder,
            self.tr("Videos and pictures ({0});;All files (*)").format(kinds),
        )
        if names:
            self._folder = QFileInfo(names[0]).absolutePath()
        self.add_locations(names)

    def add_folder(self) -> None:
        """Ask for a folder and add all that is in it."""
        name = QFileDialog.getExistingDirectory(self, self.tr("Add Folder"), self._folder)
        if name:
            self._folder = QDir(name).absolutePath()
            self.add_locations([name])

    def toggle(self) -> None:
        """Start the queue, or hold all of it."""
        if self._queue.active:
            self._queue.pause()
        else:
            self._queue.start()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Leave the bar out where there is little room."""
        super().resizeEvent(event)
        self._show_bar()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802 - Qt's name
        """Take what may be files, and show it."""
        if dropped_locations(event.mimeData()):
            event.acceptProposedAction()
            self.empty.mark(over=True)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:  # noqa: N802 - Qt's name
        """Look as before."""
        super().dragLeaveEvent(event)
        self.empty.mark(over=False)

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802 - Qt's name
        """Add what was dropped."""
        self.empty.mark(over=False)
        if self._take(event.mimeData()):
            event.acceptProposedAction()

    def _take(self, data: QMimeData) -> bool:
        locations = dropped_locations(data)
        self.add_locations(locations)
        return bool(locations)

    def _make_actions(self, theme: Theme) -> None:
        self.tools = ToolRow(theme)
        self._actions: dict[str, QAction] = {}
        for name, icon_name, text, call in (
            ("open", "open", self.tr("Open the session"), lambda: self._do(JobButton.OPEN)),
            ("pause", "pause", self.tr("Pause"), lambda: self._do(JobButton.PAUSE)),
            ("go_on", "play", self.tr("Go on"), lambda: self._do(JobButton.GO_ON)),
            ("retry", "refresh", self.tr("Try again"), lambda: self._do(JobButton.RETRY)),
            ("up", "chevron-up", self.tr("Earlier (Alt+Up)"), lambda: self._move(-1)),
            ("down", "chevron-down", self.tr("Later (Alt+Down)"), lambda: self._move(1)),
            ("remove", "trash", self.tr("Take off the list (Del)"), self._remove),
        ):
            action = QAction(text, self)
            action.triggered.connect(call)
            self.tools.add(action, icon_name)
            self._actions[name] = action
        self.view.addActions(list(self._actions.values()))
        more = QAction(self.tr("More"), self)
        self._menu = QMenu(self)
        self._menu.aboutToShow.connect(self._fill_menu)
        self.tools.add(more, "more", self._menu)

    def _make_layout(self) -> None:
        title = QLabel(self.tr("Queue"))
        title.setFont(strong_font(self.font()))
        self.totals = ElidedLabel()
        self.totals.setObjectName("Muted")
        self.totals.setFont(tabular(self.font()))
        self.bar = QProgressBar(maximum=_STEPS, textVisible=False)
        self.bar.setFixedWidth(_BAR_PX)
        self.bar.setAccessibleName(self.tr("Progress of the queue"))
        self.files_button = QPushButton(self.tr("Add Files …"))
        self.files_button.clicked.connect(self.add_files)
        self.folder_button = QPushButton(self.tr("Add Folder …"))
        self.folder_button.clicked.connect(self.add_folder)
        for button in (self.files_button, self.folder_button):
            button.setProperty("role", "quiet")
        self.start_button = QPushButton()
        self.start_button.clicked.connect(self.toggle)
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(title)
        head.addWidget(self.totals, 1)
        head.addWidget(self.bar)
        head.addWidget(self.files_button)
        head.addWidget(self.folder_button)
        head.addWidget(self.start_button)
        self._second = QHBoxLayout()
        self._second.setSpacing(8)
        self._second.addWidget(self.presets)
        self._second.addStretch(1)
        self._second.addWidget(self.tools)
        self._pages = QStackedWidget()
        self._pages.addWidget(self.empty)
        self._pages.addWidget(self.view)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 8, 12, 8)
        column.setSpacing(8)
        column.addLayout(head)
        column.addLayout(self._second)
        column.addWidget(self.refused)
        column.addWidget(self._pages, 1)

    def _on_list(self) -> None:
        jobs = self._queue.jobs
        self.view.show_jobs(jobs)
        self._pages.setCurrentWidget(self.view if jobs else self.empty)
        for widget in (self.files_button, self.folder_button, self.start_button, self.tools):
            widget.setVisible(bool(jobs))
        self._enable()

    def _on_job(self, job: AnalysisJob) -> None:
        before = self._table.change(job)
        # Progress comes many times a second and changes nothing that can be done.
        if before is None or (before.state, before.ending) != (job.state, job.ending):
            self._enable()

    def _enable(self) -> None:
        chosen = self.view.chosen
        states = {job.state for job in chosen}
        again = [job for job in chosen if job.state.can_be_tried_again]
        self._actions["open"].setEnabled(len(chosen) == 1 and states == {JobState.DONE})
        self._actions["pause"].setEnabled(JobState.RUNNING in states)
        self._actions["go_on"].setEnabled(JobState.PAUSED in states)
        self._actions["retry"].setEnabled(bool(again))
        for name in ("up", "down"):
            self._actions[name].setEnabled(bool(chosen) and len(self._queue.jobs) > len(chosen))
        self._actions["remove"].setEnabled(bool(chosen))
        waiting = any(job.state in (JobState.QUEUED, JobState.PAUSED) for job in self._queue.jobs)
        self.start_button.setEnabled(self._queue.active or waiting)

    def _show_active(self) -> None:
        active = self._queue.active
        self.start_button.setText(self.tr("Pause All") if active else self.tr("Start"))
        self.start_button.setDefault(not active)
        self._enable()

    def _show_busy(self, busy: bool) -> None:
        if busy:
            self.totals.setText(self.tr("Looking for videos and pictures …"))
        else:
            self._show_totals(self._queue.totals)

    def _show_totals(self, totals: QueueTotals) -> None:
        self._busy = bool(totals.live)
        self._show_bar()
        self.bar.setValue(round(_STEPS * totals.share))
        self.totals.setText(self._totals_text(totals))

    def _show_bar(self) -> None:
        """Show the bar where it leaves room for the words."""
        self.bar.setVisible(self._busy and self.width() >= _BAR_FROM_PX)

    def _totals_text(self, totals: QueueTotals) -> str:
        if not totals.jobs:
            return ""
        parts = [self.tr("{0} of {1} done").format(totals.done, totals.jobs)]
        if totals.problems:
            parts.append(self.tr("{0} not finished").format(totals.problems))
        if totals.seconds_left is not None:
            parts.append(self.tr("{0} left").format(left_text(totals.seconds_left)))
        return " · ".join(parts)

    def _on_refused(self, refused: object) -> None:
        assert isinstance(refused, list)
        self.refused.show_refused(refused)

    def _on_asked(self, button: JobButton, numbers: tuple[int, ...]) -> None:
        if button is JobButton.OPEN:
            job = self._queue.job(numbers[0])
            if job is not None:
                self.session_requested.emit(job.folder)
        elif button is JobButton.PAUSE:
            for number in numbers:
                self._queue.pause_job(number)
        elif button is JobButton.GO_ON:
            for number in numbers:
                self._queue.resume_job(number)
        elif button is JobButton.RETRY:
            self._queue.retry(numbers)
            self._queue.start()
        elif button is JobButton.STOP:
            self._queue.cancel(numbers)
        else:
            self._queue.remove(numbers)

    def _do(self, button: JobButton) -> None:
        chosen = tuple(job.id for job in self.view.chosen)
        if chosen:
            self._on_asked(button, chosen)

    def _remove(self) -> None:
        self.view.ask_to_remove()

    def _move(self, places: int) -> None:
        self._queue.move([job.id for job in self.view.chosen], places)

    def _fill_menu(self) -> None:
        """Offer what is seldom wanted, as it is possible now."""
        self._menu.clear()
        clear = self._menu.addAction(self.tr("Take All That Are Done off the List"))
        clear.setEnabled(any(job.state is JobState.DONE for job in self._queue.jobs))
        clear.triggered.connect(self._queue.clear_done)
        again = self._menu.addAction(self.tr("Try All Again That Are Not Finished"))
        problems = [job.id for job in self._queue.jobs if job.state.can_be_tried_again]
        again.setEnabled(bool(problems))
        again.triggered.connect(lambda: self._on_asked(JobButton.RETRY, tuple(problems)))
        waiting = [job.id for job in self.view.chosen if job.state is JobState.QUEUED]
        change = self._menu.addAction(self.tr("Give the Chosen Ones These Settings"))
        change.setEnabled(bool(waiting))
        change.triggered.connect(lambda: self._queue.set_preset(waiting, self.presets.preset))
        self._menu.addSeparator()
        self._fill_at_once(self._menu.addMenu(self.tr("At Once")))

    def _fill_at_once(self, menu: QMenu) -> None:
        chosen = self._settings.get(ANALYSES_AT_ONCE)
        usual = self.tr("As the cores allow ({0})").format(usual_most())
        for most in range(_MOST_CHOICES + 1):
            action = menu.addAction(f"{most}" if most else usual)
            action.setCheckable(True)
            action.setChecked(most == chosen)
            action.triggered.connect(lambda _=False, most=most: self._choose_most(most))

    def _choose_most(self, most: int) -> None:
        self._settings.set(ANALYSES_AT_ONCE, most)
        self._queue.set_most(most)

    def _on_dry(self, totals: QueueTotals) -> None:
        """Say how it went when all is over."""
        if totals.problems:
            title = self.tr("{0} of {1} analyses are not finished").format(
                totals.problems, totals.jobs
            )
            notice = Notice(
                Severity.WARNING, title, "", self.tr("The queue says why, and tries again.")
            )
        elif totals.done == 1:
            notice = Notice(Severity.INFO, self.tr("The analysis is done"))
        else:
            notice = Notice(Severity.INFO, self.tr("All analyses are done"))
        if totals.problems or totals.done:
            self.notice_posted.emit(notice, None)
