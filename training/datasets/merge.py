"""Several sources made one data set: one size, one crop, one set of parts without leaks."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

import cv2
import numpy as np
import numpy.typing as npt

from ferqt.classifiers.card import AlignedCrop, BoxCrop
from ferqt.core.geometry import similarity_transform
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
from training.datasets.splits import assign_parts

Matrix = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class MergeOptions:
    """How sources become one data set.

    Attributes:
        side: Side of the pictures, px.
        color: "gray" is ITU-R BT.601 luma, as the program makes it.
        seed: Of the parts that no author published.
        validation: Share of a source's pictures for validation where none is published, 0..1.
        test: The same for the test part.
    """

    side: int = 48
    color: Literal["gray", "rgb"] = "gray"
    seed: int = 1
    validation: float = 0.15
    test: float = 0.15


DEFAULTS: Final = MergeOptions()


def merge(sources: Sequence[Source], options: MergeOptions = DEFAULTS) -> Dataset:
    """Merge sources into one data set.

    Every source is brought to the crop of the first one, to one size and one color. Parts are those
    that the authors published; where they published none, persons are dealt to the parts, never
    pictures. Training pictures that stand, pixel for pixel, in another part are left out.

    Args:
        sources: At least one; no two with the same id.
        options: Size, color and the shares of parts.

    Raises:
        FerqtError: There is no source, one comes twice, or the training part is empty.
    """
    if not sources:
        raise FerqtError("no data set is given", "Name at least one, as fer2013=fer2013.csv.")
    ids = [source.id for source in sources]
    if len(set(ids)) != len(ids):
        raise FerqtError(f"a data set is given twice: {', '.join(ids)}")
    crop = sources[0].crop
    joined = "+".join(ids)
    whole = Split(
        name=joined,
        images=np.concatenate([_pictures(source, crop, options) for source in sources]),
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
    splits = {part: whole.take((parts == part) & ~leaks, f"{joined}/{part}") for part in PARTS}
    if len(splits[TRAIN]) == 0:
        raise FerqtError(f"{joined} has no picture to train on")
    titles = {
        f"{source.id}/{part}": f"{source.id}/{source.split_names.get(part, part)}"
        for source in sources
        for part in PARTS
    }
    if len(sources) == 1:
        splits = {
            part: split.take(slice(None), titles[split.name]) for part, split in splits.items()
        }
    return Dataset(
        id=joined,
        sources=tuple(ids),
        votes_from="ferplus" if whole.votes.any() else "",
        splits=splits,
        split_names=titles,
        dropped=dict(dropped),
        crop=crop,
        licence=" ".join(dict.fromkeys(source.licence for source in sources)),
    )


def _pictures(source: Source, crop: AlignedCrop | BoxCrop, options: MergeOptions) -> Images:
    move = _between(source.crop, crop)
    colors = () if options.color == "gray" else (3,)
    pictures = np.empty((len(source), options.side, options.side, *colors), np.uint8)
    for picture, image in zip(pictures, source.images, strict=True):
        picture[:] = _resized(_moved(_COLORS[options.color](image), move), options.side)
    return pictures


def _between(crop: AlignedCrop | BoxCrop, wanted: AlignedCrop | BoxCrop) -> Matrix | None:
    """The 2 x 3 matrix, in shares of the side, from one crop to another; None if equal."""
    if crop == wanted:
        return None
    if not (isinstance(crop, AlignedCrop) and isinstance(wanted, AlignedCrop)):
        raise FerqtError(
            "data sets with different crops cannot be merged",
            "Give them crops that say where eyes and mouth lie.",
        )
    return similarity_transform(_places(crop), _places(wanted))


def _places(crop: AlignedCrop) -> Matrix:
    return (np.array([*crop.eyes, crop.mouth]) + crop.margin) / (1 + 2 * crop.margin)


def _moved(image: Images, move: Matrix | None) -> Images:
    if move is None:
        return image
    height, width = image.shape[:2]
    size = np.array([width, height], dtype=np.float64)
    # Shares to pixel edges, and pixel edges to the pixel centers that OpenCV counts in.
    matrix = np.hstack([move[:, :2] * size[:, None] / size[None, :], (move[:, 2] * size)[:, None]])
    matrix[:, 2] += matrix[:, :2] @ (0.5, 0.5) - 0.5
    moved = cv2.warpAffine(
        image, matrix, (width, height), flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REFLECT_101
    )
    return np.asarray(moved, np.uint8)


def _resized(image: Images, side: int) -> Images:
    if image.shape[:2] == (side, side):
        return image
    method = cv2.INTER_AREA if max(image.shape[:2]) > side else cv2.INTER_CUBIC
    return np.asarray(cv2.resize(image, (side, side), interpolation=method), np.uint8)


def _gray(image: Images) -> Images:
    return image if image.ndim == 2 else np.asarray(cv2.cvtColor(image, cv2.COLOR_RGB2GRAY))


def _rgb(image: Images) -> Images:
    return image if image.ndim == 3 else np.asarray(cv2.cvtColor(image, cv2.COLOR_GRAY2RGB))


_COLORS: Final = {"gray": _gray, "rgb": _rgb}


def _votes(source: Source) -> Votes:
    if source.votes is None:
        return np.zeros((len(source), len(VOTES)), np.float32)
    return source.votes


def _subjects(source: Source) -> Texts:
    return np.array([f"{source.id}/{name}" if name else "" for name in source.subjects], np.str_)


def _also_elsewhere(images: Images, parts: Texts) -> npt.NDArray[np.bool_]:
    """Which pictures stand, pixel for pixel, outside the training part too."""
    keys = [image.tobytes() for image in images]
    held_out = {key for key, part in zip(keys, parts, strict=True) if part != TRAIN}
    return np.array([key in held_out for key in keys])
