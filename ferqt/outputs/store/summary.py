"""What a list of sessions tells of one, without reading its rows."""

import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from ferqt.outputs.store.columns import restored
from ferqt.outputs.store.lock import is_written
from ferqt.outputs.store.reader import opened_session, read_facts, read_tags
from ferqt.outputs.store.state import SessionState

_MOST_FACES: Final = 2**40


@dataclass(frozen=True, slots=True)
class SessionSummary:
    """What is known of a session before it is opened.

    Attributes:
        session_id: Given when it was begun, kept by copies.
        title: What people call it.
        source: Path of the source or its address; "" when it has none.
        notes: A person's own words.
        tags: A person's own keywords.
        state: How far it is.
        problem: Why it failed; else "".
        created: When it was begun, UTC, as ISO 8601 tells it.
        facts: What `metadata.json` holds, as far as it is known.
        frames: Number of frames that are stored.
        faces: Number of faces; in pictures, of faces read.
        duration_s: Length of the source in s; None when not known, as for pictures.
    """

    session_id: str
    title: str
    source: str
    notes: str
    tags: tuple[str, ...]
    state: SessionState
    problem: str
    created: str
    facts: Mapping[str, Any]
    frames: int
    faces: int
    duration_s: float | None

    @property
    def source_sha256(self) -> str:
        """Hash of the source's file; "" when it is none or not known yet."""
        return str(_inner(self.facts, "source").get("sha256", ""))

    @property
    def settings(self) -> Mapping[str, Any]:
        """The settings that change what is found; empty when not known yet."""
        return _inner(self.facts, "settings")

    @property
    def model_id(self) -> str:
        """Id of the model; "" when not known yet."""
        return str(_inner(self.facts, "model").get("id", ""))

    @property
    def model_sha256(self) -> str:
        """Hash of the file of the model that ran; "" when not known yet."""
        files = _inner(_inner(self.facts, "model"), "files")
        for kind in ("litert", "keras"):
            if digest := _inner(files, kind).get("sha256"):
                return str(digest)
        return ""


def read_summary(path: Path) -> SessionSummary:
    """Return what a list tells of a session; takes milliseconds.

    Raises:
        SessionError: There is none, it is damaged, busy, of a newer ferqt, or no session.
    """
    with opened_session(path) as connection:
        row = connection.execute(
            "SELECT id, title, source, notes, state, problem, created FROM session"
        ).fetchone()
        session_id, title, source, notes, state, problem, created = row
        facts = read_facts(connection)
        state = SessionState(state)
        if state is SessionState.RUNNING and not is_written(path):
            state = SessionState.INTERRUPTED
        return SessionSummary(
            session_id=str(session_id),
            title=str(title),
            source=restored(source),
            notes=str(notes),
            tags=read_tags(connection),
            state=state,
            problem=str(problem),
            created=str(created),
            facts=facts,
            frames=_count(connection, "frames"),
            faces=_faces(connection, facts),
            duration_s=_duration(connection, facts),
        )


def _faces(connection: sqlite3.Connection, facts: Mapping[str, Any]) -> int:
    # Ids start over in each picture, so only the analysis itself can count those faces.
    counted = _inner(facts, "results").get("faces")
    if not (isinstance(counted, int) and 0 <= counted <= _MOST_FACES):
        counted = _count(connection, "faces")
    # Each merge makes one face of two.
    return max(counted - _count(connection, "merges"), 0)


def _duration(connection: sqlite3.Connection, facts: Mapping[str, Any]) -> float | None:
    told = _inner(facts, "source").get("duration_s")
    if isinstance(told, int | float):
        return float(told)
    first, last = connection.execute(
        "SELECT min(media_time), max(media_time) FROM frames"
    ).fetchone()
    return None if first is None else float(last - first)


def _count(connection: sqlite3.Connection, table: str) -> int:
    (count,) = connection.execute(f"SELECT count(*) FROM {table}").fetchone()  # noqa: S608
    return int(count)


def _inner(facts: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    value = facts.get(key)
    return value if isinstance(value, Mapping) else {}
