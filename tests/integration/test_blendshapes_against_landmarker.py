"""ferqt's blendshapes agree with those of MediaPipe's own Face Landmarker on real faces."""

from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest

from ferqt.core.blendshapes import BLENDSHAPES
from ferqt.core.types import FloatArray, Frame, Image
from ferqt.faces.assets import LANDMARKER_BUNDLE, read_asset
from ferqt.faces.base import DetectorOptions
from ferqt.faces.blendshapes import BlendshapeReader
from ferqt.faces.mediapipe_tasks import import_mediapipe
from ferqt.faces.registry import build_detector
from tests.helpers.portraits import PlacedFace, eileen_collins, grace_hopper, scene


@pytest.fixture(scope="module")
def landmarker() -> Iterator[Any]:
    import_mediapipe()
    from mediapipe.tasks.python.core.base_options import BaseOptions
    from mediapipe.tasks.python.vision import FaceLandmarker, FaceLandmarkerOptions

    task = FaceLandmarker.create_from_options(
        FaceLandmarkerOptions(
            base_options=BaseOptions(model_asset_buffer=read_asset(LANDMARKER_BUNDLE)),
            output_face_blendshapes=True,
        )
    )
    yield task
    task.close()


def theirs(landmarker: Any, image: Image) -> tuple[list[str], FloatArray, FloatArray]:
    """Names, values and the landmarks, in px, that they were read from."""
    mediapipe = import_mediapipe()
    told = landmarker.detect(mediapipe.Image(image_format=mediapipe.ImageFormat.SRGB, data=image))
    height, width = image.shape[:2]
    points = [(one.x * width, one.y * height, one.z * width) for one in told.face_landmarks[0]]
    categories = told.face_blendshapes[0]
    return (
        [one.category_name for one in categories],
        np.array([one.score for one in categories], np.float32),
        np.array(points, np.float32),
    )


PICTURES = {
    "hopper": grace_hopper(),
    "collins": eileen_collins(),
    "tilted": scene(960, 720, [PlacedFace(480, 360, 260, "collins", roll=30)]),
    "mirrored": scene(960, 720, [PlacedFace(480, 360, 260, "hopper", mirrored=True)]),
}


@pytest.mark.parametrize("name", list(PICTURES))
def test_names_and_values_of_the_same_landmarks_are_theirs(landmarker: Any, name: str) -> None:
    names, values, landmarks = theirs(landmarker, PICTURES[name])
    reader = BlendshapeReader()
    ours = reader.read(landmarks)
    reader.close()
    assert names == list(BLENDSHAPES)
    np.testing.assert_allclose(ours, values, atol=1e-5)


@pytest.mark.parametrize("name", list(PICTURES))
def test_from_the_picture_on_they_are_near_theirs(landmarker: Any, name: str) -> None:
    # The detector measures a new face a second time in a better region, so its landmarks differ
    # by a px or so, which squints and brows feel most.
    _, values, _ = theirs(landmarker, PICTURES[name])
    detector = build_detector("mediapipe", DetectorOptions(far_faces=False, blendshapes=True))
    (face,) = detector.detect(Frame(PICTURES[name], 0, None, 0))
    detector.close()
    assert face.blendshapes is not None
    off = np.abs(face.blendshapes - values)
    assert off.mean() < 0.04
    assert off.max() < 0.25
    for movement in ("eyeBlinkLeft", "eyeBlinkRight", "mouthSmileLeft", "mouthSmileRight"):
        assert off[BLENDSHAPES.index(movement)] < 0.05
