"""The library: all sessions of a person, each in a folder of its own, and an index of them."""

import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from ferqt.errors import OutputError, SessionError
from ferqt.outputs.store.connection import writing_failures
from ferqt.outputs.store.editor import SessionEditor
from ferqt.outputs.store.entry import LibraryEntry, folded
from ferqt.outputs.store.index import LibraryIndex
from ferqt.outputs.store.kept_queue import forget_in_queue
from ferqt.outputs.store.lock import SessionLock, is_written
from ferqt.outputs.store.names import SESSION_NAME
from ferqt.outputs.store.new_file import new_session_id
from ferqt.outputs.store.reader import copy_session
from ferqt.outputs.store.state import SessionState
from ferqt.outputs.store.summary import read_summary
from ferqt.paths import data_dir, make_folder

_DELETED: Final = ".deleted-"
_COMING: Final = ".coming-"
_YOUNG_S: Final = 60.0
"""A folder that is on its way may not be locked yet, or no more."""


class Library:
    """The sessions below one folder.

    The sessions' own files are the truth; the index beside them only makes lists quick. It follows
    what other programs do, and is made anew when it is lost. May be used by several threads and
    programs at once. Listing costs a look at each session's file and reads those that changed: it
    belongs into a task, as everything here does.

    Args:
        folder: Folder of the sessions; the user's own if not given. Made when it is needed.
    """

    def __init__(self, folder: Path | None = None) -> None:
        self.folder = data_dir() / "sessions" if folder is None else folder
        self._index = LibraryIndex(self.folder)

    def new_folder(self, _title: str = "") -> Path:
        """Return a folder for a new session; its name is the session's id in the library."""
        return self.folder / new_session_id()

    def sessions(
        self, search: str = "", *, tag: str = "", state: SessionState | None = None
    ) -> tuple[LibraryEntry, ...]:
        """Return the sessions that are asked for, the newest first.

        Args:
            search: Words that all have to stand somewhere in title, source, notes or tags; parts of
                words count, small and capital letters and accents do not.
            tag: Only those with this tag; "" for all.
            state: Only those in this state.

        Raises:
            OutputError: The index cannot be written.
            SessionError: The index stays busy or is of a newer ferqt.
        """
        self._follow()
        wanted = folded(search).split()
        return tuple(
            entry
            for entry, words in self._index.entries()
            if all(word in words for word in wanted)
            and (not tag or tag.casefold() in (one.casefold() for one in entry.tags))
            and (state is None or entry.state is state)
        )

    def entry(self, session_id: str) -> LibraryEntry:
        """Return one session.

        Raises:
            SessionError: The library has no such session.
        """
        self._follow()
        for entry, _ in self._index.entries():
            if entry.id == session_id:
                return entry
        raise SessionError(
            f"the library has no session '{session_id}'", "See 'ferqt sessions list'."
        )

    def tags(self) -> tuple[str, ...]:
        """Return all tags that sessions have, in the order of the alphabet, in one spelling."""
        spelled = sorted((tag for entry in self.sessions() for tag in entry.tags), reverse=True)
        found = {tag.casefold(): tag for tag in spelled}
        return tuple(found[key] for key in sorted(found))

    @contextmanager
    def editing(self, session_id: str) -> Iterator[SessionEditor]:
        """Change what is said about a session, in its file and in the index.

        Raises:
            SessionError: There is no such session, or it is damaged or missing.
            OutputError: It cannot be written.
        """
        entry = self.entry(session_id)
        with SessionEditor(entry.path) as editor:
            yield editor
        self._follow()

    def delete(self, session_id: str) -> None:
        """Remove a session with all files in its folder.

        What a crash leaves is removed when the library is used the next time.

        Raises:
            SessionError: There is no such session.
            OutputError: A program is writing it, or its folder cannot be removed.
        """
        entry = self.entry(session_id)
        if entry.folder.is_dir():
            # Nobody may begin to write it now; the folder goes away under one name at once.
            SessionLock(entry.path).release()
            gone = self.folder / f"{_DELETED}{session_id}"
            with writing_failures(entry.folder):
                entry.folder.replace(gone)
                self._remove(gone)
        self._index.remove([session_id])
        forget_in_queue(entry.folder)

    def tidy(self) -> None:
        """Finish what a crash broke off, if anything; quick when there is nothing.

        Raises:
            SessionError, OutputError: As `sessions`.
        """
        if self.folder.is_dir():
            with writing_failures(self.folder):
                self._clean()

    def adopt(self, place: Path) -> LibraryEntry:
        """Copy a session that was made elsewhere into the library, and return it.

        A copy, because the folder of an analysis is a person's own: deleting from the library must
        never remove what somebody keeps there. Other files of the folder stay where they are; they
        can be exported anew.

        Args:
            place: The folder of an analysis, or the session's file in it.

        Raises:
            SessionError: There is no session, the library has it already, or it is damaged.
            OutputError: It is being written, or the library cannot be.
        """
        path = place / SESSION_NAME if place.is_dir() else place
        summary = read_summary(path)
        if summary.state is SessionState.RUNNING:
            raise OutputError(f"the session is being written: '{path}'", "Wait until it is done.")
        for entry in self.sessions():
            if entry.session_id == summary.session_id:
                raise SessionError(
                    f"the library has this session already: '{entry.title}'",
                    "Delete that one first if this one is to take its place.",
                )
        folder = self.new_folder()
        coming = self.folder / f"{_COMING}{folder.name}"
        with writing_failures(folder):
            coming.mkdir(parents=True)
            # While the lock is held, nobody takes this for something that a crash left.
            lock = SessionLock(coming / SESSION_NAME)
            try:
                copy_session(path, coming / SESSION_NAME)
            except BaseException:
                lock.release()
                self._remove(coming)
                raise
            lock.release()
            coming.replace(folder)
        return self.entry(folder.name)

    def _follow(self) -> None:
        """Make the index tell what lies in the folder."""
        with writing_failures(self.folder):
            make_folder(self.folder)
            self._clean()
            folders = [
                one
                for one in self.folder.iterdir()
                if not one.name.startswith(".") and one.is_dir()
            ]
        self._index.follow(folder for folder in folders if (folder / SESSION_NAME).is_file())

    def _clean(self) -> None:
        """Finish what a crash broke off."""
        for left in self.folder.glob(f"{_DELETED}*"):
            self._remove(left)
            gone = left.name.removeprefix(_DELETED)
            self._index.remove([gone])
            forget_in_queue(self.folder / gone)
        for left in self.folder.glob(f"{_COMING}*"):
            young = time.time() - left.stat().st_mtime < _YOUNG_S
            if not young and not is_written(left / SESSION_NAME):
                self._remove(left)

    def _remove(self, folder: Path) -> None:
        while folder.exists():
            # Another program may be removing the same; each then trips over what the other took.
            with suppress(FileNotFoundError):
                shutil.rmtree(folder)
