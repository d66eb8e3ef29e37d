"""What is drawn over a picture, as plain shapes: worked out here, painted by whoever has a canvas.

The window, screenshots and annotated videos all paint the same shapes, so a reading looks the same
everywhere. Nothing here knows Qt.
"""

from ferqt.outputs.overlay.build import build_overlay
from ferqt.outputs.overlay.options import Canvas, OverlayOptions
from ferqt.outputs.overlay.plates import percent_text
from ferqt.outputs.overlay.shapes import Dots, Polyline, Primitive, Rect, Text, TextMeasure
from ferqt.outputs.overlay.stabilizer import LabelStabilizer, OverlayMemory

__all__ = [
    "Canvas",
    "Dots",
    "LabelStabilizer",
    "OverlayMemory",
    "OverlayOptions",
    "Polyline",
    "Primitive",
    "Rect",
    "Text",
    "TextMeasure",
    "build_overlay",
    "percent_text",
]
