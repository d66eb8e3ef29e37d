"""Identities: they hold while faces move, cross, are covered and come back."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ferqt.core.types import FaceBox
from ferqt.faces.tracker import FaceTracker

STEP_MS = 33


def box(x: float, y: float, size: float = 100) -> FaceBox:
    return FaceBox(x - size / 2, y - size / 2, size, size, confidence=0.9)


def ids_at(tracker: FaceTracker, boxes: list[FaceBox], session_ms: int) -> list[int]:
    """Ids of the boxes in the order given."""
    by_box = {id(face.box): face.track_id for face in tracker.update(boxes, session_ms)}
    return [by_box[id(each)] for each in boxes]


def test_ids_count_from_one_in_the_order_of_the_boxes() -> None:
    assert ids_at(FaceTracker(1.5), [box(100, 100), box(500, 100)], 0) == [1, 2]


def test_every_box_comes_back_once_ordered_by_id() -> None:
    tracker = FaceTracker(1.5)
    tracker.update([box(100, 100), box(500, 100)], 0)
    faces = tracker.update([box(505, 100), box(105, 100), box(900, 100)], STEP_MS)
    assert [face.track_id for face in faces] == [1, 2, 3]
    assert [round(face.box.center[0]) for face in faces] == [105, 505, 900]


def test_age_counts_the_frames_in_which_a_face_was_seen() -> None:
    tracker = FaceTracker(1.5)
    ages = []
    for index in range(5):
        faces = tracker.update([] if index == 2 else [box(100, 100)], index * STEP_MS)
        ages.append([face.age for face in faces])
    assert ages == [[1], [2], [], [3], [4]]


@pytest.mark.parametrize("seconds", [0.2, 0.5, 1.0, 1.4])
def test_a_face_that_was_away_less_than_the_limit_gets_its_id_back(seconds: float) -> None:
    tracker = FaceTracker(1.5)
    for index in range(10):
        tracker.update([box(300, 200), box(800, 200)], index * STEP_MS)
    back_ms = 9 * STEP_MS + round(seconds * 1000)
    for session_ms in range(10 * STEP_MS, back_ms, STEP_MS):
        tracker.update([box(800, 200)], session_ms)
    assert ids_at(tracker, [box(320, 210), box(800, 200)], back_ms) == [1, 2]


def test_a_face_that_was_away_too_long_gets_a_new_id() -> None:
    tracker = FaceTracker(1.5)
    tracker.update([box(300, 200)], 0)
    assert ids_at(tracker, [box(300, 200)], 1501) == [2]


def test_a_face_that_is_elsewhere_after_a_seek_is_not_taken_to_have_flown_there() -> None:
    tracker = FaceTracker(1.5)
    tracker.update([box(300, 200)], 0)
    tracker.update([box(303, 200)], STEP_MS)
    tracker.cut()
    assert ids_at(tracker, [box(340, 200)], STEP_MS + 1) == [1]
    assert ids_at(tracker, [box(341, 200)], 2 * STEP_MS + 1) == [1]


def test_a_newcomer_elsewhere_does_not_inherit_an_id() -> None:
    tracker = FaceTracker(1.5)
    tracker.update([box(300, 200)], 0)
    assert ids_at(tracker, [box(900, 500)], STEP_MS) == [2]


def test_a_much_larger_face_at_the_same_place_is_another() -> None:
    tracker = FaceTracker(1.5)
    tracker.update([box(300, 200, size=60)], 0)
    assert ids_at(tracker, [box(300, 200, size=180)], STEP_MS) == [2]


def test_the_limit_may_change_between_frames() -> None:
    tracker = FaceTracker(1.5)
    tracker.update([box(300, 200)], 0)
    tracker.lost_after_s = 0.1
    assert ids_at(tracker, [box(300, 200)], 500) == [2]


def test_a_reset_starts_ids_over() -> None:
    tracker = FaceTracker(1.5)
    tracker.update([box(300, 200), box(800, 200)], 1000)
    tracker.reset()
    assert ids_at(tracker, [box(800, 200)], 0) == [1]


def crossing(frames: int, covered: range, front: int, jitter_px: float) -> list[list[int]]:
    """Ids in the order of persons, of four who cross in two pairs.

    Persons 0 and 1 cross in the upper half, 2 and 3 in the lower half. While two cover each other
    the detector reports the one in front alone.
    """
    random = np.random.default_rng(0)
    tracker = FaceTracker(1.5)
    seen: list[list[int]] = []
    for index in range(frames):
        share = index / (frames - 1)
        places = [
            (200 + 880 * share, 200),
            (1080 - 880 * share, 210),
            (200 + 880 * share, 500),
            (1080 - 880 * share, 490),
        ]
        hidden = {1 - front, 2 + 1 - front} if index in covered else set()
        persons = [person for person in range(4) if person not in hidden]
        shaken = [
            box(*(np.array(places[person]) + random.normal(0, jitter_px, 2))) for person in persons
        ]
        order = random.permutation(len(persons))
        named = ids_at(tracker, [shaken[k] for k in order], index * STEP_MS)
        row = [0, 0, 0, 0]
        for k, name in zip(order, named, strict=True):
            row[persons[k]] = name
        seen.append(row)
    return seen


@pytest.mark.parametrize("front", [0, 1])
@pytest.mark.parametrize("frames", [30, 60, 150])
def test_four_faces_keep_their_ids_while_they_cross_and_cover_each_other(
    frames: int, front: int
) -> None:
    covered = range(int(frames * 0.43), int(frames * 0.57) + 1)
    seen = crossing(frames, covered, front, jitter_px=1.5)
    for person in range(4):
        assert len({row[person] for row in seen} - {0}) == 1
    assert len(set(seen[0])) == 4


def test_four_faces_keep_their_ids_while_they_cross_in_full_view() -> None:
    seen = crossing(60, range(0), front=0, jitter_px=1.5)
    assert len({tuple(row) for row in seen}) == 1


def test_two_who_cross_behind_others_for_more_than_a_second_keep_their_ids() -> None:
    tracker = FaceTracker(1.5)
    for index in range(110):
        share = index / 109
        right, left = 60 + 520 * share, 580 - 520 * share
        down, up = 70 + 220 * share, 290 - 220 * share
        # The two in front are seen all the time; the first one behind comes out a frame earlier.
        boxes = [box(right, up, 60), box(left, up, 60)]
        boxes += [box(left, down, 60)] if index < 38 or index >= 75 else []
        boxes += [box(right, down, 60)] if index < 38 or index >= 76 else []
        named = ids_at(tracker, boxes, index * STEP_MS)
        assert named == {2: [1, 2], 3: [1, 2, 3], 4: [1, 2, 3, 4]}[len(boxes)]


def test_time_counts_and_not_the_number_of_frames() -> None:
    tracker = FaceTracker(1.5)
    # Ten frames a second, 60 px a frame: far for a frame, expected by its velocity.
    for index, x in enumerate(range(100, 700, 60)):
        assert ids_at(tracker, [box(x, 200)], index * 100) == [1]


@settings(max_examples=50)
@given(
    st.lists(
        st.lists(st.tuples(st.floats(0, 1000), st.floats(0, 700), st.floats(1, 300)), max_size=6),
        max_size=12,
    )
)
def test_ids_are_unique_in_a_frame_and_each_box_has_one(
    frames: list[list[tuple[float, float, float]]],
) -> None:
    tracker, again = FaceTracker(0.5), FaceTracker(0.5)
    for index, places in enumerate(frames):
        boxes = [box(*place) for place in places]
        faces = tracker.update(boxes, index * STEP_MS)
        assert sorted(id(face.box) for face in faces) == sorted(id(each) for each in boxes)
        names = [face.track_id for face in faces]
        assert names == sorted(set(names))
        assert names == [face.track_id for face in again.update(boxes, index * STEP_MS)]
