"""Prepares sessions in the background, and forgets what nobody waits for any more."""

from PySide6.QtCore import QObject, Signal
from shiboken6 import isValid

from ferqt.core.episode_track import EpisodeTrack
from ferqt.core.episodes import EpisodeRule
from ferqt.core.session_document import SessionDocument
from ferqt.core.types import Notice
from ferqt.runtime.tasks import TaskRunner
from ferqt.ui.timeline.state import Prepared, found_episodes, prepare


class Preparer(QObject):
    """Tells the answer to the latest question only; lives on the GUI thread.

    Args:
        tasks: Does the work.
    """

    prepared = Signal(object)
    """`Prepared` session."""
    episodes_found = Signal(object)
    """Episodes of each face, by id."""
    failed = Signal(object)
    """`Notice` on a session that could not be prepared."""

    def __init__(self, tasks: TaskRunner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._sessions = 0
        self._rules = 0

    def forget(self) -> None:
        """Wait for nothing any more."""
        self._sessions += 1
        self._rules += 1

    def prepare(self, document: SessionDocument, rule: EpisodeRule) -> None:
        """Prepare a session; `prepared` or `failed` follows."""
        self.forget()
        asked = self._sessions

        def done(prepared: Prepared) -> None:
            if isValid(self) and asked == self._sessions:
                self.prepared.emit(prepared)

        def failed(notice: Notice) -> None:
            if isValid(self) and asked == self._sessions:
                self.failed.emit(notice)

        title = self.tr("The timeline could not be prepared")
        self._tasks.run(lambda: prepare(document, rule), done, failed, title=title)

    def find_episodes(self, document: SessionDocument, rule: EpisodeRule) -> None:
        """Find the episodes of a session alone; `episodes_found` or `failed` follows."""
        self._rules += 1
        asked = self._rules

        def done(found: dict[int, EpisodeTrack]) -> None:
            if isValid(self) and asked == self._rules:
                self.episodes_found.emit(found)

        def failed(notice: Notice) -> None:
            if isValid(self) and asked == self._rules:
                self.failed.emit(notice)

        title = self.tr("Episodes could not be found")
        self._tasks.run(lambda: found_episodes(document, rule), done, failed, title=title)
