"""Ctrl+C as a request: the frame in work is finished and what is written stays whole."""

import signal
import threading
from types import FrameType, TracebackType
from typing import Self


class InterruptRequest:
    """Within its `with` block, the first Ctrl+C only sets a flag; a second one ends at once.

    Used in the main thread, the only one in which Python handles signals; elsewhere it does
    nothing.

    Args:
        at_once: Whether the first one ends at once, too. What is raised while a library calls back
            into Python may be lost in it; the flag stays.
    """

    def __init__(self, *, at_once: bool = False) -> None:
        self._at_once = at_once
        self._requested = False
        self._in_main = threading.current_thread() is threading.main_thread()

    @property
    def requested(self) -> bool:
        """True after Ctrl+C."""
        return self._requested

    def check(self) -> None:
        """Raise KeyboardInterrupt after Ctrl+C."""
        if self._requested:
            raise KeyboardInterrupt

    def __enter__(self) -> Self:
        if self._in_main:
            self._usual = signal.signal(signal.SIGINT, self._on_signal)
        return self

    def __exit__(
        self,
        exc_type: type[BaseException] | None,
        exc: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        if self._in_main:
            signal.signal(signal.SIGINT, self._usual)

    def _on_signal(self, _number: int, _frame: FrameType | None) -> None:
        is_last_word = self._at_once or self._requested
        self._requested = True
        if is_last_word:
            raise KeyboardInterrupt
