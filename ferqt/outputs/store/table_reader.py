"""Reads the rows of a session into columns, as fast as Python's SQLite gives them."""

import sqlite3
from collections.abc import Sequence
from itertools import chain
from types import MappingProxyType
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from ferqt.core.blendshapes import BLENDSHAPES
from ferqt.core.people import People
from ferqt.core.session_table import NO_FACE, OtherScores, SessionTable
from ferqt.core.types import FloatArray
from ferqt.outputs.layout import RowLayout
from ferqt.outputs.store.columns import (
    BOX_COLUMNS,
    KEY_COLUMNS,
    POSE_COLUMNS,
    ReadingColumns,
    quoted,
    restored,
)
from ferqt.outputs.store.merging import merged_ids

_BY_KEY: Final = "ORDER BY frame, face_id"
_BY_FRAME: Final = "ORDER BY frame"


def read_table(
    connection: sqlite3.Connection, layout: RowLayout, people: People, blendshapes: bool
) -> SessionTable:
    """Return all rows of a session.

    Args:
        connection: The open session, in a transaction.
        layout: What its rows tell.
        people: Names and merges of its faces.
        blendshapes: Read those, too; they take twice the time of all the rest.

    Raises:
        ValueError: The rows do not belong together.
        sqlite3.Error: They cannot be read.
    """
    frames = _Frames(connection, layout)
    rows = _Rows(connection, frames.number)
    columns = ReadingColumns.of(layout)
    groups = list(columns.scores.values())
    # One walk over the table: each further one would cost as much as ten columns.
    blocks = [
        ["detection_confidence"],
        [*BOX_COLUMNS],
        [*POSE_COLUMNS],
        *([*group.names, group.uncertain] for group in groups),
    ]
    values = _numbers(
        connection, "readings", [name for block in blocks for name in block], rows.count
    )
    confidence, box, pose, *scores = np.split(
        values, np.cumsum([len(block) for block in blocks[:-1]]), axis=1
    )
    read = {
        group.kind: OtherScores(
            group.labels, rows.spread(block[:, :-1], np.float32), rows.spread(block[:, -1]) > 0
        )
        for group, block in zip(groups, scores, strict=True)
    }
    raw, smoothed = read.pop("scores"), read.pop("smoothed")
    face_id = merged_ids(rows.frame, rows.face_id, people.merged)
    table = SessionTable(
        labels=layout.labels,
        frame=rows.frame,
        timestamp=frames.time_s[rows.place],
        face_id=face_id.astype(np.int32),
        detection_confidence=rows.spread(confidence)[:, 0],
        box=rows.spread(box),
        scores=raw.scores,
        smoothed=smoothed.scores,
        uncertain=raw.uncertain,
        uncertain_smoothed=smoothed.uncertain,
        pose=rows.spread(pose),
        blendshapes=_blendshapes(connection, rows) if blendshapes else None,
        names=MappingProxyType(dict(people.names)),
        files=rows.texts(frames.files),
        others=MappingProxyType(read),
        models=rows.texts(frames.models),
        compared_models=rows.texts(frames.compared_models),
    )
    return table if not people.merged else table.taken(np.lexsort((face_id, rows.frame)))


class _Frames:
    """What is known of each frame.

    Attributes:
        number: int64, ascending.
        time_s: float64; NaN for pictures.
        files: Name of each picture; None for everything but pictures.
        models: Model that answered; None when it cannot change.
        compared_models: The same of the compared one.
    """

    def __init__(self, connection: sqlite3.Connection, layout: RowLayout) -> None:
        whole = _whole_numbers(connection, "frames", ("frame", "session_ms"), _BY_FRAME)
        times = _numbers(connection, "frames", ["media_time"], len(whole), _BY_FRAME)[:, 0]
        self.number = whole[:, 0].copy()
        picture = connection.execute("SELECT 1 FROM frames WHERE file IS NOT NULL LIMIT 1")
        self.files: list[str] | None = None
        if picture.fetchone() is None:
            # A live source has no timeline; its tables tell the time since it was opened.
            self.time_s = np.where(np.isnan(times), whole[:, 1] / 1000, times)
        else:
            self.time_s = times
            self.files = [restored(name) for name in _texts(connection, "file")]
        self.models = _texts(connection, "model") if layout.models else None
        compares = layout.models and layout.compared is not None
        self.compared_models = _texts(connection, "compare_model") if compares else None


class _Rows:
    """Which rows a table has: one for each reading, and one for each frame without any.

    Attributes:
        count: Number of readings.
        frame: int64, frame of each row.
        face_id: int64, id of each row as it was tracked; `NO_FACE` for a frame without a face.
        place: Where each row's frame stands among all frames.
    """

    def __init__(self, connection: sqlite3.Connection, frames: npt.NDArray[np.int64]) -> None:
        self._keys = _whole_numbers(connection, "readings", KEY_COLUMNS)
        self.count = len(self._keys)
        empty = frames[~np.isin(frames, self._keys[:, 0])]
        places = np.searchsorted(self._keys[:, 0], empty)
        self.frame = np.insert(self._keys[:, 0], places, empty)
        self.face_id = np.insert(self._keys[:, 1], places, NO_FACE)
        self.place = np.searchsorted(frames, self.frame)
        self._filled = self.face_id != NO_FACE
        if np.any(self.place >= len(frames)) or np.any(frames[self.place] != self.frame):
            raise ValueError("a reading belongs to no frame")

    def spread(self, values: npt.NDArray[Any], dtype: type = np.float64) -> npt.NDArray[Any]:
        """Return values of the readings as values of all rows, NaN where there is no face."""
        if len(self.frame) == self.count:
            return values.astype(dtype)
        spread = np.full((len(self.frame), *values.shape[1:]), np.nan, dtype)
        spread[self._filled] = values
        return spread

    def texts(self, of_frames: Sequence[str] | None) -> tuple[str, ...] | None:
        """Return texts of the frames as texts of all rows."""
        if of_frames is None:
            return None
        return tuple(of_frames[place] for place in self.place.tolist())

    def placed(self, keys: npt.NDArray[np.int64]) -> npt.NDArray[np.intp]:
        """Return where the readings with these keys stand among all readings."""
        places = np.searchsorted(_joined(self._keys), _joined(keys))
        if np.any(places >= self.count) or np.any(self._keys[places] != keys):
            raise ValueError("blendshapes belong to no reading")
        return places


def _joined(keys: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """Frame and id in one number; ids are far below 2 ** 31."""
    return (keys[:, 0] << 31) + keys[:, 1]


def _blendshapes(connection: sqlite3.Connection, rows: _Rows) -> FloatArray | None:
    keys = _whole_numbers(connection, "blendshapes", KEY_COLUMNS)
    if not len(keys):
        return None
    values = np.full((rows.count, len(BLENDSHAPES)), np.nan, np.float32)
    values[rows.placed(keys)] = _numbers(connection, "blendshapes", BLENDSHAPES, len(keys))
    return rows.spread(values, np.float32)


def _texts(connection: sqlite3.Connection, column: str) -> list[str]:
    rows = connection.execute(f"SELECT coalesce({column}, '') FROM frames {_BY_FRAME}")  # noqa: S608
    return [text for (text,) in rows]


def _whole_numbers(
    connection: sqlite3.Connection, table: str, names: Sequence[str], order: str = _BY_KEY
) -> npt.NDArray[np.int64]:
    rows = connection.execute(f"SELECT {', '.join(names)} FROM {table} {order}")  # noqa: S608
    return np.fromiter(chain.from_iterable(rows), np.int64).reshape(-1, len(names))


def _numbers(
    connection: sqlite3.Connection,
    table: str,
    names: Sequence[str],
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
