"""The table of detectors."""

import pytest

from ferqt.errors import DetectorError
from ferqt.faces.base import DetectorOptions
from ferqt.faces.registry import DETECTORS, build_detector
from ferqt.pipeline.config import DEFAULT_DETECTOR


def test_four_detectors_are_offered_the_default_first() -> None:
    assert list(DETECTORS) == ["mediapipe", "haar", "opencv-dnn", "mediapipe-tasks"]
    assert next(iter(DETECTORS)) == DEFAULT_DETECTOR
    for detector_id, entry in DETECTORS.items():
        assert entry.id == detector_id
        assert entry.title
        assert entry.description.endswith(".")


def test_an_unknown_detector_is_refused_with_the_ids_that_exist() -> None:
    with pytest.raises(DetectorError, match="'yolo'") as caught:
        build_detector("yolo", DetectorOptions())
    assert all(detector_id in caught.value.hint for detector_id in DETECTORS)
