"""The loudspeaker, through PortAudio."""

import logging
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final, Protocol

from ferqt.core.types import FloatArray
from ferqt.errors import FerqtError

if TYPE_CHECKING:
    from collections.abc import Mapping

_log = logging.getLogger(__name__)

FillSound = Callable[[FloatArray, float], None]
"""Writes what is to be heard into float32 n x channels, given when (monotonic s) that will be."""

_LATENCY_S: Final = 0.15
"""Sound that the device holds. Raising it lets other threads keep Python longer without a gap in
the sound; the picture is not affected, as sound is handed over that much ahead."""


class SoundError(FerqtError):
    """Sound cannot be played on this computer."""


class SoundOutput(Protocol):
    """A device that plays; opened, started, halted and closed in one thread."""

    @property
    def rate(self) -> int:
        """Samples a second."""
        ...

    @property
    def channels(self) -> int:
        """1 or 2."""
        ...

    @property
    def alive(self) -> bool:
        """False once the device has gone away while it was playing."""
        ...

    def start(self, fill: FillSound) -> None:
        """Ask for sound from now on, from a thread of the device's own."""
        ...

    def halt(self) -> None:
        """Fall silent at once, and drop what was handed over."""
        ...

    def close(self) -> None:
        """Let the device go; harmless when repeated."""
        ...


class SoundDevice:
    """The computer's usual output.

    Raises:
        SoundError: There is no device, or PortAudio is not installed.
    """

    def __init__(self) -> None:
        self._portaudio = _load()
        self._fill: FillSound | None = None
        self._playing = False
        try:
            device: Mapping[str, Any] = self._portaudio.query_devices(kind="output")
            self.rate = round(device["default_samplerate"])
            self.channels = min(2, device["max_output_channels"])
            self._stream = self._portaudio.OutputStream(
                samplerate=self.rate,
                channels=self.channels,
                dtype="float32",
                latency=_LATENCY_S,
                callback=self._on_wanted,
            )
        except (self._portaudio.PortAudioError, ValueError) as error:
            raise SoundError(
                f"no sound device answers: {error}",
                "Connect loudspeakers or headphones and start ferqt again.",
            ) from error

    @property
    def alive(self) -> bool:
        """False once the device has gone away while it was playing."""
        return not self._playing or bool(self._stream.active)

    def start(self, fill: FillSound) -> None:
        """Ask for sound from now on, from PortAudio's thread."""
        self._fill = fill
        if not self._playing:
            self._call(self._stream.start)
            self._playing = True

    def halt(self) -> None:
        """Fall silent at once, and drop what was handed over."""
        if self._playing:
            self._playing = False
            self._call(self._stream.abort)

    def close(self) -> None:
        """Let the device go; harmless when repeated."""
        self._playing = False
        self._stream.close(ignore_errors=True)

    def _call(self, method: Callable[[], None]) -> None:
        try:
            method()
        except self._portaudio.PortAudioError as error:
            raise SoundError(
                f"the sound device does not answer: {error}", "Switch sound on again."
            ) from error

    def _on_wanted(self, out: FloatArray, _count: int, times: Any, _status: object) -> None:
        # Some sound systems leave these times empty or wrong; then the latency is what is known.
        ahead_s = times.outputBufferDacTime - times.currentTime
        if not 0 < ahead_s < 1:
            ahead_s = self._stream.latency
        if self._fill is not None:
            self._fill(out, time.monotonic() + ahead_s)


def _load() -> Any:
    """Import PortAudio's binding, which looks for the library and for devices."""
    try:
        import sounddevice  # type: ignore[import-untyped]
    except ImportError as error:
        raise SoundError(
            "the package sounddevice is not installed", "Install it with: pip install sounddevice"
        ) from error
    except OSError as error:
        raise SoundError(
            f"the system's sound library is missing: {error}",
            "Install PortAudio (Debian and Ubuntu: sudo apt-get install libportaudio2).",
        ) from error
    return sounddevice
