"""The few shapes that an overlay is made of; px of the canvas, x to the right and y down."""

from dataclasses import dataclass
from typing import Protocol

from ferqt.core.types import FloatArray

Color = tuple[int, int, int, int]
"""Red, green, blue, opacity; each 0..255."""


@dataclass(frozen=True, slots=True)
class Rect:
    """A rectangle with round corners, filled, outlined or both.

    Attributes:
        x: Left edge.
        y: Upper edge.
        width: Width, not negative.
        height: Height, not negative.
        radius: Radius of the corners.
        fill: Color of the inside; None leaves it open.
        stroke: Color of the outline; None draws none.
        stroke_width: Width of the outline, half of it to each side of the edge.
        dashed: Break the outline into dashes.
    """

    x: float
    y: float
    width: float
    height: float
    radius: float = 0.0
    fill: Color | None = None
    stroke: Color | None = None
    stroke_width: float = 0.0
    dashed: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Polyline:
    """A line through points.

    Attributes:
        points: float32 N x 2, N >= 2.
        color: Color of the line.
        width: Width of the line.
        closed: Join the last point to the first.
    """

    points: FloatArray
    color: Color
    width: float
    closed: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Dots:
    """Round dots of one size.

    Attributes:
        points: float32 N x 2, the centers.
        color: Color of the dots.
        diameter: Diameter of a dot.
    """

    points: FloatArray
    color: Color
    diameter: float


@dataclass(frozen=True, slots=True)
class Text:
    """One line of text; figures are all of one width.

    Attributes:
        x: Left end, or the right end when `align_right`.
        baseline: Where the letters stand.
        text: What it says.
        size: Height of the font in px.
        color: Color of the letters.
        bold: Use the heavier weight.
        align_right: Let the text end at `x`.
    """

    x: float
    baseline: float
    text: str
    size: float
    color: Color
    bold: bool = False
    align_right: bool = False


Primitive = Rect | Polyline | Dots | Text


class TextMeasure(Protocol):
    """Tells how wide a text will be in the painter's font."""

    def __call__(self, text: str, size: float, *, bold: bool) -> float:
        """Return the width in px of one line of text set at `size` px."""
        ...


def rgba(color: str, opacity: float = 1.0) -> Color:
    """Return `#RRGGBB` as red, green, blue and opacity (0..1 here, 0..255 in the result)."""
    value = int(color[1:], 16)
    return value >> 16, value >> 8 & 0xFF, value & 0xFF, round(255 * opacity)
