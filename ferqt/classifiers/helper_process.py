"""Runs a module of ferqt in a process of its own: what takes gigabytes, or files of strangers.

The process gets a clean environment, limits (see `confinement`), and may be given up. On its way it
says which step it has reached. The self-contained folder has no interpreter to run a module with:
there the program starts itself, and `run_if_helper` takes over.
"""

import importlib
import logging
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import IO, Final

from ferqt.classifiers.confinement import confine
from ferqt.classifiers.refusal import NO_MEMORY, TOO_LARGE, is_out_of_memory
from ferqt.errors import ModelError

_log = logging.getLogger(__name__)

_ROOT: Final = Path(__file__).resolve().parents[2]
_POLL_S: Final = 0.1
_MARK: Final = "ferqt: "
_BETWEEN: Final = "\t"
_STEP_MARK: Final = "ferqt-step: "
_HELPER_WORD: Final = "--ferqt-helper"
_PACKAGE: Final = "ferqt.classifiers."
_ENTRY: Final = "ferqt.classifiers.helper_main"
_MOST_SAID: Final = 100_000
_LONGEST_LINE: Final = 10_000
_LONGEST_REASON: Final = 200
_KEPT_VARIABLES: Final = ("PATH", "HOME", "LANG", "LD_LIBRARY_PATH", "SYSTEMROOT")


class Step(StrEnum):
    """What is being done to a model file."""

    INSPECT = "inspect"
    COPY = "copy"
    START = "start"
    LOAD = "load"
    CONVERT = "convert"
    COMPARE = "compare"


class CanceledError(ModelError):
    """The person gave up; nothing went wrong."""


@dataclass(frozen=True, slots=True)
class Ended:
    """How the process ended.

    Attributes:
        code: Its exit code, negative when a signal ended it.
        reason: What it told with `tell_reason`, or how it ended if it told nothing; "" when all
            went well.
        hint: The hint that came with it.
    """

    code: int
    reason: str
    hint: str


@dataclass(frozen=True, slots=True)
class Watch:
    """How a long job speaks to the one who waits for it; any thread.

    Attributes:
        on_step: Called with each step when it begins, in the thread that does the job.
        canceled: Set to give up; the job then raises `CanceledError` soon.
    """

    on_step: Callable[[Step], None] = lambda _: None
    canceled: threading.Event | None = None

    def begin(self, step: Step) -> None:
        """Say that a step begins.

        Raises:
            CanceledError: The job was given up.
        """
        self.check()
        self.on_step(step)

    def check(self) -> None:
        """Raise `CanceledError` if the job was given up."""
        if self.canceled is not None and self.canceled.is_set():
            raise CanceledError("given up")


def run_helper(
    module: str, arguments: Sequence[str | Path], folder: Path, watch: Watch, timeout_s: float
) -> Ended:
    """Run `python -m MODULE ARGUMENTS` to its end.

    Args:
        module: Dotted name of a module beside this one, with a `main` that takes the arguments.
        arguments: Paths must be absolute.
        folder: Where it runs and may write.
        watch: Hears of its steps and may give it up.
        timeout_s: After this time it is ended.

    Raises:
        CanceledError: It was given up.
        ModelError: It took longer than `timeout_s`.
    """
    environment = {name: os.environ[name] for name in _KEPT_VARIABLES if name in os.environ}
    # What libraries put into temporary files goes with the folder, whatever ends the process.
    environment |= dict.fromkeys(("TEMP", "TMP", "TMPDIR"), str(folder))
    environment |= {
        "CUDA_VISIBLE_DEVICES": "-1",
        "KERAS_BACKEND": "tensorflow",
        "KERAS_HOME": str(folder),
        "PYTHONPATH": str(_ROOT),
        # The folder it runs in holds a stranger's file.
        "PYTHONSAFEPATH": "1",
        "TF_CPP_MIN_LOG_LEVEL": "3",
    }
    watch.begin(Step.START)
    errors = folder / "errors.txt"
    with errors.open("wb") as file:
        process = subprocess.Popen(
            [*helper_command(module), *map(str, arguments)],
            env=environment,
            cwd=folder,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=file,
            text=True,
            errors="replace",
        )
    assert process.stdout is not None
    reader = threading.Thread(
        target=_follow, args=(process.stdout, watch), name="ferqt-helper-steps", daemon=True
    )
    reader.start()
    try:
        _wait(process, watch, timeout_s)
    finally:
        if process.poll() is None:
            process.kill()
            process.wait()
        reader.join()
        process.stdout.close()
    return _ended(module, process.returncode, errors)


def helper_command(module: str) -> list[str]:
    """Return the beginning of the command that runs a module in a process of its own."""
    if getattr(sys, "frozen", False):
        return [sys.executable, _HELPER_WORD, module]
    return [sys.executable, "-m", _ENTRY, _HELPER_WORD, module]


def run_if_helper(arguments: Sequence[str]) -> int | None:
    """Do the work of a helper process if the self-contained program was started as one.

    Args:
        arguments: Those of the process, without the program's name.

    Returns:
        The exit code; None when this is no helper process.
    """
    if len(arguments) < 2 or arguments[0] != _HELPER_WORD:
        return None
    module = arguments[1]
    if not module.startswith(_PACKAGE):
        raise ValueError(f"no helper: {module!r}")
    confine()
    try:
        code: int = importlib.import_module(module).main(list(arguments[2:]))
    except Exception as error:
        # A stranger's file brings libraries to errors that nobody has listed.
        if is_out_of_memory(error):
            tell_reason(NO_MEMORY, TOO_LARGE)
        else:
            tell_reason(f"{type(error).__name__}: {error}"[:_LONGEST_REASON])
        raise
    return code


def tell_step(step: Step) -> None:
    """Say in the helper process which step begins."""
    sys.stdout.write(f"\n{_STEP_MARK}{step}\n")
    sys.stdout.flush()


def tell_reason(reason: str, hint: str = "") -> None:
    """Say in the helper process why it fails, and what to do about it."""
    sys.stderr.write(f"\n{_MARK}{' '.join(reason.split())}{_BETWEEN}{' '.join(hint.split())}\n")


def _ended(module: str, code: int, errors: Path) -> Ended:
    """What the process left in its file of errors, which is removed."""
    with errors.open("rb") as file:
        file.seek(max(0, errors.stat().st_size - _MOST_SAID))
        said = file.read().decode("utf-8", "replace")
    errors.unlink()
    if code == 0:
        return Ended(code, "", "")
    _log.warning("%s failed (%d): %s", module, code, said)
    told = [line for line in said.splitlines() if line.startswith(_MARK)]
    if not told:
        return Ended(code, _end_text(code), "The log has the details.")
    reason, _, hint = told[-1].removeprefix(_MARK).partition(_BETWEEN)
    return Ended(code, reason, hint or "The log has the details.")


def _end_text(code: int) -> str:
    if code < 0 and -code in set(signal.Signals):
        return f"the process that tried it crashed ({signal.Signals(-code).name})"
    return f"the process that tried it ended with code {code}"


def _wait(process: subprocess.Popen[str], watch: Watch, timeout_s: float) -> None:
    deadline = time.monotonic() + timeout_s
    while True:
        try:
            process.wait(_POLL_S)
        except subprocess.TimeoutExpired:
            watch.check()
            if time.monotonic() > deadline:
                raise ModelError(
                    f"the model took longer than {timeout_s:.0f} s to be made ready",
                    "Try again when the computer has less to do.",
                ) from None
        else:
            return


def _follow(output: IO[str], watch: Watch) -> None:
    """Pass on the steps; whatever else is printed is dropped."""
    for line in iter(lambda: output.readline(_LONGEST_LINE), ""):
        name = line.removeprefix(_STEP_MARK).strip()
        if line.startswith(_STEP_MARK) and name in set(Step):
            watch.on_step(Step(name))
