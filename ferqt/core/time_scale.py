"""What part of a medium a view of it shows, and where the marks of its ruler stand."""

import math
from dataclasses import dataclass, replace
from typing import Final

from ferqt.core.timecode import format_time

_STEPS_S: Final = (
    *(base * 10.0**power for power in (-3, -2, -1) for base in (1, 2, 5)),
    *(1.0, 2.0, 5.0, 10.0, 15.0, 30.0),
    *(60.0, 120.0, 300.0, 600.0, 900.0, 1800.0),
    *(3600.0, 7200.0, 14_400.0, 21_600.0, 43_200.0, 86_400.0),
)
_FINER: Final = 5
"""A mark with a number has up to so many steps, that is four small marks, until the next one."""


@dataclass(frozen=True, slots=True)
class TimeScale:
    """A stretch of time laid over a width in px.

    Attributes:
        first_s: Where the medium begins.
        last_s: Where it ends.
        start_s: Left edge of the view.
        end_s: Right edge of the view, after `start_s`.
        width: Width of the view in px, positive.
        least_s: The view never shows less than this.
    """

    first_s: float
    last_s: float
    start_s: float
    end_s: float
    width: float
    least_s: float = 0.01

    @classmethod
    def whole(cls, first_s: float, last_s: float, width: float, least_s: float) -> "TimeScale":
        """Show all of a medium; one without a length gets the least."""
        last_s = max(last_s, first_s + least_s)
        return cls(first_s, last_s, first_s, last_s, max(width, 1.0), least_s)

    @property
    def span_s(self) -> float:
        """Length of the view in s."""
        return self.end_s - self.start_s

    @property
    def px_per_s(self) -> float:
        """How much room a second has."""
        return self.width / self.span_s

    @property
    def shows_all(self) -> bool:
        """Whether nothing lies outside the view."""
        return self.start_s <= self.first_s and self.end_s >= self.last_s

    def x_of(self, time_s: float) -> float:
        """Return the place of a time in px from the left edge; outside the view, too."""
        return (time_s - self.start_s) * self.px_per_s

    def time_of(self, x: float) -> float:
        """Return the time at a place in px; outside the view, too."""
        return self.start_s + x / self.px_per_s

    def resized(self, width: float) -> "TimeScale":
        """Return the same stretch over another width."""
        return replace(self, width=max(width, 1.0))

    def zoomed(self, factor: float, around_s: float) -> "TimeScale":
        """Return a view that shows things `factor` times as long; one time keeps its place."""
        longest = self.last_s - self.first_s
        span = min(max(self.span_s / factor, min(self.least_s, longest)), longest)
        share = (around_s - self.start_s) / self.span_s
        return self._placed(around_s - share * span, span)

    def panned(self, seconds: float) -> "TimeScale":
        """Return a view that lies so much later, but within the medium."""
        return self._placed(self.start_s + seconds, self.span_s)

    def showing(self, start_s: float, end_s: float) -> "TimeScale":
        """Return a view of a stretch, widened to what can be shown."""
        longest = self.last_s - self.first_s
        span = min(max(end_s - start_s, min(self.least_s, longest)), longest)
        return self._placed((start_s + end_s - span) / 2, span)

    def _placed(self, start_s: float, span: float) -> "TimeScale":
        start_s = min(max(start_s, self.first_s), self.last_s - span)
        return replace(self, start_s=start_s, end_s=start_s + span)


@dataclass(frozen=True, slots=True)
class Ticks:
    """The marks of a ruler.

    Attributes:
        labeled: Places with a number, and the number as text.
        small: Places of the small marks between.
    """

    labeled: tuple[tuple[float, str], ...]
    small: tuple[float, ...]


def time_ticks(scale: TimeScale, least_px: float) -> Ticks:
    """Return marks with time codes, with as many decimals as their steps need.

    Args:
        scale: The view.
        least_px: Room that a number needs.
    """
    step = _step(scale, least_px)
    decimals = max(0, min(3, math.ceil(-math.log10(step) - 1e-9)))
    labeled = _multiples(scale, step)
    return Ticks(
        tuple((time_s, format_time(time_s, decimals)) for time_s in labeled), _between(scale, step)
    )


def picture_ticks(scale: TimeScale, least_px: float) -> Ticks:
    """Return marks with the numbers of pictures, which have no times; the first is 1."""
    step = max(1.0, _step(scale, least_px))
    # Round numbers stand at places one less: the first picture's is 0.
    shifted = replace(scale, start_s=scale.start_s + 1, end_s=scale.end_s + 1)
    labeled = _multiples(shifted, step)
    small = _between(shifted, step) if step > 1 else ()
    return Ticks(
        tuple((place - 1, f"{round(place):,}") for place in labeled),
        tuple(place - 1 for place in small),
    )


def _step(scale: TimeScale, least_px: float) -> float:
    wanted = least_px / scale.px_per_s
    return next((step for step in _STEPS_S if step >= wanted), _STEPS_S[-1])


def _between(scale: TimeScale, step: float) -> tuple[float, ...]:
    smaller = [finer for finer in _STEPS_S if step / _FINER - 1e-9 <= finer < step]
    for finer in smaller:
        parts = step / finer
        if abs(parts - round(parts)) < 1e-6 and finer * scale.px_per_s >= _FINER:
            return _multiples(scale, finer)
    return ()


def _multiples(scale: TimeScale, step: float) -> tuple[float, ...]:
    first = math.ceil(scale.start_s / step - 1e-9)
    last = math.floor(scale.end_s / step + 1e-9)
    return tuple(number * step for number in range(first, last + 1))
