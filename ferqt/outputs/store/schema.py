"""The tables of a session's file, their version, and how older ones are brought up to it.

docs/sessions.md describes them for people who open the file with other programs.
"""

import json
import re
import sqlite3
from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

from ferqt.core.blendshapes import BLENDSHAPES
from ferqt.core.emotions import LabelSet
from ferqt.errors import FerqtError, SessionError
from ferqt.outputs.layout import RowLayout
from ferqt.outputs.store.columns import KEY_COLUMNS, ReadingColumns, quoted, storable
from ferqt.outputs.store.connection import transaction
from ferqt.outputs.store.view import rows_view

APPLICATION_ID: Final = 0x46455251
"""Stands in the header of each session's file: "FERQ"."""

VERSION: Final = 2
"""Version of the tables; raised with each change, which needs a step in `_STEPS`."""

_TABLES: Final = """
CREATE TABLE session (
    only_row INTEGER PRIMARY KEY CHECK (only_row = 1),
    id TEXT NOT NULL,
    title TEXT NOT NULL,
    source TEXT NOT NULL,
    notes TEXT NOT NULL DEFAULT '',
    state TEXT NOT NULL,
    problem TEXT NOT NULL DEFAULT '',
    created TEXT NOT NULL,
    layout TEXT NOT NULL
);
CREATE TABLE tags (tag TEXT NOT NULL UNIQUE);
CREATE TABLE facts (key TEXT NOT NULL UNIQUE, value TEXT NOT NULL);
CREATE TABLE classes (
    kind TEXT NOT NULL,
    position INTEGER NOT NULL,
    name TEXT NOT NULL,
    column_name TEXT NOT NULL,
    PRIMARY KEY (kind, position)
);
CREATE TABLE frames (
    frame INTEGER PRIMARY KEY,
    media_time REAL,
    session_ms INTEGER NOT NULL,
    file TEXT,
    model TEXT,
    compare_model TEXT
);
CREATE TABLE faces (face_id INTEGER PRIMARY KEY, name TEXT NOT NULL DEFAULT '');
CREATE TABLE merges (face_id INTEGER PRIMARY KEY, into_id INTEGER NOT NULL);
CREATE TABLE markers (
    id INTEGER PRIMARY KEY,
    label TEXT NOT NULL,
    note TEXT NOT NULL,
    media_time REAL,
    session_ms INTEGER NOT NULL,
    frame INTEGER NOT NULL
);
CREATE TABLE excluded (start_s REAL NOT NULL, end_s REAL NOT NULL);
CREATE TABLE checkpoint (only_row INTEGER PRIMARY KEY CHECK (only_row = 1), state TEXT NOT NULL);
"""

_NEEDED: Final = frozenset(re.findall(r"CREATE TABLE (\w+)", _TABLES)) | {"readings", "blendshapes"}


def _add_view(connection: sqlite3.Connection) -> None:
    (layout,) = connection.execute("SELECT layout FROM session").fetchone()
    connection.execute(rows_view(read_layout(layout)))


_STEPS: Final[Mapping[int, Callable[[sqlite3.Connection], None]]] = MappingProxyType({1: _add_view})
"""By version: what makes the tables of that version those of the next."""


def create_tables(connection: sqlite3.Connection, layout: RowLayout) -> None:
    """Make the tables of an empty session.

    Raises:
        sqlite3.Error: They cannot be made, as with more classes than a table has room for.
    """
    columns = ReadingColumns.of(layout)
    for statement in _TABLES.split(";"):
        connection.execute(statement)
    values = [f"{quoted(name)} {_type(name, columns)}" for name in columns.names]
    connection.execute(
        f"CREATE TABLE readings ({', '.join(values)}, PRIMARY KEY (frame, face_id)) WITHOUT ROWID"
    )
    shapes = ", ".join(f"{quoted(name)} REAL" for name in BLENDSHAPES)
    connection.execute(
        "CREATE TABLE blendshapes (frame INTEGER NOT NULL, face_id INTEGER NOT NULL, "
        f"{shapes}, PRIMARY KEY (frame, face_id)) WITHOUT ROWID"
    )
    connection.executemany(
        "INSERT INTO classes VALUES (?, ?, ?, ?)",
        [
            (kind, position, storable(name), column)
            for kind, group in columns.scores.items()
            for position, (name, column) in enumerate(
                zip(group.labels.names, group.names, strict=True)
            )
        ],
    )
    connection.execute(rows_view(layout))
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.execute(f"PRAGMA user_version = {VERSION}")


def version_of(connection: sqlite3.Connection, path: Path) -> int:
    """Return the version of a session's tables.

    Raises:
        SessionError: It is another program's database, or one of a newer ferqt.
        sqlite3.Error: It is no database, or damaged.
    """
    (application,) = connection.execute("PRAGMA application_id").fetchone()
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    if application != APPLICATION_ID or version < 1:
        raise SessionError(
            f"no session: '{path}' is a database of another program",
            "Choose a session.db that ferqt wrote.",
        )
    if version > VERSION:
        raise SessionError(
            f"the session was written by a newer ferqt: '{path}' has version {version}, "
            f"this ferqt knows {VERSION}",
            "Install the newer ferqt.",
        )
    # A view or a virtual table in the place of a table could run for ever.
    tables = connection.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND rootpage > 0"
    )
    if not {name for (name,) in tables} >= _NEEDED:
        raise SessionError(
            f"the session is damaged: '{path}' lacks tables", "Analyze the source again."
        )
    return int(version)


def migrate(connection: sqlite3.Connection, path: Path) -> None:
    """Bring the tables of an older session up to `VERSION`, entirely or not at all.

    Raises:
        SessionError: As `version_of`.
        sqlite3.Error: The file cannot be written.
    """
    if version_of(connection, path) == VERSION:
        return
    with transaction(connection):
        # Another program may have been faster.
        for version in range(version_of(connection, path), VERSION):
            _STEPS[version](connection)
        connection.execute(f"PRAGMA user_version = {VERSION}")


def layout_text(layout: RowLayout) -> str:
    """Return a layout as JSON."""
    return json.dumps(
        {
            "labels": _labels_value(layout.labels),
            "baseline": layout.baseline,
            "compared": None if layout.compared is None else _labels_value(layout.compared),
            "models": layout.models,
            "blendshapes": layout.blendshapes,
        }
    )


def read_layout(text: str) -> RowLayout:
    """Return the layout that a session was written with.

    Raises:
        ValueError: It is no layout.
    """
    value = json.loads(text)
    try:
        compared = value["compared"]
        return RowLayout(
            _labels(value["labels"]),
            baseline=bool(value["baseline"]),
            compared=None if compared is None else _labels(compared),
            models=bool(value["models"]),
            blendshapes=bool(value.get("blendshapes", False)),
        )
    except (KeyError, TypeError, FerqtError) as error:
        raise ValueError(f"no layout of rows: {error}") from error


def _labels_value(labels: LabelSet) -> dict[str, Any]:
    return {"id": labels.id, "names": list(labels.names)}


def _labels(value: Mapping[str, Any]) -> LabelSet:
    return LabelSet(str(value["id"]), tuple(str(name) for name in value["names"]))


def _type(name: str, columns: ReadingColumns) -> str:
    if name in KEY_COLUMNS:
        return "INTEGER NOT NULL"
    flags = {group.uncertain for group in columns.scores.values()}
    return "INTEGER" if name in flags else "REAL"
