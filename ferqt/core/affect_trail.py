"""Where each face was on the plane of valence and arousal in the last seconds."""

import math
from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from ferqt.core.affect import valence_arousal
from ferqt.core.holds import FrameHolds
from ferqt.core.types import FaceResult, FrameResult

_STEP_MS: Final = 66
"""Points of a trail lie at least that far apart: 15 a second are as smooth as it can be drawn."""


@dataclass(frozen=True, slots=True)
class AffectPoint:
    """A place on the plane.

    Attributes:
        session_s: When, in s of the session.
        valence: -1 (negative) to 1 (positive).
        arousal: -1 (passive) to 1 (active).
    """

    session_s: float
    valence: float
    arousal: float


@dataclass(frozen=True, slots=True)
class AffectTrail:
    """A face on the plane.

    Attributes:
        track_id: Its id.
        name: Given by a person; "" without one.
        expression: Leading expression of the shown value, when it was last seen.
        now: Where it is; None when it is not in the picture or its expression has no place.
        present: It is in the newest frame.
        pieces: Where it was, oldest first; each piece is a run without a gap.
    """

    track_id: int
    name: str
    expression: str
    now: AffectPoint | None
    present: bool
    pieces: tuple[tuple[AffectPoint, ...], ...]


class AffectTrails:
    """Keeps the points of the shown readings (`FaceResult.smoothed`) of each face.

    Used by one thread.

    Attributes:
        length_s: How long a point is shown; may be changed at any time up to `longest_s`.

    Args:
        length_s: See the attribute.
        longest_s: How long points are kept. A face that was not seen for that long is forgotten.
    """

    def __init__(self, length_s: float = 10.0, longest_s: float = 60.0) -> None:
        self.length_s = length_s
        self._longest_s = longest_s
        self._holds = FrameHolds()
        self._faces: dict[int, _Face] = {}
        self._present: frozenset[int] = frozenset()
        self._now_s = -math.inf

    @property
    def present_ids(self) -> tuple[int, ...]:
        """Faces in the newest frame, in the order of their ids."""
        return tuple(sorted(self._present))

    @property
    def track_ids(self) -> tuple[int, ...]:
        """Faces that are remembered, in the order of their ids."""
        return tuple(sorted(self._faces))

    def add(self, results: Iterable[FrameResult]) -> None:
        """Take in results, in order; light samples suffice."""
        for result in results:
            session_s = result.session_ms / 1000
            if session_s < self._now_s:
                self._faces.clear()
            follows = self._holds.step(result) is not None
            self._now_s = session_s
            present = frozenset(face.face.track_id for face in result.faces)
            for track_id in self._present if not follows else self._present - present:
                if track_id in self._faces:
                    self._faces[track_id].end_piece()
            for face in result.faces:
                known = self._faces.setdefault(face.face.track_id, _Face(face))
                known.see(face, result.session_ms)
            self._present = present
        self._forget()

    def trail(self, track_id: int) -> AffectTrail | None:
        """Return a face's trail, None when it is not known."""
        known = self._faces.get(track_id)
        if known is None:
            return None
        present = track_id in self._present
        return known.told(track_id, self._now_s - self.length_s, present=present)

    def clear(self) -> None:
        """Forget all faces."""
        self._holds.clear()
        self._faces.clear()
        self._present = frozenset()
        self._now_s = -math.inf

    def _forget(self) -> None:
        oldest_s = self._now_s - self._longest_s
        for track_id in tuple(self._faces):
            if self._faces[track_id].forget_before(oldest_s) and track_id not in self._present:
                del self._faces[track_id]


class _Face:
    """The points of one face; None stands for a gap."""

    def __init__(self, face: FaceResult) -> None:
        self._newest = face
        self._points: deque[AffectPoint | None] = deque()
        self._seen_ms = -_STEP_MS
        self._now: AffectPoint | None = None

    def see(self, face: FaceResult, session_ms: int) -> None:
        self._newest = face
        if 0 <= session_ms - self._seen_ms < _STEP_MS:
            return
        self._seen_ms = session_ms
        place = valence_arousal(face.smoothed)
        self._now = None if place is None else AffectPoint(session_ms / 1000, *place)
        if self._now is None:
            self.end_piece()
        else:
            self._points.append(self._now)

    def end_piece(self) -> None:
        self._seen_ms = -_STEP_MS
        if self._points and self._points[-1] is not None:
            self._points.append(None)

    def forget_before(self, session_s: float) -> bool:
        """Drop older points; returns whether none is left."""
        points = self._points
        while points and (points[0] is None or points[0].session_s < session_s):
            points.popleft()
        return not points

    def told(self, track_id: int, since_s: float, *, present: bool) -> AffectTrail:
        pieces: list[list[AffectPoint]] = [[]]
        for point in self._points:
            if point is None:
                pieces.append([])
            elif point.session_s >= since_s:
                pieces[-1].append(point)
        return AffectTrail(
            track_id,
            self._newest.name,
            self._newest.smoothed.top,
            self._now if present else None,
            present,
            tuple(tuple(piece) for piece in pieces if piece),
        )
