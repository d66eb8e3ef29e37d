"""The lanes of the probability plot, one a face, and the numbers at its edges."""

import math
from typing import Final

from PySide6.QtCore import QRectF

from ferqt.ui.plot_view import PlotScale

LANE: Final = 100.0
"""Height of a lane on the axis of the plot; a single lane's numbers are percents."""

_CURVES: Final = 80.0
"""What the curves take of it where there are several lanes; the rest is for the face's name."""

_STEPS_S: Final = (0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 60, 120, 300, 600, 1200, 3600, 7200, 14400)
"""Distances between numbers on the axis of time."""

Tick = tuple[float, str]
"""A place on an axis, and what is written there."""

PlacedText = tuple[QRectF, str]
"""Where words stand in px of the plot, and the words."""

TEXT_GAP_PX: Final = 4
"""Between a number and the curves."""


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


def placed_percents(scale: PlotScale, lanes: int, line_px: float) -> list[PlacedText]:
    """Return the numbers of percents from the top, left of the curves.

    Args:
        scale: What is in view.
        lanes: How many lanes there are.
        line_px: Height of a line of words.
    """
    area = scale.area
    places: list[PlacedText] = []
    for height, text in percent_ticks(lanes):
        top = min(max(scale.y(height) - line_px / 2, 0.0), area.bottom() - line_px / 2)
        # Numbers that would lie over each other tell nothing.
        if not places or top >= places[-1][0].bottom():
            places.append((QRectF(0, top, area.left() - TEXT_GAP_PX, line_px), text))
    return places


def placed_times(
    scale: PlotScale, widest_px: float, line_px: float, right_px: float
) -> list[PlacedText]:
    """Return the numbers of the times in view, below the curves.

    Args:
        scale: What is in view.
        widest_px: Width of the widest number.
        line_px: Height of a line of words.
        right_px: Right edge of the plot.
    """
    area = scale.area
    most = int(area.width() // (widest_px + 2 * TEXT_GAP_PX))
    places: list[PlacedText] = []
    for time_s, text in time_ticks(scale.view.start_s, scale.view.stop_s, most):
        left = scale.x(time_s) - widest_px / 2
        if left >= 0 and left + widest_px <= right_px:
            place = QRectF(left, area.bottom() + TEXT_GAP_PX, widest_px, line_px)
            places.append((place, text))
    return places


def _seconds(value_s: float, step_s: float) -> str:
    if step_s >= 60:
        return f"{value_s / 60:.0f} min"
    return f"{value_s:.0f} s" if step_s >= 1 else f"{value_s:.1f} s"
