"""Which part of the probability plot is in view, and where each value lies on the widget."""

from dataclasses import dataclass, replace
from typing import Any, Final

import numpy as np
from PySide6.QtCore import QRectF
from PySide6.QtGui import QPolygonF
from shiboken6 import VoidPtr

from ferqt.core.history import Times
from ferqt.core.types import FloatArray

RIM: Final = 2.0
"""Percent in view beyond the lowest and the highest line, so that both are whole."""

_LEAST_S: Final = 0.5
_LEAST_HEIGHT: Final = 5.0
"""How far one can zoom in."""

_memory: Final[Any] = VoidPtr
"""A view of memory, of a size that its stub does not know of."""


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

    @classmethod
    def whole(cls, start_s: float, stop_s: float, height: float) -> "PlotView":
        """Return a view of a span of time over the whole height."""
        return cls(start_s, max(stop_s, start_s + _LEAST_S), -RIM, height + RIM)

    def zoomed_in_time(self, share: float, at_s: float) -> "PlotView":
        """Return a view of a share of this span, in which a moment stays where it is."""
        span_s = self.stop_s - self.start_s
        share = max(share, _LEAST_S / span_s)
        start_s = at_s - (at_s - self.start_s) * share
        return replace(self, start_s=start_s, stop_s=start_s + span_s * share)

    def zoomed_in_height(self, share: float, at: float, height: float) -> "PlotView":
        """Return a view of a share of these heights; one of all lanes at most."""
        span = self.high - self.low
        share = max(share, _LEAST_HEIGHT / span)
        low = at - (at - self.low) * share
        return replace(self, low=low, high=low + span * share).moved(0.0, 0.0, height)

    def moved(self, by_s: float, by: float, height: float) -> "PlotView":
        """Return a view of other times and heights; it does not leave the lanes."""
        span = min(self.high - self.low, height + 2 * RIM)
        low = min(max(self.low + by, -RIM), height + RIM - span)
        return PlotView(self.start_s + by_s, self.stop_s + by_s, low, low + span)


class PlotScale:
    """Turns times and heights into px and back.

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

    def time_at(self, x: float) -> float:
        """Return which moment lies at a place."""
        return self.view.start_s + (x - self.area.left()) / self._px_a_second

    def height_at(self, y: float) -> float:
        """Return which height lies at a place."""
        return self.view.low + (self.area.bottom() - y) / self._px_a_percent

    def points(self, times: Times, heights: FloatArray) -> QPolygonF:
        """Return n points for n times and heights; none of them may be NaN."""
        points = QPolygonF()
        points.resize(len(times))
        if len(times):
            # Into Qt's own memory: a QPointF a sample takes forty times as long.
            memory = _memory(points.data(), 16 * len(times), True)
            placed = np.frombuffer(memory, np.float64).reshape(-1, 2)
            placed[:, 0] = self.area.left() + (times - self.view.start_s) * self._px_a_second
            placed[:, 1] = self.area.bottom() - (heights - self.view.low) * self._px_a_percent
        return points
