"""From the training part to the batches of an epoch: draws, weights, tensors, augmentation."""

from collections.abc import Sequence
from typing import Any

import keras
import numpy as np
import numpy.typing as npt

from ferqt.classifiers.card import InputSpec
from ferqt.classifiers.preprocess import picture_to_tensor
from ferqt.core.types import FloatArray
from ferqt.errors import FerqtError
from training.augment import augment
from training.config import Recipe
from training.datasets.base import Images, Labels, Split
from training.datasets.labels import soft_targets

Weights = npt.NDArray[np.float64]


class Batches(keras.utils.PyDataset):
    """The batches of one epoch after the other, as Keras's `fit` asks for them.

    Which rows a batch holds and how they are changed follows from the seed, the epoch and the
    batch's number alone. Batches are made in threads beside the training.
    """

    def __init__(
        self, split: Split, spec: InputSpec, recipe: Recipe, epoch: int, share: float = 1.0
    ) -> None:
        """Start with the batches of `epoch`.

        Args:
            split: The training part.
            spec: What the network wants to see.
            recipe: Heads, balance, augmentation and seed.
            epoch: Counted from 1.
            share: Pictures an epoch as a share of the labeled ones.

        Raises:
            FerqtError: There are too few pictures, or votes are wanted that the data lacks.
        """
        super().__init__(workers=2, max_queue_size=6)
        self._images, self._spec, self._recipe = split.images, spec, recipe
        self._targets = [head_targets(split, recipe, i) for i in range(len(recipe.heads))]
        self._loss_weights = [class_weights(t, recipe.data.class_weights) for t in self._targets]
        self._chances = draw_chances(self._targets, recipe.data.balance)
        self._rows = np.flatnonzero(self._chances > 0)
        self._size = round(share * len(self._rows))
        if len(self) == 0:
            raise FerqtError(
                f"an epoch of {split.name} has {self._size} labeled pictures, "
                f"a batch {recipe.fit.batch}",
                "Lower fit.batch or give more data.",
            )
        smoothing = recipe.fit.label_smoothing
        self._smoothed = [
            (t * (1 - smoothing) + smoothing / t.shape[1]).astype(np.float32) for t in self._targets
        ]
        self.draw(epoch)

    def __len__(self) -> int:
        """Batches an epoch."""
        return self._size // self._recipe.fit.batch

    def __getitem__(self, index: int) -> tuple[Any, tuple[Any, ...], tuple[Any, ...]]:
        """Pictures, targets by head and loss weights by head."""
        batch = self._recipe.fit.batch
        rows = self._drawn[index * batch : (index + 1) * batch]
        pictures, targets, weights = augment(
            keras.ops.convert_to_tensor(tensors(self._images[rows], self._spec)),
            [keras.ops.convert_to_tensor(smoothed[rows]) for smoothed in self._smoothed],
            [weights[rows] for weights in self._loss_weights],
            (self._recipe.fit.seed, self._epoch, index),
            self._recipe.augment,
        )
        return pictures, tuple(targets), tuple(weights)

    def draw(self, epoch: int) -> None:
        """Draw the rows of an epoch, counted from 1.

        Not `on_epoch_end`: Keras calls that once before the first epoch, too.
        """
        self._epoch = epoch
        draws = np.random.default_rng((self._recipe.fit.seed, epoch))
        if self._recipe.data.balance == 0:
            self._drawn = draws.permutation(self._rows)[: self._size]
        else:
            chances = self._chances / self._chances.sum()
            self._drawn = draws.choice(len(chances), size=self._size, p=chances)


def head_targets(split: Split, recipe: Recipe, index: int) -> npt.NDArray[np.float32]:
    """Targets of one head, N x classes, zeros where the head has nothing to learn."""
    head = recipe.heads[index]
    if head.votes_weight > 0 and not split.votes.any():
        raise FerqtError(
            f"the recipe's head {head.id} wants raters' votes",
            "Prepare the data with ferplus=fer2013new.csv.",
        )
    return soft_targets(split, head.label_set, head.votes_weight)


def draw_chances(targets: Sequence[npt.NDArray[np.float32]], balance: float) -> Weights:
    """How often each row is drawn: the mean over the heads that it has a target for.

    Args:
        targets: For each head N x classes, zeros where a row has no target.
        balance: Power of 1 / size of the class; 0 gives every row the same chance.

    Returns:
        N chances, to be normalized; 0 for the rows that no head learns from.
    """
    chances = np.stack([class_weights(target, balance) for target in targets])
    used = chances > 0
    return np.where(used.any(axis=0), chances.sum(axis=0) / np.maximum(used.sum(axis=0), 1), 0.0)


def class_weights(targets: npt.NDArray[np.float32], power: float) -> Weights:
    """Weight of each row: 1 / size of its class to a power, mean 1; 0 for rows without target."""
    used = targets.sum(axis=1) > 0
    labels = targets.argmax(axis=1)
    sizes = np.bincount(labels[used], minlength=targets.shape[1]).astype(np.float64)
    weights = np.where(used, np.maximum(sizes, 1)[labels] ** -power, 0.0)
    return weights / weights[used].mean() if used.any() else weights


def tensors(images: Images, spec: InputSpec) -> FloatArray:
    """Turn face pictures into a network's input, N x height x width x channels."""
    return np.stack([picture_to_tensor(image, spec) for image in images])


def predict(model: Any, split: Split, spec: InputSpec, batch: int = 256) -> list[FloatArray]:
    """Probabilities of a Keras model for every picture of a split, by output N x classes."""
    parts = []
    for start in range(0, len(split), batch):
        answer = model(tensors(split.images[start : start + batch], spec), training=False)
        outputs = answer if isinstance(answer, list | tuple) else [answer]
        parts.append([keras.ops.convert_to_numpy(one).astype(np.float32) for one in outputs])
    return [np.concatenate(outputs) for outputs in zip(*parts, strict=True)]


def known_rows(labels: Labels) -> npt.NDArray[np.bool_]:
    """Which rows have a label."""
    return labels >= 0
