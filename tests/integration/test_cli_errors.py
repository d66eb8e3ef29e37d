"""What goes wrong on the command line is one clear line and an exit code, never a traceback."""

import subprocess
from pathlib import Path

import pytest

from ferqt.app import main
from tests.helpers.clips import write_clip
from tests.helpers.command_line import PROGRAM, run_ferqt
from tests.helpers.loopback import need_loopback
from tests.helpers.models import TINY_ID, Json, add_tiny_model
from tests.helpers.portraits import portrait_path, scene


def _without_temperature(card: Json) -> None:
    del card["output"]["temperature"]


@pytest.fixture
def place(user_home: Path, tmp_path: Path) -> Path:
    """A folder with files good and bad; a good and a broken model among the user's."""
    models = user_home / "ferqt" / "data" / "models"
    add_tiny_model(models)
    add_tiny_model(models, "no-temperature", edit=_without_temperature)
    write_clip(tmp_path / "good.mp4", [scene(320, 240, [(160, 120, 100)])] * 5, fps=10)
    (tmp_path / "empty.mp4").touch()
    (tmp_path / "text.mp4").write_text("These are words.\n", encoding="utf-8")
    (tmp_path / "torn.jpg").write_bytes(b"\xff\xd8\xff torn")
    (tmp_path / "nothing").mkdir()
    (tmp_path / "old").mkdir()
    (tmp_path / "old" / "frames.csv").write_text("precious", encoding="utf-8")
    return tmp_path


OUT = ("--out", "out", "--model", TINY_ID)

CASES: dict[str, tuple[int, tuple[str, ...], str]] = {
    "missing file": (1, ("analyze", "no.mp4", *OUT), "'no.mp4': there is no such file"),
    "empty file": (1, ("analyze", "empty.mp4", *OUT), "empty.mp4': the file is empty"),
    "text named mp4": (1, ("analyze", "text.mp4", *OUT), "text.mp4': it is not a video"),
    "torn picture": (1, ("analyze", "torn.jpg", *OUT), "torn.jpg': "),
    "empty folder": (1, ("analyze", "nothing", *OUT), "there are no pictures in it"),
    "no such camera": (1, ("analyze", "7", *OUT, "--to", "1"), "camera '7'"),
    "nobody answers": (
        1,
        ("analyze", "http://me:secret@127.0.0.1:9/a.mjpg", *OUT, "--to", "1"),
        "'http://127.0.0.1:9/a.mjpg': nobody answers there",
    ),
    "endless source": (1, ("analyze", "demo", *OUT), "the source has no end: 'Demo'"),
    "begins after the end": (1, ("analyze", "good.mp4", *OUT, "--from", "9"), "is over before"),
    "unknown model": (
        2,
        ("analyze", "good.mp4", "--out", "out", "--model", "nosuch"),
        "unknown model: 'nosuch'",
    ),
    "broken card": (
        1,
        ("analyze", "good.mp4", "--out", "out", "--model", "no-temperature"),
        "output.temperature",
    ),
    "unknown detector": (
        2,
        ("analyze", "good.mp4", *OUT, "--detector", "nosuch"),
        "unknown detector: 'nosuch'",
    ),
    "unknown format": (
        2,
        ("analyze", "good.mp4", *OUT, "--format", "csv,xlsx"),
        "unknown format: 'xlsx'",
    ),
    "times the wrong way round": (
        2,
        ("analyze", "good.mp4", *OUT, "--from", "3", "--to", "2"),
        "the end lies before the beginning",
    ),
    "a time that is none": (2, ("analyze", "good.mp4", *OUT, "--from", "x"), "'x'"),
    "no output folder": (2, ("analyze", "good.mp4"), "--out"),
    "output is a file": (
        1,
        ("analyze", "good.mp4", "--out", "text.mp4", "--model", TINY_ID),
        "'text.mp4': a file is in its place",
    ),
    "output cannot be made": (
        1,
        ("analyze", "good.mp4", "--out", "/proc/nowhere", "--model", TINY_ID),
        "cannot make the folder '/proc/nowhere'",
    ),
    "old results": (
        2,
        ("analyze", "good.mp4", "--out", "old", "--model", TINY_ID),
        "frames.csv'. Choose another folder, or give --overwrite",
    ),
    "model to show is unknown": (2, ("models", "show", "nosuch"), "unknown model: 'nosuch'"),
    "model to show is broken": (1, ("models", "show", "no-temperature"), "output.temperature"),
    "no model to show": (2, ("models", "show"), "show needs the ID of a model"),
    "demo is no mp4": (2, ("demo-video", "demo.avi"), "'demo.avi'"),
    "demo would replace a file": (2, ("demo-video", "good.mp4"), "--overwrite"),
    "demo has no folder": (1, ("demo-video", "nowhere/demo.mp4"), "nowhere/demo.mp4"),
}


@pytest.mark.allow_error_logs
@pytest.mark.parametrize(("code", "arguments", "said"), CASES.values(), ids=CASES.keys())
def test_a_failure_is_one_line_and_its_exit_code(
    code: int,
    arguments: tuple[str, ...],
    said: str,
    place: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    if "nobody answers" in said:
        need_loopback()
    monkeypatch.chdir(place)

    # In this process, which has the libraries loaded already: a table of processes takes minutes.
    try:
        ended = main(arguments)
    except SystemExit as end:
        ended = end.code

    output = capfd.readouterr()
    assert (ended, output.out) == (code, "")
    assert output.err.startswith("ferqt: ")
    assert output.err.endswith("\n")
    assert output.err.count("\n") == 1
    assert said in output.err
    assert "secret" not in output.err
    assert not (place / "out").exists()
    assert (place / "old" / "frames.csv").read_text(encoding="utf-8") == "precious"


def test_a_failure_in_a_process_of_its_own_shows_nothing_else(place: Path) -> None:
    ended = run_ferqt("analyze", "text.mp4", *OUT, cwd=place)

    assert (ended.returncode, ended.stdout) == (1, "")
    assert ended.stderr.startswith("ferqt: cannot open 'text.mp4': it is not a video")
    assert ended.stderr.count("\n") == 1


def test_the_log_file_has_the_traceback_and_no_password(place: Path, user_home: Path) -> None:
    need_loopback()
    run_ferqt("analyze", "http://me:secret@127.0.0.1:9/a.mjpg", *OUT, "--to", "1", cwd=place)

    log = (user_home / "ferqt" / "log" / "ferqt.log").read_text(encoding="utf-8")
    assert "Traceback (most recent call last)" in log
    assert "nobody answers" in log
    assert "secret" not in log


def test_results_are_replaced_when_asked(place: Path) -> None:
    arguments = ("analyze", "good.mp4", "--out", "old", "--model", TINY_ID)

    ended = run_ferqt(*arguments, "--overwrite", cwd=place)

    assert (ended.returncode, ended.stderr) == (0, "")
    assert (place / "old" / "frames.csv").read_text(encoding="utf-8").count("\n") == 6


@pytest.mark.parametrize("arguments", [("models", "list"), ("analyze", portrait_path(), *OUT)])
def test_a_reader_that_goes_away_ends_the_program_quietly(
    arguments: tuple[str | Path, ...], place: Path
) -> None:
    running = subprocess.Popen(
        [*PROGRAM, *arguments], cwd=place, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert running.stdout is not None
    running.stdout.close()
    assert running.stderr is not None
    said = running.stderr.read()
    running.stderr.close()

    assert running.wait(timeout=30) == 141
    assert said == b""
