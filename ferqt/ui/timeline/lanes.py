"""Where the parts of a timeline lie: a column of names at the left, lanes of time beside it."""

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QPoint, QRect

HEADER_PX: Final = 136
RULER_PX: Final = 28
MARKERS_PX: Final = 20
STRIP_PX: Final = 24
EPISODES_PX: Final = 24
LEAST_CURVES_PX: Final = 64
USUAL_CURVES_PX: Final = 140
GAP_PX: Final = 4
EDGE_PX: Final = 8
"""Free at the right, so that the end can be aimed at."""


@dataclass(frozen=True, slots=True)
class Lanes:
    """The place of each lane in px, from the top: ruler, markers, strips, episodes, curves.

    Attributes:
        width: Of the whole.
        height: Of the whole.
        faces: How many strips there are.
        scroll: By how many px the strips are pushed up.
        curves_shown: Whether there is a lane of curves.
    """

    width: int
    height: int
    faces: int
    scroll: int = 0
    curves_shown: bool = True

    @property
    def left(self) -> int:
        """Where time begins."""
        return HEADER_PX

    @property
    def time_width(self) -> int:
        """Room that time has."""
        return max(1, self.width - HEADER_PX - EDGE_PX)

    @property
    def ruler(self) -> QRect:
        """The ruler."""
        return QRect(self.left, 0, self.time_width, RULER_PX)

    @property
    def markers(self) -> QRect:
        """Flags of markers."""
        return QRect(self.left, RULER_PX, self.time_width, MARKERS_PX)

    @property
    def strips(self) -> QRect:
        """The part of the strips that is seen."""
        return QRect(self.left, RULER_PX + MARKERS_PX, self.time_width, self._strips_height)

    @property
    def most_scroll(self) -> int:
        """How far the strips can be pushed up."""
        return max(0, self.faces * STRIP_PX - self._strips_height)

    @property
    def episodes(self) -> QRect:
        """Episodes of the selected face."""
        top = self.strips.bottom() + 1 + GAP_PX
        return QRect(self.left, top, self.time_width, EPISODES_PX)

    @property
    def curves(self) -> QRect:
        """Probabilities of the selected face; empty when they are not shown."""
        top = self.episodes.bottom() + 1 + GAP_PX
        height = max(0, self.height - top - GAP_PX) if self.curves_shown else 0
        return QRect(self.left, top, self.time_width, height)

    @property
    def content(self) -> QRect:
        """All lanes under the ruler."""
        bottom = self.curves.bottom() if self.curves_shown else self.episodes.bottom()
        return QRect(self.left, RULER_PX, self.time_width, bottom + 1 - RULER_PX)

    def strip(self, place: int) -> QRect:
        """Return where the strip of a face lies, counted from 0; perhaps out of sight."""
        top = self.strips.top() + place * STRIP_PX - self.scroll
        return QRect(self.left, top, self.time_width, STRIP_PX)

    def strip_at(self, point: QPoint) -> int | None:
        """Return which strip, or name of one, is at a point."""
        if not self.strips.top() <= point.y() <= self.strips.bottom():
            return None
        place = (point.y() - self.strips.top() + self.scroll) // STRIP_PX
        return place if 0 <= place < self.faces else None

    def scroll_to(self, place: int) -> int:
        """Return by how much to push the strips up so that one is in sight."""
        top = place * STRIP_PX
        lowest = top + STRIP_PX - self._strips_height
        return min(max(self.scroll, lowest), top, self.most_scroll)

    @property
    def _strips_height(self) -> int:
        """All strips if there is room beside everything else, at least one."""
        curves = LEAST_CURVES_PX if self.curves_shown else 0
        others = RULER_PX + MARKERS_PX + EPISODES_PX + 3 * GAP_PX + curves
        wanted = max(1, self.faces) * STRIP_PX
        room = max(STRIP_PX, (self.height - others) // STRIP_PX * STRIP_PX)
        return min(wanted, room)


def least_height(faces: int, *, curves_shown: bool) -> int:
    """Return the height in which everything can still be read."""
    return _height(min(max(faces, 1), 2), LEAST_CURVES_PX if curves_shown else 0)


def usual_height(faces: int, *, curves_shown: bool) -> int:
    """Return a comfortable height."""
    return _height(min(max(faces, 1), 6), USUAL_CURVES_PX if curves_shown else 0)


def _height(strips: int, curves: int) -> int:
    return RULER_PX + MARKERS_PX + strips * STRIP_PX + EPISODES_PX + 3 * GAP_PX + curves
