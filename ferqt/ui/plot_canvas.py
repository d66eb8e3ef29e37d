"""The pyqtgraph part of the probability plot; importing this module imports pyqtgraph.

What keeps it quick beside a live picture is told in docs/decisions/0008-paced-plot.md.
"""

from collections.abc import Iterable, Sequence
from typing import Final

import pyqtgraph as pg
from PySide6.QtCore import QEvent, QLineF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QMouseEvent, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import QGraphicsView, QWidget

from ferqt.core.emotions import LabelSet
from ferqt.core.history import Times
from ferqt.core.types import FloatArray
from ferqt.ui.plot_axes import PlacedAxis, TimeFirstBox
from ferqt.ui.plot_curves import PlotCurves
from ferqt.ui.plot_feed import Lane
from ferqt.ui.plot_lanes import (
    LANE,
    TEXT_GAP_PX,
    PlacedText,
    bottom_of,
    grid_heights,
    placed_percents,
    placed_times,
)
from ferqt.ui.plot_marks import Mark, PlotMarks
from ferqt.ui.plot_styles import PlotTheme, curve_pen
from ferqt.ui.plot_view import RIM, PlotScale, PlotView

_LEFT_PX: Final = 40
_RIGHT_PX: Final = 8
_TOP_PX: Final = 4
_BOTTOM_PX: Final = 22

_LEAST_S: Final = 0.5
_LEAST_HEIGHT: Final = 5.0
"""How far one can zoom in."""

_EMPTY_S: Final = 30.0
"""What is in view before anything is drawn."""


class PlotCanvas(pg.PlotWidget):
    """Curves in as many lanes as there are faces; x is time in s, y is percent.

    The wheel zooms in time, over the numbers of the percents in height; dragging moves the view.
    Nothing that changes in the scene repaints it: `draw` and its like ask for one paint each, which
    Qt joins with those of other widgets.
    """

    taken_over = Signal()
    """The person zoomed or moved the view."""

    released = Signal()
    """The person asked by a double click for the moving view."""

    def __init__(self, theme: PlotTheme, parent: QWidget | None = None) -> None:
        self._theme = theme
        self._labels: LabelSet | None = None
        self._switches = PlotMarks(line=0, style=Qt.PenStyle.DashLine)
        self._markers = PlotMarks(line=1, style=Qt.PenStyle.SolidLine)
        middle = Qt.AlignmentFlag.AlignVCenter
        self._percents = PlacedAxis(
            "left", _LEFT_PX, self.percent_places, Qt.AlignmentFlag.AlignRight | middle
        )
        self._times = PlacedAxis(
            "bottom", _BOTTOM_PX, self._time_places, Qt.AlignmentFlag.AlignHCenter | middle
        )
        super().__init__(
            parent,
            viewBox=TimeFirstBox(),
            axisItems={"left": self._percents, "bottom": self._times},
            enableMenu=False,
        )
        self._pace()
        plot = self.getPlotItem()
        plot.hideButtons()
        plot.layout.setContentsMargins(0, _TOP_PX, _RIGHT_PX, 0)
        for side in ("top", "right"):
            # They are not shown, but would follow each change of the view.
            plot.getAxis(side).unlinkFromView()
        self._box = plot.getViewBox()
        self._box.disableAutoRange()
        self._box.setLimits(minXRange=_LEAST_S, minYRange=_LEAST_HEIGHT)
        self._box.sigRangeChangedManually.connect(self._on_taken_over)
        self._curves = PlotCurves(plot)
        self._limit(1)
        self.show_span(0.0, _EMPTY_S)
        self.set_theme(theme)

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Return the least size, so that the window fits a screen of 600 px."""
        return QSize(160, 48)

    def set_labels(self, labels: LabelSet) -> None:
        """Have one curve for each of these classes."""
        self._labels = labels
        self._curves.set_names(labels.names)
        self._mix_pens()

    def set_theme(self, theme: PlotTheme) -> None:
        """Take other colors."""
        self._theme = theme
        self.setBackground(theme.background)
        for axis in (self._percents, self._times):
            axis.setTextPen(theme.muted)
        self._mix_pens()

    def set_hidden(self, names: Iterable[str]) -> None:
        """Hide these curves and show all others."""
        self._curves.set_hidden(names)
        self._repaint()

    def draw(self, lanes: Sequence[Lane]) -> None:
        """Show these curves, in place of those before."""
        before = self._lane_count
        self._curves.draw(lanes)
        if self._lane_count != before:
            self._limit(self._lane_count)
            self._percents.place_again()
            self.show_span(*self.shown_span())
        self._repaint()

    def show_span(self, start_s: float, stop_s: float) -> None:
        """Show a span of time over the whole height."""
        heights = (-RIM, LANE * self._lane_count + RIM)
        self._box.setRange(
            xRange=(start_s, max(stop_s, start_s + _LEAST_S)), yRange=heights, padding=0
        )
        # Left to the next paint, this would move the items then.
        self._box.updateMatrix()
        self._repaint()

    def set_switches(self, marks: Sequence[Mark]) -> None:
        """Mark the moments at which another model took over."""
        self._switches.set_marks(marks)
        self._repaint()

    def set_markers(self, marks: Sequence[Mark]) -> None:
        """Mark the moments that the person marked."""
        self._markers.set_marks(marks)
        self._repaint()

    def curve_data(self, name: str, lane: int = 0) -> tuple[Times, FloatArray]:
        """Return the line that is drawn of a class: times in s and heights, NaN for gaps.

        Raises:
            KeyError: There is no such class.
        """
        return self._curves.curve_data(name, lane)

    def dot_data(self) -> tuple[Times, FloatArray]:
        """Return the dots of samples that no line leads to: times in s and heights."""
        return self._curves.dot_data()

    def words(self) -> list[tuple[str, QRectF]]:
        """Return the words of marks that are in view, and where, in px of the widget."""
        scale, metrics = self._scale(), QFontMetricsF(self.font())
        return self._switches.words(scale, metrics) + self._markers.words(scale, metrics)

    @property
    def lane_titles(self) -> Sequence[str]:
        """Names of the faces that are drawn, from the top."""
        return [lane.title for lane in self._curves.lanes]

    @property
    def area(self) -> QRectF:
        """Where the curves are, in px of the widget."""
        return QRectF(self.rect()).adjusted(_LEFT_PX, _TOP_PX, -_RIGHT_PX, -_BOTTOM_PX)

    def visible_names(self) -> set[str]:
        """Return the classes whose curves are not hidden."""
        return self._curves.visible_names

    def shown_span(self) -> tuple[float, float]:
        """Return the span of time in view, in s."""
        start_s, stop_s = self._box.viewRange()[0]
        return float(start_s), float(stop_s)

    def shown_heights(self) -> tuple[float, float]:
        """Return the heights in view, in percent; several lanes stand above each other."""
        low, high = self._box.viewRange()[1]
        return float(low), float(high)

    def percent_places(self) -> list[PlacedText]:
        """Return the numbers of percents from the top, and where they stand in px."""
        line_px = QFontMetricsF(self.font()).height()
        return placed_percents(self._scale(), self._lane_count, line_px)

    def switch_times(self) -> list[float]:
        """Return the moments at which another model took over, in s."""
        return [time_s for time_s, _ in self._switches.marks]

    def marker_times(self) -> list[float]:
        """Return the moments that the person marked, in s."""
        return [time_s for time_s, _ in self._markers.marks]

    def drawBackground(self, painter: QPainter, rect: QRectF) -> None:  # noqa: N802 - Qt's name
        """Paint the ground, and the lines behind the curves."""
        painter.fillRect(rect, self._theme.background)
        scale = self._scale()
        painter.setPen(QPen(self._theme.grid, 1))
        area = scale.area
        places = {round(scale.y(height)) for height in grid_heights(self._lane_count)}
        painter.drawLines(
            [
                QLineF(area.left(), y, area.right(), y)
                for y in places
                if area.top() <= y <= area.bottom()
            ]
        )

    def drawForeground(self, painter: QPainter, _rect: QRectF) -> None:  # noqa: N802 - Qt's name
        """Paint the marks and the names of the lanes."""
        painter.save()
        painter.setFont(self.font())
        scale, ground = self._scale(), self._theme.background
        painter.setClipRect(scale.area)
        self._switches.paint(painter, scale, self._theme.muted, ground)
        self._markers.paint(painter, scale, self._theme.text, ground)
        self._paint_titles(painter, scale)
        painter.restore()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Go back to the moving view."""
        if event.button() is Qt.MouseButton.LeftButton:
            self.released.emit()

    def resizeEvent(self, event: QResizeEvent | None) -> None:  # noqa: N802 - Qt's name
        """Take more or less room; pyqtgraph calls this without an event, too."""
        super().resizeEvent(event)
        self._repaint()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Write the numbers in the font of the window."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.FontChange:
            self._take_font()

    @property
    def _lane_count(self) -> int:
        return max(1, len(self._curves.lanes))

    def _pace(self) -> None:
        """Leave it to `_repaint` when to paint.

        Of itself the scene sends each change to the window at once, and with it whatever else waits
        to be painted.
        """
        self.setViewportUpdateMode(QGraphicsView.ViewportUpdateMode.NoViewportUpdate)
        self.setCacheMode(QGraphicsView.CacheModeFlag.CacheNone)
        self.setOptimizationFlag(QGraphicsView.OptimizationFlag.DontAdjustForAntialiasing)
        self.scene().setItemIndexMethod(self.scene().ItemIndexMethod.NoIndex)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        # A pointer that only passes by would ask each curve whether it is meant, 1 ms a move.
        for widget in (self, self.viewport()):
            widget.setMouseTracking(False)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAcceptDrops(False)
        self._take_font()

    def _take_font(self) -> None:
        for axis in (self._percents, self._times):
            axis.setTickFont(self.font())

    def _repaint(self) -> None:
        self.viewport().update()

    def _limit(self, lanes: int) -> None:
        self._box.setLimits(yMin=-RIM, yMax=LANE * lanes + RIM)

    def _scale(self) -> PlotScale:
        return PlotScale(self.area, PlotView(*self.shown_span(), *self.shown_heights()))

    def _time_places(self) -> list[PlacedText]:
        metrics = QFontMetricsF(self.font())
        widest_px = metrics.horizontalAdvance("000.0 s")
        return placed_times(self._scale(), widest_px, metrics.height(), self.width())

    def _mix_pens(self) -> None:
        if self._labels is not None:
            names = self._labels.names
            self._curves.set_pens(
                {name: curve_pen(name, self._labels, self._theme) for name in names}
            )
        self._repaint()

    def _paint_titles(self, painter: QPainter, scale: PlotScale) -> None:
        """Name the lanes at their left edges; the name of a single one stands elsewhere."""
        titles = self.lane_titles
        if len(titles) < 2:
            return
        painter.setPen(self._theme.muted)
        line = painter.fontMetrics().height()
        for number, title in enumerate(titles):
            top = scale.y(bottom_of(number, len(titles)) + LANE)
            place = QRectF(scale.area.left() + TEXT_GAP_PX, top, scale.area.width(), line)
            painter.drawText(place, Qt.AlignmentFlag.AlignLeft, title)

    def _on_taken_over(self) -> None:
        self._box.updateMatrix()
        self._repaint()
        self.taken_over.emit()
