"""Opens a stored session as the columns that everything else works with."""

import json
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from itertools import chain
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from ferqt.core.blendshapes import BLENDSHAPES
from ferqt.core.markers import Marker
from ferqt.core.people import People
from ferqt.core.session_document import SessionDocument, TimeRange
from ferqt.core.session_table import NO_FACE, SessionTable
from ferqt.core.types import FloatArray
from ferqt.errors import SessionError
from ferqt.outputs.store import schema
from ferqt.outputs.store.columns import (
    BOX_COLUMNS,
    KEY_COLUMNS,
    POSE_COLUMNS,
    ReadingColumns,
    quoted,
    restored,
)
from ferqt.outputs.store.connection import connect, reading_failures
from ferqt.outputs.store.merging import merged_ids

_BY_KEY: Final = "ORDER BY frame, face_id"


def open_session(path: Path, *, blendshapes: bool = True) -> SessionDocument:
    """Return a stored session, as far as it was committed when it is still being written.

    Args:
        path: The session's file.
        blendshapes: Read the blendshapes, too; they take twice the time of all the rest.

    Raises:
        SessionError: There is none, it is damaged, busy, of a newer ferqt, or no session.
    """
    with opened_session(path) as connection:
        row = connection.execute("SELECT title, source, notes, layout FROM session").fetchone()
        title, source, notes, layout = row
        columns = ReadingColumns.of(schema.read_layout(layout))
        return SessionDocument(
            title=title,
            table=_table(connection, columns, blendshapes),
            markers=read_markers(connection),
            excluded=read_excluded(connection),
            facts=read_facts(connection),
            source=restored(source),
            notes=notes,
            tags=read_tags(connection),
        )


def copy_session(path: Path, target: Path) -> None:
    """Copy a session as it was last committed, whole also while it is written.

    Raises:
        SessionError: It cannot be read.
    """
    with opened_session(path) as connection, closing(connect(target, "rwc")) as copy:
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
    with reading_failures(path):
        connection = connect(path, "ro")
        try:
            if schema.version_of(connection, path) < schema.VERSION:
                connection = _migrated(connection, path)
            connection.execute("BEGIN")
            yield connection
        except (ValueError, TypeError, OverflowError, RecursionError) as error:
            raise SessionError(
                f"the session is damaged: '{path}': {error}",
                "Analyze the source again, or use a copy.",
            ) from error
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
    return People(dict(names), dict(connection.execute("SELECT face_id, into_id FROM merges")))


def read_markers(connection: sqlite3.Connection) -> tuple[Marker, ...]:
    """Return the markers in the order of time."""
    rows = connection.execute(
        "SELECT session_ms, media_time, frame, label, note FROM markers ORDER BY id"
    )
    return tuple(sorted((Marker(*row) for row in rows), key=lambda marker: marker.time_s))


def read_excluded(connection: sqlite3.Connection) -> tuple[TimeRange, ...]:
    """Return the excluded ranges in the order of time."""
    rows = connection.execute("SELECT start_s, end_s FROM excluded ORDER BY start_s")
    return tuple(TimeRange(*row) for row in rows)


def read_tags(connection: sqlite3.Connection) -> tuple[str, ...]:
    """Return the tags in the order in which they were given."""
    return tuple(tag for (tag,) in connection.execute("SELECT tag FROM tags ORDER BY rowid"))


def read_facts(connection: sqlite3.Connection) -> Mapping[str, Any]:
    """Return the facts in the order of `metadata.json`."""
    rows = connection.execute("SELECT key, value FROM facts ORDER BY rowid")
    return MappingProxyType({key: json.loads(value) for key, value in rows})


def _table(
    connection: sqlite3.Connection, columns: ReadingColumns, blendshapes: bool
) -> SessionTable:
    frames, times, files = _frames(connection)
    rows = _Rows(connection, frames)
    scores, smoothed = columns.scores["scores"], columns.scores["smoothed"]
    # One walk over the table: each further one would cost as much as ten columns.
    names = [
        "detection_confidence",
        *BOX_COLUMNS,
        *POSE_COLUMNS,
        *scores.names,
        *smoothed.names,
        scores.uncertain,
        smoothed.uncertain,
    ]
    values = _numbers(connection, "readings", names, rows.count)
    count = len(scores.names)
    confidence, box, pose, raw, mixed, flags = np.split(
        values, np.cumsum((1, len(BOX_COLUMNS), len(POSE_COLUMNS), count, count)), axis=1
    )
    people = read_people(connection)
    face_id = merged_ids(rows.frame, rows.face_id, people.merged)
    order = None if not people.merged else np.lexsort((face_id, rows.frame))
    uncertain = rows.spread(flags) > 0
    table = SessionTable(
        labels=scores.labels,
        frame=rows.frame,
        timestamp=times[rows.frame_row],
        face_id=face_id.astype(np.int32),
        detection_confidence=rows.spread(confidence)[:, 0],
        box=rows.spread(box),
        scores=rows.spread(raw, np.float32),
        smoothed=rows.spread(mixed, np.float32),
        uncertain=uncertain[:, 0],
        uncertain_smoothed=uncertain[:, 1],
        pose=rows.spread(pose),
        blendshapes=_blendshapes(connection, rows) if blendshapes else None,
        names=MappingProxyType(dict(people.names)),
        files=None if files is None else tuple(files[row] for row in rows.frame_row),
    )
    return table if order is None else table.taken(order)


class _Rows:
    """Which rows a table has: one for each reading, and one for each frame without any.

    Attributes:
        count: Number of readings.
        frame: int64, frame of each row.
        face_id: int64, id of each row as it was tracked; `NO_FACE` for a frame without a face.
        frame_row: Where each row's frame stands among all frames.
    """

    def __init__(self, connection: sqlite3.Connection, frames: npt.NDArray[np.int64]) -> None:
        keys = _whole_numbers(connection, "readings", KEY_COLUMNS)
        self._keys = keys
        self.count = len(keys)
        seen = np.isin(frames, keys[:, 0])
        empty = frames[~seen]
        places = np.searchsorted(keys[:, 0], empty)
        self.frame = np.insert(keys[:, 0], places, empty)
        self.face_id = np.insert(keys[:, 1], places, NO_FACE)
        self._filled = self.face_id != NO_FACE
        self.frame_row = np.searchsorted(frames, self.frame)
        if np.any(self.frame_row >= len(frames)) or np.any(frames[self.frame_row] != self.frame):
            raise ValueError("a reading belongs to no frame")

    def spread(self, values: npt.NDArray[Any], dtype: type = np.float64) -> npt.NDArray[Any]:
        """Return values of the readings as values of all rows, NaN where there is no face."""
        if len(self.frame) == self.count:
            return values.astype(dtype)
        spread = np.full((len(self.frame), *values.shape[1:]), np.nan, dtype)
        spread[self._filled] = values
        return spread

    def placed(self, keys: npt.NDArray[np.int64]) -> npt.NDArray[np.intp]:
        """Return where the readings with these keys stand among all readings."""
        # Frames and ids are whole numbers far below 2 ** 31, so a key fits one number.
        places = np.searchsorted(_joined(self._keys), _joined(keys))
        if np.any(places >= self.count) or np.any(self._keys[places] != keys):
            raise ValueError("blendshapes belong to no reading")
        return places


def _joined(keys: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    return (keys[:, 0] << 31) + keys[:, 1]


def _frames(
    connection: sqlite3.Connection,
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.float64], list[str] | None]:
    """Number, time in s and, for pictures, file of each frame."""
    frames = _whole_numbers(connection, "frames", ("frame", "session_ms"), "ORDER BY frame")
    times = _numbers(connection, "frames", ["media_time"], len(frames), "ORDER BY frame")[:, 0]
    pictures = connection.execute("SELECT 1 FROM frames WHERE file IS NOT NULL LIMIT 1").fetchone()
    if pictures is not None:
        files = connection.execute("SELECT coalesce(file, '') FROM frames ORDER BY frame")
        return frames[:, 0].copy(), times, [restored(name) for (name,) in files]
    # A live source has no time of its own; its tables tell the time since it was opened.
    return frames[:, 0].copy(), np.where(np.isnan(times), frames[:, 1] / 1000, times), None


def _blendshapes(connection: sqlite3.Connection, rows: _Rows) -> FloatArray | None:
    keys = _whole_numbers(connection, "blendshapes", KEY_COLUMNS)
    if not len(keys):
        return None
    values = np.full((rows.count, len(BLENDSHAPES)), np.nan, np.float32)
    values[rows.placed(keys)] = _numbers(connection, "blendshapes", BLENDSHAPES, len(keys))
    return rows.spread(values, np.float32)


def _whole_numbers(
    connection: sqlite3.Connection, table: str, names: tuple[str, ...], order: str = _BY_KEY
) -> npt.NDArray[np.int64]:
    rows = connection.execute(f"SELECT {', '.join(names)} FROM {table} {order}")  # noqa: S608
    return np.fromiter(chain.from_iterable(rows), np.int64).reshape(-1, len(names))


def _numbers(
    connection: sqlite3.Connection,
    table: str,
    names: list[str] | tuple[str, ...],
    count: int,
    order: str = _BY_KEY,
) -> npt.NDArray[np.float64]:
    """The values of some columns, rows x columns; NaN where nothing is known."""
    # numpy takes no None, and a NaN has no name in SQL: 9e999 overflows to infinity.
    wanted = ", ".join(f"coalesce({quoted(name)}, 9e999)" for name in names)
    rows = connection.execute(f"SELECT {wanted} FROM {table} {order}")  # noqa: S608
    values = np.fromiter(chain.from_iterable(rows), np.float64, count * len(names))
    values[np.isinf(values)] = np.nan
    return values.reshape(count, len(names))
