"""BlazeFace by LiteRT: what MediaPipe's own Face Detector says, to the px."""

from collections.abc import Iterator

import numpy as np
import pytest

from ferqt.core.types import Image
from ferqt.faces.blazeface import BlazeFaceFinder
from ferqt.faces.mediapipe_tasks import TasksFinder
from tests.helpers.portraits import PlacedFace, eileen_collins, grace_hopper, scene

_LOWEST = 0.3


@pytest.fixture(scope="module")
def finder() -> Iterator[BlazeFaceFinder]:
    with_litert = BlazeFaceFinder(_LOWEST)
    yield with_litert
    with_litert.close()


@pytest.fixture(scope="module")
def reference() -> Iterator[TasksFinder]:
    task = TasksFinder(_LOWEST)
    yield task
    task.close()


def pictures() -> dict[str, Image]:
    rng = np.random.default_rng(7)
    crowd = [
        PlacedFace(160 + 240 * (n % 5), 160 + 330 * (n // 5), 150, "collins") for n in range(10)
    ]
    return {
        "hopper": grace_hopper(),
        "collins": eileen_collins(),
        "wide": scene(1280, 720, [PlacedFace(900, 300, 260, roll=20)]),
        "tall": scene(400, 900, [PlacedFace(150, 700, 140, "collins")]),
        "two": scene(640, 360, [(150, 180, 120), PlacedFace(480, 180, 130, "collins")]),
        "cut off": scene(640, 640, [(20, 320, 300), PlacedFace(630, 600, 280, "collins")]),
        "crowd": scene(1280, 720, crowd),
        "odd sides": grace_hopper()[:317, :211],
        "tiny": grace_hopper()[120:160, 230:270],
        "noise": rng.integers(0, 256, (333, 517, 3), np.uint8),
    }


@pytest.mark.parametrize("name", list(pictures()))
def test_it_finds_what_mediapipe_finds(
    finder: BlazeFaceFinder, reference: TasksFinder, name: str
) -> None:
    picture = pictures()[name]
    found = finder.find(picture)
    told = reference.find(np.ascontiguousarray(picture))
    assert len(found) == len(told)
    for ours, theirs in zip(found, told, strict=True):
        assert ours.confidence == pytest.approx(theirs.confidence, abs=0.01)
        # MediaPipe tells whole px, rounded down.
        for name_of_side in ("x", "y", "width", "height"):
            difference = getattr(ours, name_of_side) - getattr(theirs, name_of_side)
            assert -0.5 < difference < 1.5, name_of_side


def test_pictures_hold_faces_to_compare(reference: TasksFinder) -> None:
    counts = {
        name: len(reference.find(np.ascontiguousarray(picture)))
        for name, picture in pictures().items()
    }
    assert counts["hopper"] == counts["collins"] == counts["wide"] == counts["tall"] == 1
    assert counts["two"] == 2
    assert counts["crowd"] >= 5


def test_a_part_of_a_picture_gives_what_its_copy_gives(finder: BlazeFaceFinder) -> None:
    picture = scene(1280, 720, [PlacedFace(900, 300, 260)])
    part = picture[100:520, 600:1200]
    (of_part,), (of_copy,) = finder.find(part), finder.find(np.ascontiguousarray(part))
    assert (of_part.x, of_part.y, of_part.width) == (of_copy.x, of_copy.y, of_copy.width)


def test_overlapping_votes_make_one_box_between_them(finder: BlazeFaceFinder) -> None:
    (face,) = finder.find(grace_hopper())
    assert face.confidence is not None
    assert face.confidence > 0.9
    assert face.width == pytest.approx(face.height, rel=0.02)


def test_the_floor_drops_what_scores_less() -> None:
    strict = BlazeFaceFinder(0.95)
    try:
        assert strict.find(grace_hopper()) == ()
    finally:
        strict.close()


def test_a_closed_finder_says_so() -> None:
    closed = BlazeFaceFinder(0.5)
    closed.close()
    closed.close()
    with pytest.raises(RuntimeError, match="closed"):
        closed.find(np.zeros((64, 64, 3), np.uint8))
