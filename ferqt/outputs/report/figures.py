"""Drawings of a report as SVG inside the page: no text in them, so that they fit any width.

Shapes are as wide as their columns and stretch with the page; words and numbers stand beside them
as text of the page. Colors are the page's, by class: `e0`, `e1` ... for the expressions.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from ferqt.core.timeline_levels import Codes, FaceLevels

COLUMNS: Final = 600
"""Columns of a timeline: more than a page has room for at one pixel each makes files large."""

_LANE: Final = 48
"""Height of a curve's lane in its own units, two of them a pixel."""

_STRIP: Final = 40
_BRIEF: Final = 16
_GAP: Final = 1.5

Floats = npt.NDArray[np.float64]


def edges(start_s: float, end_s: float) -> Floats:
    """Return the times of the columns' edges."""
    return np.linspace(start_s, max(end_s, start_s + 1e-3), COLUMNS + 1)


def strip(face: FaceLevels, at: Floats) -> str:
    """Draw what leads when; doubtful stretches are faint."""
    codes = face.lead.columns(at)
    shapes = [
        f'<path class="{_class_of(code)}" d="{path}"/>'
        for code in np.unique(codes[codes > 0]).tolist()
        if (path := _blocks(codes, code, _STRIP))
    ]
    return _svg("strip", _STRIP, shapes)


def lanes(face: FaceLevels, at: Floats, order: Sequence[int]) -> str:
    """Draw the probability of each expression over time, a lane each, as an area.

    Args:
        face: Whose.
        at: Edges of the columns.
        order: Which class is in which lane, from the top.
    """
    means = face.curves.columns(at).mean
    shapes = [
        f'<path class="e{index}" d="{_area(means[index], lane * _LANE)}"/>'
        for lane, index in enumerate(order)
    ]
    shapes += [
        f'<path class="rule" d="M0 {(lane + 1) * _LANE}h{COLUMNS}"/>' for lane in range(len(order))
    ]
    return _svg("lanes", _LANE * len(order), shapes, style=f"height:{_LANE // 2 * len(order)}px")


def ticks(times: Sequence[float], at: Floats, kind: str) -> str:
    """Draw moments as short upright lines; many in one column are one line; "" for none."""
    columns = np.unique(_columns_of(times, at).round(1))
    path = "".join(f"M{x:g} 0v{_BRIEF}" for x in columns)
    return _svg(kind, _BRIEF, [f'<path d="{path}"/>']) if path else ""


def share_bar(share: float, index: int) -> str:
    """Draw a share of 1 as a bar in an expression's color."""
    return (
        '<svg class="bar" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">'
        f'<rect class="ground" width="100" height="8"/>'
        f'<rect class="e{index}" width="{100 * min(max(share, 0.0), 1.0):.1f}" height="8"/></svg>'
    )


def distribution(shares: Sequence[tuple[int, float]]) -> str:
    """Draw shares that sum to 1 side by side.

    Args:
        shares: Class and share of each part.
    """
    shapes, begin = [], 0.0
    for index, share in shares:
        width = share * COLUMNS
        # A gap parts neighbors for those who see their colors alike.
        drawn = max(width - _GAP, 0.0)
        shapes.append(
            f'<path class="e{index}" d="M{begin:.1f} 0h{drawn:.1f}v{_STRIP}h-{drawn:.1f}z"/>'
        )
        begin += width
    return _svg("strip", _STRIP, shapes)


@dataclass(frozen=True, slots=True, eq=False)
class Curves:
    """Curves of one expression over the columns of a plot; NaN where there is none.

    Attributes:
        mean: The mean of all.
        low: Lower edge of the band around it.
        high: Upper edge.
        single: What it is the mean of, as far as that is drawn.
    """

    mean: Floats
    low: Floats
    high: Floats
    single: Sequence[Floats] = ()


def curve_plot(curves: Curves, index: int, *, top: float, zero_at: float | None) -> str:
    """Draw a mean with the band around it, over the curves that it is the mean of.

    Args:
        curves: The curves.
        index: Place of the expression among the classes.
        top: Value at the upper edge.
        zero_at: Column of the moment that sessions are aligned at; None for none.
    """
    height = 4 * _LANE

    def y_of(values: Floats) -> Floats:
        return np.asarray(np.rint(height * (1 - np.clip(values / top, 0, 1))))

    width = len(curves.mean)
    shapes = [f'<path class="single" d="{_line(y_of(one))}"/>' for one in curves.single]
    shapes += [
        f'<path class="band e{index}" d="{_band(y_of(curves.low), y_of(curves.high))}"/>',
        f'<path class="curve s{index}" d="{_line(y_of(curves.mean))}"/>',
        f'<path class="rule" d="M0 {height}h{width}"/>',
    ]
    if zero_at is not None:
        shapes.append(f'<path class="zero" d="M{zero_at:g} 0v{height}"/>')
    return _svg("plot", height, shapes, columns=width)


def _class_of(code: int) -> str:
    index, unsure = divmod(code - 1, 2)
    return f"e{index} unsure" if unsure else f"e{index}"


def _svg(
    kind: str, height: int, shapes: Sequence[str], *, columns: int = COLUMNS, style: str = ""
) -> str:
    sized = f' style="{style}"' if style else ""
    return (
        f'<svg class="{kind}"{sized} viewBox="0 0 {columns} {height}" preserveAspectRatio="none" '
        f'aria-hidden="true">{"".join(shapes)}</svg>'
    )


def _columns_of(times: Sequence[float], at: Floats) -> Floats:
    given = np.asarray(times, np.float64)
    given = given[(given >= at[0]) & (given <= at[-1])]
    return np.asarray((given - at[0]) / (at[-1] - at[0]) * (len(at) - 1))


def _blocks(codes: Codes, code: int, height: int) -> str:
    """Return the stretches of columns that hold a code."""
    changes = np.diff(np.concatenate([[0], (codes == code).astype(np.int8), [0]]))
    begins, ends = np.flatnonzero(changes == 1), np.flatnonzero(changes == -1)
    return "".join(
        f"M{begin} 0h{end - begin}v{height}h-{end - begin}z"
        for begin, end in zip(begins.tolist(), ends.tolist(), strict=True)
    )


def _area(values: npt.NDArray[np.floating], top: int) -> str:
    """Return the area under values of 0..1, which is open where there is none."""
    bottom = top + _LANE
    heights = np.where(np.isfinite(values), np.rint(values * (_LANE - 2)), 0).astype(int)
    path = [f"M0 {bottom}"]
    column = 0
    while column < len(heights):
        end = column + 1
        while end < len(heights) and heights[end] == heights[column]:
            end += 1
        path.append(f"V{bottom - heights[column]}h{end - column}")
        column = end
    return "".join(path) + f"V{bottom}z"


def _pieces(values: Floats) -> list[tuple[int, int]]:
    """Return the stretches of columns that have values."""
    known = np.diff(np.concatenate([[0], np.isfinite(values).astype(np.int8), [0]]))
    return list(
        zip(np.flatnonzero(known == 1).tolist(), np.flatnonzero(known == -1).tolist(), strict=True)
    )


def _line(y: Floats) -> str:
    return "".join(_through(y, begin, end) for begin, end in _pieces(y))


def _band(low: Floats, high: Floats) -> str:
    parts = []
    for begin, end in _pieces(low + high):
        back = "".join(f"L{column + 0.5} {low[column]:g}" for column in reversed(range(begin, end)))
        parts.append(f"{_through(high, begin, end)}{back}z")
    return "".join(parts)


def _through(y: Floats, begin: int, end: int) -> str:
    """Return a line through the middles of some columns; one alone is as wide as a column."""
    if end - begin == 1:
        return f"M{begin} {y[begin]:g}h1"
    steps = "".join(f"l1 {step:g}" for step in np.diff(y[begin:end]).tolist())
    return f"M{begin + 0.5} {y[begin]:g}{steps}"
