"""What trains within a second: a network of one convolution, its recipe, and pictures for it."""

import json
from dataclasses import asdict, replace
from pathlib import Path
from types import MappingProxyType
from typing import Any

import numpy as np
import pytest

from tests.helpers.augmented import OFF
from tests.helpers.fer2013 import small_fer2013
from training.architectures import registry
from training.config import (
    AugmentConfig,
    DataConfig,
    FitConfig,
    HeadConfig,
    ModelConfig,
    PhaseConfig,
    Recipe,
)
from training.datasets.base import TRAIN, VOTES, Dataset
from training.datasets.fer2013 import Fer2013
from training.datasets.merge import merge


def _trunk(side: int, dropout: float, dtype: str) -> Any:
    from keras import Input, Model, layers

    inputs = Input((side, side, 1), name="face")
    x = layers.Rescaling(1 / 255, dtype=dtype)(inputs)
    x = layers.Conv2D(8, 5, strides=4, use_bias=False, dtype=dtype)(x)
    x = layers.BatchNormalization(dtype=dtype)(x)
    x = layers.ReLU(dtype=dtype)(x)
    x = layers.Flatten(dtype=dtype)(x)
    x = layers.Dropout(dropout, dtype=dtype)(x)
    return Model(inputs, x)


TINY = registry.Architecture("tiny", "one convolution", 48, 1, False, _trunk, "tests")


def register_tiny(patch: pytest.MonkeyPatch) -> registry.Architecture:
    """Put the small network into the registry as "tiny", for as long as the patch lasts."""
    table = MappingProxyType({**registry.ARCHITECTURES, TINY.id: TINY})
    patch.setattr(registry, "ARCHITECTURES", table)
    return TINY


def small_recipe() -> Recipe:
    """Four epochs of the small network with one head and every kind of randomness on."""
    return Recipe(
        model=ModelConfig(
            architecture=TINY.id,
            dropout=0.2,
            licence="MIT",
            intended_use="Tests.",
            limits="Knows stripes only.",
        ),
        heads=(
            HeadConfig(
                id="tiny-fer7",
                name="Tiny",
                labels="fer7",
                labeling="own",
                votes_weight=0.0,
                weight=1.0,
                adjust=False,
            ),
        ),
        data=DataConfig(balance=0.5, class_weights=0.0),
        fit=FitConfig(
            batch=7,
            seed=3,
            precision="float32",
            distribution="none",
            optimizer="adamw",
            learning_rate=0.01,
            schedule="cosine",
            warmup_epochs=1.0,
            weight_decay=0.001,
            loss="cross_entropy",
            label_smoothing=0.05,
            ema=0.9,
            select_by="accuracy",
            plateau_patience=0,
            stop_patience=0,
            stop_at=0.0,
        ),
        phases=(PhaseConfig(epochs=4, side=0, share=1.0, train="all", rate=1.0),),
        augment=AugmentConfig(
            flip=True,
            rotation=10.0,
            shift=0.05,
            shear=5.0,
            zoom=0.1,
            stretch=0.05,
            brightness=20.0,
            contrast=0.2,
            median=0.2,
            closing=0.2,
            erase=0.3,
            erase_side=0.3,
            mixup=0.0,
            cutmix=0.0,
        ),
    )


def without_chance(recipe: Recipe) -> Recipe:
    """The recipe without augmentation, dropout or smoothing: what it sees, it can learn."""
    return replace(
        recipe,
        model=replace(recipe.model, dropout=0.0),
        fit=replace(recipe.fit, label_smoothing=0.0),
        augment=OFF,
    )


def recipe_text(recipe: Recipe) -> str:
    """A recipe as the text of its TOML file."""
    lines = []
    for name, content in asdict(recipe).items():
        several = isinstance(content, tuple)
        for table in content if several else [content]:
            lines.append(f"[[{name}]]" if several else f"[{name}]")
            lines += [f"{key} = {json.dumps(value)}" for key, value in table.items()]
    return "\n".join(lines)


def two_sources(folder: Path) -> Dataset:
    """FER2013's layout with votes, and as many pictures again from "more", which nobody rated.

    Raters agree with the labels, but in every third picture that is tested they part in half.
    """
    folder.mkdir(exist_ok=True)
    first = Fer2013().load(small_fer2013(folder / "fer2013.csv"))
    votes = np.zeros((len(first), len(VOTES)), np.float32)
    votes[np.arange(len(first)), first.labels] = 8
    torn = (np.arange(len(first)) % 3 == 0) & (first.parts != TRAIN)
    votes[torn, (first.labels[torn] + 1) % 7] = 8
    more = replace(first, id="more", images=[255 - image for image in first.images], split_names={})
    return merge([replace(first, votes=votes), more])
