"""No socket leads anywhere but to this computer; see `scripts.soak.offline`."""

import subprocess
import sys
from errno import ENETUNREACH
from pathlib import Path

import pytest

from scripts.soak.sockets import alone, can_watch, read_notes, watch

_PYTHON = [sys.executable, "-m"]
_KNOCK = "import socket; socket.socket().connect_ex(('127.0.0.1', 9))"
_BROUGHT = """
import sys
from ferqt.classifiers.keras_backend import _without_ipv6
with _without_ipv6():
    sys.addaudithook(lambda event, _: event != "socket.__new__" or sys.exit(event))
    import urllib3
"""

NOTES = """\
42 socket(AF_UNIX, SOCK_STREAM|SOCK_CLOEXEC, 0) = 5
42 connect(5, {sa_family=AF_UNIX, sun_path="/run/user/1000/bus"}, 110) = 0
43 socket(AF_INET6, SOCK_DGRAM|SOCK_CLOEXEC, IPPROTO_IP) = 6
43 connect(6, {sa_family=AF_INET, sin_port=htons(53), sin_addr=inet_addr("10.0.0.1")}, 16) = -1
43 +++ exited with 0 +++
"""

watched = pytest.mark.skipif(not can_watch(), reason="this computer has no strace that may trace")


def test_what_strace_writes_is_read() -> None:
    families, strange = read_notes(NOTES)
    assert families == {"AF_UNIX": 2, "AF_INET6": 1, "AF_INET": 1}
    assert len(strange) == 2
    assert strange[1].startswith("connect(6, {sa_family=AF_INET, sin_port=htons(53)")


@watched
def test_a_program_that_knocks_anywhere_is_noticed(tmp_path: Path) -> None:
    seen = watch([sys.executable, "-c", _KNOCK], tmp_path, 30)
    assert seen.code == 0
    assert any("inet_addr" in call for call in seen.strange)


@pytest.mark.skipif(not alone(), reason="this computer lets nobody leave the network")
def test_without_a_network_there_is_not_even_this_computer() -> None:
    code = "import socket; raise SystemExit(socket.socket().connect_ex(('127.0.0.1', 9)))"
    done = subprocess.run([*alone(), sys.executable, "-c", code], check=False)
    assert done.returncode == ENETUNREACH


@pytest.mark.slow
@watched
def test_the_window_reads_the_demo_and_shows_its_help_without_a_network(tmp_path: Path) -> None:
    tour = [*_PYTHON, "scripts.soak.offline_tour", str(tmp_path), "demo", "help"]
    seen = watch(tour, tmp_path, 120)
    assert (seen.code, seen.strange) == (0, ()), seen.output
    assert "step demo" in seen.output
    assert "step help" in seen.output


def test_what_keras_brings_along_asks_for_no_socket() -> None:
    """The soak adds a whole model, which takes longer."""
    done = subprocess.run([sys.executable, "-c", _BROUGHT], check=False, capture_output=True)
    assert (done.returncode, done.stderr) == (0, b"")


@watched
def test_a_command_reads_a_film_without_a_network(tmp_path: Path) -> None:
    film = tmp_path / "film.mp4"
    seen = watch([*_PYTHON, "ferqt", "demo-video", str(film), "--seconds", "0.2"], tmp_path, 60)
    assert (seen.code, seen.strange) == (0, ()), seen.output
    out = str(tmp_path / "results")
    seen = watch([*_PYTHON, "ferqt", "analyze", str(film), "--out", out], tmp_path, 60)
    assert (seen.code, seen.strange) == (0, ()), seen.output
