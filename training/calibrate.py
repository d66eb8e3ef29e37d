"""What makes a model's confidence honest: one temperature, and where "uncertain" begins."""

from dataclasses import replace
from typing import Final

import numpy as np

from ferqt.classifiers.calibration import calibrate
from ferqt.classifiers.card import OutputSpec
from ferqt.core.types import FloatArray
from training.metrics import Labels, negative_log_likelihood

_SEARCH: Final = np.geomspace(0.25, 4.0, 400)
"""Temperatures tried, in steps of 0.7 %: finer than the validation pictures can tell apart."""


def fit_temperature(raw: FloatArray, labels: Labels, output: OutputSpec) -> float:
    """Find the temperature with the least cross-entropy (Guo et al. 2017), 0.25 to 4.

    Args:
        raw: N x classes as the network says it, on pictures that it was not fitted to.
        labels: N true classes.
        output: What `raw` means; its own temperature plays no part.
    """
    costs = [
        negative_log_likelihood(calibrate(raw, replace(output, temperature=tried)), labels)
        for tried in _SEARCH.tolist()
    ]
    return round(float(_SEARCH[int(np.argmin(costs))]), 4)


def uncertain_threshold(probabilities: FloatArray, labels: Labels) -> float:
    """Find the confidence below which answers are wrong more often than right.

    It is the cut that best parts wrong answers from right ones when both mistakes cost the same:
    below it, wrong answers outnumber right ones by most. Raising it would call more right answers
    uncertain than wrong ones.

    Args:
        probabilities: N x classes, calibrated.
        labels: N true classes.

    Returns:
        A confidence in 0..1, rounded to 0.01; 0 when even the least sure answers are mostly right.
    """
    confidence = probabilities.max(axis=1)
    order = np.argsort(confidence)
    wrong = probabilities.argmax(axis=1)[order] != labels[order]
    gain = np.cumsum(np.where(wrong, 1, -1))
    best = int(np.argmax(gain))
    return round(float(confidence[order][best]), 2) if gain[best] > 0 else 0.0
