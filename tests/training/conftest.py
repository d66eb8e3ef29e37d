"""A small data set, a network that trains in a second, and recipes for them."""

from pathlib import Path

import pytest

from tests.helpers.fer2013 import small_fer2013
from tests.helpers.small_run import register_tiny, small_recipe, without_chance
from training.architectures import registry
from training.config import Recipe
from training.datasets.base import Dataset
from training.datasets.fer2013 import Fer2013
from training.datasets.merge import merge


@pytest.fixture
def fer2013_csv(tmp_path: Path) -> Path:
    return small_fer2013(tmp_path / "fer2013.csv")


@pytest.fixture
def data(fer2013_csv: Path) -> Dataset:
    """Seven classes in each part, no votes."""
    return merge([Fer2013().load(fer2013_csv)])


@pytest.fixture
def tiny(monkeypatch: pytest.MonkeyPatch) -> registry.Architecture:
    """A network of one convolution, in the registry as "tiny"."""
    return register_tiny(monkeypatch)


@pytest.fixture
def recipe(tiny: registry.Architecture) -> Recipe:
    """Four epochs of the tiny network with one head and every kind of randomness on."""
    return small_recipe()


@pytest.fixture
def still(recipe: Recipe) -> Recipe:
    """The same recipe without augmentation, dropout or smoothing: what it sees, it can learn."""
    return without_chance(recipe)
