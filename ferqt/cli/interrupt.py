"""Ctrl+C as a request: the frame in work is finished and what is written stays whole."""

import signal
import threading
from types import FrameType, TracebackType
from typing import Self


class InterruptRequest:
    """Within its `with` block, the first Ctrl+C only sets a flag; a second one ends at once.

    Used in the main thread, the only one in which Python handles signals; elsewhere it does
    nothing.
    """

    def __init__(self) -> None:
        self._requested = False
        self._in_main = threading.current_thread() is threading.main_thread()

    @property
    def requested(self) -> bool:
        """True after Ctrl+C."""
        return self._requested

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
        if self._requested:
            raise KeyboardInterrupt
        self._requested = True
