"""Runs work in a thread of its own, and lets Ctrl+C through meanwhile."""

from collections.abc import Callable
from queue import SimpleQueue
from threading import Event, Thread
from typing import Final, TypeVar

T = TypeVar("T")

_WAIT_S: Final = 0.1


def in_thread(work: Callable[[Event], T], name: str) -> T:
    """Do work in a thread and return what it returns; what it raises is raised here.

    Args:
        work: Takes an event that is set when it shall end early.
        name: Of the thread.

    Raises:
        KeyboardInterrupt: Ctrl+C; the thread has ended then.
    """
    stop = Event()
    ended: SimpleQueue[tuple[T | None, BaseException | None]] = SimpleQueue()

    def run() -> None:
        try:
            ended.put((work(stop), None))
        except BaseException as error:  # noqa: BLE001 - the thread's boundary: raised at the caller
            ended.put((None, error))

    thread = Thread(target=run, name=name, daemon=True)
    thread.start()
    try:
        # Waiting in short turns lets signals through on every system.
        while thread.is_alive():
            thread.join(_WAIT_S)
    finally:
        stop.set()
        thread.join()
    value, error = ended.get()
    if error is not None:
        raise error
    return value  # type: ignore[return-value]  # None only beside an error, or as the work's own
