"""Checks for tests that use Qt; imported by the conftest files of those folders alone."""

import traceback
from collections.abc import Iterator

import pytest
import shiboken6
from PySide6.QtCore import QCoreApplication, QEvent, QThread, QThreadPool
from PySide6.QtWidgets import QApplication

_PATIENCE_MS = 2000


@pytest.fixture(autouse=True)
def no_qthread_left(
    request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> Iterator[None]:
    """Fail a test that leaves a QThread or a pool's task running; say where it was started."""
    started: list[tuple[QThread, str]] = []
    start = QThread.start

    def recording_start(thread: QThread, *args: QThread.Priority) -> None:
        started.append((thread, "".join(traceback.format_stack(limit=8)[:-1])))
        start(thread, *args)

    monkeypatch.setattr(QThread, "start", recording_start)
    yield
    # Windows that pytest-qt has closed would else be styled again with those of the next test.
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    if request.node.get_closest_marker("allow_threads"):
        return
    for thread, place in started:
        if shiboken6.isValid(thread) and thread.isRunning() and not thread.wait(_PATIENCE_MS):
            name = thread.objectName() or type(thread).__name__
            pytest.fail(f"the QThread {name!r} still runs. It was started at\n{place}")
    if not QThreadPool.globalInstance().waitForDone(_PATIENCE_MS):
        pytest.fail("a task of the global QThreadPool still runs")


@pytest.fixture(autouse=True)
def empty_clipboard(qapp: QApplication) -> Iterator[None]:
    """Qt without a screen would delete what was copied after Python has ended, and crash."""
    yield
    qapp.clipboard().clear()
