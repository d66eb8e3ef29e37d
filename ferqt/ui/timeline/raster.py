"""Pixels of strips and curves, made with numpy.

Qt's raster engine strokes a line wider than 1 px as an outline: eight smooth curves over 2,400
columns took it 0.8 s here. Drawn by columns they take some 20 ms, whatever they look like.
"""

from collections.abc import Sequence
from typing import Final, Protocol

import numpy as np
import numpy.typing as npt

from ferqt.core.timeline_levels import Codes, Columns
from ferqt.core.types import FloatArray
from ferqt.ui.timeline.grid import Grid
from ferqt.ui.timeline.looks import TILE, Looks

Pixels = npt.NDArray[np.uint8]
"""height x width x 4, blue, green, red, unused: what QImage calls RGB32."""

BAND_ALPHA: Final = 0.12
"""Of what lies between the lowest and the highest value of a column."""

_LEAST_ALPHA: Final = 0.02
"""Bands that are fainter are left out."""

_STEEP: Final = 2.5
"""A curve that crosses so many of its own widths in a column is not dashed there."""

_DEEPENED: Final = 0.72
"""What is left of a color in the lines of its texture."""


class Pens(Protocol):
    """What curves are drawn with.

    Attributes:
        colors: uint8 curves x 3, RGB.
        ground: uint8 RGB of what lies behind.
        patterns: Dashes of each curve, in px; () for a whole line.
        widths: Width of each curve in px.
    """

    @property
    def colors(self) -> npt.NDArray[np.uint8]: ...  # noqa: D102 - described above
    @property
    def ground(self) -> npt.NDArray[np.uint8]: ...  # noqa: D102 - described above
    @property
    def patterns(self) -> Sequence[Sequence[float]]: ...  # noqa: D102 - described above
    @property
    def widths(self) -> Sequence[float]: ...  # noqa: D102 - described above


def strip_pixels(codes: Codes, looks: Looks, height: int, offset: int) -> Pixels:
    """Draw what leads: color and texture of the class, half as high and pale where not sure.

    Args:
        codes: One for each column.
        looks: The colors.
        height: In px.
        offset: Columns that lie left of the first one, so that textures move with the time.
    """
    seen = codes > 0
    lead = np.where(seen, (codes.astype(np.intp) - 1) // 2, 0)
    unsure = seen & ((codes - 1) % 2 == 1)
    rows = np.arange(height)
    columns = np.arange(len(codes)) + offset
    colors = np.where(unsure[:, None], looks.pale[lead], looks.colors[lead])
    colors[~seen] = looks.ground
    deep = looks.textures[lead[None, :], (rows % TILE)[:, None], (columns % TILE)[None, :]]
    deep &= seen[None, :]
    light, dark = _as_pixels(colors[None]), _as_pixels((colors * _DEEPENED).astype(np.uint8)[None])
    # A whole pixel is one number: less than half of the time that its colors take one by one.
    picture = np.where(deep, dark.view(np.uint32)[..., 0], light.view(np.uint32)[..., 0])
    picture[: height // 2, unsure] = _pixel(looks.ground).view(np.uint32)[0]
    return picture.view(np.uint8).reshape(height, len(codes), 4)


def curve_pixels(
    columns: Columns,
    pens: Pens,
    height: int,
    grid: Grid,
    shown: npt.NDArray[np.bool_],
    band_alpha: float = BAND_ALPHA,
) -> Pixels:
    """Draw curves: lines of the mean, and a faint band from the lowest value to the highest.

    Args:
        columns: The values.
        pens: One for each curve.
        height: In px; 1 is at the top row, 0 at the bottom one.
        grid: Where the columns lie; lines have so many device px as it has to a px.
        shown: Which curves are drawn.
        band_alpha: How much of a band's color is mixed in, 0..1; at 0 there are none.
    """
    count = columns.mean.shape[1]
    alpha = np.where(columns.uncertain > 0.5, 0.3, 1.0).astype(np.float32)
    ground = _pixel(pens.ground).view(np.uint32)[0]
    picture: Pixels = np.full((height, count), ground).view(np.uint8).reshape(height, count, 4)
    if band_alpha >= _LEAST_ALPHA:
        _mix_bands(picture, columns, pens, band_alpha * alpha, shown)
    for number in np.flatnonzero(shown).tolist():
        width = max(1.0, pens.widths[number] * grid.ratio)
        tops, bottoms = _reach(_y_of(columns.mean[number], height), width)
        pattern = np.array(pens.patterns[number]) * grid.ratio
        # Dashes along the time would leave nothing of an edge as steep as that.
        steep = bottoms - tops > _STEEP * width
        drawn = np.isfinite(tops) & (steep | _dashed(pattern, count, grid.offset))
        _fill(picture, tops, bottoms, pens.colors[number], np.where(drawn, alpha, 0))
    return picture


def _as_pixels(picture: npt.NDArray[np.uint8]) -> Pixels:
    pixels = np.full((*picture.shape[:2], 4), 255, np.uint8)
    pixels[..., :3] = picture[..., ::-1]
    return pixels


def _y_of(values: FloatArray, height: int) -> FloatArray:
    """Places of values in px from the top, a line's width within the picture."""
    return 1 + (1 - values) * (height - 2)


def _mix_bands(
    picture: Pixels,
    columns: Columns,
    pens: Pens,
    alpha: FloatArray,
    shown: npt.NDArray[np.bool_],
) -> None:
    """Mix all bands into the picture at once: what begins and ends in a column is summed up.

    They are faint, so every second column and row has to do.
    """
    height, count = picture.shape[0] // 2, (picture.shape[1] + 1) // 2
    steps = np.zeros((height + 1, count, 4), np.float32)
    begin = False
    for number in np.flatnonzero(shown):
        top, bottom = (_y_of(each[number, ::2], height) for each in (columns.high, columns.low))
        wide = np.flatnonzero(bottom - top > 1)
        weight = alpha[::2][wide, None]
        color = _pixel(pens.colors[number]).astype(np.float32)[:3]
        added = np.concatenate([weight * color, weight], axis=1)
        steps[top[wide].astype(np.intp), wide] += added
        steps[bottom[wide].astype(np.intp), wide] -= added
        begin = begin or len(wide) > 0
    if not begin:
        return
    mixed = np.cumsum(steps[:-1], axis=0, out=steps[:-1])
    # Many bands over one another would be brighter than their colors.
    mixed /= np.maximum(mixed[..., 3:], 1)
    mixed[..., :3] += _pixel(pens.ground)[:3] * (1 - mixed[..., 3:])
    small = mixed[..., :3].astype(np.uint8)
    for row in (0, 1):
        for column in (0, 1):
            target = picture[row : row + 2 * height : 2, column::2, :3]
            target[:] = small[:, : target.shape[1]]


def _pixel(color: npt.NDArray[np.uint8]) -> npt.NDArray[np.uint8]:
    """Return RGB as a pixel of `Pixels`."""
    return np.append(color[::-1], np.uint8(255))


def _reach(y: FloatArray, width: float) -> tuple[FloatArray, FloatArray]:
    """From where to where a line of some width goes in each column, NaN where there is none."""
    between = (y[1:] + y[:-1]) / np.float32(2)
    left = np.concatenate([y[:1], between])
    right = np.concatenate([between, y[-1:]])
    left[np.isnan(left)] = y[np.isnan(left)]
    right[np.isnan(right)] = y[np.isnan(right)]
    rise = np.abs(right - left)
    # A slanting line is as wide across as a level one.
    half = np.float32(width / 2) * np.minimum(np.sqrt(1 + rise**2), np.float32(3))
    half = np.maximum(rise / 2, half)
    middle = (left + right) / 2
    return middle - half, middle + half


def _dashed(pattern: npt.NDArray[np.float64], count: int, offset: int) -> npt.NDArray[np.bool_]:
    """Which columns the dashes of a pattern cover."""
    if not len(pattern):
        return np.ones(count, np.bool_)
    ends = np.cumsum(pattern)
    place = (np.arange(count) + offset) % ends[-1]
    covered: npt.NDArray[np.bool_] = np.searchsorted(ends, place, side="right") % 2 == 0
    return covered


def _fill(
    picture: Pixels,
    tops: FloatArray,
    bottoms: FloatArray,
    color: npt.NDArray[np.uint8],
    alpha: FloatArray,
) -> None:
    """Mix a color into one stretch of each column, smooth at its ends."""
    height, count = picture.shape[:2]
    flat = picture.reshape(-1, 4)
    at = np.flatnonzero(alpha > 0)
    top, bottom = np.clip(tops[at], 0, height), np.clip(bottoms[at], 0, height)
    first = np.minimum(top.astype(np.intp), height - 1)
    size = np.maximum(np.ceil(bottom).astype(np.intp) - first, 1)
    size = np.minimum(size, height - first)
    owner = np.repeat(np.arange(len(at)), size)
    row = np.arange(len(owner)) - np.repeat(np.cumsum(size) - size - first, size)
    covered = np.minimum(row + 1, bottom[owner]) - np.maximum(row, top[owner])
    weight = (np.clip(covered, 0, 1) * alpha[at][owner])[:, None].astype(np.float32)
    place = row * count + at[owner]
    ink = _pixel(color).astype(np.float32)
    flat[place] = (flat[place] * (1 - weight) + ink * weight + 0.5).astype(np.uint8)
