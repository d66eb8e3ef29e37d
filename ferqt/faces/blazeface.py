"""Face finder on BlazeFace, MediaPipe's short range network, run by LiteRT."""

from typing import Any, Final

import cv2
import numpy as np

from ferqt.core.types import FaceBox, FloatArray, Image
from ferqt.faces.assets import LANDMARKER_BUNDLE, read_bundle_member

SMALLEST_SHARE: Final = 1 / 8
"""A face narrower than this share of the picture's longer side is missed by the network."""

_SIDE: Final = 128
_HIGHEST_LOGIT: Final = 100.0
_SAME_FACE_IOU: Final = 0.3
"""Boxes that overlap more are votes for one face, as in MediaPipe's face detector graph."""


def _anchors() -> FloatArray:
    """Centers of the 896 anchors in px of the network's input: two to a cell of 8 px, six of 16."""
    parts = []
    for cell, boxes in ((8, 2), (16, 6)):
        places = (np.arange(_SIDE // cell, dtype=np.float32) + 0.5) * cell
        x, y = np.meshgrid(places, places)
        parts.append(np.repeat(np.stack([x.ravel(), y.ravel()], axis=1), boxes, axis=0))
    return np.concatenate(parts)


class BlazeFaceFinder:
    """Finds faces with BlazeFace (Bazarevsky et al. 2019, arXiv:1907.05047).

    What goes in and how the answers become boxes follows MediaPipe's face detector graph: the
    picture is laid into a square, scaled to 128 x 128 px, and overlapping boxes are averaged,
    weighted with their scores. A call costs the same whatever the picture's size, and faces under
    `SMALLEST_SHARE` of the picture are missed: look for those in tiles. Made, used and closed in
    one thread.

    Args:
        min_confidence: Scores under it are dropped, 0..1, not 0.
    """

    def __init__(self, min_confidence: float) -> None:
        from ai_edge_litert.interpreter import Interpreter

        content = read_bundle_member(LANDMARKER_BUNDLE, "face_detector.tflite")
        self._interpreter: Any = Interpreter(model_content=content, num_threads=1)
        self._interpreter.allocate_tensors()
        self._input = self._interpreter.tensor(self._interpreter.get_input_details()[0]["index"])
        # By their last side: 4 numbers of a box and 12 of its key points, or the score.
        outputs = self._interpreter.get_output_details()
        by_side = {int(each["shape"][-1]): int(each["index"]) for each in outputs}
        self._boxes, self._logits = by_side[16], by_side[1]
        self._anchors = _anchors()
        self._min_confidence = min_confidence
        # Scores grow with logits, so that only the few above it need an exponential.
        self._min_logit = float(np.log(min_confidence / (1 - min_confidence)))

    def find(self, image: Image) -> tuple[FaceBox, ...]:
        """Return the faces of an RGB picture in px of it, the best score first.

        Args:
            image: uint8 H x W x 3, a part of a larger picture as well.
        """
        if self._interpreter is None:
            raise RuntimeError("the face finder is closed")
        height, width = image.shape[:2]
        scale = max(height, width) / _SIDE
        left, top = (width - scale * _SIDE) / 2, (height - scale * _SIDE) / 2
        _lay_into(self._input(), image, scale, left, top)
        self._interpreter.invoke()
        logits = self._interpreter.get_tensor(self._logits)[0, :, 0]
        kept = np.flatnonzero(logits >= self._min_logit)
        if not kept.size:
            return ()
        scores = 1 / (1 + np.exp(-np.clip(logits[kept], -_HIGHEST_LOGIT, _HIGHEST_LOGIT)))
        raw = self._interpreter.get_tensor(self._boxes)[0, kept, :4]
        centers, sizes = raw[:, :2] + self._anchors[kept], raw[:, 2:]
        corners = np.hstack([centers - sizes / 2, centers + sizes / 2]) * scale
        corners += np.array([left, top, left, top], np.float32)
        return tuple(_boxes_of_votes(corners, scores))

    def close(self) -> None:
        """Release the network; harmless when repeated."""
        self._interpreter = self._input = None


def _lay_into(tensor: FloatArray, image: Image, scale: float, left: float, top: float) -> None:
    """Lay a picture into the network's input, black around it, values -1 to 1."""
    to_picture = np.array([[scale, 0, left], [0, scale, top]])
    small = cv2.warpAffine(
        image,
        to_picture,
        (_SIDE, _SIDE),
        flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP,
        borderMode=cv2.BORDER_CONSTANT,
    )
    np.multiply(small[None], np.float32(1 / 127.5), out=tensor, dtype=np.float32)
    tensor -= np.float32(1)


def _boxes_of_votes(corners: FloatArray, scores: FloatArray) -> list[FaceBox]:
    """Average boxes that overlap the best one, weighted with their scores, and so on with the rest.

    Args:
        corners: Left, top, right and bottom in px, N x 4.
        scores: N, 0..1.
    """
    found: list[FaceBox] = []
    order = np.argsort(-scores, kind="stable")
    corners, scores = corners[order], scores[order]
    while scores.size:
        votes = _overlaps(corners[0], corners) > _SAME_FACE_IOU
        votes[0] = True
        left, top, right, bottom = np.average(corners[votes], axis=0, weights=scores[votes])
        if right > left and bottom > top:
            found.append(
                FaceBox(
                    float(left),
                    float(top),
                    float(right - left),
                    float(bottom - top),
                    confidence=float(scores[0]),
                )
            )
        corners, scores = corners[~votes], scores[~votes]
    return found


def _overlaps(box: FloatArray, others: FloatArray) -> FloatArray:
    """Intersection over union of a box with others, N."""
    sides = np.minimum(box[2:], others[:, 2:]) - np.maximum(box[:2], others[:, :2])
    shared = np.prod(np.maximum(sides, 0), axis=1)
    areas = np.prod(np.maximum(others[:, 2:] - others[:, :2], 0), axis=1)
    area = max(float((box[2] - box[0]) * (box[3] - box[1])), 0.0)
    overlaps: FloatArray = shared / np.maximum(area + areas - shared, np.float32(1e-9))
    return overlaps
