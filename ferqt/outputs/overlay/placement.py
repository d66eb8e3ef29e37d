"""Where labels and panels go: beside the faces, inside the picture, not over one another."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

_FREE: Final = 0.01
"""Share of a plate that may be covered before its place counts as taken."""

_FACE_WEIGHT: Final = 4.0
"""Covering a face is that much worse than covering another plate."""


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
    """A place that was chosen.

    Attributes:
        side: Key of the candidate, for asking for the same side again.
        area: Where.
        crowding: 0 for a free place; the more is covered, the higher.
    """

    side: str
    area: Area
    crowding: float


class Placer:
    """Hands out places on a canvas, one after the other; who comes first sits best.

    Args:
        width: Width of the canvas in px.
        height: Height of the canvas in px.
        margin: Distance kept from the canvas's edges.
        faces: Boxes to keep free, by track id.
    """

    def __init__(
        self, width: float, height: float, margin: float, faces: Mapping[int, Area]
    ) -> None:
        self._width = width
        self._height = height
        self._margin = margin
        self._faces = faces
        self._taken: list[Area] = []

    def find(
        self, width: float, height: float, corners: Mapping[str, tuple[float, float]], first: str
    ) -> Place:
        """Return the best place for a plate, without taking it.

        Args:
            width: Width of the plate.
            height: Height of the plate.
            corners: Upper left corners to try, best first, by side; each is moved into the canvas.
            first: Side to try before the others, so that plates stay where they were; "" for none.
        """
        best: Place | None = None
        for side in _with_first(corners, first):
            area = self._inside(*corners[side], width, height)
            place = Place(side, area, self._crowding(area))
            if place.crowding <= _FREE:
                return place
            if best is None or place.crowding < best.crowding:
                best = place
        if best is None:
            raise ValueError("no corner to try")
        return best

    def take(self, area: Area) -> None:
        """Keep others off an area from now on."""
        self._taken.append(area)

    def covered_share(self, area: Area, besides: int) -> float:
        """Return the largest share of a face that an area covers, looking past one track."""
        return max(
            (
                area.overlap(face) / (face.width * face.height)
                for track_id, face in self._faces.items()
                if track_id != besides
            ),
            default=0.0,
        )

    def _inside(self, x: float, y: float, width: float, height: float) -> Area:
        x = max(self._margin, min(x, self._width - self._margin - width))
        y = max(self._margin, min(y, self._height - self._margin - height))
        return Area(x, y, width, height)

    def _crowding(self, area: Area) -> float:
        over_faces = sum(area.overlap(face) for face in self._faces.values())
        over_plates = sum(area.overlap(plate) for plate in self._taken)
        return (_FACE_WEIGHT * over_faces + over_plates) / (area.width * area.height)


def label_corners(
    face: Area, width: float, height: float, gap: float
) -> dict[str, tuple[float, float]]:
    """Return the places to try for a label: over the box, under it, then shifted to the left."""
    above, below = face.y - gap - height, face.bottom + gap
    flush_right = face.right - width
    return {
        "above": (face.x, above),
        "below": (face.x, below),
        "above-left": (flush_right, above),
        "below-left": (flush_right, below),
    }


def panel_corners(
    face: Area, width: float, height: float, gap: float
) -> dict[str, tuple[float, float]]:
    """Return the places to try for a panel: right of the box, left, below, above."""
    return {
        "right": (face.right + gap, face.y),
        "left": (face.x - gap - width, face.y),
        "right-up": (face.right + gap, face.bottom - height),
        "left-up": (face.x - gap - width, face.bottom - height),
        "below": (face.x, face.bottom + gap),
        "above": (face.x, face.y - gap - height),
    }


def _with_first(sides: Iterable[str], first: str) -> Sequence[str]:
    ordered = list(sides)
    if first in ordered:
        ordered.remove(first)
        ordered.insert(0, first)
    return ordered
