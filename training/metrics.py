"""Figures of a classifier: plain NumPy on probabilities and true labels."""

import numpy as np
import numpy.typing as npt

from ferqt.classifiers.card import ClassMetrics, Metrics
from ferqt.core.emotions import LabelSet
from ferqt.core.types import FloatArray

Labels = npt.NDArray[np.int64]


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
        Figures as a model card holds them; a ratio without a denominator is 0.
    """
    answers = probabilities.argmax(axis=1)
    counts = confusion_matrix(labels, answers, len(names))
    per_class = {name: _class_metrics(counts, i) for i, name in enumerate(names.names)}
    return Metrics(
        dataset=dataset,
        n=len(labels),
        accuracy=float((answers == labels).mean()),
        macro_f1=float(np.mean([figures.f1 for figures in per_class.values()])),
        ece=calibration_error(probabilities, labels, bins),
        per_class=per_class,
        confusion=tuple(tuple(int(count) for count in row) for row in counts),
    )


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
