from dataclasses import replace

import numpy as np
import pytest

from tests.helpers.augmented import (
    COUNT,
    LIGHT,
    MIXING,
    MOVES,
    OFF,
    ON_CHANCE,
    SIDE,
    SWITCHES,
    at_center,
    changed,
    config,
    maps,
    pictures,
)
from tests.helpers.face_crops import face_crops
from training.augment import augment
from training.config import AugmentConfig


@pytest.fixture(scope="module")
def faces() -> np.ndarray:
    return face_crops(COUNT, SIDE)[..., None].astype(np.float32)


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
    _, mixed, _ = augment(
        ops.convert_to_tensor(faces),
        [ops.convert_to_tensor(first), ops.convert_to_tensor(second)],
        [np.ones(COUNT)] * 2,
        (5,),
        config(*MIXING),
    )
    own, of_two = (ops.convert_to_numpy(one) for one in mixed)
    np.testing.assert_allclose(of_two, own @ second, atol=1e-6)


def with_weights(faces: np.ndarray, weights: np.ndarray, config: AugmentConfig):
    from keras import ops

    own = ops.convert_to_tensor(np.eye(COUNT, dtype=np.float32))
    _, (targets,), (mixed,) = augment(ops.convert_to_tensor(faces), [own], [weights], (3,), config)
    return ops.convert_to_numpy(targets), np.asarray(mixed)


@pytest.mark.parametrize("name", MIXING)
def test_a_picture_without_a_target_leaves_the_lesson_to_its_partner(faces: np.ndarray, name: str):
    shares, _ = with_weights(faces, np.ones(COUNT), config(name))
    taught = np.arange(COUNT) % 3 > 0
    targets, weights = with_weights(faces, taught.astype(float), config(name))

    np.testing.assert_allclose(weights, shares @ taught, atol=1e-6)
    np.testing.assert_allclose(targets.sum(axis=1), 1, atol=1e-6)
    assert np.abs(targets[weights > 0][:, ~taught]).max() < 1e-6
    assert ((weights > 0) & ~taught).any()


@pytest.mark.parametrize("name", MIXING)
def test_a_mixtures_loss_is_the_mixture_of_the_weighted_losses(faces: np.ndarray, name: str):
    shares, _ = with_weights(faces, np.ones(COUNT), config(name))
    given = np.random.default_rng(0).uniform(0.2, 5, COUNT)
    targets, weights = with_weights(faces, given, config(name))

    # Cross-entropy is linear in the target, so what multiplies each class tells the whole loss.
    np.testing.assert_allclose(weights[:, None] * targets, shares * given, atol=1e-5)


def test_weights_pass_as_they_are_where_nothing_is_mixed(faces: np.ndarray):
    given = np.random.default_rng(0).uniform(0.2, 5, COUNT)
    _, weights = with_weights(faces, given, config(*MOVES, *LIGHT, *ON_CHANCE))

    assert weights.dtype == given.dtype
    np.testing.assert_array_equal(weights, given)
