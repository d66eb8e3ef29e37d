"""Face finder on OpenCV's Haar cascade: the classic, for comparison and for frontal faces."""

from pathlib import Path

import cv2
import cv2.data
import numpy as np

from ferqt.core.types import FaceBox, Image
from ferqt.errors import DetectorError

_CASCADE = "haarcascade_frontalface_alt2.xml"
_LONGER_SIDE = 640
_LONGER_SIDE_FAR = 1280
_SMALLEST = 24


class HaarFinder:
    """Finds frontal faces with boosted Haar features (Viola and Jones, CVPR 2001).

    A cascade tells yes or no: boxes have no confidence, and come largest first. The picture is
    reduced before the search, because the cost grows with the number of pixels.

    Args:
        far_faces: Search a larger copy of the picture, for small faces, at about four times the
            cost.
    """

    def __init__(self, far_faces: bool) -> None:
        path = Path(cv2.data.haarcascades) / _CASCADE
        self._cascade = cv2.CascadeClassifier(str(path))
        if self._cascade.empty():
            raise DetectorError(
                f"OpenCV's cascade file {path} cannot be read",
                "Install opencv-contrib-python again, a 4.x version.",
            )
        self._longer_side = _LONGER_SIDE_FAR if far_faces else _LONGER_SIDE

    def find(self, image: Image) -> tuple[FaceBox, ...]:
        """Return the faces of an RGB picture in px of it, the largest first."""
        gray = cv2.cvtColor(image, cv2.COLOR_RGB2GRAY)
        scale = min(1.0, self._longer_side / max(gray.shape))
        if scale < 1:
            gray = cv2.resize(gray, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
        if min(gray.shape) < _SMALLEST:
            return ()
        found = self._cascade.detectMultiScale(
            cv2.equalizeHist(gray),
            scaleFactor=1.15,
            minNeighbors=4,
            minSize=(_SMALLEST, _SMALLEST),
        )
        boxes = [
            FaceBox(*(float(value) / scale for value in rectangle))
            for rectangle in np.asarray(found).reshape(-1, 4)
        ]
        return tuple(sorted(boxes, key=lambda box: -box.width))

    def close(self) -> None:
        """Nothing to release; a cascade is plain memory."""
