"""Logit adjustment: answers shifted towards rare classes, as far as it helps to find them.

A network that saw mostly happy faces answers "fear" too seldom. Dividing its probabilities by the
share of each class in what it was trained on, to a power tau, undoes that (Menon et al. 2021,
"Long-tail learning via logit adjustment", arXiv:2007.07314). With tau = 1 it suits classes that
occur alike, tau = 0 changes nothing. The shift is a constant for each class, so it goes into the
last layer's bias and costs nothing.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from ferqt.core.emotions import LabelSet
from ferqt.core.types import FloatArray
from training.config import Recipe
from training.datasets.base import Split
from training.metrics import (
    Figures,
    Interval,
    Labels,
    confusion_matrix,
    interval,
    resampled,
    scores,
)

_GRID: Final = np.linspace(0.0, 1.0, 21)
_LEAST_GAIN: Final = 0.003
"""Macro F1 that an adjustment has to win to be worth a difference from the trained network."""

_LEVEL: Final = 0.8
"""Of the gain's interval, which has to lie above 0: nine of ten resamples show a gain."""


@dataclass(frozen=True, slots=True)
class Adjustment:
    """What logit adjustment was chosen on the validation part, and why.

    Attributes:
        tau: Power of the classes' shares that is used; 0 when the gain is within noise.
        tried: The power with the best macro F1.
        n: Pictures it was chosen on.
        prior: Share of each class in what the network was trained on, by name.
        macro_f1: Before, and with `tried`.
        accuracy: Before, and with `tried`.
        gain: Interval of the gain in macro F1 with `tried`, by the paired bootstrap.
    """

    tau: float
    tried: float
    n: int
    prior: Mapping[str, float]
    macro_f1: tuple[float, float]
    accuracy: tuple[float, float]
    gain: Interval


def trained_shares(split: Split, recipe: Recipe, head: int) -> Figures:
    """Share of each class in the targets of one head, as often as they are drawn and weighed.

    This is the prior that the network learned. Shares of its answers on other pictures would mix it
    with how often the classes occur there.

    Args:
        split: The training part.
        recipe: Of the run.
        head: Index of the head.

    Returns:
        One share a class, sum 1; none is less than that of a single picture.
    """
    # Imports Keras, which those who only read an `Adjustment` do without.
    from training.batches import class_weights, draw_chances, head_targets

    targets = [head_targets(split, recipe, index) for index in range(len(recipe.heads))]
    drawn = draw_chances(targets, recipe.data.balance)
    weights = drawn * class_weights(targets[head], recipe.data.class_weights)
    sums = weights @ targets[head].astype(np.float64)
    shares = np.maximum(sums / sums.sum(), 1 / len(split))
    result: Figures = shares / shares.sum()
    return result


def shifted(probabilities: FloatArray, prior: Figures, tau: float) -> FloatArray:
    """Probabilities N x classes divided by `prior` to the power `tau`, each row with sum 1."""
    weights = probabilities.astype(np.float64) * prior**-tau
    result: FloatArray = (weights / weights.sum(axis=1, keepdims=True)).astype(np.float32)
    return result


def choose_adjustment(
    probabilities: FloatArray, labels: Labels, prior: Figures, names: LabelSet
) -> Adjustment:
    """Find the power that raises macro F1 most, and whether by more than chance.

    Macro F1 is averaged over three neighboring powers, because with few pictures of a class it
    jumps from one power to the next.

    Args:
        probabilities: N x classes as the network says it, on pictures that it was not fitted to.
        labels: N true classes.
        prior: What `trained_shares` returned.
        names: The classes.
    """
    answers = [shifted(probabilities, prior, tau).argmax(axis=1) for tau in _GRID.tolist()]
    tables = np.stack([confusion_matrix(labels, one, len(names)) for one in answers])
    accuracy, macro_f1 = scores(tables)
    best = int(np.argmax(np.convolve(np.pad(macro_f1, 1, mode="edge"), np.ones(3) / 3, "valid")))
    gain = _gain(labels, answers[0], answers[best], len(names))
    helps = macro_f1[best] - macro_f1[0] >= _LEAST_GAIN and gain.low > 0
    tried = round(float(_GRID[best]), 2)
    return Adjustment(
        tau=tried if helps else 0.0,
        tried=tried,
        n=len(labels),
        prior={name: float(share) for name, share in zip(names.names, prior, strict=True)},
        macro_f1=(float(macro_f1[0]), float(macro_f1[best])),
        accuracy=(float(accuracy[0]), float(accuracy[best])),
        gain=gain,
    )


def _gain(labels: Labels, before: Labels, after: Labels, classes: int) -> Interval:
    """Interval of the gain in macro F1 when pictures are drawn anew, both answers with each."""
    cells = np.bincount((labels * classes + before) * classes + after, minlength=classes**3)
    drawn = resampled(cells.reshape(classes, classes, classes))
    return interval(scores(drawn.sum(axis=2))[1] - scores(drawn.sum(axis=3))[1], _LEVEL)


def shift_bias(layer: Any, prior: Figures, tau: float) -> None:
    """Build the shift into a Dense layer that ends with softmax."""
    kernel, bias = layer.get_weights()
    layer.set_weights([kernel, bias - tau * np.log(prior).astype(bias.dtype)])
