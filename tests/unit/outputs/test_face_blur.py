"""What is covered of a picture, and when."""

import cv2
import numpy as np
import pytest

from ferqt.outputs.face_blur import FaceCover, cover_faces
from tests.helpers.film_sessions import table_of
from tests.helpers.portraits import PlacedFace, scene

BOX = (100.0, 80.0, 40.0, 44.0)
TIMES = [number / 10 for number in range(40)]


def cover(*frames: int, moving: float = 0.0) -> FaceCover:
    """A face that was found in some frames, of ten a second."""
    boxes = {frame: (BOX[0] + moving * frame, *BOX[1:]) for frame in frames}
    return FaceCover(table_of(TIMES, {1: boxes}))


def test_a_found_face_is_covered_where_it_is() -> None:
    (box,) = cover(3, 4, 5).boxes(0.4)
    assert tuple(box) == BOX


def test_a_gap_is_bridged_by_boxes_between_both_sides() -> None:
    for time_s in (0.3, 0.4, 0.6, 0.85):
        (box,) = cover(2, 10, moving=5.0).boxes(time_s)
        assert box[0] + box[2] / 2 == pytest.approx(100 + 5 * 10 * time_s + 20)
        assert box[2] > 40, "what is guessed is covered more generously"


def test_a_head_stays_covered_half_a_second_around_what_was_found() -> None:
    found = cover(20, 21)
    covered = [bool(found.boxes(number / 10)) for number in range(40)]
    assert covered == [15 <= number <= 26 for number in range(40)]


def test_a_long_absence_is_covered_at_both_ends_only() -> None:
    found = cover(0, 30)
    assert found.boxes(0.5)
    assert not found.boxes(1.5)
    assert found.boxes(2.6)


def test_faces_of_an_analysis_of_every_tenth_frame_have_no_gaps() -> None:
    table = table_of([0.0, 4.0], {1: {0: BOX, 1: BOX}})
    assert FaceCover(table, bridged_s=4.0).boxes(2.0)


def test_a_frame_without_faces_has_nothing_to_cover() -> None:
    assert FaceCover(table_of(TIMES, {})).boxes(1.0) == []


def test_the_whole_head_changes_and_the_background_does_not() -> None:
    face = PlacedFace(160, 130, 60)
    picture = scene(320, 260, [face])
    before = picture.copy()
    covered = cover_faces(picture, [np.array(face.box)])

    assert np.array_equal(picture, before), "the picture given is left alone"
    down, right = np.mgrid[0:260, 0:320]
    distance = np.hypot((right - 160) / 62, (down - 122) / 76)
    assert np.array_equal(covered[distance > 1], picture[distance > 1])
    head = np.hypot((right - 160) / 47, (down - 121) / 60) < 1
    changed = np.abs(covered.astype(int) - picture)[head].max(axis=1) > 4
    assert changed.mean() > 0.9


def test_no_detail_of_the_face_is_left() -> None:
    face = PlacedFace(160, 130, 80)
    picture = scene(320, 260, [face])
    covered = cover_faces(picture, [np.array(face.box)])
    x, y, width, height = (round(value) for value in face.box)
    inside = covered[y : y + height, x : x + width]
    colors = np.unique(inside.reshape(-1, 3), axis=0)
    assert len(colors) <= 60, "a few large blocks"
    sharp = cv2.Laplacian(cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY), cv2.CV_64F)
    assert len(np.unique(sharp)) > 200, "the picture itself has detail"


@pytest.mark.parametrize("box", [(-30, -30, 60, 60), (300, 200, 80, 90), (900, 900, 40, 40)])
def test_a_face_at_the_edge_or_outside_is_no_problem(box: tuple[float, ...]) -> None:
    picture = scene(320, 240)
    assert cover_faces(picture, [np.array(box, float)]).shape == picture.shape
