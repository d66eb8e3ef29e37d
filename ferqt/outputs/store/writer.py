"""Writes a session while it is analyzed, so that a program that is killed can go on with it."""

import json
import os
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, Final, Self

from ferqt.core.addresses import without_credentials
from ferqt.core.blendshapes import BLENDSHAPES
from ferqt.core.closing import Closing
from ferqt.core.types import FaceResult, FrameResult
from ferqt.errors import OutputError, SessionError
from ferqt.outputs.layout import RowLayout
from ferqt.outputs.store import schema
from ferqt.outputs.store.columns import ReadingColumns, Value, storable
from ferqt.outputs.store.connection import (
    connect,
    reading_failures,
    sound_values,
    write_ahead,
    writing_failures,
)
from ferqt.outputs.store.lock import SessionLock
from ferqt.outputs.store.new_file import fact_rows, make_file, refuse_existing, source_name
from ferqt.outputs.store.state import SessionState
from ferqt.paths import make_folder

_BUFFERED_ROWS: Final = 4096
"""Rows kept in memory between two commits, about 2 MB. What comes beyond goes into the unfinished
transaction, which SQLite keeps on disk."""


class SessionWriter(Closing):
    """Takes the results of one source in the order of its frames, and commits them in pieces.

    A piece and the checkpoint that belongs to it reach the disk together or not at all. What was
    committed outlives the program's death at any moment. A power cut may take the last pieces, as
    wholes, and never damages the file: that is SQLite's WAL with `synchronous=NORMAL`, and as the
    checkpoint goes with its rows, all that is lost is time. `finish` waits for the disk.

    Made by `create` or `resume`; used by one thread at a time. Closed without `finish`, a session
    counts as interrupted.

    Attributes:
        path: The session's file.
        layout: What the rows tell.
    """

    def __init__(self, path: Path, lock: SessionLock) -> None:
        self.path = path
        self._lock = lock
        self._rows: list[list[Value]] = []
        self._frames: list[tuple[Value, ...]] = []
        self._shapes: list[list[Value]] = []
        self._names: dict[int, str] = {}
        self._closed = False
        self._connection = connect(path, "rw")
        try:
            schema.migrate(self._connection, path)
            write_ahead(self._connection)
            self._connection.execute("PRAGMA synchronous = NORMAL")
            (text,) = self._connection.execute("SELECT layout FROM session").fetchone()
            self.layout = schema.read_layout(text)
        except BaseException:
            self._connection.close()
            raise
        self._columns = ReadingColumns.of(self.layout)
        self._insert_row = _insert("readings", len(self._columns.names))
        # A frame that comes twice is a mistake of the engine, which no session may hide.
        self._last_frame = -1 if self.last_frame is None else self.last_frame

    @classmethod
    def create(
        cls,
        path: Path,
        layout: RowLayout,
        facts: Mapping[str, Any],
        *,
        title: str = "",
        source: str = "",
        overwrite: bool = False,
    ) -> Self:
        """Begin a session.

        Args:
            path: File to write; its folder is made if it is not there.
            layout: What the rows tell; settled for the whole session.
            facts: What is known so far of what `metadata.json` will hold.
            title: What people call it; "" for the source's name in the facts.
            source: Path or address of the source; a path is kept from the root on, an address
                without credentials.
            overwrite: Replace an older session; otherwise one is never touched.

        Raises:
            OutputError: There is one already, another program is writing it, or it cannot be
                written.
        """
        with writing_failures(path):
            make_folder(path.parent)
        lock = SessionLock(path)
        place = _place(source)
        try:
            if not overwrite:
                refuse_existing(path)
            with writing_failures(path):
                make_file(
                    path,
                    layout,
                    facts,
                    storable(title or source_name(facts) or Path(place).name),
                    storable(place),
                )
                return cls(path, lock)
        except BaseException:
            lock.release()
            raise

    @classmethod
    def resume(cls, path: Path) -> tuple[Self, dict[str, Any] | None]:
        """Go on with a session that was interrupted, after its last commit.

        Returns:
            The writer, and the checkpoint of the last commit; None when nothing was committed, and
            the analysis begins at its beginning.

        Raises:
            SessionError: There is none, it is finished, damaged, or of a newer ferqt.
            OutputError: Another program is writing it, or it cannot be written.
        """
        if not path.is_file():
            raise SessionError(f"there is no session to resume: '{path}'", "Begin a new one.")
        lock = SessionLock(path)
        try:
            with writing_failures(path), sound_values(path):
                writer = cls(path, lock)
                try:
                    checkpoint = writer._reopen()
                except BaseException:
                    writer._connection.close()
                    raise
        except BaseException:
            lock.release()
            raise
        return writer, checkpoint

    @property
    def facts(self) -> dict[str, Any]:
        """What was said of the session so far."""
        with reading_failures(self.path):
            rows = self._connection.execute("SELECT key, value FROM facts ORDER BY rowid")
            return {key: json.loads(value) for key, value in rows}

    @property
    def last_frame(self) -> int | None:
        """Number of the last frame that was committed; None without one."""
        with reading_failures(self.path):
            (frame,) = self._connection.execute("SELECT max(frame) FROM frames").fetchone()
        return None if frame is None else int(frame)

    def write(self, result: FrameResult) -> None:
        """Take what was read from one frame; it lasts from the next `commit` on.

        Raises:
            OutputError: The disk is full; the writer can only be closed then.
            ValueError: The frame does not come after the one before.
        """
        if result.index <= self._last_frame:
            raise ValueError(f"frame {result.index} comes after frame {self._last_frame}")
        self._last_frame = result.index
        models = (result.model_id, result.other_model_id) if self.layout.models else (None, None)
        self._frames.append(
            (
                result.index,
                result.media_time,
                result.session_ms,
                storable(result.name) or None,
                *models,
            )
        )
        for face in result.faces:
            self._rows.append(self._columns.row(result.index, face))
            self._take_face(result.index, face)
        if len(self._rows) + len(self._frames) >= _BUFFERED_ROWS:
            with self._whole_or_nothing():
                self._send()

    def commit(self, checkpoint: Mapping[str, Any]) -> None:
        """Make everything written so far last, and with it what is needed to go on from here.

        Args:
            checkpoint: State of the engine after the last frame that was written: values that
                JSON knows.

        Raises:
            OutputError: The disk is full; what was committed before stays whole, and the writer
                can only be closed.
        """
        text = json.dumps(checkpoint)
        with self._whole_or_nothing():
            self._send()
            self._connection.execute("REPLACE INTO checkpoint VALUES (1, ?)", (text,))
            self._connection.execute("COMMIT")

    def finish(self, facts: Mapping[str, Any]) -> None:
        """Say that the analysis has ended, and close the session.

        With `"complete": false` in the facts it was stopped: what came after the last commit is
        left out, and it can be resumed. Else it is done and cannot. A finished session is one
        file, which can be moved and opened for reading anywhere.

        Raises:
            OutputError: The disk is full; what was committed before stays whole.
        """
        complete = bool(facts.get("complete", True))
        rows = fact_rows(facts)
        state = SessionState.DONE if complete else SessionState.INTERRUPTED
        with self._whole_or_nothing():
            if not complete:
                self._drop()
            self._send()
            self._connection.execute("DELETE FROM facts")
            self._connection.executemany("INSERT INTO facts VALUES (?, ?)", rows)
            self._connection.execute(
                "UPDATE session SET state = ?, title = coalesce(nullif(title, ''), ?)",
                (state, storable(source_name(facts))),
            )
            if complete:
                self._connection.execute("DELETE FROM checkpoint")
            self._connection.execute("COMMIT")
            self._fold()
        self.close()

    def fail(self, problem: str) -> None:
        """Say why the analysis broke off, and close the session; it can be resumed.

        Raises:
            OutputError: The disk is full; what was committed before stays whole.
        """
        with self._whole_or_nothing():
            self._drop()
            self._connection.execute(
                "UPDATE session SET state = ?, problem = ?",
                (SessionState.FAILED, storable(problem)),
            )
            self._fold()
        self.close()

    def close(self) -> None:
        """Leave what was committed, forget the rest; harmless when repeated."""
        if self._closed:
            return
        self._closed = True
        with suppress(sqlite3.Error):
            self._drop()
        self._connection.close()
        self._lock.release()

    def _reopen(self) -> dict[str, Any] | None:
        (state,) = self._connection.execute("SELECT state FROM session").fetchone()
        if state == SessionState.DONE:
            raise SessionError(
                f"the session is finished: '{self.path}'", "Open it, or overwrite it."
            )
        self._connection.execute(
            "UPDATE session SET state = ?, problem = ''", (SessionState.RUNNING,)
        )
        row = self._connection.execute("SELECT state FROM checkpoint").fetchone()
        checkpoint = None if row is None else json.loads(row[0])
        if checkpoint is not None and not isinstance(checkpoint, dict):
            raise ValueError("its checkpoint is no object")
        return checkpoint

    def _take_face(self, frame: int, face: FaceResult) -> None:
        shapes = face.face.box.blendshapes
        if shapes is not None:
            self._shapes.append([frame, face.face.track_id, *shapes.tolist()])
        self._names.setdefault(face.face.track_id, storable(face.name))

    def _begin(self) -> None:
        if not self._connection.in_transaction:
            self._connection.execute("BEGIN IMMEDIATE")

    def _send(self) -> None:
        """Hand the buffered rows to SQLite, in the transaction that the next commit ends."""
        self._begin()
        many = self._connection.executemany
        many(_insert("frames", 6), self._frames)
        many(self._insert_row, self._rows)
        many(_insert("blendshapes", 2 + len(BLENDSHAPES)), self._shapes)
        many("INSERT OR IGNORE INTO faces VALUES (?, ?)", self._names.items())
        self._forget()

    def _drop(self) -> None:
        """Forget everything since the last commit."""
        self._forget()
        if self._connection.in_transaction:
            self._connection.execute("ROLLBACK")

    def _forget(self) -> None:
        self._frames.clear()
        self._rows.clear()
        self._shapes.clear()
        self._names.clear()

    def _fold(self) -> None:
        """Make the session one file, unless another program looks at it just now."""
        with suppress(sqlite3.OperationalError):
            self._connection.execute("PRAGMA busy_timeout = 0")
            self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            self._connection.execute("PRAGMA journal_mode = DELETE")

    def _check_place(self) -> None:
        """Raise if the file is gone: the system lets a program write on into a deleted one."""
        if not os.path.exists(self.path):  # noqa: PTH110 - a disk that is gone is no error there
            raise OutputError(
                f"the session was moved or deleted while it was written: '{self.path}'",
                "Leave it in its place, and analyze the source again.",
            )

    @contextmanager
    def _whole_or_nothing(self) -> Iterator[None]:
        if self._closed:
            raise OutputError(f"the session is closed: '{self.path}'", "Resume it.")
        try:
            self._check_place()
            with writing_failures(self.path):
                yield
        except BaseException:
            self.close()
            raise


def _place(source: str) -> str:
    """Where the source is, in words that may be kept and hold wherever the session is opened."""
    if "://" in source:
        return without_credentials(source)
    path = Path(source)
    # A camera's number and "demo" are no paths.
    return str(path.absolute()) if source and path.exists() else source


def _insert(table: str, count: int) -> str:
    return f"INSERT INTO {table} VALUES ({', '.join('?' * count)})"  # noqa: S608
