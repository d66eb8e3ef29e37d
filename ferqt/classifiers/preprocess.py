"""From a picture with faces to the tensor of a network: crop, color and size, in this one place.

Training and the live program call the same functions, so a network sees live what it was trained
on. Coordinates are those of pixel edges: a picture that is w px wide spans x from 0 to w, and its
first pixel's center lies at 0.5.
"""

import math
from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Final

import cv2
import numpy as np
import numpy.typing as npt

from ferqt.classifiers.card import AlignedCrop, BoxCrop, InputSpec
from ferqt.core.geometry import similarity_transform
from ferqt.core.types import FaceBox, FloatArray, Image

Matrix = npt.NDArray[np.float64]

LEFT_EYE: Final = (33, 7, 163, 144, 145, 153, 154, 155, 133, 173, 157, 158, 159, 160, 161, 246)
"""Points of MediaPipe's mesh on the contour of the eye at the picture's left; their mean is its
center."""

RIGHT_EYE: Final = (263, 249, 390, 373, 374, 380, 381, 382, 362, 398, 384, 385, 386, 387, 388, 466)
"""The same of the eye at the picture's right."""

MOUTH: Final = (61, 291, 13, 14)
"""Corners of the mouth and inner edges of the lips; their mean is the mouth's center."""

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
    points = box.landmarks[:, :2]
    centers = [points[list(part)].mean(axis=0) for part in (LEFT_EYE, RIGHT_EYE, MOUTH)]
    return np.array(centers, dtype=np.float64)


def _aligned(box: FaceBox, crop: AlignedCrop | BoxCrop) -> Matrix:
    assert isinstance(crop, AlignedCrop)
    places = (np.array([*crop.eyes, crop.mouth]) + crop.margin) / (1 + 2 * crop.margin)
    return similarity_transform(face_points(box), places)


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

    A target pixel averages the source pixels that it covers. Where it covers more than two, the
    region is first reduced by whole blocks of pixels; then it is warped to a whole multiple of the
    target's size, and blocks of that are averaged. The picture's edge is repeated outside of it.
    """
    region, left, top = _region(image, to_unit)
    size = np.array([[spec.width], [spec.height]])
    scale = math.sqrt(abs(float(np.linalg.det(to_unit[:, :2]))))
    shrink = 1 / (scale * max(spec.width, spec.height))
    colored = _COLORS[spec.color](region)
    block = max(1, int(shrink / 2))
    reduced = _reduce(colored, block)
    multiple = max(1, math.ceil(shrink / block - 1e-6))

    # From px of the reduced region to px of the enlarged target, both from pixel edges.
    linear = to_unit[:, :2] * size * multiple
    shift = (to_unit[:, 2:] * size * multiple) + linear @ np.array([[left], [top]])
    linear = linear * block
    # OpenCV counts from the center of the first pixel.
    shift = shift + linear @ np.full((2, 1), 0.5) - 0.5
    warped = cv2.warpAffine(
        reduced,
        np.hstack([linear, shift]),
        (spec.width * multiple, spec.height * multiple),
        flags=cv2.INTER_LINEAR,
        borderMode=cv2.BORDER_REPLICATE,
    )
    return _reduce(_image(warped), multiple)


def _region(image: Image, to_unit: Matrix) -> tuple[Image, int, int]:
    """The part of the picture around the unit square, at least 1 px, and its upper left corner."""
    corners = np.array([[0.0, 1.0, 0.0, 1.0], [0.0, 0.0, 1.0, 1.0]])
    in_picture = np.linalg.solve(to_unit[:, :2], corners - to_unit[:, 2:])
    # Two pixels more, for interpolation across the edge of the square.
    low, high = in_picture.min(axis=1) - 2, in_picture.max(axis=1) + 2
    limits = np.array([image.shape[1], image.shape[0]])
    start = np.clip(np.floor(low), 0, limits - 1).astype(int)
    stop = np.clip(np.ceil(high), start + 1, limits).astype(int)
    left, top = int(start[0]), int(start[1])
    return image[top : int(stop[1]), left : int(stop[0])], left, top


def _reduce(picture: Image, block: int) -> Image:
    """Average blocks of block x block pixels; the last blocks repeat the edge to be whole."""
    if block == 1:
        return picture
    height, width = picture.shape[:2]
    lower, right = -height % block, -width % block
    if lower or right:
        picture = _image(
            cv2.copyMakeBorder(picture, 0, lower, 0, right, borderType=cv2.BORDER_REPLICATE)
        )
    size = ((width + right) // block, (height + lower) // block)
    return _image(cv2.resize(picture, size, interpolation=cv2.INTER_AREA))


def _to_tensor(picture: Image, spec: InputSpec) -> FloatArray:
    tensor = picture.reshape(spec.height, spec.width, spec.channels).astype(np.float32)
    low, high = spec.value_range
    if (low, high) != (0.0, 255.0):
        tensor = tensor * np.float32((high - low) / 255.0) + np.float32(low)
    return tensor


def _image(array: np.ndarray) -> Image:
    """OpenCV's stubs know arrays of any number type; what goes in as uint8 comes out as uint8."""
    return array
