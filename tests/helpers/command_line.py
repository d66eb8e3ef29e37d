"""The real program in a process of its own, as a person starts it from a shell."""

import sqlite3
import subprocess
import sys
import time
from contextlib import closing, suppress
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


def frames_in(session: Path) -> int:
    """Number of frames that are committed to a session, also while it is written."""
    with closing(sqlite3.connect(f"{session.as_uri()}?mode=ro", uri=True)) as connection:
        (frames,) = connection.execute("SELECT count(*) FROM frames").fetchone()
        return int(frames)


def wait_for_rows(session: Path, count: int, timeout_s: float = 30) -> None:
    """Wait until so many frames of a session that another process writes are committed."""
    deadline = time.monotonic() + timeout_s
    while time.monotonic() < deadline:
        with suppress(sqlite3.Error):
            if session.exists() and frames_in(session) >= count:
                return
        time.sleep(0.05)
    raise AssertionError(f"{session} has no {count} frames after {timeout_s:g} s")
