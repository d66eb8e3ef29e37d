"""Paints an overlay's shapes into pictures without Qt, for the command line and for reports.

The shapes are those that the window paints. Letters are DejaVu Sans, which comes with Matplotlib:
Latin, Greek and Cyrillic are there, other scripts show boxes.
"""

import math
from collections.abc import Callable
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import cv2
import numpy as np

from ferqt.core.types import FloatArray, FrameResult, Image
from ferqt.outputs.overlay.build import build_overlay
from ferqt.outputs.overlay.options import Canvas, OverlayOptions
from ferqt.outputs.overlay.shapes import Color, Dots, Polyline, Primitive, Rect, Text
from ferqt.outputs.overlay.stabilizer import OverlayMemory

if TYPE_CHECKING:
    from PIL.ImageFont import FreeTypeFont, ImageFont

_FONTS: Final = ("DejaVuSans.ttf", "DejaVuSans-Bold.ttf")

_SUBPIXEL_BITS: Final = 4
"""OpenCV takes places in sixteenths of a pixel."""

_CORNER_POINTS: Final = 7
_ANGLES: Final = np.concatenate(
    [np.linspace(quarter, quarter + 1, _CORNER_POINTS) * math.pi / 2 for quarter in range(4)]
)
_ROUND: Final = np.stack([np.cos(_ANGLES), np.sin(_ANGLES)], axis=1).astype(np.float32)
"""Places on a circle, corner after corner from the lower right one on."""

_DASH: Final = (4.0, 3.0)
"""Length of a dash and of the gap behind it, in widths of the line."""

_PAD_PX: Final = 2

_Window = tuple[int, int, int, int]
"""Left, upper, right and lower edge of a part of a picture in whole px."""

_Cover = Callable[[Image, FloatArray], None]
"""Draws how far a color covers a window, 0..255, given the window's upper left corner."""


def measure_text(text: str, size: float, *, bold: bool) -> float:
    """Return the width in px of a text as `draw_overlay` sets it (a `TextMeasure`)."""
    return _text_width(text, round(size), bold)


def draw_overlay(
    image: Image,
    result: FrameResult,
    options: OverlayOptions,
    memory: OverlayMemory | None = None,
    *,
    pixel_ratio: float = 1.0,
) -> Image:
    """Return a copy of a picture with the overlay on it, at the picture's own resolution.

    Any thread may call it, each with a memory of its own.

    Args:
        image: The result's picture, H x W x 3 RGB; already turned if `options.mirrored`.
        result: Readings with their frame.
        options: What to show.
        memory: Keeps names and places calm from frame to frame.
        pixel_ratio: How many of its px make one where it is shown; raising it makes letters larger
            in small pictures.
    """
    height, width = image.shape[:2]
    canvas = Canvas(width, height, pixel_ratio)
    painted = image.copy()
    for shape in build_overlay(result, options, canvas, measure_text, memory):
        _PAINTERS[type(shape)](painted, shape)
    return painted


def _paint_rect(image: Image, rect: Rect) -> None:
    if rect.fill is not None:
        points = _round_rect(rect, 0.0)
        _blend(image, _window(points), rect.fill, lambda mask, at: _fill(mask, points, at))
    if rect.stroke is None or rect.stroke_width <= 0:
        return
    if rect.dashed:
        for dash in _dashes(_round_rect(rect, 0.0), rect.stroke_width):
            _paint_polyline(image, Polyline(dash, rect.stroke, rect.stroke_width))
        return
    half = rect.stroke_width / 2
    outer, inner = _round_rect(rect, half), _round_rect(rect, -half)

    def ring(mask: Image, at: FloatArray) -> None:
        _fill(mask, outer, at)
        hole = np.zeros_like(mask)
        _fill(hole, inner, at)
        cv2.subtract(mask, hole, mask)

    for window in _sides(rect, half + max(rect.radius, 1.0) + _PAD_PX):
        _blend(image, window, rect.stroke, ring)


def _paint_polyline(image: Image, line: Polyline) -> None:
    points = np.asarray(line.points, np.float32)
    width = max(1, round(line.width))

    def draw(mask: Image, at: FloatArray) -> None:
        cv2.polylines(
            mask, [_fixed(points - at)], line.closed, 255, width, cv2.LINE_AA, _SUBPIXEL_BITS
        )

    _blend(image, _window(points, line.width), line.color, draw)


def _paint_dots(image: Image, dots: Dots) -> None:
    radius = max(1, round(dots.diameter / 2 * 2**_SUBPIXEL_BITS))

    def draw(mask: Image, at: FloatArray) -> None:
        for x, y in _fixed(dots.points - at).tolist():
            cv2.circle(mask, (x, y), radius, 255, cv2.FILLED, cv2.LINE_AA, _SUBPIXEL_BITS)

    _blend(image, _window(dots.points, dots.diameter), dots.color, draw)


def _paint_text(image: Image, text: Text) -> None:
    mask, left, top = _letters(text.text, round(text.size), text.bold)
    if mask.size == 0:
        return
    x = text.x
    if text.align_right:
        x -= measure_text(text.text, text.size, bold=text.bold)
    _mix(image, mask, round(x) + left, round(text.baseline) + top, text.color)


_PAINTERS: Final[dict[type[Primitive], Callable[[Image, Any], None]]] = {
    Rect: _paint_rect,
    Polyline: _paint_polyline,
    Dots: _paint_dots,
    Text: _paint_text,
}


def _sides(rect: Rect, reach: float) -> tuple[_Window, ...]:
    """Return four windows that hold an outline without the inside; one for a small rectangle."""
    x0, y0 = math.floor(rect.x - reach), math.floor(rect.y - reach)
    x1, y1 = math.ceil(rect.x + rect.width + reach), math.ceil(rect.y + rect.height + reach)
    across = math.ceil(2 * reach)
    if x1 - x0 <= 2 * across or y1 - y0 <= 2 * across:
        return ((x0, y0, x1, y1),)
    above, below = y0 + across, y1 - across
    return (
        (x0, y0, x1, above),
        (x0, below, x1, y1),
        (x0, above, x0 + across, below),
        (x1 - across, above, x1, below),
    )


def _window(points: FloatArray, reach: float = 0.0) -> _Window:
    """Return a window around some points."""
    x0, y0 = points.min(axis=0).tolist()
    x1, y1 = points.max(axis=0).tolist()
    reach += _PAD_PX
    return (
        math.floor(x0 - reach),
        math.floor(y0 - reach),
        math.ceil(x1 + reach),
        math.ceil(y1 + reach),
    )


def _blend(image: Image, window: _Window, color: Color, draw: _Cover) -> None:
    """Mix a color into a window of a picture, as far as `draw` covers it."""
    left, top = max(window[0], 0), max(window[1], 0)
    right, bottom = min(window[2], image.shape[1]), min(window[3], image.shape[0])
    if right <= left or bottom <= top:
        return
    # OpenCV leaves soft edges unfinished in the last pixels of what it draws on.
    rim = _PAD_PX
    mask = np.zeros((bottom - top + 2 * rim, right - left + 2 * rim), np.uint8)
    draw(mask, np.array([left - rim, top - rim], np.float32))
    _mix(image, mask[rim:-rim, rim:-rim], left, top, color)


def _mix(image: Image, mask: Image, x: int, y: int, color: Color) -> None:
    """Mix a color into a picture where a mask (0..255) says so; what lies outside is cut off."""
    left, top = max(x, 0), max(y, 0)
    right = min(x + mask.shape[1], image.shape[1])
    bottom = min(y + mask.shape[0], image.shape[0])
    if right <= left or bottom <= top:
        return
    area = image[top:bottom, left:right]
    share = mask[top - y : bottom - y, left - x : right - x].astype(np.float32)
    share *= color[3] / (255 * 255)
    ink = np.empty(area.shape, np.uint8)
    ink[:] = color[:3]
    # A third of the time that NumPy takes.
    area[:] = cv2.blendLinear(area, ink, 1 - share, share)


def _fill(mask: Image, points: FloatArray, at: FloatArray) -> None:
    if len(points):
        cv2.fillPoly(mask, [_fixed(points - at)], 255, cv2.LINE_AA, _SUBPIXEL_BITS)


def _fixed(points: FloatArray) -> np.ndarray:
    """Return places in OpenCV's integers; its pixels have their middle at whole numbers."""
    return np.asarray(np.rint((points - 0.5) * 2**_SUBPIXEL_BITS), np.int32)


def _round_rect(rect: Rect, grown: float) -> FloatArray:
    """Return the outline of a rectangle, grown by some px on all sides; empty if none is left."""
    x0, y0 = rect.x - grown, rect.y - grown
    x1, y1 = rect.x + rect.width + grown, rect.y + rect.height + grown
    if x1 <= x0 or y1 <= y0:
        return np.empty((0, 2), np.float32)
    radius = min(max(rect.radius + grown, 0.0), (x1 - x0) / 2, (y1 - y0) / 2)
    if radius <= 0:
        return np.array([[x1, y1], [x0, y1], [x0, y0], [x1, y0]], np.float32)
    left, right, top, bottom = x0 + radius, x1 - radius, y0 + radius, y1 - radius
    middles = np.array([[right, bottom], [left, bottom], [left, top], [right, top]], np.float32)
    return np.asarray(np.repeat(middles, _CORNER_POINTS, axis=0) + radius * _ROUND, np.float32)


def _dashes(outline: FloatArray, width: float) -> list[FloatArray]:
    """Cut a closed outline into dashes."""
    closed = np.concatenate([outline, outline[:1]])
    steps = np.hypot(*np.diff(closed, axis=0).T)
    along = np.concatenate([[0.0], np.cumsum(steps)])
    dash, gap = (part * width for part in _DASH)
    pieces = []
    for start in np.arange(0.0, along[-1], dash + gap):
        end = min(start + dash, along[-1])
        inside = along[(along > start) & (along < end)]
        at = np.concatenate([[start], inside, [end]])
        points = np.stack([np.interp(at, along, closed[:, axis]) for axis in (0, 1)], axis=1)
        pieces.append(points.astype(np.float32))
    return pieces


@lru_cache(maxsize=32)
def _font(size: int, bold: bool) -> "FreeTypeFont | ImageFont":
    from PIL import ImageFont

    file = _font_folder() / _FONTS[bold]
    if file.is_file():
        return ImageFont.truetype(file, max(1, size), layout_engine=ImageFont.Layout.BASIC)
    return ImageFont.load_default(max(1, size))


@lru_cache(maxsize=1)
def _font_folder() -> Path:
    """Return where Matplotlib keeps its fonts; importing it would take half a second."""
    spec = find_spec("matplotlib")
    places = [] if spec is None else list(spec.submodule_search_locations or ())
    return Path(places[0] if places else "") / "mpl-data" / "fonts" / "ttf"


@lru_cache(maxsize=2048)
def _text_width(text: str, size: int, bold: bool) -> float:
    return float(_font(size, bold).getlength(text))


@lru_cache(maxsize=1024)
def _letters(text: str, size: int, bold: bool) -> tuple[Image, int, int]:
    """Return the coverage (0..255) of a text, and its place from the pen's on the baseline."""
    from PIL import Image as Pictures
    from PIL import ImageDraw

    font = _font(size, bold)
    left, top, right, bottom = (int(edge) for edge in font.getbbox(text, anchor="ls"))
    if right <= left or bottom <= top:
        return np.zeros((0, 0), np.uint8), 0, 0
    picture = Pictures.new("L", (right - left, bottom - top))
    ImageDraw.Draw(picture).text((-left, -top), text, fill=255, font=font, anchor="ls")
    return np.asarray(picture, np.uint8), left, top
