"""Pictures of several sources made alike: one crop, one size, one color."""

from collections.abc import Callable, Mapping, Sequence
from functools import cache
from types import MappingProxyType
from typing import Final, Literal

import cv2
import numpy as np
import numpy.typing as npt

from ferqt.classifiers.card import AlignedCrop, BoxCrop
from ferqt.core.geometry import similarity_transform
from ferqt.errors import FerqtError
from training.crops import TOLERANCE
from training.datasets.base import Images, Source

Matrix = npt.NDArray[np.float64]
Color = Literal["gray", "rgb"]


def fit(sources: Sequence[Source], side: int, color: Color) -> Images:
    """Bring the pictures of all sources to the crop of the first one, to one size and one color.

    A picture that is not square is continued to a square by its edges, as the program continues a
    live picture.

    Returns:
        uint8 N x side x side, or N x side x side x 3 RGB, in the order of the sources.

    Raises:
        FerqtError: A source's crop cannot be brought to the first one's, or a picture is damaged.
    """
    channels = () if color == "gray" else (3,)
    # One array for all: for a large data set, two copies would not fit in memory.
    total = sum(len(source) for source in sources)
    pictures = np.empty((total, side, side, *channels), np.uint8)
    places = iter(pictures)
    for source in sources:
        _check_crops(source, sources[0])
        for image in source.images:
            move = _between(source.crop, sources[0].crop, image.shape[0], image.shape[1])
            colored = _squared(_COLORS[color](image))
            next(places)[:] = _resized(_moved(colored, move), side)
    return pictures


def _check_crops(source: Source, first: Source) -> None:
    aligned = isinstance(source.crop, AlignedCrop) and isinstance(first.crop, AlignedCrop)
    if not aligned and source.crop != first.crop:
        raise FerqtError(
            f"{source.id} cannot be merged with {first.id}: it is not known in both where eyes and "
            "mouth lie",
            "Prepare them apart.",
        )


@cache
def _between(
    crop: AlignedCrop | BoxCrop, wanted: AlignedCrop | BoxCrop, height: int, width: int
) -> Matrix | None:
    """The 2 x 3 matrix that brings a squared picture to the wanted crop, in shares of its side.

    None where it lies there already: drawing it anew for less than a pixel would blur it.
    """
    if not (isinstance(crop, AlignedCrop) and isinstance(wanted, AlignedCrop)):
        return None
    above, _, left, _ = _border(height, width)
    places = (_places(crop) * (width, height) + (left, above)) / max(height, width)
    targets = _places(wanted)
    if np.linalg.norm(targets - places, axis=1).max() <= TOLERANCE:
        return None
    return similarity_transform(places, targets)


def _places(crop: AlignedCrop) -> Matrix:
    return (np.array([*crop.eyes, crop.mouth]) + crop.margin) / (1 + 2 * crop.margin)


def _border(height: int, width: int) -> tuple[int, int, int, int]:
    """What makes a picture square: px above, below, at the left and at the right."""
    side = max(height, width)
    above, left = (side - height) // 2, (side - width) // 2
    return above, side - height - above, left, side - width - left


def _squared(image: Images) -> Images:
    border = _border(*image.shape[:2])
    if not any(border):
        return image
    return np.asarray(cv2.copyMakeBorder(image, *border, borderType=cv2.BORDER_REPLICATE), np.uint8)


def _moved(image: Images, move: Matrix | None) -> Images:
    if move is None:
        return image
    side = image.shape[0]
    # Shares to pixel edges, and pixel edges to the pixel centers that OpenCV counts in.
    matrix = move * (1, 1, side)
    matrix[:, 2] += matrix[:, :2] @ (0.5, 0.5) - 0.5
    moved = cv2.warpAffine(
        image, matrix, (side, side), flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REFLECT_101
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


_COLORS: Final[Mapping[Color, Callable[[Images], Images]]] = MappingProxyType(
    {"gray": _gray, "rgb": _rgb}
)
