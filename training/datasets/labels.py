"""What a picture counts as: its data set's own label, its raters' majority, or their shares."""

from typing import Final, Literal

import numpy as np
import numpy.typing as npt

from ferqt.core.emotions import EMOTIONS, LabelSet
from training.datasets.base import NO_LABEL, VOTES, Labels, Split, Votes

Labeling = Literal["own", "majority"]
LABELINGS: Final[tuple[Labeling, ...]] = ("own", "majority")

_OUTLIER_VOTES: Final = 1.0
"""A single vote for a class counts as a slip of one rater (Barsoum et al. 2016)."""


def labels_in(split: Split, labels: LabelSet, labeling: Labeling) -> Labels:
    """True class of each picture in a label set, by one rule.

    Args:
        split: N pictures.
        labels: The classes wanted.
        labeling: "own" takes the data set's label. "majority" takes, where raters voted, the class
            that more than half of the votes name, outliers dropped: FER+'s majority rule (Barsoum
            et al. 2016); pictures that nobody rated keep their own label.

    Returns:
        N indices into `labels`, `NO_LABEL` where the rule gives none of its classes.
    """
    named = split.labels
    if labeling == "majority":
        rated = split.votes.sum(axis=1) > 0
        named = np.where(rated, majority(split.votes), split.labels)
    place = {EMOTIONS.index(name): i for i, name in enumerate(labels.names) if name in EMOTIONS}
    lookup = np.array([place.get(i, NO_LABEL) for i in range(len(VOTES))] + [NO_LABEL])
    return lookup[named]


def majority(votes: Votes) -> Labels:
    """The class that more than half of a picture's votes name, N indices into `VOTES`."""
    kept = without_outliers(votes)
    top = kept.argmax(axis=1)
    clear = kept.max(axis=1) > 0.5 * kept.sum(axis=1)
    return np.where(clear, top, NO_LABEL).astype(np.int64)


def without_outliers(votes: Votes) -> Votes:
    """The votes without those that a single rater gave."""
    return np.where(votes > _OUTLIER_VOTES, votes, 0).astype(np.float32)


def soft_targets(split: Split, labels: LabelSet, votes_weight: float) -> npt.NDArray[np.float32]:
    """What a network is asked to answer: the raters' shares mixed with the own label.

    A picture with only one of the two gets that one alone. Votes count where at least half of a
    picture's votes name classes of the label set.

    Args:
        split: N pictures.
        labels: The classes wanted.
        votes_weight: Share of the votes, 0..1; 0 leaves the own labels alone, and pictures without
            one get no target.

    Returns:
        float32 N x classes with row sum 1, or a row of zeros: not trained on.
    """
    own = labels_in(split, labels, "own")
    targets = np.zeros((len(split), len(labels)), np.float32)
    targets[own != NO_LABEL, own[own != NO_LABEL]] = 1.0
    if votes_weight == 0:
        return targets
    kept = without_outliers(split.votes)
    inside = kept[:, [VOTES.index(name) for name in labels.names]]
    usable = (inside.sum(axis=1) > 0) & (inside.sum(axis=1) >= 0.5 * kept.sum(axis=1))
    shares = inside[usable] / inside[usable].sum(axis=1, keepdims=True)
    weight = np.where(own[usable] == NO_LABEL, 1.0, votes_weight)[:, None]
    targets[usable] = weight * shares + (1 - weight) * targets[usable]
    return targets
