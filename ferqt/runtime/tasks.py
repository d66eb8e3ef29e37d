"""One-off jobs in a pool, with the answer back on the GUI thread."""

import logging
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from typing import Any, Final, TypeVar

from PySide6.QtCore import QObject, Signal, Slot

from ferqt.core.cores import usable_cores
from ferqt.core.types import Notice
from ferqt.runtime.notifications import notice_of

_log = logging.getLogger(__name__)

T = TypeVar("T")

_THREAD_NAME: Final = "ferqt-task"


class TaskRunner(QObject):
    """Runs jobs in threads and calls back in the thread that owns the runner.

    The threads are Python's. Those of a `QThreadPool` are waited for by Qt when the runner is
    deleted, which holds Python's lock then, while a job that ends wants it.

    After `shutdown` or `finish` no callback comes any more and no job begins: one that outlived the
    window would still run while Python ends.

    Args:
        threads: Most jobs at a time; with 1 they run in their order. None for what suits the
            computer.
    """

    came = Signal(int, object, object)

    def __init__(self, parent: QObject | None = None, *, threads: int | None = None) -> None:
        super().__init__(parent)
        self._pool = ThreadPoolExecutor(threads or usable_cores(), _THREAD_NAME)
        self._running: dict[int, Future[None]] = {}
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
        self._running[self._count] = self._pool.submit(self._do, self._count, work, title)

    def shutdown(self, timeout_ms: int = 10_000) -> None:
        """Forget the callbacks and wait for the jobs that already run."""
        self._pool.shutdown(wait=False, cancel_futures=True)
        self.finish(timeout_ms)

    def finish(self, timeout_ms: int = 10_000) -> None:
        """Forget the callbacks and wait for all jobs, also those that have not begun."""
        self._ended = True
        self._waiting.clear()
        self._pool.shutdown(wait=False)
        # `wait` never takes a canceled job that no thread has looked at for done.
        running = [job for job in self._running.values() if not job.cancelled()]
        if wait(running, timeout_ms / 1000).not_done:
            _log.warning("a background job is still running after %d ms", timeout_ms)

    def _do(self, number: int, work: Callable[[], T], title: str) -> None:
        """Do one job; called in a thread of the pool."""
        try:
            answer = work()
        except Exception as error:  # noqa: BLE001 - the thread's boundary
            self.came.emit(number, None, notice_of(error, title))
        else:
            self.came.emit(number, answer, None)

    @Slot(int, object, object)
    def _on_came(self, number: int, answer: object, notice: Notice | None) -> None:
        self._running.pop(number, None)
        on_done, on_failed = self._waiting.pop(number, (None, None))
        if notice is not None and on_failed is not None:
            on_failed(notice)
        elif notice is None and on_done is not None:
            on_done(answer)
