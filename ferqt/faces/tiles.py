"""Overlapping tiles of a picture, so that a network made for near faces finds far ones too."""

from dataclasses import dataclass, replace
from functools import lru_cache
from math import ceil

from ferqt.core.types import FaceBox, Image
from ferqt.faces.base import FaceFinder

FAR_FACE_SHARE = 1 / 32
"""Narrowest face looked for, as a share of the picture's longer side: 40 px of 1280."""

_SMALLEST_FACE_PX = 24
"""A face with fewer pixels shows no expression; tiles for it would be wasted time."""


@dataclass(frozen=True, slots=True)
class Tile:
    """A rectangle of whole px inside the picture."""

    x: int
    y: int
    width: int
    height: int


@lru_cache(maxsize=8)
def far_tiles(width: int, height: int, smallest_share: float) -> tuple[Tile, ...]:
    """Return the tiles in which the faces lie that a search of the whole picture misses.

    Each level of square tiles finds faces down to `smallest_share` of its side. Its tiles overlap
    by the largest face that the level above misses, so every face that is looked for lies wholly in
    at least one tile of some level. Larger tiles come first.

    Args:
        width: Width of the picture in px.
        height: Height of the picture in px.
        smallest_share: Narrowest face that the finder finds, as a share of what it is shown.
    """
    longer, shorter = max(width, height), min(width, height)
    smallest = max(FAR_FACE_SHARE * longer, _SMALLEST_FACE_PX)
    last_side = smallest / smallest_share
    tiles: list[Tile] = []
    side = float(longer)
    while side > last_side:
        overlap = smallest_share * side
        # The shorter side makes a first level of two or three tiles, in one row or column.
        next_side = float(shorter if side == longer > 1.25 * shorter else side / 2)
        # A level that is hardly coarser than the last one would not pay.
        side = next_side if next_side > 1.5 * last_side else last_side
        tiles += _grid(width, height, round(side), round(overlap))
    return tuple(tiles)


def _grid(width: int, height: int, side: int, overlap: int) -> list[Tile]:
    tile_width, tile_height = min(side, width), min(side, height)
    return [
        Tile(x, y, tile_width, tile_height)
        for y in _starts(height, tile_height, overlap)
        for x in _starts(width, tile_width, overlap)
    ]


def _starts(length: int, tile: int, overlap: int) -> list[int]:
    """Evenly spread starts of the fewest tiles that cover a length with at least that overlap."""
    spare = length - tile
    if spare <= 0:
        return [0]
    steps = ceil(spare / max(tile - overlap, 1))
    return [round(index * spare / steps) for index in range(steps + 1)]


def find_in(finder: FaceFinder, image: Image, tile: Tile) -> list[FaceBox]:
    """Return what a finder finds in a part of a picture, in px of the picture."""
    part = image[tile.y : tile.y + tile.height, tile.x : tile.x + tile.width]
    return [replace(box, x=box.x + tile.x, y=box.y + tile.y) for box in finder.find(part)]
