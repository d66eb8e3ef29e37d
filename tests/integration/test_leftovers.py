"""The real program is killed in its work; the next one that starts clears away after it."""

import subprocess
import time
from collections.abc import Callable
from pathlib import Path

from ferqt.paths import cache_dir
from tests.helpers.command_line import PROGRAM, run_ferqt

_PATIENCE_S = 30.0


def wait_for(holds: Callable[[], object]) -> None:
    deadline = time.monotonic() + _PATIENCE_S
    while not holds():
        assert time.monotonic() < deadline
        time.sleep(0.01)


def test_a_killed_command_leaves_half_a_film_only_until_the_next_start(tmp_path: Path) -> None:
    command = [*PROGRAM, "demo-video", str(tmp_path / "demo.mp4"), "--seconds", "600"]
    with subprocess.Popen(command) as working:
        wait_for(lambda: list(tmp_path.iterdir()))
        # While it lives, another start leaves its film alone.
        assert run_ferqt("sessions", "list").returncode == 0
        (part,) = tmp_path.iterdir()
        assert part.name.startswith(".demo.mp4.")
        assert working.poll() is None
        working.kill()
    assert part.exists()
    assert run_ferqt("sessions", "list").returncode == 0
    assert list(tmp_path.iterdir()) == []
    assert list((cache_dir() / "unfinished").iterdir()) == []
