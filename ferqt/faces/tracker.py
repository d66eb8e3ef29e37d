"""Keeps each face's identity from frame to frame, through crossings and short absences."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import exp, hypot, log, sqrt
from typing import Self

from ferqt.core.state import State, packed_place, unpacked_place
from ferqt.core.types import FaceBox, TrackedFace
from ferqt.faces.assignment import FORBIDDEN, assign

_REACH = 1.0
"""How far a face may lie from where it is expected, in face sizes."""

_REACH_GROWTH = 1.5
"""How fast that reach grows while a face is unseen, in face sizes a second."""

_SIZE_RATIO = 2.0
"""A face does not grow or shrink more than this while it is unseen."""

_SIZE_WEIGHT = 0.5
"""Cost of a size that differs by a factor e, in face sizes of distance."""

_ABSENT_COST = 0.3
"""Cost of matching a face that was not seen in the frame before, in face sizes of distance.

While two faces cover each other there is one box, and both are expected near it: it belongs to the
one that was seen last.
"""

_VELOCITY_S = 0.25
"""Time constant of the velocity estimate."""

_COAST_S = 2.0
"""Time constant in which an unseen face is expected to come to rest. Raising it holds ids through
longer cover while walking, and errs further when a covered person stops."""

_TURNED_BACK_COST = 0.5
"""Cost of finding a face where it was last seen and not where it was heading, in face sizes."""

_CROWDED = 1.0
"""Faces nearer to each other, in face sizes, disturb each other's boxes: velocities are held."""


@dataclass(slots=True)
class _Track:
    track_id: int
    box: FaceBox
    seen_ms: int
    velocity: tuple[float, float] = (0.0, 0.0)
    age: int = 1
    is_cut: bool = False

    @property
    def size(self) -> float:
        return _size(self.box)

    def expected(self, session_ms: int) -> tuple[float, float]:
        """Center in px where the face should be, slowing down while it is unseen."""
        unseen_s = (session_ms - self.seen_ms) / 1000
        travel_s = _COAST_S * (1 - exp(-unseen_s / _COAST_S))
        x, y = self.box.center
        return x + self.velocity[0] * travel_s, y + self.velocity[1] * travel_s

    def see(self, box: FaceBox, session_ms: int, crowded: bool) -> None:
        elapsed_s = (session_ms - self.seen_ms) / 1000
        if elapsed_s > 0 and not crowded and not self.is_cut:
            # A running mean until enough was seen, so that a young track's velocity is not damped.
            weight = max(1 - exp(-elapsed_s / _VELOCITY_S), 1 / self.age)
            old, new = self.box.center, box.center
            self.velocity = (
                self.velocity[0] + weight * ((new[0] - old[0]) / elapsed_s - self.velocity[0]),
                self.velocity[1] + weight * ((new[1] - old[1]) / elapsed_s - self.velocity[1]),
            )
        self.box, self.seen_ms, self.is_cut = box, session_ms, False
        self.age += 1

    def state(self) -> State:
        return {
            "id": self.track_id,
            "place": packed_place(self.box),
            "seen_ms": self.seen_ms,
            "velocity": list(self.velocity),
            "age": self.age,
            "is_cut": self.is_cut,
        }

    @classmethod
    def restored(cls, state: State) -> Self:
        x, y = state["velocity"]
        box = unpacked_place(state["place"])
        return cls(state["id"], box, state["seen_ms"], (x, y), state["age"], state["is_cut"])


class FaceTracker:
    """Gives faces ids from 1 that stay while a person is in view.

    Each face is expected where its velocity brings it; boxes are matched to expectations at the
    least total cost of distance and change of size. Faces that are away are waited for. Equal boxes
    at equal times give equal ids. Used by one thread.

    Args:
        lost_after_s: A face that is away longer gets a new id when it comes back.

    Attributes:
        lost_after_s: May be changed between two frames.
    """

    def __init__(self, lost_after_s: float) -> None:
        self.lost_after_s = lost_after_s
        self._tracks: list[_Track] = []
        self._next_id = 1
        self._last_ms: int | None = None

    def update(self, boxes: Sequence[FaceBox], session_ms: int) -> tuple[TrackedFace, ...]:
        """Name the faces of the next frame.

        Args:
            boxes: Its faces.
            session_ms: `Frame.session_ms`; must not go back.

        Returns:
            One face a box, by id.
        """
        horizon = session_ms - self.lost_after_s * 1000
        self._tracks = [track for track in self._tracks if track.seen_ms >= horizon]
        expected = [track.expected(session_ms) for track in self._tracks]
        matched = set()
        for row, column in assign(self._costs(boxes, expected, session_ms)):
            track = self._tracks[row]
            crowded = any(
                hypot(x - expected[row][0], y - expected[row][1]) < _CROWDED * track.size
                for other, (x, y) in enumerate(expected)
                if other != row
            )
            track.see(boxes[column], session_ms, crowded)
            matched.add(column)
        for column, box in enumerate(boxes):
            if column not in matched:
                self._tracks.append(_Track(self._next_id, box, session_ms))
                self._next_id += 1
        self._last_ms = session_ms
        return tuple(
            TrackedFace(track.track_id, track.box, track.age)
            for track in self._tracks
            if track.seen_ms == session_ms
        )

    def _costs(
        self,
        boxes: Sequence[FaceBox],
        expected: Sequence[tuple[float, float]],
        session_ms: int,
    ) -> list[list[float]]:
        seen = [(box.center, _size(box)) for box in boxes]
        return [
            [self._cost(track, place, center, size, session_ms) for center, size in seen]
            for track, place in zip(self._tracks, expected, strict=True)
        ]

    def _cost(
        self,
        track: _Track,
        expected: tuple[float, float],
        center: tuple[float, float],
        size: float,
        session_ms: int,
    ) -> float:
        """Cost of seeing a track's face in a box of this center and size."""
        absent = track.seen_ms != self._last_ms
        unit = sqrt(track.size * size)
        distance = _distance(expected, center) / unit
        if absent:
            back = _distance(track.box.center, center) / unit
            distance = min(distance, back + _TURNED_BACK_COST)
        reach = _REACH + _REACH_GROWTH * (session_ms - track.seen_ms) / 1000
        growth = abs(log(size / track.size))
        if distance <= reach and growth <= log(_SIZE_RATIO):
            return distance + _SIZE_WEIGHT * growth + (_ABSENT_COST if absent else 0.0)
        return FORBIDDEN

    def cut(self) -> None:
        """The next frame does not follow the last one: what moved has stood still since."""
        for track in self._tracks:
            track.velocity, track.is_cut = (0.0, 0.0), True

    def reset(self) -> None:
        """Forget all faces; ids start over."""
        self._tracks = []
        self._next_id = 1
        self._last_ms = None

    def state(self) -> State:
        """Return all tracks, as JSON-able values."""
        return {
            "tracks": [track.state() for track in self._tracks],
            "next_id": self._next_id,
            "last_ms": self._last_ms,
        }

    def restore(self, state: State) -> None:
        """Go on from what `state` returned."""
        self._tracks = [_Track.restored(track) for track in state["tracks"]]
        self._next_id = state["next_id"]
        self._last_ms = state["last_ms"]


def _size(box: FaceBox) -> float:
    return sqrt(box.width * box.height)


def _distance(a: tuple[float, float], b: tuple[float, float]) -> float:
    return hypot(a[0] - b[0], a[1] - b[1])
