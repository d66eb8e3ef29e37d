"""The real program is killed in its work; the next one that starts clears away after it."""

import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from ferqt.drafts import remove_unfinished
from ferqt.paths import cache_dir
from tests.helpers.command_line import PROGRAM, run_ferqt

_PATIENCE_S = 30.0

_ADDING = """
import sys
from pathlib import Path
from ferqt.classifiers.adding import stage_model
from ferqt.classifiers.helper_process import Watch

stage_model(Path(sys.argv[1]), Path(sys.argv[2]), Watch(lambda step: print(step, flush=True)))
"""


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


@pytest.mark.slow
def test_a_model_that_was_being_looked_at_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither its copy nor what TensorFlow puts into the system's temporary folder."""
    models, temporary = tmp_path / "models", tmp_path / "temporary"
    temporary.mkdir()
    monkeypatch.setenv("TMPDIR", str(temporary))
    model = Path(__file__).parents[1] / "data" / "models" / "tiny-fer7" / "model.keras"
    command = [sys.executable, "-c", _ADDING, str(model), str(models)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as working:
        assert working.stdout is not None
        assert "load\n" in iter(working.stdout.readline, "")
        assert [path.name[:8] for path in models.iterdir()] == [".adding-"]
        working.kill()
    wait_for(lambda: remove_unfinished() or not list(models.iterdir()))
    wait_for(lambda: not list(models.iterdir()))
    assert list(temporary.iterdir()) == []
