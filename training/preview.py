"""A sheet that shows what a recipe does to pictures before they reach the network.

The pictures come from the functions that fill the training batches, so the sheet shows what the
network sees.
"""

from collections.abc import Mapping, Sequence
from dataclasses import fields, replace
from typing import Any, Final

import keras
import numpy as np
import numpy.typing as npt

from ferqt.core.types import FloatArray, Image
from ferqt.errors import FerqtError
from training.architectures.registry import architecture
from training.augment import augment
from training.batches import head_targets, tensors
from training.config import AugmentConfig, Recipe
from training.contact_sheet import Block, Row, Sheet
from training.datasets.base import TRAIN, Dataset

_TOGETHER: Final = 4
"""Draws of everything together; one shows too little of the spread."""

_CAPTION_CLASSES: Final = 3
_CAPTION_SHARE: Final = 0.005
"""Below it a share would read 0%."""

CHANGES: Final[Mapping[str, str]] = {
    "flip": "flip\nhalf of them",
    "rotation": "rotation\n±{:g}°",
    "shift": "shift\n±{:.0%}",
    "shear": "shear\n±{:g}°",
    "zoom": "zoom\n±{:.0%}",
    "stretch": "stretch\n±{:.0%}",
    "brightness": "brightness\n±{:g}",
    "contrast": "contrast\n±{:.0%}",
    "median": "median\n{:.0%} to 128",
    "closing": "closing\n{:.0%} of them",
    "erase": "erase\n{:.0%} of them",
}
"""Title of each change that can be switched on; the value in the recipe fills the braces."""

MIXTURES: Final[Mapping[str, str]] = {
    "mixup": "mixup\n{:g}",
    "cutmix": "cutmix\n{:.0%} of\nbatches",
}
"""The same for what blends pictures and their targets."""

_ON_CHANCE: Final = ("median", "closing", "erase", "cutmix")
"""Changes whose value is a probability; where one is shown alone, it happens."""


def preview(recipe: Recipe, data: Dataset, count: int, seed: int) -> Sheet:
    """Change some training pictures as the recipe asks for.

    The first block has a row a picture: as it is, with each change alone, with all together as in
    training. The first draw of all together takes the same numbers as the changes alone. A second
    block, where the recipe mixes pictures, has a row a kind of mixing, with the targets in words.

    Args:
        recipe: What to do; the targets are those of its first head.
        data: Its training part is shown, at the size of the last phase.
        count: Pictures, at least 1; as many as possible come from different classes.
        seed: Which pictures, and which numbers are drawn.

    Raises:
        FerqtError: The training part has no picture for the first head, or lacks wanted votes.
    """
    split, head = data.splits[TRAIN], recipe.heads[0]
    targets = head_targets(split, recipe, 0)
    rows = _spread_over_classes(targets, count, np.random.default_rng(seed))
    if not len(rows):
        raise FerqtError(
            f"{split.name} has no picture for {head.labels}",
            "Give data with these labels, or put another head first.",
        )
    network = architecture(recipe.model.architecture)
    spec = network.input_spec(data.crop, recipe.phases[-1].side)
    pictures, targets = tensors(split.images[rows], spec), targets[rows]
    names = head.label_set.names
    blocks = [_changes(pictures, targets, names, recipe.augment, seed)]
    mixed = [
        _mixture(name, pictures, targets, names, recipe.augment, seed)
        for name in MIXTURES
        if getattr(recipe.augment, name)
    ]
    if mixed:
        blocks.append(Block((), mixed))
    return Sheet(f"{split.name} at {spec.width} x {spec.height} px, seed {seed}", blocks)


def _spread_over_classes(
    targets: FloatArray, count: int, draws: np.random.Generator
) -> npt.NDArray[np.int64]:
    """Rows with a target, drawn from one class after the other."""
    rows = draws.permutation(np.flatnonzero(targets.sum(axis=1) > 0))
    labels = targets[rows].argmax(axis=1)
    turns = np.zeros(len(rows), np.int64)
    for label in np.unique(labels):
        turns[labels == label] = np.arange((labels == label).sum())
    return rows[np.lexsort((labels, turns))][:count]


def _changes(
    pictures: FloatArray,
    targets: FloatArray,
    names: Sequence[str],
    config: AugmentConfig,
    seed: int,
) -> Block:
    columns = {"original": _images(pictures)}
    for name, title in CHANGES.items():
        if getattr(config, name):
            changed, _ = _augmented(pictures, targets, (seed, 1), _alone(config, name))
            columns[title.format(getattr(config, name))] = changed
    for draw in range(1, _TOGETHER + 1):
        together, _ = _augmented(pictures, targets, (seed, draw), config)
        columns[f"together\ndraw {draw}"] = together
    rows = [
        Row(names[target.argmax()], [column[i] for column in columns.values()])
        for i, target in enumerate(targets)
    ]
    return Block(tuple(columns), rows)


def _mixture(
    name: str,
    pictures: FloatArray,
    targets: FloatArray,
    names: Sequence[str],
    config: AugmentConfig,
    seed: int,
) -> Row:
    mixed, blended = _augmented(pictures, targets, (seed, 1), _alone(config, name))
    captions = [_in_words(target, names) for target in blended]
    return Row(MIXTURES[name].format(getattr(config, name)), mixed, captions)


def _in_words(target: FloatArray, names: Sequence[str]) -> str:
    """The largest shares of a target, a line each."""
    order = target.argsort()[::-1][:_CAPTION_CLASSES]
    return "\n".join(f"{names[i]} {target[i]:.0%}" for i in order if target[i] >= _CAPTION_SHARE)


def _alone(config: AugmentConfig, name: str) -> AugmentConfig:
    """The same amount of one change, and nothing else; a change on chance happens."""
    nothing = {field.name: type(getattr(config, field.name))() for field in fields(config)}
    value = 1.0 if name in _ON_CHANCE else getattr(config, name)
    only: dict[str, Any] = nothing | {"erase_side": config.erase_side, name: value}
    return replace(config, **only)


def _augmented(
    pictures: FloatArray, targets: FloatArray, seed: tuple[int, ...], config: AugmentConfig
) -> tuple[Sequence[Image], FloatArray]:
    changed, (blended,), _ = augment(
        keras.ops.convert_to_tensor(pictures),
        [keras.ops.convert_to_tensor(targets)],
        [np.ones(len(targets))],
        seed,
        config,
    )
    return _images(keras.ops.convert_to_numpy(changed)), keras.ops.convert_to_numpy(blended)


def _images(pictures: FloatArray) -> Sequence[Image]:
    """Pictures for the eye from a network's input, N x height x width x channels, 0..255."""
    rounded = np.clip(np.rint(pictures), 0, 255).astype(np.uint8)
    return list(rounded[..., 0] if rounded.shape[-1] == 1 else rounded)
