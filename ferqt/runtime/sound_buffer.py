"""What is about to be heard: decoded sound, handed to the device in step with the picture."""

from collections import deque
from threading import Lock
from typing import Final

from ferqt.core.types import FloatArray
from ferqt.runtime.media_clock import ClockReading, MediaClock
from ferqt.sources.audio import AudioChunk

_TOLERANCE_S: Final = 0.04
"""How far sound may run from the picture before it is put right, which can be heard as a gap.
Lips and voice seem to part at about 0.1 s."""


class SoundBuffer:
    """Holds sound until the device asks for it.

    The picture leads: each sample is played when the media clock comes to it. Sound that is early
    waits, sound that is late is left out; while the clock stands still there is silence.

    One thread fills, the device's thread takes.

    Args:
        rate: Samples a second.
        clock: The clock of the picture.
    """

    def __init__(self, rate: int, clock: MediaClock) -> None:
        self._rate = rate
        self._clock = clock
        self._lock = Lock()
        self._chunks: deque[AudioChunk] = deque()
        self._samples = 0
        self._suits: tuple[int, float] | None = None
        self._lag_s = 0.0
        self._in_step = False

    @property
    def kept_s(self) -> float:
        """How long the sound in the buffer lasts, in s."""
        with self._lock:
            return self._samples / self._rate

    def set_lag(self, lag_s: float) -> None:
        """Wait that much for the picture, which comes on screen after its time."""
        with self._lock:
            self._lag_s = lag_s

    def begin(self, reading: ClockReading) -> None:
        """Throw everything away; what is put from now on was decoded for this clock."""
        with self._lock:
            self._chunks.clear()
            self._samples = 0
            self._suits = (reading.cut, reading.speed)
            self._in_step = False

    def put(self, chunk: AudioChunk) -> None:
        """Add the piece of sound that follows."""
        with self._lock:
            self._chunks.append(chunk)
            self._samples += len(chunk.samples)

    def fill(self, out: FloatArray, heard_at_s: float) -> None:
        """Write what is to be heard.

        Args:
            out: float32 n x channels to write to.
            heard_at_s: Monotonic time at which the first sample will be heard.
        """
        reading = self._clock.reading
        out[:] = 0
        with self._lock:
            if not reading.running or self._suits != (reading.cut, reading.speed):
                self._in_step = False
                return
            at = 0
            while at < len(out) and self._chunks:
                due_s = reading.due_at(self._chunks[0].media_s) + self._lag_s
                early = round((due_s - heard_at_s) * self._rate) - at
                slack = round(_TOLERANCE_S * self._rate) if self._in_step else 0
                if abs(early) <= slack:
                    taken = min(len(out) - at, len(self._chunks[0].samples))
                    out[at : at + taken] = self._chunks[0].samples[:taken]
                    self._drop(taken, reading.speed)
                    self._in_step = True
                    at += taken
                elif early > 0:
                    self._in_step = False
                    at += early
                else:
                    self._in_step = False
                    self._drop(min(-early, len(self._chunks[0].samples)), reading.speed)

    def _drop(self, samples: int, speed: float) -> None:
        """Forget the first samples of the first piece."""
        chunk = self._chunks.popleft()
        self._samples -= samples
        if samples < len(chunk.samples):
            media_s = chunk.media_s + samples / self._rate * speed
            self._chunks.appendleft(AudioChunk(media_s, chunk.samples[samples:]))
