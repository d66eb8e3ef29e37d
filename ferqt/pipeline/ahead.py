"""Runs an iterator in a thread of its own, so that stages of an analysis overlap."""

import queue
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from threading import Event, Thread
from typing import Final, Generic, Self, TypeVar

from ferqt.core.closing import Closing
from ferqt.core.niceness import give_way

_WAIT_S: Final = 0.1
_CLOSE_S: Final = 5.0

Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class _End:
    error: BaseException | None = None


class Ahead(Closing, Generic[Item]):
    """Yields what an iterator yields, in order, a few items ahead of whoever takes them.

    The iterator is made, used and closed in the stage's own thread; a generator may therefore hold
    what has to stay in one thread. The items are taken by one other thread. Whatever fails in the
    stage is raised there, after the items before it. Nothing is dropped: the stage waits when
    nobody takes its items.

    Args:
        make: Makes the iterator.
        name: Of the thread.
        capacity: Items that may wait. Raising it evens out stages of changing speed and costs the
            memory of the items.
        abandoned: Set by whoever gives the whole analysis up; stages then end without a word.
        first: Whether the other stages give way to this one where cores are scarce.
    """

    def __init__(
        self,
        make: Callable[[], Iterator[Item]],
        name: str,
        capacity: int,
        abandoned: Event,
        *,
        first: bool = False,
    ) -> None:
        self._make = make
        self._queue: queue.Queue[Item | _End] = queue.Queue(capacity)
        self._abandoned = abandoned
        self._first = first
        self._thread = Thread(target=self._run, name=name, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def items(self) -> Iterator[Item]:
        """Yield the items, once."""
        while not self._abandoned.is_set():
            # Waiting in short turns lets signals through on every system.
            try:
                item = self._queue.get(timeout=_WAIT_S)
            except queue.Empty:
                continue
            if isinstance(item, _End):
                if item.error is not None:
                    raise item.error
                return
            yield item

    def close(self) -> None:
        """Give the analysis up if it still runs; harmless when repeated."""
        self._abandoned.set()
        if self._thread.ident is not None:
            self._thread.join(_CLOSE_S)

    def _run(self) -> None:
        if not self._first:
            give_way()
        end = _End()
        try:
            with ExitStack() as stack:
                iterator = self._make()
                stack.callback(getattr(iterator, "close", lambda: None))
                for item in iterator:
                    if not self._offer(item):
                        break
        except BaseException as error:  # noqa: BLE001 - the thread's boundary: raised at the taker
            end = _End(error)
        self._offer(end)

    def _offer(self, item: Item | _End) -> bool:
        """Wait until there is room; False when the analysis was given up."""
        while not self._abandoned.is_set():
            try:
                self._queue.put(item, timeout=_WAIT_S)
            except queue.Full:
                continue
            return True
        return False
