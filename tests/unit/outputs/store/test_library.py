"""The library lists what lies in its folder, finds it, and leaves nothing of what is deleted."""

import shutil
import sqlite3
from contextlib import closing, suppress
from pathlib import Path
from threading import Timer
from typing import Any

import pytest

from ferqt.core.emotions import FERPLUS8
from ferqt.errors import OutputError, SessionError
from ferqt.outputs.layout import RowLayout
from ferqt.outputs.store.editor import SessionEditor
from ferqt.outputs.store.index import LIBRARY_NAME
from ferqt.outputs.store.library import Library
from ferqt.outputs.store.reader import open_session
from ferqt.outputs.store.state import SessionState
from ferqt.outputs.store.summary import SessionSummary, read_summary
from ferqt.outputs.store.writer import SessionWriter
from tests.helpers.sessions import session_document, stored_session

DOCUMENT = session_document(2)
LAYOUT = RowLayout(FERPLUS8)


@pytest.fixture
def library(tmp_path: Path) -> Library:
    return Library(tmp_path / "sessions")


def added(library: Library, title: str = "", notes: str = "", tags: tuple[str, ...] = ()) -> str:
    folder = library.new_folder()
    path = stored_session(DOCUMENT, folder / "session.db")
    with SessionEditor(path) as editor:
        editor.set_notes(notes)
        editor.set_tags(tags)
        if title:
            editor.set_title(title)
    return folder.name


def ids(library: Library, *args: str, **options: object) -> set[str]:
    return {entry.id for entry in library.sessions(*args, **options)}  # type: ignore[arg-type]


def test_a_library_begins_empty_in_the_users_data_folder(user_home: Path) -> None:
    library = Library()
    assert library.sessions() == ()
    assert library.folder == user_home / "ferqt/data/sessions"


def test_an_entry_tells_where_a_session_comes_from(library: Library) -> None:
    (entry,) = (library.entry(added(library, tags=("pilot",))),)
    assert entry.title == "talk.mp4"
    assert entry.path == library.folder / entry.id / "session.db"
    assert (entry.source, entry.source_sha256) == ("/films/talk.mp4", "0" * 64)
    assert entry.source_missing
    assert (entry.model_id, entry.model_sha256) == ("model", "1" * 64)
    assert entry.settings["detector"] == {"id": "mediapipe"}
    assert (entry.duration_s, entry.frames, entry.faces) == (2.0, 60, 2)
    assert entry.state is SessionState.DONE
    assert entry.tags == ("pilot",)
    assert entry.created.endswith("+00:00")
    assert not entry.missing
    assert entry.thumbnail is None
    (entry.folder / "thumbnail.jpg").touch()
    assert library.entry(entry.id).thumbnail == entry.folder / "thumbnail.jpg"


def test_words_are_found_in_title_source_notes_and_tags(library: Library) -> None:
    one = added(library, title="Käthe 1", notes="Too dark", tags=("pilot",))
    two = added(library, title="Interview", tags=("Pilot", "100%"))
    assert ids(library) == {one, two}
    assert ids(library, "kathe") == {one}
    assert ids(library, "DARK pil") == {one}
    assert ids(library, "films") == {one, two}
    assert ids(library, "0%") == {two}
    assert ids(library, "pilot nowhere") == set()
    assert ids(library, tag="pilot") == {one, two}
    assert ids(library, tag="100%") == {two}
    assert ids(library, state=SessionState.FAILED) == set()
    assert library.tags() == ("100%", "Pilot")


def test_edits_show_wherever_they_are_made(library: Library) -> None:
    session = added(library)
    with library.editing(session) as editor:
        editor.set_notes("By the library")
    assert library.entry(session).notes == "By the library"
    with SessionEditor(library.entry(session).path) as editor:
        editor.set_notes("By the window")
    assert library.entry(session).notes == "By the window"


def test_faces_that_were_merged_count_as_one(library: Library) -> None:
    session = added(library)
    assert library.entry(session).faces == 2
    with library.editing(session) as editor:
        editor.merge_faces(2, 1)
    assert library.entry(session).faces == 1


def test_deleting_leaves_nothing(library: Library) -> None:
    gone = added(library, notes="Unforgettable words")
    stays = added(library)
    (library.folder / gone / "frames.csv").touch()
    assert ids(library) == {gone, stays}
    library.delete(gone)
    assert ids(library) == {stays}
    assert {path.name for path in library.folder.iterdir() if path.is_dir()} == {stays}
    for path in library.folder.iterdir():
        if path.is_file():
            assert b"nforgettable" not in path.read_bytes(), path.name
            assert gone.encode() not in path.read_bytes(), path.name
    with pytest.raises(SessionError, match="no session"):
        library.delete(gone)


def test_a_deletion_that_a_crash_broke_off_is_finished(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = added(library)
    assert ids(library) == {session}
    with monkeypatch.context() as crashing, suppress(KeyboardInterrupt):
        crashing.setattr(shutil, "rmtree", interrupted)
        library.delete(session)
    assert not (library.folder / session).exists()
    assert ids(Library(library.folder)) == set()
    assert [path.name for path in library.folder.iterdir() if path.is_dir()] == []


def interrupted(_: Path) -> None:
    raise KeyboardInterrupt


def test_a_session_whose_files_are_gone_is_shown_as_such(library: Library) -> None:
    session = added(library, title="Lost")
    assert ids(library) == {session}
    shutil.rmtree(library.folder / session)
    entry = library.entry(session)
    assert entry.missing
    assert entry.title == "Lost"
    library.delete(session)
    assert ids(library) == set()


def test_a_damaged_session_says_so_and_can_be_deleted(library: Library) -> None:
    session = added(library)
    (library.folder / session / "session.db").write_bytes(b"nothing" * 1000)
    entry = library.entry(session)
    assert entry.state is SessionState.FAILED
    assert "not a database" in entry.problem
    library.delete(session)
    assert ids(library) == set()


@pytest.mark.parametrize("damage", [None, b"", b"nothing" * 1000])
def test_a_lost_index_is_made_anew(library: Library, damage: bytes | None) -> None:
    session = added(library, notes="Still here", tags=("pilot",))
    before = library.sessions()
    index = library.folder / LIBRARY_NAME
    index.unlink()
    if damage is not None:
        index.write_bytes(damage)
    assert library.sessions() == before
    assert library.entry(session).notes == "Still here"


def test_an_index_with_a_damaged_page_is_made_anew(library: Library) -> None:
    added(library)
    before = library.sessions()
    index = library.folder / LIBRARY_NAME
    content = bytearray(index.read_bytes())
    content[4096:] = b"\xff" * (len(content) - 4096)
    index.write_bytes(content)
    assert library.sessions() == before


def test_an_index_that_another_program_is_making_is_waited_for(library: Library) -> None:
    session_id = added(library)
    path = library.folder / LIBRARY_NAME
    assert not path.exists()
    with closing(sqlite3.connect(path, isolation_level=None, check_same_thread=False)) as other:
        other.execute("BEGIN IMMEDIATE")
        done = Timer(0.3, lambda: other.execute("COMMIT"))
        done.start()
        assert [entry.id for entry in library.sessions()] == [session_id]
        done.join()


def test_an_index_of_a_newer_ferqt_is_left_alone(library: Library) -> None:

    added(library)
    library.sessions()
    with sqlite3.connect(library.folder / LIBRARY_NAME) as connection:
        connection.execute("PRAGMA user_version = 99")
    connection.close()
    with pytest.raises(SessionError, match="newer ferqt"):
        library.sessions()


def test_a_session_is_running_while_it_is_written_and_interrupted_after(library: Library) -> None:
    folder = library.new_folder()
    with SessionWriter.create(folder / "session.db", LAYOUT, {}, title="Now"):
        assert library.entry(folder.name).state is SessionState.RUNNING
        with pytest.raises(OutputError, match="another program"):
            library.delete(folder.name)
    assert library.entry(folder.name).state is SessionState.INTERRUPTED


def test_a_failed_session_tells_why(library: Library) -> None:
    folder = library.new_folder()
    SessionWriter.create(folder / "session.db", LAYOUT, {}).fail("the disk is gone")
    entry = library.entry(folder.name)
    assert (entry.state, entry.problem) == (SessionState.FAILED, "the disk is gone")


def test_a_session_made_elsewhere_is_copied(library: Library, tmp_path: Path) -> None:
    place = tmp_path / "results"
    stored_session(DOCUMENT, place / "session.db")
    entry = library.adopt(place)
    assert entry.title == "talk.mp4"
    assert len(open_session(entry.path).table) == len(DOCUMENT.table)
    with pytest.raises(SessionError, match="already"):
        library.adopt(place / "session.db")
    library.delete(entry.id)
    assert (place / "session.db").is_file()
    assert library.adopt(place).title == "talk.mp4"


def test_a_session_that_is_being_written_is_not_adopted(library: Library, tmp_path: Path) -> None:
    path = tmp_path / "results" / "session.db"
    with SessionWriter.create(path, LAYOUT, {}), pytest.raises(OutputError, match="being written"):
        library.adopt(path)
    assert library.adopt(path).state is SessionState.INTERRUPTED


def test_credentials_of_a_stream_are_not_kept(library: Library) -> None:
    folder = library.new_folder()
    address = "rtsp://me:secret@camera.lan/door?token=hidden"
    SessionWriter.create(folder / "session.db", LAYOUT, {}, source=address).close()
    assert library.entry(folder.name).source == "rtsp://camera.lan/door?token=***"
    content = (folder / "session.db").read_bytes()
    assert b"secret" not in content
    assert b"hidden" not in content


@pytest.mark.parametrize(
    ("source", "kept", "missing"),
    [
        ("talk.mp4", "{here}/talk.mp4", False),
        ("/nowhere/talk.mp4", "/nowhere/talk.mp4", True),
        ("rtsp://camera.lan/door", "rtsp://camera.lan/door", False),
        ("0", "0", False),
        ("demo", "demo", False),
        ("", "", False),
    ],
)
def test_a_source_is_found_again_from_anywhere(
    library: Library,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    source: str,
    kept: str,
    missing: bool,
) -> None:
    (tmp_path / "talk.mp4").touch()
    folder = library.new_folder()
    with monkeypatch.context() as there:
        there.chdir(tmp_path)
        SessionWriter.create(folder / "session.db", LAYOUT, {}, source=source).close()
    entry = library.entry(folder.name)
    assert entry.source == kept.format(here=tmp_path)
    assert entry.source_missing is missing


def test_one_odd_session_hides_no_other(library: Library) -> None:
    sound = added(library)
    facts: list[dict[str, Any]] = [
        {"model": {"id": "\udcff", "files": [1]}, "source": {"sha256": {}, "duration_s": "long"}},
        {"results": {"faces": 10**40}, "source": {"duration_s": float(10**300) * 10}},
        {"settings": "none", "model": None, "source": [], "results": {"faces": True}},
    ]
    odd = []
    for one in facts:
        folder = library.new_folder()
        SessionWriter.create(folder / "session.db", LAYOUT, one).close()
        odd.append(folder.name)
    states = [*odd, library.new_folder().name]
    path = stored_session(DOCUMENT, library.folder / states[-1] / "session.db")
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("UPDATE session SET state = 'dancing', title = x'00ff'")
    assert ids(library) == {sound, *states}
    assert library.entry(states[-1]).state is SessionState.FAILED


def test_a_session_deleted_while_it_is_looked_at_does_not_come_back(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = added(library)

    def slow(path: Path) -> SessionSummary:
        summary = read_summary(path)
        monkeypatch.undo()
        Library(library.folder).delete(session)
        return summary

    monkeypatch.setattr("ferqt.outputs.store.index.read_summary", slow)
    assert library.sessions() == ()
