"""Processes of ferqt's own whose work is measured: a start, the painting, an analysis."""

import json
import os
import subprocess
import sys
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

from ferqt.errors import FerqtError

_ROOT: Final = Path(__file__).resolve().parents[2]
_WORD: Final = "--ferqt-bench"
_PATIENCE_S: Final = 5.0

START: Final = "start"
PAINTING: Final = "painting"

_MODULES: Final = MappingProxyType(
    {START: "ferqt.bench.start_child", PAINTING: "ferqt.ui.painting_times"}
)
"""What runs in the processes. By name: the command line itself needs no Qt."""


class BenchError(FerqtError):
    """A process that was to be measured has failed."""


def program_command() -> list[str]:
    """Return the beginning of the command that runs ferqt itself."""
    if getattr(sys, "frozen", False):
        return [sys.executable]
    return [sys.executable, "-m", "ferqt"]


def ask_child(name: str, *words: str, timeout_s: float) -> dict[str, Any]:
    """Run one of the modules in a process of its own and return its answer.

    Args:
        name: `START` or `PAINTING`.
        words: Arguments.
        timeout_s: After this time it is ended.

    Raises:
        BenchError: It failed; says how.
        KeyboardInterrupt: Ctrl+C; it has ended then.
    """
    if getattr(sys, "frozen", False):
        command = [sys.executable, _WORD, name, *words]
    else:
        command = [sys.executable, "-m", _MODULES[name], *words]
    with child(command) as process:
        try:
            said, _ = process.communicate(timeout=timeout_s)
        except subprocess.TimeoutExpired:
            raise BenchError(f"{name} took longer than {timeout_s:.0f} s") from None
    lines = said.splitlines()
    if process.returncode != 0 or not lines:
        raise BenchError(f"the process for {name} ended with code {process.returncode}")
    answer: dict[str, Any] = json.loads(lines[-1])
    if "problem" in answer:
        raise BenchError(answer["problem"])
    return answer


def run_if_child(arguments: Sequence[str]) -> int | None:
    """Do the work of such a process if the self-contained program was started as one.

    Args:
        arguments: Those of the process, without the program's name.

    Returns:
        The exit code; None when this is no such process.
    """
    if len(arguments) < 2 or arguments[0] != _WORD:
        return None
    code: int = import_module(_MODULES[arguments[1]]).main(list(arguments[2:]))
    return code


@contextmanager
def child(command: Sequence[str]) -> Generator[subprocess.Popen[str], None, None]:
    """Start a process that reads and writes text, and have it ended when the block is left."""
    path = os.pathsep.join(filter(None, (str(_ROOT), os.environ.get("PYTHONPATH"))))
    environment = {**os.environ, "PYTHONPATH": path, "PYTHONUTF8": "1"}
    process = subprocess.Popen(
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        encoding="utf-8",
        env=environment,
    )
    try:
        yield process
    finally:
        if process.poll() is None:
            process.terminate()
            try:
                process.wait(_PATIENCE_S)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
        for pipe in (process.stdin, process.stdout):
            if pipe is not None and not pipe.closed:
                pipe.close()
