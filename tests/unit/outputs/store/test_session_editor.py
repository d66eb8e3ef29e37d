"""What a person adds to a session is there at once, and readings stay as they were."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest

from ferqt.core.markers import Marker
from ferqt.core.people import People
from ferqt.core.session_document import TimeRange
from ferqt.core.session_table import NO_FACE
from ferqt.core.types import FaceBox, TrackedFace
from ferqt.errors import FerqtError, SessionError
from ferqt.outputs.store.editor import SessionEditor
from ferqt.outputs.store.merging import merged_ids
from ferqt.outputs.store.reader import open_session
from tests.helpers.sessions import session_document, stored_session


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return stored_session(session_document(10, faces=3, additions=False), tmp_path / "session.db")


@pytest.fixture
def editor(path: Path) -> Iterator[SessionEditor]:
    with SessionEditor(path) as editor:
        yield editor


def test_markers_come_change_and_go(editor: SessionEditor, path: Path) -> None:
    late = Marker(9000, 9.0, 270, "late")
    early = Marker(1000, 1.0, 30, "early", "with a note")
    live = Marker(5000, None, 150, "live")
    for marker in (late, early, live):
        editor.add_marker(marker)
    assert open_session(path).markers == (early, live, late)
    editor.change_marker(live, Marker(6000, None, 180, "live", "moved"))
    editor.remove_marker(early)
    editor.remove_marker(early)
    assert open_session(path).markers == (Marker(6000, None, 180, "live", "moved"), late)
    assert editor.markers == open_session(path).markers
    with pytest.raises(SessionError, match="'early' at 1 s"):
        editor.change_marker(early, late)


def test_one_of_two_equal_markers_is_removed(editor: SessionEditor) -> None:
    marker = Marker(1000, 1.0, 30, "twice")
    editor.add_marker(marker)
    editor.add_marker(marker)
    editor.remove_marker(marker)
    assert editor.markers == (marker,)


def test_excluded_ranges_join_and_are_cut(editor: SessionEditor, path: Path) -> None:
    for start_s, end_s in ((5, 6), (1, 2), (2, 3), (2.5, 4)):
        editor.exclude(TimeRange(start_s, end_s))
    assert open_session(path).excluded == (TimeRange(1, 4), TimeRange(5, 6))
    editor.include(TimeRange(2, 5.5))
    assert editor.excluded == (TimeRange(1, 2), TimeRange(5.5, 6))
    editor.include(TimeRange(0, 9))
    assert open_session(path).excluded == ()


def test_names_notes_tags_and_title_are_kept(editor: SessionEditor, path: Path) -> None:
    editor.rename_face(2, "  Grace\nHopper ")
    editor.set_notes("First take.\nToo dark.")
    editor.set_tags(["pilot", " room  3 ", "", "Pilot"])
    editor.set_title(" Interview ")
    document = open_session(path)
    assert dict(document.table.names) == {2: "Grace Hopper"}
    assert document.notes == "First take.\nToo dark."
    assert document.tags == ("pilot", "room 3") == editor.tags
    assert document.title == "Interview"


def test_merged_faces_are_one_and_their_readings_stay(editor: SessionEditor, path: Path) -> None:
    before = open_session(path).table
    editor.rename_face(3, "Ada")
    people = editor.merge_faces(3, 1)
    assert people == People({1: "Ada"}, {3: 1}) == editor.people
    merged = open_session(path).table
    alone = ~np.isin(merged.frame, before.frame[before.face_id == 1])
    assert set(merged.face_id[alone]) <= {NO_FACE, 1, 2}
    assert np.all(np.lexsort((merged.face_id, merged.frame)) == np.arange(len(merged)))
    with closing(sqlite3.connect(path)) as connection:
        (raw,) = connection.execute("SELECT count(*) FROM readings WHERE face_id = 3").fetchone()
    assert raw == np.count_nonzero(before.face_id == 3) > 0
    editor.split_face(3)
    np.testing.assert_array_equal(open_session(path).table.face_id, before.face_id)
    with pytest.raises(FerqtError, match="the same already"):
        editor.merge_faces(2, 2)


def test_merges_say_for_a_table_what_they_say_for_each_frame() -> None:
    people = People().merged_into(4, 2).merged_into(3, 2).merged_into(5, 1)
    rng = np.random.default_rng(3)
    rows = [
        (frame, face_id) for frame in range(200) for face_id in range(1, 7) if rng.random() < 0.5
    ]
    frame, face_id = np.array(rows).T
    expected = []
    for number in range(200):
        tracked = [
            TrackedFace(one, FaceBox(0, 0, 1, 1), 1) for one in face_id[frame == number].tolist()
        ]
        expected += [face.track_id for face, _ in people.recognized(tracked)]
    assert merged_ids(frame, face_id, people.merged).tolist() == expected


def test_a_session_is_edited_while_it_is_read(editor: SessionEditor, path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("SELECT * FROM frames").fetchone()
        editor.set_notes("meanwhile")
    assert open_session(path).notes == "meanwhile"


def test_a_session_that_is_not_there_cannot_be_edited(tmp_path: Path) -> None:
    with pytest.raises(SessionError, match="no session"):
        SessionEditor(tmp_path / "session.db")
    assert list(tmp_path.iterdir()) == []
