"""What is there before stays readable when a disk is full, and the next try succeeds.

`python -m scripts.soak devices` does the same to everything that writes, at any byte.
"""

from pathlib import Path

import pytest

from ferqt.errors import OutputError
from ferqt.outputs.exports.registry import EXPORTS
from ferqt.outputs.store.editor import SessionEditor
from ferqt.outputs.store.library import Library
from ferqt.outputs.store.reader import open_session
from tests.helpers.full_disk import room_for
from tests.helpers.sessions import session_document, stored_session


def test_an_export_leaves_the_older_file(tmp_path: Path) -> None:
    document, path = session_document(5.0), tmp_path / "frames.csv"
    path.write_text("of before", encoding="utf-8")
    with room_for(50_000), pytest.raises(OutputError, match=r"cannot write .*frames\.csv"):
        EXPORTS["csv"].write(document, path)
    assert path.read_text(encoding="utf-8") == "of before"
    assert list(tmp_path.iterdir()) == [path]
    EXPORTS["csv"].write(document, path)
    assert path.stat().st_size > 50_000


def test_notes_of_a_session_stay_as_they_were(tmp_path: Path) -> None:
    path = stored_session(session_document(2.0), tmp_path / "session.db")
    with SessionEditor(path) as editor:
        editor.set_notes("first")
        with (
            room_for(path.stat().st_size + 20_000),
            pytest.raises(OutputError, match=r"session\.db"),
        ):
            editor.set_notes("n" * 300_000)
    assert open_session(path).notes == "first"
    with SessionEditor(path) as editor:
        editor.set_notes("n" * 300_000)
    assert open_session(path).notes == "n" * 300_000


def test_a_session_that_does_not_fit_into_the_library_is_no_damaged_one(tmp_path: Path) -> None:
    path = stored_session(session_document(5.0), tmp_path / "session.db")
    library = Library(tmp_path / "library")
    assert library.sessions() == ()
    with room_for(100_000), pytest.raises(OutputError, match=r"cannot write|no room"):
        library.adopt(path)
    assert library.sessions() == ()
    library.adopt(path)
    assert len(library.sessions()) == 1
