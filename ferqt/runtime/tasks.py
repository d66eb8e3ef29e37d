"""One-off jobs in a pool, with the answer back on the GUI thread."""

import logging
from collections.abc import Callable
from typing import Any, TypeVar

from PySide6.QtCore import QObject, QRunnable, QThreadPool, Signal, Slot

from ferqt.core.types import Notice
from ferqt.runtime.notifications import notice_of

_log = logging.getLogger(__name__)

T = TypeVar("T")


class _Job(QRunnable):
    def __init__(
        self, number: int, title: str, work: Callable[[], Any], runner: "TaskRunner"
    ) -> None:
        super().__init__()
        self._number = number
        self._title = title
        self._work = work
        self._runner = runner

    def run(self) -> None:
        """Do the work; called by Qt in a thread of the pool."""
        try:
            answer = self._work()
        except Exception as error:  # noqa: BLE001 - the thread's boundary
            self._runner.came.emit(self._number, None, notice_of(error, self._title))
        else:
            self._runner.came.emit(self._number, answer, None)


class TaskRunner(QObject):
    """Runs jobs in threads and calls back in the thread that owns the runner.

    After `shutdown` or `finish` no callback comes any more and no job begins: one that outlived the
    window would still run while Python ends.

    Args:
        threads: Most jobs at a time; with 1 they run in their order. None for what suits the
            computer.
    """

    came = Signal(int, object, object)

    def __init__(self, parent: QObject | None = None, *, threads: int | None = None) -> None:
        super().__init__(parent)
        self._pool = QThreadPool(self)
        if threads is not None:
            self._pool.setMaxThreadCount(threads)
        self._waiting: dict[int, tuple[Callable[[Any], None], Callable[[Notice], None]]] = {}
        self._count = 0
        self._ended = False
        self.came.connect(self._on_came)

    def run(
        self,
        work: Callable[[], T],
        on_done: Callable[[T], None],
        on_failed: Callable[[Notice], None],
        *,
        title: str,
    ) -> None:
        """Do `work` in a thread; then one of the callbacks is called on the owner's thread.

        Args:
            work: What to do; must not touch widgets.
            on_done: Gets the answer.
            on_failed: Gets a notice when `work` raised.
            title: What could not be done, for that notice.
        """
        if self._ended:
            return
        self._count += 1
        self._waiting[self._count] = (on_done, on_failed)
        self._pool.start(_Job(self._count, title, work, self))

    def shutdown(self, timeout_ms: int = 10_000) -> None:
        """Forget the callbacks and wait for the jobs that already run."""
        self._pool.clear()
        self.finish(timeout_ms)

    def finish(self, timeout_ms: int = 10_000) -> None:
        """Forget the callbacks and wait for all jobs, also those that have not begun."""
        self._ended = True
        self._waiting.clear()
        if not self._pool.waitForDone(timeout_ms):
            _log.warning("a background job is still running after %d ms", timeout_ms)

    @Slot(int, object, object)
    def _on_came(self, number: int, answer: object, notice: Notice | None) -> None:
        on_done, on_failed = self._waiting.pop(number, (None, None))
        if notice is not None and on_failed is not None:
            on_failed(notice)
        elif notice is None and on_done is not None:
            on_done(answer)
