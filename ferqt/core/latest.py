"""Hand-over between threads where only the newest matters, or where nothing may pile up."""

from collections.abc import Callable
from threading import Condition, Lock
from typing import Generic, TypeVar

T = TypeVar("T")
L = TypeVar("L")


class Closed(Exception):  # noqa: N818 - a state, not an error
    """The slot is closed and empty: there will be nothing more to take."""


class LatestSlot(Generic[T]):
    """A slot for one item between one producer and one consumer; a new item replaces an old one.

    Any thread may call any method. Replaced items are counted in `dropped`, so that a program can
    say honestly how many frames it did not look at.
    """

    def __init__(self) -> None:
        self._condition = Condition()
        self._items: list[T] = []
        self._closed = False
        self._dropped = 0

    @property
    def dropped(self) -> int:
        """Number of items that were replaced before anyone took them."""
        with self._condition:
            return self._dropped

    def put(self, item: T) -> bool:
        """Offer an item, replacing one that waits. Returns False when the slot is closed."""
        with self._condition:
            if self._closed:
                return False
            if self._items:
                self._dropped += 1
                self._items.clear()
            self._items.append(item)
            self._condition.notify()
            return True

    def take(self, timeout_s: float | None = None) -> T | None:
        """Wait for an item and take it; None when the time is over.

        Raises:
            Closed: The slot is closed and the last item has been taken.
        """
        with self._condition:
            self._condition.wait_for(lambda: self._items or self._closed, timeout_s)
            if self._items:
                return self._items.pop()
            if self._closed:
                raise Closed
            return None

    def clear(self) -> None:
        """Throw a waiting item away without counting it as dropped (after a seek)."""
        with self._condition:
            self._items.clear()

    def count_dropped(self, items: int) -> None:
        """Count items that the producer passed over, because nobody would have taken them."""
        with self._condition:
            self._dropped += items

    def close(self) -> None:
        """Refuse further items and wake everyone who waits; a waiting item can still be taken."""
        with self._condition:
            self._closed = True
            self._condition.notify_all()


class Mailbox(Generic[T, L]):
    """Results on their way to the GUI thread: the newest whole one and every light sample.

    Any thread may post and collect. `post` says whether the box was empty, so that the sender rings
    the bell once, however many results gather before the receiver comes: an event loop's queue is
    unbounded and must not fill up with pictures.

    Args:
        lighten: Makes the light sample of a whole result.
        limit: Number of light samples kept at most; the oldest go first.
    """

    def __init__(self, lighten: Callable[[T], L], limit: int = 10_000) -> None:
        self._lock = Lock()
        self._lighten = lighten
        self._limit = limit
        self._newest: T | None = None
        self._samples: list[L] = []

    def post(self, item: T) -> bool:
        """Leave a result. Returns True when the box was empty: time to ring the bell."""
        sample = self._lighten(item)
        with self._lock:
            was_empty = self._newest is None
            self._newest = item
            self._samples.append(sample)
            if len(self._samples) > self._limit:
                del self._samples[: len(self._samples) - self._limit]
            return was_empty

    def collect(self) -> tuple[T | None, list[L]]:
        """Empty the box: the newest result (None when there is none) and all light samples."""
        with self._lock:
            newest, samples = self._newest, self._samples
            self._newest, self._samples = None, []
            return newest, samples
