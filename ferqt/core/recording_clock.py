"""The time of a recording: it keeps the source's spacing and leaves out what was jumped over."""

from bisect import bisect_right
from dataclasses import dataclass
from threading import Lock
from typing import Final

_USUAL_STEP_S: Final = 1 / 30
_LONGEST_STEP_S: Final = 0.1
"""Longest pause that a jump leaves in the recording."""

_DECIMALS: Final = 6


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch in which the source was recorded as it ran, without a jump.

    Attributes:
        recording_s: When it begins in the recording.
        session_ms: Session time of its first frame.
        media_time: Media time of its first frame in s; None for a live source.
        frame: Number of its first frame in the source.
    """

    recording_s: float
    session_ms: int
    media_time: float | None
    frame: int

    def time_of(self, session_ms: int, media_time: float | None) -> float:
        """Return when a moment of this piece is in the recording, in s."""
        if media_time is not None and self.media_time is not None:
            since_begin = media_time - self.media_time
        else:
            since_begin = (session_ms - self.session_ms) / 1000
        return round(self.recording_s + since_begin, _DECIMALS)


class RecordingClock:
    """Gives each recorded frame its time in the recording, from 0 and strictly growing.

    The distances between frames are those of the source, whatever the speed at which it is shown;
    a seek begins a new piece one frame later. Any thread may call any method.
    """

    def __init__(self) -> None:
        self._lock = Lock()
        self._pieces: list[Piece] = []
        self._last_s = 0.0
        self._step_s = _USUAL_STEP_S

    @property
    def pieces(self) -> tuple[Piece, ...]:
        """The stretches so far, in order; empty before the first frame."""
        with self._lock:
            return tuple(self._pieces)

    def stamp(
        self, session_ms: int, media_time: float | None, frame: int, *, follows: bool
    ) -> float:
        """Return the time of the next frame in s.

        Args:
            session_ms: Its session time, greater than that of the frame before.
            media_time: Its media time in s; None for a live source.
            frame: Its number in the source.
            follows: False when it does not follow the frame before (a seek).
        """
        with self._lock:
            if not self._pieces:
                self._pieces.append(Piece(0.0, session_ms, media_time, frame))
                return 0.0
            time_s = self._pieces[-1].time_of(session_ms, media_time)
            if follows and time_s > self._last_s:
                self._step_s = min(time_s - self._last_s, _LONGEST_STEP_S)
            else:
                time_s = round(self._last_s + self._step_s, _DECIMALS)
                self._pieces.append(Piece(time_s, session_ms, media_time, frame))
            self._last_s = time_s
            return time_s

    def time_of(self, session_ms: int, media_time: float | None) -> float | None:
        """Return when a moment of the source is in the recording; None for one before it began."""
        with self._lock:
            starts = [piece.session_ms for piece in self._pieces]
            number = bisect_right(starts, session_ms) - 1
            return None if number < 0 else self._pieces[number].time_of(session_ms, media_time)
