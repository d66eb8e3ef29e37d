"""How a file is played: its speed, the stretch that is played again and again, and its sound."""

import time
from dataclasses import dataclass, replace
from typing import Final

from PySide6.QtCore import QObject, Signal

from ferqt.core.types import FrameResult
from ferqt.runtime.media_clock import MediaClock
from ferqt.runtime.playback_control import Loop, PlaybackControl
from ferqt.runtime.sound import Sound
from ferqt.sources.base import SourceInfo, SourceKind

SPEEDS: Final = (0.25, 0.5, 0.75, 1.0, 1.25, 1.5, 2.0, 3.0, 4.0)
"""The speeds that can be chosen, as multiples of the medium's own."""

_LONGEST_LAG_S: Final = 0.5
"""A picture that is later on screen than this was held up once; sound does not wait for it."""

_LAG_MIX: Final = 0.1
"""Weight of the newest picture in the mean of how late pictures come on screen."""


@dataclass(frozen=True, slots=True)
class PlayRange:
    """The stretch of a medium that a person has marked.

    Attributes:
        in_s: Media time of its first frame in s; None for the start of the medium.
        out_s: Media time of its last frame in s, after `in_s`; None for the end of the medium.
        looping: True when it is played again and again.
    """

    in_s: float | None = None
    out_s: float | None = None
    looping: bool = False

    @property
    def marked(self) -> bool:
        """True when either end is marked."""
        return self.in_s is not None or self.out_s is not None

    def holds(self, media_time: float) -> bool:
        """Whether a media time (s) lies in it."""
        return (self.in_s or 0.0) <= media_time and (self.out_s is None or media_time <= self.out_s)


class Playback(QObject):
    """Speed and loop of the open source, which both begin anew with every source.

    Only what has a timeline can be played in another way: everything is ignored for cameras,
    streams and pictures. Lives on the GUI thread; the session attaches sources and results.

    Attributes:
        sound: The sound of the source, which waits for the pictures to come on screen.
    """

    speed_changed = Signal(float)
    """One of `SPEEDS`."""
    range_changed = Signal(object)
    """PlayRange."""
    seek_requested = Signal(float)
    """Media time in s that a loop begins at."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.sound = Sound(parent=self)
        self._control: PlaybackControl | None = None
        self._clock = MediaClock()
        self._lag_s = 0.0
        self._speed = 1.0
        self._range = PlayRange()
        self._position: float | None = None

    @property
    def speed(self) -> float:
        """Seconds of the medium a second."""
        return self._speed

    @property
    def range(self) -> PlayRange:
        """What is marked, and whether it is looped."""
        return self._range

    def attach(self, control: PlaybackControl, clock: MediaClock, info: SourceInfo) -> None:
        """Take over a source that was opened, and the clock of its pictures."""
        timed = info.seekable and not info.live and info.kind is not SourceKind.IMAGES
        self._control = control if timed else None
        self._clock = clock
        self.sound.attach(info, clock)

    def detach(self) -> None:
        """Let the source go, and forget what was chosen for it."""
        self._control = self._position = None
        self.sound.detach()
        self._set_speed(1.0)
        self._set_range(PlayRange())

    def follow(self, result: FrameResult) -> None:
        """Take note of the frame that comes on screen now."""
        self._position = result.media_time
        reading = self._clock.reading
        if result.media_time is None or not reading.running:
            return
        lag_s = time.monotonic() - reading.due_at(result.media_time)
        if 0 <= lag_s <= _LONGEST_LAG_S:
            self._lag_s += _LAG_MIX * (lag_s - self._lag_s)
            self.sound.set_lag(self._lag_s)

    def shutdown(self) -> None:
        """Let everything go, and wait for the sound to end."""
        self.detach()
        self.sound.shutdown()

    def set_speed(self, speed: float) -> None:
        """Play at one of `SPEEDS`.

        Raises:
            ValueError: It is none of those.
        """
        if speed not in SPEEDS:
            raise ValueError(f"a speed is one of {SPEEDS}, got {speed}")
        if self._control is not None:
            self._set_speed(speed)

    def change_speed(self, steps: int) -> None:
        """Go some steps faster through `SPEEDS`, or slower if negative."""
        place = SPEEDS.index(self._speed) + steps
        self.set_speed(SPEEDS[min(max(place, 0), len(SPEEDS) - 1)])

    def mark_in(self) -> None:
        """Let the range begin with the frame on screen."""
        if self._position is not None:
            self.set_in(self._position)

    def mark_out(self) -> None:
        """Let the range end with the frame on screen."""
        if self._position is not None:
            self.set_out(self._position)

    def set_in(self, media_time: float) -> None:
        """Let the range begin at a media time (s); an out point that is not after it is dropped."""
        out_s = self._range.out_s
        keeps = out_s is not None and out_s > media_time
        self._mark(replace(self._range, in_s=media_time, out_s=out_s if keeps else None))

    def set_out(self, media_time: float) -> None:
        """Let the range end at a media time (s); an in point that is not before it is dropped."""
        in_s = self._range.in_s
        keeps = in_s is not None and in_s < media_time
        self._mark(replace(self._range, in_s=in_s if keeps else None, out_s=media_time))

    def clear_range(self) -> None:
        """Mark nothing, and loop no longer."""
        self._mark(PlayRange())

    def set_looping(self, looping: bool) -> None:
        """Loop the range, or the whole medium while nothing is marked; or play on."""
        self._mark(replace(self._range, looping=looping))

    def _mark(self, wanted: PlayRange) -> None:
        """Take over a range, and go into it when it is looped."""
        # Told in any case: a switch that was pressed in vain goes back.
        self._set_range(wanted if self._control is not None else self._range)
        outside = self._position is not None and not self._range.holds(self._position)
        if self._range.looping and outside:
            self.seek_requested.emit(self._range.in_s or 0.0)

    def _set_speed(self, speed: float) -> None:
        if self._control is not None:
            self._control.set_speed(speed)
        if speed != self._speed:
            self._speed = speed
            self.speed_changed.emit(speed)

    def _set_range(self, wanted: PlayRange) -> None:
        self._range = wanted
        if self._control is not None:
            loop = Loop(wanted.in_s or 0.0, wanted.out_s) if wanted.looping else None
            self._control.set_loop(loop)
        self.range_changed.emit(wanted)
