"""The thread that decodes the sound of a file and keeps the device fed."""

import time
from collections.abc import Callable
from contextlib import closing
from threading import Event
from typing import Final

from PySide6.QtCore import QThread, Signal

from ferqt.runtime.media_clock import ClockReading, MediaClock
from ferqt.runtime.notifications import notice_of
from ferqt.runtime.sound_buffer import SoundBuffer
from ferqt.runtime.sound_output import SoundError, SoundOutput
from ferqt.sources.audio import AudioReader
from ferqt.texts import N

_STEP_S: Final = 0.02
"""How soon a pause, a jump or another speed is seen."""

_PREDECESSOR_MS: Final = 2_000
"""Longest wait for the thread before to let go of the device."""

_AHEAD_S: Final = 0.5
"""Sound that is decoded ahead."""


class SoundThread(QThread):
    """Plays the sound of one file, following the clock of its picture.

    Args:
        path: The file.
        clock: The picture's clock.
        open_output: Opens the device, in this thread.
        after: The thread before, which may still hold the device.
    """

    failed = Signal(object)
    """Notice: there is no sound any more; the thread ends."""

    def __init__(
        self,
        path: str,
        clock: MediaClock,
        open_output: Callable[[], SoundOutput],
        after: "SoundThread | None" = None,
    ) -> None:
        super().__init__()
        self.setObjectName("ferqt-sound")
        self._path = path
        self._clock = clock
        self._open_output = open_output
        self._after = after
        self._stopping = Event()
        self._lag_s = 0.0

    def set_lag(self, lag_s: float) -> None:
        """Tell how long after its time the picture comes on screen; any thread."""
        self._lag_s = lag_s

    def stop(self) -> None:
        """Ask the thread to end soon; any thread."""
        self._stopping.set()

    def run(self) -> None:
        """Play until stopped; called by Qt in the new thread."""
        if self._after is not None:
            self._after.wait(_PREDECESSOR_MS)
            self._after = None
        try:
            with closing(self._open_output()) as output:
                if self._stopping.is_set():
                    return
                channels, rate = output.channels, output.rate
                with AudioReader(self._path, rate=rate, channels=channels) as reader:
                    self._play(output, reader, SoundBuffer(rate, self._clock))
        except Exception as error:  # noqa: BLE001 - the thread's boundary
            self.failed.emit(notice_of(error, N("Notices", "There is no sound")))

    def _play(self, output: SoundOutput, reader: AudioReader, buffer: SoundBuffer) -> None:
        played: tuple[int, float] | None = None
        while True:
            reading = self._clock.reading
            buffer.set_lag(self._lag_s)
            if not reading.running:
                output.halt()
                played = None
            else:
                if played != (reading.cut, reading.speed):
                    # What the device still holds belongs to another place.
                    output.halt()
                    self._begin(reader, buffer, reading)
                    played = (reading.cut, reading.speed)
                self._fill(reader, buffer)
                output.start(buffer.fill)
                if not output.alive:
                    raise SoundError("the sound device has gone away", "Switch sound on again.")
            if self._stopping.wait(_STEP_S):
                return

    def _begin(self, reader: AudioReader, buffer: SoundBuffer, reading: ClockReading) -> None:
        """Begin with what can be heard first."""
        buffer.begin(reading)
        media_s = reading.media_at(time.monotonic() - self._lag_s)
        reader.seek(max(0.0, media_s), reading.speed)

    def _fill(self, reader: AudioReader, buffer: SoundBuffer) -> None:
        while buffer.kept_s < _AHEAD_S and not self._stopping.is_set():
            chunk = reader.read()
            if chunk is None:
                return
            buffer.put(chunk)
