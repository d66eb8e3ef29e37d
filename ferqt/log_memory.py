"""The last lines of this run's log and its notices, in memory, for whoever shows them."""

import logging
import time
from collections import deque
from dataclasses import dataclass, replace
from threading import Lock
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from ferqt.core.types import Notice

_MOST_LINES: Final = 1000
_MOST_TEXT: Final = 2_000
_MOST_DETAILS: Final = 8_000
_TOLD_WITHIN_S: Final = 2.0

_LEVELS: Final = {"info": logging.INFO, "warning": logging.WARNING, "error": logging.ERROR}
"""By a notice's severity."""

NOTICE_SOURCE: Final = "notice"
"""Source of the lines that were shown to the person as a notice."""


def log_memory() -> "LogMemory":
    """Return the memory that ferqt's records go to, made at the first call."""
    logger = logging.getLogger("ferqt")
    for handler in logger.handlers:
        if isinstance(handler, LogMemory):
            return handler
    made = LogMemory()
    logger.addHandler(made)
    return made


@dataclass(frozen=True, slots=True)
class LogLine:
    """One line.

    Attributes:
        number: From 1, growing; a line that is completed later keeps its number.
        time_s: When, in s since 1970.
        level: One of `logging`'s levels.
        source: Name of the logger, or `NOTICE_SOURCE`.
        text: What happened; may have several lines.
        details: A traceback or a notice's details; may be "".
        change: Growing over all lines, new with each change of this one.
    """

    number: int
    time_s: float
    level: int
    source: str
    text: str
    details: str
    change: int


class LogMemory(logging.Handler):
    """Keeps the newest lines; a storm of them pushes the oldest out.

    Any thread may log. Whoever shows the lines asks for them with `since`, at a pace of its own, so
    that a thread that logs a lot holds nobody up.

    Args:
        most_lines: Lines kept.
    """

    def __init__(self, most_lines: int = _MOST_LINES) -> None:
        super().__init__()
        self._guard = Lock()
        self._lines: deque[LogLine] = deque(maxlen=most_lines)
        self._count = 0
        self._changes = 0
        self._formatter = logging.Formatter()

    @property
    def most_lines(self) -> int:
        """Lines kept."""
        return self._lines.maxlen or 0

    def emit(self, record: logging.LogRecord) -> None:
        """Take a record in; called by `logging`."""
        try:
            text = record.getMessage()
            details = self._formatter.formatException(record.exc_info) if record.exc_info else ""
        except Exception:  # noqa: BLE001 - as logging's own handlers: a bad record must not raise
            self.handleError(record)
            return
        with self._guard:
            self._append(record.created, record.levelno, record.name, text, details)

    def add_notice(self, notice: "Notice") -> None:
        """Take in what the person was told.

        A record of the same that was logged just before becomes the notice's line and gives it its
        traceback.
        """
        text = ": ".join(part for part in (notice.title, notice.text) if part)
        told = f"{text}. {notice.hint}" if notice.hint else text
        now_s = time.time()
        with self._guard:
            for place in range(len(self._lines) - 1, -1, -1):
                line = self._lines[place]
                if now_s - line.time_s > _TOLD_WITHIN_S:
                    break
                if line.source != NOTICE_SOURCE and line.text.startswith(text):
                    self._changes += 1
                    self._lines[place] = replace(
                        line,
                        level=_LEVELS[notice.severity],
                        source=NOTICE_SOURCE,
                        text=told[:_MOST_TEXT],
                        details=notice.details or line.details,
                        change=self._changes,
                    )
                    return
            self._append(now_s, _LEVELS[notice.severity], NOTICE_SOURCE, told, notice.details)

    def since(self, change: int) -> list[LogLine]:
        """Return what came or changed after a `LogLine.change`, oldest first; all after 0."""
        with self._guard:
            return [line for line in self._lines if line.change > change]

    def _append(self, time_s: float, level: int, source: str, text: str, details: str) -> None:
        self._count += 1
        self._changes += 1
        self._lines.append(
            LogLine(
                self._count,
                time_s,
                level,
                source,
                text[:_MOST_TEXT],
                # The end of a traceback says what went wrong.
                details[-_MOST_DETAILS:],
                self._changes,
            )
        )
