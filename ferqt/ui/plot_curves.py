"""The curves and dots of the probability plot, as pyqtgraph's items."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QRectF
from PySide6.QtGui import QBrush, QPainter, QPen, QTransform
from PySide6.QtWidgets import QStyleOptionGraphicsItem, QWidget

from ferqt.core.history import Times
from ferqt.core.types import FloatArray
from ferqt.ui.plot_feed import Lane
from ferqt.ui.plot_lanes import LANE, bottom_of, scale_of
from ferqt.ui.plot_view import RIM

_MAX_POINTS: Final = 240
"""Points drawn of a curve. Qt's cost of a wide, smooth line grows faster than its points."""

_LANE_POINTS: Final = 120
"""The same where there are several lanes, whose curves are as many times as many."""

_DOT_PX: Final = 7


class PlotCurves:
    """One curve a class, which goes on from lane to lane, and dots where no line leads.

    A curve for each lane would cost six times as much with six faces, to make and to paint.

    Args:
        plot: Gets the items.
    """

    def __init__(self, plot: pg.PlotItem) -> None:
        self._plot = plot
        self._names: tuple[str, ...] = ()
        self._pens: dict[str, QPen] = {}
        self._hidden: frozenset[str] = frozenset()
        self._lanes: tuple[Lane, ...] = ()
        self._curves: dict[str, _Curve] = {}
        self._parts: list[slice] = []
        self._dots = pg.ScatterPlotItem(size=_DOT_PX, pen=None)
        plot.addItem(self._dots, ignoreBounds=True)

    @property
    def lanes(self) -> Sequence[Lane]:
        """What is drawn, from the top; heights instead of probabilities."""
        return self._lanes

    @property
    def visible_names(self) -> set[str]:
        """The classes whose curves are not hidden."""
        return set(self._names) - self._hidden

    def set_names(self, names: Sequence[str]) -> None:
        """Have one curve for each of these classes."""
        for curve in self._curves.values():
            self._plot.removeItem(curve)
        self._names = tuple(names)
        self._curves = {name: _Curve() for name in names}
        for name, curve in self._curves.items():
            curve.setVisible(name not in self._hidden)
            self._plot.addItem(curve, ignoreBounds=True)
        self._lanes, self._parts = (), []
        self._draw_dots()

    def set_pens(self, pens: Mapping[str, QPen]) -> None:
        """Take other pens, of which there is one a class."""
        self._pens = dict(pens)
        for name, curve in self._curves.items():
            curve.setPen(self._pens[name])
        self._draw_dots()

    def set_hidden(self, names: Iterable[str]) -> None:
        """Hide these curves and show all others."""
        self._hidden = frozenset(names)
        for name, curve in self._curves.items():
            curve.setVisible(name not in self._hidden)
        self._draw_dots()

    def draw(self, lanes: Sequence[Lane]) -> None:
        """Show these curves, in place of those before."""
        most = _MAX_POINTS if len(lanes) == 1 else _LANE_POINTS
        scale, drawn = np.float32(scale_of(len(lanes))), []
        for number, lane in enumerate(lanes):
            picked = _thin_out(lane.times, most)
            # A copy: what is drawn must not change while the plot is paused.
            times = np.array(lane.times[picked])
            heights = lane.values[:, picked] * scale + np.float32(bottom_of(number, len(lanes)))
            drawn.append(Lane(lane.title, times, heights, lane.stills))
        self._lanes = tuple(drawn)
        times, heights, self._parts = _joined(self._lanes, len(self._names))
        bounds = _bounds(times, LANE * len(lanes))
        for row, curve in enumerate(self._curves.values()):
            # Smooth lines cost twice as much, and are not missed in narrow lanes.
            curve.draw(times, heights[row], bounds, smooth=len(lanes) == 1)
        self._draw_dots()

    def curve_data(self, name: str, lane: int = 0) -> tuple[Times, FloatArray]:
        """Return the line that is drawn of a class: times in s and heights, NaN for gaps.

        Raises:
            KeyError: There is no such class.
        """
        if not self._parts:
            return np.empty(0), np.empty(0, np.float32)
        times, heights = self._curves[name].getData()
        return times[self._parts[lane]], heights[self._parts[lane]]

    def dot_data(self) -> tuple[Times, FloatArray]:
        """Return the dots of samples that no line leads to: times in s and heights."""
        times, heights = self._dots.getData()
        return times, heights

    def _draw_dots(self) -> None:
        """Draw the samples that stand alone, which no line shows: stills, and brief returns."""
        spots: list[tuple[float, float, QBrush]] = []
        for lane in self._lanes:
            alone = _alone(lane)
            if not alone.any():
                continue
            for row, name in enumerate(self._names):
                if name not in self._hidden:
                    brush = QBrush(self._pens[name].color())
                    places = np.flatnonzero(alone[row])
                    spots += [(lane.times[at], lane.values[row, at], brush) for at in places]
        if spots or len(self._dots.data):
            times, heights, brushes = zip(*spots, strict=True) if spots else ((), (), ())
            self._dots.setData(np.array(times), np.array(heights), brush=list(brushes))


class _Curve(pg.PlotCurveItem):
    """A curve that is told its bounds: pyqtgraph would look for them in every sample.

    It is painted in px of the widget: a pen of pyqtgraph's, which no scale changes, would be half
    as wide in a picture of twice the resolution.
    """

    def __init__(self) -> None:
        self._bounds = QRectF()
        super().__init__(connect="finite")

    def draw(self, times: Times, heights: FloatArray, bounds: QRectF, *, smooth: bool) -> None:
        """Show n heights at n times, which lie within these bounds."""
        self._bounds = bounds
        self.setData(times, heights, antialias=smooth)

    def boundingRect(self) -> QRectF:  # noqa: N802 - Qt's name
        """Return where the curve may be, in s and percent."""
        return self._bounds

    def paint(
        self, painter: QPainter, _option: QStyleOptionGraphicsItem, _widget: QWidget | None
    ) -> None:
        """Paint the line."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, self.opts["antialias"])
        painter.setPen(self.opts["pen"])
        line = painter.worldTransform().map(self.getPath())
        painter.setWorldTransform(QTransform())
        painter.drawPath(line)


def _bounds(times: Times, height: float) -> QRectF:
    """Return where curves may be that have these times, with room for the width of their pens."""
    if not len(times):
        return QRectF()
    start_s, stop_s = float(times.min()), float(times.max())
    return QRectF(start_s, -RIM, stop_s - start_s, height + 2 * RIM)


def _joined(lanes: Sequence[Lane], classes: int) -> tuple[Times, FloatArray, list[slice]]:
    """Return all lines one after the other with gaps between them, and where each lane's are."""
    times: list[Times] = [np.empty(0)]
    heights: list[FloatArray] = [np.empty((classes, 0), np.float32)]
    parts: list[slice] = []
    end = 0
    for lane in lanes:
        count = 0 if lane.stills else len(lane.times)
        if end and count:
            times.append(lane.times[:1])
            heights.append(np.full((classes, 1), np.nan, np.float32))
            end += 1
        times.append(lane.times[:count])
        heights.append(lane.values[:, :count])
        parts.append(slice(end, end + count))
        end += count
    return np.concatenate(times), np.hstack(heights), parts


def _alone(lane: Lane) -> "np.ndarray[tuple[int, int], np.dtype[np.bool_]]":
    """Return which samples (classes x n) no line leads to."""
    seen = np.pad(np.isfinite(lane.values), ((0, 0), (1, 1)))
    alone = seen[:, 1:-1]
    return alone if lane.stills else alone & ~seen[:, :-2] & ~seen[:, 2:]


def _thin_out(times: Times, most: int) -> "slice | np.ndarray":
    """Return which samples to draw: all, or the last of each of equal steps of time.

    The steps are multiples of their length, so a sample that is drawn once stays drawn while the
    view moves, and the curves do not shimmer.
    """
    if len(times) <= most:
        return slice(None)
    step = (times[-1] - times[0]) / most
    # Powers of two: the step keeps its length while the span grows a little.
    step = 2.0 ** np.ceil(np.log2(step))
    steps = np.floor(times / step)
    return np.append(np.flatnonzero(np.diff(steps)), len(times) - 1)
