"""How long each frame's reading holds: until the next frame, unless something lies between."""

from typing import Final

from ferqt.core.types import FrameResult

LONGEST_HOLD_S: Final = 0.9
"""A frame that is followed later than that by the next one counts for no time at all: the source
was paused or sought. Just under the second that the shortest jump takes, far over the time between
two results of a slow model."""


class FrameHolds:
    """Tells how long the frame before held, in the session's time.

    Frames come at any rate, so whoever sums readings up weighs them with this time, not by their
    number. Pictures have no time: they hold for none.

    Used by one thread.

    Args:
        longest_s: See `LONGEST_HOLD_S`. Raising it bridges slower frames and counts short jumps.
    """

    def __init__(self, longest_s: float = LONGEST_HOLD_S) -> None:
        self._longest_ms = round(longest_s * 1000)
        self._last_ms: int | None = None

    def step(self, result: FrameResult) -> int | None:
        """Go on to the next frame.

        Returns:
            How long the frame before held in ms, 0 when it is the same frame, read again; None when
            nothing leads from the one to the other: the first frame, a picture, a gap, a new start.
        """
        before, self._last_ms = self._last_ms, result.session_ms
        if before is None:
            return None
        held_ms = result.session_ms - before
        if held_ms and result.name:
            return None
        return held_ms if 0 <= held_ms <= self._longest_ms else None

    def clear(self) -> None:
        """Forget the frame before."""
        self._last_ms = None
