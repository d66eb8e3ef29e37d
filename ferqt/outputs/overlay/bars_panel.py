"""The panel of bars beside a face, of one model or of two."""

from dataclasses import dataclass
from functools import cached_property
from typing import Final

from ferqt.core.emotions import color_of
from ferqt.core.types import EmotionScores
from ferqt.outputs.overlay.placement import Area
from ferqt.outputs.overlay.plates import (
    BRIGHT,
    GROOVE,
    PLATE,
    QUIET,
    Answer,
    class_order,
    percent_text,
    short_name,
)
from ferqt.outputs.overlay.shapes import Primitive, Rect, Text, TextMeasure, rgba

_BRIEF_ROWS: Final = 3
_MISSING: Final = "–"
"""Percent of a class that a model does not have."""


@dataclass(frozen=True)
class BarsPanel:
    """Bars of a face's classes, each with its name and percent, in an order that never changes.

    A compared model's bars are hollow and lie under the first one's, its percents stand to the
    right of the others.

    Attributes:
        answer: What the model says.
        other: What the compared model says; None leaves it out.
        titles: Names of both models, shown above their bars; empty leaves them out.
        font: Size of the letters in px.
        brief: Show only the leading classes, for places with little room.
        measure: Tells the widths of texts.
    """

    answer: Answer
    other: Answer | None
    titles: tuple[str, ...]
    font: float
    brief: bool
    measure: TextMeasure

    @cached_property
    def size(self) -> tuple[float, float]:
        """Width and height in px; they depend on the classes alone, not on their values."""
        columns = len(self._answers)
        width = self._name_width + self._bar_width + columns * self._percent_width
        width += (3 + columns) * self._pad
        rows = len(self._names) * self._row + len(self.titles) * self._title_row
        return width, rows + 1.4 * self._pad

    def shapes(self, area: Area) -> list[Primitive]:
        """Return the panel painted at a place of its size."""
        shapes: list[Primitive] = [
            Rect(area.x, area.y, area.width, area.height, self.font * 0.4, fill=PLATE)
        ]
        top = area.y + 0.7 * self._pad
        for column, title in enumerate(self.titles):
            shapes += self._title(title, area, top + (column + 0.5) * self._title_row, column)
        top += len(self.titles) * self._title_row
        bar_x = area.x + 2 * self._pad + self._name_width
        for row, name in enumerate(self._names):
            shapes += self._class_row(name, area, bar_x, top + (row + 0.5) * self._row)
        return shapes

    def _title(self, title: str, area: Area, middle: float, column: int) -> list[Primitive]:
        """A model's name after a piece of its bar; another piece stands over its percents."""
        long, thick = self.font * 1.1, self.font * 0.5
        x, y = area.x + self._pad, middle - thick / 2
        lowest = y + (len(self.titles) - 1 - column) * self._title_row
        return [
            self._bar(x, y, long, thick, "", column),
            self._bar(self._column_end(area, column) - long, lowest, long, thick, "", column),
            Text(
                x + long + 0.7 * self._pad,
                middle + self.font * 0.35,
                short_name(title),
                self.font,
                QUIET,
            ),
        ]

    def _class_row(self, name: str, area: Area, bar_x: float, middle: float) -> list[Primitive]:
        font, pad, answers = self.font, self._pad, self._answers
        baseline = middle + font * 0.35
        leads = name == self.answer.label.name
        shapes: list[Primitive] = [
            Text(
                area.x + pad,
                baseline,
                short_name(name),
                font,
                BRIGHT if leads else QUIET,
                bold=leads,
            )
        ]
        thick = font * (0.5 if len(answers) == 1 else 0.42)
        step = thick + font * 0.14
        for column, answer in enumerate(answers):
            value = answer.scores.probability(name)
            text = _MISSING if value is None else percent_text(value)
            leads = name == answer.label.name
            end, ink = self._column_end(area, column), BRIGHT if leads else QUIET
            shapes.append(Text(end, baseline, text, font, ink, bold=leads, align_right=True))
            if value is None:
                continue
            y = middle - thick / 2 + (column - (len(answers) - 1) / 2) * step
            groove = (bar_x, y, self._bar_width, thick, thick / 2)
            shapes.append(Rect(*groove, fill=GROOVE))
            length = self._bar_width * value
            if length >= 1:
                shapes.append(self._bar(bar_x, y, length, thick, name, column))
        return shapes

    def _bar(self, x: float, y: float, length: float, thick: float, name: str, column: int) -> Rect:
        """A bar: full for the first model, hollow for the compared one."""
        color = rgba(color_of(name, on_dark=True)) if name else QUIET
        if column == 0:
            return Rect(x, y, length, thick, min(thick, length) / 2, fill=color)
        line = min(max(1.0, self.font * 0.1), length / 2, thick / 2)
        inside = (x + line / 2, y + line / 2, length - line, thick - line)
        return Rect(*inside, min(inside[2:]) / 2, stroke=color, stroke_width=line)

    def _column_end(self, area: Area, column: int) -> float:
        """Right end of the percents of a model."""
        columns_after = len(self._answers) - 1 - column
        return area.right - self._pad - columns_after * (self._percent_width + self._pad)

    @property
    def _answers(self) -> tuple[Answer, ...]:
        return (self.answer,) if self.other is None else (self.answer, self.other)

    @cached_property
    def _names(self) -> tuple[str, ...]:
        all_scores = [answer.scores for answer in self._answers]
        ordered = class_order(*(scores.labels for scores in all_scores))
        if not self.brief:
            return ordered
        best = sorted(ordered, key=lambda name: -max(_share(one, name) for one in all_scores))
        return tuple(name for name in ordered if name in best[:_BRIEF_ROWS])

    @property
    def _pad(self) -> float:
        return self.font * 0.6

    @property
    def _row(self) -> float:
        return self.font * (1.42 if self.other is None else 1.5)

    @property
    def _title_row(self) -> float:
        return self.font * 1.42

    @property
    def _bar_width(self) -> float:
        return self.font * 5.5

    @cached_property
    def _name_width(self) -> float:
        names = class_order(*(answer.scores.labels for answer in self._answers))
        return max(self.measure(short_name(name), self.font, bold=True) for name in names)

    @cached_property
    def _percent_width(self) -> float:
        return self.measure("100%", self.font, bold=True)


def _share(scores: EmotionScores, name: str) -> float:
    return scores.probability(name) or 0.0
