"""Keeps the gallery's knowledge of a folder up to date, in small jobs beside the window's work."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Final

from PySide6.QtCore import QFileSystemWatcher, QObject, QTimer, Signal

from ferqt.core.types import Notice
from ferqt.runtime.tasks import TaskRunner
from ferqt.ui.docks.gallery_shots import (
    MOST_SHOTS,
    Shot,
    Stamp,
    list_pictures,
    nearest_folder,
    read_shots,
)

_CALM_MS: Final = 150
"""A file that is written changes its folder several times."""

_FIRST_BATCH: Final = 32
_LAST_BATCH: Final = 1_024
"""Files that one job reads. The first pictures are there at once; later, fewer and larger steps
spare the list from being laid out anew each time."""


@dataclass(frozen=True, slots=True)
class _Listing:
    files: Mapping[str, Stamp]
    nearest: Path


class GalleryIndex(QObject):
    """Follows a folder while somebody looks.

    Lives on the GUI thread; disks are read by `tasks`.
    """

    changed = Signal(object, object)
    """Paths that are gone (a set), and the `Shot`s that are new (a tuple)."""

    settled = Signal()
    """The folder has been read to its end, or cannot be read: see `problem`."""

    def __init__(self, tasks: TaskRunner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._folder: Path | None = None
        self._active = False
        self._stale = False
        self._busy = False
        self._run = 0
        self._batch = _FIRST_BATCH
        self._known: dict[str, Stamp] = {}
        self._unread: dict[str, Stamp] = {}
        self._problem = ""
        self._left_out = 0
        self._settled = False
        self._watcher = QFileSystemWatcher(self)
        self._watcher.directoryChanged.connect(self.refresh)
        self._calm = QTimer(self, singleShot=True, interval=_CALM_MS)
        self._calm.timeout.connect(self._list)

    @property
    def folder(self) -> Path | None:
        """The folder that is followed."""
        return self._folder

    @property
    def problem(self) -> str:
        """Why the folder cannot be read, "" if it can."""
        return self._problem

    @property
    def left_out(self) -> int:
        """How many older pictures are not listed."""
        return self._left_out

    @property
    def is_settled(self) -> bool:
        """Whether the folder has been read to its end."""
        return self._settled

    def set_folder(self, folder: Path) -> None:
        """Follow another folder from now on."""
        if folder == self._folder:
            return
        gone = {self._folder / name for name in self._known} if self._folder is not None else set()
        self._folder = folder
        self._run += 1
        self._busy = False
        self._known, self._unread = {}, {}
        self._settled = False
        self._stale = True
        if gone:
            self.changed.emit(gone, ())
        if self._active:
            self._list()

    def set_active(self, active: bool) -> None:
        """Say whether somebody looks; nothing is read while nobody does."""
        self._active = active
        if active and self._stale:
            self._list()

    def refresh(self) -> None:
        """Look soon for what changed in the folder."""
        self._stale = True
        if self._active and not self._calm.isActive():
            self._calm.start()

    def _list(self) -> None:
        """List the folder, or do it once the present job has ended."""
        if self._folder is None or self._busy or not self._active:
            return
        self._stale = False
        self._busy = True
        self._batch = _FIRST_BATCH
        self._tasks.run(
            partial(_list_folder, self._folder),
            partial(self._on_listed, self._run),
            partial(self._on_failed, self._run),
            title=self.tr("The gallery cannot show the folder"),
        )

    def _on_listed(self, run: int, listing: _Listing) -> None:
        if run != self._run or self._folder is None:
            return
        self._problem = ""
        self._watch(listing.nearest)
        files = dict(islice(listing.files.items(), MOST_SHOTS))
        self._left_out = len(listing.files) - len(files)
        gone = {name for name, stamp in self._known.items() if files.get(name) != stamp}
        for name in gone:
            del self._known[name]
        self._unread = {
            name: stamp for name, stamp in files.items() if self._known.get(name) != stamp
        }
        if gone:
            self.changed.emit({self._folder / name for name in gone}, ())
        self._read_on()

    def _read_on(self) -> None:
        """Read the next files, or end."""
        if self._folder is None:
            return
        if not self._unread or self._stale:
            self._busy = False
            if self._stale:
                self._list()
            else:
                self._settled = True
                self.settled.emit()
            return
        batch = dict(islice(self._unread.items(), self._batch))
        self._batch = min(2 * self._batch, _LAST_BATCH)
        for name in batch:
            del self._unread[name]
        self._tasks.run(
            partial(read_shots, self._folder, batch),
            partial(self._on_read, self._run, batch),
            partial(self._on_failed, self._run),
            title=self.tr("The gallery cannot show the folder"),
        )

    def _on_read(self, run: int, batch: Mapping[str, Stamp], shots: tuple[Shot, ...]) -> None:
        if run != self._run:
            return
        # Files of other programs are known too, so that they are not read again and again.
        self._known.update(batch)
        if shots:
            self.changed.emit(set(), shots)
        self._read_on()

    def _on_failed(self, run: int, notice: Notice) -> None:
        if run != self._run or self._folder is None:
            return
        self._busy = False
        self._problem = f"{notice.title}: {notice.text}. {notice.hint}".strip()
        gone = {self._folder / name for name in self._known}
        self._known, self._unread = {}, {}
        self._settled = True
        if gone:
            self.changed.emit(gone, ())
        self.settled.emit()

    def _watch(self, folder: Path) -> None:
        """Watch the folder, or the one above in which it will be made."""
        wanted = [str(folder)]
        watched = self._watcher.directories()
        if watched != wanted:
            if watched:
                self._watcher.removePaths(watched)
            if not self._watcher.addPaths(wanted):
                # What came between the listing and now was not told.
                self._stale = True


def _list_folder(folder: Path) -> _Listing:
    return _Listing(list_pictures(folder), nearest_folder(folder))
