"""Face finder on MediaPipe Tasks, Google's own program around BlazeFace."""

import importlib
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec
from types import ModuleType
from typing import Any

import numpy as np

from ferqt.core.types import FaceBox, Image
from ferqt.faces.assets import LANDMARKER_BUNDLE, read_bundle_member


class TasksFinder:
    """Finds faces with MediaPipe's Face Detector task in image mode.

    It sees what `BlazeFaceFinder` sees, of which it is the measure, with whole px, and takes longer
    to load and to answer. Made, used and closed in one thread.

    Args:
        min_confidence: Scores under it are dropped, 0..1.
    """

    def __init__(self, min_confidence: float) -> None:
        self._mediapipe = import_mediapipe()
        vision = importlib.import_module("mediapipe.tasks.python.vision")
        base = importlib.import_module("mediapipe.tasks.python.core.base_options")
        options = vision.FaceDetectorOptions(
            base_options=base.BaseOptions(
                model_asset_buffer=read_bundle_member(LANDMARKER_BUNDLE, "face_detector.tflite")
            ),
            running_mode=vision.RunningMode.IMAGE,
            min_detection_confidence=min_confidence,
        )
        self._task: Any = vision.FaceDetector.create_from_options(options)

    def find(self, image: Image) -> tuple[FaceBox, ...]:
        """Return the faces of an RGB picture in px of it, the best score first."""
        srgb = self._mediapipe.ImageFormat.SRGB
        picture = self._mediapipe.Image(image_format=srgb, data=np.ascontiguousarray(image))
        boxes = [
            FaceBox(
                float(found.bounding_box.origin_x),
                float(found.bounding_box.origin_y),
                float(found.bounding_box.width),
                float(found.bounding_box.height),
                confidence=float(found.categories[0].score),
            )
            for found in self._task.detect(picture).detections
            if found.bounding_box.width > 0 and found.bounding_box.height > 0
        ]
        return tuple(sorted(boxes, key=lambda box: -(box.confidence or 0.0)))

    def close(self) -> None:
        """Release the network; harmless when repeated."""
        if self._task is not None:
            self._task.close()
            self._task = None


def import_mediapipe() -> ModuleType:
    """Import MediaPipe without TensorFlow.

    MediaPipe's metadata module imports TensorFlow where it is installed, only to write metadata:
    5 to 10 s for nothing. It is hidden from the importing thread alone, so that another thread may
    import TensorFlow at the same time.
    """
    if "mediapipe" in sys.modules or "tensorflow" in sys.modules:
        return importlib.import_module("mediapipe")
    with _hidden_from_this_thread("tensorflow"):
        return importlib.import_module("mediapipe")


class _Refusal(MetaPathFinder):
    """Says to one thread that a package is not installed."""

    def __init__(self, package: str) -> None:
        self._package = package
        self._thread = threading.get_ident()

    def find_spec(
        self,
        fullname: str,
        path: Sequence[str] | None,  # noqa: ARG002 - the import system's signature
        target: ModuleType | None = None,  # noqa: ARG002
    ) -> ModuleSpec | None:
        if (
            threading.get_ident() == self._thread
            and fullname.split(".", maxsplit=1)[0] == self._package
        ):
            raise ModuleNotFoundError(f"{fullname} is hidden from this import", name=fullname)
        return None


@contextmanager
def _hidden_from_this_thread(package: str) -> Iterator[None]:
    refusal = _Refusal(package)
    # Always a new list: one that shrinks while another thread's import goes through it makes that
    # import skip a finder and fail.
    sys.meta_path = [refusal, *sys.meta_path]
    try:
        yield
    finally:
        sys.meta_path = [finder for finder in sys.meta_path if finder is not refusal]
