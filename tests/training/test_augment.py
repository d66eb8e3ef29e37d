from dataclasses import replace

import numpy as np
import pytest

from tests.helpers.fer2013 import picture
from training.augment import augment
from training.config import AugmentConfig, Recipe


@pytest.fixture
def images() -> np.ndarray:
    return np.stack([picture(i % 7, i) for i in range(64)])[..., None].astype(np.float32)


def changed(
    images: np.ndarray, config: AugmentConfig, seed: tuple[int, int] = (1, 2)
) -> np.ndarray:
    import tensorflow as tf

    return augment(tf.constant(images), tf.constant(seed), config).numpy()


def test_equal_seeds_give_equal_pictures_and_others_do_not(images, recipe: Recipe):
    first = changed(images, recipe.augment)

    np.testing.assert_array_equal(first, changed(images, recipe.augment))
    assert np.abs(first - changed(images, recipe.augment, (1, 3))).mean() > 5


def test_values_stay_in_range(images, recipe: Recipe):
    config = replace(recipe.augment, brightness=200.0, contrast=0.9)
    result = changed(images, config)

    assert result.shape == images.shape
    assert result.min() >= 0
    assert result.max() <= 255


def test_nothing_asked_for_changes_nothing(images, still: Recipe):
    np.testing.assert_allclose(changed(images, still.augment), images, atol=0.01)


def test_flip_mirrors_about_half_of_the_pictures_and_nothing_else(images, still: Recipe):
    result = changed(images, replace(still.augment, flip=True))

    same = [np.allclose(a, b, atol=0.01) for a, b in zip(result, images, strict=True)]
    mirrored = [np.allclose(a, b[:, ::-1], atol=0.01) for a, b in zip(result, images, strict=True)]
    assert all(a or b for a, b in zip(same, mirrored, strict=True))
    assert 16 <= sum(mirrored) <= 48


def test_a_shift_moves_no_further_than_its_share(still: Recipe):
    dot = np.zeros((64, 48, 48, 1), np.float32)
    dot[:, 24, 24] = 255
    moved = changed(dot, replace(still.augment, shift=0.1))

    heights, widths = np.indices((48, 48))
    weights = moved[..., 0] / moved[..., 0].sum(axis=(1, 2), keepdims=True)
    x, y = (weights * widths).sum(axis=(1, 2)), (weights * heights).sum(axis=(1, 2))
    assert np.abs(x - 24).max() <= 4.81
    assert np.abs(y - 24).max() <= 4.81
    assert np.abs(x - 24).max() > 3


def test_erasing_fills_a_part_of_some_pictures(images, still: Recipe):
    result = changed(images, replace(still.augment, erase=0.5, erase_side=0.4))

    touched = (np.abs(result - images) > 0.01).reshape(64, -1).mean(axis=1)
    assert 16 <= (touched > 0).sum() <= 48
    assert touched.max() <= 0.4**2 + 0.03
