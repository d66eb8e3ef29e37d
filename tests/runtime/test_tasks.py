import threading
import time

import pytest
import shiboken6

from ferqt.errors import FerqtError
from ferqt.runtime.tasks import TaskRunner


@pytest.fixture
def runner(qapp):
    made = TaskRunner()
    yield made
    made.shutdown()


def test_the_answer_comes_back_on_the_calling_thread(runner, qtbot):
    seen = []
    runner.run(
        threading.get_ident,
        lambda ident: seen.append((ident, threading.get_ident())),
        pytest.fail,
        title="x",
    )
    qtbot.waitUntil(lambda: bool(seen), timeout=3000)
    worked_in, called_in = seen[0]
    assert called_in == threading.get_ident()
    assert worked_in != called_in


def test_a_failure_becomes_a_notice_with_its_hint(runner, qtbot):
    def fail():
        raise FerqtError("no such thing: 'x'", "Take another.")

    notices = []
    runner.run(fail, pytest.fail, notices.append, title="It did not work")
    qtbot.waitUntil(lambda: bool(notices), timeout=3000)
    assert (notices[0].title, notices[0].text, notices[0].hint) == (
        "It did not work",
        "no such thing: 'x'",
        "Take another.",
    )


def test_no_callback_comes_after_shutdown(qapp, qtbot):
    runner = TaskRunner()
    release = threading.Event()
    called = []
    runner.run(lambda: release.wait(5), called.append, called.append, title="x")
    threading.Timer(0.1, release.set).start()
    runner.shutdown()
    qtbot.wait(100)
    assert called == []


def test_shutdown_waits_for_what_runs_and_gives_up_what_has_not_begun(qapp):
    runner = TaskRunner(threads=1)
    begun, release = threading.Event(), threading.Event()
    done = []

    def work():
        begun.set()
        release.wait(5)
        done.append("first")

    runner.run(work, pytest.fail, pytest.fail, title="x")
    runner.run(lambda: done.append("second"), pytest.fail, pytest.fail, title="x")
    assert begun.wait(5)
    threading.Timer(0.1, release.set).start()
    before = time.monotonic()
    runner.shutdown()
    assert done == ["first"]
    assert time.monotonic() - before < 5


@pytest.mark.parametrize("end", [TaskRunner.shutdown, TaskRunner.finish])
def test_no_job_begins_after_the_end(qapp, qtbot, end):
    runner = TaskRunner()
    end(runner)
    begun = []
    runner.run(lambda: begun.append(True), pytest.fail, pytest.fail, title="x")
    qtbot.wait(100)
    assert begun == []


def test_nobody_waits_for_a_job_when_its_runner_is_deleted(qapp):
    runner = TaskRunner()
    release, ended = threading.Event(), threading.Event()

    def work():
        release.wait(5)
        ended.set()

    runner.run(work, pytest.fail, pytest.fail, title="x")
    shiboken6.delete(runner)
    assert not ended.is_set()
    release.set()
    assert ended.wait(5)
    runner.shutdown()
