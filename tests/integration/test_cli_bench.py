"""`ferqt bench`: every part is measured, and what cannot be is said in a line."""

import json
import os
import signal
import subprocess
import time
from pathlib import Path
from typing import Any

import pytest

from ferqt.app import main
from tests.helpers.clips import write_clip
from tests.helpers.command_line import PROGRAM, run_ferqt
from tests.helpers.portraits import scene

_PATIENCE_S = 30.0


@pytest.fixture
def clip(tmp_path: Path) -> Path:
    path = tmp_path / "clip.mp4"
    write_clip(path, [scene(320, 240, [(150 + n, 120, 100)]) for n in range(12)], fps=10)
    return path


def test_a_film_of_ones_own_is_measured(clip: Path) -> None:
    parts = "live,painting,start,analysis"
    ended = run_ferqt("bench", clip, "--quick", "--parts", parts, "--json")

    assert (ended.returncode, ended.stderr) == (0, "")
    told = json.loads(ended.stdout)
    (row,) = told["live"]
    live: dict[str, Any] = row["live"]
    assert (row["placed"], live["faces"], live["size"]) == (None, 1, "320x240")
    assert live["stages_ms"].keys() == {
        *("decode", "detect", "landmarks", "track", "crop", "classify", "smooth")
    }
    assert live["frame_ms"]["mean"] > live["stages_ms"]["classify"]["mean"] > 0
    assert live["results_per_s"] == pytest.approx(1000 / live["frame_ms"]["mean"], rel=0.01)
    assert live["latency_ms"]["median"] > 0
    assert live["paced_fps"] == 10
    assert (told["models"], told["detectors"]) == ([], [])
    (paint,) = told["painting"]
    assert 0 < paint["overlay_ms"]["median"] < paint["view_ms"]["p95"]
    steps = told["start"]["steps_ms"]
    assert list(steps) == ["interpreter", "imports", "model", "detector", "first_result"]
    assert told["start"]["total_ms"] == pytest.approx(sum(steps.values()), abs=0.2)
    assert told["analysis"]["frames"] == 12
    assert told["analysis"]["frames_per_s"] > 0
    assert told["problems"] == []
    assert told["machine"]["cores"] >= 1


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("nosuch.mp4",), 1, "cannot open 'nosuch.mp4': there is no such file"),
        (("0",), 2, "cannot measure with what is no file: '0'"),
        (("--parts", "speed"), 2, "unknown part: 'speed'. Known: live, detectors,"),
        (("--quick", "--seconds", "2"), 2, "--seconds: not allowed with argument --quick"),
        (("--seconds", "0"), 2, "--seconds: not longer than 0 seconds"),
    ],
)
@pytest.mark.allow_error_logs
def test_what_cannot_be_measured_is_one_line(
    arguments: tuple[str, ...],
    code: int,
    said: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    try:
        ended = main(["bench", *arguments])
    except SystemExit as end:
        ended = end.code

    output = capfd.readouterr()
    assert (ended, output.out, output.err.count("\n")) == (code, "", 1)
    assert output.err.startswith("ferqt: ")
    assert said in output.err


@pytest.mark.skipif(os.name == "nt", reason="Ctrl+C is sent as a signal")
def test_ctrl_c_ends_it_with_its_processes_and_leaves_nothing(tmp_path: Path) -> None:
    command = [*PROGRAM, "bench", "--parts", "live,start"]
    environment = {**os.environ, "TMPDIR": str(tmp_path)}
    with subprocess.Popen(command, env=environment, stderr=subprocess.PIPE, text=True) as running:
        deadline = time.monotonic() + _PATIENCE_S
        while not list(tmp_path.glob(".ferqt-bench-*")):
            assert time.monotonic() < deadline
            time.sleep(0.01)
        running.send_signal(signal.SIGINT)
        _, said = running.communicate(timeout=_PATIENCE_S)

    assert (running.returncode, said) == (130, "ferqt: interrupted\n")
    assert list(tmp_path.iterdir()) == []
