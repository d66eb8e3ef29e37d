"""Axes, curves and marks of the probability plot, painted by itself.

A chart library would bring half a second of imports to the GUI thread, and a scene whose repaints
cost more than the curves (docs/decisions/0008-plot-without-a-library.md).
"""

from collections.abc import Iterable, Sequence
from typing import Final

import numpy as np
from PySide6.QtCore import QLineF, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QMouseEvent, QPainter, QPaintEvent, QPen, QWheelEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ferqt.core.emotions import LabelSet
from ferqt.core.history import Times
from ferqt.core.types import FloatArray
from ferqt.ui.plot_feed import Lane
from ferqt.ui.plot_lanes import (
    LANE,
    bottom_of,
    grid_heights,
    percent_ticks,
    scale_of,
    time_ticks,
)
from ferqt.ui.plot_marks import Mark, PlotMarks
from ferqt.ui.plot_styles import PlotTheme, curve_pen
from ferqt.ui.plot_view import PlotScale, PlotView

_MAX_POINTS: Final = 240
"""Points drawn of a curve. Qt's cost of a wide, smooth line grows faster than its points."""

_LANE_POINTS: Final = 120
"""The same where there are several lanes, whose curves are as many times as many."""

_DOT_PX: Final = 7.0
_LEFT_PX: Final = 40
_RIGHT_PX: Final = 8
_TOP_PX: Final = 4
_BOTTOM_PX: Final = 22
_TEXT_GAP_PX: Final = 4

_NOTCH: Final = 120
"""Steps of a wheel that Qt counts from one notch to the next."""

_ZOOM: Final = 0.8
"""Share of the view that is left in view after a notch."""

_EMPTY_S: Final = 30.0
"""What is in view before anything is drawn."""


class PlotCanvas(QWidget):
    """Curves in as many lanes as there are faces; x is time in s, y is percent.

    The wheel zooms in time, over the numbers of the percents in height; dragging moves the view.
    """

    taken_over = Signal()
    """The person zoomed or moved the view."""

    released = Signal()
    """The person asked by a double click for the moving view."""

    def __init__(self, theme: PlotTheme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._names: tuple[str, ...] = ()
        self._pens: dict[str, QPen] = {}
        self._labels: LabelSet | None = None
        self._hidden: frozenset[str] = frozenset()
        self._lanes: tuple[Lane, ...] = ()
        self._view = PlotView.whole(0.0, _EMPTY_S, LANE)
        self._dragged: QPointF | None = None
        self._switches = PlotMarks(line=0, style=Qt.PenStyle.DashLine)
        self._markers = PlotMarks(line=1, style=Qt.PenStyle.SolidLine)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Return the least size, so that the window fits a screen of 600 px."""
        return QSize(160, 48)

    def set_labels(self, labels: LabelSet) -> None:
        """Have one curve for each of these classes."""
        self._labels = labels
        self._lanes = ()
        self._mix_pens()

    def set_theme(self, theme: PlotTheme) -> None:
        """Take other colors."""
        self._theme = theme
        self._mix_pens()

    def set_hidden(self, names: Iterable[str]) -> None:
        """Hide these curves and show all others."""
        self._hidden = frozenset(names)
        self.update()

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
        if len(drawn) != len(self._lanes):
            self._view = PlotView.whole(
                self._view.start_s, self._view.stop_s, LANE * max(1, len(drawn))
            )
        self._lanes = tuple(drawn)
        self.update()

    def show_span(self, start_s: float, stop_s: float) -> None:
        """Show a span of time over the whole height."""
        self._view = PlotView.whole(start_s, stop_s, self._height)
        self.update()

    def set_switches(self, marks: Sequence[Mark]) -> None:
        """Mark the moments at which another model took over."""
        self._switches.set_marks(marks)
        self.update()

    def set_markers(self, marks: Sequence[Mark]) -> None:
        """Mark the moments that the person marked."""
        self._markers.set_marks(marks)
        self.update()

    def curve_data(self, name: str, lane: int = 0) -> tuple[Times, FloatArray]:
        """Return the line that is drawn of a class: times in s and heights, NaN for gaps.

        Raises:
            ValueError: There is no such class.
        """
        if not self._lanes:
            return np.empty(0), np.empty(0, np.float32)
        drawn = self._lanes[lane]
        joined = 0 if drawn.stills else len(drawn.times)
        return drawn.times[:joined], drawn.values[self._names.index(name), :joined]

    def dot_data(self) -> tuple[Times, FloatArray]:
        """Return the dots of samples that no line leads to: times in s and heights."""
        shown = [name in self.visible_names() for name in self._names]
        rows = [(lane, _alone(lane) & np.array(shown)[:, np.newaxis]) for lane in self._lanes]
        times = [np.broadcast_to(lane.times, lane.values.shape)[dots] for lane, dots in rows]
        heights = [lane.values[dots] for lane, dots in rows]
        return np.concatenate([np.empty(0), *times]), np.concatenate(
            [np.empty(0, np.float32), *heights]
        )

    def words(self) -> list[tuple[str, QRectF]]:
        """Return the words of marks that are in view, and where, in px of the widget."""
        scale, metrics = self._scale(), QFontMetricsF(self.font())
        return self._switches.words(scale, metrics) + self._markers.words(scale, metrics)

    @property
    def lane_titles(self) -> Sequence[str]:
        """Names of the faces that are drawn, from the top."""
        return [lane.title for lane in self._lanes]

    @property
    def background(self) -> str:
        """Color of the ground, #rrggbb."""
        return self._theme.background.name()

    @property
    def area(self) -> QRectF:
        """Where the curves are, in px of the widget."""
        return QRectF(self.rect()).adjusted(_LEFT_PX, _TOP_PX, -_RIGHT_PX, -_BOTTOM_PX)

    def visible_names(self) -> set[str]:
        """Return the classes whose curves are not hidden."""
        return set(self._names) - self._hidden

    def shown_span(self) -> tuple[float, float]:
        """Return the span of time in view, in s."""
        return self._view.start_s, self._view.stop_s

    def shown_heights(self) -> tuple[float, float]:
        """Return the heights in view, in percent; several lanes stand above each other."""
        return self._view.low, self._view.high

    def percent_places(self) -> list[tuple[QRectF, str]]:
        """Return the numbers of percents from the top, and where they stand in px."""
        scale, line = self._scale(), QFontMetricsF(self.font()).height()
        places: list[tuple[QRectF, str]] = []
        for height, text in percent_ticks(max(1, len(self._lanes))):
            top = min(max(scale.y(height) - line / 2, 0.0), scale.area.bottom() - line / 2)
            # Numbers that would lie over each other tell nothing.
            if not places or top >= places[-1][0].bottom():
                places.append((QRectF(0, top, _LEFT_PX - _TEXT_GAP_PX, line), text))
        return places

    def switch_times(self) -> list[float]:
        """Return the moments at which another model took over, in s."""
        return [time_s for time_s, _ in self._switches.marks]

    def marker_times(self) -> list[float]:
        """Return the moments that the person marked, in s."""
        return [time_s for time_s, _ in self._markers.marks]

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Paint axes, curves, and marks above them."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._theme.background)
        scale = self._scale()
        if scale.area.width() < 1 or scale.area.height() < 1:
            return
        self._paint_axes(painter, scale)
        painter.setClipRect(scale.area)
        self._paint_curves(painter, scale)
        self._paint_dots(painter, scale)
        ground = self._theme.background
        self._switches.paint(painter, scale, self._theme.muted, ground)
        self._markers.paint(painter, scale, self._theme.text, ground)
        self._paint_titles(painter, scale)

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802 - Qt's name
        """Zoom around the pointer."""
        scale, place = self._scale(), event.position()
        share = _ZOOM ** (event.angleDelta().y() / _NOTCH)
        if share == 1 or scale.area.isEmpty():
            event.ignore()
            return
        if place.x() < scale.area.left():
            at = scale.height_at(place.y())
            self._take_over(self._view.zoomed_in_height(share, at, self._height))
        else:
            self._take_over(self._view.zoomed_in_time(share, scale.time_at(place.x())))

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Take hold of the view."""
        if event.button() is Qt.MouseButton.LeftButton:
            self._dragged = event.position()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Move the view along."""
        if self._dragged is None or self.area.isEmpty():
            return
        scale, before, now = self._scale(), self._dragged, event.position()
        self._dragged = now
        by_s = scale.time_at(before.x()) - scale.time_at(now.x())
        by = scale.height_at(before.y()) - scale.height_at(now.y())
        self._take_over(self._view.moved(by_s, by, self._height))

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Let go of the view."""
        self._dragged = None

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Go back to the moving view."""
        if event.button() is Qt.MouseButton.LeftButton:
            self.released.emit()

    @property
    def _height(self) -> float:
        return LANE * max(1, len(self._lanes))

    def _scale(self) -> PlotScale:
        return PlotScale(self.area, self._view)

    def _take_over(self, view: PlotView) -> None:
        self._view = view
        self.update()
        self.taken_over.emit()

    def _mix_pens(self) -> None:
        if self._labels is not None:
            self._names = self._labels.names
            self._pens = {name: curve_pen(name, self._labels, self._theme) for name in self._names}
        self.update()

    def _paint_axes(self, painter: QPainter, scale: PlotScale) -> None:
        area, lanes = scale.area, max(1, len(self._lanes))
        painter.setPen(QPen(self._theme.grid, 1))
        heights = {round(scale.y(height)) for height in grid_heights(lanes)}
        painter.drawLines([QLineF(area.left(), y, area.right(), y) for y in heights])
        painter.setPen(self._theme.muted)
        metrics = painter.fontMetrics()
        line = metrics.height()
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        for place, text in self.percent_places():
            painter.drawText(place, right, text)
        widest = metrics.horizontalAdvance("000.0 s")
        below, center = area.bottom() + _TEXT_GAP_PX, Qt.AlignmentFlag.AlignCenter
        most = int(area.width() // (widest + 2 * _TEXT_GAP_PX))
        for time_s, text in time_ticks(self._view.start_s, self._view.stop_s, most):
            place = QRectF(scale.x(time_s) - widest / 2, below, widest, line)
            if place.left() >= 0 and place.right() <= self.width():
                painter.drawText(place, center, text)

    def _paint_curves(self, painter: QPainter, scale: PlotScale) -> None:
        # Smooth lines cost twice as much, and are not missed in narrow lanes.
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, len(self._lanes) == 1)
        for lane in self._lanes:
            if lane.stills:
                continue
            for name, run in _runs(lane, self._names):
                if name not in self._hidden:
                    painter.setPen(self._pens[name])
                    heights = lane.values[self._names.index(name), run]
                    painter.drawPolyline(scale.points(lane.times[run], heights))

    def _paint_dots(self, painter: QPainter, scale: PlotScale) -> None:
        """Paint the samples that stand alone, which no line shows: stills, and brief returns."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
        for lane in self._lanes:
            alone = _alone(lane)
            if not alone.any():
                continue
            for row, name in enumerate(self._names):
                if name not in self._hidden:
                    pen = QPen(self._pens[name].color(), _DOT_PX)
                    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
                    painter.setPen(pen)
                    dots = alone[row]
                    painter.drawPoints(scale.points(lane.times[dots], lane.values[row, dots]))

    def _paint_titles(self, painter: QPainter, scale: PlotScale) -> None:
        """Name the lanes at their left edges; the name of a single one stands elsewhere."""
        if len(self._lanes) < 2:
            return
        painter.setPen(self._theme.muted)
        line = painter.fontMetrics().height()
        for number, lane in enumerate(self._lanes):
            top = scale.y(bottom_of(number, len(self._lanes)) + LANE)
            place = QRectF(scale.area.left() + _TEXT_GAP_PX, top, scale.area.width(), line)
            painter.drawText(place, Qt.AlignmentFlag.AlignLeft, lane.title)


def _runs(lane: Lane, names: Sequence[str]) -> Iterable[tuple[str, slice]]:
    """Return the classes with every run of samples that are there, one after the other."""
    seen = np.isfinite(lane.values)
    for row, name in enumerate(names):
        edges = np.flatnonzero(np.diff(np.pad(seen[row].astype(np.int8), 1)))
        for start, stop in edges.reshape(-1, 2).tolist():
            if stop - start > 1:
                yield name, slice(start, stop)


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
