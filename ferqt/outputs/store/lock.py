"""A lock beside a session that says that a living program is writing it."""

import sqlite3
from contextlib import closing, suppress
from pathlib import Path
from typing import Final

from ferqt.errors import OutputError
from ferqt.outputs.store.connection import connect

_PATIENCE_S: Final = 0.2
"""Longer than anybody looks whether the lock is held."""


class SessionLock:
    """Held while a session is written; the system releases it when the program dies.

    It is SQLite's own exclusive lock on an empty file, because that is the same on every system,
    survives no process and needs no process id that another program may have been given since.
    May be released in another thread than it was taken in.

    Args:
        session: The session's file; the lock lies beside it.

    Raises:
        OutputError: Another program holds it, or it cannot be made.
    """

    def __init__(self, session: Path) -> None:
        self._path = lock_path(session)
        self._released = False
        self._connection = self._held(session)
        while not self._path.exists():
            # The one who held it took the file away after we had opened it: that lock is void.
            self._connection.close()
            self._connection = self._held(session)

    def _held(self, session: Path) -> sqlite3.Connection:
        try:
            connection = connect(self._path, "rwc", busy_s=_PATIENCE_S)
        except sqlite3.Error as error:
            raise OutputError(
                f"cannot write '{session}': {error}", "Choose a folder that you may write to."
            ) from error
        try:
            connection.execute("BEGIN EXCLUSIVE")
        except sqlite3.Error as error:
            connection.close()
            raise OutputError(
                f"another program is writing '{session}'", "Wait until it is done, or end it."
            ) from error
        return connection

    def release(self) -> None:
        """Give the lock back; harmless when repeated."""
        if self._released:
            return
        self._released = True
        try:
            self._path.unlink(missing_ok=True)
        except OSError:
            # Windows lets nobody remove an open file.
            self._connection.close()
            with suppress(OSError):
                self._path.unlink(missing_ok=True)
        self._connection.close()


def lock_path(session: Path) -> Path:
    """Return where the lock of a session lies."""
    return session.with_name(f"{session.name}.lock")


def is_written(session: Path) -> bool:
    """Return whether a living program is writing a session."""
    path = lock_path(session)
    if not path.exists():
        return False
    try:
        with closing(connect(path, "rw", busy_s=0)) as connection:
            connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except sqlite3.Error as error:
        return getattr(error, "sqlite_errorname", "").startswith("SQLITE_BUSY")
    return False
