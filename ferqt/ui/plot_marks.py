"""Moments marked in the probability plot: upright lines with words."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QLineF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen

from ferqt.ui.plot_view import PlotScale

_MOST_WORDS: Final = 10
"""Words in view at most: more cannot be told apart."""

_EDGE_PX: Final = 4
"""Left and right of a word, and between two lines of words."""

_FIRST_PX: Final = 8
"""Above the first line of words, so that they lie under the uppermost line behind the curves."""

Mark = tuple[float, str]
"""Time in s, and a word."""


class PlotMarks:
    """One kind of marks.

    Args:
        line: In which line of words, from the top, the words of these marks stand.
        style: Of the lines.
    """

    def __init__(self, *, line: int, style: Qt.PenStyle) -> None:
        self._line = line
        self._style = style
        self._marks: tuple[Mark, ...] = ()

    @property
    def marks(self) -> Sequence[Mark]:
        """All marks, in the order of their times."""
        return self._marks

    def set_marks(self, marks: Sequence[Mark]) -> None:
        """Show these marks and no others, from the next `paint` on."""
        self._marks = tuple(sorted(marks, key=lambda mark: mark[0]))

    def paint(self, painter: QPainter, scale: PlotScale, ink: QColor, ground: QColor) -> None:
        """Paint what is in view.

        Args:
            painter: Its font is that of the words.
            scale: What is in view.
            ink: Color of lines and words.
            ground: Color under the words.
        """
        in_view = self._in_view(scale)
        if not in_view:
            return
        top, bottom = scale.area.top(), scale.area.bottom()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        painter.setPen(QPen(ink, 1, self._style))
        painter.drawLines(
            [QLineF(x, top, x, bottom) for x in {round(scale.x(time_s)) for time_s, _ in in_view}]
        )
        for text, area in self.words(scale, QFontMetricsF(painter.font())):
            painter.fillRect(area, ground)
            painter.drawText(area, Qt.AlignmentFlag.AlignCenter, text)

    def words(self, scale: PlotScale, metrics: QFontMetricsF) -> list[tuple[str, QRectF]]:
        """Return the words that find room and their places in px, the newest first."""
        top = scale.area.top() + _FIRST_PX + self._line * (metrics.height() + _EDGE_PX)
        free_px = scale.area.right()
        told: list[tuple[str, QRectF]] = []
        for time_s, text in reversed(self._in_view(scale)):
            x = scale.x(time_s)
            width = metrics.horizontalAdvance(text) + 2 * _EDGE_PX
            right = x + width <= free_px
            left = x <= free_px and x - width >= scale.area.left()
            if text and (right or left) and len(told) < _MOST_WORDS:
                free_px = x if right else x - width
                told.append((text, QRectF(free_px, top, width, metrics.height())))
        return told

    def _in_view(self, scale: PlotScale) -> list[Mark]:
        start_s, stop_s = scale.view.start_s, scale.view.stop_s
        return [mark for mark in self._marks if start_s <= mark[0] <= stop_s]
