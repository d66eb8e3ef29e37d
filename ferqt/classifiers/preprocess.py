"""From a picture with faces to the tensor of a network: crop, color and size, in this one place.

Training and the live program call the same functions, so a network sees live what it was trained
on. Coordinates are those of pixel edges: a picture that is w px wide spans x from 0 to w, and its
first pixel's center lies at 0.5.
"""

import math
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from types import MappingProxyType
from typing import Final

import cv2
import numpy as np
import numpy.typing as npt

from ferqt.classifiers.card import AlignedCrop, BoxCrop, InputSpec
from ferqt.core.geometry import similarity_transform
from ferqt.core.types import FaceBox, FloatArray, Image

Matrix = npt.NDArray[np.float64]

LEFT_EYE: Final = (33, 133)
"""Corners of the eye at the picture's left in MediaPipe's mesh; their mean is the eye's center.

The mean of the corners lies nearer to the centers measured on FER2013 than that of the whole
contour, which moves up and down with the lids."""

RIGHT_EYE: Final = (263, 362)
"""The same of the eye at the picture's right."""

MOUTH: Final = (61, 291, 0, 17)
"""Corners of the mouth and outer edges of the lips; their mean is the mouth's center."""

_PARTS: Final = tuple(np.array(part) for part in (LEFT_EYE, RIGHT_EYE, MOUTH))

_CORNERS: Final[Matrix] = np.array([[0.0, 1.0, 0.0, 1.0], [0.0, 0.0, 1.0, 1.0]])

_POINTS_IN_BOX: Final[Matrix] = (
    np.array([[0.32, 0.40], [0.68, 0.40], [0.50, 0.79]]) - (0.09, 0.10)
) / (0.92 - 0.09, 1.01 - 0.10)
"""Where eyes and mouth of the median face lie in the bounding box of its mesh, as shares of it;
measured on FER2013's training pictures, where the box spans x 0.09..0.92 and y 0.10..1.01."""


def face_crop(image: Image, box: FaceBox, spec: InputSpec) -> FloatArray:
    """Return the tensor of one face.

    Args:
        image: uint8 H x W x 3 RGB.
        box: The face in px of the image; parts outside the picture repeat its edge.
        spec: What the model wants.

    Returns:
        float32 height x width x channels in the spec's value range.
    """
    return _to_tensor(_warp(image, _to_unit_square(box, spec), spec), spec)


def face_batch(image: Image, boxes: Sequence[FaceBox], spec: InputSpec) -> FloatArray:
    """Return the tensors of the faces of one picture, N x height x width x channels, N >= 0."""
    batch = np.empty((len(boxes), spec.height, spec.width, spec.channels), np.float32)
    for tensor, box in zip(batch, boxes, strict=True):
        tensor[:] = face_crop(image, box, spec)
    return batch


def picture_to_tensor(picture: Image, spec: InputSpec) -> FloatArray:
    """Return the tensor of a picture that is a face crop already, as those of a data set are.

    Args:
        picture: uint8, H x W or H x W x 1 gray, or H x W x 3 RGB.
        spec: What the model wants; its crop is not applied.

    Returns:
        float32 height x width x channels in the spec's value range.
    """
    colored = _COLORS[spec.color](picture)
    if colored.shape[:2] != (spec.height, spec.width):
        shrinks = colored.shape[0] > spec.height or colored.shape[1] > spec.width
        method = cv2.INTER_AREA if shrinks else cv2.INTER_LINEAR
        colored = _image(cv2.resize(colored, (spec.width, spec.height), interpolation=method))
    return _to_tensor(colored, spec)


def face_points(box: FaceBox) -> Matrix:
    """Return the centers of both eyes and the mouth in px, 3 x 2, the picture's left eye first.

    Without landmarks they are where the median face has them in its box.
    """
    if box.landmarks is None:
        return _POINTS_IN_BOX * (box.width, box.height) + (box.x, box.y)
    # Half the time of NumPy's `mean`, and the same numbers.
    sums = [box.landmarks.take(part, axis=0).sum(axis=0) / part.size for part in _PARTS]
    return np.array(sums, np.float64)[:, :2]


def _aligned(box: FaceBox, crop: AlignedCrop | BoxCrop) -> Matrix:
    assert isinstance(crop, AlignedCrop)
    return similarity_transform(face_points(box), _places(crop))


@lru_cache(maxsize=8)
def _places(crop: AlignedCrop) -> Matrix:
    """Where eyes and mouth belong, as shares of the crop's side."""
    return (np.array([*crop.eyes, crop.mouth]) + crop.margin) / (1 + 2 * crop.margin)


def _boxed(box: FaceBox, crop: AlignedCrop | BoxCrop) -> Matrix:
    side = max(box.width, box.height) * (1 + 2 * crop.margin)
    x, y = box.center
    return np.array([[1 / side, 0, 0.5 - x / side], [0, 1 / side, 0.5 - y / side]])


_CROPS: Final[Mapping[str, Callable[[FaceBox, AlignedCrop | BoxCrop], Matrix]]] = MappingProxyType(
    {AlignedCrop.kind: _aligned, BoxCrop.kind: _boxed}
)


def _to_unit_square(box: FaceBox, spec: InputSpec) -> Matrix:
    """The 2 x 3 matrix from px of the picture to shares of the crop's side."""
    return _CROPS[spec.crop.kind](box, spec.crop)


def _to_gray(picture: Image) -> Image:
    if picture.ndim == 2:
        return picture
    if picture.shape[2] == 1:
        return picture[..., 0]
    return _image(cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY))


def _to_rgb(picture: Image) -> Image:
    if picture.ndim == 3 and picture.shape[2] == 3:
        return picture
    return _image(cv2.cvtColor(picture, cv2.COLOR_GRAY2RGB))


_COLORS: Final[Mapping[str, Callable[[Image], Image]]] = MappingProxyType(
    {"gray": _to_gray, "rgb": _to_rgb}
)


def _warp(image: Image, to_unit: Matrix, spec: InputSpec) -> Image:
    """Show the unit square at the spec's size and color, without aliasing.

    A target pixel averages the source pixels that it covers. While it covers more than 4 x 4 of
    them, the region is halved; then it is warped to a target enlarged 1, 2 or 4 times, at least as
    dense as the region, which is halved to its size. OpenCV halves nine times quicker than it
    averages over any other block. Outside the picture its edge is repeated.
    """
    region, left, top = _region(image, to_unit)
    # Python counts with single numbers several times as quick as NumPy does.
    to_x, to_y = to_unit.tolist()
    scale = math.sqrt(abs(to_x[0] * to_y[1] - to_x[1] * to_y[0])) * max(spec.width, spec.height)
    covered = 1 / scale
    # No more halvings than the region has: a square that is far larger than the picture shows it
    # as a dot.
    halvings = max(region.shape[:2]).bit_length() - 1
    reductions = min(max(0, math.ceil(math.log2(covered / 4))), halvings)
    enlargements = min(max(0, math.ceil(math.log2(covered) - reductions)), 2)
    reduced = _halve(_COLORS[spec.color](region), reductions)

    width, height = spec.width << enlargements, spec.height << enlargements
    block = 2**reductions
    rows = [_to_target(to_x, width, left, top, block), _to_target(to_y, height, left, top, block)]
    warped = cv2.warpAffine(
        reduced,
        np.array(rows),
        (width, height),
        flags=cv2.INTER_LINEAR,
        borderMode=cv2.BORDER_REPLICATE,
    )
    return _halve(_image(warped), enlargements)


def _to_target(
    to_unit: list[float], side: int, left: int, top: int, block: int
) -> tuple[float, float, float]:
    """A row of the matrix from px of the reduced region to px of the target.

    Args:
        to_unit: The row from px of the picture to shares of the crop's side.
        side: Of the target in px.
        left: Where the region begins in the picture.
        top: The same.
        block: Sides of the blocks of pixels that the region was reduced by.
    """
    # From pixel edges to pixel edges first.
    by_x, by_y, shift = (number * side for number in to_unit)
    shift += by_x * left + by_y * top
    by_x, by_y = by_x * block, by_y * block
    # OpenCV counts from the center of the first pixel.
    return by_x, by_y, shift + (by_x * 0.5 + by_y * 0.5) - 0.5


def _region(image: Image, to_unit: Matrix) -> tuple[Image, int, int]:
    """The part of the picture around the unit square, at least 1 px, and its upper left corner."""
    in_picture = np.linalg.solve(to_unit[:, :2], _CORNERS - to_unit[:, 2:])
    across, down = in_picture.tolist()
    left, right = _span(across, image.shape[1])
    top, bottom = _span(down, image.shape[0])
    return image[top:bottom, left:right], left, top


def _span(places: list[float], limit: int) -> tuple[int, int]:
    """First pixel of what holds all places and the one behind its last, within 0..limit."""
    # Two pixels more, for interpolation across the edge of the square.
    start = math.floor(min(max(min(places) - 2, 0), limit - 1))
    return start, math.ceil(min(max(max(places) + 2, start + 1), limit))


def _halve(picture: Image, times: int) -> Image:
    """Average blocks of 2 x 2 pixels `times` times, repeating the edge to fill the last blocks."""
    block = 2**times
    height, width = picture.shape[:2]
    lower, right = -height % block, -width % block
    if lower or right:
        picture = _image(
            cv2.copyMakeBorder(picture, 0, lower, 0, right, borderType=cv2.BORDER_REPLICATE)
        )
    for _ in range(times):
        size = (picture.shape[1] // 2, picture.shape[0] // 2)
        picture = _image(cv2.resize(picture, size, interpolation=cv2.INTER_AREA))
    return picture


def _to_tensor(picture: Image, spec: InputSpec) -> FloatArray:
    tensor = picture.reshape(spec.height, spec.width, spec.channels).astype(np.float32)
    low, high = spec.value_range
    if (low, high) != (0.0, 255.0):
        tensor = tensor * np.float32((high - low) / 255.0) + np.float32(low)
    return tensor


def _image(array: np.ndarray) -> Image:
    """OpenCV's stubs know arrays of any number type; what goes in as uint8 comes out as uint8."""
    return array
