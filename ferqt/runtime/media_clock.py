"""Which moment of a medium is due when: what paces the picture, and what the sound follows."""

import time
from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class ClockReading:
    """A media clock at one moment; all times in s, `at_s` monotonic.

    Attributes:
        media_s: The media time that was due at `at_s`.
        at_s: When that was.
        speed: Seconds of the medium a second.
        running: False while the picture stands still.
        cut: Grows with every jump: what was read before does not lead to what is due now.
    """

    media_s: float = 0.0
    at_s: float = 0.0
    speed: float = 1.0
    running: bool = False
    cut: int = 0

    def media_at(self, at_s: float) -> float:
        """Return the media time that is due at a moment."""
        return self.media_s + (at_s - self.at_s) * self.speed if self.running else self.media_s

    def due_at(self, media_s: float) -> float:
        """Return the moment at which a media time is due, if nothing stops the clock."""
        return self.at_s + (media_s - self.media_s) / self.speed


class MediaClock:
    """A clock that shows media time.

    The capture thread sets it by the frames that it hands over; any thread may read it. It stands
    still until the first frame.
    """

    def __init__(self) -> None:
        self._reading = ClockReading()

    @property
    def reading(self) -> ClockReading:
        """The clock as it is set now; a reading stays true until the clock is set again."""
        return self._reading

    def start(self, media_s: float) -> None:
        """Let the clock go on from this media time."""
        now = time.monotonic()
        self._reading = replace(self._reading, media_s=media_s, at_s=now, running=True)

    def hold(self) -> None:
        """Stop the clock where it is."""
        reading = self._reading
        if reading.running:
            media_s = reading.media_at(time.monotonic())
            self._reading = replace(reading, media_s=media_s, running=False)

    def cut(self) -> None:
        """Stop the clock before a jump."""
        self._reading = replace(self._reading, running=False, cut=self._reading.cut + 1)

    def set_speed(self, speed: float) -> None:
        """Go at another speed from now on."""
        reading, now = self._reading, time.monotonic()
        if speed != reading.speed:
            media_s = reading.media_at(now)
            self._reading = replace(reading, media_s=media_s, at_s=now, speed=speed)
