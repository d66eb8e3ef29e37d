"""Stored sessions and the library outlive killed programs, full disks, and each other."""

import random
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest

from ferqt.outputs.store.library import Library
from ferqt.outputs.store.lock import is_written
from ferqt.outputs.store.reader import open_session
from ferqt.outputs.store.state import SessionState
from ferqt.outputs.store.summary import read_summary
from ferqt.outputs.store.writer import SessionWriter
from tests.helpers.session_process import FRAMES_A_COMMIT, SECONDS
from tests.helpers.sessions import session_document

ROOT = Path(__file__).resolve().parents[2]


def started(*task: str) -> "subprocess.Popen[str]":
    """A process that works on sessions, with its output to read."""
    command = [sys.executable, "-m", "tests.helpers.session_process", *task]
    return subprocess.Popen(
        command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )


def allow(process: "subprocess.Popen[str]", commits: int) -> None:
    """Let a process that writes go on for so many commits."""
    assert process.stdin is not None
    process.stdin.write("\n" * commits)
    process.stdin.flush()


def read_line(process: "subprocess.Popen[str]") -> str:
    assert process.stdout is not None
    return process.stdout.readline().strip()


@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL")
def test_a_killed_writer_goes_on_and_ends_with_the_rows_of_an_unbroken_one(tmp_path: Path) -> None:
    path = tmp_path / "session.db"
    chance = random.Random(4)
    reached = 0
    for _ in range(4):
        with started("write", str(path)) as process:
            commits = chance.randint(1, 10)
            allow(process, commits + 3)
            for _ in range(commits):
                said = int(read_line(process))
            process.kill()
        table = open_session(path).table
        reached = table.frame_count
        assert reached >= said
        assert reached % FRAMES_A_COMMIT == 0
        assert not is_written(path)
        assert read_summary(path).state is SessionState.INTERRUPTED
        writer, checkpoint = SessionWriter.resume(path)
        writer.close()
        assert checkpoint == {"next": reached}
    with started("write", str(path)) as process:
        lines = process.communicate("\n" * 100)[0].split()
    assert int(lines[0]) == reached + FRAMES_A_COMMIT
    assert process.returncode == 0
    expected = session_document(SECONDS, additions=False).table
    table = open_session(path).table
    for name in ("frame", "timestamp", "face_id", "box", "scores", "smoothed", "pose"):
        np.testing.assert_array_equal(getattr(table, name), getattr(expected, name), err_msg=name)
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert [one.name for one in tmp_path.iterdir()] == ["session.db"]


@pytest.mark.skipif(sys.platform == "win32", reason="file sizes cannot be limited")
def test_a_full_disk_leaves_what_was_committed(tmp_path: Path) -> None:
    path = tmp_path / "session.db"
    with started("fill", str(path)) as process:
        assert read_line(process).startswith(f"OutputError: cannot write '{path}'")
    writer, checkpoint = SessionWriter.resume(path)
    writer.close()
    assert checkpoint is not None
    assert open_session(path).table.frame_count == checkpoint["next"] >= FRAMES_A_COMMIT


def test_two_programs_keep_one_library(tmp_path: Path) -> None:
    with started("keep", str(tmp_path), "8") as one, started("keep", str(tmp_path), "8") as other:
        kept = [process.communicate()[0].split() for process in (one, other)]
    assert (one.returncode, other.returncode) == (0, 0)
    expected = {*kept[0], *kept[1]}
    assert len(expected) == 8
    entries = Library(tmp_path).sessions()
    assert {entry.id for entry in entries} == expected
    assert {path.name for path in tmp_path.iterdir() if path.is_dir()} == expected
    assert sorted(entry.notes for entry in entries) == sorted(
        f"number {number}" for number in (0, 2, 4, 6) for _ in kept
    )


@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL")
def test_a_session_that_another_program_writes_is_running_until_that_dies(tmp_path: Path) -> None:
    library = Library(tmp_path)
    folder = library.new_folder()
    with started("write", str(folder / "session.db")) as process:
        allow(process, 1)
        read_line(process)
        assert library.entry(folder.name).state is SessionState.RUNNING
        process.kill()
    entry = library.entry(folder.name)
    assert entry.state is SessionState.INTERRUPTED
    assert entry.frames >= FRAMES_A_COMMIT
    library.delete(folder.name)
    assert not folder.exists()
