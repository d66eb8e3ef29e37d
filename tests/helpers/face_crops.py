"""Real faces cut to squares, as a data set has them, and parts made of any pictures."""

from collections.abc import Sequence
from typing import Final

import cv2
import numpy as np
import numpy.typing as npt

from tests.helpers.portraits import eileen_collins, grace_hopper
from training.datasets.base import VOTES, Split

Images = npt.NDArray[np.uint8]

# Middle of the face and side of the square in px of the portraits.
_FACES: Final = ((grace_hopper, 263, 240, 210), (eileen_collins, 225, 128, 112))


def face_crops(count: int, side: int = 48) -> Images:
    """Gray faces of two people by turns, each cut a little differently, N x side x side."""
    draws = np.random.default_rng(0)
    crops = []
    for number in range(count):
        portrait, x, y, width = _FACES[number % len(_FACES)]
        picture = cv2.cvtColor(portrait(), cv2.COLOR_RGB2GRAY)
        reach = round(width * draws.uniform(0.42, 0.54))
        left, top = (
            round(middle + width * draws.uniform(-0.04, 0.04)) - reach for middle in (x, y)
        )
        crop = picture[top : top + 2 * reach, left : left + 2 * reach]
        crops.append(cv2.resize(crop, (side, side), interpolation=cv2.INTER_AREA))
    return np.stack(crops).astype(np.uint8)


def split_of(
    images: Images, labels: Sequence[int], votes: npt.ArrayLike | None = None, name: str = "faces/x"
) -> Split:
    """A part of one source; `votes` is N x len(VOTES), nobody voted without it."""
    count = len(images)
    return Split(
        name=name,
        images=images,
        labels=np.array(labels, np.int64),
        votes=np.zeros((count, len(VOTES)), np.float32)
        if votes is None
        else np.asarray(votes, np.float32),
        sources=np.zeros(count, np.int64),
        subjects=np.full(count, ""),
        names=np.array([f"row {row}" for row in range(count)]),
    )
