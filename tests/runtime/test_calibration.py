"""Looking at faces that hold still: how far it is, when it is done, when it is given up."""

import pytest

from ferqt.runtime.calibration import BaselineCollector
from tests.helpers.readings import face, sample, scores

SAD = scores({"sad": 0.7})
BOX = (0.0, 0.0, 10.0, 10.0)


class Looks:
    """A collector with all that it says."""

    def __init__(self, patience_ms=60_000):
        self.collector = BaselineCollector(patience_ms, wanted_s=1.0)
        self.progress, self.learned, self.notices = [], [], []
        self.collector.progress.connect(lambda *told: self.progress.append(told))
        self.collector.learned.connect(lambda *told: self.learned.append(told))
        self.collector.notice_posted.connect(self.notices.append)

    def see(self, *track_ids, start_s=0.0, seconds=1.1, name=""):
        """Show faces at 20 frames a second, one result at a time."""
        for step in range(round(seconds * 20)):
            faces = [face(track_id, BOX, SAD, name=name) for track_id in track_ids]
            self.collector.add([sample(start_s + step / 20, *faces)])


@pytest.fixture
def looks(qapp):
    return Looks()


def test_progress_rises_to_one_and_the_baseline_comes_with_it(looks):
    looks.collector.start(3)
    looks.see(3)
    shares = [share for track_id, share in looks.progress]
    assert {track_id for track_id, _ in looks.progress} == {3}
    assert shares[0] == 0.0
    assert shares == sorted(shares)
    assert shares[-1] == 1.0
    ((track_id, baseline),) = looks.learned
    assert track_id == 3
    assert set(baseline.offsets) == {"model"}
    assert baseline.seconds == pytest.approx(1.0)


def test_only_the_faces_that_were_asked_for_are_looked_at(looks):
    looks.collector.start(3)
    looks.see(4)
    assert looks.progress == [(3, 0.0)]
    assert looks.learned == []


def test_two_faces_can_be_looked_at_together(looks):
    looks.collector.start(3)
    looks.collector.start(4)
    looks.see(3, 4)
    assert [track_id for track_id, _ in looks.learned] == [3, 4]


def test_a_face_that_is_not_seen_is_given_up_with_a_hint(qapp, qtbot):
    looks = Looks(patience_ms=30)
    looks.collector.start(3)
    looks.see(3, seconds=0.65, name="Anna")
    qtbot.waitUntil(lambda: bool(looks.notices), timeout=2000)
    assert looks.progress[-1] == (3, -1.0)
    assert looks.notices[0].text == "Anna was seen for 0.6 of 1 seconds"
    assert looks.notices[0].hint
    looks.see(3, start_s=1.0)
    assert looks.learned == []


def test_a_nameless_face_is_told_by_its_number(qapp, qtbot):
    looks = Looks(patience_ms=10)
    looks.collector.start(7)
    qtbot.waitUntil(lambda: bool(looks.notices), timeout=2000)
    assert looks.notices[0].text.startswith("Face 7 ")


def test_a_look_that_is_done_is_not_given_up_later(qapp, qtbot):
    looks = Looks(patience_ms=30)
    looks.collector.start(3)
    looks.see(3)
    qtbot.wait(60)
    assert looks.notices == []
    assert looks.progress[-1] == (3, 1.0)


def test_beginning_again_forgets_what_was_seen(looks):
    looks.collector.start(3)
    looks.see(3, seconds=0.9)
    looks.collector.start(3)
    assert looks.progress[-1] == (3, 0.0)
    looks.see(3, start_s=1.0, seconds=0.9)
    assert looks.learned == []


def test_a_cancelled_look_ends_without_a_notice(looks):
    looks.collector.start(3)
    looks.collector.start(4)
    looks.collector.cancel(3)
    looks.collector.cancel(9)
    assert looks.progress[-1] == (3, -1.0)
    looks.collector.cancel_all()
    assert looks.progress[-1] == (4, -1.0)
    looks.see(3, 4)
    assert looks.learned == looks.notices == []


def test_a_look_goes_on_when_its_face_is_merged(looks):
    looks.collector.start(5)
    looks.see(5, seconds=0.6)
    looks.collector.merge(5, 1)
    assert looks.progress[-2:] == [(5, -1.0), (1, pytest.approx(0.55, abs=0.02))]
    looks.see(1, start_s=0.6, seconds=0.6)
    assert [track_id for track_id, _ in looks.learned] == [1]
    looks.collector.merge(5, 1)
    assert looks.progress[-1] == (1, 1.0)


def test_of_two_looks_that_become_one_the_staying_faces_goes_on(looks):
    looks.collector.start(5)
    looks.collector.start(1)
    looks.see(1, seconds=0.6)
    looks.collector.merge(5, 1)
    looks.see(1, start_s=0.6, seconds=0.6)
    assert [track_id for track_id, _ in looks.learned] == [1]
