"""Which part of the probability plot is in view, and where each value lies on the widget."""

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QRectF

RIM: Final = 2.0
"""Percent in view beyond the lowest and the highest line, so that both are whole."""


@dataclass(frozen=True, slots=True)
class PlotView:
    """A span of time and of heights.

    Attributes:
        start_s: Left edge in s.
        stop_s: Right edge in s.
        low: Lower edge in percent; several lanes stand above each other, 100 each.
        high: Upper edge in percent.
    """

    start_s: float
    stop_s: float
    low: float
    high: float


class PlotScale:
    """Turns times and heights into px.

    Args:
        area: Where on the widget the curves are, in px.
        view: What is seen there.
    """

    def __init__(self, area: QRectF, view: PlotView) -> None:
        self.area = area
        self.view = view
        self._px_a_second = area.width() / (view.stop_s - view.start_s)
        self._px_a_percent = area.height() / (view.high - view.low)

    def x(self, time_s: float) -> float:
        """Return where a moment lies."""
        return self.area.left() + (time_s - self.view.start_s) * self._px_a_second

    def y(self, height: float) -> float:
        """Return where a height lies."""
        return self.area.bottom() - (height - self.view.low) * self._px_a_percent
