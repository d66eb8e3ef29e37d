"""The pyqtgraph part of the probability plot; importing this module imports pyqtgraph."""

from collections.abc import Iterable, Sequence
from typing import Final

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QBrush, QMouseEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QWidget

from ferqt.core.emotions import LabelSet
from ferqt.core.history import Times
from ferqt.core.types import FloatArray
from ferqt.ui.plot_feed import Lane
from ferqt.ui.plot_lanes import LANE, LaneGrid, bottom_of, scale_of
from ferqt.ui.plot_marks import Mark, PlotMarks
from ferqt.ui.plot_styles import PlotTheme, curve_pen

_MAX_POINTS: Final = 240
"""Points drawn of a curve. Qt's cost of a wide, smooth line grows faster than its points: 8 curves
take 6.5 ms with 400 points each and 29 ms with 1200."""

_LANE_POINTS: Final = 120
"""The same where there are several lanes, whose curves are as many times as many."""

_DOT_PX: Final = 7


class PlotCanvas(pg.PlotWidget):
    """Axes, curves and marks; x is time in s, y is percent, in as many lanes as there are faces."""

    taken_over = Signal()
    """The person zoomed or moved the view."""

    released = Signal()
    """The person asked by a double click for the moving view."""

    resized = Signal()
    """There is more or less room."""

    def __init__(self, theme: PlotTheme, parent: QWidget | None = None) -> None:
        super().__init__(parent, axisItems={"bottom": _SecondsAxis("bottom")})
        self._theme = theme
        self._labels: LabelSet | None = None
        self._hidden: set[str] = set()
        self._lanes: tuple[Lane, ...] = ()
        self._curves: list[dict[str, pg.PlotCurveItem]] = []
        plot = self.getPlotItem()
        plot.setMenuEnabled(False)
        plot.hideButtons()
        plot.setContentsMargins(0, 4, 8, 0)
        for side in ("left", "bottom"):
            plot.getAxis(side).setStyle(tickLength=0, autoExpandTextSpace=False)
        plot.getAxis("left").setWidth(40)
        plot.getAxis("bottom").setHeight(22)
        # An axis with pyqtgraph's own grid loses the labels at its ends.
        self._grid = LaneGrid(plot, theme)
        self._dots = pg.ScatterPlotItem(size=_DOT_PX, pen=None)
        self.addItem(self._dots, ignoreBounds=True)
        self._switches = PlotMarks(plot, line=0, style=Qt.PenStyle.DashLine)
        self._markers = PlotMarks(plot, line=1, style=Qt.PenStyle.SolidLine)
        box = plot.getViewBox()
        box.setLimits(minXRange=0.5, minYRange=5)
        self._limit(1)
        box.sigRangeChangedManually.connect(lambda _: self.taken_over.emit())
        self.set_theme(theme)

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Return the least size, so that the window fits a screen of 600 px."""
        return QSize(160, 48)

    def set_labels(self, labels: LabelSet) -> None:
        """Have one curve for each of these classes."""
        for curves in self._curves:
            for curve in curves.values():
                self.removeItem(curve)
        self._curves = []
        self._lanes = ()
        self._labels = labels

    def set_theme(self, theme: PlotTheme) -> None:
        """Take other colors."""
        self._theme = theme
        self.setBackground(theme.background)
        for side in ("left", "bottom"):
            axis = self.getPlotItem().getAxis(side)
            axis.setTextPen(theme.muted)
            axis.setPen(theme.background)
        self._grid.set_theme(theme)
        for curves in self._curves:
            for name, curve in curves.items():
                curve.setPen(self._pen(name))
        self._switches.set_colors(theme.muted, theme.background)
        self._markers.set_colors(theme.text, theme.background)
        self._draw_dots()

    def set_hidden(self, names: Iterable[str]) -> None:
        """Hide these curves and show all others."""
        self._hidden = set(names)
        for curves in self._curves:
            for name, curve in curves.items():
                curve.setVisible(name not in self._hidden)
        self._draw_dots()

    def draw(self, lanes: Sequence[Lane]) -> None:
        """Draw the curves anew."""
        assert self._labels is not None
        while len(self._curves) < len(lanes):
            self._curves.append(self._made_curves(self._labels))
        while len(self._curves) > len(lanes):
            for curve in self._curves.pop().values():
                self.removeItem(curve)
        if len(lanes) != len(self._lanes):
            self._grid.set_lanes(max(1, len(lanes)))
            self._limit(max(1, len(lanes)))
        most = _MAX_POINTS if len(lanes) == 1 else _LANE_POINTS
        scale, drawn = np.float32(scale_of(len(lanes))), []
        for number, (lane, curves) in enumerate(zip(lanes, self._curves, strict=True)):
            picked = _thin_out(lane.times, most)
            # A copy: what is drawn must not change while the plot is paused.
            times = np.array(lane.times[picked])
            heights = lane.values[:, picked] * scale + np.float32(bottom_of(number, len(lanes)))
            joined = 0 if lane.stills else len(times)
            for row, curve in enumerate(curves.values()):
                # Smooth lines cost twice as much, and are not missed in narrow lanes.
                curve.setData(times[:joined], heights[row, :joined], antialias=len(lanes) == 1)
            drawn.append(Lane(lane.title, times, heights, lane.stills))
        self._lanes = tuple(drawn)
        self._draw_dots()

    def show_span(self, start_s: float, stop_s: float) -> None:
        """Show a span of time over the whole height."""
        box = self.getPlotItem().getViewBox()
        box.setRange(xRange=(start_s, stop_s), yRange=(-2, self._top + 2), padding=0)
        # Left to the next paint, this would move the items then and cause a second paint.
        box.updateMatrix()

    def set_switches(self, marks: Sequence[Mark]) -> None:
        """Mark the moments at which another model took over."""
        self._switches.set_marks(marks)

    def set_markers(self, marks: Sequence[Mark]) -> None:
        """Mark the moments that the person marked."""
        self._markers.set_marks(marks)

    def place_words(self) -> None:
        """Put marks and names where they belong in the present view."""
        start_s, stop_s = self.shown_span()
        self._switches.show_span(start_s, stop_s, self._top)
        self._markers.show_span(start_s, stop_s, self._top)
        self._grid.show_span(start_s, stop_s, self.lane_titles)

    def curve_data(self, name: str, lane: int = 0) -> tuple[Times, FloatArray]:
        """Return what is drawn of a class: times in s and percent; KeyError for an unknown one."""
        if not self._curves:
            return np.empty(0), np.empty(0, np.float32)
        x, y = self._curves[lane][name].getData()
        return (np.empty(0), np.empty(0, np.float32)) if x is None else (x, y)

    def dot_data(self) -> tuple[Times, FloatArray]:
        """Return the dots of samples that no line leads to: times in s and heights."""
        x, y = self._dots.getData()
        return x, y

    @property
    def lane_titles(self) -> Sequence[str]:
        """Names of the faces that are drawn, from the top."""
        return [lane.title for lane in self._lanes]

    def visible_names(self) -> set[str]:
        """Return the classes whose curves are not hidden."""
        names = self._labels.names if self._labels is not None else ()
        return set(names) - self._hidden

    def shown_span(self) -> tuple[float, float]:
        """Return the span of time in view, in s."""
        start_s, stop_s = self.getPlotItem().getViewBox().viewRange()[0]
        return float(start_s), float(stop_s)

    def switch_times(self) -> list[float]:
        """Return the moments at which another model took over, in s."""
        return [time_s for time_s, _ in self._switches.marks]

    def marker_times(self) -> list[float]:
        """Return the moments that the person marked, in s."""
        return [time_s for time_s, _ in self._markers.marks]

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Go back to the moving view."""
        if event.button() is Qt.MouseButton.LeftButton:
            self.released.emit()

    def resizeEvent(self, event: QResizeEvent | None) -> None:  # noqa: N802 - Qt's name
        """Tell that there is more or less room; pyqtgraph calls this without an event, too."""
        super().resizeEvent(event)
        if event is not None:
            self.resized.emit()

    @property
    def _top(self) -> float:
        return LANE * max(1, len(self._lanes))

    def _limit(self, lanes: int) -> None:
        self.getPlotItem().getViewBox().setLimits(yMin=-2, yMax=LANE * lanes + 2)

    def _pen(self, name: str) -> QPen:
        assert self._labels is not None
        return curve_pen(name, self._labels, self._theme)

    def _made_curves(self, labels: LabelSet) -> dict[str, pg.PlotCurveItem]:
        curves = {}
        for name in labels.names:
            curve = pg.PlotCurveItem(pen=self._pen(name), connect="finite")
            curve.setVisible(name not in self._hidden)
            self.addItem(curve)
            curves[name] = curve
        return curves

    def _draw_dots(self) -> None:
        """Draw the samples that stand alone, which no line shows: stills, and brief returns."""
        spots: list[tuple[float, float, QBrush]] = []
        for lane in self._lanes:
            seen = np.pad(np.isfinite(lane.values), ((0, 0), (1, 1)))
            alone = seen[:, 1:-1]
            if not lane.stills:
                alone = alone & ~seen[:, :-2] & ~seen[:, 2:]
            if not alone.any():
                continue
            for row, name in enumerate(self._curves[0]):
                if name not in self._hidden:
                    brush = QBrush(self._pen(name).color())
                    places = np.flatnonzero(alone[row])
                    spots += [(lane.times[at], lane.values[row, at], brush) for at in places]
        if spots or len(self._dots.data):
            xs, ys, brushes = zip(*spots, strict=True) if spots else ((), (), ())
            self._dots.setData(np.array(xs), np.array(ys), brush=list(brushes))


class _SecondsAxis(pg.AxisItem):
    """Says what the numbers are, without a title that takes a line of its own."""

    def tickStrings(  # noqa: N802 - pyqtgraph's name
        self, values: Sequence[float], _scale: float, spacing: float
    ) -> list[str]:
        if spacing >= 60:
            return [f"{value / 60:.0f} min" for value in values]
        decimals = 0 if spacing >= 1 else 1 if spacing >= 0.1 else 2
        return [f"{value:.{decimals}f} s" for value in values]


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
