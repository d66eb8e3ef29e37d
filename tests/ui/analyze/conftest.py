"""A queue whose processes pretend, for tests of the page of analyses."""

from collections.abc import Iterator
from contextlib import nullcontext
from pathlib import Path

import pytest

from ferqt.runtime.analysis_queue import AnalysisQueue
from ferqt.runtime.tasks import TaskRunner
from ferqt.runtime.wake_lock import WakeLock
from ferqt.ui.theme import Theme
from tests.helpers.fake_analysis import COMMAND


@pytest.fixture
def theme(qapp: object) -> Theme:
    return Theme("dark")


@pytest.fixture
def tasks(qapp: object) -> Iterator[TaskRunner]:
    made = TaskRunner()
    yield made
    made.shutdown()


@pytest.fixture
def queue(tasks: TaskRunner, tmp_path: Path) -> Iterator[AnalysisQueue]:
    """A queue that does one job at a time."""
    lock = WakeLock(lambda _reason: nullcontext(()))
    made = AnalysisQueue(tmp_path / "sessions", tasks, command=COMMAND, wake_lock=lock)
    made.set_most(1)
    yield made
    made.shutdown()
