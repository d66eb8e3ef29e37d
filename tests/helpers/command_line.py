"""The real program in a process of its own, as a person starts it from a shell."""

import subprocess
import sys
from pathlib import Path

PROGRAM = [sys.executable, str(Path(__file__).parents[2] / "main.py")]


def run_ferqt(
    *arguments: str | Path, cwd: Path | None = None, timeout_s: float = 60
) -> subprocess.CompletedProcess[str]:
    """Run `ferqt ARGUMENTS` to its end and return what it said; its home is the test's."""
    return subprocess.run(
        [*PROGRAM, *map(str, arguments)],
        cwd=cwd,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=timeout_s,
        check=False,
    )
