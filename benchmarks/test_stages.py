"""Each stage between a frame and its overlay by itself, at 1280 x 720."""

from collections.abc import Sequence
from contextlib import closing
from itertools import count

import numpy as np
import pytest
from PySide6.QtGui import QImage, QPainter

from benchmarks.scenes import Benchmark, picture, result, shipped_models
from ferqt.classifiers.catalog import load_classifier
from ferqt.classifiers.preprocess import face_batch
from ferqt.core.smoothing import ScoreSmoother
from ferqt.core.types import FaceBox
from ferqt.faces.base import DetectorOptions
from ferqt.faces.face_mesh import FaceMesh, Region
from ferqt.faces.registry import DETECTORS
from ferqt.faces.tracker import FaceTracker
from ferqt.outputs.overlay import Canvas, OverlayMemory, OverlayOptions, build_overlay
from ferqt.ui.overlay_painter import measure_text, paint_overlay

FACES = (1, 8)
MODELS = ("live48-fer7", "live48-ferplus8", "cnn64-ck7")


def boxes(faces: int) -> Sequence[FaceBox]:
    """The faces of a scene, with their landmarks."""
    return [read.face.box for read in result(faces).faces]


@pytest.mark.parametrize("detector", DETECTORS)
def test_search(benchmark: Benchmark, detector: str) -> None:
    """A detector's own network or cascade on a whole picture."""
    with closing(DETECTORS[detector].build_finder(DetectorOptions())) as finder:
        assert benchmark(finder.find, picture(1))


def test_landmarks(benchmark: Benchmark) -> None:
    """The 478 points of one face whose place is known."""
    landmarks = boxes(1)[0].landmarks
    assert landmarks is not None
    with closing(FaceMesh(threads=1)) as mesh:
        read = benchmark(mesh.measure, picture(1), Region.around_landmarks(landmarks))
    assert read.presence > 0.5


@pytest.mark.parametrize("faces", FACES)
def test_crop(benchmark: Benchmark, faces: int) -> None:
    """From a picture and its faces to the tensor of a network."""
    card = shipped_models().entry(MODELS[0]).card
    assert card is not None
    batch = benchmark(face_batch, picture(faces), boxes(faces), card.input)
    assert len(batch) == faces


@pytest.mark.parametrize("faces", FACES)
@pytest.mark.parametrize("model", MODELS)
def test_classifier(benchmark: Benchmark, model: str, faces: int) -> None:
    """The expressions of all faces in one call."""
    with closing(load_classifier(shipped_models().entry(model))) as classifier:
        batch = face_batch(picture(faces), boxes(faces), classifier.card.input)
        probabilities = benchmark(classifier.predict, batch)
    assert np.allclose(probabilities.sum(axis=1), 1, atol=1e-3)


@pytest.mark.parametrize("faces", FACES)
def test_tracker(benchmark: Benchmark, faces: int) -> None:
    """Names for the faces of a frame."""
    tracker, found, numbers = FaceTracker(lost_after_s=1.5), boxes(faces), count()
    tracked = benchmark(lambda: tracker.update(found, 33 * next(numbers)))
    assert [face.track_id for face in tracked] == list(range(1, faces + 1))


@pytest.mark.parametrize("faces", FACES)
def test_smoothing(benchmark: Benchmark, faces: int) -> None:
    """The expressions of all faces of a frame."""
    smoother, numbers = ScoreSmoother(time_constant_s=0.3), count()
    scores = [read.scores for read in result(faces).faces]

    def smooth() -> None:
        session_ms = 33 * next(numbers)
        for track_id, each in enumerate(scores):
            smoother.update(track_id, session_ms, each, uncertain_below=0.4)
        smoother.keep_only(range(faces), session_ms)

    benchmark(smooth)


@pytest.mark.parametrize("faces", FACES)
@pytest.mark.usefixtures("qapp")
def test_overlay_paint(benchmark: Benchmark, faces: int) -> None:
    """Frames and labels, laid out and painted on a picture's pixels."""
    target, memory = QImage(1280, 720, QImage.Format.Format_RGB32), OverlayMemory()
    read, options, canvas = result(faces), OverlayOptions(), Canvas(1280, 720)

    def paint() -> int:
        painter = QPainter(target)
        shapes = build_overlay(read, options, canvas, measure_text, memory)
        paint_overlay(painter, shapes)
        painter.end()
        return len(shapes)

    assert benchmark(paint) >= faces
