"""Clocks and counters: session time that only grows, rates, and times by stage."""

import sys
import time
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock
from typing import Final

THREAD_TURN_S: Final = 0.0005
"""How long a thread may keep Python to itself while another waits, instead of 5 ms: inference comes
back from its networks many times a frame. 46 live results a second instead of 42, one face at 720p;
an analysis beside other programs read a sixth more frames a second."""


@contextmanager
def short_thread_turns() -> Iterator[None]:
    """Let threads that come back from networks and decoders have Python sooner."""
    usual = sys.getswitchinterval()
    sys.setswitchinterval(THREAD_TURN_S)
    try:
        yield
    finally:
        sys.setswitchinterval(usual)


class SessionClock:
    """Gives every frame of an open source a millisecond stamp that strictly increases.

    Frames with a media time keep their spacing, so that two runs over one file stamp equally; a
    seek (`cut`) or a loop makes the clock go on from where it was. Frames without one are stamped
    with the time that has passed since the first.

    Used by one thread, the one that reads the source.
    """

    def __init__(self) -> None:
        self._last = -1
        self._offset = 0
        self._previous_media_ms: int | None = None
        self._is_cut = False
        self._started = time.monotonic()

    def cut(self) -> None:
        """Let no time pass until the next frame: it does not follow the last one."""
        self._is_cut = True

    def stamp(self, media_time: float | None) -> int:
        """Return the stamp of the next frame.

        Args:
            media_time: Presentation time in s; None for a live source.
        """
        if media_time is None:
            stamp = int((time.monotonic() - self._started) * 1000)
        else:
            media_ms = round(media_time * 1000)
            before = self._previous_media_ms
            if before is not None and (self._is_cut or media_ms <= before):
                self._offset = self._last + 1 - media_ms
            self._previous_media_ms = media_ms
            self._is_cut = False
            stamp = media_ms + self._offset
        self._last = max(stamp, self._last + 1)
        return self._last


def media_stamp(media_time: float, previous: int | None) -> int:
    """Return the session time in ms of a frame that is analyzed, which strictly increases.

    It follows from the frame's media time and the stamp before alone, so that an analysis that is
    taken up again in the middle stamps as one that was never broken off.

    Args:
        media_time: Presentation time in s.
        previous: Stamp of the frame analyzed before; None for the first.
    """
    stamp = round(media_time * 1000)
    return stamp if previous is None else max(stamp, previous + 1)


class RateMeter:
    """Events a second over a sliding window.

    n events mark n - 1 intervals: the rate is (n - 1) / (last - first), and it falls to 0 when
    nothing has come for a whole window. One thread may count while another reads.
    """

    def __init__(self, window_s: float = 2.0) -> None:
        self._lock = Lock()
        self._window_s = window_s
        self._times: deque[float] = deque()

    def tick(self, now: float | None = None) -> None:
        """Count an event; `now` is a monotonic time in s, the present if not given."""
        now = time.monotonic() if now is None else now
        with self._lock:
            self._times.append(now)
            self._forget(now)

    def rate(self, now: float | None = None) -> float:
        """Return the events a second, 0 with fewer than two events in the window."""
        with self._lock:
            self._forget(time.monotonic() if now is None else now)
            if len(self._times) < 2:
                return 0.0
            span = self._times[-1] - self._times[0]
            return (len(self._times) - 1) / span if span > 0 else 0.0

    def _forget(self, now: float) -> None:
        while self._times and now - self._times[0] > self._window_s:
            self._times.popleft()


class StageTimer:
    """Collects the milliseconds that the stages of one frame take."""

    def __init__(self) -> None:
        self.times: dict[str, float] = {}

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Time a block and book it under `name`."""
        started = time.perf_counter()
        try:
            yield
        finally:
            spent = (time.perf_counter() - started) * 1000
            self.times[name] = self.times.get(name, 0.0) + spent
