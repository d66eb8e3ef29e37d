"""Face finder on OpenCV's own SSD network: sturdy with turned and partly hidden faces."""

import cv2
import numpy as np

from ferqt.core.types import FaceBox, Image
from ferqt.faces.assets import read_asset

_WEIGHTS = "res10_300x300_ssd_iter_140000.caffemodel"
_GRAPH = "res10_300x300_ssd_deploy.prototxt"
_SIDE = 300
_MEAN_BGR = (104.0, 177.0, 123.0)

SMALLEST_SHARE = 1 / 12
"""A face narrower than this share of the picture's longer side may be missed."""


class SsdFinder:
    """Finds faces with the ResNet-10 single shot detector of OpenCV's samples.

    The picture is squeezed to 300 x 300, as the network was trained. About 20 ms a call.

    Args:
        min_confidence: Scores under it are dropped, 0..1.
    """

    def __init__(self, min_confidence: float) -> None:
        self._min_confidence = min_confidence
        graph = np.frombuffer(read_asset(_GRAPH), np.uint8)
        weights = np.frombuffer(read_asset(_WEIGHTS), np.uint8)
        self._network: cv2.dnn.Net | None = cv2.dnn.readNetFromCaffe(graph, weights)

    def find(self, image: Image) -> tuple[FaceBox, ...]:
        """Return the faces of an RGB picture in px of it, the best score first."""
        if self._network is None:
            raise RuntimeError("the finder is closed")
        height, width = image.shape[:2]
        small = cv2.resize(image, (_SIDE, _SIDE), interpolation=cv2.INTER_AREA)
        # The network was trained on BGR: swapRB turns ferqt's RGB around.
        blob = cv2.dnn.blobFromImage(small, 1.0, (_SIDE, _SIDE), _MEAN_BGR, swapRB=True)
        self._network.setInput(blob)
        rows = self._network.forward().reshape(-1, 7)
        scale = np.array([width, height, width, height])
        boxes = []
        for confidence, corners in zip(rows[:, 2], rows[:, 3:7] * scale, strict=True):
            left, top, right, bottom = (float(value) for value in corners)
            if confidence >= self._min_confidence and right - left >= 1 and bottom - top >= 1:
                boxes.append(
                    FaceBox(left, top, right - left, bottom - top, min(float(confidence), 1.0))
                )
        return tuple(sorted(boxes, key=lambda box: -(box.confidence or 0.0)))

    def close(self) -> None:
        """Release the network; harmless when repeated."""
        self._network = None
