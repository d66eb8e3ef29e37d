"""The page on which recorded material is analyzed: the queue above, the library below."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QHideEvent, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QFrame, QSizePolicy, QSplitter, QVBoxLayout, QWidget

from ferqt.classifiers.catalog import CatalogEntry
from ferqt.core.types import Notice, Severity
from ferqt.outputs.exports.registry import EXPORTS
from ferqt.outputs.store.entry import LibraryEntry
from ferqt.outputs.store.library import Library
from ferqt.outputs.store.names import SESSION_NAME
from ferqt.outputs.store.reader import opened_session, read_facts
from ferqt.runtime.analysis_jobs import AnalysisJob
from ferqt.runtime.analysis_preset import AnalysisPreset, preset_of
from ferqt.runtime.analysis_queue import AnalysisQueue
from ferqt.runtime.tasks import TaskRunner
from ferqt.settings import RECENT, Settings
from ferqt.ui.analyze.export_dialog import ReportGatherer
from ferqt.ui.analyze.library_feed import LibraryFeed
from ferqt.ui.analyze.library_pane import LibraryPane
from ferqt.ui.analyze.queue_pane import QueuePane
from ferqt.ui.notice_bar import NoticeAction
from ferqt.ui.theme import Theme

_QUEUE_PX: Final = 240
_LIBRARY_PX: Final = 320
_LEAST_PX: Final = 168


class AnalyzePage(QWidget):
    """Queue and library; knows nothing of the window.

    Args:
        theme: Gives the colors.
        tasks: Does what is slow.
        settings: Keeps what analyses are asked for.
        queue: Does the analyses.
        library: Where their sessions lie.
    """

    session_requested = Signal(object)
    """File of the session that is to be opened, as a path."""
    comparison_requested = Signal(object)
    """Files of the sessions that are to be compared, a list of paths."""
    report_requested = Signal(object)
    """Files of the sessions of which a report is wanted, a list of paths."""
    notice_posted = Signal(object, object)
    """`Notice`, and the `NoticeAction` that goes with it or None."""

    def __init__(
        self,
        theme: Theme,
        tasks: TaskRunner,
        settings: Settings,
        queue: AnalysisQueue,
        library: Library,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._settings = settings
        self._queue = queue
        self.feed = LibraryFeed(library, tasks, self)
        self.queue_pane = QueuePane(theme, tasks, queue, settings)
        self.library_pane = LibraryPane(theme, tasks, self.feed)
        self._make_layout()
        self._claim_room(QSizePolicy.Policy.Ignored)
        self._connect()
        self.set_models(())
        find = QShortcut(QKeySequence(QKeySequence.StandardKey.Find), self)
        find.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        find.activated.connect(self.library_pane.search)

    @property
    def queue(self) -> AnalysisQueue:
        """What does the analyses."""
        return self._queue

    def set_models(self, entries: Sequence[CatalogEntry]) -> None:
        """Offer the models that can be used, and call them by their names."""
        models = [(one.id, one.card.name) for one in entries if one.card is not None]
        formats = [(one.id, one.title) for one in EXPORTS.values()]
        self.queue_pane.presets.set_choices(models, formats)
        self.library_pane.set_model_names(dict(models))

    def set_report(self, report: ReportGatherer | None) -> None:
        """Say what gathers figures and stills for exported reports."""
        self.library_pane.set_report(report)

    def restore(self) -> None:
        """Take up what an earlier start left in the queue, and offer to go on with it."""
        left = self._queue.restore()
        self.queue_pane.intake.measure_unknown()
        if not left:
            return
        if left == 1:
            title = self.tr("An analysis was not finished")
            hint = self.tr("It goes on where it ended.")
        else:
            title = self.tr("{0} analyses were not finished").format(left)
            hint = self.tr("They go on where they ended.")
        go_on = NoticeAction(self.tr("Go On"), self.resume_all)
        self.notice_posted.emit(Notice(Severity.INFO, title, "", hint), go_on)

    def resume_all(self) -> None:
        """Go on with everything in the queue that is not finished."""
        self._queue.retry([job.id for job in self._queue.jobs if job.state.can_be_tried_again])
        self._queue.start()

    def add_locations(self, locations: Sequence[str]) -> None:
        """Add files and folders to the queue."""
        self.queue_pane.add_locations(locations)

    def shutdown(self) -> None:
        """End the analyses, which keep what they have, and what was typed; before the tasks end."""
        self.library_pane.details.flush()
        self.feed.flush()
        self._queue.shutdown()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """Ask for the room that the page needs."""
        self._claim_room(QSizePolicy.Policy.Preferred)
        super().showEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802 - Qt's name
        """Leave the room to the page that is shown instead."""
        self._claim_room(QSizePolicy.Policy.Ignored)
        super().hideEvent(event)

    def _claim_room(self, policy: QSizePolicy.Policy) -> None:
        """Say whether the pages of the window have to have room for this one."""
        self.setSizePolicy(policy, policy)

    def _make_layout(self) -> None:
        split = QSplitter(Qt.Orientation.Vertical)
        split.setChildrenCollapsible(False)
        split.setHandleWidth(8)
        for pane in (self.queue_pane, self.library_pane):
            frame = QFrame()
            frame.setObjectName("DockPanel")
            frame.setMinimumHeight(_LEAST_PX)
            inside = QVBoxLayout(frame)
            inside.setContentsMargins(0, 0, 0, 0)
            inside.addWidget(pane)
            split.addWidget(frame)
        split.setStretchFactor(0, 2)
        split.setStretchFactor(1, 3)
        split.setSizes([_QUEUE_PX, _LIBRARY_PX])
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 0, 8, 0)
        layout.addWidget(split)

    def _connect(self) -> None:
        queue, library = self.queue_pane, self.library_pane
        queue.session_requested.connect(
            lambda folder: self.session_requested.emit(folder / SESSION_NAME)
        )
        for pane in (queue, library):
            pane.notice_posted.connect(self.notice_posted)
        library.session_requested.connect(self.session_requested)
        library.comparison_requested.connect(self.comparison_requested)
        library.report_requested.connect(self.report_requested)
        library.resume_requested.connect(self._resume)
        library.again_requested.connect(queue.add_locations)
        library.deleted.connect(self._on_deleted)
        self.feed.source_unused.connect(self._forget_source)
        self._queue.job_ended.connect(self._on_job_ended)

    def _on_job_ended(self, _job: AnalysisJob) -> None:
        self.feed.refresh()

    def _on_deleted(self, folder: Path) -> None:
        """Take jobs off the queue whose sessions are gone."""
        self._queue.remove([job.id for job in self._queue.jobs if job.folder == folder])

    def _forget_source(self, source: str) -> None:
        """Take what only a deleted session was of off the recent sources, on disk at once."""
        for place in self._settings.get(RECENT):
            if place == source or ("://" not in place and str(Path(place).absolute()) == source):
                self._settings.forget_source(place)
                self._settings.save()

    def _resume(self, entries: Sequence[LibraryEntry]) -> None:
        for entry in entries:
            self._tasks.run(
                partial(_as_begun, entry.path, self.tr("As before")),
                partial(self._on_preset, entry),
                lambda notice: self.notice_posted.emit(notice, None),
                title=self.tr("The analysis does not go on"),
            )

    def _on_preset(self, entry: LibraryEntry, preset: AnalysisPreset) -> None:
        self._queue.resume_session(entry.folder, entry.source, entry.title, preset)


def _as_begun(path: Path, name: str) -> AnalysisPreset:
    """Return what a session was asked for."""
    with opened_session(path) as connection:
        facts: dict[str, Any] = dict(read_facts(connection))
    return preset_of(facts, name)
