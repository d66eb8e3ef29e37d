import math
from dataclasses import replace

import cv2
import numpy as np
import pytest

from tests.helpers.face_crops import face_crops
from training.augment import augment
from training.config import AugmentConfig

SIDE = 48
COUNT = 64

OFF = AugmentConfig(
    flip=False,
    rotation=0.0,
    shift=0.0,
    shear=0.0,
    zoom=0.0,
    stretch=0.0,
    brightness=0.0,
    contrast=0.0,
    median=0.0,
    closing=0.0,
    erase=0.0,
    erase_side=0.0,
    mixup=0.0,
    cutmix=0.0,
)

MOVES = {
    "flip": {"flip": True},
    "rotation": {"rotation": 15.0},
    "shift": {"shift": 0.08},
    "shear": {"shear": 8.0},
    "zoom": {"zoom": 0.12},
    "stretch": {"stretch": 0.1},
}
LIGHT = {"brightness": {"brightness": 30.0}, "contrast": {"contrast": 0.3}}
ON_CHANCE = {
    "median": {"median": 0.5},
    "closing": {"closing": 0.5},
    "erase": {"erase": 0.5, "erase_side": 0.4},
}
MIXING = {"mixup": {"mixup": 0.4}, "cutmix": {"cutmix": 1.0}}
SWITCHES = MOVES | LIGHT | ON_CHANCE | MIXING


def config(*names: str, **values: float) -> AugmentConfig:
    """Only the named switches on, and the given values."""
    chosen: dict[str, float] = {}
    for name in names:
        chosen |= SWITCHES[name]
    return replace(OFF, **(chosen | values))


@pytest.fixture(scope="module")
def faces() -> np.ndarray:
    return face_crops(COUNT, SIDE)[..., None].astype(np.float32)


def changed(images: np.ndarray, config: AugmentConfig, seed: tuple[int, ...] = (1, 2, 3)):
    """Pictures and the targets of one head with as many classes as there are pictures.

    Each picture is a class of its own, so its row of targets tells what it was mixed from.
    """
    from keras import ops

    own = np.eye(len(images), dtype=np.float32)
    pictures, (targets,) = augment(
        ops.convert_to_tensor(images), [ops.convert_to_tensor(own)], seed, config
    )
    return ops.convert_to_numpy(pictures), ops.convert_to_numpy(targets)


def pictures(images: np.ndarray, config: AugmentConfig, seed: tuple[int, ...] = (1, 2, 3)):
    return changed(images, config, seed)[0]


def maps(config: AugmentConfig, seed: tuple[int, ...] = (1, 2, 3)) -> np.ndarray:
    """Where each picture's pixels come from, N x 2 x 3: (x, y) there = map @ (x, y, 1) here.

    One channel grows with x and one with y, so the values in the middle of a changed picture, where
    nothing comes in from outside, are the places that they were taken from.
    """
    y, x = np.indices((SIDE, SIDE), dtype=np.float32)
    ramps = np.stack([x, y, np.zeros_like(x)], axis=-1)
    result = pictures(np.repeat(ramps[None], COUNT, axis=0), config, seed)
    middle = slice(17, 31)
    here = np.stack([x, y, np.ones_like(x)], axis=-1)[middle, middle].reshape(-1, 3)
    there = result[:, middle, middle, :2].reshape(COUNT, -1, 2)
    return np.stack([np.linalg.lstsq(here, one, rcond=None)[0].T for one in there])


def at_center(found: np.ndarray) -> np.ndarray:
    """How far from the center the center's pixel was taken, N x 2 px."""
    center = np.array([(SIDE - 1) / 2, (SIDE - 1) / 2, 1.0])
    return found @ center - center[:2]


# What is off, what is on


@pytest.mark.parametrize("channels", [1, 3])
def test_nothing_asked_for_changes_no_bit(faces: np.ndarray, channels: int):
    images = np.repeat(faces, channels, axis=-1)
    result, targets = changed(images, OFF)

    np.testing.assert_array_equal(result, images)
    np.testing.assert_array_equal(targets, np.eye(COUNT))


@pytest.mark.parametrize("name", SWITCHES)
def test_each_switch_alone_changes_pictures_of_any_color(faces: np.ndarray, name: str):
    for images in (faces, np.repeat(faces, 3, axis=-1)):
        result = pictures(images, config(name))
        assert result.shape == images.shape
        assert result.dtype == np.float32
        assert (np.abs(result - images).reshape(COUNT, -1).max(axis=1) > 1).mean() > 0.3


def test_equal_seeds_give_equal_batches_and_any_other_number_another(faces: np.ndarray):
    everything = config(*SWITCHES)
    first, targets = changed(faces, everything, (7, 1, 0))
    again, targets_again = changed(faces, everything, (7, 1, 0))

    np.testing.assert_array_equal(first, again)
    np.testing.assert_array_equal(targets, targets_again)
    for other in [(8, 1, 0), (7, 2, 0), (7, 1, 1), (71, 0)]:
        assert np.abs(first - pictures(faces, everything, other)).mean() > 5


@pytest.mark.parametrize("seed", range(3))
def test_values_stay_in_range_however_strong_the_changes(faces: np.ndarray, seed: int):
    strong = {"brightness": 250.0, "contrast": 1.0, "median": 1.0, "rotation": 180.0, "zoom": 0.9}
    result = pictures(faces, config(*SWITCHES, **strong), (seed,))

    assert np.isfinite(result).all()
    assert result.min() >= 0
    assert result.max() <= 255


# Each draw has a seed of its own


def test_moves_are_drawn_alike_alone_and_together():
    flip, rotation, shear, zoom, shift = (
        maps(config(name)) for name in ("flip", "rotation", "shear", "zoom", "shift")
    )
    together = maps(config("flip", "rotation", "shear", "zoom", "shift"))

    expected = flip[:, :, :2] @ rotation[:, :, :2] @ shear[:, :, :2] @ zoom[:, :, :2]
    np.testing.assert_allclose(together[:, :, :2], expected, atol=1e-4)
    np.testing.assert_allclose(at_center(together), at_center(shift), atol=1e-3)


def test_a_stretch_is_drawn_alike_alone_and_with_other_moves():
    stretch, zoom, shift = (maps(config(name)) for name in ("stretch", "zoom", "shift"))
    together = maps(config("stretch", "zoom", "shift"))

    np.testing.assert_allclose(together[:, :, :2], stretch[:, :, :2] @ zoom[:, :, :2], atol=1e-4)
    np.testing.assert_allclose(at_center(together), at_center(shift), atol=1e-3)


def test_light_is_drawn_alike_on_moved_pictures():
    # Soft pictures far from black and white: nothing is clipped, so the change is a line.
    images = 128 + 0.25 * (face_crops(COUNT)[..., None].astype(np.float32) - 128)
    light = config("brightness", "contrast")
    moved = pictures(images, config(*MOVES))

    def lines(before: np.ndarray, after: np.ndarray) -> np.ndarray:
        """Gain, and what mid-gray of the picture's own becomes, for each picture."""
        fits = [np.polyfit(a.ravel(), b.ravel(), 1) for a, b in zip(before, after, strict=True)]
        means = before.mean(axis=(1, 2, 3))
        return np.array(
            [(k, k * mean + d - mean) for (k, d), mean in zip(fits, means, strict=True)]
        )

    alone = lines(images, pictures(images, light))
    together = lines(moved, pictures(images, config(*MOVES, *LIGHT)))
    np.testing.assert_allclose(together, alone, atol=2e-3)


@pytest.mark.parametrize("other", MOVES | LIGHT | {"median": {}, "closing": {}})
def test_erased_rectangles_do_not_depend_on_other_changes(faces: np.ndarray, other: str):
    alone, together = pictures(faces, config("erase")), pictures(faces, config("erase", other))
    without = pictures(faces, config(other))

    rectangles = alone != faces
    np.testing.assert_array_equal(together[rectangles], alone[rectangles])
    np.testing.assert_array_equal(together[~rectangles], without[~rectangles])


@pytest.mark.parametrize(("name", "other"), [("median", "closing"), ("closing", "median")])
def test_which_pictures_are_chosen_does_not_depend_on_other_changes(
    faces: np.ndarray, name: str, other: str
):
    def touched(on: AugmentConfig, off: AugmentConfig) -> np.ndarray:
        different = np.abs(pictures(faces, on) - pictures(faces, off)) > 0.5
        return different.reshape(COUNT, -1).mean(axis=1) > 0.01

    alone = touched(config(name), OFF)
    together = touched(config(name, other, *MOVES), config(other, *MOVES))
    np.testing.assert_array_equal(together, alone)


@pytest.mark.parametrize("name", MIXING)
def test_partners_and_shares_do_not_depend_on_other_changes(faces: np.ndarray, name: str):
    _, alone = changed(faces, config(name))
    _, together = changed(faces, config(name, *MOVES, *LIGHT, *ON_CHANCE))
    np.testing.assert_array_equal(together, alone)


def test_changes_choose_their_pictures_independently(faces: np.ndarray):
    chosen = np.stack(
        [(pictures(faces, config(name)) != faces).any(axis=(1, 2, 3)) for name in ON_CHANCE]
    )
    # Correlations of 64 independent choices have a deviation of 1/8.
    assert np.abs(np.corrcoef(chosen) - np.eye(len(chosen))).max() < 0.45


# Geometry


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


@pytest.mark.parametrize("name", MIXING)
def test_mixed_targets_are_shares_of_two_pictures(faces: np.ndarray, name: str):
    _, targets = changed(faces, config(name))

    np.testing.assert_allclose(targets.sum(axis=1), 1, atol=1e-6)
    assert ((targets > 0).sum(axis=1) <= 2).all()
    # A picture is never less than half of its own mixture.
    assert (np.diag(targets) >= 0.5 - 1e-6).all()
    assert (targets.sum(axis=0) > 0.5).all()
    assert (np.diag(targets) < 0.999).mean() > 0.5


def test_mixup_blends_pictures_as_it_blends_targets(faces: np.ndarray):
    others = config(*MOVES, *LIGHT, *ON_CHANCE)
    plain = pictures(faces, others)
    result, targets = changed(faces, replace(others, mixup=0.4))

    expected = np.einsum("ij,jhwc->ihwc", targets, plain)
    np.testing.assert_allclose(result, expected, atol=1e-3)
    assert len(np.unique(np.diag(targets).round(4))) > COUNT / 2


@pytest.mark.parametrize("seed", range(4))
def test_cutmix_pastes_one_rectangle_of_the_share_that_the_target_says(
    faces: np.ndarray, seed: int
):
    # Pictures of one number each show whose pixels they are.
    numbers = np.arange(COUNT, dtype=np.float32)
    images = np.broadcast_to(numbers[:, None, None, None], (COUNT, SIDE, SIDE, 1)).copy()
    result, targets = changed(images, config(cutmix=1.0), (seed,))

    for number, (picture, target) in enumerate(zip(result[..., 0], targets, strict=True)):
        shares = np.bincount(picture.astype(int).ravel(), minlength=COUNT) / SIDE**2
        np.testing.assert_allclose(target, shares, atol=1e-6)
        foreign = picture != number
        rows, columns = foreign.any(axis=1).sum(), foreign.any(axis=0).sum()
        assert foreign.sum() == rows * columns


def test_cutmix_keeps_the_place_of_the_pasted_pixels(faces: np.ndarray):
    result, targets = changed(faces, config(cutmix=1.0))

    partners = np.where(targets > 0, targets, 2.0).argmin(axis=1)
    own, foreign = result == faces, result == faces[partners]
    assert (own | foreign).all()


def test_cutmix_comes_with_its_probability(faces: np.ndarray):
    few = faces[:2]
    mixed = [(pictures(few, config(cutmix=0.3), (seed,)) != few).any() for seed in range(100)]
    # The partner of each of two pictures is as often itself.
    assert 5 <= sum(mixed) <= 28


def test_every_head_is_mixed_by_the_same_shares(faces: np.ndarray):
    from keras import ops

    kinds = np.arange(COUNT) % 2
    first, second = np.eye(COUNT, dtype=np.float32), np.eye(2, dtype=np.float32)[kinds]
    _, mixed = augment(
        ops.convert_to_tensor(faces),
        [ops.convert_to_tensor(first), ops.convert_to_tensor(second)],
        (5,),
        config(*MIXING),
    )
    own, of_two = (ops.convert_to_numpy(one) for one in mixed)
    np.testing.assert_allclose(of_two, own @ second, atol=1e-6)
