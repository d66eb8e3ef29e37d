"""What every registered face detector holds."""

from collections.abc import Iterator

import cv2
import numpy as np
import pytest

from ferqt.core.geometry import intersection_over_union
from ferqt.core.types import FaceBox, Frame, Image
from ferqt.faces.base import DetectorOptions, FaceDetector, FaceFinder
from ferqt.faces.registry import DETECTORS, build_detector
from tests.helpers.portraits import PlacedFace, eileen_collins, grace_hopper, scene


def frame(image: Image, index: int = 0) -> Frame:
    return Frame(np.ascontiguousarray(image), index, None, index * 33)


@pytest.fixture(scope="module", params=list(DETECTORS))
def opened(request: pytest.FixtureRequest) -> Iterator[FaceDetector]:
    detector = build_detector(request.param, DetectorOptions(threads=1))
    yield detector
    detector.close()


@pytest.fixture
def detector(opened: FaceDetector) -> FaceDetector:
    opened.reset()
    return opened


@pytest.fixture(scope="module", params=list(DETECTORS))
def finder(request: pytest.FixtureRequest) -> Iterator[FaceFinder]:
    finder = DETECTORS[request.param].build_finder(DetectorOptions(min_confidence=0.05))
    yield finder
    finder.close()


def box_of(face: PlacedFace) -> FaceBox:
    return FaceBox(*face.box)


def test_a_detector_is_what_the_protocol_says(detector: FaceDetector) -> None:
    assert isinstance(detector, FaceDetector)


@pytest.mark.parametrize(
    ("portrait", "expected"),
    [
        (grace_hopper(), FaceBox(170.0, 132.3, 185.4, 202.3)),
        (eileen_collins(), FaceBox(180.7, 71.8, 89.5, 105.6)),
    ],
    ids=["hopper", "collins"],
)
def test_the_one_face_of_a_portrait_lies_where_it_is(
    detector: FaceDetector, portrait: Image, expected: FaceBox
) -> None:
    (face,) = detector.detect(frame(portrait))
    assert intersection_over_union(face, expected) > 0.9


def test_coordinates_are_px_of_the_frame_whatever_its_shape(detector: FaceDetector) -> None:
    for width, height, place in (
        (1280, 720, PlacedFace(1000, 300, 200)),
        (400, 900, PlacedFace(150, 700, 140, "collins")),
    ):
        detector.reset()
        (face,) = detector.detect(frame(scene(width, height, [place])))
        assert intersection_over_union(face, box_of(place)) > 0.85


def test_a_face_carries_confidence_landmarks_and_pose(detector: FaceDetector) -> None:
    (face,) = detector.detect(frame(grace_hopper()))
    assert face.confidence is not None
    assert 0.5 <= face.confidence <= 1.0
    assert face.landmarks is not None
    assert face.landmarks.shape == (478, 3)
    assert face.landmarks.dtype == np.float32
    assert not face.landmarks.flags.writeable
    # The box is the rectangle around the landmarks.
    low, high = face.landmarks[:, :2].min(axis=0), face.landmarks[:, :2].max(axis=0)
    assert (face.x, face.y) == pytest.approx(tuple(low), abs=1e-3)
    assert (face.x + face.width, face.y + face.height) == pytest.approx(tuple(high), abs=1e-3)
    assert face.pose is not None
    assert abs(face.pose.yaw) < 5


def test_landmarks_lie_on_the_features_of_the_face(detector: FaceDetector) -> None:
    (face,) = detector.detect(frame(grace_hopper()))
    assert face.landmarks is not None
    # Pupils (iris centers 468 and 473) and mouth corners, as read off the enlarged portrait by eye.
    by_eye = {468: (222, 189), 473: (306, 187), 61: (229, 280), 291: (305, 276)}
    for index, place in by_eye.items():
        assert np.hypot(*(face.landmarks[index, :2] - place)) < 7, index


def test_faces_come_largest_first(detector: FaceDetector) -> None:
    image = scene(960, 540, [(180, 260, 110), PlacedFace(700, 270, 190, "collins")])
    for index in range(2):
        large, small = detector.detect(frame(image, index))
        assert large.center[0] == pytest.approx(700, abs=15)
        assert small.center[0] == pytest.approx(180, abs=15)


@pytest.mark.parametrize("kind", ["gray", "black", "white", "noise", "gradient"])
def test_a_picture_without_a_face_gives_none(detector: FaceDetector, kind: str) -> None:
    image = {
        "gray": np.full((360, 640, 3), 128, np.uint8),
        "black": np.zeros((360, 640, 3), np.uint8),
        "white": np.full((360, 640, 3), 255, np.uint8),
        "noise": np.random.default_rng(1).integers(0, 256, (360, 640, 3), np.uint8),
        "gradient": np.tile(np.linspace(0, 255, 640).astype(np.uint8)[None, :, None], (360, 1, 3)),
    }[kind]
    assert detector.detect(frame(image)) == ()


def test_a_face_that_goes_is_not_reported_again(detector: FaceDetector) -> None:
    assert len(detector.detect(frame(scene(640, 360, [(320, 180, 120)])))) == 1
    assert detector.detect(frame(scene(640, 360), 1)) == ()


def test_a_face_after_a_cut_is_found_in_the_very_frame(detector: FaceDetector) -> None:
    for index, place in enumerate(((160, 180, 120), (480, 180, 120), (320, 190, 90))):
        faces = detector.detect(frame(scene(640, 360, [place]), index))
        assert [round(face.center[0], -1) for face in faces] == [pytest.approx(place[0], abs=10)]


def test_equal_frames_after_a_reset_give_equal_faces(detector: FaceDetector) -> None:
    images = [scene(640, 360, [(200 + 15 * step, 180, 110)]) for step in range(4)]
    runs = []
    for _ in range(2):
        detector.reset()
        detector.reset()
        runs.append(
            [
                [(face.x, face.y, face.width, face.height, face.confidence) for face in faces]
                for faces in (detector.detect(frame(image, n)) for n, image in enumerate(images))
            ]
        )
    assert runs[0] == runs[1]
    assert all(len(faces) == 1 for faces in runs[0])


def test_a_face_cut_by_the_edge_does_no_harm(detector: FaceDetector) -> None:
    for index, x in enumerate((320, 120, 60, 20, 0, -40, -80)):
        for face in detector.detect(frame(scene(640, 360, [(x, 180, 160)]), index)):
            assert face.x < 640
            assert face.x + face.width > 0


@pytest.mark.parametrize("degrees", [-40, -20, 20, 40, 90, 180])
def test_a_turned_portrait_does_no_harm(detector: FaceDetector, degrees: float) -> None:
    matrix = cv2.getRotationMatrix2D((262, 233), -degrees, 1)
    turned = cv2.warpAffine(grace_hopper(), matrix, (512, 600))
    faces = detector.detect(frame(np.asarray(turned, np.uint8)))
    assert len(faces) <= 1
    for face in faces:
        assert np.hypot(face.center[0] - 262, face.center[1] - 233) < 40


@pytest.mark.parametrize(
    ("height", "width"), [(1, 1), (1, 300), (300, 1), (2, 2), (16, 16), (31, 47), (3000, 4000)]
)
def test_frames_of_any_size_are_taken(detector: FaceDetector, height: int, width: int) -> None:
    assert detector.detect(frame(np.full((height, width, 3), 90, np.uint8))) == ()


def test_frames_may_change_their_size_between_two_calls(detector: FaceDetector) -> None:
    assert len(detector.detect(frame(grace_hopper()))) == 1
    detector.detect(frame(np.zeros((8, 8, 3), np.uint8), 1))
    assert len(detector.detect(frame(scene(960, 540, [(480, 270, 150)]), 2))) == 1


def test_pixels_are_only_read(detector: FaceDetector) -> None:
    given = frame(grace_hopper())
    assert not given.image.flags.writeable
    detector.detect(given)
    assert np.array_equal(given.image, grace_hopper())


@pytest.mark.parametrize("detector_id", list(DETECTORS))
def test_at_most_max_faces_are_returned_and_those_are_the_largest(detector_id: str) -> None:
    image = scene(960, 540, [(160, 270, 110), (480, 270, 170), (800, 270, 140)])
    detector = build_detector(detector_id, DetectorOptions(max_faces=2, threads=1))
    try:
        for index in range(3):
            faces = detector.detect(frame(image, index))
            assert [round(face.center[0] / 160) for face in faces] == [3, 5]
    finally:
        detector.close()


@pytest.mark.parametrize("detector_id", list(DETECTORS))
def test_closing_twice_is_harmless(detector_id: str) -> None:
    detector = build_detector(detector_id, DetectorOptions(threads=1))
    detector.detect(frame(grace_hopper()))
    detector.close()
    detector.close()


def test_finders_read_red_green_blue_in_this_order(finder: FaceFinder) -> None:
    """Colored faces please a network more than blue ones; Haar sees no color, so equally much."""

    def score(image: Image) -> float:
        found = finder.find(np.ascontiguousarray(image))
        return max((1.0 if box.confidence is None else box.confidence for box in found), default=0)

    near = grace_hopper()
    # So small that the SSD network hesitates; Haar sees nothing there.
    far = scene(1280, 1280, [PlacedFace(640, 640, 90)])
    right = score(near) + score(far)
    swapped = score(near[..., ::-1]) + score(far[..., ::-1])
    hesitates = any(0 < score(image) < 1 for image in (near, far))
    assert right >= swapped + (0.2 if hesitates else 0.0)


def test_finders_give_no_landmarks_and_the_best_first(finder: FaceFinder) -> None:
    assert isinstance(finder, FaceFinder)
    found = finder.find(scene(960, 540, [(200, 270, 120), (700, 270, 180)]))
    assert all(box.landmarks is None for box in found)
    scores = [box.confidence or 0.0 for box in found]
    assert scores == sorted(scores, reverse=True)
