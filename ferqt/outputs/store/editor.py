"""What a person adds to a session; each change is on disk when its method returns."""

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from ferqt.core.closing import Closing
from ferqt.core.markers import Marker
from ferqt.core.people import People
from ferqt.core.session_document import TimeRange
from ferqt.errors import SessionError
from ferqt.outputs.store import schema
from ferqt.outputs.store.columns import storable
from ferqt.outputs.store.connection import (
    connect,
    reading_failures,
    sound_values,
    transaction,
    writing_failures,
)
from ferqt.outputs.store.reader import read_excluded, read_markers, read_people, read_tags


class SessionEditor(Closing):
    """Changes what people say about a session, never its readings.

    Works while the session is analyzed, too. Used by one thread at a time; a change takes some
    milliseconds, and seconds when another program writes, so it does not belong on the GUI thread.
    Every method raises OutputError when the file cannot be written and SessionError when it is
    damaged or stays busy.

    Args:
        path: The session's file.

    Raises:
        SessionError: There is none, it is damaged, of a newer ferqt, or no session.
        OutputError: It cannot be written.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        if not path.is_file():
            raise SessionError(f"there is no session: '{path}'", "Choose a session.db.")
        with writing_failures(path), sound_values(path):
            self._connection = connect(path, "rw")
            try:
                schema.migrate(self._connection, path)
            except BaseException:
                self._connection.close()
                raise

    @property
    def markers(self) -> tuple[Marker, ...]:
        """The markers in the order of time."""
        with reading_failures(self._path):
            return read_markers(self._connection)

    @property
    def excluded(self) -> tuple[TimeRange, ...]:
        """The excluded ranges in the order of time; they never touch each other."""
        with reading_failures(self._path):
            return read_excluded(self._connection)

    @property
    def people(self) -> People:
        """Names and merges of the faces."""
        with reading_failures(self._path):
            return read_people(self._connection)

    @property
    def tags(self) -> tuple[str, ...]:
        """The tags in the order in which they were given."""
        with reading_failures(self._path):
            return read_tags(self._connection)

    def add_marker(self, marker: Marker) -> None:
        """Add a marker."""
        with self._change() as connection:
            connection.execute(
                "INSERT INTO markers (label, note, media_time, session_ms, frame) "
                "VALUES (?, ?, ?, ?, ?)",
                _marker_values(marker),
            )

    def change_marker(self, marker: Marker, changed: Marker) -> None:
        """Put another marker in the place of one.

        Raises:
            SessionError: There is no such marker; another program removed it.
        """
        with self._change() as connection:
            cursor = connection.execute(
                "UPDATE markers "  # noqa: S608
                "SET label = ?, note = ?, media_time = ?, session_ms = ?, frame = ? "
                f"WHERE id = ({_THAT_MARKER})",
                (*_marker_values(changed), *_marker_values(marker)),
            )
            if not cursor.rowcount:
                raise SessionError(
                    f"there is no marker '{marker.label}' at {marker.time_s:g} s any more",
                    "Open the session again.",
                )

    def remove_marker(self, marker: Marker) -> None:
        """Remove a marker; harmless when it is gone already."""
        with self._change() as connection:
            connection.execute(
                f"DELETE FROM markers WHERE id = ({_THAT_MARKER})",  # noqa: S608
                _marker_values(marker),
            )

    def exclude(self, part: TimeRange) -> None:
        """Leave a stretch out of statistics, with what it touches as one."""
        with self._change() as connection:
            start_s, end_s = part.start_s, part.end_s
            kept = []
            for one in read_excluded(connection):
                if one.start_s <= end_s and one.end_s >= start_s:
                    start_s, end_s = min(start_s, one.start_s), max(end_s, one.end_s)
                else:
                    kept.append(one)
            self._set_excluded([*kept, TimeRange(start_s, end_s)])

    def include(self, part: TimeRange) -> None:
        """Take a stretch into statistics again; what reaches beyond it stays left out."""
        with self._change() as connection:
            kept = []
            for one in read_excluded(connection):
                before = (one.start_s, min(one.end_s, part.start_s))
                after = (max(one.start_s, part.end_s), one.end_s)
                kept += [TimeRange(*rest) for rest in (before, after) if rest[0] < rest[1]]
            self._set_excluded(kept)

    def rename_face(self, face_id: int, name: str) -> People:
        """Name a face, "" for no name, and return who is who now."""
        with self._change():
            return self._set_people(read_people(self._connection).renamed(face_id, storable(name)))

    def merge_faces(self, face_id: int, into: int) -> People:
        """Let a face go by another one's id, and return who is who now.

        The readings keep the id that was tracked; it is exchanged when they are read.

        Raises:
            FerqtError: Both are one face already.
        """
        with self._change():
            return self._set_people(read_people(self._connection).merged_into(face_id, into))

    def split_face(self, face_id: int) -> People:
        """Let a face that was merged go by its own id again, and return who is who now."""
        with self._change():
            people = read_people(self._connection)
            merged = {gone: stays for gone, stays in people.merged.items() if gone != face_id}
            return self._set_people(People(people.names, merged))

    def set_title(self, title: str) -> None:
        """Call the session something else."""
        self._set("title", title.strip())

    def set_notes(self, notes: str) -> None:
        """Replace the notes."""
        self._set("notes", notes)

    def set_tags(self, tags: Iterable[str]) -> None:
        """Replace the tags; empty ones, and the same again in other letters, are left out."""
        chosen: dict[str, str] = {}
        for tag in tags:
            if cleaned := " ".join(storable(tag).split()):
                chosen.setdefault(cleaned.casefold(), cleaned)
        with self._change() as connection:
            connection.execute("DELETE FROM tags")
            connection.executemany(
                "INSERT INTO tags VALUES (?)", [(tag,) for tag in chosen.values()]
            )

    def close(self) -> None:
        """Close the file; harmless when repeated."""
        self._connection.close()

    def _set(self, column: str, text: str) -> None:
        with self._change() as connection:
            connection.execute(f"UPDATE session SET {column} = ?", (storable(text),))  # noqa: S608

    def _set_excluded(self, ranges: Iterable[TimeRange]) -> None:
        self._connection.execute("DELETE FROM excluded")
        self._connection.executemany(
            "INSERT INTO excluded VALUES (?, ?)", [(one.start_s, one.end_s) for one in ranges]
        )

    def _set_people(self, people: People) -> People:
        self._connection.execute("UPDATE faces SET name = ''")
        self._connection.executemany(
            "INSERT INTO faces VALUES (?, ?) "
            "ON CONFLICT (face_id) DO UPDATE SET name = excluded.name",
            people.names.items(),
        )
        self._connection.execute("DELETE FROM merges")
        self._connection.executemany("INSERT INTO merges VALUES (?, ?)", people.merged.items())
        return people

    @contextmanager
    def _change(self) -> Iterator[sqlite3.Connection]:
        with writing_failures(self._path), transaction(self._connection):
            yield self._connection


_THAT_MARKER = (
    "SELECT min(id) FROM markers WHERE label = ? AND note = ? AND media_time IS ? "
    "AND session_ms = ? AND frame = ?"
)


def _marker_values(marker: Marker) -> tuple[str, str, float | None, int, int]:
    return (
        storable(marker.label),
        storable(marker.note),
        marker.media_time,
        marker.session_ms,
        marker.frame,
    )
