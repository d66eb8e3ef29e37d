"""Decides where in a frame a finder looks: everywhere, in tiles, around a lost face, twice."""

from collections.abc import Iterable
from concurrent.futures import Future
from dataclasses import dataclass

from ferqt.core.geometry import intersection_over_union
from ferqt.core.state import State
from ferqt.core.types import FaceBox, Image
from ferqt.faces.aside import FinderAside
from ferqt.faces.base import DetectorOptions, FaceFinder
from ferqt.faces.tiles import Tile, far_tiles, find_in

_AROUND_LOST = 3.0
"""Side of the square searched around a lost face, in widths of the face."""

_SECOND_LOOKS = (2.0, 3.0)
"""Sides of the squares in which a find is looked at again, in widths of the face."""

_SAME_PLACE_IOU = 0.3
"""A second look must find a box that overlaps the first that much."""

_HIGHEST_DEMAND = 0.95
"""A finder's mean score over the second looks that always suffices."""


@dataclass(frozen=True, slots=True)
class SearchPlan:
    """What suits a finder.

    Attributes:
        whole_every: While faces are tracked, the whole picture is searched in every such frame.
            Raising it saves time and finds newcomers later.
        smallest_share: Narrowest face that the finder finds, as a share of the longer side of what
            it is shown; None when it finds small faces without tiles.
        tiles_every: When tiles are spread over frames, some are searched in every such frame.
        second_look_margin: How far above `DetectorOptions.min_confidence` the mean score of the
            second looks must lie. Raising it drops false alarms and finds blurred faces later.
    """

    whole_every: int
    smallest_share: float | None
    tiles_every: int
    second_look_margin: float


@dataclass(frozen=True, slots=True)
class Find:
    """Where a finder saw something.

    Attributes:
        box: In px of the picture.
        sure: True when the landmarks' presence score is evidence enough: a confident find in the
            whole picture or where a face was a frame ago. Twenty tiles are twenty chances to err:
            finds in tiles have to stand a second look.
    """

    box: FaceBox
    sure: bool


class FaceSearch:
    """Runs a finder over the parts of a frame whose turn it is.

    Args:
        finder: Finds faces in a picture; closed with the search.
        plan: What suits the finder.
        options: The user's settings.
        aside: Searches what has its turn in a frame; None to search it like all else. Closed with
            the search.
    """

    def __init__(
        self,
        finder: FaceFinder,
        plan: SearchPlan,
        options: DetectorOptions,
        aside: FinderAside | None = None,
    ) -> None:
        self._finder = finder
        self._plan = plan
        self._options = options
        self._since_whole = 0
        self._since_tiles = 0
        self._next_tile = 0
        self._hurried = 0
        self._first = True
        self._aside = aside
        self._tiles: tuple[Tile, ...] = ()
        self._whole_is_due = False
        self._searching: Future[list[list[FaceBox]]] | None = None

    def begin(self, image: Image) -> None:
        """Begin with a frame: settle which parts have their turn, and search them aside if so set.

        Args:
            image: RGB uint8 H x W x 3; `find` is called with the same.
        """
        self._tiles = self._tiles_of_this_frame(image)
        self._since_whole += 1
        self._whole_is_due = self._since_whole >= self._plan.whole_every
        if self._aside is not None and (turn := self._parts_in_turn(image)):
            self._searching = self._aside.begin(image, turn)

    def find(self, image: Image, tracking: bool, lost: Iterable[FaceBox]) -> list[Find]:
        """Return finds in px of the picture, the surest first; one face may be found twice.

        Follows `begin`, once.

        Args:
            image: RGB uint8 H x W x 3.
            tracking: True while known faces are followed: the whole picture can wait its turn.
            lost: Faces that are no longer where they were; looked for at once.
        """
        lost = list(lost)
        in_turn = self._found_in_turn(image)
        whole = in_turn.pop(0) if self._whole_is_due else None
        if whole is None and (lost or not tracking):
            whole = list(self._finder.find(image))
        finds: list[Find] = []
        if whole is not None:
            self._since_whole = 0
            finds += [Find(box, self._is_sure(box)) for box in whole]
        for box in lost:
            near = find_in(self._finder, image, _square(box, _AROUND_LOST, image))
            finds += [Find(found, self._is_sure(found)) for found in near]
        finds += [Find(box, sure=False) for in_tile in in_turn for box in in_tile]
        if lost or not tracking:
            self._hurried = len(self._all_tiles(image))
        return sorted(finds, key=lambda find: (not find.sure, -(find.box.confidence or 0.0)))

    def stands_second_look(self, image: Image, box: FaceBox) -> bool:
        """Say whether the finder sees a face again when it is shown that place alone.

        On 210 textures and pictures without people, 36 of 2,583 finds pass as faces by their
        landmarks; 4 of those stand the second look, as do 99 of 100 real faces.
        """
        scores = [self._score_at(image, box, side) for side in _SECOND_LOOKS]
        demand = self._options.min_confidence + self._plan.second_look_margin
        return sum(scores) / len(scores) >= min(demand, _HIGHEST_DEMAND)

    def _score_at(self, image: Image, box: FaceBox, side: float) -> float:
        return max(
            (
                1.0 if found.confidence is None else found.confidence
                for found in find_in(self._finder, image, _square(box, side, image))
                if intersection_over_union(found, box) > _SAME_PLACE_IOU
            ),
            default=0.0,
        )

    def _is_sure(self, box: FaceBox) -> bool:
        return box.confidence is not None and box.confidence >= self._options.min_confidence

    def _parts_in_turn(self, image: Image) -> tuple[Tile, ...]:
        """The whole picture first, if it is due, then the tiles."""
        if not self._whole_is_due:
            return self._tiles
        height, width = image.shape[:2]
        return (Tile(0, 0, width, height), *self._tiles)

    def _found_in_turn(self, image: Image) -> list[list[FaceBox]]:
        """What the finder finds in each of those parts."""
        if self._searching is not None:
            searching, self._searching = self._searching, None
            return searching.result()
        return [find_in(self._finder, image, part) for part in self._parts_in_turn(image)]

    def _all_tiles(self, image: Image) -> tuple[Tile, ...]:
        if not self._options.far_faces or self._plan.smallest_share is None:
            return ()
        height, width = image.shape[:2]
        return far_tiles(width, height, self._plan.smallest_share)

    def _tiles_of_this_frame(self, image: Image) -> tuple[Tile, ...]:
        tiles = self._all_tiles(image)
        wanted = self._options.tiles_per_frame
        if self._first:
            # A single picture has no next frame, and after a cut everybody is new.
            self._first = False
            return tiles
        if wanted is None or wanted >= len(tiles):
            return tiles
        self._since_tiles += 1
        if self._since_tiles < self._plan.tiles_every:
            return ()
        self._since_tiles = 0
        if self._hurried > 0:
            wanted = min(max(wanted, self._options.tiles_in_a_hurry), len(tiles))
            self._hurried -= wanted
        start = self._next_tile % len(tiles)
        self._next_tile = start + wanted
        return tuple(tiles[(start + step) % len(tiles)] for step in range(wanted))

    def reset(self) -> None:
        """Begin anew: the next frame is searched wholly."""
        self._since_whole = 0
        self._since_tiles = 0
        self._next_tile = 0
        self._hurried = 0
        self._first = True

    def state(self) -> State:
        """Return whose turn it is, as JSON-able values."""
        return {
            "since_whole": self._since_whole,
            "since_tiles": self._since_tiles,
            "next_tile": self._next_tile,
            "hurried": self._hurried,
            "first": self._first,
        }

    def restore(self, state: State) -> None:
        """Go on from what `state` returned."""
        self._since_whole = state["since_whole"]
        self._since_tiles = state["since_tiles"]
        self._next_tile = state["next_tile"]
        self._hurried = state["hurried"]
        self._first = state["first"]

    def close(self) -> None:
        """Release the finders; harmless when repeated."""
        self._finder.close()
        if self._aside is not None:
            self._aside.close()


def _square(box: FaceBox, side_in_faces: float, image: Image) -> Tile:
    """A square around a box, shifted into the picture and cut where it is larger."""
    height, width = image.shape[:2]
    side = max(round(side_in_faces * max(box.width, box.height)), 1)
    tile_width, tile_height = min(side, width), min(side, height)
    center_x, center_y = box.center
    x = min(max(round(center_x - side / 2), 0), width - tile_width)
    y = min(max(round(center_y - side / 2), 0), height - tile_height)
    return Tile(x, y, tile_width, tile_height)
