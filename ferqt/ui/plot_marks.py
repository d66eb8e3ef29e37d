"""Moments marked in the probability plot: upright lines with words."""

from collections.abc import Sequence
from typing import Final

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFontMetricsF, QGuiApplication, QPen

_MOST_WORDS: Final = 10
"""Words in view at most: each moves with the view, which costs."""

_WORD_EDGE_PX: Final = 4
"""Margin of QGraphicsTextItem's document."""

Mark = tuple[float, str]
"""Time in s, and a word."""


class PlotMarks:
    """One kind of marks; one item draws all lines, so that hundreds cost nothing.

    Args:
        plot: Gets the items.
        line: In which line of words, from the top, the words of these marks stand.
        style: Of the lines.
    """

    def __init__(self, plot: pg.PlotItem, *, line: int, style: Qt.PenStyle) -> None:
        self._plot = plot
        self._line = line
        self._style = style
        self._marks: tuple[Mark, ...] = ()
        self._drawn: tuple[tuple[Mark, ...], float] = ((), 0.0)
        self._ink, self._ground = QColor("gray"), QColor("black")
        self._lines = pg.PlotCurveItem(connect="pairs")
        self._words: list[pg.TextItem] = []
        plot.addItem(self._lines, ignoreBounds=True)

    @property
    def marks(self) -> Sequence[Mark]:
        """All marks, in the order of their times."""
        return self._marks

    def set_marks(self, marks: Sequence[Mark]) -> None:
        """Show these marks and no others; seen with the next `show_span`."""
        self._marks = tuple(sorted(marks, key=lambda mark: mark[0]))

    def set_colors(self, ink: QColor, ground: QColor) -> None:
        """Take other colors."""
        self._ink, self._ground = ink, ground
        pen = QPen(ink, 1, self._style)
        pen.setCosmetic(True)
        self._lines.setPen(pen)
        for word in self._words:
            word.setColor(ink)
            word.fill = pg.mkBrush(ground)

    def show_span(self, start_s: float, stop_s: float, top: float) -> None:
        """Draw what is in view.

        Args:
            start_s: Left edge of the view.
            stop_s: Right edge.
            top: Upper end of the lines; the lower is 0.
        """
        in_view = tuple(mark for mark in self._marks if start_s <= mark[0] <= stop_s)
        if (in_view, top) != self._drawn:
            self._drawn = (in_view, top)
            times = np.repeat([time_s for time_s, _ in in_view], 2)
            self._lines.setData(times, np.tile([0.0, top], len(in_view)))
        self._place_words(in_view, start_s, stop_s, top)

    def _place_words(
        self, in_view: Sequence[Mark], start_s: float, stop_s: float, top: float
    ) -> None:
        told = self._told(in_view, start_s, stop_s)
        while len(self._words) < len(told):
            word = pg.TextItem(color=self._ink, fill=pg.mkBrush(self._ground))
            self._plot.addItem(word, ignoreBounds=True)
            self._words.append(word)
        for word, (time_s, text, left) in zip(self._words, told, strict=False):
            if word.toPlainText() != text:
                word.setText(text)
            word.setAnchor((1 if left else 0, -self._line))
            word.setPos(time_s, top)
        for number, word in enumerate(self._words):
            word.setVisible(number < len(told))

    def _told(
        self, in_view: Sequence[Mark], start_s: float, stop_s: float
    ) -> list[tuple[float, str, bool]]:
        """Return the words that find room, the newest first, and whether left of their line."""
        metrics = QFontMetricsF(QGuiApplication.font())
        width_px = self._plot.getViewBox().width()
        free_px = width_px
        told: list[tuple[float, str, bool]] = []
        for time_s, text in reversed(in_view):
            x_px = (time_s - start_s) / (stop_s - start_s) * width_px
            word_px = metrics.horizontalAdvance(text) + 2 * _WORD_EDGE_PX
            right, left = x_px + word_px <= free_px, x_px <= free_px and word_px <= x_px
            if text and (right or left) and len(told) < _MOST_WORDS:
                told.append((time_s, text, not right))
                free_px = x_px if right else x_px - word_px
        return told
