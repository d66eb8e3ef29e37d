"""Overlays over a plain picture, and what is in them."""

import numpy as np

from ferqt.core.types import FaceResult, FrameResult
from ferqt.outputs.overlay import (
    Canvas,
    OverlayMemory,
    OverlayOptions,
    Primitive,
    Rect,
    Text,
    build_overlay,
)
from tests.helpers.readings import reading

WIDTH, HEIGHT = 1280, 720
PICTURE = np.full((HEIGHT, WIDTH, 3), 90, np.uint8)
CANVAS = Canvas(1100, 618.75)


def measure(text: str, size: float, *, bold: bool) -> float:
    """Widths of letters without a font."""
    return len(text) * size * (0.6 if bold else 0.55)


def overlay(
    *faces: FaceResult,
    options: OverlayOptions | None = None,
    canvas: Canvas = CANVAS,
    memory: OverlayMemory | None = None,
    result: FrameResult | None = None,
) -> tuple[Primitive, ...]:
    """The shapes of faces, or of a whole result."""
    result = result or reading(PICTURE, *faces)
    return build_overlay(result, options or OverlayOptions(), canvas, measure, memory)


def texts(shapes: tuple[Primitive, ...]) -> list[str]:
    """What is written, in the order in which it is painted."""
    return [shape.text for shape in shapes if isinstance(shape, Text)]


def plates(shapes: tuple[Primitive, ...]) -> list[Rect]:
    """The dark grounds of labels and panels."""
    return [
        s
        for s in shapes
        if isinstance(s, Rect) and s.fill is not None and s.fill[:3] == (14, 17, 19)
    ]
