"""Decides where in a frame a finder looks: everywhere, in a few tiles, or around a lost face."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np

from ferqt.core.types import FaceBox, Image
from ferqt.faces.base import DetectorOptions, FaceFinder
from ferqt.faces.face_mesh import Region
from ferqt.faces.tiles import Tile, far_tiles

_AROUND_LOST = 2.0
"""Side of the square searched around a lost face, in sides of its region."""


@dataclass(frozen=True, slots=True)
class SearchPlan:
    """What suits a finder.

    Attributes:
        whole_every: While faces are tracked, the whole picture is searched in every such frame.
            Raising it saves time and finds newcomers later.
        smallest_share: Narrowest face that the finder finds, as a share of the longer side of what
            it is shown; None when it finds small faces without tiles.
    """

    whole_every: int
    smallest_share: float | None


class FaceSearch:
    """Runs a finder over the parts of a frame whose turn it is.

    Args:
        finder: Finds faces in a picture; closed with the search.
        plan: What suits the finder.
        options: The user's settings.
    """

    def __init__(self, finder: FaceFinder, plan: SearchPlan, options: DetectorOptions) -> None:
        self._finder = finder
        self._plan = plan
        self._options = options
        self._since_whole = 0
        self._next_tile = 0

    def find(self, image: Image, tracking: bool, lost: Iterable[Region]) -> list[FaceBox]:
        """Return finds in px of the picture, the best first; one face may be found twice.

        Args:
            image: RGB uint8 H x W x 3.
            tracking: True while known faces are followed: the whole picture can wait its turn.
            lost: Where faces were that are no longer there; looked at once, at once.
        """
        lost = list(lost)
        found: list[FaceBox] = []
        self._since_whole += 1
        if lost or not tracking or self._since_whole >= self._plan.whole_every:
            self._since_whole = 0
            found += self._finder.find(image)
        for tile in self._tiles_of_this_frame(image):
            found += self._find_in(image, tile)
        for region in lost:
            found += self._find_in(image, _around(region, image))
        return sorted(found, key=lambda box: -(box.confidence or 0.0))

    def _tiles_of_this_frame(self, image: Image) -> tuple[Tile, ...]:
        if not self._options.far_faces or self._plan.smallest_share is None:
            return ()
        height, width = image.shape[:2]
        tiles = far_tiles(width, height, self._plan.smallest_share)
        wanted = self._options.tiles_per_frame
        if wanted is None or wanted >= len(tiles):
            return tiles
        start = self._next_tile % len(tiles)
        self._next_tile = start + wanted
        return tuple(tiles[(start + step) % len(tiles)] for step in range(wanted))

    def _find_in(self, image: Image, tile: Tile) -> list[FaceBox]:
        part = image[tile.y : tile.y + tile.height, tile.x : tile.x + tile.width]
        return [
            replace(box, x=box.x + tile.x, y=box.y + tile.y)
            for box in self._finder.find(np.ascontiguousarray(part))
        ]

    def reset(self) -> None:
        """Begin the round of tiles anew."""
        self._since_whole = 0
        self._next_tile = 0

    def close(self) -> None:
        """Release the finder; harmless when repeated."""
        self._finder.close()


def _around(region: Region, image: Image) -> Tile:
    height, width = image.shape[:2]
    side = max(round(_AROUND_LOST * region.side), 1)
    tile_width, tile_height = min(side, width), min(side, height)
    x = min(max(round(region.center_x - side / 2), 0), width - tile_width)
    y = min(max(round(region.center_y - side / 2), 0), height - tile_height)
    return Tile(x, y, tile_width, tile_height)
