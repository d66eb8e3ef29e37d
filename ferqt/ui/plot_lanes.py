"""The lanes of the probability plot, one a face, and the numbers at its edges."""

import math
from typing import Final

LANE: Final = 100.0
"""Height of a lane on the axis of the plot; a single lane's numbers are percents."""

_CURVES: Final = 80.0
"""What the curves take of it where there are several lanes; the rest is for the face's name."""

_STEPS_S: Final = (0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 60, 120, 300, 600, 1200, 3600, 7200, 14400)
"""Distances between numbers on the axis of time."""

Tick = tuple[float, str]
"""A place on an axis, and what is written there."""


def bottom_of(lane: int, lanes: int) -> float:
    """Return where a lane begins on the axis; the first is the uppermost."""
    return (lanes - 1 - lane) * LANE


def scale_of(lanes: int) -> float:
    """Return the height of a probability of 1."""
    return LANE if lanes == 1 else _CURVES


def grid_heights(lanes: int) -> tuple[float, ...]:
    """Return where the lines behind the curves are."""
    shares = (0, 0.25, 0.5, 0.75, 1) if lanes == 1 else (0, 0.5, 1)
    scale = scale_of(lanes)
    return tuple(
        bottom_of(lane, lanes) + share * scale for lane in range(lanes) for share in shares
    )


def percent_ticks(lanes: int) -> tuple[Tick, ...]:
    """Return the numbers on the axis of percents, from the top."""
    told = (1.0, 0.5, 0.0) if lanes == 1 else (1.0,)
    return tuple(
        (bottom_of(lane, lanes) + share * scale_of(lanes), f"{100 * share:.0f}%")
        for lane in range(lanes)
        for share in told
    )


def time_ticks(start_s: float, stop_s: float, most: int) -> tuple[Tick, ...]:
    """Return the numbers on the axis of time.

    Args:
        start_s: Left edge of the view in s.
        stop_s: Right edge.
        most: Numbers that there is room for.
    """
    least_s = (stop_s - start_s) / max(most, 1)
    step_s = next((step for step in _STEPS_S if step >= least_s), _STEPS_S[-1])
    first, last = math.ceil(start_s / step_s), math.floor(stop_s / step_s)
    times_s = (step * step_s for step in range(first, last + 1))
    return tuple((time_s, _seconds(time_s, step_s)) for time_s in times_s)


def _seconds(value_s: float, step_s: float) -> str:
    if step_s >= 60:
        return f"{value_s / 60:.0f} min"
    return f"{value_s:.0f} s" if step_s >= 1 else f"{value_s:.1f} s"
