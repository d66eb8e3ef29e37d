"""Makes faces unrecognizable: coarse blocks over the whole head, also where a face flickers.

It follows the stored boxes. A face that was never found is not covered, so nobody should rely on it
without looking at the film.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import cv2
import numpy as np
import numpy.typing as npt

from ferqt.core.session_table import NO_FACE, SessionTable
from ferqt.core.types import Image

BRIDGED_S: Final = 0.5
"""A head stays covered that long before its face is found and after it is lost. Between two
findings the box moves evenly from one to the other, so gaps of up to twice this have no hole."""

_GROWTH_A_SECOND: Final = 0.6
"""By which share of its size the covered area grows where the box is a guess."""

_HALF_WIDTH: Final = 0.95
_HALF_HEIGHT: Final = 1.1
"""Half axes of the covered ellipse in widths and heights of the face box, which goes from temple to
temple and from forehead to chin: hair, ears and neck are covered as well."""

_UP: Final = 0.12
"""How far above the box's middle the head's middle lies, in heights of the box."""

_BLOCKS: Final = 9
"""Blocks across the covered ellipse: five across the face itself. Features that tell people apart
are finer."""

_MIN_BLOCK_PX: Final = 4

Box = npt.NDArray[np.float64]
"""x, y, width, height in px."""


@dataclass(frozen=True, slots=True, eq=False)
class _Path:
    """Where one face was: times in s, growing, and a box for each."""

    times: npt.NDArray[np.float64]
    boxes: Box


class FaceCover:
    """Knows what to cover at any moment of a session.

    Any thread may use it.

    Args:
        table: The session's readings.
        bridged_s: See `BRIDGED_S`; at least the distance between two analyzed frames.
    """

    def __init__(self, table: SessionTable, bridged_s: float = BRIDGED_S) -> None:
        self._bridged_s = bridged_s
        known = (table.face_id != NO_FACE) & np.isfinite(table.timestamp)
        known &= np.isfinite(table.box).all(axis=1)
        self._paths = []
        for face_id in np.unique(table.face_id[known]):
            rows = np.flatnonzero(known & (table.face_id == face_id))
            rows = rows[np.argsort(table.timestamp[rows], kind="stable")]
            boxes = table.box[rows].astype(np.float64)
            self._paths.append(_Path(table.timestamp[rows], boxes))

    def boxes(self, time_s: float) -> list[Box]:
        """Return the boxes of all faces that are to be covered at a time, guessed ones grown."""
        found = (_box_at(path, time_s, self._bridged_s) for path in self._paths)
        return [box for box in found if box is not None]


def cover_faces(image: Image, boxes: Sequence[Box]) -> Image:
    """Return a copy of a picture with blocks in place of some heads; the rest is untouched.

    Args:
        image: H x W x 3 RGB.
        boxes: Of the faces.
    """
    covered = image.copy()
    for box in boxes:
        _cover(covered, box)
    return covered


def _box_at(path: _Path, time_s: float, bridged_s: float) -> Box | None:
    after = int(np.searchsorted(path.times, time_s - 1e-6))
    if after < len(path.times) and path.times[after] <= time_s + 1e-6:
        return np.asarray(path.boxes[after])
    since = time_s - path.times[after - 1] if after > 0 else np.inf
    until = path.times[after] - time_s if after < len(path.times) else np.inf
    if since + until <= 2 * bridged_s:
        share = since / (since + until)
        box = (1 - share) * path.boxes[after - 1] + share * path.boxes[after]
    elif min(since, until) <= bridged_s:
        box = path.boxes[after - 1] if since < until else path.boxes[after]
    else:
        return None
    grown = _GROWTH_A_SECOND * min(since, until)
    x, y, width, height = box
    return np.array(
        [
            x - grown * width / 2,
            y - grown * height / 2,
            width * (1 + grown),
            height * (1 + grown),
        ]
    )


def _cover(image: Image, box: Box) -> None:
    x, y, width, height = box
    # A head in profile has a narrow box and is as deep as it is high.
    width = max(width, 0.8 * height)
    half = np.array([_HALF_WIDTH * width, _HALF_HEIGHT * height])
    middle = np.array([x + box[2] / 2, y + height / 2 - _UP * height])
    low = np.maximum(np.floor(middle - half), 0).astype(int)
    high = np.minimum(np.ceil(middle + half), (image.shape[1], image.shape[0])).astype(int)
    if (high <= low).any():
        return
    (left, top), (right, bottom) = low.tolist(), high.tolist()
    area = image[top:bottom, left:right]
    block = max(_MIN_BLOCK_PX, 2 * half[0] / _BLOCKS)
    columns, rows = (max(1, round(side / block)) for side in (area.shape[1], area.shape[0]))
    small = cv2.resize(area, (columns, rows), interpolation=cv2.INTER_AREA)
    blocks = cv2.resize(small, (area.shape[1], area.shape[0]), interpolation=cv2.INTER_NEAREST)
    inside = np.zeros(area.shape[:2], np.uint8)
    center = (round(middle[0] - left), round(middle[1] - top))
    cv2.ellipse(inside, center, (round(half[0]), round(half[1])), 0, 0, 360, 255, cv2.FILLED)
    area[:] = cv2.copyTo(blocks, inside, area)
