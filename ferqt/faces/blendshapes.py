"""MediaPipe's blendshape network: what a face's parts do, read from its landmarks."""

from typing import Any, Final

import numpy as np

from ferqt.core.types import FloatArray
from ferqt.faces.assets import LANDMARKER_BUNDLE, read_bundle_member

# fmt: off
_POINTS: Final = np.array([
    0, 1, 4, 5, 6, 7, 8, 10, 13, 14, 17, 21, 33, 37, 39, 40, 46, 52, 53, 54, 55, 58, 61, 63, 65,
    66, 67, 70, 78, 80, 81, 82, 84, 87, 88, 91, 93, 95, 103, 105, 107, 109, 127, 132, 133, 136,
    144, 145, 146, 148, 149, 150, 152, 153, 154, 155, 157, 158, 159, 160, 161, 162, 163, 168,
    172, 173, 176, 178, 181, 185, 191, 195, 197, 234, 246, 249, 251, 263, 267, 269, 270, 276,
    282, 283, 284, 285, 288, 291, 293, 295, 296, 297, 300, 308, 310, 311, 312, 314, 317, 318,
    321, 323, 324, 332, 334, 336, 338, 356, 361, 362, 365, 373, 374, 375, 377, 378, 379, 380,
    381, 382, 384, 385, 386, 387, 388, 389, 390, 397, 398, 400, 402, 405, 409, 415, 454, 466,
    *range(468, 478),
])
# fmt: on
"""The 146 landmarks that the network was trained on, as MediaPipe's `face_blendshapes_graph.cc`
lists them; the last ten are the irises."""


class BlendshapeReader:
    """Reads 52 blendshapes of a face from its landmarks.

    The network takes 146 landmarks, x and y in px of the picture, and nothing else: scale, place
    and tilt are its own business (MediaPipe's model card "Blendshape V2", 2023). Made, used and
    closed in one thread.
    """

    def __init__(self) -> None:
        from ai_edge_litert.interpreter import Interpreter

        content = read_bundle_member(LANDMARKER_BUNDLE, "face_blendshapes.tflite")
        self._interpreter: Any = Interpreter(model_content=content, num_threads=1)
        self._interpreter.allocate_tensors()
        self._input = self._interpreter.get_input_details()[0]["index"]
        self._output = self._interpreter.get_output_details()[0]["index"]

    def read(self, landmarks: FloatArray) -> FloatArray:
        """Return the blendshapes, float32 52 in 0..1 in the order of `core.blendshapes`.

        Args:
            landmarks: float32 478 x 3 in px of the picture, as of `FaceMesh`.
        """
        if self._interpreter is None:
            raise RuntimeError("the blendshape reader is closed")
        points = np.ascontiguousarray(landmarks[_POINTS, :2], np.float32)
        self._interpreter.set_tensor(self._input, points[None])
        self._interpreter.invoke()
        values: FloatArray = self._interpreter.get_tensor(self._output)
        return values

    def close(self) -> None:
        """Release the network; harmless when repeated."""
        self._interpreter = None
