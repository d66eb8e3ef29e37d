"""Reads and changes the library in the background, one wish after the other."""

import logging
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from ferqt.core.types import Notice
from ferqt.errors import FerqtError
from ferqt.outputs.store.editor import SessionEditor
from ferqt.outputs.store.entry import LibraryEntry
from ferqt.outputs.store.library import Library
from ferqt.outputs.store.state import SessionState
from ferqt.runtime.tasks import TaskRunner

_log = logging.getLogger(__name__)

_SOON_MS = 150


@dataclass(frozen=True, slots=True)
class Wish:
    """Which sessions are to be listed; see `Library.sessions`."""

    search: str = ""
    tag: str = ""
    state: SessionState | None = None

    @property
    def is_all(self) -> bool:
        """Whether nothing is left out."""
        return not self.search.strip() and not self.tag and self.state is None


@dataclass(frozen=True, slots=True)
class Listing:
    """What the library has.

    Attributes:
        entries: The sessions that were asked for, the newest first.
        tags: All tags that there are.
        whole: Number of all sessions.
    """

    entries: tuple[LibraryEntry, ...] = ()
    tags: tuple[str, ...] = ()
    whole: int = 0


@dataclass(frozen=True, slots=True)
class _Job:
    title: str
    work: Callable[[], Any]
    on_done: Callable[[Any], None]
    changes: bool = True


class LibraryFeed(QObject):
    """Lists sessions as a person filters them, and does what is asked of them.

    Lives on the GUI thread. Nothing overtakes anything: what is listed includes what was changed.
    """

    came = Signal(object)
    """`Listing` for the present wish."""
    failed = Signal(object)
    """`Notice` on what could not be done."""
    deleted = Signal(str)
    """Id of a session that is gone."""
    source_unused = Signal(str)
    """Location of the source of a session that was deleted, when no other session is of it."""

    def __init__(self, library: Library, tasks: TaskRunner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._library = library
        self._tasks = tasks
        self._wish = Wish()
        self._jobs: deque[_Job] = deque()
        self._busy = False
        self._soon = QTimer(self, singleShot=True, interval=_SOON_MS)
        self._soon.timeout.connect(self.refresh)

    @property
    def library(self) -> Library:
        """The library itself."""
        return self._library

    @property
    def wish(self) -> Wish:
        """Which sessions are listed."""
        return self._wish

    def set_wish(self, wish: Wish) -> None:
        """List other sessions, soon."""
        self._wish = wish
        self._soon.start()

    def refresh(self) -> None:
        """Read the library again."""
        self._soon.stop()
        title = self.tr("The library could not be read")
        # A wish that still waits would bring the same, but for what is changed before it.
        self._jobs = deque(job for job in self._jobs if job.changes)
        self._add(_Job(title, self._list, self.came.emit, changes=False))

    def edit(self, session: str, change: Callable[[SessionEditor], object]) -> None:
        """Change what is said about a session."""
        title = self.tr("The session was not changed")
        self._add(_Job(title, partial(_edit, self._library, session, change), _nothing))
        self.refresh()

    def delete(self, sessions: Sequence[str]) -> None:
        """Delete sessions with all their files."""
        title = self.tr("The session was not deleted")
        for session in sessions:
            tell = partial(self._on_deleted, session)
            self._add(_Job(title, partial(_delete, self._library, session), tell))
        self.refresh()

    def adopt(self, place: Path, on_done: Callable[[LibraryEntry], None]) -> None:
        """Copy a session from elsewhere into the library."""
        title = self.tr("The session was not added")
        self._add(_Job(title, partial(self._library.adopt, place), on_done))
        self.refresh()

    def flush(self) -> None:
        """Make the changes that wait, now; for the end of the program."""
        self._soon.stop()
        jobs, self._jobs = self._jobs, deque()
        for job in jobs:
            if job.changes:
                try:
                    job.work()
                except FerqtError as error:
                    _log.warning("%s: %s", job.title, error)

    def _list(self) -> Listing:
        return _list(self._library, self._wish)

    def _add(self, job: _Job) -> None:
        self._jobs.append(job)
        self._next()

    def _next(self) -> None:
        if self._busy or not self._jobs:
            return
        job = self._jobs.popleft()
        self._busy = True
        done = partial(self._on_done, job.on_done)
        self._tasks.run(job.work, done, self._on_failed, title=job.title)

    def _on_deleted(self, session: str, source: str) -> None:
        self.deleted.emit(session)
        if source:
            self.source_unused.emit(source)

    def _on_done(self, on_done: Callable[[Any], None], answer: object) -> None:
        self._busy = False
        on_done(answer)
        self._next()

    def _on_failed(self, notice: Notice) -> None:
        self._busy = False
        self.failed.emit(notice)
        self._next()


def _list(library: Library, wish: Wish) -> Listing:
    everything = library.sessions()
    tags = {tag.casefold(): tag for entry in everything for tag in entry.tags}
    entries = everything
    if not wish.is_all:
        entries = library.sessions(wish.search, tag=wish.tag, state=wish.state)
    return Listing(entries, tuple(tags[key] for key in sorted(tags)), len(everything))


def _delete(library: Library, session: str) -> str:
    """Delete a session; returns its source if no other session is of it."""
    source = library.entry(session).source
    library.delete(session)
    return "" if any(entry.source == source for entry in library.sessions()) else source


def _edit(library: Library, session: str, change: Callable[[SessionEditor], object]) -> None:
    with library.editing(session) as editor:
        change(editor)


def _nothing(_answer: object) -> None:
    """Take an answer that says nothing."""
