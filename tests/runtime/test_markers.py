"""The list of markers."""

import pytest

from ferqt.core.markers import Marker
from ferqt.runtime.markers import Markers
from tests.helpers.readings import sample

SMILE = Marker(2000, 2.0, 50, "smile")
FROWN = Marker(1000, 1.0, 25, "frown")


@pytest.fixture
def markers(qapp):
    return Markers()


@pytest.fixture
def told(markers):
    seen = []
    markers.changed.connect(seen.append)
    return seen


def test_markers_stand_in_the_order_of_time(markers, told):
    markers.add(SMILE)
    markers.add(FROWN)
    assert markers.all == (FROWN, SMILE)
    assert told == [(SMILE,), (FROWN, SMILE)]


def test_the_new_one_is_told_apart(markers, qtbot):
    with qtbot.waitSignal(markers.added) as caught:
        markers.add(SMILE)
    assert caught.args == [SMILE]


def test_a_marker_gets_another_label_and_note(markers, told):
    markers.add(SMILE)
    markers.change(SMILE, "laugh", "loud")
    assert [(marker.label, marker.note, marker.frame) for marker in markers.all] == [
        ("laugh", "loud", 50)
    ]
    markers.change(SMILE, "gone", "")
    markers.change(markers.all[0], "laugh", "loud")
    assert len(told) == 2


def test_markers_are_taken_away(markers, told):
    for marker in (SMILE, FROWN, SMILE):
        markers.add(marker)
    markers.remove([SMILE, Marker(0, None, 0, "never there")])
    assert markers.all == (FROWN, SMILE)
    markers.clear()
    markers.clear()
    assert markers.all == ()
    assert len(told) == 5


def test_labels_are_remembered_newest_first_beyond_a_source(markers):
    for marker in (SMILE, FROWN, SMILE):
        markers.add(marker)
    markers.clear()
    assert markers.labels == ("smile", "frown")


def test_a_marker_tells_its_time_as_tables_do():
    film = Marker.at(sample(1.5), "smile")
    assert (film.time_s, film.frame, film.session_ms) == (1.5, 45, 1500)
    assert Marker(2345, None, 70, "live").time_s == 2.345
