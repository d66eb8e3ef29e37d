"""Where labels and panels go: beside the faces, inside the picture, not over one another."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

_FREE: Final = 0.01
"""Share of a plate that may be covered before its place counts as taken."""

_FACE_WEIGHT: Final = 4.0
"""Covering a face is that much worse than covering another plate."""


_WORTH_MOVING: Final = 1.3
"""Where nothing is free, a plate moves only if its place is that much more crowded."""


@dataclass(frozen=True, slots=True)
class Area:
    """An upright rectangle in px of the canvas."""

    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """Right edge."""
        return self.x + self.width

    @property
    def bottom(self) -> float:
        """Lower edge."""
        return self.y + self.height

    def overlap(self, other: "Area") -> float:
        """Return the area in square px that both cover."""
        width = min(self.right, other.right) - max(self.x, other.x)
        height = min(self.bottom, other.bottom) - max(self.y, other.y)
        return width * height if width > 0 and height > 0 else 0.0


@dataclass(frozen=True, slots=True)
class Place:
    """A place for a plate.

    Attributes:
        key: What the place is called, for asking for it again.
        area: Where.
    """

    key: str
    area: Area

    def grown(self, by: float) -> Area:
        """Return the area with a rim of `by` px."""
        area = self.area
        return Area(area.x - by, area.y - by, area.width + 2 * by, area.height + 2 * by)


class Placer:
    """Hands out places on a canvas, one after the other; who comes first sits best.

    Args:
        width: Width of the canvas in px.
        height: Height of the canvas in px.
        margin: Distance kept from the canvas's edges.
        slack: A plate goes back to a better place only when that is free with this much to spare,
            so that it does not jump to and fro. Less than the gap between a face and its plates.
        faces: Boxes to keep free, by track id.
    """

    def __init__(
        self, width: float, height: float, margin: float, slack: float, faces: Mapping[int, Area]
    ) -> None:
        self._width = width
        self._height = height
        self._margin = margin
        self._slack = slack
        self._faces = faces
        self._taken: list[Area] = []

    def find(self, places: Iterable[Place], previous: str = "") -> Place:
        """Return the best place for a plate, without taking it.

        Args:
            places: Where it could go, best first; each is moved into the canvas.
            previous: Key of the place that it had in the last frame; "" for none.

        Returns:
            The first free place, else the one that covers least, or the previous one when that
            covers hardly more.
        """
        inside = [Place(place.key, self._inside(place.area)) for place in places]
        keys = [place.key for place in inside]
        settled = keys.index(previous) if previous in keys else 0
        for rank, place in enumerate(inside):
            rim = self._slack if rank < settled else 0.0
            if self._crowding(place.grown(rim)) <= _FREE:
                return place
        best = min(inside, key=lambda place: self._crowding(place.area))
        if previous in keys:
            stay = inside[settled]
            if self._crowding(stay.area) <= _WORTH_MOVING * self._crowding(best.area):
                return stay
        return best

    def take(self, area: Area) -> None:
        """Keep others off an area from now on."""
        self._taken.append(area)

    def hides(self, area: Area, besides: int) -> float:
        """Return the largest share of another face or of a taken place that an area covers.

        Args:
            area: What would cover.
            besides: Track whose face does not count.
        """
        others = [face for track_id, face in self._faces.items() if track_id != besides]
        return max(
            (area.overlap(other) / (other.width * other.height) for other in others + self._taken),
            default=0.0,
        )

    def _inside(self, area: Area) -> Area:
        x = max(self._margin, min(area.x, self._width - self._margin - area.width))
        y = max(self._margin, min(area.y, self._height - self._margin - area.height))
        return Area(x, y, area.width, area.height)

    def _crowding(self, area: Area) -> float:
        over_faces = sum(area.overlap(face) for face in self._faces.values())
        over_plates = sum(area.overlap(plate) for plate in self._taken)
        return (_FACE_WEIGHT * over_faces + over_plates) / (area.width * area.height)


def label_places(face: Area, width: float, height: float, gap: float) -> list[Place]:
    """Return the places to try for a label: over the box, under it, then shifted to the left."""
    above, below = face.y - gap - height, face.bottom + gap
    flush_right = face.right - width
    corners = {
        "above": (face.x, above),
        "below": (face.x, below),
        "above-left": (flush_right, above),
        "below-left": (flush_right, below),
    }
    return [Place(key, Area(x, y, width, height)) for key, (x, y) in corners.items()]


def panel_places(face: Area, width: float, height: float, gap: float) -> list[Place]:
    """Return the places to try for a panel: right of the box, left, below, above."""
    right, left = face.right + gap, face.x - gap - width
    corners = {
        "right": (right, face.y),
        "left": (left, face.y),
        "right-up": (right, face.bottom - height),
        "left-up": (left, face.bottom - height),
        "below": (face.x, face.bottom + gap),
        "above": (face.x, face.y - gap - height),
    }
    return [Place(key, Area(x, y, width, height)) for key, (x, y) in corners.items()]
