import math

import cv2
import numpy as np
import pytest

from tests.helpers.augmented import COUNT, SIDE, at_center, config, maps, pictures
from tests.helpers.face_crops import face_crops


@pytest.fixture(scope="module")
def faces() -> np.ndarray:
    return face_crops(COUNT, SIDE)[..., None].astype(np.float32)


def test_a_flip_mirrors_half_of_the_pictures_exactly(faces: np.ndarray):
    result = pictures(faces, config("flip"))

    same = (result == faces).all(axis=(1, 2, 3))
    mirrored = (result == faces[:, :, ::-1]).all(axis=(1, 2, 3))
    assert (same ^ mirrored).all()
    assert 20 <= mirrored.sum() <= 44


def test_a_rotation_turns_about_the_center_by_up_to_its_angle():
    found = maps(config(rotation=20.0))

    angles = np.degrees(np.arctan2(found[:, 1, 0], found[:, 0, 0]))
    turns = np.array(
        [[[math.cos(a), -math.sin(a)], [math.sin(a), math.cos(a)]] for a in np.radians(angles)]
    )
    np.testing.assert_allclose(found[:, :, :2], turns, atol=1e-4)
    np.testing.assert_allclose(at_center(found), 0, atol=1e-3)
    assert_even(angles, 20.0)


def test_a_rotated_face_is_the_face_that_opencv_rotates(faces: np.ndarray):
    angles = np.degrees(np.arctan2(*maps(config("rotation"))[:, (1, 0), 0].T))
    result = pictures(faces, config("rotation"))

    center = ((SIDE - 1) / 2, (SIDE - 1) / 2)
    inner = slice(8, -8)
    for face, rotated, angle in zip(faces, result, angles, strict=True):
        matrix = cv2.getRotationMatrix2D(center, angle, 1.0)
        expected = cv2.warpAffine(face[..., 0], matrix, (SIDE, SIDE), flags=cv2.INTER_LINEAR)
        # OpenCV rounds places to 1/32 px.
        assert np.abs(rotated[inner, inner, 0] - expected[inner, inner]).mean() < 1.0


def test_a_shift_moves_along_both_axes_by_up_to_its_share():
    found = maps(config(shift=0.1))

    np.testing.assert_allclose(found[:, :, :2], np.eye(2)[None].repeat(COUNT, 0), atol=1e-4)
    x, y = at_center(found).T
    assert_even(x, 0.1 * SIDE)
    assert_even(y, 0.1 * SIDE)
    assert abs(np.corrcoef(x, y)[0, 1]) < 0.4


def test_a_shear_slants_upright_lines_by_up_to_its_angle():
    found = maps(config(shear=10.0))

    np.testing.assert_allclose(found[:, 1, :2], [[0, 1]] * COUNT, atol=1e-4)
    np.testing.assert_allclose(found[:, 0, 0], 1, atol=1e-4)
    np.testing.assert_allclose(at_center(found), 0, atol=1e-3)
    assert_even(np.degrees(np.arctan(found[:, 0, 1])), 10.0)


def test_a_zoom_enlarges_about_the_center_by_up_to_its_share():
    found = maps(config(zoom=0.2))

    sizes = 1 / found[:, 0, 0]
    np.testing.assert_allclose(found[:, :, :2], np.eye(2) / sizes[:, None, None], atol=1e-4)
    np.testing.assert_allclose(at_center(found), 0, atol=1e-3)
    assert_even(sizes - 1, 0.2)


def test_a_stretch_keeps_the_area():
    found = maps(config(stretch=0.1))

    np.testing.assert_allclose(found[:, (0, 1), (1, 0)], 0, atol=1e-4)
    np.testing.assert_allclose(np.linalg.det(found[:, :, :2]), 1, atol=1e-4)
    np.testing.assert_allclose(at_center(found), 0, atol=1e-3)
    assert_even(found[:, 0, 0] - 1, 0.1)


def test_what_comes_in_from_outside_is_the_mirrored_edge(faces: np.ndarray):
    found = maps(config(shift=0.2))
    result = pictures(faces, config(shift=0.2))

    border = 12
    kind = cv2.BORDER_REFLECT
    for face, moved, (x, y) in zip(faces, result, at_center(found), strict=True):
        wide = cv2.copyMakeBorder(face[..., 0], *[border] * 4, borderType=kind)
        center = ((SIDE - 1) / 2 + border + x, (SIDE - 1) / 2 + border + y)
        expected = cv2.getRectSubPix(wide, (SIDE, SIDE), center)
        assert np.abs(moved[..., 0] - expected).max() < 0.5


def assert_even(values: np.ndarray, amount: float) -> None:
    """The values fill the range from -amount to +amount and do not leave it."""
    assert np.abs(values).max() <= amount * 1.001
    assert values.max() > 0.8 * amount
    assert values.min() < -0.8 * amount
    # The mean of N even draws has a deviation of amount / sqrt(3 N).
    assert abs(values.mean()) < 4 * amount / math.sqrt(3 * len(values))


# Light


def shaded_gray() -> np.ndarray:
    """Gray that grows from row to row, far from black and white."""
    shades = np.arange(100, 100 + SIDE, dtype=np.float32)[:, None, None]
    return np.broadcast_to(shades, (COUNT, SIDE, SIDE, 1)).copy()


def test_brightness_adds_one_number_to_a_picture():
    gray = shaded_gray()
    added = pictures(gray, config(brightness=40.0)) - gray

    assert np.ptp(added, axis=(1, 2, 3)).max() < 1e-3
    assert_even(added[:, 0, 0, 0], 40.0)


def test_contrast_keeps_the_mean_and_scales_the_distance_from_it():
    gray = shaded_gray()
    result = pictures(gray, config(contrast=0.4))

    np.testing.assert_allclose(result.mean(axis=(1, 2, 3)), gray.mean(axis=(1, 2, 3)), atol=1e-3)
    gains = np.ptp(result, axis=(1, 2, 3)) / np.ptp(gray, axis=(1, 2, 3))
    assert_even(gains - 1, 0.4)


def test_the_median_comes_to_the_middle_gray_with_its_probability(faces: np.ndarray):
    half = pictures(faces, config(median=0.5))
    every = pictures(faces, config(median=1.0))

    np.testing.assert_allclose(np.median(every, axis=(1, 2, 3)), 128, atol=1e-3)
    added = 128 - np.median(faces, axis=(1, 2, 3), keepdims=True)
    np.testing.assert_allclose(every, np.clip(faces + added, 0, 255), atol=1e-3)
    untouched = (half == faces).all(axis=(1, 2, 3))
    np.testing.assert_array_equal(half[~untouched], every[~untouched])
    assert 20 <= untouched.sum() <= 44


def test_closing_is_opencvs_with_its_probability(faces: np.ndarray):
    half = pictures(faces, config(closing=0.5))
    every = pictures(faces, config(closing=1.0))

    for face, closed in zip(faces, every, strict=True):
        expected = cv2.morphologyEx(face[..., 0], cv2.MORPH_CLOSE, np.ones((3, 3), np.uint8))
        np.testing.assert_array_equal(closed[..., 0], expected)
    untouched = (half == faces).all(axis=(1, 2, 3))
    np.testing.assert_array_equal(half[~untouched], every[~untouched])
    assert 20 <= untouched.sum() <= 44


# Erasing


def test_erasing_fills_one_rectangle_with_one_gray(faces: np.ndarray):
    result = pictures(faces, config(erase=0.5, erase_side=0.5))

    touched = 0
    grays = []
    for face, erased in zip(faces[..., 0], result[..., 0], strict=True):
        rows, columns = np.nonzero(erased != face)
        if len(rows) == 0:
            continue
        touched += 1
        inside = erased[rows.min() : rows.max() + 1, columns.min() : columns.max() + 1]
        assert np.ptp(inside) == 0
        grays.append(inside[0, 0])
        assert max(inside.shape) <= 0.5 * SIDE + 1
    assert 20 <= touched <= 44
    assert min(grays) < 64
    assert max(grays) > 192


def test_erased_sides_span_their_range_and_reach_every_part_of_the_picture():
    nowhere = np.full((256, SIDE, SIDE, 1), -1.0, np.float32)
    erased = pictures(nowhere, config(erase=1.0, erase_side=0.4))[..., 0] >= 0

    heights, widths = erased.any(axis=2).sum(axis=1), erased.any(axis=1).sum(axis=1)
    np.testing.assert_array_equal(erased.sum(axis=(1, 2)), heights * widths)
    for sides in (heights, widths):
        assert 0.3 * SIDE <= sides.max() <= 0.4 * SIDE + 1
        # At the edge half of a rectangle lies outside.
        assert sides.min() >= 0.5 * 0.3 * 0.4 * SIDE - 1
    assert erased.any(axis=(0, 1)).all()
    assert erased.any(axis=(0, 2)).all()
    assert erased.mean(axis=0).max() < 0.2


# Mixing
