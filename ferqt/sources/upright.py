"""Decoded pictures as a person sees them: RGB, and turned as the file asks."""

from typing import TYPE_CHECKING, Final

import cv2
import numpy as np
import numpy.typing as npt

from ferqt.core.types import Image

if TYPE_CHECKING:
    import av

_TURNS: Final = {
    90: cv2.ROTATE_90_COUNTERCLOCKWISE,
    180: cv2.ROTATE_180,
    -180: cv2.ROTATE_180,
    -90: cv2.ROTATE_90_CLOCKWISE,
}


def to_rgb(picture: "av.VideoFrame") -> Image:
    """Convert to RGB, uint8 H x W x 3, and turn upright as the file's display matrix asks."""
    # By itself every picture would bring threads of its own for this, and keep them.
    return turned(picture.to_ndarray(format="rgb24", threads=1), picture.rotation)


def turned(image: npt.NDArray[np.generic], rotation: int) -> Image:
    """Return an image, uint8 and contiguous, turned counterclockwise by 0, 90, 180 or -90°."""
    upright = np.asarray(image, dtype=np.uint8)
    turn = _TURNS.get(rotation)
    if turn is not None:
        upright = np.asarray(cv2.rotate(upright, turn), dtype=np.uint8)
    return np.ascontiguousarray(upright)


def upright_size(picture: "av.VideoFrame") -> tuple[int, int]:
    """Return width and height of a picture as it is shown."""
    if abs(picture.rotation) == 90:
        return picture.height, picture.width
    return picture.width, picture.height
