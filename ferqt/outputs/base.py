"""What everything that results are written to is: a protocol, and the description of a format."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Protocol, Self, runtime_checkable

from ferqt.core.types import FrameResult
from ferqt.outputs.layout import RowLayout


@runtime_checkable
class ResultSink(Protocol):
    """Takes the results of one source in the order of its frames.

    Used by one thread. What was written is on disk and whole after each `write`, so that an
    analysis that is ended from outside leaves a valid file.
    """

    def write(self, result: FrameResult) -> None:
        """Write what was read from one frame.

        Raises:
            OutputError: It cannot be written; what was written before stays whole.
        """
        ...

    def close(self) -> None:
        """Finish the file; harmless when repeated."""
        ...

    def __enter__(self) -> Self: ...

    def __exit__(
        self,
        exc_type: type[BaseException] | None,
        exc: BaseException | None,
        traceback: TracebackType | None,
    ) -> None: ...


@dataclass(frozen=True, slots=True)
class OutputFormat:
    """A kind of file that rows can be written to while they are made.

    Attributes:
        id: Its name.
        title: What people read.
        file_name: Name of the file in the folder of results.
        open: Opens a sink: path, what its rows tell, whether an older file may be replaced.
    """

    id: str
    title: str
    file_name: str
    open: Callable[[Path, RowLayout, bool], ResultSink]
