"""When each frame of a video is shown, learned from its packets without decoding any."""

from bisect import bisect_left, bisect_right, insort
from fractions import Fraction
from itertools import pairwise
from typing import Final

import numpy as np
import numpy.typing as npt

_EVEN_WITHIN_S: Final = 0.002
"""Frame distances that differ by no more than this are a constant rate with rounded times."""

_MOST_REORDERED: Final = 500
"""How many frames may be shown after one that is decoded later. Codecs need 16, and a damaged
block of a file holds some hundreds; what is beyond is a clock that jumped back. Sorting that in
would take minutes for some hundred thousand frames."""

_REORDERED: Final = 16
"""Places by which frames in order of decoding are out of order of presentation; more is damage."""

_ROUNDS: Final = 8
_STRAY_SHARE: Final = 0.25
"""Where more times than that are out of place, none is trusted."""


class Timeline:
    """The presentation times of a video's frames, in order of presentation.

    Packets come in order of decoding and are added as they come; a frame's place among the times
    known so far is its number, because every frame that is shown earlier has been read before it
    can be decoded. So numbers are true from the first frame on, before the file is read to its end.

    Some files state no presentation times: `reliable` is False then, frames must be numbered by
    counting, and the n-th frame is shown at the n-th time that is known of, the decoding times. In
    others the clock jumps back, as where two recordings were put together: their frames are
    counted, too, and shown at the stated rate.

    Args:
        time_base: Seconds a tick.
        zero: Tick that is 0 s; None for the first frame's.
        rate: Frames a second for a file that states no times at all.
        trust_pts: False for a container whose presentation times are FFmpeg's guess.
    """

    def __init__(
        self, time_base: Fraction, zero: int | None, rate: Fraction, *, trust_pts: bool = True
    ) -> None:
        self._time_base = time_base
        self._zero = zero
        self._rate = rate
        self._ticks: list[int] = []
        self._keyframes: list[int] = []
        self._decoded: list[int] = []
        self._strays: dict[int, int] = {}
        self._missing = 0
        self._trusted = trust_pts
        self.complete = False
        """True once every packet of the file was added."""

    def __len__(self) -> int:
        return len(self._ticks) + self._missing

    def add(self, pts: int | None, dts: int | None, *, is_keyframe: bool) -> None:
        """Add the packet of one frame, in order of decoding."""
        self._trusted = self._trusted and pts is not None
        tick = pts if self._trusted else dts
        if tick is None:
            self._missing += 1
            return
        place = bisect_left(self._ticks, tick)
        if len(self._ticks) - place > _MOST_REORDERED:
            self._trusted = False
            self._missing += 1
            return
        if self._ticks[place : place + 1] == [tick]:
            self._trusted = False
        self._ticks.insert(place, tick)
        self._decoded.append(tick)
        if is_keyframe:
            insort(self._keyframes, tick)

    def finish(self) -> None:
        """Take all packets as added, and put out times that damage has moved far from their place.

        Read in order, a frame that seems to come minutes later would take all between with it.
        """
        self.complete = True
        strays = _strays(np.array(self._decoded, np.int64)) if self.reliable else ()
        self._decoded = []
        if strays is None:
            self._trusted = False
            self._missing, self._ticks, self._keyframes = len(self), [], []
        elif len(strays):
            self._strays = {int(tick): -1 - place for place, tick in enumerate(strays)}
            self._ticks = [tick for tick in self._ticks if tick not in self._strays]
            self._keyframes = [tick for tick in self._keyframes if tick not in self._strays]

    @property
    def stray_count(self) -> int:
        """Number of frames whose time is damaged."""
        return len(self._strays)

    def stray(self, pts: int) -> int | None:
        """Return a negative number, one for each, for a frame whose time is damaged."""
        return self._strays.get(pts)

    @property
    def reliable(self) -> bool:
        """True while every frame so far has a presentation time of its own."""
        return self._trusted and bool(self._ticks)

    def number(self, pts: int) -> int:
        """Return the number of the frame that is shown at this tick."""
        return bisect_left(self._ticks, pts)

    def time(self, number: int) -> float:
        """Return when the frame with this number is shown, in s."""
        if self._missing or number >= len(self._ticks):
            return float(number / self._rate)
        return self.seconds(self._ticks[number])

    def seconds(self, pts: int) -> float:
        """Return a tick as seconds from the start of the medium."""
        zero = self._ticks[0] if self._zero is None else min(self._zero, self._ticks[0])
        return float((pts - zero) * self._time_base)

    def number_at(self, time_s: float) -> int:
        """Return the number of the last frame shown at or before a time, 0 before the first."""
        low, high = 0, len(self)
        while low < high:
            middle = (low + high) // 2
            # Times come back from the window as rounded floats; half a microsecond forgives that.
            if self.time(middle) <= time_s + 5e-7:
                low = middle + 1
            else:
                high = middle
        return max(0, low - 1)

    def keyframe_before(self, number: int, skip: int = 0) -> int | None:
        """Return the tick of a key frame from which a frame can be decoded.

        Args:
            number: The frame wanted.
            skip: How many nearer key frames to pass over.

        Returns:
            None when there is no such key frame; decoding must begin at the start of the file.
        """
        if not self.reliable:
            return None
        tick = self._ticks[min(number, len(self._ticks) - 1)]
        place = bisect_right(self._keyframes, tick) - 1 - skip
        return self._keyframes[place] if place > 0 else None

    @property
    def frame_rate(self) -> float:
        """Average frames a second; the file's stated rate where there are fewer than two times."""
        if self._missing or len(self._ticks) < 2:
            return float(self._rate)
        span = self.time(len(self) - 1) - self.time(0)
        return (len(self) - 1) / span if span > 0 else float(self._rate)

    @property
    def duration_s(self) -> float:
        """When the last frame stops being shown, taking it to be shown as long as the average."""
        return self.time(len(self) - 1) + 1 / self.frame_rate if len(self) else 0.0

    @property
    def is_variable(self) -> bool:
        """True when the distances between frames differ by more than rounding."""
        if self._missing or len(self._ticks) < 3:
            return False
        steps = [after - before for before, after in pairwise(self._ticks)]
        spread = float((max(steps) - min(steps)) * self._time_base)
        return spread > max(_EVEN_WITHIN_S, 2 * float(self._time_base))


def _strays(decoded: npt.NDArray[np.int64]) -> npt.NDArray[np.int64] | None:
    """Return the times that are out of place; None when they are too many to tell which.

    Args:
        decoded: The time of each frame, in order of decoding.
    """
    left = decoded
    for _ in range(_ROUNDS):
        places = np.empty(len(left), np.int64)
        places[np.argsort(left, kind="stable")] = np.arange(len(left))
        moved = np.abs(places - np.arange(len(left)))
        most = int(moved.max(initial=0))
        if most <= _REORDERED:
            return np.setdiff1d(decoded, left)
        # Few that are far off move many by a little: those that are furthest go first.
        left = left[moved <= max(_REORDERED, most // 2)]
        if len(left) < (1 - _STRAY_SHARE) * len(decoded):
            return None
    return None
