import numpy as np
import pytest
from mediapipe import Image, ImageFormat
from mediapipe.tasks.python import BaseOptions
from mediapipe.tasks.python.vision import FaceLandmarker, FaceLandmarkerOptions

from ferqt.paths import resources_dir
from tests.helpers.portraits import PlacedFace, scene


@pytest.mark.parametrize("person", ["hopper", "collins"])
@pytest.mark.parametrize("mirrored", [False, True])
def test_a_placed_face_is_found_where_it_was_placed(person, mirrored):
    placed = PlacedFace(260.0, 210.0, 120.0, person=person, mirrored=mirrored)
    picture = scene(480, 400, [placed])
    model = resources_dir() / "face_landmarker.task"
    options = FaceLandmarkerOptions(base_options=BaseOptions(model_asset_path=str(model)))
    with FaceLandmarker.create_from_options(options) as landmarker:
        found = landmarker.detect(Image(image_format=ImageFormat.SRGB, data=picture))
    points = np.array([(point.x * 480, point.y * 400) for point in found.face_landmarks[0]])
    box = (*points.min(axis=0), *np.ptp(points, axis=0))
    assert np.allclose(box, placed.box, atol=0.06 * placed.width)


def test_equal_arguments_give_equal_pixels():
    faces = [(100, 90, 60), PlacedFace(200, 90, 50, "collins", roll=10)]
    assert np.array_equal(scene(320, 180, faces), scene(320, 180, faces))


def test_the_later_face_hides_the_earlier_one():
    front = PlacedFace(160, 100, 80, "collins")
    hidden = scene(320, 200, [(160, 100, 40), front])
    assert np.abs(hidden.astype(int) - scene(320, 200, [front]))[80:120, 140:180].max() == 0
