"""MediaPipe's face landmark network, run on a region of the picture by LiteRT."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import atan2, cos, sin
from typing import Any, Self

import cv2
import numpy as np

from ferqt.core.types import FaceBox, FloatArray, Image
from ferqt.faces.assets import LANDMARKER_BUNDLE, read_bundle_member

LANDMARK_COUNT = 478
RIGHT_EYE_OUTER = 33
"""Outer corner of the person's right eye, at the left in the picture of an upright face."""
LEFT_EYE_OUTER = 263
"""Outer corner of the person's left eye."""

_SIDE = 256
_ENLARGE = 1.5
"""How much wider than the face the region is that the network was trained on."""


@dataclass(frozen=True, slots=True)
class Region:
    """A rotated square of the picture.

    Attributes:
        center_x: Center in px.
        center_y: Center in px.
        side: Side in px, positive.
        angle: Rotation in radians, clockwise in the picture; 0 is upright.
    """

    center_x: float
    center_y: float
    side: float
    angle: float = 0.0

    @classmethod
    def around_box(cls, box: FaceBox) -> Self:
        """Return the upright region that suits a finder's box."""
        center_x, center_y = box.center
        return cls(center_x, center_y, _ENLARGE * max(box.width, box.height))

    @classmethod
    def around_landmarks(cls, landmarks: FloatArray) -> Self:
        """Return the region that suits a face whose landmarks are known, turned with its eyes."""
        # Along rows that lie one behind the other: several times as quick.
        rows = landmarks[:, :2].T.astype(np.float64, order="C")
        across, down = (rows[:, LEFT_EYE_OUTER] - rows[:, RIGHT_EYE_OUTER]).tolist()
        angle = atan2(down, across)
        level, tilt = cos(angle), sin(angle)
        upright = np.array([[level, tilt], [-tilt, level]]) @ rows
        left, top = upright.min(axis=1).tolist()
        right, bottom = upright.max(axis=1).tolist()
        x, y = (left + right) / 2, (top + bottom) / 2
        return cls(
            x * level - y * tilt,
            x * tilt + y * level,
            _ENLARGE * max(right - left, bottom - top),
            angle,
        )


@dataclass(frozen=True, slots=True, eq=False)
class MeshReading:
    """What the network says of a region.

    Attributes:
        landmarks: float32 478 x 3; x and y in px of the picture, z in the same unit.
        presence: Probability that the region shows a face, 0..1.
    """

    landmarks: FloatArray
    presence: float


class FaceMesh:
    """Measures 478 landmarks of one face in a region.

    The network and the way its regions are cut follow MediaPipe's face landmark graph (Kartynnik
    et al. 2019, arXiv:1907.06724): a square 1.5 times as wide as the face, turned so that the eyes
    are level. Made, used and closed in one thread.

    Args:
        threads: Threads of the network. Two need about half of one's time.
    """

    def __init__(self, threads: int) -> None:
        from ai_edge_litert.interpreter import Interpreter

        content = read_bundle_member(LANDMARKER_BUNDLE, "face_landmarks_detector.tflite")
        self._interpreter: Any = Interpreter(model_content=content, num_threads=threads)
        self._interpreter.allocate_tensors()
        self._input = self._interpreter.tensor(self._interpreter.get_input_details()[0]["index"])
        outputs = self._interpreter.get_output_details()
        self._crop = np.empty((_SIDE, _SIDE, 3), np.uint8)
        self._points = _index_by_shape(outputs, (1, 1, 1, 3 * LANDMARK_COUNT))
        self._presence = _index_by_shape(outputs, (1, 1, 1, 1))

    def measure(self, image: Image, region: Region) -> MeshReading:
        """Measure the face of a region.

        Args:
            image: RGB uint8 H x W x 3.
            region: Where the face is; may reach beyond the picture.
        """
        if self._interpreter is None:
            raise RuntimeError("the face mesh is closed")
        to_picture = _to_picture(region)
        cv2.warpAffine(
            image,
            to_picture,
            (_SIDE, _SIDE),
            dst=self._crop,
            flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP,
            borderMode=cv2.BORDER_REPLICATE,
        )
        np.multiply(self._crop[None], np.float32(1 / 255), out=self._input(), dtype=np.float32)
        self._interpreter.invoke()
        points = self._interpreter.get_tensor(self._points).reshape(LANDMARK_COUNT, 3)
        logit = float(self._interpreter.get_tensor(self._presence).reshape(()))
        landmarks = np.empty((LANDMARK_COUNT, 3), np.float32)
        rows = points[:, :2].T.astype(np.float64, order="C")
        landmarks[:, :2] = (to_picture[:, :2] @ rows + to_picture[:, 2:]).T
        landmarks[:, 2] = points[:, 2] * (region.side / _SIDE)
        return MeshReading(landmarks, float(1 / (1 + np.exp(-logit))))

    def measure_all(self, image: Image, regions: Sequence[Region]) -> list[MeshReading]:
        """Measure the faces of some regions; each reading depends on its own region alone.

        Args:
            image: RGB uint8 H x W x 3.
            regions: Where the faces are.
        """
        return [self.measure(image, region) for region in regions]

    def close(self) -> None:
        """Release the network; harmless when repeated."""
        self._interpreter = self._input = None


def _to_picture(region: Region) -> np.ndarray:
    """The 2 x 3 matrix from px of the network's input to px of the picture."""
    scale = region.side / _SIDE
    level, tilt = cos(region.angle) * scale, sin(region.angle) * scale
    middle = (_SIDE - 1) / 2
    shift_x = region.center_x - (level * middle - tilt * middle)
    shift_y = region.center_y - (tilt * middle + level * middle)
    return np.array([[level, -tilt, shift_x], [tilt, level, shift_y]])


def _index_by_shape(outputs: list[dict[str, Any]], shape: tuple[int, ...]) -> int:
    return next(int(each["index"]) for each in outputs if tuple(each["shape"]) == shape)
