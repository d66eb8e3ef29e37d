"""What is written to a session comes back as it was, and nothing else does."""

import sqlite3
import time
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest

from ferqt.core.emotions import FERPLUS8
from ferqt.core.session_document import SessionDocument
from ferqt.errors import OutputError, SessionError
from ferqt.outputs.frames_csv import FramesCsv
from ferqt.outputs.layout import RowLayout
from ferqt.outputs.store.connection import Mode, connect
from ferqt.outputs.store.editor import SessionEditor
from ferqt.outputs.store.reader import open_session
from ferqt.outputs.store.writer import SessionWriter
from ferqt.pipeline.replay import frame_results
from tests.helpers.sessions import session_document, stored_session

LAYOUT = RowLayout(FERPLUS8)


@pytest.fixture(scope="module")
def document() -> SessionDocument:
    return session_document(20, blendshapes=True, additions=False)


def write(document: SessionDocument, path: Path) -> SessionDocument:
    """Through the writer, frame by frame, and back."""
    with SessionWriter.create(path, LAYOUT, {"complete": False}) as writer:
        for number, result in enumerate(frame_results(document)):
            writer.write(result)
            if number % 50 == 49:
                writer.commit({"frames": number + 1})
        writer.finish(document.facts)
    return open_session(path)


def test_a_session_comes_back_with_every_digit(document: SessionDocument, tmp_path: Path) -> None:
    back = write(document, tmp_path / "session.db")
    assert_equal_tables(back, document)
    assert back.facts == document.facts
    assert list(back.facts) == list(document.facts)
    assert back.title == "talk.mp4"
    age = datetime.now(UTC) - datetime.fromisoformat(back.created)
    assert timedelta(0) <= age < timedelta(minutes=5)


def assert_equal_tables(one: SessionDocument, other: SessionDocument) -> None:
    for name in type(one.table).__slots__:
        first, second = getattr(one.table, name), getattr(other.table, name)
        if isinstance(first, np.ndarray):
            np.testing.assert_array_equal(first, second, err_msg=name)
            assert first.dtype == second.dtype, name
        else:
            assert first == second, name


def test_a_table_made_from_a_session_equals_the_one_made_live(
    document: SessionDocument, tmp_path: Path
) -> None:
    texts = []
    for number, one in enumerate((document, write(document, tmp_path / "session.db"))):
        path = tmp_path / f"{number}.csv"
        with FramesCsv(path, LAYOUT) as sink:
            for result in frame_results(one):
                sink.write(result)
        texts.append(path.read_bytes())
    assert texts[0] == texts[1]
    assert texts[0].count(b"\n") == len(document.table) + 1


def test_a_resumed_session_ends_with_the_rows_of_an_unbroken_one(
    document: SessionDocument, tmp_path: Path
) -> None:
    path = tmp_path / "session.db"
    results = list(frame_results(document))
    with SessionWriter.create(path, LAYOUT, {"complete": False}) as writer:
        for result in results[:100]:
            writer.write(result)
        writer.commit({"next": 100})
        for result in results[100:130]:
            writer.write(result)
    writer, checkpoint = SessionWriter.resume(path)
    assert checkpoint == {"next": 100}
    assert writer.last_frame == results[99].index
    with writer:
        for result in results[100:]:
            writer.write(result)
        writer.finish(document.facts)
    assert_equal_tables(open_session(path), document)


def test_a_session_without_a_commit_resumes_at_its_beginning(tmp_path: Path) -> None:
    path = tmp_path / "session.db"
    SessionWriter.create(path, LAYOUT, {"complete": False}).close()
    writer, checkpoint = SessionWriter.resume(path)
    with writer:
        assert checkpoint is None
        assert writer.last_frame is None


def test_an_analysis_that_was_stopped_keeps_its_commits_and_resumes(
    document: SessionDocument, tmp_path: Path
) -> None:
    path = tmp_path / "session.db"
    results = list(frame_results(document))
    writer = SessionWriter.create(path, LAYOUT, {})
    for result in results[:10]:
        writer.write(result)
    writer.commit({"next": 10})
    writer.write(results[10])
    writer.finish({"complete": False})
    assert open_session(path).table.frame_count == 10
    writer, checkpoint = SessionWriter.resume(path)
    writer.close()
    assert checkpoint == {"next": 10}


def test_a_finished_session_is_one_file_and_cannot_be_resumed(
    document: SessionDocument, tmp_path: Path
) -> None:
    write(document, tmp_path / "session.db")
    assert [path.name for path in tmp_path.iterdir()] == ["session.db"]
    with pytest.raises(SessionError, match="finished"):
        SessionWriter.resume(tmp_path / "session.db")


def test_an_older_session_is_replaced_only_when_asked(tmp_path: Path) -> None:
    path = stored_session(session_document(2), tmp_path / "session.db")
    with pytest.raises(OutputError, match="there already"):
        SessionWriter.create(path, LAYOUT, {})
    assert len(open_session(path).table) > 0
    SessionWriter.create(path, LAYOUT, {}, overwrite=True).close()
    assert len(open_session(path).table) == 0


def test_a_second_program_cannot_write_the_same_session(tmp_path: Path) -> None:
    path = tmp_path / "session.db"
    with SessionWriter.create(path, LAYOUT, {}):
        with pytest.raises(OutputError, match="another program"):
            SessionWriter.resume(path)
        with pytest.raises(OutputError, match="another program"):
            SessionWriter.create(path, LAYOUT, {}, overwrite=True)


def test_a_frame_is_never_written_twice(document: SessionDocument, tmp_path: Path) -> None:
    result = next(frame_results(document))
    with SessionWriter.create(tmp_path / "session.db", LAYOUT, {}) as writer:
        writer.write(result)
        with pytest.raises(ValueError, match="frame 0"):
            writer.write(replace(result, session_ms=5))


def test_rows_without_a_commit_wait_on_disk_and_nobody_sees_them(
    document: SessionDocument, tmp_path: Path
) -> None:
    path = tmp_path / "session.db"
    log = tmp_path / "session.db-wal"
    result = next(frame_results(document))
    with SessionWriter.create(path, LAYOUT, {}) as writer:
        for index in range(9000):
            writer.write(replace(result, index=index))
        assert log.stat().st_size > 1_000_000
        assert open_session(path).table.frame_count == 0
        writer.commit({})
        assert open_session(path).table.frame_count == 9000


def test_a_full_disk_is_told_and_leaves_what_was_committed(
    document: SessionDocument, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "session.db"

    def small_disk(path: Path, mode: Mode) -> sqlite3.Connection:
        connection = connect(path, mode)
        (pages,) = connection.execute("PRAGMA page_count").fetchone()
        connection.execute(f"PRAGMA max_page_count = {pages + 30}")
        return connection

    monkeypatch.setattr("ferqt.outputs.store.writer.connect", small_disk)
    committed = 0

    def fill(writer: SessionWriter) -> None:
        nonlocal committed
        for number, result in enumerate(frame_results(document), start=1):
            writer.write(result)
            writer.commit({"next": number})
            committed = number

    with SessionWriter.create(path, LAYOUT, {}) as writer:
        with pytest.raises(OutputError, match="no room left") as caught:
            fill(writer)
        assert caught.value.hint == "Free some space on that disk and resume."
        with pytest.raises(OutputError, match="closed"):
            writer.commit({})
    monkeypatch.undo()
    writer, checkpoint = SessionWriter.resume(path)
    writer.close()
    assert checkpoint == {"next": committed}
    assert open_session(path).table.frame_count == committed > 0


def test_a_session_that_is_taken_away_is_told_at_the_next_commit(
    document: SessionDocument, tmp_path: Path
) -> None:
    folder = tmp_path / "session"
    with SessionWriter.create(folder / "session.db", LAYOUT, {}) as writer:
        results = list(frame_results(document))
        writer.write(results[0])
        writer.commit({})
        moved = folder.rename(tmp_path / "elsewhere")
        writer.write(results[1])
        with pytest.raises(OutputError, match="was moved or deleted"):
            writer.commit({})
    assert not folder.exists()
    assert open_session(moved / "session.db").table.frame_count == 1


def test_a_session_ends_at_once_while_another_program_reads_it(
    document: SessionDocument, tmp_path: Path
) -> None:
    path = tmp_path / "session.db"
    writer = SessionWriter.create(path, LAYOUT, {})
    for result in frame_results(document):
        writer.write(result)
    writer.commit({})
    with closing(sqlite3.connect(path)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM frames").fetchone()
        begin = time.monotonic()
        writer.finish(document.facts)
        assert time.monotonic() - begin < 1
    assert_equal_tables(open_session(path), document)
    with SessionEditor(path) as editor:
        editor.set_notes("later")
    assert open_session(path).notes == "later"
