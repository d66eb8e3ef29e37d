"""Runs `ferqt analyze` for one source in a process of its own and tells how it goes.

The process prints JSON lines and reads the words "pause", "resume" and "cancel". A damaged file, or
a library that fails, can then end an analysis but not the window. Rows reach the disk while it
runs, so that whatever ends it loses none that were committed.
"""

import json
import logging
import math
import signal
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any, Final

from PySide6.QtCore import QObject, QProcess, QProcessEnvironment, QTimer, Signal

from ferqt.texts import N

_log = logging.getLogger(__name__)

_ROOT: Final = Path(__file__).resolve().parents[2]
_END_MS: Final = 20_000
"""How long a process may take to commit and end before it is told more firmly."""
_TERM_MS: Final = 5_000
_MOST_ERRORS: Final = 16_384
"""Letters of standard error that are kept."""
_MARK: Final = "ferqt: "
_EXIT_DONE: Final = 0
_EXIT_INTERRUPTED: Final = 130


class End(StrEnum):
    """How an analysis ended."""

    DONE = "done"
    FAILED = "failed"
    INTERRUPTED = "interrupted"
    CANCELED = "canceled"


@dataclass(frozen=True, slots=True)
class Progress:
    """How far an analysis is.

    Attributes:
        frames: Frames that were analyzed.
        total: Frames that there are; None when it is not known.
        fps: Frames a second; 0 while it is not known.
        seconds_left: Time that is left in s; None while it is not known.
        writing: Name of the file that is written after the last frame; "" before.
    """

    frames: int = 0
    total: int | None = None
    fps: float = 0.0
    seconds_left: float | None = None
    writing: str = ""


@dataclass(frozen=True, slots=True)
class Ending:
    """How it ended, and why.

    Attributes:
        end: The kind.
        message: What failed, in a clause; "" when nothing did.
        hint: What to do about it; may be "".
    """

    end: End
    message: str = ""
    hint: str = ""


def program_command() -> list[str]:
    """Return the beginning of the command that runs ferqt in a process of its own."""
    if getattr(sys, "frozen", False):
        return [sys.executable]
    return [sys.executable, "-m", "ferqt"]


class AnalysisProcess(QObject):
    """One analysis. Lives on the GUI thread; nothing waits, but for `wait`.

    Args:
        command: Program and first arguments, as `program_command` gives them.
        arguments: What follows: "analyze", the source, its options.
    """

    progressed = Signal(object)
    """`Progress`, some times a second."""

    paused_changed = Signal(bool)
    """Whether it is paused now."""

    ended = Signal(object)
    """`Ending`; nothing comes after it."""

    def __init__(
        self, command: Sequence[str], arguments: Sequence[str], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._command = [*command, *arguments]
        self._errors = ""
        self._told: Ending | None = None
        self._canceled = False
        self._over = False
        self._process = QProcess(self)
        self._process.setProcessEnvironment(_environment())
        self._process.readyReadStandardOutput.connect(self._read)
        self._process.readyReadStandardError.connect(self._read_errors)
        self._process.errorOccurred.connect(self._on_error)
        self._process.finished.connect(self._on_finished)
        self._firmer = QTimer(self, singleShot=True)
        self._firmer.timeout.connect(self._end_firmly)

    @property
    def process_id(self) -> int:
        """Number of the process; 0 while there is none."""
        return int(self._process.processId())

    def start(self) -> None:
        """Start the process."""
        self._process.start(self._command[0], self._command[1:])

    def pause(self) -> None:
        """Ask it to hold after the frame in work."""
        self._tell("pause")

    def resume(self) -> None:
        """Ask it to go on."""
        self._tell("resume")

    def cancel(self, end_ms: int = _END_MS) -> None:
        """Ask it to commit what it has and to end; it is ended if it does not.

        Args:
            end_ms: How long it may take.
        """
        self._canceled = True
        self._tell("cancel")
        if not self._firmer.isActive():
            self._firmer.start(end_ms)

    def wait(self, timeout_ms: int) -> None:
        """Wait for the end of a process that was canceled, and end it when the time is over."""
        if self._over:
            return
        if not self._process.waitForFinished(timeout_ms):
            _log.warning("an analysis did not end in %d ms and was ended", timeout_ms)
            self._process.kill()
            self._process.waitForFinished(timeout_ms)

    def _tell(self, word: str) -> None:
        if self._process.state() is not QProcess.ProcessState.NotRunning:
            self._process.write(f"{word}\n".encode())

    def _end_firmly(self) -> None:
        """End a process that does not answer; what it committed is on the disk."""
        _log.warning("an analysis does not end by itself: %s", self.process_id)
        if self._firmer.interval() == _TERM_MS:
            self._process.kill()
        else:
            self._process.terminate()
            self._firmer.start(_TERM_MS)

    def _read(self) -> None:
        while self._process.canReadLine():
            self._take(bytes(self._process.readLine().data()))

    def _take(self, line: bytes) -> None:
        """Take in a line; what is no JSON object of ours is dropped."""
        try:
            event = json.loads(line)
        except (ValueError, RecursionError):
            return
        if not isinstance(event, dict):
            return
        match event.get("event"):
            case "started" | "progress" | "writing":
                self.progressed.emit(_progress(event))
            case "paused":
                self.progressed.emit(_progress(event))
                self.paused_changed.emit(True)
            case "resumed":
                self.paused_changed.emit(False)
            case "done":
                self.progressed.emit(_progress(event))
                self._told = Ending(End.DONE)
            case "failed":
                self._told = Ending(End.FAILED, _text(event, "message"), _text(event, "hint"))
            case "interrupted":
                self._told = Ending(End.INTERRUPTED)

    def _read_errors(self) -> None:
        said = bytes(self._process.readAllStandardError().data()).decode(errors="replace")
        self._errors = (self._errors + said)[-_MOST_ERRORS:]

    def _on_error(self, error: QProcess.ProcessError) -> None:
        if error is QProcess.ProcessError.FailedToStart:
            self._end(
                Ending(
                    End.FAILED,
                    f"the program does not start: {self._process.errorString()}",
                    N("Notices", "Install ferqt again."),
                )
            )

    def _on_finished(self, code: int, status: QProcess.ExitStatus) -> None:
        self._read()
        self._read_errors()
        if self._errors.strip():
            _log.info("the analysis said: %s", self._errors.strip())
        self._end(self._judge(code, crashed=status is QProcess.ExitStatus.CrashExit))

    def _judge(self, code: int, *, crashed: bool) -> Ending:
        told = self._told
        if told is not None and told.end is End.DONE and not crashed:
            return told
        if self._canceled:
            return Ending(End.CANCELED)
        if crashed:
            return Ending(
                End.INTERRUPTED,
                f"the analysis was ended from outside or broke down ({_signal_name(code)})",
                N("Notices", "What was read is kept; it can go on from there."),
            )
        if told is not None and told.message:
            return told
        if code == _EXIT_DONE and told is None:
            return Ending(End.DONE)
        if code == _EXIT_INTERRUPTED or (told is not None and told.end is End.INTERRUPTED):
            return Ending(
                End.INTERRUPTED,
                "the analysis was interrupted",
                N("Notices", "What was read is kept; it can go on from there."),
            )
        return self._failure(code)

    def _failure(self, code: int) -> Ending:
        """Return what the process said on standard error, as a sentence."""
        lines = [line for line in self._errors.splitlines() if line.startswith(_MARK)]
        if lines:
            return Ending(End.FAILED, lines[-1].removeprefix(_MARK))
        return Ending(
            End.FAILED,
            f"the analysis ended with code {code}",
            N("Notices", "The log file has the details."),
        )

    def _end(self, ending: Ending) -> None:
        if not self._over:
            self._over = True
            self._firmer.stop()
            self.ended.emit(ending)


def _environment() -> QProcessEnvironment:
    """Return this process's environment, in which ferqt is found and says its lines at once."""
    environment = QProcessEnvironment.systemEnvironment()
    environment.insert("PYTHONUNBUFFERED", "1")
    environment.insert("PYTHONUTF8", "1")
    if not getattr(sys, "frozen", False):
        others = environment.value("PYTHONPATH")
        separator = ";" if sys.platform == "win32" else ":"
        environment.insert("PYTHONPATH", f"{_ROOT}{separator}{others}" if others else f"{_ROOT}")
    return environment


def _progress(event: dict[str, Any]) -> Progress:
    total = _number(event, "total")
    return Progress(
        frames=int(_number(event, "frames") or 0),
        total=None if total is None else int(total),
        fps=_number(event, "fps") or 0.0,
        seconds_left=_number(event, "seconds_left"),
        writing=_text(event, "file"),
    )


def _number(event: dict[str, Any], name: str) -> float | None:
    value = event.get(name)
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return float(value) if math.isfinite(value) and value >= 0 else None


def _text(event: dict[str, Any], name: str) -> str:
    value = event.get(name)
    return value if isinstance(value, str) else ""


def _signal_name(code: int) -> str:
    try:
        return signal.Signals(code).name
    except ValueError:
        return f"{code}"
