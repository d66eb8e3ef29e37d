"""Opens a stored session as the columns that everything else works with."""

import json
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path
from types import MappingProxyType
from typing import Any

from ferqt.core.markers import Marker
from ferqt.core.people import People
from ferqt.core.session_document import SessionDocument, TimeRange
from ferqt.errors import SessionError
from ferqt.outputs.store import schema
from ferqt.outputs.store.columns import restored
from ferqt.outputs.store.connection import (
    connect,
    reading_failures,
    sound_values,
    writing_failures,
)
from ferqt.outputs.store.table_reader import read_table


def open_session(path: Path, *, blendshapes: bool = True) -> SessionDocument:
    """Return a stored session, as far as it was committed when it is still being written.

    Args:
        path: The session's file.
        blendshapes: Read the blendshapes, too; they take twice the time of all the rest.

    Raises:
        SessionError: There is none, it is damaged, busy, of a newer ferqt, or no session.
    """
    with opened_session(path) as connection:
        row = connection.execute(
            "SELECT title, source, notes, layout, created FROM session"
        ).fetchone()
        title, source, notes, layout, created = row
        return SessionDocument(
            title=str(title),
            table=read_table(
                connection, schema.read_layout(layout), read_people(connection), blendshapes
            ),
            markers=read_markers(connection),
            excluded=read_excluded(connection),
            facts=read_facts(connection),
            source=restored(source),
            notes=str(notes),
            tags=read_tags(connection),
            created=str(created),
        )


def copy_session(path: Path, target: Path) -> None:
    """Copy a session as it was last committed, whole also while it is written.

    Raises:
        SessionError: It cannot be read.
        OutputError: The copy cannot be written.
    """
    with (
        opened_session(path) as connection,
        writing_failures(target),
        closing(connect(target, "rwc")) as copy,
    ):
        connection.backup(copy)
        copy.execute("PRAGMA journal_mode = DELETE")


@contextmanager
def opened_session(path: Path) -> Iterator[sqlite3.Connection]:
    """Open a session for reading, in one state from the first value to the last.

    Raises:
        SessionError: There is none, it is damaged, busy, of a newer ferqt, or no session.
    """
    if not path.is_file():
        raise SessionError(f"there is no session: '{path}'", "Choose a session.db.")
    with reading_failures(path), sound_values(path):
        connection = connect(path, "ro")
        try:
            if schema.version_of(connection, path) < schema.VERSION:
                connection = _migrated(connection, path)
            connection.execute("BEGIN")
            yield connection
        finally:
            connection.close()


def _migrated(connection: sqlite3.Connection, path: Path) -> sqlite3.Connection:
    """The same session in memory with today's tables: opening one for reading changes no file."""
    copy = sqlite3.connect(":memory:", isolation_level=None)
    with closing(connection):
        connection.backup(copy)
    schema.migrate(copy, path)
    return copy


def read_people(connection: sqlite3.Connection) -> People:
    """Return names and merges of the faces."""
    names = connection.execute("SELECT face_id, name FROM faces WHERE name <> ''")
    merges = connection.execute("SELECT face_id, into_id FROM merges")
    return People(
        {int(face_id): str(name) for face_id, name in names},
        {int(face_id): int(into_id) for face_id, into_id in merges},
    )


def read_markers(connection: sqlite3.Connection) -> tuple[Marker, ...]:
    """Return the markers in the order of time."""
    rows = connection.execute(
        "SELECT session_ms, media_time, frame, label, note FROM markers ORDER BY id"
    )
    markers = (
        Marker(
            int(ms), None if time_s is None else float(time_s), int(frame), str(label), str(note)
        )
        for ms, time_s, frame, label, note in rows
    )
    return tuple(sorted(markers, key=lambda marker: marker.time_s))


def read_excluded(connection: sqlite3.Connection) -> tuple[TimeRange, ...]:
    """Return the excluded ranges in the order of time."""
    rows = connection.execute("SELECT start_s, end_s FROM excluded ORDER BY start_s")
    return tuple(TimeRange(float(start_s), float(end_s)) for start_s, end_s in rows)


def read_tags(connection: sqlite3.Connection) -> tuple[str, ...]:
    """Return the tags in the order in which they were given."""
    return tuple(str(tag) for (tag,) in connection.execute("SELECT tag FROM tags ORDER BY rowid"))


def read_facts(connection: sqlite3.Connection) -> Mapping[str, Any]:
    """Return the facts in the order of `metadata.json`."""
    rows = connection.execute("SELECT key, value FROM facts ORDER BY rowid")
    return MappingProxyType({key: json.loads(value) for key, value in rows})


def _number(value: Any) -> float | None:
    return None if value is None else float(value)
