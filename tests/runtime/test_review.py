"""A stored session is opened, and what a person says about it is written at once."""

from dataclasses import replace

import pytest

from ferqt.core.markers import Marker
from ferqt.core.session_document import TimeRange
from ferqt.core.types import Severity
from ferqt.outputs.store.reader import open_session
from ferqt.runtime.review import Review
from ferqt.runtime.tasks import TaskRunner
from tests.helpers.sessions import session_document, stored_session


@pytest.fixture
def place(tmp_path):
    path = tmp_path / "one" / "session.db"
    path.parent.mkdir()
    document = session_document(4.0, additions=False, gaps=False)
    table = document.table
    # One person who comes back under another id.
    kept = (table.face_id == 1) == (table.frame < 60)
    stored_session(replace(document, table=table.taken(kept)), path)
    return path


@pytest.fixture
def review(qapp):
    tasks = TaskRunner()
    made = Review(tasks)
    made.notices = []
    made.notice_posted.connect(made.notices.append)
    yield made
    made.shutdown()
    tasks.shutdown()


def opened(review, place, qtbot):
    with qtbot.waitSignal(review.opened, timeout=5_000):
        review.open(place)
    return review.document


def test_a_session_is_opened_by_its_folder(review, place, qtbot):
    document = opened(review, place.parent, qtbot)
    assert review.path == place
    assert document.table.frame_count == 120


def test_what_is_no_session_is_told_and_nothing_is_open(review, tmp_path, qtbot):
    with qtbot.waitSignal(review.opened, timeout=5_000) as closed:
        review.open(tmp_path)
    assert closed.args == [None]
    assert review.document is None
    assert review.path is None
    assert [notice.severity for notice in review.notices] == [Severity.ERROR]


def test_only_the_session_that_was_asked_for_last_is_opened(review, place, tmp_path, qtbot):
    other = tmp_path / "two" / "session.db"
    other.parent.mkdir()
    stored_session(session_document(2.0), other)
    seen = []
    review.opened.connect(seen.append)
    review.open(place)
    review.open(other)
    qtbot.waitUntil(lambda: bool(seen), timeout=5_000)
    qtbot.wait(50)
    assert [document.table.frame_count for document in seen] == [60]


def test_remarks_reach_the_file_in_their_order(review, place, qtbot):
    opened(review, place, qtbot)
    first, second = Marker(1000, 1.0, 30, "a"), Marker(2000, 2.0, 60, "b")
    review.add_marker(second)
    review.add_marker(first)
    review.change_marker(second, "c", "more")
    review.exclude(TimeRange(1.0, 2.0))
    review.include(TimeRange(1.5, 3.0))
    review.remove_markers([first])
    changes = []
    review.remarks_changed.connect(changes.append)
    qtbot.waitUntil(lambda: len(changes) == 6, timeout=5_000)
    stored = open_session(place)
    assert [(marker.label, marker.note) for marker in stored.markers] == [("c", "more")]
    assert stored.markers == review.document.markers
    assert stored.excluded == review.document.excluded == (TimeRange(1.0, 1.5),)


def test_names_and_merges_change_all_rows(review, place, qtbot):
    opened(review, place, qtbot)
    with qtbot.waitSignal(review.readings_changed, timeout=5_000):
        review.rename_face(1, "Ada")
    assert review.document.table.names[1] == "Ada"
    with qtbot.waitSignal(review.readings_changed, timeout=5_000):
        review.merge_faces(2, 1)
    assert review.document.table.faces == (1,)
    assert open_session(place).table.faces == (1,)


def test_a_change_without_sense_is_told(review, place, qtbot):
    opened(review, place, qtbot)
    review.merge_faces(1, 1)
    qtbot.waitUntil(lambda: bool(review.notices), timeout=5_000)
    assert review.document.table.faces == (1, 2)


def test_changes_are_written_although_the_program_ends(qapp, place, qtbot):
    tasks = TaskRunner()
    review = Review(tasks)
    opened(review, place, qtbot)
    for number in range(10):
        review.add_marker(Marker(number, number / 1000, number, "now"))
    review.shutdown()
    tasks.shutdown()
    assert len(open_session(place).markers) == 10
