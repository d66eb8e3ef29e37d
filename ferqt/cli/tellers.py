"""How an analysis tells the way it goes: to a person, or as JSON lines to a program."""

import json
import time
from collections.abc import Callable, Mapping
from typing import Any, Final, Protocol

from ferqt.cli.control import Commands
from ferqt.cli.progress import ProgressBar
from ferqt.core.timing import RateMeter
from ferqt.errors import FerqtError

_TELL_EVERY_S: Final = 0.2
_RATE_OVER_S: Final = 5.0

_FPS_DECIMALS: Final = 2
_SECONDS_DECIMALS: Final = 1


class Teller(Protocol):
    """Is told how the analysis of one source after the other goes."""

    def begin(self, title: str, folder: str, total: int | None, done: int) -> None:
        """A source is open; `done` frames were read by an earlier run."""
        ...

    def show(self, read: int) -> None:
        """So many frames of the source are read. Does not return while a person paused."""
        ...

    def print(self, line: str) -> None:
        """Tell a line of results to a person."""
        ...

    def writing(self, name: str) -> None:
        """A file of results is being written."""
        ...

    def end(self, report: Mapping[str, Any], error: FerqtError | None) -> None:
        """A source is done, interrupted or has failed, as the report's `status` says."""
        ...


class BarTeller:
    """Tells a person: a bar on a terminal, lines on standard output.

    Args:
        quiet: No lines, because standard output is for something else.
    """

    def __init__(self, *, quiet: bool) -> None:
        self._quiet = quiet
        self._bar: ProgressBar | None = None

    def begin(self, title: str, folder: str, total: int | None, done: int) -> None:  # noqa: ARG002
        """Put up the bar."""
        self._bar = ProgressBar(title, total, done)

    def show(self, read: int) -> None:
        """Move the bar."""
        if self._bar is not None:
            self._bar.show(read)

    def print(self, line: str) -> None:
        """Print a line without tearing the bar."""
        if self._quiet:
            return
        if self._bar is None:
            print(line, flush=True)
        else:
            self._bar.print(line)

    def writing(self, name: str) -> None:
        """A bar that is full says enough."""

    def end(self, report: Mapping[str, Any], error: FerqtError | None) -> None:  # noqa: ARG002
        """Take the bar off the screen."""
        if self._bar is not None:
            self._bar.close()
            self._bar = None


class LineTeller:
    """Tells a program: JSON lines on standard output, commands on standard input.

    docs/analyze.md describes the lines.

    Args:
        commands: Holds the analysis.
        should_stop: Whether the analysis is to end; it is then not held.
        say: Writes a line.
    """

    def __init__(
        self,
        commands: Commands,
        should_stop: Callable[[], bool],
        say: Callable[[str], None] = lambda line: print(line, flush=True),
    ) -> None:
        self._commands = commands
        self._should_stop = should_stop
        self._say = say
        self._rate = RateMeter(_RATE_OVER_S)
        self._source: dict[str, Any] = {}
        self._total: int | None = None
        self._read = 0
        self._told_s = 0.0

    def begin(self, title: str, folder: str, total: int | None, done: int) -> None:
        """Tell that a source is open."""
        self._rate = RateMeter(_RATE_OVER_S)
        self._source = {"source": title, "folder": folder}
        self._total, self._read = total, done
        self._tell("started")

    def show(self, read: int) -> None:
        """Tell how far it is, some times a second, and hold the analysis while it is paused."""
        self._read = read
        if self._total is not None:
            self._total = max(self._total, read)
        self._rate.tick()
        if self._commands.paused:
            self._tell("paused")
            self._commands.hold(self._should_stop)
            self._rate = RateMeter(_RATE_OVER_S)
            self._tell("resumed")
        elif time.monotonic() - self._told_s >= _TELL_EVERY_S:
            self._tell("progress")

    def print(self, line: str) -> None:
        """Lines are for people."""

    def writing(self, name: str) -> None:
        """Tell which file is being written."""
        self._tell("writing", file=name)

    def end(self, report: Mapping[str, Any], error: FerqtError | None) -> None:
        """Tell how a source ended."""
        if not self._source:
            self._source = {"source": report["source"], "folder": report["folder"]}
        status = report["status"]
        if status == "done":
            self._total = self._read
        failure = {} if error is None else {"message": error.message, "hint": error.hint}
        self._tell(status, **failure, files=report.get("files", []))
        self._source = {}

    def _tell(self, event: str, **more: Any) -> None:
        self._told_s = time.monotonic()
        rate = self._rate.rate()
        left = None
        if self._total is not None and event == "done":
            left = 0.0
        elif self._total is not None and rate > 0:
            left = round((self._total - self._read) / rate, _SECONDS_DECIMALS)
        line = {
            "event": event,
            **self._source,
            "frames": self._read,
            "total": self._total,
            "fps": round(rate, _FPS_DECIMALS),
            "seconds_left": left,
            **more,
        }
        # Names that are no text in UTF-8 go as escapes, so that every line can be written.
        self._say(json.dumps(line, allow_nan=False))
