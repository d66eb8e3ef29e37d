"""Who was seen: time in the picture, faces that left, names and merges."""

import pytest

from ferqt.core.roster import FaceEntry, FaceRoster
from ferqt.core.types import FaceResult, FrameResult, HeadPose
from tests.helpers.readings import face, scores

RAW = scores({"sad": 0.5})


def shows(track_id: int, expression: str = "happy", *, name: str = "") -> FaceResult:
    shown = scores({expression: 0.75}, uncertain=expression == "fear")
    pose = HeadPose(1, 2, 3)
    return face(track_id, (0, 0, 9, 9), scores({"sad": 1.0}), smoothed=shown, pose=pose, name=name)


def at(ms: int, *faces: FaceResult, media_time: float | None = None) -> FrameResult:
    return FrameResult(None, 0, media_time, ms, faces, "model")


@pytest.fixture
def roster() -> FaceRoster:
    return FaceRoster()


def entry(roster: FaceRoster, track_id: int) -> FaceEntry:
    return next(entry for entry in roster.entries if entry.track_id == track_id)


def test_an_entry_tells_what_is_shown(roster: FaceRoster) -> None:
    roster.add([at(2000, shows(3, "fear", name="Anna"))])
    assert roster.entries == (
        FaceEntry(3, "Anna", "fear", 0.75, True, HeadPose(1, 2, 3), 0.0, 2.0, True),
    )


def test_time_in_the_picture_leaves_out_absences_and_gaps(roster: FaceRoster) -> None:
    roster.add([at(0, shows(1)), at(200, shows(1)), at(300), at(500), at(600, shows(1))])
    roster.add([at(700, shows(1)), at(2700, shows(1)), at(2800, shows(1))])
    assert entry(roster, 1).seen_s == 0.2 + 0.1 + 0.1 + 0.1


def test_a_face_that_left_stays_as_it_was_last_seen(roster: FaceRoster) -> None:
    roster.add([at(0, shows(1), shows(2, "sad")), at(100, shows(2, "sad")), at(200, shows(2))])
    left, stays = roster.entries
    assert (left.track_id, left.present, left.last_s, left.expression) == (1, False, 0.0, "happy")
    assert (stays.track_id, stays.present, stays.last_s) == (2, True, 0.2)


def test_last_seen_is_the_place_in_the_film_where_there_is_one(roster: FaceRoster) -> None:
    roster.add([at(9000, shows(1), media_time=3.5)])
    assert entry(roster, 1).last_s == 3.5


def test_a_new_name_holds_while_results_on_their_way_bear_the_old_one(roster: FaceRoster) -> None:
    roster.add([at(0, shows(1, name="Anna"))])
    roster.rename(1, "Berta")
    roster.add([at(100, shows(1, name="Anna"))])
    assert entry(roster, 1).name == "Berta"
    roster.add([at(200, shows(1, name="Berta")), at(300, shows(1, name="Carla"))])
    assert entry(roster, 1).name == "Carla"


def test_a_merged_face_gives_its_time_and_its_presence(roster: FaceRoster) -> None:
    roster.add([at(0, shows(1)), at(300), at(400, shows(2, "sad", name="Anna"))])
    roster.add([at(500, shows(2, "sad", name="Anna"))])
    roster.merge(2, into=1)
    (merged,) = roster.entries
    assert merged == FaceEntry(1, "Anna", "sad", 0.75, False, HeadPose(1, 2, 3), 0.4, 0.5, True)
    roster.add([at(600, shows(1))])
    assert entry(roster, 1).seen_s == 0.5


@pytest.mark.parametrize(("gone", "stays"), [(1, 1), (1, 9), (9, 1)])
def test_merging_what_is_not_there_changes_nothing(
    roster: FaceRoster, gone: int, stays: int
) -> None:
    roster.add([at(0, shows(1))])
    roster.merge(gone, into=stays)
    assert [entry.track_id for entry in roster.entries] == [1]


def test_memory_stays_flat(roster: FaceRoster) -> None:
    few = FaceRoster(most_faces=2)
    few.add([at(100 * number, shows(number)) for number in range(5)])
    assert [entry.track_id for entry in few.entries] == [3, 4]
    few.add([at(1000, *(shows(number) for number in range(9)))])
    assert len(few.entries) == 9


def test_an_entry_tells_of_a_baseline(roster: FaceRoster) -> None:
    roster.add([at(0, shows(1), face(2, (0, 0, 9, 9), RAW, corrected=scores({"happy": 0.9})))])
    assert [entry.corrected for entry in roster.entries] == [False, True]


def test_clear_forgets_all(roster: FaceRoster) -> None:
    roster.add([at(0, shows(1)), at(100, shows(1))])
    roster.clear()
    assert roster.entries == ()
    roster.add([at(150, shows(1))])
    assert entry(roster, 1).seen_s == 0
