"""ferqt's way through the face mesh agrees with MediaPipe's own Face Landmarker on real faces."""

from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest

from ferqt.core.types import Frame, Image
from ferqt.faces.assets import LANDMARKER_BUNDLE, read_asset
from ferqt.faces.base import DetectorOptions, FaceDetector
from ferqt.faces.head_pose import pose_from_matrix
from ferqt.faces.mediapipe_tasks import import_mediapipe
from ferqt.faces.registry import build_detector
from tests.helpers.portraits import Person, PlacedFace, scene

WIDTH, HEIGHT, FACE = 960, 720, 260


@pytest.fixture(scope="module")
def detector() -> Iterator[FaceDetector]:
    detector = build_detector("mediapipe", DetectorOptions(far_faces=False))
    yield detector
    detector.close()


@pytest.fixture(scope="module")
def landmarker() -> Iterator[Any]:
    import_mediapipe()
    from mediapipe.tasks.python.core.base_options import BaseOptions
    from mediapipe.tasks.python.vision import FaceLandmarker, FaceLandmarkerOptions

    task = FaceLandmarker.create_from_options(
        FaceLandmarkerOptions(
            base_options=BaseOptions(model_asset_buffer=read_asset(LANDMARKER_BUNDLE)),
            output_facial_transformation_matrixes=True,
        )
    )
    yield task
    task.close()


def picture(person: Person, roll: float, mirrored: bool) -> Image:
    return scene(
        WIDTH,
        HEIGHT,
        [PlacedFace(WIDTH / 2, HEIGHT / 2, FACE, person, roll=roll, mirrored=mirrored)],
    )


@pytest.mark.parametrize("person", ["hopper", "collins"])
@pytest.mark.parametrize("mirrored", [False, True], ids=["", "mirrored"])
@pytest.mark.parametrize("roll", [-30, -15, 0, 15, 30])
def test_landmarks_and_pose_agree(
    detector: FaceDetector, landmarker: Any, person: Person, mirrored: bool, roll: float
) -> None:
    image = picture(person, roll, mirrored)
    mediapipe = import_mediapipe()
    theirs = landmarker.detect(mediapipe.Image(image_format=mediapipe.ImageFormat.SRGB, data=image))
    detector.reset()
    (face,) = detector.detect(Frame(image, 0, None, 0))
    assert face.landmarks is not None
    assert face.pose is not None

    points = np.array([(p.x * WIDTH, p.y * HEIGHT) for p in theirs.face_landmarks[0]])
    assert np.hypot(*(face.landmarks[:, :2] - points).T).mean() < 0.02 * FACE

    pose = pose_from_matrix(theirs.facial_transformation_matrixes[0])
    assert face.pose.pitch == pytest.approx(pose.pitch, abs=6)
    assert face.pose.yaw == pytest.approx(pose.yaw, abs=5)
    assert face.pose.roll == pytest.approx(pose.roll, abs=3)
    upright = -2.6 if person == "hopper" else 3.0
    assert face.pose.roll == pytest.approx((-upright if mirrored else upright) + roll, abs=3)
