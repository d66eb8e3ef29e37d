"""Small data sets as importers return them, made of any pictures."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from ferqt.classifiers.card import FER_CROP, AlignedCrop, BoxCrop
from training.datasets.base import Source
from training.datasets.merge import MergeOptions

AS_GIVEN = MergeOptions(validation=0.0, test=0.0)
"""Parts stay what the source says; none is made where it has none."""


def pictures(count: int, side: int = 16, seed: int = 0) -> list[npt.NDArray[np.uint8]]:
    """Gray noise, no two pictures alike."""
    noise = np.random.default_rng(seed)
    return [noise.integers(0, 256, (side, side), dtype=np.uint8) for _ in range(count)]


def source_of(
    labels: Sequence[int],
    *,
    name: str = "one",
    images: Sequence[npt.NDArray[np.uint8]] | None = None,
    votes: npt.ArrayLike | None = None,
    parts: Sequence[str] | str = "",
    subjects: Sequence[str] | str = "",
    names: Sequence[str] | None = None,
    crop: AlignedCrop | BoxCrop = FER_CROP,
) -> Source:
    """A data set; a single text stands for all of its pictures."""
    count = len(labels)
    return Source(
        id=name,
        images=pictures(count) if images is None else images,
        labels=np.array(labels, np.int64),
        votes=None if votes is None else np.asarray(votes, np.float32),
        parts=_each(parts, count),
        subjects=_each(subjects, count),
        names=np.array([f"row {row}" for row in range(count)] if names is None else names),
        split_names={"test": "private"},
        crop=crop,
        licence="Public domain.",
        dropped={},
    )


def _each(texts: Sequence[str] | str, count: int) -> npt.NDArray[np.str_]:
    return np.array([texts] * count if isinstance(texts, str) else texts, np.str_)
