"""Opening SQLite files with care: settings, transactions, and failures in plain words."""

import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Final, Literal

from ferqt.errors import FerqtError, OutputError, SessionError

Mode = Literal["ro", "rw", "rwc"]

BUSY_S: Final = 5.0
"""How long a program waits for another one that is writing; a commit takes milliseconds."""

_SWITCH_AGAIN_S: Final = 0.01

_NOT_OURS: Final = "Choose a session.db that ferqt wrote."


def connect(path: Path, mode: Mode, *, busy_s: float = BUSY_S) -> sqlite3.Connection:
    """Open an SQLite file for reading ("ro"), writing ("rw"), or make it ("rwc").

    Every statement commits by itself unless it stands in a `transaction`. The file may come from a
    stranger: functions with side effects are shut off in its views, triggers and defaults. Used by
    one thread at a time.

    Raises:
        sqlite3.Error: It cannot be opened.
    """
    connection = sqlite3.connect(
        f"{path.absolute().as_uri()}?mode={mode}",
        timeout=busy_s,
        isolation_level=None,
        check_same_thread=False,
        uri=True,
    )
    for setting in ("trusted_schema=OFF", "cell_size_check=ON", "secure_delete=ON"):
        connection.execute(f"PRAGMA {setting}")
    return connection


@contextmanager
def opened(path: Path, mode: Mode) -> Iterator[sqlite3.Connection]:
    """Open a file for a while; see `connect`."""
    with closing(connect(path, mode)) as connection:
        yield connection


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """Make all statements within take effect together, or none of them."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        # A full disk has ended the transaction already.
        with suppress(sqlite3.Error):
            connection.execute("ROLLBACK")
        raise


def write_ahead(connection: sqlite3.Connection) -> None:
    """Let a file be read while it is written, from now on.

    SQLite waits for others with everything but this switch, which two programs may make at once in
    a file that is new.

    Raises:
        sqlite3.Error: The file stays busy or cannot be written.
    """
    deadline = time.monotonic() + BUSY_S
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as error:
            busy = getattr(error, "sqlite_errorname", "").startswith("SQLITE_BUSY")
            if not busy or time.monotonic() > deadline:
                raise
            time.sleep(_SWITCH_AGAIN_S)
        else:
            return


@contextmanager
def reading_failures(path: Path) -> Iterator[None]:
    """Turn what SQLite says about a file that cannot be read into one clear sentence.

    Raises:
        SessionError: The file is missing, damaged, busy, or no database.
    """
    try:
        yield
    except sqlite3.Error as error:
        raise _unreadable(path, error) from error


@contextmanager
def sound_values(path: Path) -> Iterator[None]:
    """Turn what Python says about values that no session has into one clear sentence.

    Raises:
        SessionError: The file is damaged, or made by somebody to look like a session.
    """
    try:
        yield
    except (ValueError, TypeError, OverflowError, RecursionError) as error:
        raise _damaged(path, error) from error


@contextmanager
def writing_failures(path: Path) -> Iterator[None]:
    """Turn what SQLite says about a file that cannot be written into one clear sentence.

    Raises:
        OutputError: The disk is full or gone, or the file may not be written.
        SessionError: The file is damaged, busy, or no database.
    """
    try:
        yield
    except sqlite3.Error as error:
        raise _unwritable(path, error) from error
    except OSError as error:
        raise _no_access(path, error.strerror or str(error)) from error


def _unwritable(path: Path, error: sqlite3.Error) -> FerqtError:
    name = getattr(error, "sqlite_errorname", "")
    if name.startswith("SQLITE_FULL"):
        return OutputError(
            f"no room left to write '{path}'", "Free some space on that disk and resume."
        )
    if name.startswith(("SQLITE_READONLY", "SQLITE_CANTOPEN", "SQLITE_IOERR", "SQLITE_PERM")):
        return _no_access(path, str(error))
    return _unreadable(path, error)


def _no_access(path: Path, reason: str) -> OutputError:
    return OutputError(f"cannot write '{path}': {reason}", "Choose a folder that you may write to.")


def _unreadable(path: Path, error: sqlite3.Error) -> SessionError:
    name = getattr(error, "sqlite_errorname", "")
    if name.startswith("SQLITE_NOTADB"):
        return SessionError(f"no session: '{path}' is not a database", _NOT_OURS)
    if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        return SessionError(
            f"the session is busy: '{path}'", "Another program is writing it; try again."
        )
    if name.startswith("SQLITE_CANTOPEN"):
        return SessionError(
            f"cannot open the session '{path}'", "Check that the file is there and may be read."
        )
    return _damaged(path, error)


def _damaged(path: Path, error: Exception) -> SessionError:
    return SessionError(
        f"the session is damaged: '{path}': {error}", "Analyze the source again, or use a copy."
    )
