"""Faces of 40 px in a 1280 x 720 frame: found by the default detector wherever they are."""

from collections.abc import Iterator

import numpy as np
import pytest

from ferqt.core.types import Frame
from ferqt.faces.base import DetectorOptions, FaceDetector
from ferqt.faces.blazeface import SMALLEST_SHARE
from ferqt.faces.registry import build_detector
from ferqt.faces.tiles import far_tiles
from tests.helpers.portraits import PlacedFace, scene

PLACES = [
    PlacedFace(45, 50, 40),
    PlacedFace(1235, 50, 40, "collins", roll=-15),
    PlacedFace(640, 360, 40, roll=20),
    PlacedFace(333, 451, 40, "collins"),
    PlacedFace(1000, 200, 40, mirrored=True),
    PlacedFace(50, 670, 40, "collins", roll=10),
    PlacedFace(1230, 668, 40),
]


def frame(places: list[PlacedFace], index: int = 0) -> Frame:
    return Frame(scene(1280, 720, places), index, None, index * 33)


def is_at(found: tuple, place: PlacedFace) -> bool:
    return any(
        np.hypot(face.center[0] - place.center_x, face.center[1] - place.center_y) < 8
        and face.width == pytest.approx(place.width, rel=0.3)
        for face in found
    )


def opened(options: DetectorOptions) -> Iterator[FaceDetector]:
    detector = build_detector("mediapipe", options)
    yield detector
    detector.close()


@pytest.fixture(scope="module")
def thorough() -> Iterator[FaceDetector]:
    yield from opened(DetectorOptions(tiles_per_frame=None))


@pytest.fixture(scope="module")
def live() -> Iterator[FaceDetector]:
    yield from opened(DetectorOptions())


@pytest.mark.parametrize("place", PLACES, ids=lambda place: f"{place.center_x}-{place.center_y}")
def test_a_far_face_is_found_in_a_single_picture(thorough: FaceDetector, place: PlacedFace) -> None:
    thorough.reset()
    found = thorough.detect(frame([place]))
    assert len(found) == 1
    assert is_at(found, place)


def test_a_far_face_that_comes_live_is_found_within_two_rounds_of_tiles_and_then_kept(
    live: FaceDetector,
) -> None:
    # A tile has its turn every other frame.
    two_rounds = 2 * len(far_tiles(1280, 720, SMALLEST_SHARE))
    for place in PLACES[1::3]:
        live.reset()
        assert live.detect(frame([])) == ()
        image = frame([place]).image
        results = [
            is_at(live.detect(Frame(image, index, None, index * 33)), place)
            for index in range(1, two_rounds + 7)
        ]
        assert any(results[:two_rounds])
        first = results.index(True)
        assert all(results[first:])


def test_the_first_frame_after_a_cut_is_searched_wholly(live: FaceDetector) -> None:
    for place in PLACES[1::3]:
        live.reset()
        assert is_at(live.detect(frame([place])), place)


def test_near_and_far_faces_are_found_together(thorough: FaceDetector) -> None:
    places = [PlacedFace(300, 360, 220), PlacedFace(900, 200, 90, "collins"), *PLACES[4:5]]
    places[2] = PlacedFace(1150, 550, 40)
    thorough.reset()
    found = thorough.detect(frame(places))
    assert len(found) == 3
    assert all(is_at((face,), place) for face, place in zip(found, places, strict=True))


def test_a_far_face_that_walks_is_followed(live: FaceDetector) -> None:
    live.reset()
    seen = [
        is_at(live.detect(frame([place], index)), place)
        for index, place in enumerate(PlacedFace(200 + 9 * step, 300, 42) for step in range(24))
    ]
    assert all(seen[seen.index(True) :])


def test_far_faces_switched_off_are_not_looked_for() -> None:
    detector = build_detector("mediapipe", DetectorOptions(far_faces=False, tiles_per_frame=None))
    assert detector.detect(frame([PLACES[2]])) == ()
    detector.close()


def test_textures_are_not_taken_for_faces(thorough: FaceDetector) -> None:
    random = np.random.default_rng(3)
    found = 0
    for index in range(8):
        coarse = random.integers(0, 256, (720 // 8, 1280 // 8, 3), np.uint8)
        image = np.ascontiguousarray(coarse.repeat(8, axis=0).repeat(8, axis=1))
        thorough.reset()
        found += len(thorough.detect(Frame(image, index, None, index * 33)))
    assert found == 0
