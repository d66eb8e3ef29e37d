import numpy as np
import pytest

from ferqt.core.types import FaceBox
from training.scenes import (
    Placement,
    SceneOptions,
    compose_scene,
    compose_scenes,
    draw_placements,
    faces_on,
)

CORNERS = np.array([[0.0, 0.0], [1.0, 0.0], [1.0, 1.0], [0.0, 1.0]])


def test_a_crop_is_turned_clockwise_about_its_center():
    upright, turned = Placement(300, 200, 100), Placement(300, 200, 100, roll=90)
    np.testing.assert_allclose(
        upright.to_scene(CORNERS), [[250, 150], [350, 150], [350, 250], [250, 250]]
    )
    np.testing.assert_allclose(
        turned.to_scene(CORNERS), [[350, 150], [350, 250], [250, 250], [250, 150]]
    )


@pytest.mark.parametrize("roll", [0.0, 12.0, -40.0])
def test_a_crop_holds_what_lies_on_it_and_nothing_else(roll: float):
    placement = Placement(300, 200, 100, roll)
    for shares, inside in (((0.02, 0.02), True), ((0.98, 0.5), True), ((1.03, 0.5), False)):
        ((x, y),) = placement.to_scene(np.array([shares]))
        assert placement.holds(x, y) == inside


def test_a_face_belongs_to_the_crop_that_its_center_lies_on():
    left, right = Placement(100, 100, 120), Placement(400, 100, 120)
    face, stray = FaceBox(360, 60, 80, 90), FaceBox(200, 250, 50, 50)
    assert faces_on((left, right), (stray, face)) == (None, face)


def test_a_crops_pixels_come_to_lie_where_its_placement_says():
    # White left half on black: the edge between them runs through the crop's middle.
    crop = np.zeros((48, 48), np.uint8)
    crop[:, :24] = 255
    options = SceneOptions(width=400, height=300)
    for roll in (0.0, 90.0):
        placement = Placement(210, 140, 96, roll)
        scene = compose_scene([crop], [placement], options, np.random.default_rng(0))
        shares = np.array([[0.25, 0.5], [0.45, 0.5], [0.55, 0.5], [0.75, 0.5]])
        columns, rows = np.floor(placement.to_scene(shares)).astype(int).T
        values = scene[rows, columns].mean(axis=1)
        assert (values[:2] > 230).all()
        assert (values[2:] < 25).all()


def test_every_crop_of_a_scene_lies_wholly_in_its_own_column():
    options = SceneOptions(faces=3, sides=(100.0, 250.0), roll=20.0)
    random = np.random.default_rng(1)
    for _ in range(50):
        for index, placement in enumerate(draw_placements(random, options)):
            x, y = placement.to_scene(CORNERS).T
            column = options.width / options.faces
            assert x.min() >= index * column - 1e-6
            assert x.max() <= (index + 1) * column + 1e-6
            assert y.min() >= -1e-6
            assert y.max() <= options.height + 1e-6


def test_a_crop_that_is_larger_than_its_column_lies_in_its_middle():
    options = SceneOptions(width=200, height=200, faces=1, sides=(300.0, 300.0))
    (placement,) = draw_placements(np.random.default_rng(0), options)
    assert (placement.center_x, placement.center_y) == (100, 100)


def test_all_crops_are_laid_and_equal_seeds_give_equal_scenes():
    crops = np.random.default_rng(0).integers(0, 256, (5, 48, 48), np.uint8)
    options = SceneOptions(width=640, height=240, faces=2, sides=(80.0, 120.0))
    first, again = (list(compose_scenes(crops, options, seed=4)) for _ in range(2))
    assert [len(placements) for _, placements in first] == [2, 2, 1]
    for (scene, places), (other, others) in zip(first, again, strict=True):
        assert scene.shape == (240, 640, 3)
        np.testing.assert_array_equal(scene, other)
        assert places == others
    different, _ = next(compose_scenes(crops, options, seed=5))
    assert (different != first[0][0]).any()
