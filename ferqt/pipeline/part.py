"""Which frames of a source are analyzed."""

from dataclasses import dataclass
from typing import Final

from ferqt.core.types import Frame
from ferqt.errors import SourceError, UsageError
from ferqt.sources.base import SourceInfo, SourceKind

# Time stamps are written with six decimals; a time copied from a table means that very frame.
_TIME_DECIMALS: Final = 6


@dataclass(frozen=True, slots=True)
class Part:
    """Which frames of a source are analyzed.

    Attributes:
        start_s: Frames before this time are left out; None for the beginning.
        stop_s: Frames from this time on are left out, so that parts can follow each other; None for
            the end.
        every: Only frames whose number is a multiple of it. Raising it saves time; tracking has
            less to hold on to.
    """

    start_s: float | None = None
    stop_s: float | None = None
    every: int = 1

    def __post_init__(self) -> None:
        if self.stop_s is not None and self.stop_s <= (self.start_s or 0.0):
            raise UsageError(
                f"the end lies before the beginning: from {self.start_s or 0:g} s "
                f"to {self.stop_s:g} s",
                "Choose an end after the beginning.",
            )

    def check(self, info: SourceInfo) -> None:
        """Raise if a source has no such part.

        Raises:
            SourceError: Pictures have no times, an endless source needs an end, the source is over
                before the part begins.
        """
        timed = self.start_s is not None or self.stop_s is not None
        if info.kind is SourceKind.IMAGES and timed:
            raise SourceError(
                f"pictures have no times: '{info.title}'",
                "Leave out the beginning and the end (--from, --to).",
            )
        endless = info.live or info.kind is SourceKind.DEMO
        if endless and self.stop_s is None:
            raise SourceError(
                f"the source has no end: '{info.title}'",
                "Say after how many seconds to stop (--to).",
            )
        if self.start_s and info.duration_s is not None and self.start_s >= info.duration_s:
            raise SourceError(
                f"'{info.title}' is over before the beginning: it has {info.duration_s:g} s, and "
                f"{self.start_s:g} s was asked for",
                "Choose an earlier beginning.",
            )

    def expected_frames(self, info: SourceInfo) -> int | None:
        """Return about how many frames will be read, for a progress bar; None when not known."""
        if self.start_s is None and self.stop_s is None:
            return info.frame_count
        stop_s = self.stop_s if info.duration_s is None else info.duration_s
        if info.fps is None or stop_s is None:
            return None
        if self.stop_s is not None:
            stop_s = min(stop_s, self.stop_s)
        return max(1, round((stop_s - (self.start_s or 0.0)) * info.fps))

    def is_over(self, frame: Frame) -> bool:
        """Whether a frame lies behind the part, and so do all that follow."""
        return self.stop_s is not None and _time_of(frame) >= self.stop_s

    def takes(self, frame: Frame, *, timed: bool) -> bool:
        """Whether a frame that is not behind the part is analyzed; pictures are not `timed`."""
        early = timed and self.start_s is not None and _time_of(frame) < self.start_s
        return not early and frame.index % self.every == 0


WHOLE: Final = Part()
"""Every frame."""


def _time_of(frame: Frame) -> float:
    """Media time, or the time since a live source was opened, in s."""
    time_s = frame.session_ms / 1000 if frame.media_time is None else frame.media_time
    return round(time_s, _TIME_DECIMALS)
