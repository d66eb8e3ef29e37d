"""The lanes of the probability plot: one a face, one above the other, over one axis of time."""

from collections.abc import Sequence
from typing import Final

import numpy as np
import pyqtgraph as pg

from ferqt.ui.plot_styles import PlotTheme

LANE: Final = 100.0
"""Height of a lane on the axis of the plot; a single lane's numbers are percents."""

_CURVES: Final = 80.0
"""What the curves take of it where there are several lanes; the rest is for the face's name."""


def bottom_of(lane: int, lanes: int) -> float:
    """Return where a lane begins on the axis; the first is the uppermost."""
    return (lanes - 1 - lane) * LANE


def scale_of(lanes: int) -> float:
    """Return the height of a probability of 1."""
    return LANE if lanes == 1 else _CURVES


class LaneGrid:
    """Lines, numbers and names behind the curves."""

    def __init__(self, plot: pg.PlotItem, theme: PlotTheme) -> None:
        self._plot = plot
        self._theme = theme
        self._lanes = 0
        self._heights: list[float] = []
        self._faint = pg.PlotCurveItem(connect="pairs")
        self._titles: list[pg.TextItem] = []
        plot.addItem(self._faint, ignoreBounds=True)
        self.set_lanes(1)
        self.set_theme(theme)

    def set_theme(self, theme: PlotTheme) -> None:
        """Take other colors."""
        self._theme = theme
        self._faint.setPen(pg.mkPen(theme.grid, width=1))
        for title in self._titles:
            title.setColor(theme.muted)

    def set_lanes(self, lanes: int) -> None:
        """Have this many lanes."""
        if lanes == self._lanes:
            return
        self._lanes = lanes
        scale = scale_of(lanes)
        shares = (0, 0.25, 0.5, 0.75, 1) if lanes == 1 else (0, 0.5, 1)
        self._heights = [
            bottom_of(lane, lanes) + share * scale for lane in range(lanes) for share in shares
        ]
        told = (0.0, 0.5, 1.0) if lanes == 1 else (1.0,)
        ticks = [
            (bottom_of(lane, lanes) + share * scale, f"{100 * share:.0f}%")
            for lane in range(lanes)
            for share in told
        ]
        self._plot.getAxis("left").setTicks([ticks])

    def show_span(self, start_s: float, stop_s: float, titles: Sequence[str]) -> None:
        """Draw the lines over the view, and the names at its left edge.

        Args:
            start_s: Left edge of the view.
            stop_s: Right edge.
            titles: Names of the lanes; that of a single lane stands elsewhere.
        """
        count = len(self._heights)
        self._faint.setData(np.tile([start_s, stop_s], count), np.repeat(self._heights, 2))
        shown = titles if len(titles) > 1 else ()
        while len(self._titles) < len(shown):
            item = pg.TextItem(color=self._theme.muted, anchor=(0, 0))
            self._plot.addItem(item, ignoreBounds=True)
            self._titles.append(item)
        for lane, (item, title) in enumerate(zip(self._titles, shown, strict=False)):
            if item.toPlainText() != title:
                item.setText(title)
            item.setPos(start_s, bottom_of(lane, len(shown)) + LANE)
        for lane, item in enumerate(self._titles):
            item.setVisible(lane < len(shown))
