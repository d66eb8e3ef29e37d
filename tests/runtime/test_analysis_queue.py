"""The queue of analyses: order, several at once, ends, a second start, the file it is kept in."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from ferqt.outputs.store.kept_queue import QUEUE_NAME
from ferqt.runtime.analysis_jobs import JobState
from ferqt.runtime.analysis_preset import AnalysisPreset
from ferqt.runtime.analysis_queue import AnalysisQueue
from ferqt.runtime.analysis_sources import MediaSource
from ferqt.runtime.tasks import TaskRunner
from ferqt.runtime.wake_lock import WakeLock
from tests.helpers.fake_analysis import COMMAND

PATIENCE_MS = 10_000
PLAIN = AnalysisPreset()


class Sleep:
    """Notes when the computer is kept awake."""

    def __init__(self) -> None:
        self.blocked = 0
        self.times = 0

    @contextmanager
    def hold(self, _reason: str) -> Iterator[tuple[str, ...]]:
        self.blocked += 1
        self.times += 1
        try:
            yield ("test",)
        finally:
            self.blocked -= 1


@pytest.fixture
def sleep() -> Sleep:
    return Sleep()


@pytest.fixture
def make(qapp: object, tmp_path: Path, sleep: Sleep) -> Iterator[Callable[[], AnalysisQueue]]:
    """Makes queues over one folder; all are shut down in the end."""
    tasks = TaskRunner()
    queues: list[AnalysisQueue] = []

    def make_() -> AnalysisQueue:
        lock = WakeLock(sleep.hold)
        queues.append(AnalysisQueue(tmp_path, tasks, command=COMMAND, wake_lock=lock))
        queues[-1].set_most(1)
        return queues[-1]

    yield make_
    for queue in queues:
        queue.shutdown()
    tasks.shutdown()


@pytest.fixture
def queue(make: Callable[[], AnalysisQueue]) -> AnalysisQueue:
    return make()


def sources(*names: str) -> list[MediaSource]:
    return [MediaSource(f"/videos/{name}.mp4", f"{name}.mp4") for name in names]


def states(queue: AnalysisQueue) -> list[JobState]:
    return [job.state for job in queue.jobs]


def titles(queue: AnalysisQueue) -> list[str]:
    return [job.title.removesuffix(".mp4") for job in queue.jobs]


def until(qtbot: QtBot, queue: AnalysisQueue, *wanted: JobState) -> None:
    qtbot.waitUntil(lambda: states(queue) == list(wanted), timeout=PATIENCE_MS)


def test_jobs_are_done_in_order_once_it_is_started(qtbot: QtBot, queue: AnalysisQueue) -> None:
    ended: list[str] = []
    queue.job_ended.connect(lambda job: ended.append(job.title))
    queue.add(sources("good-2", "good-3"), PLAIN)
    assert states(queue) == [JobState.QUEUED] * 2
    assert not queue.active
    with qtbot.waitSignal(queue.ran_dry, timeout=PATIENCE_MS) as dry:
        queue.start()
    assert ended == ["good-2.mp4", "good-3.mp4"]
    assert dry.args[0].done == 2
    assert dry.args[0].share == 1.0
    assert not queue.active
    assert queue.jobs[1].frames == 3


def test_no_more_run_at_once_than_allowed(qtbot: QtBot, queue: AnalysisQueue) -> None:
    queue.set_most(2)
    queue.add(sources("endless-9999", "endless-9998", "good-1"), PLAIN)
    queue.start()
    until(qtbot, queue, JobState.RUNNING, JobState.RUNNING, JobState.QUEUED)
    queue.cancel([queue.jobs[0].id])
    until(qtbot, queue, JobState.CANCELED, JobState.RUNNING, JobState.DONE)


def test_a_failure_does_not_stop_the_others(qtbot: QtBot, queue: AnalysisQueue) -> None:
    queue.add(sources("failing", "good-1"), PLAIN)
    queue.start()
    until(qtbot, queue, JobState.FAILED, JobState.DONE)
    assert queue.jobs[0].message == "cannot read 'failing'"
    assert queue.totals.problems == 1


def test_a_crashed_one_goes_on_where_it_ended(qtbot: QtBot, queue: AnalysisQueue) -> None:
    queue.add(sources("crashing-6"), PLAIN)
    queue.start()
    until(qtbot, queue, JobState.INTERRUPTED)
    job = queue.jobs[0]
    assert job.frames == 3
    seen: list[int] = []
    queue.job_changed.connect(lambda changed: seen.append(changed.frames))
    queue.retry([job.id])
    queue.start()
    until(qtbot, queue, JobState.DONE)
    assert min(seen) == 3
    assert "--resume" in json.loads((job.folder / "arguments.json").read_text())


def test_pause_holds_what_runs_and_begins_nothing(qtbot: QtBot, queue: AnalysisQueue) -> None:
    queue.add(sources("endless-9999", "good-1"), PLAIN)
    queue.start()
    qtbot.waitUntil(lambda: queue.jobs[0].frames > 0, timeout=PATIENCE_MS)
    queue.pause()
    until(qtbot, queue, JobState.PAUSED, JobState.QUEUED)
    queue.start()
    until(qtbot, queue, JobState.RUNNING, JobState.QUEUED)


def test_the_computer_stays_awake_while_something_runs(
    qtbot: QtBot, queue: AnalysisQueue, sleep: Sleep
) -> None:
    queue.add(sources("endless"), PLAIN)
    assert sleep.times == 0
    queue.start()
    qtbot.waitUntil(lambda: sleep.blocked == 1, timeout=PATIENCE_MS)
    queue.cancel([queue.jobs[0].id])
    until(qtbot, queue, JobState.CANCELED)
    qtbot.waitUntil(lambda: sleep.blocked == 0, timeout=PATIENCE_MS)


def test_the_order_can_be_changed(queue: AnalysisQueue) -> None:
    a, b, _c, d = queue.add(sources("a", "b", "c", "d"), PLAIN)
    queue.move([a, b], 1)
    assert titles(queue) == ["c", "a", "b", "d"]
    queue.move([d], -9)
    assert titles(queue) == ["d", "c", "a", "b"]
    queue.move_to([d, a], 4)
    assert titles(queue) == ["c", "b", "d", "a"]


def test_what_is_done_can_be_cleared_and_what_runs_cannot_be_removed(
    qtbot: QtBot, queue: AnalysisQueue
) -> None:
    queue.add(sources("good-1", "endless"), PLAIN)
    queue.start()
    until(qtbot, queue, JobState.DONE, JobState.RUNNING)
    queue.clear_done()
    assert titles(queue) == ["endless"]
    queue.remove([queue.jobs[0].id])
    assert titles(queue) == ["endless"]


def test_settings_are_told_to_the_process(
    qtbot: QtBot, queue: AnalysisQueue, tmp_path: Path
) -> None:
    preset = AnalysisPreset(model="vgg48", detector="haar", every=5, blendshapes=True)
    queue.add(sources("good-1"), preset)
    queue.start()
    until(qtbot, queue, JobState.DONE)
    told = json.loads((queue.jobs[0].folder / "arguments.json").read_text())
    assert told[:2] == ["analyze", "/videos/good-1.mp4"]
    assert told[told.index("--out") + 1] == str(queue.jobs[0].folder)
    for option, value in (("--model", "vgg48"), ("--detector", "haar"), ("--every", "5")):
        assert told[told.index(option) + 1] == value
    assert "--blendshapes" in told
    assert "--resume" not in told


def test_other_settings_are_for_what_has_not_begun(qtbot: QtBot, queue: AnalysisQueue) -> None:
    first, second = queue.add(sources("endless", "good-1"), PLAIN)
    queue.start()
    until(qtbot, queue, JobState.RUNNING, JobState.QUEUED)
    queue.set_preset([first, second], AnalysisPreset("Coarse", every=10))
    assert [job.preset.every for job in queue.jobs] == [1, 10]


def test_a_closed_program_offers_what_is_not_done_again(
    qtbot: QtBot, make: Callable[[], AnalysisQueue]
) -> None:
    queue = make()
    queue.set_most(2)
    preset = AnalysisPreset("Coarse", every=3)
    queue.add(sources("good-1", "endless-9999", "good-7"), preset)
    queue.start()
    qtbot.waitUntil(lambda: JobState.DONE in states(queue), timeout=PATIENCE_MS)
    qtbot.waitUntil(lambda: queue.jobs[1].frames > 0, timeout=PATIENCE_MS)
    queue.pause()
    queue.shutdown()
    frames = int((queue.jobs[1].folder / "session.db").read_text())
    assert frames >= 1

    later = make()
    assert later.restore() >= 1
    assert not later.active
    kept = next(job for job in later.jobs if "endless" in job.title)
    assert (kept.state, kept.preset, kept.folder) == (
        JobState.INTERRUPTED,
        preset,
        queue.jobs[1].folder,
    )
    assert "good-1.mp4" not in [job.title for job in later.jobs]


def test_a_killed_program_leaves_its_queue_too(
    qtbot: QtBot, queue: AnalysisQueue, make: Callable[[], AnalysisQueue], tmp_path: Path
) -> None:
    queue.add(sources("endless", "good-1"), PLAIN)
    queue.start()
    file = tmp_path / QUEUE_NAME
    qtbot.waitUntil(lambda: file.exists() and "running" in file.read_text(), timeout=PATIENCE_MS)
    left = file.read_bytes()
    queue.shutdown()
    file.write_bytes(left)
    later = make()
    later.restore()
    assert states(later) == [JobState.INTERRUPTED, JobState.QUEUED]


def test_a_second_program_leaves_the_queue_of_the_first_alone(
    qtbot: QtBot, make: Callable[[], AnalysisQueue], tmp_path: Path
) -> None:
    first, second = make(), make()
    assert first.restore() == 0
    first.add(sources("good-1"), PLAIN)
    file = tmp_path / QUEUE_NAME
    qtbot.waitUntil(file.exists, timeout=PATIENCE_MS)
    assert second.restore() == 0
    second.add(sources("other"), PLAIN)
    second.shutdown()
    assert "good-1" in file.read_text()
    assert "other" not in file.read_text()


def test_a_second_program_keeps_what_the_first_one_left(
    make: Callable[[], AnalysisQueue], tmp_path: Path
) -> None:
    first, second = make(), make()
    first.restore()
    second.restore()
    first.add(sources("first"), PLAIN)
    first.shutdown()
    second.add(sources("second"), PLAIN)
    second.shutdown()
    later = make()
    assert later.restore() == 2
    assert sorted(titles(later)) == ["first", "second"]


@pytest.mark.parametrize(
    "text", ["", "{", "[]", '{"version": 1, "jobs": [{"location": 3}, null]}', '{"version": 9}']
)
def test_a_damaged_file_is_an_empty_queue(
    make: Callable[[], AnalysisQueue], tmp_path: Path, text: str
) -> None:
    (tmp_path / QUEUE_NAME).write_text(text)
    queue = make()
    assert queue.restore() == 0
    assert queue.jobs == ()


def test_a_session_that_was_interrupted_goes_first(qtbot: QtBot, queue: AnalysisQueue) -> None:
    queue.add(sources("good-1"), PLAIN)
    folder = queue.jobs[0].folder.with_name("earlier")
    folder.mkdir()
    (folder / "session.db").write_text("2")
    queue.resume_session(folder, "/videos/good-4.mp4", "good-4.mp4", PLAIN)
    assert titles(queue) == ["good-4", "good-1"]
    until(qtbot, queue, JobState.DONE, JobState.DONE)
    assert "--resume" in json.loads((folder / "arguments.json").read_text())
