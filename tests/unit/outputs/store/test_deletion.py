"""A session that is deleted leaves no word of it in any folder of ferqt."""

import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from ferqt.core.markers import Marker
from ferqt.outputs.exports.base import ExportOptions
from ferqt.outputs.exports.registry import EXPORTS
from ferqt.outputs.store.editor import SessionEditor
from ferqt.outputs.store.index import LIBRARY_NAME, THUMBNAIL_NAME
from ferqt.outputs.store.kept_queue import QUEUE_NAME
from ferqt.outputs.store.library import Library
from ferqt.outputs.store.reader import open_session
from ferqt.outputs.store.writer import SessionWriter
from tests.helpers.sessions import session_document, stored_session

SECRETS = ("visit-0815", "Grace Brewster", "cried at the end", "ward seven", "asked twice")
"""Source, face, notes, tag and marker of the session that is deleted."""

DOCUMENT = session_document(0.5)


@pytest.fixture
def library(user_home: Path) -> Library:
    return Library()


def private_session(library: Library, *, finished: bool = True) -> str:
    """A session that holds every secret, with all the files that can lie beside it."""
    source, face, notes, tag, marker = SECRETS
    document = replace(DOCUMENT, title=source, source=f"/films/{source}.mp4")
    folder = library.folder / f"{source}-1a2b"
    path = stored_session(document, folder / "session.db", finished=finished)
    with SessionEditor(path) as editor:
        editor.rename_face(1, face)
        editor.set_notes(notes)
        editor.set_tags([tag])
        editor.add_marker(Marker(0, 0.0, 0, marker))
    (folder / THUMBNAIL_NAME).write_bytes(source.encode())
    EXPORTS["csv"].write(open_session(path), folder / "frames.csv", ExportOptions())
    library.sessions()
    return folder.name


def traces(home: Path) -> list[str]:
    """Files in the whole home that hold a secret in their name or content, whatever the case."""
    found = []
    for path in home.rglob("*"):
        content = path.read_bytes() if path.is_file() else b""
        for secret in SECRETS:
            wanted = secret.encode()
            if secret in path.name or wanted in content or wanted.lower() in content.lower():
                found.append(f"{path.name}: {secret}")
    return found


def waiting(library: Library, *folders: Path) -> None:
    """A queue that was kept, with an analysis for each folder."""
    jobs = [{"folder": str(folder), "location": f"/films/{folder.name}.mp4"} for folder in folders]
    content = json.dumps({"version": 1, "jobs": jobs})
    (library.folder / QUEUE_NAME).write_text(content, encoding="utf-8")


def test_nothing_is_left_in_any_file(library: Library, user_home: Path) -> None:
    stored_session(DOCUMENT, library.new_folder() / "session.db")
    session = private_session(library)
    # Edited again and again, so that rows move within the index.
    for number in range(30):
        with library.editing(session) as editor:
            editor.set_notes(f"{SECRETS[2]} " * (number * 7 % 50 + 1))
    other = library.folder / "other"
    waiting(library, library.folder / session, other)
    assert len({trace.partition(": ")[2] for trace in traces(user_home)}) == len(SECRETS)
    library.delete(session)
    assert traces(user_home) == []
    assert len(library.sessions()) == 1
    (kept,) = json.loads((library.folder / QUEUE_NAME).read_text(encoding="utf-8"))["jobs"]
    assert kept["folder"] == str(other)


def test_a_session_that_was_broken_off_leaves_nothing(library: Library, user_home: Path) -> None:
    """Its last rows stand in SQLite's log beside it, as after a crash."""
    session = private_session(library, finished=False)
    path = library.folder / session / "session.db"
    writer, _ = SessionWriter.resume(path)
    writer.commit({"next": 1, "source": SECRETS[0]})
    writer.close()
    for suffix in ("-wal", "-shm", "-journal", ".lock"):
        path.with_name(path.name + suffix).touch()
    waiting(library, path.parent)
    library.delete(session)
    assert traces(user_home) == []
    assert not (library.folder / QUEUE_NAME).exists()


def test_another_program_that_reads_the_index_meanwhile_keeps_nothing_back(
    library: Library, user_home: Path
) -> None:
    session = private_session(library)
    with closing(sqlite3.connect(library.folder / LIBRARY_NAME)) as reader:
        reader.execute("SELECT count(*) FROM sessions").fetchone()
        library.delete(session)
        assert traces(user_home) == []


def test_an_index_that_was_damaged_does_not_outlive_its_sessions(
    library: Library, user_home: Path
) -> None:
    session = private_session(library)
    index = library.folder / LIBRARY_NAME
    content = index.read_bytes()
    index.write_bytes(b"damaged" + content[7:])
    assert len(library.sessions()) == 1
    library.delete(session)
    assert traces(user_home) == []


def test_a_start_finishes_a_deletion_that_was_broken_off(
    library: Library, user_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = private_session(library)
    waiting(library, library.folder / session)
    monkeypatch.setattr(Library, "_remove", killed)
    with pytest.raises(KeyboardInterrupt):
        library.delete(session)
    monkeypatch.undo()
    assert traces(user_home)
    Library(library.folder).tidy()
    assert traces(user_home) == []


def test_a_start_without_a_library_makes_none(user_home: Path) -> None:
    library = Library()
    library.tidy()
    assert not library.folder.exists()


@pytest.mark.parametrize(
    "break_it",
    [
        lambda path: path.write_text("[1, 2"),
        lambda path: path.write_text('{"jobs": [{"title": 1}]}'),
        lambda path: path.mkdir(),
    ],
)
def test_a_queue_that_is_not_understood_hinders_no_deletion(
    library: Library, break_it: Callable[[Path], object]
) -> None:
    session = private_session(library)
    break_it(library.folder / QUEUE_NAME)
    library.delete(session)
    assert library.sessions() == ()


def killed(_library: Library, _folder: Path) -> None:
    raise KeyboardInterrupt
