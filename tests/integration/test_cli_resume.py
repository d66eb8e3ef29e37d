"""`ferqt analyze` killed at any moment goes on and ends with the files of an unbroken run."""

import json
import random
import shutil
import sqlite3
import subprocess
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from ferqt.cli import build_parser, run
from ferqt.core.types import Image
from tests.helpers.clips import write_clip
from tests.helpers.command_line import PROGRAM, frames_in, run_ferqt, wait_for_rows
from tests.helpers.mjpeg_server import MjpegServer
from tests.helpers.models import TINY_ID, add_tiny_model
from tests.helpers.portraits import PlacedFace, scene

COUNT = 60
FILES = ("frames.csv", "metadata.json")


@pytest.fixture(scope="module")
def models(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("data")
    add_tiny_model(folder / "models")
    add_tiny_model(folder / "models", "tiny-other")
    return folder


@pytest.fixture(autouse=True)
def tiny_model(models: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FERQT_DATA_DIR", str(models))


def _frames(count: int) -> Iterator[Image]:
    noise = np.random.default_rng(2)
    face = PlacedFace(90, 120, 90)
    for step in range(count):
        at = step % COUNT
        faces = [replace(face, center_x=90 + 2 * at, roll=at / 2)] if step % 20 < 16 else []
        grain = noise.integers(-4, 5, (240, 320, 1))
        yield np.clip(scene(320, 240, faces) + grain, 0, 255).astype(np.uint8)


@pytest.fixture(scope="module")
def clip(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("clips") / "talk.mp4"
    write_clip(path, _frames(COUNT), fps=30)
    return path


@pytest.fixture(scope="module")
def unbroken(clip: Path, models: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("unbroken")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("FERQT_DATA_DIR", str(models))
        assert _analyze(clip, folder).returncode == 0
    return folder


@pytest.fixture(scope="module")
def interrupted(clip: Path, models: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A session that was canceled early."""
    folder = tmp_path_factory.mktemp("interrupted")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("FERQT_DATA_DIR", str(models))
        with _Watched(clip, folder) as watched:
            watched.wait_for("progress", 3)
            watched.say("cancel")
            watched.wait_for("interrupted")
            watched.process.wait(20)
    return folder


def _analyze(clip: Path, folder: Path, *options: str) -> subprocess.CompletedProcess[str]:
    return run_ferqt("analyze", clip, "--out", folder, "--model", TINY_ID, *options)


class _Watched:
    """A running `ferqt analyze --progress jsonl`."""

    def __init__(self, clip: Path | str, folder: Path, *options: str) -> None:
        self.process = subprocess.Popen(
            [
                *(*PROGRAM, "analyze", str(clip), "--out", str(folder), "--model", TINY_ID),
                *("--progress", "jsonl", *options),
            ],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def __enter__(self) -> "_Watched":
        return self

    def __exit__(self, *_exc: object) -> None:
        self.process.kill()
        self.process.communicate(timeout=20)

    def events(self) -> Iterator[dict[str, Any]]:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            yield json.loads(line)

    def wait_for(self, event: str, frames: int = 0) -> dict[str, Any]:
        for one in self.events():
            if one["event"] == event and one["frames"] >= frames:
                return one
        raise AssertionError(f"ended without {event!r} at {frames} frames")

    def wait_for_frames(self, frames: int) -> None:
        next(one for one in self.events() if one["frames"] >= frames)

    def say(self, word: str) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write(f"{word}\n")
        self.process.stdin.flush()


def _same_files(folder: Path, unbroken: Path) -> None:
    for name in FILES:
        assert (folder / name).read_bytes() == (unbroken / name).read_bytes(), name


def _resume_here(clip: Path | str, folder: Path, *options: str) -> int:
    """Go on in this process, which has everything loaded."""
    words = ["analyze", str(clip), "--out", str(folder), "--model", TINY_ID, "--resume", *options]
    return run(build_parser().parse_args(words))


@pytest.mark.slow
@pytest.mark.parametrize(
    ("detector", "kills", "count"), [("mediapipe", 3, 5 * COUNT), ("haar", 7, COUNT)]
)
def test_an_analysis_killed_at_any_moment_goes_on_to_the_same_files(
    detector: str, kills: int, count: int, tmp_path: Path
) -> None:
    """The last time it is killed as soon as frames are committed, however quick the computer is."""
    clip = tmp_path / "talk.mp4"
    write_clip(clip, _frames(count), fps=30)
    moments = random.Random(5)
    unbroken = tmp_path / "unbroken"
    assert _resume_here(clip, unbroken, "--detector", detector) == 0
    committed = []
    for number in range(kills):
        folder = tmp_path / f"{number}"
        with _Watched(clip, folder, "--detector", detector) as watched:
            if number == kills - 1:
                wait_for_rows(folder / "session.db", 1)
            else:
                # Later, and an analysis as quick as this would be over.
                watched.wait_for_frames(moments.randrange(1, count // 2))
                time.sleep(moments.random() / 20)
            assert watched.process.poll() is None
            watched.process.kill()
            watched.process.wait()
        assert not (folder / "frames.csv").exists()
        committed.append(frames_in(folder / "session.db"))

        assert _resume_here(clip, folder, "--detector", detector) == 0
        _same_files(folder, unbroken)
    assert max(committed) > 0, committed


def test_ctrl_c_or_cancel_leave_a_session_that_goes_on(
    clip: Path, unbroken: Path, tmp_path: Path
) -> None:
    with _Watched(clip, tmp_path) as watched:
        watched.wait_for("progress", 5)
        watched.say("cancel")
        event = watched.wait_for("interrupted")
        assert watched.process.wait(20) == 130
    assert 5 <= event["frames"] < COUNT
    told = json.loads((tmp_path / "metadata.json").read_text(encoding="utf-8"))
    rows = (tmp_path / "frames.csv").read_bytes()
    whole = (unbroken / "frames.csv").read_bytes()
    assert told["complete"] is False
    assert whole.startswith(rows)
    assert rows.count(b"\n") == 1 + told["results"]["rows"] < whole.count(b"\n")

    assert _resume_here(clip, tmp_path) == 0
    _same_files(tmp_path, unbroken)


def test_a_paused_analysis_holds_until_it_is_told_to_go_on(
    clip: Path, unbroken: Path, tmp_path: Path
) -> None:
    with _Watched(clip, tmp_path) as watched:
        watched.wait_for("started")
        watched.say("pause")
        held_at = watched.wait_for("paused")["frames"]
        time.sleep(0.5)
        watched.say("what?")
        watched.say("resume")
        assert watched.wait_for("resumed")["frames"] == held_at
        done = watched.wait_for("done")
        assert watched.process.wait(20) == 0
    assert (done["frames"], done["total"], done["seconds_left"]) == (COUNT, COUNT, 0)
    assert done["files"] == [str(tmp_path / name) for name in FILES]
    _same_files(tmp_path, unbroken)


def test_a_finished_session_only_gets_the_files_that_are_missing(
    clip: Path, unbroken: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "copy"
    shutil.copytree(unbroken, folder)
    (folder / "metadata.json").unlink()
    (folder / "frames.csv").write_text("mine")

    assert _resume_here(clip, folder, "--format", "csv,vtt") == 0

    assert capfd.readouterr().out == f"talk.mp4: nothing to do, it is finished -> {folder}\n"
    assert (folder / "frames.csv").read_text() == "mine"
    assert (folder / "metadata.json").read_bytes() == (unbroken / "metadata.json").read_bytes()
    assert (folder / "expressions.vtt").read_text().startswith("WEBVTT")


@pytest.mark.allow_error_logs
@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--every", "2"), "another part of the source: every was 1 and is 2"),
        (("--smoothing", "0.5"), "other settings: smoothing_s was 0.3 and is 0.5"),
        (("--detector", "haar"), "other settings: id was mediapipe and is haar"),
        (("--blendshapes",), "other settings: blendshapes was False and is True"),
        (("--model", "tiny-other"), f"another model or version of it: '{TINY_ID}'"),
    ],
)
@pytest.mark.parametrize("finished", [True, False])
def test_other_work_than_a_session_was_begun_with_is_refused(
    options: tuple[str, ...],
    said: str,
    finished: bool,
    clip: Path,
    unbroken: Path,
    interrupted: Path,
    tmp_path: Path,
    capfd: pytest.CaptureFixture[str],
) -> None:
    folder = tmp_path / "copy"
    shutil.copytree(unbroken if finished else interrupted, folder)

    assert _resume_here(clip, folder, *options) == 1

    printed = capfd.readouterr()
    assert printed.err.startswith(f"ferqt: the session was begun with {said}. ")
    assert printed.err.count("\n") == 1
    assert printed.out == ""


@pytest.mark.allow_error_logs
@pytest.mark.parametrize(
    ("key", "change", "said"),
    [
        ("version", "0.0.1", "by another version of ferqt: 0.0.1"),
        ("libraries", {"numpy": "1.0"}, "with other libraries: numpy was 1.0 and is"),
        ("compared_model", {"id": "old"}, "compared with 'old'"),
    ],
)
def test_a_session_of_another_ferqt_or_comparison_is_refused(
    key: str,
    change: object,
    said: str,
    clip: Path,
    interrupted: Path,
    tmp_path: Path,
    capfd: pytest.CaptureFixture[str],
) -> None:
    folder = tmp_path / "copy"
    shutil.copytree(interrupted, folder)
    with closing(sqlite3.connect(folder / "session.db")) as connection, connection:
        words = (json.dumps(change), key)
        connection.execute("UPDATE facts SET value = ? WHERE key = ?", words)

    assert _resume_here(clip, folder) == 1
    assert f"the session was begun {said}" in capfd.readouterr().err


@pytest.mark.allow_error_logs
def test_a_stream_cannot_go_on(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    with MjpegServer([scene(160, 120, [(80, 60, 50)])], fps=20) as server:
        with _Watched(server.url, tmp_path, "--to", "60") as watched:
            watched.wait_for("progress", 5)
            watched.say("cancel")
            watched.wait_for("interrupted")
            watched.process.wait(20)
        before = (tmp_path / "frames.csv").read_bytes()
        assert _resume_here(server.url, tmp_path, "--to", "60") == 1

    assert "a camera or stream cannot go on" in capfd.readouterr().err
    assert (tmp_path / "frames.csv").read_bytes() == before
    assert before.count(b"\n") > 5


@pytest.mark.allow_error_logs
def test_another_file_under_the_same_name_is_refused(
    clip: Path, interrupted: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    other = tmp_path / clip.name
    other.write_bytes(clip.read_bytes() + b"more")
    folder = tmp_path / "copy"
    shutil.copytree(interrupted, folder)

    assert _resume_here(other, folder) == 1
    assert "another source than 'talk.mp4'" in capfd.readouterr().err


@pytest.mark.allow_error_logs
def test_a_session_is_neither_replaced_nor_gone_on_with_unasked(
    clip: Path, interrupted: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    before = (interrupted / "session.db").read_bytes()
    words = ["analyze", str(clip), "--out", str(interrupted), "--model", TINY_ID]

    assert run(build_parser().parse_args(words)) == 2
    assert run(build_parser().parse_args([*words, "--resume", "--overwrite"])) == 2

    said = capfd.readouterr().err
    assert "--resume to go on" in said
    assert (interrupted / "session.db").read_bytes() == before


def test_resuming_where_nothing_is_begins(clip: Path, unbroken: Path, tmp_path: Path) -> None:
    assert _resume_here(clip, tmp_path / "new", "--threads", "1") == 0
    _same_files(tmp_path / "new", unbroken)
