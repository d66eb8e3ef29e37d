"""A helper process has little, and whatever ends it is one sentence for the one who waits."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from ferqt.classifiers import helper_process
from ferqt.classifiers.adding import stage_model
from ferqt.classifiers.helper_process import Ended, Watch, run_helper
from ferqt.errors import ModelError
from tests.helpers.models import TINY_FOLDER

CONFINED = "from ferqt.classifiers.confinement import confine, limit_memory; cut_off = confine()\n"
posix = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such limits")


def run(code: str, folder: Path, monkeypatch: pytest.MonkeyPatch, timeout_s: float = 30) -> Ended:
    """Run code as a helper process runs a model."""
    monkeypatch.setattr(helper_process, "helper_command", lambda _: [sys.executable, "-c", code])
    return run_helper("a.module", [], folder, Watch(), timeout_s)


def answer(code: str) -> str:
    """What confined code prints."""
    done = subprocess.run([sys.executable, "-c", CONFINED + code], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("import os; os.kill(os.getpid(), 11)", "crashed (SIGSEGV)"),
        ("import os; os.abort()", "crashed (SIGABRT)"),
        ("import os; os.kill(os.getpid(), 9)", "crashed (SIGKILL)"),
        ("import os; os._exit(7)", "ended with code 7"),
        ("raise ValueError('x')", "ended with code 1"),
        ("import sys; sys.stderr.write('x' * 1_000_000); sys.exit(3)", "ended with code 3"),
    ],
)
@posix
def test_a_crash_is_one_sentence(
    code: str, said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ended = run(code, tmp_path, monkeypatch)
    assert ended.code != 0
    assert said in ended.reason
    assert ended.hint
    assert list(tmp_path.iterdir()) == []


@posix
def test_a_crash_while_a_file_is_looked_at_is_a_refusal_that_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    crash = [sys.executable, "-c", "import os; os.kill(os.getpid(), 11)"]
    monkeypatch.setattr(helper_process, "helper_command", lambda _: crash)
    with pytest.raises(ModelError, match=r"model cannot be used: .*crashed \(SIGSEGV\)") as caught:
        stage_model(TINY_FOLDER / "model.tflite", tmp_path)
    assert caught.value.hint
    assert list(tmp_path.iterdir()) == []


@posix
def test_more_memory_than_allowed_is_an_error_in_the_helper_alone() -> None:
    code = (
        "limit_memory(300_000_000)\n"
        "try:\n    bytearray(600_000_000)\n"
        "except MemoryError:\n    print('refused')\n"
    )
    assert answer(code) == "refused"


@posix
def test_what_runs_out_of_memory_is_told_by_its_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    code = (
        "import sys\n"
        "from ferqt.classifiers.helper_process import run_if_helper\n"
        "from ferqt.classifiers import refusal\n"
        "refusal.main = lambda _: bytearray(1 << 44)\n"
        "run_if_helper(['--ferqt-helper', 'ferqt.classifiers.refusal'])\n"
    )
    ended = run(code, tmp_path, monkeypatch)
    assert ended.reason == "it needs more memory than a network for faces may take"


@posix
def test_a_file_cannot_grow_without_end_and_no_core_is_left() -> None:
    code = (
        "import resource\n"
        "print(resource.getrlimit(resource.RLIMIT_FSIZE)[1] <= 2_000_000_000,"
        " resource.getrlimit(resource.RLIMIT_CORE)[1])\n"
    )
    assert answer(code) == "True 0"


def test_it_opens_no_connection_and_starts_no_program() -> None:
    code = (
        "import os, socket, subprocess\n"
        "there = ('127.0.0.1', 9)\n"
        "for use in (\n"
        "    lambda: socket.create_connection(there),\n"
        "    lambda: socket.getaddrinfo('localhost', 80),\n"
        "    lambda: socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b'x', there),\n"
        "    lambda: os.system('true'),\n"
        "    lambda: subprocess.Popen(['true']),\n"
        "):\n"
        "    try:\n        use()\n        print('used')\n"
        "    except PermissionError:\n        print('refused')\n"
    )
    assert set(answer(code).split()) == {"refused"}


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux has network namespaces")
def test_where_the_system_allows_it_the_helper_has_no_network_at_all() -> None:
    code = "names = open('/proc/net/dev').read()\nprint(cut_off, names.count(':'), os.getuid())"
    cut_off, interfaces, user = answer(f"import os\n{code}").split()
    if cut_off == "False":
        pytest.skip("this system lets nobody make a network namespace")
    # The loopback interface is there, but down.
    assert int(interfaces) <= 1
    assert int(user) == os.getuid()


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells a process that")
def test_it_ends_with_the_program_that_started_it() -> None:
    """A killed program leaves no process at work."""
    child = CONFINED + "print('ready', flush=True)\nimport time; time.sleep(60)"
    parent = (
        "import subprocess, sys, os\n"
        f"child = subprocess.Popen([sys.executable, '-c', {child!r}], stdout=subprocess.PIPE)\n"
        "child.stdout.readline()\nprint(child.pid, flush=True)\nos.kill(os.getpid(), 9)\n"
    )
    # The child holds the pipes, so that this returns when both have ended.
    subprocess.run([sys.executable, "-c", parent], capture_output=True, timeout=30)
