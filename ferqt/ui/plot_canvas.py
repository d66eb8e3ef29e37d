"""The pyqtgraph part of the probability plot; importing this module imports pyqtgraph."""

from collections.abc import Iterable, Sequence
from typing import Final

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QWidget

from ferqt.core.emotions import LabelSet
from ferqt.core.history import Times
from ferqt.core.types import FloatArray
from ferqt.ui.plot_styles import PlotTheme, curve_pen

_MAX_POINTS: Final = 320
"""Points drawn of a curve. Qt's cost of a wide, smooth line grows faster than its points: 8 curves
take 6.5 ms with 400 points each and 29 ms with 1200."""


class PlotCanvas(pg.PlotWidget):
    """Axes, curves and marks; x is time in s, y is percent."""

    taken_over = Signal()
    """The person zoomed or moved the view."""

    released = Signal()
    """The person asked by a double click for the moving view."""

    def __init__(self, theme: PlotTheme, parent: QWidget | None = None) -> None:
        super().__init__(parent, axisItems={"bottom": _SecondsAxis("bottom")})
        self._theme = theme
        self._labels: LabelSet | None = None
        self._curves: dict[str, pg.PlotCurveItem] = {}
        self._marks: list[pg.InfiniteLine] = []
        plot = self.getPlotItem()
        plot.setMenuEnabled(False)
        plot.hideButtons()
        plot.setContentsMargins(0, 4, 8, 0)
        for side in ("left", "bottom"):
            plot.getAxis(side).setStyle(tickLength=0, autoExpandTextSpace=False)
        plot.getAxis("left").setWidth(40)
        plot.getAxis("bottom").setHeight(22)
        plot.getAxis("left").setTicks([[(0, "0%"), (50, "50%"), (100, "100%")]])
        # An axis with pyqtgraph's own grid loses the labels at its ends.
        self._grid = [pg.InfiniteLine(percent, angle=0) for percent in (0, 25, 50, 75, 100)]
        for line in self._grid:
            self.addItem(line)
        box = plot.getViewBox()
        box.setLimits(yMin=-2, yMax=102, minXRange=0.5, minYRange=5)
        box.sigRangeChangedManually.connect(lambda _: self.taken_over.emit())
        self.set_theme(theme)

    def set_labels(self, labels: LabelSet) -> None:
        """Have one curve for each of these classes."""
        for curve in self._curves.values():
            self.removeItem(curve)
        self._labels = labels
        self._curves = {}
        for name in labels.names:
            curve = pg.PlotCurveItem(
                pen=curve_pen(name, labels, self._theme), antialias=True, connect="finite"
            )
            self.addItem(curve)
            self._curves[name] = curve

    def set_theme(self, theme: PlotTheme) -> None:
        """Take other colors."""
        self._theme = theme
        self.setBackground(theme.background)
        for side in ("left", "bottom"):
            axis = self.getPlotItem().getAxis(side)
            axis.setTextPen(theme.muted)
            axis.setPen(theme.background)
        for line in self._grid:
            line.setPen(theme.grid)
        if self._labels is not None:
            for name, curve in self._curves.items():
                curve.setPen(curve_pen(name, self._labels, theme))
        for line in self._marks:
            self._color_mark(line)

    def set_hidden(self, names: Iterable[str]) -> None:
        """Hide these curves and show all others."""
        hidden = set(names)
        for name, curve in self._curves.items():
            curve.setVisible(name not in hidden)

    def draw(self, times: Times, values: FloatArray) -> None:
        """Draw the curves anew.

        Args:
            times: n times in s.
            values: classes x n probabilities (0..1) in the order of the labels, NaN for gaps.
        """
        picked = _thin_out(times)
        # A copy: what is drawn must not change while the plot is paused.
        x = np.array(times[picked])
        percent = values[:, picked] * np.float32(100)
        for row, curve in enumerate(self._curves.values()):
            curve.setData(x, percent[row])

    def show_span(self, start_s: float, stop_s: float) -> None:
        """Show a span of time over the whole height."""
        box = self.getPlotItem().getViewBox()
        box.setRange(xRange=(start_s, stop_s), yRange=(-2, 102), padding=0)
        # Left to the next paint, this would move the items then and cause a second paint.
        box.updateMatrix()

    def curve_data(self, name: str) -> tuple[Times, FloatArray]:
        """Return what is drawn of a class: times in s and percent; KeyError for an unknown one."""
        x, y = self._curves[name].getData()
        return (np.empty(0), np.empty(0, np.float32)) if x is None else (x, y)

    def visible_names(self) -> set[str]:
        """Return the classes whose curves are not hidden."""
        return {name for name, curve in self._curves.items() if curve.isVisible()}

    def shown_span(self) -> tuple[float, float]:
        """Return the span of time in view, in s."""
        start_s, stop_s = self.getPlotItem().getViewBox().viewRange()[0]
        return float(start_s), float(stop_s)

    def mark_times(self) -> list[float]:
        """Return the moments that are marked, in s."""
        return [float(line.value()) for line in self._marks]

    def add_mark(self, time_s: float, text: str) -> None:
        """Mark a moment with an upright line and a word."""
        line = pg.InfiniteLine(
            time_s, label=text, labelOpts={"position": 0.96, "anchors": [(0, 0), (0, 0)]}
        )
        self._color_mark(line)
        self._marks.append(line)
        self.addItem(line)

    def drop_marks_before(self, time_s: float) -> None:
        """Remove the marks of moments that are no longer kept."""
        for line in [line for line in self._marks if line.value() < time_s]:
            self._marks.remove(line)
            self.removeItem(line)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Go back to the moving view."""
        if event.button() is Qt.MouseButton.LeftButton:
            self.released.emit()

    def _color_mark(self, line: pg.InfiniteLine) -> None:
        line.setPen(pg.mkPen(self._theme.muted, width=1, style=Qt.PenStyle.DashLine))
        line.label.setColor(self._theme.muted)
        line.label.fill = pg.mkBrush(self._theme.background)


class _SecondsAxis(pg.AxisItem):
    """Says what the numbers are, without a title that takes a line of its own."""

    def tickStrings(  # noqa: N802 - pyqtgraph's name
        self, values: Sequence[float], _scale: float, spacing: float
    ) -> list[str]:
        decimals = 0 if spacing >= 1 else 1 if spacing >= 0.1 else 2
        return [f"{value:.{decimals}f} s" for value in values]


def _thin_out(times: Times) -> "slice | np.ndarray":
    """Return which samples to draw: all, or the last of each of equal steps of time.

    The steps are multiples of their length, so a sample that is drawn once stays drawn while the
    view moves, and the curves do not shimmer.
    """
    if len(times) <= _MAX_POINTS:
        return slice(None)
    step = (times[-1] - times[0]) / _MAX_POINTS
    # Powers of two: the step keeps its length while the span grows a little.
    step = 2.0 ** np.ceil(np.log2(step))
    steps = np.floor(times / step)
    return np.append(np.flatnonzero(np.diff(steps)), len(times) - 1)
