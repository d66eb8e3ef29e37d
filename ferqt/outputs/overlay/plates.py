"""The two plates of a face: its label, and the panel of bars."""

from dataclasses import dataclass
from typing import Final

from ferqt.core.emotions import EMOTIONS, color_of
from ferqt.core.types import EmotionScores, HeadPose
from ferqt.outputs.overlay.placement import Area
from ferqt.outputs.overlay.shapes import Primitive, Rect, Text, TextMeasure, rgba
from ferqt.outputs.overlay.stabilizer import StableLabel

PLATE: Final = rgba("#0E1113", 0.8)
BRIGHT: Final = rgba("#FFFFFF")
QUIET: Final = rgba("#FFFFFF", 0.74)
DIM: Final = rgba("#FFFFFF", 0.6)
_GROOVE: Final = rgba("#FFFFFF", 0.16)
_INK: Final = rgba("#0E1113")

_LINE: Final = 1.65
"""Height of the label's line, in sizes of its letters."""

_BRIEF_ROWS: Final = 3
_MAX_NAME: Final = 18


@dataclass(frozen=True, slots=True)
class LabelPlate:
    """Id, name and percent of a face, and its head's angles if asked for.

    Attributes:
        track_id: Number shown.
        label: What to say.
        scores: Where the percent comes from.
        selected: Set the number off as chosen.
        pose: Angles for the second line; None leaves it out.
        font: Size of the letters in px.
        measure: Tells the widths of texts.
    """

    track_id: int
    label: StableLabel
    scores: EmotionScores
    selected: bool
    pose: HeadPose | None
    font: float
    measure: TextMeasure

    @property
    def size(self) -> tuple[float, float]:
        """Width and height in px; they do not change with the percent."""
        pad = self._pad
        width = self._id_width + self._name_width + pad + self._percent_width + pad
        if self.selected:
            width += pad
        if self.pose is not None:
            pose_width = self.measure(_pose_text(self.pose), self._small, bold=False)
            width = max(width, pose_width + 2 * pad)
        second = 0.0 if self.pose is None else self._small * 1.4
        return width, self.font * _LINE + second

    def shapes(self, area: Area) -> list[Primitive]:
        """Return the plate painted at a place of its size."""
        font, pad = self.font, self._pad
        line = font * _LINE
        baseline = area.y + line / 2 + font * 0.35
        shapes: list[Primitive] = [
            Rect(area.x, area.y, area.width, area.height, font * 0.32, fill=PLATE)
        ]
        if self.selected:
            shapes.append(Rect(area.x, area.y, self._id_width, line, font * 0.32, fill=BRIGHT))
        number = str(self.track_id)
        inset = (self._id_width - self.measure(number, font, bold=True)) / 2
        ink = _INK if self.selected else QUIET
        shapes.append(Text(area.x + inset, baseline, number, font, ink, bold=True))
        x = area.x + self._id_width + (pad if self.selected else 0)
        shapes += self._name(x, area.y + line / 2, baseline)
        percent = percent_text(self.scores.probability(self.label.name))
        ink = DIM if self.label.uncertain else BRIGHT
        end = x + self._name_width + pad + self._percent_width
        shapes.append(Text(end, baseline, percent, font, ink, align_right=True))
        if self.pose is not None:
            below = area.y + line + self._small * 0.9
            shapes.append(Text(area.x + pad, below, _pose_text(self.pose), self._small, QUIET))
        return shapes

    def _name(self, x: float, middle: float, baseline: float) -> list[Primitive]:
        """The name in white, which is readable on any ground; its color in a dot before it."""
        dot, font = self._dot, self.font
        color = rgba(color_of(self.label.name, on_dark=True))
        place = (x, middle - dot / 2, dot, dot, dot / 2)
        after = x + dot + self._pad * 0.8
        if not self.label.uncertain:
            name = Text(after, baseline, _short(self.label.name), font, BRIGHT, bold=True)
            return [Rect(*place, fill=color), name]
        guess = after + self.measure("uncertain ", font, bold=False)
        return [
            Rect(*place, stroke=color, stroke_width=dot * 0.18),
            Text(after, baseline, "uncertain", font, BRIGHT),
            Text(guess, baseline, self._guess, font, DIM),
        ]

    @property
    def _pad(self) -> float:
        return self.font * 0.5

    @property
    def _small(self) -> float:
        return self.font * 0.86

    @property
    def _id_width(self) -> float:
        digits = max(2, len(str(self.track_id)))
        return self.measure("0" * digits, self.font, bold=True) + self._pad

    @property
    def _dot(self) -> float:
        return self.font * 0.62

    @property
    def _guess(self) -> str:
        return f"{_short(self.label.name)}?"

    @property
    def _name_width(self) -> float:
        before = self._dot + self._pad * 0.8
        if not self.label.uncertain:
            return before + self.measure(_short(self.label.name), self.font, bold=True)
        return before + sum(
            self.measure(text, self.font, bold=False) for text in ("uncertain ", self._guess)
        )

    @property
    def _percent_width(self) -> float:
        return self.measure("100%", self.font, bold=False)


@dataclass(frozen=True, slots=True)
class BarsPanel:
    """Bars of a face's classes, each with its name and percent, in an order that never changes.

    Attributes:
        scores: What to show.
        leading: Class that is set off.
        font: Size of the letters in px.
        brief: Show only the leading classes, for places with little room.
        measure: Tells the widths of texts.
    """

    scores: EmotionScores
    leading: str
    font: float
    brief: bool
    measure: TextMeasure

    @property
    def size(self) -> tuple[float, float]:
        """Width and height in px; they depend on the classes alone, not on their values."""
        width = self._name_width + self._bar_width + self._percent_width + 4 * self._pad
        return width, len(self._names) * self._row + 1.4 * self._pad

    def shapes(self, area: Area) -> list[Primitive]:
        """Return the panel painted at a place of its size."""
        font, pad = self.font, self._pad
        shapes: list[Primitive] = [
            Rect(area.x, area.y, area.width, area.height, font * 0.4, fill=PLATE)
        ]
        bar_x = area.x + pad + self._name_width + pad
        thick = font * 0.5
        for row, name in enumerate(self._names):
            value = self.scores.probability(name) or 0.0
            middle = area.y + 0.7 * pad + (row + 0.5) * self._row
            baseline, bar_y = middle + font * 0.35, middle - thick / 2
            leads = name == self.leading
            ink = BRIGHT if leads else QUIET
            shapes.append(Text(area.x + pad, baseline, _short(name), font, ink, bold=leads))
            shapes.append(Rect(bar_x, bar_y, self._bar_width, thick, thick / 2, fill=_GROOVE))
            length = self._bar_width * value
            if length >= 1:
                color = rgba(color_of(name, on_dark=True))
                radius = min(thick, length) / 2
                shapes.append(Rect(bar_x, bar_y, length, thick, radius, fill=color))
            shapes.append(
                Text(
                    area.right - pad,
                    baseline,
                    percent_text(value),
                    font,
                    ink,
                    bold=leads,
                    align_right=True,
                )
            )
        return shapes

    @property
    def _names(self) -> tuple[str, ...]:
        names = self.scores.labels.names
        known = [name for name in EMOTIONS if name in names]
        ordered = known + [name for name in names if name not in EMOTIONS]
        if self.brief:
            best = sorted(ordered, key=lambda name: -(self.scores.probability(name) or 0.0))
            ordered = [name for name in ordered if name in best[:_BRIEF_ROWS]]
        return tuple(ordered)

    @property
    def _pad(self) -> float:
        return self.font * 0.6

    @property
    def _row(self) -> float:
        return self.font * 1.42

    @property
    def _bar_width(self) -> float:
        return self.font * 5.5

    @property
    def _name_width(self) -> float:
        names = self.scores.labels.names
        return max(self.measure(_short(name), self.font, bold=True) for name in names)

    @property
    def _percent_width(self) -> float:
        return self.measure("100%", self.font, bold=True)


def percent_text(probability: float | None) -> str:
    """Return a probability (0..1) as a whole percent."""
    return f"{round(100 * (probability or 0.0))}%"


def _short(name: str) -> str:
    """Cut the long name that a user's own class may have."""
    return name if len(name) <= _MAX_NAME else f"{name[: _MAX_NAME - 1]}…"


def _pose_text(pose: HeadPose) -> str:
    # A true minus is as wide as a plus, so the line keeps its width when a sign turns.
    angles = (("pitch", pose.pitch), ("yaw", pose.yaw), ("roll", pose.roll))
    parts = [f"{name} {round(angle):+d}°" for name, angle in angles]
    return "  ".join(parts).replace("-", "\N{MINUS SIGN}")
