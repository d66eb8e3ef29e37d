"""A loudspeaker that no machine of ours has: it asks for sound in time and keeps what it gets."""

import time
from threading import Event, Lock, Thread

import numpy as np

from ferqt.runtime.sound_output import FillSound

_BLOCK = 480
_LATENCY_S = 0.05


class FakeOutput:
    """Plays 48,000 samples a second into a list.

    Attributes:
        halts: How often it was told to fall silent.
        closed: Whether it was let go.
        alive: What the player is told; a test sets it to False to pull the plug.
    """

    rate = 48_000
    channels = 2

    def __init__(self) -> None:
        self.alive = True
        self.closed = False
        self.halts = 0
        self._lock = Lock()
        self._heard: list[tuple[float, np.ndarray]] = []
        self._thread: Thread | None = None
        self._halted = Event()

    @property
    def playing(self) -> bool:
        return self._thread is not None

    def start(self, fill: FillSound) -> None:
        if self._thread is None:
            self._halted = Event()
            args = (fill, self._halted)
            self._thread = Thread(target=self._run, args=args, name="ferqt fake loudspeaker")
            self._thread.start()

    def halt(self) -> None:
        if self._thread is not None:
            self._halted.set()
            self._thread.join()
            self._thread = None
            self.halts += 1
            with self._lock:
                # What a device holds and has not played is dropped.
                now = time.monotonic()
                self._heard = [(at, block) for at, block in self._heard if at <= now]

    def close(self) -> None:
        self.halt()
        self.closed = True

    def tones(self) -> list[float]:
        """When (monotonic s) each tone began to be heard."""
        with self._lock:
            heard = list(self._heard)
        if not heard:
            return []
        times = np.concatenate([at + np.arange(len(block)) / self.rate for at, block in heard])
        loud = times[np.abs(np.concatenate([block[:, 0] for _, block in heard])) > 0.1]
        return (
            [float(at) for at in loud[np.insert(np.diff(loud) > 0.05, 0, True)]]
            if len(loud)
            else []
        )

    def _run(self, fill: FillSound, halted: Event) -> None:
        began = time.monotonic()
        block = 0
        while not halted.is_set():
            heard_at = began + _LATENCY_S + block * _BLOCK / self.rate
            out = np.full((_BLOCK, self.channels), 9.0, np.float32)
            fill(out, heard_at)
            with self._lock:
                self._heard.append((heard_at, out))
            block += 1
            halted.wait(max(0.0, began + block * _BLOCK / self.rate - time.monotonic()))
