"""Paints an overlay's shapes with Qt, in the window and into pictures that are saved."""

from collections.abc import Callable, Iterable
from functools import lru_cache
from threading import get_ident
from typing import Any

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QGuiApplication,
    QImage,
    QPainter,
    QPen,
    QPolygonF,
)

from ferqt.core.types import FrameResult, Image
from ferqt.outputs.overlay import (
    Canvas,
    Dots,
    OverlayMemory,
    OverlayOptions,
    Polyline,
    Primitive,
    Rect,
    Text,
    build_overlay,
)


def measure_text(text: str, size: float, *, bold: bool) -> float:
    """Return the width in px of a text as `paint_overlay` sets it (a `TextMeasure`)."""
    return _text_width(text, round(size), bold, QGuiApplication.font().family(), get_ident())


def paint_overlay(painter: QPainter, shapes: Iterable[Primitive]) -> None:
    """Paint shapes in the painter's present coordinates; its pen, brush and font are changed."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    font: tuple[int, bool] | None = None
    for shape in shapes:
        # Qt looks for the letters' shapes anew after each change of the font, even to an equal one.
        if isinstance(shape, Text) and font != (round(shape.size), shape.bold):
            font = (round(shape.size), shape.bold)
            painter.setFont(overlay_font(shape.size, bold=shape.bold))
        _PAINTERS[type(shape)](painter, shape)


def draw_overlay_on(
    image: Image,
    result: FrameResult,
    options: OverlayOptions,
    memory: OverlayMemory | None = None,
) -> Image:
    """Return a copy of a picture with the overlay on it, at the picture's own resolution.

    Any thread may call it, each with a memory of its own.

    Args:
        image: The result's picture, H x W x 3 RGB; already turned if `options.mirrored`.
        result: Readings with their frame.
        options: What to show.
        memory: Names and places as the window shows them.
    """
    import cv2

    height, width = image.shape[:2]
    # OpenCV converts a 4K picture in a few ms, Qt in tens of them.
    pixels = cv2.cvtColor(image, cv2.COLOR_RGB2BGRA)
    canvas = QImage(pixels.data, width, height, 4 * width, QImage.Format.Format_RGB32)
    painter = QPainter(canvas)
    paint_overlay(
        painter, build_overlay(result, options, Canvas(width, height), measure_text, memory)
    )
    painter.end()
    # Qt paints into a copy if it takes the array for constant, so the canvas is what counts.
    painted = np.frombuffer(canvas.constBits(), np.uint8).reshape(height, width, 4)
    return np.asarray(cv2.cvtColor(painted, cv2.COLOR_BGRA2RGB), np.uint8)


def overlay_font(size: float, *, bold: bool) -> QFont:
    """Return the overlay's font at a size in px, with figures of one width."""
    return _font(round(size), bold, QGuiApplication.font().family(), get_ident())


# Recordings are painted in a thread of their own. Threads that share a font throw each other's
# glyphs away, so each has its own.
@lru_cache(maxsize=64)
def _font(size: int, bold: bool, family: str, _thread: int) -> QFont:
    font = QFont(family)
    font.setPixelSize(max(1, size))
    font.setWeight(QFont.Weight.DemiBold if bold else QFont.Weight.Normal)
    font.setFeature(QFont.Tag("tnum"), 1)
    return font


@lru_cache(maxsize=2048)
def _text_width(text: str, size: int, bold: bool, family: str, thread: int) -> float:
    return QFontMetricsF(_font(size, bold, family, thread)).horizontalAdvance(text)


def _paint_rect(painter: QPainter, rect: Rect) -> None:
    if rect.stroke is None:
        painter.setPen(Qt.PenStyle.NoPen)
    else:
        pen = QPen(QColor(*rect.stroke), rect.stroke_width)
        if rect.dashed:
            pen.setDashPattern([4, 3])
        painter.setPen(pen)
    if rect.fill is None:
        painter.setBrush(Qt.BrushStyle.NoBrush)
    else:
        painter.setBrush(QColor(*rect.fill))
    area = QRectF(rect.x, rect.y, rect.width, rect.height)
    painter.drawRoundedRect(area, rect.radius, rect.radius)


def _paint_polyline(painter: QPainter, line: Polyline) -> None:
    pen = QPen(QColor(*line.color), line.width)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    if line.closed:
        painter.drawPolygon(_polygon(line.points))
    else:
        painter.drawPolyline(_polygon(line.points))


def _paint_dots(painter: QPainter, dots: Dots) -> None:
    pen = QPen(QColor(*dots.color), dots.diameter)
    # Nobody sees the corners of a dot that small, and squares take less than half the time.
    small = dots.diameter < 2.5
    pen.setCapStyle(Qt.PenCapStyle.SquareCap if small else Qt.PenCapStyle.RoundCap)
    painter.setPen(pen)
    painter.drawPoints(_polygon(dots.points))


def _paint_text(painter: QPainter, text: Text) -> None:
    painter.setPen(QColor(*text.color))
    x = text.x
    if text.align_right:
        x -= measure_text(text.text, text.size, bold=text.bold)
    painter.drawText(QPointF(x, text.baseline), text.text)


def _polygon(points: np.ndarray) -> QPolygonF:
    return QPolygonF([QPointF(x, y) for x, y in points.tolist()])


_PAINTERS: dict[type[Primitive], Callable[[QPainter, Any], None]] = {
    Rect: _paint_rect,
    Polyline: _paint_polyline,
    Dots: _paint_dots,
    Text: _paint_text,
}
