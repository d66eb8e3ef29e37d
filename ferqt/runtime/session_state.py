"""What a session says of itself."""

from dataclasses import dataclass
from enum import StrEnum


class SessionState(StrEnum):
    """What the session is doing."""

    IDLE = "idle"
    OPENING = "opening"
    RUNNING = "running"
    PAUSED = "paused"
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class LiveStats:
    """How the session is doing.

    Attributes:
        fps_in: Frames a second that the source gives.
        fps_out: Results a second.
        latency_ms: From a frame's capture to its result, the newest.
        dropped: Frames of this source that were never looked at.
        faces: Faces in the newest result.
    """

    fps_in: float
    fps_out: float
    latency_ms: float
    dropped: int
    faces: int
