"""Figures of a classifier: plain NumPy on probabilities and true labels."""

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from ferqt.classifiers.card import ClassMetrics, Metrics
from ferqt.core.emotions import LabelSet
from ferqt.core.types import FloatArray

Labels = npt.NDArray[np.int64]
Figures = npt.NDArray[np.float64]

_DRAWS: Final = 2000
"""Resamples behind an interval; with more, its ends move by less than a tenth of a point."""


@dataclass(frozen=True, slots=True)
class Interval:
    """Where a figure lies, by the bootstrap: shares or differences of shares."""

    low: float
    high: float


def measure(
    probabilities: FloatArray, labels: Labels, names: LabelSet, dataset: str, *, bins: int = 15
) -> Metrics:
    """Measure what a model reaches on one set of pictures.

    Args:
        probabilities: N x classes, N >= 1.
        labels: N true classes.
        names: The classes.
        dataset: Name of the set in the result, for example "fer2013/private".
        bins: Bins of the calibration error.

    Returns:
        Figures as a model card holds them; a ratio without a denominator is 0. Macro F1 is the mean
        over the classes that occur among the labels.
    """
    answers = probabilities.argmax(axis=1)
    counts = confusion_matrix(labels, answers, len(names))
    accuracy, macro_f1 = scores(counts)
    return Metrics(
        dataset=dataset,
        n=len(labels),
        accuracy=float(accuracy),
        macro_f1=float(macro_f1),
        ece=calibration_error(probabilities, labels, bins),
        per_class={name: _class_metrics(counts, i) for i, name in enumerate(names.names)},
        confusion=tuple(tuple(int(count) for count in row) for row in counts),
    )


def scores(counts: Labels) -> tuple[Figures, Figures]:
    """Accuracy and macro F1 of confusion matrices, ... x classes x classes, each shaped "...".

    A class without a picture in any of the matrices has no part in macro F1: no answer to it could
    be right.
    """
    right = np.diagonal(counts, axis1=-2, axis2=-1)
    support, answered = counts.sum(axis=-1), counts.sum(axis=-2)
    f1 = 2 * right / np.maximum(support + answered, 1)
    occurs = support.reshape(-1, support.shape[-1]).any(axis=0)
    total = np.maximum(support.sum(axis=-1), 1)
    return right.sum(axis=-1) / total, f1[..., occurs].mean(axis=-1)


def intervals(counts: Labels, level: float = 0.95) -> tuple[Interval, Interval]:
    """Intervals of accuracy and macro F1 by the percentile bootstrap (Efron and Tibshirani 1993).

    Drawing pictures with replacement is drawing the cells of their confusion matrix; the draws are
    seeded.

    Args:
        counts: Confusion matrix, classes x classes.
        level: Share of the resamples inside.
    """
    accuracy, macro_f1 = scores(resampled(counts))
    return interval(accuracy, level), interval(macro_f1, level)


def resampled(counts: Labels) -> Labels:
    """Draw as many pictures anew from a table of counts, `_DRAWS` times: draws x its shape."""
    shares = counts.ravel() / counts.sum()
    drawn = np.random.default_rng(0).multinomial(int(counts.sum()), shares, size=_DRAWS)
    return drawn.reshape(_DRAWS, *counts.shape)


def interval(figures: Figures, level: float = 0.95) -> Interval:
    """The interval that holds a share `level` of resampled figures."""
    low, high = np.quantile(figures, [(1 - level) / 2, (1 + level) / 2])
    return Interval(float(low), float(high))


def confusion_matrix(labels: Labels, answers: Labels, classes: int) -> Labels:
    """Count pairs: classes x classes, true class by row, answer by column."""
    flat = np.bincount(labels * classes + answers, minlength=classes * classes)
    return flat.reshape(classes, classes).astype(np.int64)


def _class_metrics(counts: Labels, index: int) -> ClassMetrics:
    right = float(counts[index, index])
    support, answered = int(counts[index].sum()), int(counts[:, index].sum())
    return ClassMetrics(
        precision=right / answered if answered else 0.0,
        recall=right / support if support else 0.0,
        f1=2 * right / (support + answered) if support + answered else 0.0,
        support=support,
    )


def reliability(
    probabilities: FloatArray, labels: Labels, bins: int = 15
) -> list[tuple[float, float, float]]:
    """Points of the reliability diagram, one for each bin of confidence that is not empty.

    Returns:
        (share of the pictures, mean confidence, accuracy) by growing confidence.
    """
    confidence = probabilities.max(axis=1)
    right = probabilities.argmax(axis=1) == labels
    place = np.minimum((confidence * bins).astype(int), bins - 1)
    points = []
    for index in range(bins):
        chosen = place == index
        if chosen.any():
            points.append(
                (
                    float(chosen.mean()),
                    float(confidence[chosen].mean()),
                    float(right[chosen].mean()),
                )
            )
    return points


def calibration_error(probabilities: FloatArray, labels: Labels, bins: int = 15) -> float:
    """Expected calibration error, bins of equal width (Naeini et al. 2015, Guo et al. 2017).

    Returns:
        Mean distance between confidence and accuracy, 0..1; 0.05 is off by five points.
    """
    points = reliability(probabilities, labels, bins)
    return sum(share * abs(accuracy - confidence) for share, confidence, accuracy in points)


def negative_log_likelihood(probabilities: FloatArray, labels: Labels) -> float:
    """Mean cross-entropy against the true labels, in nats."""
    truth = probabilities[np.arange(len(labels)), labels]
    return float(-np.log(np.maximum(truth, 1e-7)).mean())
