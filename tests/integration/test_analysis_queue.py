"""The window's queue with the real program: held, ended, gone on with, found in the library."""

import subprocess
from collections.abc import Iterator
from contextlib import nullcontext
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from ferqt.outputs.store.library import Library
from ferqt.outputs.store.reader import open_session
from ferqt.outputs.store.state import SessionState
from ferqt.runtime.analysis_jobs import JobState
from ferqt.runtime.analysis_preset import AnalysisPreset
from ferqt.runtime.analysis_process import program_command
from ferqt.runtime.analysis_queue import AnalysisQueue
from ferqt.runtime.analysis_sources import MediaSource
from ferqt.runtime.tasks import TaskRunner
from ferqt.runtime.wake_lock import WakeLock
from tests.helpers.clips import write_clip
from tests.helpers.models import TINY_ID, add_tiny_model
from tests.helpers.portraits import PlacedFace, scene

PATIENCE_MS = 60_000
FRAMES = 240
PRESET = AnalysisPreset(model=TINY_ID, smoothing_s=0.5, formats=("vtt",))


@pytest.fixture
def clip(tmp_path: Path, user_home: Path) -> MediaSource:
    """Eight seconds of a face, and a model that is quick."""
    add_tiny_model(user_home / "ferqt" / "data" / "models")
    picture = scene(320, 240, [PlacedFace(160, 120, 120)])
    write_clip(tmp_path / "face.mp4", [picture] * FRAMES)
    return MediaSource(str(tmp_path / "face.mp4"), "face.mp4")


@pytest.fixture
def library() -> Library:
    return Library()


@pytest.fixture
def queue(qapp: object, library: Library) -> Iterator[AnalysisQueue]:
    tasks = TaskRunner()
    made = AnalysisQueue(
        library.folder,
        tasks,
        new_folder=library.new_folder,
        wake_lock=WakeLock(lambda _reason: nullcontext(())),
    )
    yield made
    made.shutdown()
    tasks.shutdown()


def until(qtbot: QtBot, queue: AnalysisQueue, state: JobState) -> None:
    # What failed says why, and does not come later.
    qtbot.waitUntil(lambda: queue.jobs[0].state in (state, JobState.FAILED), timeout=PATIENCE_MS)
    assert queue.jobs[0].state is state, queue.jobs[0].message


def test_an_analysis_is_held_ended_and_gone_on_with(
    qtbot: QtBot, queue: AnalysisQueue, library: Library, clip: MediaSource
) -> None:
    (number,) = queue.add([clip], PRESET)
    queue.start()
    qtbot.waitUntil(lambda: queue.jobs[0].total == FRAMES, timeout=PATIENCE_MS)
    queue.pause()
    until(qtbot, queue, JobState.PAUSED)
    queue.cancel([number])
    until(qtbot, queue, JobState.CANCELED)
    (entry,) = library.sessions()
    assert entry.state is SessionState.INTERRUPTED
    assert 0 < entry.frames < FRAMES

    queue.retry([number])
    queue.start()
    until(qtbot, queue, JobState.DONE)
    (entry,) = library.sessions()
    assert (entry.state, entry.frames, entry.faces) == (SessionState.DONE, FRAMES, 1)
    assert entry.model_id == TINY_ID
    assert entry.settings["smoothing_s"] == 0.5
    assert len(open_session(entry.path).table) == FRAMES
    assert (entry.folder / "expressions.vtt").exists()


def test_an_analysis_whose_window_died_ends_and_can_go_on(
    qtbot: QtBot, queue: AnalysisQueue, library: Library, clip: MediaSource
) -> None:
    folder = library.new_folder()
    arguments = ["analyze", clip.location, "--out", str(folder), "--progress", "jsonl"]
    orphan = subprocess.Popen(
        [*program_command(), *arguments, *PRESET.arguments()],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    assert orphan.stdin is not None
    assert orphan.stdout is not None
    orphan.stdout.readline()
    orphan.stdin.close()
    orphan.stdout.close()
    orphan.wait(timeout=PATIENCE_MS / 1000)

    (entry,) = library.sessions()
    assert entry.state is SessionState.INTERRUPTED
    queue.resume_session(folder, clip.location, entry.title, PRESET)
    until(qtbot, queue, JobState.DONE)
    assert len(open_session(entry.path).table) == FRAMES


def test_what_the_program_cannot_read_is_told_in_its_words(
    qtbot: QtBot, queue: AnalysisQueue, clip: MediaSource, tmp_path: Path
) -> None:
    (tmp_path / "text.mp4").write_text("no video")
    queue.add([MediaSource(str(tmp_path / "text.mp4"), "text.mp4")], PRESET)
    queue.start()
    until(qtbot, queue, JobState.FAILED)
    assert "text.mp4" in queue.jobs[0].message
    assert "not a video" in queue.jobs[0].message
    assert queue.jobs[0].hint
