"""The label of a face: who it is, what it shows, and whether a second model agrees."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from ferqt.core.emotions import color_of
from ferqt.core.types import HeadPose
from ferqt.outputs.overlay.placement import Area
from ferqt.outputs.overlay.plates import (
    BRIGHT,
    DIM,
    INK,
    PLATE,
    QUIET,
    Answer,
    percent_text,
    short_name,
)
from ferqt.outputs.overlay.shapes import (
    Color,
    Dots,
    Polyline,
    Primitive,
    Rect,
    Text,
    TextMeasure,
    rgba,
)

_LINE: Final = 1.65
"""Height of a line, in sizes of its letters."""


@dataclass(frozen=True, slots=True)
class LabelPlate:
    """Name or id, expression and percent of a face; below it the compared model's and the angles.

    Attributes:
        who: Name or number.
        answer: What the model says.
        other: What the compared model says; None leaves its line out.
        calibrated: Mark that values are told relative to the person's neutral face.
        selected: Set the name off as chosen.
        pose: Angles for the last line; None leaves it out.
        font: Size of the letters in px.
        measure: Tells the widths of texts.
    """

    who: str
    answer: Answer
    other: Answer | None
    calibrated: bool
    selected: bool
    pose: HeadPose | None
    font: float
    measure: TextMeasure

    @property
    def size(self) -> tuple[float, float]:
        """Width and height in px; they do not change with the percent."""
        width = self._head_width + self._answer_width + self._pad
        height = self._line * len(self._answers)
        if self.pose is not None:
            pose_width = self.measure(_pose_text(self.pose), self._small, bold=False)
            width = max(width, pose_width + 2 * self._pad)
            height += self._small * 1.4
        return width, height

    def shapes(self, area: Area) -> list[Primitive]:
        """Return the plate painted at a place of its size."""
        radius = self.font * 0.32
        edge = BRIGHT if self._differs else None
        shapes: list[Primitive] = [
            Rect(
                area.x,
                area.y,
                area.width,
                area.height,
                radius,
                fill=PLATE,
                stroke=edge,
                stroke_width=self.font * 0.12,
            )
        ]
        shapes += self._who(area, radius)
        for row, answer in enumerate(self._answers):
            middle = area.y + (row + 0.5) * self._line
            shapes += self._said(answer, area.x + self._head_width, middle, main=row == 0)
        if self.other is not None:
            shapes += self._sign(area.x + self._head_width, area.y + 1.5 * self._line)
        if self.pose is not None:
            below = area.y + len(self._answers) * self._line + self._small * 0.9
            text = _pose_text(self.pose)
            shapes.append(Text(area.x + self._pad, below, text, self._small, QUIET))
        return shapes

    def _who(self, area: Area, radius: float) -> list[Primitive]:
        """The name, and the sign of a calibrated face behind it."""
        shapes: list[Primitive] = []
        if self.selected:
            shapes.append(Rect(area.x, area.y, self._who_width, self._line, radius, fill=BRIGHT))
        text = short_name(self.who)
        middle = area.y + self._line / 2
        inset = (self._who_width - self.measure(text, self.font, bold=True)) / 2
        ink = INK if self.selected else QUIET
        shapes.append(
            Text(area.x + inset, middle + 0.35 * self.font, text, self.font, ink, bold=True)
        )
        if self.calibrated:
            x = area.x + self._who_width + (self._pad * 0.6 if self.selected else 0.0)
            shapes += _neutral_face(x, middle, self._mark, BRIGHT)
        return shapes

    def _said(self, answer: Answer, x: float, middle: float, *, main: bool) -> list[Primitive]:
        """The class in white, which is readable on any ground; its color in a dot before it."""
        dot, font = self._dot, self.font
        label = answer.label
        color = rgba(color_of(label.name, on_dark=True))
        place = (x, middle - dot / 2, dot, dot, dot / 2)
        baseline, after = middle + 0.35 * font, x + dot + self._pad * 0.8
        name = short_name(label.name)
        shapes: list[Primitive] = []
        if label.uncertain:
            guess = after + self.measure("uncertain ", font, bold=False)
            shapes += [
                Rect(*place, stroke=color, stroke_width=dot * 0.18),
                Text(after, baseline, "uncertain", font, BRIGHT),
                Text(guess, baseline, f"{name}?", font, DIM),
            ]
        else:
            shapes += [
                Rect(*place, fill=color),
                Text(after, baseline, name, font, BRIGHT, bold=main),
            ]
        percent = percent_text(answer.scores.probability(label.name))
        ink = DIM if label.uncertain else BRIGHT
        end = x + self._answer_width
        shapes.append(Text(end, baseline, percent, font, ink, align_right=True))
        return shapes

    def _sign(self, x: float, middle: float) -> list[Primitive]:
        """An equals sign before the compared model's answer, struck out on a bright ground."""
        side = self._line * 0.7
        left = x - side - self._pad * 0.5
        reach, lift, width = side * 0.28, side * 0.13, max(1.0, self.font * 0.11)
        center = left + side / 2
        ink = INK if self._differs else QUIET
        lines = [
            (center - reach, middle - lift, center + reach, middle - lift),
            (center - reach, middle + lift, center + reach, middle + lift),
        ]
        shapes: list[Primitive] = []
        if self._differs:
            ground = (left, middle - side / 2, side, side, self.font * 0.2)
            shapes.append(Rect(*ground, fill=BRIGHT))
            lines.append(
                (center - reach * 0.6, middle + reach, center + reach * 0.6, middle - reach)
            )
        return shapes + [_line(line, ink, width) for line in lines]

    @property
    def _answers(self) -> tuple[Answer, ...]:
        return (self.answer,) if self.other is None else (self.answer, self.other)

    @property
    def _differs(self) -> bool:
        return self.other is not None and self.other.label.name != self.answer.label.name

    @property
    def _line(self) -> float:
        return self.font * _LINE

    @property
    def _pad(self) -> float:
        return self.font * 0.5

    @property
    def _small(self) -> float:
        return self.font * 0.86

    @property
    def _mark(self) -> float:
        """Diameter of the sign of a calibrated face."""
        return self.font * 0.95

    @property
    def _dot(self) -> float:
        return self.font * 0.62

    @property
    def _who_width(self) -> float:
        text = self.measure(short_name(self.who), self.font, bold=True)
        # All numbers are given one width; names are not.
        return max(self.measure("00", self.font, bold=True) + self._pad, text + 1.5 * self._pad)

    @property
    def _head_width(self) -> float:
        """Where what the models say begins."""
        width = self._who_width
        if self.selected:
            width += self._pad * 0.6 if self.calibrated else self._pad
        if self.calibrated:
            width += self._mark + self._pad
        return width

    @property
    def _answer_width(self) -> float:
        before = self._dot + self._pad * 0.8
        percent = self.measure("100%", self.font, bold=False)
        names = max(
            self._name_width(answer, bold=row == 0) for row, answer in enumerate(self._answers)
        )
        return before + names + self._pad + percent

    def _name_width(self, answer: Answer, *, bold: bool) -> float:
        name = short_name(answer.label.name)
        if not answer.label.uncertain:
            return self.measure(name, self.font, bold=bold)
        return sum(self.measure(text, self.font, bold=False) for text in ("uncertain ", f"{name}?"))


def _neutral_face(x: float, middle: float, diameter: float, color: Color) -> list[Primitive]:
    """A face with a straight mouth."""
    width = max(1.0, diameter * 0.09)
    inner = diameter - width
    center = x + diameter / 2
    eyes = [(center + side * diameter * 0.17, middle - diameter * 0.1) for side in (-1, 1)]
    reach, mouth = diameter * 0.19, middle + diameter * 0.18
    return [
        Rect(
            x + width / 2,
            middle - inner / 2,
            inner,
            inner,
            inner / 2,
            stroke=color,
            stroke_width=width,
        ),
        Dots(np.array(eyes, np.float32), color, max(1.2, diameter * 0.14)),
        _line((center - reach, mouth, center + reach, mouth), color, width),
    ]


def _line(ends: tuple[float, float, float, float], color: Color, width: float) -> Polyline:
    return Polyline(np.array(ends, np.float32).reshape(2, 2), color, width)


def _pose_text(pose: HeadPose) -> str:
    # A true minus is as wide as a plus, so the line keeps its width when a sign turns.
    angles = (("pitch", pose.pitch), ("yaw", pose.yaw), ("roll", pose.roll))
    parts = [f"{name} {round(angle):+d}°" for name, angle in angles]
    return "  ".join(parts).replace("-", "\N{MINUS SIGN}")
