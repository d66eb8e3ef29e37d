"""Times what the window paints for a frame, without a screen; a process of `ferqt bench`.

    python -m ferqt.ui.painting_times MODEL DETECTOR SECONDS SCENE...

It answers with one JSON line: figures for each scene, or the problem that Qt has here.
"""

import json
import os
import sys
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import asdict
from itertools import cycle
from typing import TYPE_CHECKING, Any, Final

from ferqt.bench.clip import first_frames
from ferqt.bench.figures import Figures
from ferqt.bench.scenes import Setting, scene_of
from ferqt.core.types import FrameResult

if TYPE_CHECKING:
    from PySide6.QtCore import QSize

    from ferqt.outputs.overlay import OverlayOptions

_FRAMES: Final = 5
"""Results that are painted in turn."""

_FEWEST: Final = 5


def main(arguments: list[str]) -> int:
    """Paint and print the figures."""
    model_id, detector_id, seconds, *words = arguments
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    try:
        from ferqt.ui.application import create_application

        application = create_application(["ferqt"])
    except ImportError as error:
        _answer({"problem": f"Qt cannot start here ({error})"})
        return 0
    scenes = [
        _figures(_results(scene_of(word), model_id, detector_id), float(seconds)) for word in words
    ]
    _answer({"scenes": scenes})
    application.quit()
    return 0


def _answer(value: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(value) + "\n")


def _results(scene: Setting | str, model_id: str, detector_id: str) -> list[FrameResult]:
    """Read the first frames of a scene, as the window would show them."""
    from ferqt.classifiers.catalog import Catalog
    from ferqt.paths import models_dir, user_models_dir
    from ferqt.pipeline.build import build_pipeline
    from ferqt.pipeline.config import PipelineConfig

    catalog = Catalog((models_dir(), user_models_dir()))
    with closing(build_pipeline(PipelineConfig(model_id, detector_id), catalog)) as pipeline:
        return [pipeline.process(frame) for frame in first_frames(scene, _FRAMES)]


def _figures(results: list[FrameResult], seconds: float) -> dict[str, Any]:
    from PySide6.QtCore import QSize, Qt

    from ferqt.outputs.overlay import OverlayOptions
    from ferqt.ui.picture_painter import USUAL_SIZE, Look, PicturePainter

    first = results[0].frame
    assert first is not None
    room = QSize(*USUAL_SIZE)
    size = QSize(first.width, first.height).scaled(room, Qt.AspectRatioMode.KeepAspectRatio)
    options, painter = OverlayOptions(), PicturePainter()

    def paint_view(result: FrameResult) -> None:
        painter.paint(result, Look(0, options, size, 1.0))

    overlay_ms = _times_ms(_overlay_painter(size, options), results, seconds)
    view_ms = _times_ms(paint_view, results, seconds)
    return {
        "overlay_ms": asdict(overlay_ms),
        "view_ms": asdict(view_ms),
        "view_size": f"{room.width()}x{room.height()}",
    }


def _overlay_painter(size: "QSize", options: "OverlayOptions") -> Callable[[FrameResult], None]:
    """Return what lays the overlay out and paints it, on the place of the picture in the view."""
    from PySide6.QtGui import QImage, QPainter

    from ferqt.outputs.overlay import Canvas, OverlayMemory, build_overlay
    from ferqt.ui.overlay_painter import measure_text, paint_overlay

    surface = QImage(size, QImage.Format.Format_RGB32)
    canvas, memory = Canvas(size.width(), size.height()), OverlayMemory()

    def paint(result: FrameResult) -> None:
        shapes = build_overlay(result, options, canvas, measure_text, memory)
        painter = QPainter(surface)
        paint_overlay(painter, shapes)
        painter.end()

    return paint


def _times_ms(
    paint: Callable[[FrameResult], None], results: list[FrameResult], seconds: float
) -> Figures:
    # The first paints make fonts and letters.
    for result in results:
        paint(result)
    times_ms: list[float] = []
    end = time.perf_counter() + seconds
    for result in cycle(results):
        if len(times_ms) >= _FEWEST and time.perf_counter() >= end:
            break
        before = time.perf_counter()
        paint(result)
        times_ms.append((time.perf_counter() - before) * 1000)
    figures = Figures.of(times_ms)
    assert figures is not None
    return figures


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
