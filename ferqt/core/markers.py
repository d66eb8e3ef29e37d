"""Moments that a person marked while watching."""

from dataclasses import dataclass

from ferqt.core.types import FrameResult


@dataclass(frozen=True, slots=True)
class Marker:
    """A moment with a name.

    Attributes:
        session_ms: `FrameResult.session_ms` of the frame that was on screen.
        media_time: Its `FrameResult.media_time`; None for a camera or a stream.
        frame: Its number in the source.
        label: What happened, in a word or two.
        note: More about it; may be "".
    """

    session_ms: int
    media_time: float | None
    frame: int
    label: str
    note: str = ""

    @classmethod
    def at(cls, result: FrameResult, label: str, note: str = "") -> "Marker":
        """Mark the frame of a result."""
        return cls(result.session_ms, result.media_time, result.index, label, note)

    @property
    def time_s(self) -> float:
        """Time in s as tables tell it: in the medium, or since a live source was opened."""
        return self.session_ms / 1000 if self.media_time is None else self.media_time
