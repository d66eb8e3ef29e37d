"""The library's index: what lists show of each session, kept in one SQLite file.

Searching reads every row: a few thousand short texts take milliseconds, parts of words are found in
every language, and nothing of a deleted session stays behind, as it would in a full-text index.
"""

import json
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Any, Final

from ferqt.errors import SessionError
from ferqt.outputs.store.columns import restored, storable
from ferqt.outputs.store.connection import connect, transaction, write_ahead, writing_failures
from ferqt.outputs.store.entry import LibraryEntry, folded
from ferqt.outputs.store.lock import is_written
from ferqt.outputs.store.names import SESSION_NAME
from ferqt.outputs.store.state import SessionState
from ferqt.outputs.store.summary import read_summary
from ferqt.paths import make_folder

LIBRARY_NAME: Final = "library.db"
THUMBNAIL_NAME: Final = "thumbnail.jpg"
"""Name of the picture for lists in a session's folder; whoever makes one puts it there."""

_LOST: Final = ("SQLITE_NOTADB", "SQLITE_CORRUPT")
_APPLICATION_ID: Final = 0x4645524C
_VERSION: Final = 1
_COLUMNS: Final = (
    "id",
    "session_id",
    "title",
    "source",
    "source_sha256",
    "model_id",
    "model_sha256",
    "settings",
    "created",
    "duration_s",
    "frames",
    "faces",
    "state",
    "problem",
    "notes",
    "tags",
    "words",
    "stamp",
)
_TABLE: Final = """
CREATE TABLE IF NOT EXISTS sessions (
    id TEXT PRIMARY KEY,
    session_id TEXT NOT NULL,
    title TEXT NOT NULL,
    source TEXT NOT NULL,
    source_sha256 TEXT NOT NULL,
    model_id TEXT NOT NULL,
    model_sha256 TEXT NOT NULL,
    settings TEXT NOT NULL,
    created TEXT NOT NULL,
    duration_s REAL,
    frames INTEGER NOT NULL,
    faces INTEGER NOT NULL,
    state TEXT NOT NULL,
    problem TEXT NOT NULL,
    notes TEXT NOT NULL,
    tags TEXT NOT NULL,
    words TEXT NOT NULL,
    stamp TEXT NOT NULL
)
"""


class LibraryIndex:
    """A row for each session below a folder; opened anew for each use, so any thread may.

    Args:
        folder: Folder of the sessions; the index lies in it.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._path = folder / LIBRARY_NAME

    def follow(self, folders: Iterable[Path]) -> None:
        """Take up what changed in the sessions of these folders.

        Raises:
            OutputError: The index cannot be written.
            SessionError: It stays busy or is of a newer ferqt.
        """
        with self._opened() as connection:
            known = dict(connection.execute("SELECT id, stamp FROM sessions"))
            changed = [
                (folder, _row(folder, stamp))
                for folder in folders
                if (stamp := _stamp(folder)) != known.get(storable(folder.name))
            ]
            if not changed:
                return
            with transaction(connection):
                places = ", ".join("?" * len(_COLUMNS))
                connection.executemany(
                    f"REPLACE INTO sessions ({', '.join(_COLUMNS)}) VALUES ({places})",  # noqa: S608
                    # Whoever deletes a session takes its folder away before its row, so what is
                    # there now, while nobody else can write, is not left behind as a ghost.
                    [row for folder, row in changed if (folder / SESSION_NAME).is_file()],
                )

    def entries(self) -> list[tuple[LibraryEntry, str]]:
        """Return all sessions, the newest first, each with the words that a search finds it by.

        Raises:
            OutputError, SessionError: As `follow`.
        """
        with self._opened() as connection:
            rows = connection.execute(
                f"SELECT {', '.join(_COLUMNS)} FROM sessions ORDER BY created DESC, id DESC"  # noqa: S608
            ).fetchall()
        return [self._entry(dict(zip(_COLUMNS, row, strict=True))) for row in rows]

    def remove(self, ids: Iterable[str]) -> None:
        """Forget sessions, and leave no trace of them in the file.

        Raises:
            OutputError, SessionError: As `follow`.
        """
        with self._opened() as connection:
            with transaction(connection):
                connection.executemany(
                    "DELETE FROM sessions WHERE id = ?", [(storable(one),) for one in ids]
                )
            # Deleted rows are overwritten in the file (secure_delete); the log still has them.
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def _entry(self, row: dict[str, Any]) -> tuple[LibraryEntry, str]:
        words = row.pop("words")
        del row["stamp"]
        folder = self._folder / restored(row["id"])
        row["source"] = restored(row["source"])
        path = folder / SESSION_NAME
        thumbnail = folder / THUMBNAIL_NAME
        state = SessionState(row.pop("state"))
        if state is SessionState.RUNNING and not is_written(path):
            state = SessionState.INTERRUPTED
        entry = LibraryEntry(
            folder=folder,
            path=path,
            missing=not path.is_file(),
            state=state,
            settings=json.loads(row.pop("settings")),
            tags=tuple(json.loads(row.pop("tags"))),
            thumbnail=thumbnail if thumbnail.is_file() else None,
            **row,
        )
        return entry, words

    @contextmanager
    def _opened(self) -> Iterator[sqlite3.Connection]:
        with writing_failures(self._path):
            make_folder(self._folder)
            try:
                connection = self._connection()
            except sqlite3.DatabaseError as error:
                if getattr(error, "sqlite_errorname", _LOST[0]) not in _LOST:
                    raise
                self._drop()
                connection = self._connection()
            with closing(connection):
                yield connection

    def _connection(self) -> sqlite3.Connection:
        connection = connect(self._path, "rwc")
        try:
            if _version(connection, self._path) < _VERSION:
                write_ahead(connection)
                with transaction(connection):
                    connection.execute(_TABLE)
                    connection.execute(f"PRAGMA application_id = {_APPLICATION_ID}")
                    connection.execute(f"PRAGMA user_version = {_VERSION}")
            # An index that is lost is made anew; no commit of it is worth waiting for the disk.
            connection.execute("PRAGMA synchronous = NORMAL")
        except BaseException:
            connection.close()
            raise
        return connection

    def _drop(self) -> None:
        """Remove a damaged index: all it told stands in the sessions themselves.

        Kept aside, it would tell of sessions that are deleted later.
        """
        for suffix in ("", "-wal", "-shm"):
            self._path.with_name(LIBRARY_NAME + suffix).unlink(missing_ok=True)


def _version(connection: sqlite3.Connection, path: Path) -> int:
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    if version > _VERSION:
        raise SessionError(
            f"the library was written by a newer ferqt: '{path}'", "Install the newer ferqt."
        )
    if connection.execute("PRAGMA quick_check(1)").fetchone() != ("ok",):
        raise sqlite3.DatabaseError("the index is damaged")
    return int(version)


def _stamp(folder: Path) -> str:
    """What changes whenever a session's file does."""
    found = []
    for name in (SESSION_NAME, f"{SESSION_NAME}-wal"):
        with suppress(OSError):
            status = (folder / name).stat()
            found.append(f"{status.st_mtime_ns}:{status.st_size}")
    return " ".join(found)


def _row(folder: Path, stamp: str) -> tuple[Any, ...]:
    """The row of a session, in the order of `_COLUMNS`."""
    name = storable(folder.name)
    try:
        one = read_summary(folder / SESSION_NAME)
    except SessionError as error:
        failed = ("", name, "", "", "", "", "{}", "", None, 0, 0, SessionState.FAILED)
        # Without a stamp it is looked at again each time: it may only have been busy.
        return (name, *failed, error.message, "", "[]", folded(name), "")
    words = folded("\n".join((one.title, one.source, one.notes, *one.tags)))
    return (
        name,
        one.session_id,
        one.title,
        storable(one.source),
        storable(one.source_sha256),
        storable(one.model_id),
        storable(one.model_sha256),
        json.dumps(one.settings),
        one.created,
        one.duration_s,
        one.frames,
        one.faces,
        one.state,
        one.problem,
        one.notes,
        json.dumps(one.tags),
        storable(words),
        stamp,
    )
