"""The file of a session: what plain SQLite sees in it, its versions, and files that are none."""

import csv
import io
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from ferqt.core.emotions import FERPLUS8, LabelSet
from ferqt.core.session_document import SessionDocument
from ferqt.errors import OutputError, SessionError
from ferqt.outputs.frame_columns import FrameColumns
from ferqt.outputs.layout import RowLayout
from ferqt.outputs.store.editor import SessionEditor
from ferqt.outputs.store.reader import copy_session, open_session
from ferqt.outputs.store.schema import VERSION
from ferqt.outputs.store.writer import SessionWriter
from ferqt.pipeline.replay import frame_results
from tests.helpers.sessions import session_document, stored_session

ODD = LabelSet(
    "odd", ("frame", "Face_ID", 'say "cheese"', "x; DROP TABLE frames", "happy", "zäh", "HAPPY", "")
)


@pytest.fixture(scope="module")
def stored(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("stored")
    return stored_session(session_document(20, faces=3), folder / "session.db")


@pytest.fixture
def path(stored: Path, tmp_path: Path) -> Path:
    """A session that a test may damage."""
    return Path(shutil.copy(stored, tmp_path / "session.db"))


@pytest.fixture
def plain(path: Path) -> Iterator[sqlite3.Connection]:
    """The session as a program that knows nothing of ferqt opens it."""
    with closing(sqlite3.connect(path)) as connection:
        yield connection


def test_the_view_of_rows_tells_what_frames_csv_does(path: Path, plain: sqlite3.Connection) -> None:
    with SessionEditor(path) as editor:
        editor.merge_faces(3, 1)
        editor.rename_face(2, "Ada")
    cursor = plain.execute("SELECT * FROM rows ORDER BY frame, face_id")
    names = [column[0] for column in cursor.description]
    columns = FrameColumns.of(RowLayout(FERPLUS8))
    assert names == list(columns.names)
    rows = [row for result in frame_results(open_session(path)) for row in columns.rows(result)]
    seen = cursor.fetchall()
    assert len(seen) == len(rows) > 600
    for told, written in zip(seen, rows, strict=True):
        for name, value, cell in zip(names, told, written, strict=True):
            if isinstance(value, float):
                assert value == pytest.approx(float(cell), abs=0.005), name
            else:
                assert ("" if value is None else str(value)) == cell, name


def test_classes_may_have_any_name(tmp_path: Path) -> None:
    document = session_document(2, labels=ODD, additions=False)
    path = stored_session(document, tmp_path / "session.db")
    table = open_session(path).table
    assert table.labels == ODD
    np.testing.assert_array_equal(table.scores, document.table.scores)
    with closing(sqlite3.connect(path)) as connection:
        classes = dict(
            connection.execute("SELECT name, column_name FROM classes WHERE kind = 'scores'")
        )
        assert classes["frame"] == "frame_2"
        assert classes['say "cheese"'] == 'say "cheese"'
        assert classes["HAPPY"] == "HAPPY_2"
        assert connection.execute("SELECT count(*) FROM rows").fetchone()[0] == len(table)


def test_more_classes_than_a_table_has_room_for_are_refused(tmp_path: Path) -> None:
    many = LabelSet("many", tuple(f"class {number}" for number in range(1100)))
    with pytest.raises((OutputError, SessionError), match="too many columns"):
        SessionWriter.create(tmp_path / "session.db", RowLayout(many), {})
    assert list(tmp_path.glob("session*")) == []


def test_names_of_pictures_come_back_with_their_odd_bytes(tmp_path: Path) -> None:
    path = tmp_path / "session.db"
    results = list(frame_results(session_document(1, additions=False)))
    names = ("a.png", "b\udcff.png")
    with SessionWriter.create(path, RowLayout(FERPLUS8), {}) as writer:
        for name, result in zip(names, results, strict=False):
            writer.write(replace(result, media_time=None, name=name))
        writer.finish({"source": {"pictures": [{"name": names[1]}]}})
    document = open_session(path)
    assert document.table.files is not None
    assert set(document.table.files) == set(names)
    assert np.all(np.isnan(document.table.timestamp))
    assert document.facts["source"]["pictures"][0]["name"] == names[1]


def test_a_live_source_tells_the_time_since_it_was_opened(tmp_path: Path) -> None:
    path = tmp_path / "session.db"
    result = next(frame_results(session_document(1)))
    with SessionWriter.create(path, RowLayout(FERPLUS8), {}) as writer:
        writer.write(replace(result, media_time=None, session_ms=1234))
        writer.finish({})
    assert set(open_session(path).table.timestamp) == {1.234}


def test_a_session_is_copied_while_it_is_written(tmp_path: Path) -> None:
    path, copy = tmp_path / "session.db", tmp_path / "copy.db"
    results = list(frame_results(session_document(4, additions=False)))
    with SessionWriter.create(path, RowLayout(FERPLUS8), {}) as writer:
        for result in results[:60]:
            writer.write(result)
        writer.commit({"next": 60})
        for result in results[60:]:
            writer.write(result)
        copy_session(path, copy)
        with (
            closing(sqlite3.connect(path)) as source,
            closing(sqlite3.connect(":memory:")) as target,
        ):
            source.backup(target)
            assert target.execute("SELECT count(*) FROM frames").fetchone() == (60,)
        writer.commit({"next": 120})
        assert open_session(path).table.frame_count == 120
    with closing(sqlite3.connect(copy)) as plain:
        assert plain.execute("SELECT count(*) FROM frames").fetchone() == (60,)
        assert plain.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert plain.execute("PRAGMA journal_mode").fetchone() == ("delete",)
    assert not list(tmp_path.glob("copy.db?*"))


def version_1(path: Path, plain: sqlite3.Connection) -> None:
    """Turn a session into what the first version of the tables was."""
    plain.executescript("DROP VIEW rows; PRAGMA user_version = 1;")
    plain.close()


def test_a_session_of_version_1_is_read_without_changing_it(
    path: Path, plain: sqlite3.Connection
) -> None:
    before = open_session(path).table
    version_1(path, plain)
    content = path.read_bytes()
    np.testing.assert_array_equal(open_session(path).table.scores, before.scores)
    assert path.read_bytes() == content


def test_a_session_of_version_1_is_brought_up_when_it_is_changed(
    path: Path, plain: sqlite3.Connection
) -> None:
    before = open_session(path)
    version_1(path, plain)
    with SessionEditor(path) as editor:
        editor.set_notes("new")
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (VERSION,)
        (rows,) = connection.execute("SELECT count(*) FROM rows").fetchone()
    assert rows == len(before.table)
    after = open_session(path)
    assert (after.notes, after.markers, after.facts) == ("new", before.markers, before.facts)


def test_a_migration_that_fails_leaves_the_old_version(
    path: Path, plain: sqlite3.Connection
) -> None:
    plain.execute("UPDATE session SET layout = '{}'")
    plain.commit()
    version_1(path, plain)
    with pytest.raises(SessionError, match="damaged"):
        open_session(path)
    with pytest.raises(SessionError, match="damaged"):
        SessionEditor(path)
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (1,)


def test_a_file_of_a_newer_ferqt_is_named_as_such(path: Path, plain: sqlite3.Connection) -> None:
    plain.execute(f"PRAGMA user_version = {VERSION + 1}")
    with pytest.raises(SessionError, match="newer ferqt") as caught:
        open_session(path)
    assert caught.value.hint == "Install the newer ferqt."
    with pytest.raises(SessionError, match="newer ferqt"):
        SessionEditor(path)
    with pytest.raises(SessionError, match="newer ferqt"):
        SessionWriter.resume(path)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"face_id,frame\n1,2\n" * 300, "not a database"),
        (b"", "another program"),
    ],
)
def test_a_file_that_is_no_session_is_named_as_such(
    tmp_path: Path, content: bytes, message: str
) -> None:
    path = tmp_path / "session.db"
    path.write_bytes(content)
    with pytest.raises(SessionError, match=message) as caught:
        open_session(path)
    assert str(path) in caught.value.message
    with pytest.raises(SessionError, match=message):
        SessionEditor(path)
    assert path.read_bytes() == content


def test_a_database_of_another_program_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "session.db"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE frames (frame)")
    for use in (open_session, SessionEditor, SessionWriter.resume):
        with pytest.raises(SessionError, match="another program"):
            use(path)


@pytest.mark.parametrize("name", ["missing.db", "."])
def test_a_session_that_is_not_there_is_named_as_such(tmp_path: Path, name: str) -> None:
    with pytest.raises(SessionError, match="there is no session"):
        open_session(tmp_path / name)
    assert list(tmp_path.iterdir()) == []


def test_a_cut_or_scribbled_file_opens_or_says_that_it_is_damaged(path: Path, stored: Path) -> None:
    whole = stored.read_bytes()
    rng = np.random.default_rng(0)
    messages = []
    for number in range(60):
        content = bytearray(whole)
        if number % 3 == 0:
            del content[int(rng.integers(100, len(content))) :]
        else:
            start = int(rng.integers(100, len(content) - 5000))
            content[start : start + 5000] = rng.bytes(5000)
        path.write_bytes(content)
        try:
            open_session(path)
        except SessionError as error:
            messages.append(error.message)
    assert len(messages) > 30
    assert all("damaged" in message or "no session" in message for message in messages)


HARM = {
    "an endless view": """
        DROP TABLE readings;
        CREATE VIEW readings AS WITH RECURSIVE n(frame) AS (SELECT 1 UNION ALL SELECT frame FROM n)
        SELECT * FROM n;
    """,
    "texts for numbers": "UPDATE readings SET x = 'wide'",
    "texts for frames": "UPDATE markers SET frame = 'x', media_time = 'y'",
    "faces in no frame": "DELETE FROM frames WHERE frame = 100",
    "facts that are no JSON": "UPDATE facts SET value = '{'",
    "facts that are nested deep": f"UPDATE facts SET value = '{'[' * 100_000}'",
    "a range that ends first": "INSERT INTO excluded VALUES (5, 2)",
    "no layout": "UPDATE session SET layout = '[]'",
    "no session": "DELETE FROM session",
    "a face without number": "UPDATE readings SET face_id = 0 WHERE frame = 1 AND face_id = 1",
    "a lost column": "ALTER TABLE readings RENAME COLUMN x TO z",
}


@pytest.mark.parametrize("harm", HARM.values(), ids=HARM)
def test_a_session_made_to_do_harm_is_refused(
    path: Path, plain: sqlite3.Connection, harm: str
) -> None:
    plain.executescript(f"DROP VIEW rows; {harm};")
    plain.close()
    with pytest.raises(SessionError, match="damaged"):
        open_session(path)


def csv_text(document: SessionDocument) -> str:
    """The document as frames.csv has it."""
    text = io.StringIO()
    rows = FrameColumns.of(RowLayout(document.table.labels))
    for result in frame_results(document):
        csv.writer(text).writerows(rows.rows(result))
    return text.getvalue()


def test_a_finished_session_opens_where_nothing_can_be_written(path: Path) -> None:
    path.chmod(0o444)
    path.parent.chmod(0o555)
    try:
        assert len(csv_text(open_session(path)).splitlines()) > 600
    finally:
        path.parent.chmod(0o755)
