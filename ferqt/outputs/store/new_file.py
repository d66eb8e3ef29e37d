"""The file of a session that begins."""

import json
import secrets
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from ferqt.drafts import draft_of, noted
from ferqt.errors import OutputError
from ferqt.outputs.layout import RowLayout
from ferqt.outputs.store import schema
from ferqt.outputs.store.connection import opened, transaction
from ferqt.outputs.store.state import SessionState


def new_session_id() -> str:
    """Return a name for a session that no other has; such names sort by time."""
    return f"{datetime.now(UTC):%Y%m%d-%H%M%S}-{secrets.token_hex(4)}"


def source_name(facts: Mapping[str, Any]) -> str:
    """Return the name of the source as the facts tell it, "" when they do not."""
    source = facts.get("source")
    name = source.get("name") if isinstance(source, Mapping) else None
    return name if isinstance(name, str) else ""


def refuse_existing(path: Path) -> None:
    """Raise if there are results already.

    Raises:
        OutputError: There is a file.
    """
    if path.exists():
        raise OutputError(
            f"results are there already: '{path}'", "Choose another folder, or overwrite them."
        )


def make_file(
    path: Path, layout: RowLayout, facts: Mapping[str, Any], title: str, source: str
) -> None:
    """Put an empty session in its place whole: a program killed meanwhile leaves none.

    Args:
        path: Where to; an older session there is replaced.
        layout: What its rows will tell.
        facts: What is known so far.
        title: What people call it.
        source: Where its source is.

    Raises:
        OSError, sqlite3.Error: It cannot be written.
    """
    part = draft_of(path)
    with noted(part, part.with_name(f"{part.name}-journal")):
        try:
            _write_empty(part, layout, facts, title, source)
            for suffix in ("-wal", "-shm", "-journal"):
                path.with_name(path.name + suffix).unlink(missing_ok=True)
            part.replace(path)
        finally:
            part.unlink(missing_ok=True)


def _write_empty(
    part: Path, layout: RowLayout, facts: Mapping[str, Any], title: str, source: str
) -> None:
    with opened(part, "rwc") as connection, transaction(connection):
        schema.create_tables(connection, layout)
        connection.execute(
            "INSERT INTO session (id, title, source, state, created, layout) "
            "VALUES (?, ?, ?, ?, ?, ?)",
            (
                new_session_id(),
                title,
                source,
                SessionState.RUNNING,
                datetime.now(UTC).isoformat(timespec="milliseconds"),
                schema.layout_text(layout),
            ),
        )
        connection.executemany("INSERT INTO facts VALUES (?, ?)", fact_rows(facts))


def fact_rows(facts: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Return the rows of the table of facts; each value is JSON."""
    return [(key, json.dumps(value, allow_nan=False)) for key, value in facts.items()]
