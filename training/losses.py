"""Training targets and the loss that compares them with the network's answer."""

from typing import Any

import numpy as np
import numpy.typing as npt

from training.datasets.base import Split


def soft_targets(
    split: Split, classes: int, votes_weight: float, smoothing: float
) -> npt.NDArray[np.float32]:
    """Mix each picture's own label with its raters' votes, then smooth.

    A picture that nobody rated keeps its own label alone.

    Args:
        split: Pictures with labels and, where the data set has them, votes.
        classes: Number of classes.
        votes_weight: Share of the votes, 0..1.
        smoothing: Share spread evenly over all classes, 0..1 (Szegedy et al. 2016).

    Returns:
        float32 N x classes, each row with sum 1.
    """
    targets = np.eye(classes, dtype=np.float32)[split.labels]
    if split.votes is not None and votes_weight > 0:
        rated = split.votes.sum(axis=1) > 0
        targets[rated] = (1 - votes_weight) * targets[rated] + votes_weight * split.votes[rated]
    return (targets * (1 - smoothing) + smoothing / classes).astype(np.float32)


def cross_entropy(targets: Any, probabilities: Any) -> Any:
    """Mean cross-entropy of a batch, in nats: N x classes targets and probabilities to a scalar."""
    import tensorflow as tf

    logs = tf.math.log(tf.maximum(probabilities, 1e-7))
    return -tf.reduce_mean(tf.reduce_sum(targets * logs, axis=1))
