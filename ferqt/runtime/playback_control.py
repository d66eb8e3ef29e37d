"""What the window asks of the thread that plays a source."""

from dataclasses import dataclass, replace
from threading import Condition


@dataclass(frozen=True, slots=True)
class Request:
    """A move through the medium; the newest of each kind counts.

    Attributes:
        seek_s: Media time to go to, in s.
        frame: Number of the frame to go to; at most one of the two is given.
        steps: Frames to go on from there, or back if negative.
    """

    seek_s: float | None = None
    frame: int | None = None
    steps: int = 0

    def __bool__(self) -> bool:
        return self != Request()


@dataclass(frozen=True, slots=True)
class Loop:
    """A stretch of the medium that is played again and again.

    Attributes:
        in_s: Media time at which it begins, in s.
        out_s: The last media time that belongs to it; None for the end of the medium.
    """

    in_s: float = 0.0
    out_s: float | None = None


class PlaybackControl:
    """Pause, speed, loop, moves and stop: asked by the GUI thread, obeyed by the capture thread."""

    def __init__(self) -> None:
        self._condition = Condition()
        self._paused = False
        self._stopped = False
        self._speed = 1.0
        self._loop: Loop | None = None
        self._poked = False
        self._request = Request()

    @property
    def paused(self) -> bool:
        """True while the source is to hold still."""
        with self._condition:
            return self._paused

    @property
    def stopped(self) -> bool:
        """True once the thread is to end."""
        with self._condition:
            return self._stopped

    @property
    def speed(self) -> float:
        """Seconds of the medium a second."""
        with self._condition:
            return self._speed

    @property
    def loop(self) -> Loop | None:
        """What is to be played again and again, None for nothing."""
        with self._condition:
            return self._loop

    def set_paused(self, paused: bool) -> None:
        """Hold the source still, or let it go on."""
        with self._condition:
            self._paused = paused
            self._condition.notify_all()

    def set_speed(self, speed: float) -> None:
        """Play so many seconds of the medium a second, from the frame on that is waited for.

        Raises:
            ValueError: The speed is not positive.
        """
        if speed <= 0:
            raise ValueError(f"a speed is positive, got {speed}")
        with self._condition:
            self._speed = speed
            self._poke()

    def set_loop(self, loop: Loop | None) -> None:
        """Go back to the loop's start whenever playing comes to its end; None to play on."""
        with self._condition:
            self._loop = loop
            self._poke()

    def seek(self, media_time: float) -> None:
        """Ask for the frame at a media time (s); replaces a move that was not obeyed yet."""
        self._ask(Request(seek_s=media_time))

    def seek_frame(self, index: int) -> None:
        """Ask for the frame with this number; replaces a move that was not obeyed yet."""
        self._ask(Request(frame=index))

    def step(self, frames: int) -> None:
        """Ask to go `frames` forward (or back, if negative); steps add up."""
        with self._condition:
            self._request = replace(self._request, steps=self._request.steps + frames)
            self._condition.notify_all()

    def stop(self) -> None:
        """Ask the thread to end."""
        with self._condition:
            self._stopped = True
            self._condition.notify_all()

    def take_request(self) -> Request:
        """Take what was asked since the last time."""
        with self._condition:
            request, self._request = self._request, Request()
            return request

    def wait(self, timeout_s: float | None, *, while_paused: bool) -> None:
        """Sleep until something is asked or changed, the time is over, or the pause ends.

        Args:
            timeout_s: Longest sleep; None for no limit.
            while_paused: Sleep on a pause (it ends the sleep when it is over); if False, the start
                of a pause ends the sleep.
        """
        with self._condition:
            self._condition.wait_for(lambda: self._is_woken(while_paused=while_paused), timeout_s)
            self._poked = False

    def _is_woken(self, *, while_paused: bool) -> bool:
        return (
            self._stopped or self._poked or bool(self._request) or self._paused is not while_paused
        )

    def _ask(self, request: Request) -> None:
        with self._condition:
            self._request = request
            self._condition.notify_all()

    def _poke(self) -> None:
        """Let the thread look again at what it waits for; remembered until it has waited."""
        self._poked = True
        self._condition.notify_all()
