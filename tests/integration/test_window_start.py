import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.helpers.portraits import portrait_path

ROOT = Path(__file__).resolve().parents[2]
MAIN = ROOT / "main.py"


def run(*arguments, **environment):
    """Run a Python process as a user does, with the test's empty home."""
    known = {name: value for name, value in os.environ.items() if name not in environment}
    wanted = {name: value for name, value in environment.items() if value is not None}
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=ROOT,
        env={**known, **wanted},
        capture_output=True,
        text=True,
        timeout=90,
    )


def run_window_until(seen, source, trace):
    """Run the window, and close it as soon as `seen`, text of Python, holds for the trace's lines.

    What is wanted then comes on a busy machine, too, and nobody waits longer than it takes.
    """
    script = (
        "import gc, json, linecache, sys, threading, time\n"
        "from pathlib import Path\n"
        "from ferqt.app import main\n"
        f"trace = Path({str(trace)!r})\n"
        "def seen():\n"
        "    text = trace.read_text(encoding='utf-8') if trace.exists() else ''\n"
        "    lines = [json.loads(line) for line in text.splitlines(True) if line[-1:] == '\\n']\n"
        f"    return {seen}\n"
        "def close():\n"
        "    while not seen():\n"
        "        time.sleep(0.1)\n"
        "    from PySide6.QtCore import QCoreApplication, QMetaObject, Qt\n"
        "    QMetaObject.invokeMethod(\n"
        "        QCoreApplication.instance(), 'closeAllWindows', Qt.QueuedConnection\n"
        "    )\n"
        "threading.Thread(target=close, daemon=True).start()\n"
        f"code = main([{source!r}, '--exit-after', '60', '--trace', str(trace)])\n"
        "assert gc.isenabled()\n"
        "read = [name for name in linecache.cache if 'numpy' in name]\n"
        "assert not read, f'Qt read the source of {read}'\n"
        "heavy = {'tensorflow', 'keras', 'training'} & sys.modules.keys()\n"
        "sys.exit(f'imported: {heavy}' if heavy else code)\n"
    )
    ended = run("-c", script, QT_QPA_PLATFORM="offscreen")
    assert (ended.returncode, ended.stderr, ended.stdout) == (0, "", "")
    return [json.loads(line) for line in trace.read_text(encoding="utf-8").splitlines()]


def test_the_window_reads_the_demo_without_tensorflow(tmp_path):
    # The view is also painted while no result comes, as when it gets its size.
    seen = "sum(line.get('painted', 0) for line in lines) > 40"
    lines = run_window_until(seen, "demo", tmp_path / "trace.jsonl")
    events = [line["event"] for line in lines]
    for event in ("window_shown", "model_ready", "first_result", "first_face", "stats", "end"):
        assert event in events
    stages = [line["stages_ms"] for line in lines if line["event"] == "stats"][-1]
    assert set(stages) == {"detect", "track", "crop", "classify", "smooth"}
    assert lines[-1]["results"] > 20
    assert sum(line["painted"] for line in lines if line["event"] == "stats") > 20
    assert lines[-1]["busiest_ms"] > 0
    assert all("busy_ms" in line for line in lines if line["event"] == "stall")


@pytest.mark.skipif(sys.platform != "linux", reason="X11 and Wayland are Linux's")
@pytest.mark.parametrize(
    "display", [{"DISPLAY": None}, {"DISPLAY": ":4711"}, {"DISPLAY": "nonsense"}]
)
def test_without_a_display_one_line_names_analyze(display):
    ended = run(str(MAIN), QT_QPA_PLATFORM=None, WAYLAND_DISPLAY=None, **display)
    assert ended.returncode == 1
    assert ended.stdout == ""
    assert ended.stderr.startswith("ferqt: ")
    assert "ferqt analyze" in ended.stderr
    assert ended.stderr.count("\n") == 1


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("--model", "no-such"), 2, "no-such"),
        (("--detector", "no-such"), 2, "no-such"),
        (("--trace", "/no/such/folder/t.jsonl"), 1, "no/such"),
        (("--exit-after", "soon"), 2, "soon"),
    ],
)
def test_a_bad_argument_is_one_line_and_opens_no_window(arguments, code, said):
    ended = run(str(MAIN), *arguments, QT_QPA_PLATFORM="offscreen")
    assert (ended.returncode, ended.stdout) == (code, "")
    assert said in ended.stderr
    assert ended.stderr.count("\n") == 1


@pytest.mark.parametrize("location", ["no-such.mp4", "7", "http://127.0.0.1:9/x.mjpg"])
def test_a_source_that_cannot_be_opened_leaves_the_window_open(location, tmp_path):
    trace = tmp_path / "trace.jsonl"
    ended = run(
        str(MAIN), location, "--exit-after", "6", "--trace", str(trace), QT_QPA_PLATFORM="offscreen"
    )
    assert (ended.returncode, ended.stderr) == (0, "")
    last = json.loads(trace.read_text(encoding="utf-8").splitlines()[-1])
    assert last["event"] == "end"
    assert last["t"] > 5.5
    assert last["results"] == 0


def test_the_address_that_a_file_manager_passes_is_opened(tmp_path):
    picture = tmp_path / "a face ü.jpg"
    picture.write_bytes(portrait_path().read_bytes())
    seen = "any(line['event'] == 'first_face' for line in lines)"
    lines = run_window_until(seen, picture.as_uri(), tmp_path / "trace.jsonl")
    assert "first_face" in [line["event"] for line in lines]


def test_modules_are_imported_without_qt_reading_and_keeping_their_source():
    script = (
        "import linecache, sys\n"
        "from ferqt.ui.application import create_application\n"
        "application = create_application(['ferqt'])\n"
        "kept = set(linecache.cache)\n"
        "import colorsys\n"
        "sys.exit(str(set(linecache.cache) - kept or ''))\n"
    )
    ended = run("-c", script, QT_QPA_PLATFORM="offscreen")
    assert (ended.stderr.strip(), ended.stdout) == ("", "")
