"""A small data set, a network that trains in a second, and a run trained on them."""

from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

import pytest

from tests.helpers.fer2013 import small_fer2013
from training.architectures import registry
from training.config import AugmentConfig, DataConfig, FitConfig, ModelConfig, Recipe
from training.datasets.base import Dataset
from training.datasets.fer2013 import Fer2013


@pytest.fixture
def fer2013_csv(tmp_path: Path) -> Path:
    return small_fer2013(tmp_path / "fer2013.csv")


@pytest.fixture
def data(fer2013_csv: Path) -> Dataset:
    return Fer2013().load(fer2013_csv)


def _build_tiny(classes: int, dropout: float, dtype: str):
    from keras import Input, Model, layers

    inputs = Input((48, 48, 1))
    x = layers.Rescaling(1 / 255, dtype=dtype)(inputs)
    x = layers.Conv2D(8, 5, strides=4, use_bias=False, dtype=dtype)(x)
    x = layers.BatchNormalization(dtype=dtype)(x)
    x = layers.ReLU(dtype=dtype)(x)
    x = layers.Flatten(dtype=dtype)(x)
    x = layers.Dropout(dropout, dtype=dtype)(x)
    return Model(inputs, layers.Dense(classes, activation="softmax", dtype="float32")(x))


@pytest.fixture
def tiny(monkeypatch: pytest.MonkeyPatch) -> registry.Architecture:
    """A network of one convolution, in the registry as "tiny"."""
    row = registry.Architecture("tiny", "one convolution", 48, 48, 1, _build_tiny)
    table = MappingProxyType({**registry.ARCHITECTURES, "tiny": row})
    monkeypatch.setattr(registry, "ARCHITECTURES", table)
    return row


@pytest.fixture
def recipe(tiny: registry.Architecture) -> Recipe:
    """Four epochs of the tiny network with every kind of randomness on."""
    return Recipe(
        model=ModelConfig(
            id="tiny-fer7",
            name="Tiny",
            architecture=tiny.id,
            dropout=0.2,
            licence="MIT",
            intended_use="Tests.",
            limits="Knows stripes only.",
        ),
        data=DataConfig(dataset="fer2013", votes_weight=0.0, votes_epochs=0, balance=0.5),
        fit=FitConfig(
            epochs=4,
            batch=7,
            seed=3,
            precision="float32",
            learning_rate=0.01,
            warmup_epochs=1.0,
            weight_decay=0.001,
            label_smoothing=0.05,
            ema=0.9,
            select_by="accuracy",
        ),
        augment=AugmentConfig(
            flip=True,
            rotation=10.0,
            shift=0.05,
            zoom=0.1,
            stretch=0.05,
            brightness=20.0,
            contrast=0.2,
            erase=0.3,
            erase_side=0.3,
        ),
    )


@pytest.fixture
def still(recipe: Recipe) -> Recipe:
    """The same recipe without augmentation, dropout or smoothing: what it sees, it can learn."""
    quiet = AugmentConfig(
        flip=False,
        rotation=0.0,
        shift=0.0,
        zoom=0.0,
        stretch=0.0,
        brightness=0.0,
        contrast=0.0,
        erase=0.0,
        erase_side=0.0,
    )
    return replace(
        recipe,
        model=replace(recipe.model, dropout=0.0),
        fit=replace(recipe.fit, label_smoothing=0.0),
        augment=quiet,
    )
