"""Four real faces cross in a rendered scene: default detector and tracker, ids that hold."""

import numpy as np
import pytest

from ferqt.core.types import Frame
from ferqt.faces.base import DetectorOptions
from ferqt.faces.registry import build_detector
from ferqt.faces.tracker import FaceTracker
from tests.helpers.portraits import PlacedFace, scene

WIDTH, HEIGHT, FRAMES = 640, 360, 45
FACE = 70


def persons_at(share: float, same_person: bool) -> list[PlacedFace]:
    """Two pairs that walk through each other, the second of each in front of the first."""
    other = "hopper" if same_person else "collins"
    left, right = 70 + 500 * share, 570 - 500 * share
    return [
        PlacedFace(left, 95, FACE),
        PlacedFace(right, 100, FACE * 0.95, other),
        PlacedFace(right, 262, FACE, other, mirrored=True),
        PlacedFace(left, 268, FACE * 1.05),
    ]


@pytest.mark.parametrize("same_person", [False, True], ids=["two looks", "one look"])
def test_four_faces_get_four_ids_that_do_not_change_while_they_cross(same_person: bool) -> None:
    detector = build_detector("mediapipe", DetectorOptions(threads=2))
    tracker = FaceTracker(lost_after_s=1.5)
    ids_of: list[set[int]] = [set(), set(), set(), set()]
    seen_of = [0, 0, 0, 0]
    try:
        for index in range(FRAMES):
            persons = persons_at(index / (FRAMES - 1), same_person)
            frame = Frame(scene(WIDTH, HEIGHT, persons), index, None, index * 40)
            faces = tracker.update(detector.detect(frame), frame.session_ms)
            assert len(faces) <= 4
            for number, person in enumerate(persons):
                partner = persons[number ^ 1]
                if abs(person.center_x - partner.center_x) < 1.2 * FACE:
                    continue
                near = [
                    face.track_id
                    for face in faces
                    if np.hypot(
                        face.box.center[0] - person.center_x, face.box.center[1] - person.center_y
                    )
                    < FACE / 3
                ]
                assert len(near) <= 1
                ids_of[number].update(near)
                seen_of[number] += len(near)
    finally:
        detector.close()
    assert all(len(ids) == 1 for ids in ids_of), ids_of
    assert set().union(*ids_of) == {1, 2, 3, 4}
    # 36 of the 45 frames show the pair apart: nobody may be missed in more than two of them.
    assert min(seen_of) >= 34, seen_of
