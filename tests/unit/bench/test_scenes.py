"""Scenes hold as many faces as they say, where the detector finds them."""

from collections.abc import Iterator
from contextlib import closing

import numpy as np
import pytest

from ferqt.bench.scenes import FACE_COUNTS, SIZES, Setting, face_width, scene_picture
from ferqt.bench.scenes import scene_pictures as pictures
from ferqt.core.types import Frame
from ferqt.faces.base import DetectorOptions, FaceDetector
from ferqt.faces.registry import build_detector


@pytest.fixture
def detector() -> Iterator[FaceDetector]:
    with closing(build_detector("mediapipe", DetectorOptions())) as built:
        yield built


@pytest.mark.parametrize("faces", FACE_COUNTS)
def test_every_face_is_found_and_no_other(faces: int, detector: FaceDetector) -> None:
    setting = Setting(1280, 720, faces)
    for number, picture in enumerate(pictures(setting, 2)):
        found = detector.detect(Frame(picture, number, None, number * 33))
        assert len(found) == faces
        for box in found:
            assert box.width == pytest.approx(face_width(setting), rel=0.2)


@pytest.mark.parametrize("size", [(640, 480), (1920, 1080)], ids="{0[0]}x{0[1]}".format)
def test_the_smallest_faces_are_found_at_other_sizes_too(
    size: tuple[int, int], detector: FaceDetector
) -> None:
    assert size in SIZES
    picture = scene_picture(Setting(*size, 8), 0.0)

    assert len(detector.detect(Frame(picture, 0, None, 0))) == 8


def test_pictures_have_their_size_and_go_round() -> None:
    setting = Setting(320, 240, 2)

    first, second = pictures(setting, 2)

    assert first.shape == (240, 320, 3)
    assert not np.array_equal(first, second)
    assert np.array_equal(first, scene_picture(setting, 1.0))
