"""Several sources made one data set: one size, one crop, one set of parts without leaks."""

import hashlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import numpy.typing as npt

from ferqt.errors import FerqtError
from training.datasets.base import (
    PARTS,
    TRAIN,
    VOTES,
    Dataset,
    Images,
    Source,
    Split,
    Texts,
    Votes,
)
from training.datasets.ferplus import FERPLUS_ID
from training.datasets.fitted import Color, fit
from training.datasets.splits import assign_parts

Rows = npt.NDArray[np.bool_]

_SIDES_PX: Final = range(8, 1025)


@dataclass(frozen=True, slots=True)
class MergeOptions:
    """How sources become one data set.

    Attributes:
        side: Side of the pictures, px. Above the sources' own it costs memory and shows no more.
        color: "gray" is ITU-R BT.601 luma, as the program makes it.
        seed: Of the parts that no author published.
        validation: Share of a source's pictures for validation where none is published, 0..1; with
            0 such a source has no validation part.
        test: The same for the test part.
    """

    side: int = 48
    color: Color = "gray"
    seed: int = 1
    validation: float = 0.15
    test: float = 0.15

    def __post_init__(self) -> None:
        if self.side not in _SIDES_PX:
            raise FerqtError(
                f"pictures of {self.side} px a side",
                f"Choose {_SIDES_PX.start} to {_SIDES_PX.stop - 1}.",
            )
        if self.seed < 0:
            raise FerqtError(f"the seed is {self.seed}", "Choose 0 or more.")
        if not (self.validation >= 0 and self.test >= 0 and self.validation + self.test < 1):
            raise FerqtError(
                f"shares of {self.validation:g} for validation and {self.test:g} for the test",
                "Choose shares from 0 that leave something to train on.",
            )


DEFAULTS: Final = MergeOptions()


def merge(sources: Sequence[Source], options: MergeOptions = DEFAULTS) -> Dataset:
    """Merge sources into one data set.

    Every source is brought to the crop of the first one, to one size and one color; a picture that
    is not square is continued to a square by its edges, as the program continues a live picture.
    Parts are those that the authors published; where they published none, persons are dealt to the
    parts, never pictures. Training pictures that stand, pixel for pixel, in another part are left
    out.

    Args:
        sources: At least one; no two with the same id.
        options: Size, color and the shares of parts.

    Raises:
        FerqtError: There is no source, one comes twice, their crops do not go together, or there is
            nothing to train on.
    """
    if not sources:
        raise FerqtError("no data set is given", "Name at least one, as fer2013=fer2013.csv.")
    ids = [source.id for source in sources]
    if len(set(ids)) != len(ids):
        raise FerqtError(f"a data set is given twice: {', '.join(ids)}", "Name each data set once.")
    joined = "+".join(ids)
    whole = Split(
        name=joined,
        images=fit(sources, options.side, options.color),
        labels=np.concatenate([source.labels for source in sources]),
        votes=np.concatenate([_votes(source) for source in sources]),
        sources=np.repeat(np.arange(len(sources)), [len(source) for source in sources]),
        subjects=np.concatenate([_subjects(source) for source in sources]),
        names=np.concatenate([source.names for source in sources]),
    )
    parts = np.concatenate(
        [assign_parts(s, options.validation, options.test, options.seed) for s in sources]
    )
    leaks = (parts == TRAIN) & _also_elsewhere(whole.images, parts)
    dropped = sum((Counter(source.dropped) for source in sources), Counter())
    dropped["same picture in another part"] = int(leaks.sum())
    titles = {
        f"{source.id}/{part}": f"{source.id}/{source.split_names.get(part, part)}"
        for source in sources
        for part in PARTS
    }
    # A lone source's parts are called what its authors call them.
    splits = {
        part: whole.take((parts == part) & ~leaks, titles.get(name, name))
        for part, name in ((part, f"{joined}/{part}") for part in PARTS)
    }
    _check_training(splits[TRAIN])
    return Dataset(
        id=joined,
        sources=tuple(ids),
        votes_from=FERPLUS_ID if whole.votes.any() else "",
        splits=splits,
        split_names=titles,
        dropped=dict(dropped),
        crop=sources[0].crop,
        licence=" ".join(dict.fromkeys(source.licence for source in sources)),
    )


def leave_out(data: Dataset, rows: Rows, reason: str) -> Dataset:
    """Leave pictures out of the training part; parts to measure on stay whole.

    Args:
        data: A merged data set.
        rows: N booleans, which of the N training pictures go.
        reason: What they are counted under.

    Raises:
        FerqtError: None would be left.
    """
    train = data.splits[TRAIN].take(~rows)
    _check_training(train)
    dropped = {**data.dropped, reason: data.dropped.get(reason, 0) + int(rows.sum())}
    return replace(data, splits={**data.splits, TRAIN: train}, dropped=dropped)


def _check_training(train: Split) -> None:
    if len(train) == 0:
        raise FerqtError(
            f"{train.name} has no picture to train on", "Give more data, or smaller other parts."
        )


def _votes(source: Source) -> Votes:
    if source.votes is None:
        return np.zeros((len(source), len(VOTES)), np.float32)
    return source.votes


def _subjects(source: Source) -> Texts:
    return np.array([f"{source.id}/{name}" if name else "" for name in source.subjects], np.str_)


def _also_elsewhere(images: Images, parts: Texts) -> Rows:
    """Which pictures stand, pixel for pixel, outside the training part too."""
    keys = [hashlib.sha256(image).digest() for image in images]
    held_out = {key for key, part in zip(keys, parts, strict=True) if part != TRAIN}
    return np.array([key in held_out for key in keys])
