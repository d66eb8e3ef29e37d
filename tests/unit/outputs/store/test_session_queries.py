"""The queries of docs/sessions.md run, and answer what they say."""

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from ferqt.core.emotions import FERPLUS8
from ferqt.core.session_document import SessionDocument
from ferqt.core.session_table import NO_FACE
from ferqt.outputs.store.schema import APPLICATION_ID, VERSION
from tests.helpers.sessions import session_document, stored_session

PAGE = (Path(__file__).resolve().parents[4] / "docs/sessions.md").read_text("utf-8")
QUERIES = re.findall(r"```sql\n(.*?)```", PAGE, re.DOTALL)


@pytest.fixture(scope="module")
def document() -> SessionDocument:
    return session_document(40)


@pytest.fixture(scope="module")
def plain(
    document: SessionDocument, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[sqlite3.Connection]:
    path = stored_session(document, tmp_path_factory.mktemp("session") / "session.db")
    with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as connection:
        connection.row_factory = sqlite3.Row
        yield connection


def test_shares_of_expressions(document: SessionDocument, plain: sqlite3.Connection) -> None:
    table = document.table
    (out,) = document.excluded
    kept = (table.timestamp < out.start_s) | (table.timestamp >= out.end_s)
    rows = plain.execute(QUERIES[0]).fetchall()
    assert {row["face_id"] for row in rows} == {1, 2}
    for row in rows:
        mine = kept & (table.face_id == row["face_id"])
        tops = table.scores[mine].argmax(axis=1)
        frames = np.count_nonzero(tops == FERPLUS8.index(row["expression"]))
        assert row["frames"] == frames
        assert row["share"] == pytest.approx(frames / len(tops), abs=0.001)
        assert row["face_label"] == table.names.get(row["face_id"], "")


def test_means_over_time(document: SessionDocument, plain: sqlite3.Connection) -> None:
    table = document.table
    rows = plain.execute(QUERIES[1]).fetchall()
    assert [row["from_s"] for row in rows] == [0, 10, 20, 30]
    for row in rows:
        mine = (table.face_id == 1) & (table.timestamp // 10 * 10 == row["from_s"])
        assert row["frames"] == np.count_nonzero(mine)
        happy = table.scores[mine][:, FERPLUS8.index("happy")].mean()
        assert row["happy"] == pytest.approx(float(happy), abs=1e-5)
        assert row["certain"] == pytest.approx(float(1 - table.uncertain[mine].mean()))


def test_what_follows_a_marker(document: SessionDocument, plain: sqlite3.Connection) -> None:
    table = document.table
    (marker,) = document.markers
    rows = plain.execute(QUERIES[2]).fetchall()
    after = (table.timestamp >= marker.time_s) & (table.timestamp < marker.time_s + 2)
    assert sum(row["frames"] for row in rows) == np.count_nonzero(
        after & (table.face_id != NO_FACE)
    )
    assert {(row["label"], row["media_time"]) for row in rows} == {(marker.label, marker.time_s)}


def test_the_page_names_every_table_and_column(plain: sqlite3.Connection) -> None:
    def names(sql: str) -> set[str]:
        return {row[0] for row in plain.execute(sql)}

    tables = names("SELECT name FROM sqlite_master WHERE type = 'table'")
    told: Any = re.findall(r"`(\w+)`", PAGE)
    assert tables <= set(told)
    for table in ("session", "frames", "markers", "merges", "excluded", "classes"):
        columns = names(f"SELECT name FROM pragma_table_info('{table}')")
        assert columns - {"only_row", "id"} <= set(told), table
    assert f"0x{APPLICATION_ID:X}" in PAGE
    assert f"now {VERSION}." in PAGE
