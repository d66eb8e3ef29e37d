"""Words on standard input that hold an analysis, let it go on, and end it."""

import os
import sys
from collections.abc import Callable, Iterator
from threading import Event, Thread
from typing import Final

_WAIT_S: Final = 0.1
_MOST_BYTES: Final = 4096


class Commands:
    """Reads "pause", "resume", "cancel" and "attend", a line each; other lines are passed over.

    After "attend" the end of the input cancels, too: whoever started the analysis is gone.

    Lines are read in a thread of its own that ends with the input or the program; the rest is used
    by the thread of the analysis.

    Args:
        file: Descriptor to read from; None for standard input.
    """

    def __init__(self, file: int | None = None) -> None:
        self._file = file
        self._canceled = False
        self._attended = False
        self._running = Event()
        self._running.set()

    def listen(self) -> None:
        """Begin to read; without a standard input there is nothing to read."""
        if self._file is None:
            if sys.stdin is None:
                return
            self._file = sys.stdin.fileno()
        Thread(target=self._read, args=(self._file,), name="ferqt-commands", daemon=True).start()

    @property
    def canceled(self) -> bool:
        """True after "cancel", and when somebody who attended is gone."""
        return self._canceled

    @property
    def paused(self) -> bool:
        """True between "pause" and "resume"."""
        return not self._running.is_set()

    def hold(self, should_stop: Callable[[], bool]) -> None:
        """Wait while paused; asked to stop, return at once."""
        while self.paused and not should_stop():
            self._running.wait(_WAIT_S)

    def _read(self, file: int) -> None:
        for line in _lines(file):
            self._take(line)
        if self._attended:
            self._cancel()

    def _take(self, word: bytes) -> None:
        if word == b"pause":
            self._running.clear()
        elif word == b"resume":
            self._running.set()
        elif word == b"cancel":
            self._cancel()
        elif word == b"attend":
            self._attended = True

    def _cancel(self) -> None:
        self._canceled = True
        self._running.set()


def _lines(file: int) -> Iterator[bytes]:
    """The lines of a file, without white space around them, as they come."""
    # Python's own buffered input must not be held by a thread when the program ends.
    rest = b""
    while True:
        try:
            piece = os.read(file, _MOST_BYTES)
        except OSError:
            return
        if not piece:
            return
        *lines, rest = (rest + piece).split(b"\n")
        yield from (line.strip() for line in lines)
        rest = rest[-_MOST_BYTES:]
