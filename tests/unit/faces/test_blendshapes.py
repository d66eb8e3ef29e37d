"""What the blendshape network says of real landmarks."""

from collections.abc import Iterator

import numpy as np
import pytest

from ferqt.core.blendshapes import BLENDSHAPES, both_sides
from ferqt.core.types import FloatArray, Frame, Image
from ferqt.faces.base import DetectorOptions, FaceDetector
from ferqt.faces.blendshapes import BlendshapeReader
from ferqt.faces.registry import build_detector
from tests.helpers.portraits import eileen_collins, grace_hopper

UPPER_LIDS = [466, 388, 387, 386, 385, 384, 398, 246, 161, 160, 159, 158, 157, 173]
LOWER_LIDS = [249, 390, 373, 374, 380, 381, 382, 7, 163, 144, 145, 153, 154, 155]


@pytest.fixture(scope="module")
def detector() -> Iterator[FaceDetector]:
    detector = build_detector("mediapipe", DetectorOptions(far_faces=False, blendshapes=True))
    yield detector
    detector.close()


@pytest.fixture(scope="module")
def reader() -> Iterator[BlendshapeReader]:
    reader = BlendshapeReader()
    yield reader
    reader.close()


def read(detector: FaceDetector, image: Image) -> tuple[FloatArray, FloatArray]:
    """Landmarks and blendshapes of the one face."""
    detector.reset()
    (face,) = detector.detect(Frame(image, 0, None, 0))
    assert face.landmarks is not None
    assert face.blendshapes is not None
    return face.landmarks, face.blendshapes


def test_a_smile_is_told_from_a_serious_face(detector: FaceDetector) -> None:
    _, serious = read(detector, grace_hopper())
    _, smiling = read(detector, eileen_collins())
    told = both_sides(np.array([serious, smiling]), "mouthSmile").mean(axis=1)
    assert told[0] < 0.1
    assert told[1] > 0.8


def test_values_are_52_shares_that_nobody_can_change(detector: FaceDetector) -> None:
    _, values = read(detector, eileen_collins())
    assert (values.shape, values.dtype) == ((len(BLENDSHAPES),), np.float32)
    assert len(set(BLENDSHAPES)) == 52
    assert values.min() >= 0
    assert values.max() <= 1
    assert not values.flags.writeable


@pytest.mark.parametrize("portrait", [grace_hopper(), eileen_collins()], ids=["hopper", "collins"])
def test_lids_that_close_are_a_blink_on_their_own_side(
    detector: FaceDetector, reader: BlendshapeReader, portrait: Image
) -> None:
    landmarks, _ = read(detector, portrait)
    closed = []
    for share in (0.0, 0.5, 1.0):
        points = landmarks.copy()
        points[UPPER_LIDS] += share * (points[LOWER_LIDS] - points[UPPER_LIDS])
        closed.append(reader.read(points))
    blink = both_sides(np.array(closed), "eyeBlink").min(axis=1)
    assert blink[0] < 0.1
    assert 0.3 < blink[1] < 0.5
    assert blink[2] > 0.7

    wink = landmarks.copy()
    wink[UPPER_LIDS[:7]] = wink[LOWER_LIDS[:7]]
    values = dict(zip(BLENDSHAPES, reader.read(wink), strict=True))
    assert values["eyeBlinkLeft"] > values["eyeBlinkRight"] + 0.4


def test_size_and_place_of_the_face_do_not_matter(
    detector: FaceDetector, reader: BlendshapeReader
) -> None:
    landmarks, values = read(detector, eileen_collins())
    np.testing.assert_allclose(reader.read(landmarks * 2.5), values, atol=1e-3)
    moved = landmarks + np.array([400, -80, 0], np.float32)
    np.testing.assert_allclose(reader.read(moved), values, atol=1e-3)


def test_without_the_option_none_are_made() -> None:
    detector = build_detector("mediapipe", DetectorOptions(far_faces=False))
    (face,) = detector.detect(Frame(grace_hopper(), 0, None, 0))
    detector.close()
    assert face.blendshapes is None


def test_a_closed_reader_says_so() -> None:
    reader = BlendshapeReader()
    reader.close()
    reader.close()
    with pytest.raises(RuntimeError, match="closed"):
        reader.read(np.zeros((478, 3), np.float32))
