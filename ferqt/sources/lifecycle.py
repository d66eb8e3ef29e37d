"""What all sources have in common: use in a `with` block, and an interrupt from any thread."""

from abc import ABC, abstractmethod
from threading import Event
from types import TracebackType
from typing import Self


class InterruptibleSource(ABC):
    """Base of the sources: context manager, and a flag that stops reading for good.

    An interrupt may come before reading has begun, when a window is closed in a hurry, so the flag
    stays set: an interrupted source yields no more frames. Open it again to go on.
    """

    def __init__(self) -> None:
        self._interrupted = Event()

    def interrupt(self) -> None:
        """Make a running `frames` end soon; safe from any thread, also when repeated."""
        self._interrupted.set()

    @abstractmethod
    def close(self) -> None:
        """Release what the source holds; harmless when repeated."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        exc_type: type[BaseException] | None,
        exc: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()
