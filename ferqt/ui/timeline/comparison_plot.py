"""Plots one expression of several sessions over a common time: each of them, and their mean."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QEvent, QLineF, QPointF, QRect, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QHelpEvent,
    QImage,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QWheelEvent,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from ferqt.core.comparison import Comparison
from ferqt.core.time_scale import TimeScale, time_ticks
from ferqt.core.timecode import format_time
from ferqt.core.timeline_levels import Columns, CurveTrack
from ferqt.core.types import FloatArray
from ferqt.ui.docks.tools import plain_tip
from ferqt.ui.plot_styles import expression_color
from ferqt.ui.theme import Theme, tabular
from ferqt.ui.timeline.draw import faded, image_of
from ferqt.ui.timeline.grid import Grid
from ferqt.ui.timeline.raster import curve_pixels
from ferqt.ui.tokens import Tokens

_LEFT_PX: Final = 52
_RIGHT_PX: Final = 12
_TOP_PX: Final = 28
_BOTTOM_PX: Final = 28
_BAND_ALPHA: Final = 0.28
_ZOOM_STEP: Final = 1.25
_NOTCH: Final = 120
_LEAST_CELLS: Final = 4


@dataclass(frozen=True, eq=False)
class _Pens:
    """What is drawn with: sessions first, then the highlighted one, then the mean."""

    colors: npt.NDArray[np.uint8]
    ground: npt.NDArray[np.uint8]
    patterns: Sequence[Sequence[float]]
    widths: Sequence[float]


class ComparisonPlot(QWidget):
    """Curves of sessions, thin; their mean, thick, in a band of its error.

    Ctrl+wheel zooms, the wheel moves, a double click shows all.

    Args:
        theme: Gives the colors.
    """

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._compared: Comparison | None = None
        self._name = ""
        self._banded = "error"
        self._singles = True
        self._highlighted: int | None = None
        self._tracks: list[CurveTrack] = []
        self._mean: CurveTrack | None = None
        self._scale = TimeScale.whole(0, 1, 100, 1)
        self._kept: QImage | None = None
        self.setFont(tabular(self.font()))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(self.tr("Expression of several sessions over time"))
        theme.changed.connect(self._redraw)

    @property
    def scale(self) -> TimeScale:
        """The part of time in view."""
        return self._scale

    def show_comparison(self, compared: Comparison, name: str) -> None:
        """Show one expression of sessions; the view stays if their time does."""
        half = compared.step_s / 2
        first, last = float(compared.time_s[0]) - half, float(compared.time_s[-1]) + half
        least = _LEAST_CELLS * compared.step_s
        if (first, last) != (self._scale.first_s, self._scale.last_s):
            self._scale = TimeScale.whole(first, last, self._area().width(), least)
        self._compared, self._name = compared, name
        column = compared.names.index(name)
        if self._highlighted is not None and self._highlighted >= len(compared.curves):
            self._highlighted = None
        self._tracks = [_track(compared, each.values[:, column]) for each in compared.curves]
        self._mean = self._mean_track()
        self.setAccessibleDescription(self._spoken())
        self._redraw()

    def show_band(self, banded: str) -> None:
        """Show the standard error ("error"), the interval of 95% ("interval"), or no band ("")."""
        self._banded = banded
        self._mean = self._mean_track()
        self._redraw()

    def show_singles(self, *, shown: bool) -> None:
        """Show the curve of each session, or the mean alone."""
        self._singles = shown
        self._redraw()

    def highlight(self, place: int | None) -> None:
        """Bring out the curve of a session by its place in `Comparison.curves`."""
        if place != self._highlighted:
            self._highlighted = place
            self._redraw()

    def tip_at(self, x: float) -> str:
        """Return the figures at a place in px from the left edge."""
        compared = self._compared
        if compared is None or not self._area().left() <= x <= self._area().right() + 1:
            return ""
        time_s = self._scale.time_of(x - self._area().left())
        cell = int(np.clip(np.searchsorted(compared.time_s, time_s), 0, len(compared.time_s) - 1))
        column = compared.names.index(self._name)
        count, mean = int(compared.count[cell]), float(compared.mean[cell, column])
        error = float(compared.error[cell, column])
        lines = [self.tr("{0} · sessions: {1}").format(format_time(time_s), count)]
        if np.isfinite(error):
            lines.append(
                self.tr("{0}: mean {1}%, standard error {2}%").format(
                    self._name, f"{100 * mean:.1f}", f"{100 * error:.1f}"
                )
            )
        elif np.isfinite(mean):
            lines.append(self.tr("{0}: mean {1}%").format(self._name, f"{100 * mean:.1f}"))
        return "\n".join(lines)

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Return a comfortable size."""
        return QSize(640, 320)

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Return what curves can still be told apart in."""
        return QSize(240, 140)

    def event(self, event: QEvent) -> bool:
        """Tell the figures under the pointer."""
        if event.type() is QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            text = self.tip_at(event.pos().x())
            QToolTip.showText(event.globalPos(), plain_tip(text) if text else "", self)
            return True
        return super().event(event)

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802 - Qt's name
        """Zoom with Ctrl, move otherwise."""
        turn = event.angleDelta()
        steps = (turn.y() or turn.x()) / _NOTCH
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            around_s = self._scale.time_of(event.position().x() - self._area().left())
            self._scale = self._scale.zoomed(_ZOOM_STEP**steps, around_s)
        else:
            self._scale = self._scale.panned(-0.1 * steps * self._scale.span_s)
        event.accept()
        self._redraw()

    def mouseDoubleClickEvent(self, _event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Show all."""
        self._scale = self._scale.showing(self._scale.first_s, self._scale.last_s)
        self._redraw()

    def resizeEvent(self, _event: object) -> None:  # noqa: N802 - Qt's name
        """Lay the same time over the new width."""
        self._scale = self._scale.resized(self._area().width())
        self._kept = None

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Paint axes, band and curves."""
        painter = QPainter(self)
        tokens = self._theme.tokens
        painter.fillRect(self.rect(), QColor(tokens.surface))
        if self._compared is None:
            return
        area = self._area()
        if self._kept is None or self._kept.devicePixelRatio() != self.devicePixelRatioF():
            self._kept = self._drawn(tokens)
        painter.drawImage(QPointF(area.topLeft()), self._kept)
        self._paint_axes(painter, area, tokens)
        self._paint_legend(painter, area, tokens)

    def _paint_axes(self, painter: QPainter, area: QRect, tokens: Tokens) -> None:
        metrics = painter.fontMetrics()
        grid, ink = faded(QColor(tokens.text), 0.12), QColor(tokens.text_muted)
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        for share in (0.0, 0.25, 0.5, 0.75, 1.0):
            y = area.top() + round(1 + (1 - share) * (area.height() - 2))
            painter.setPen(grid)
            painter.drawLine(area.left(), y, area.right(), y)
            painter.setPen(ink)
            label = QRect(0, y - 8, area.left() - 6, 16)
            painter.drawText(label, right, f"{100 * share:.0f}%")
        for time_s, text in time_ticks(self._scale, 96).labeled:
            x = area.left() + self._scale.x_of(time_s)
            painter.setPen(ink)
            painter.drawLine(QLineF(x, area.bottom() + 1, x, area.bottom() + 5))
            width = metrics.horizontalAdvance(text)
            left = min(max(x - width / 2, 0.0), self.width() - width - 2.0)
            painter.drawText(QPointF(left, area.bottom() + 20), text)
        zero = self._scale.x_of(0.0)
        if 0 <= zero <= area.width() and self._scale.first_s < 0:
            painter.setPen(QPen(QColor(tokens.text), 1, Qt.PenStyle.DashLine))
            x = area.left() + zero
            painter.drawLine(QLineF(x, area.top(), x, area.bottom()))

    def _paint_legend(self, painter: QPainter, area: QRect, tokens: Tokens) -> None:
        """Say what the lines are, over the plot."""
        assert self._compared is not None
        strong = expression_color(self._name, QColor(tokens.surface))
        band = {
            "error": self.tr("Mean ± standard error ({0})"),
            "interval": self.tr("Mean and 95% interval ({0})"),
        }.get(self._banded, self.tr("Mean ({0})"))
        entries = [(strong, 2.5, band.format(len(self._compared.curves)))]
        if self._singles:
            entries.append((QColor(tokens.text_disabled), 1.0, self.tr("One session")))
        if self._highlighted is not None:
            title = self._compared.curves[self._highlighted].face.title
            entries.append((QColor(tokens.accent), 2.0, title))
        x, y, metrics = float(area.left()), _TOP_PX / 2, painter.fontMetrics()
        for color, width, text in entries:
            painter.setPen(QPen(color, width))
            painter.drawLine(QLineF(x, y, x + 20, y))
            room = area.right() - x - 26
            told = metrics.elidedText(text, Qt.TextElideMode.ElideRight, max(0, round(room)))
            painter.setPen(QColor(tokens.text_muted))
            painter.drawText(QPointF(x + 26, y + metrics.ascent() / 2 - 1), told)
            x += 46 + metrics.horizontalAdvance(told)

    def _drawn(self, tokens: Tokens) -> QImage:
        """Draw band and curves as a picture."""
        assert self._mean is not None
        ratio = self.devicePixelRatioF()
        grid = Grid.of(self._scale, ratio)
        tracks = self._tracks if self._singles or self._highlighted is not None else []
        parts = [track.columns(grid.edges) for track in tracks]
        mean = self._mean.columns(grid.edges).mean
        means = np.concatenate([*(part.mean for part in parts), mean[:1]])
        low, high = means.copy(), means.copy()
        low[-1], high[-1] = mean[1], mean[2]
        shown = np.ones(len(means), np.bool_)
        if not self._singles:
            shown[:-1] = False
        if self._highlighted is not None and self._highlighted < len(tracks):
            shown[self._highlighted] = True
        columns = Columns(means, low, high, np.zeros(means.shape[1], np.float32))
        height = max(2, round(self._area().height() * ratio))
        pens = self._pens(len(tracks), tokens)
        pixels = curve_pixels(columns, pens, height, grid, shown, _BAND_ALPHA)
        return image_of(pixels, ratio)

    def _pens(self, singles: int, tokens: Tokens) -> _Pens:
        ground = QColor(tokens.surface)
        muted, strong = QColor(tokens.text_disabled), expression_color(self._name, ground)
        colors = [muted] * singles
        widths = [1.0] * singles
        if self._highlighted is not None and self._highlighted < singles:
            colors[self._highlighted] = QColor(tokens.accent)
            widths[self._highlighted] = 2.0
        inks = [(each.red(), each.green(), each.blue()) for each in (*colors, strong, ground)]
        values = np.array(inks, np.uint8)
        return _Pens(values[:-1], values[-1], [()] * (singles + 1), [*widths, 2.5])

    def _mean_track(self) -> CurveTrack | None:
        compared = self._compared
        if compared is None:
            return None
        column = compared.names.index(self._name)
        mean, error = compared.mean[:, column], np.nan_to_num(compared.error[:, column])
        low, high = mean, mean
        if self._banded == "error":
            low, high = mean - error, mean + error
        elif self._banded == "interval":
            known = np.isfinite(compared.low[:, column])
            low = np.where(known, compared.low[:, column], mean)
            high = np.where(known, compared.high[:, column], mean)
        return _track(compared, mean, np.clip(low, 0, 1), np.clip(high, 0, 1))

    def _spoken(self) -> str:
        assert self._compared is not None
        compared, column = self._compared, self._compared.names.index(self._name)
        mean = compared.mean[:, column]
        if not np.isfinite(mean).any():
            return ""
        highest = int(np.nanargmax(mean))
        return self.tr("{0}: sessions: {1}, highest mean {2}% at {3}").format(
            self._name,
            len(compared.curves),
            f"{100 * mean[highest]:.0f}",
            format_time(float(compared.time_s[highest])),
        )

    def _area(self) -> QRect:
        width = max(1, self.width() - _LEFT_PX - _RIGHT_PX)
        return QRect(_LEFT_PX, _TOP_PX, width, max(2, self.height() - _TOP_PX - _BOTTOM_PX))

    def _redraw(self) -> None:
        self._kept = None
        self.update()


def _track(compared: Comparison, *values: npt.NDArray[np.float64]) -> CurveTrack:
    """Make curves of what is known on the common grid."""
    table: FloatArray = np.column_stack(values).astype(np.float32)
    known = np.isfinite(table).all(axis=1)
    starts = compared.time_s[known] - compared.step_s / 2
    # Neighbors meet exactly: what rounding parts would be drawn as a gap.
    ends = compared.time_s[known] + compared.step_s / 2
    meet = np.abs(starts[1:] - ends[:-1]) < compared.step_s / 4
    ends[:-1][meet] = starts[1:][meet]
    return CurveTrack(starts, ends, table[known], np.zeros(int(known.sum()), np.bool_))
