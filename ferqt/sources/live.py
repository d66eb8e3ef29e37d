"""What camera and stream share: a thread that reads, reconnects, and keeps the newest frame."""

import logging
import time
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from threading import Event, Thread
from typing import Final, Protocol

from ferqt.core.latest import Closed, LatestSlot
from ferqt.core.timing import SessionClock
from ferqt.core.types import Frame, Image
from ferqt.errors import SourceError
from ferqt.sources.base import Connection, SourceInfo
from ferqt.sources.lifecycle import InterruptibleSource

_log = logging.getLogger(__name__)

_LEAVE_WITHIN_S: Final = 0.5


class LiveFeed(Protocol):
    """A connection to a device or server; made, read and closed in one thread."""

    @property
    def fps(self) -> float | None:
        """Frames a second that the other side promises, None when it does not say."""
        ...

    def read(self) -> Image:
        """Wait for the next picture, RGB uint8 H x W x 3.

        Raises:
            SourceError: The connection is lost.
        """
        ...

    def close(self) -> None:
        """Release the connection."""
        ...


@dataclass(frozen=True, slots=True)
class Patience:
    """How long a live source waits, in s.

    Attributes:
        open: For the first picture; raising it gives slow devices a chance, and lets a person wait
            longer for the answer that nobody is there.
        reconnect: For a lost connection to come back; raising it bridges longer outages, and lets
            a picture stand still for longer before the source is given up.
        first_pause: Before the first new attempt; each next pause is twice as long.
        longest_pause: Between two attempts.
        settled: Pictures have to come for so long before a connection counts as back: one that
            breaks off all the time is one outage, and is tried more and more rarely.
    """

    open: float = 6.0
    reconnect: float = 60.0
    first_pause: float = 0.25
    longest_pause: float = 4.0
    settled: float = 2.0

    @property
    def hopeless(self) -> float:
        """Without a picture or an error for so long, the driver itself hangs."""
        return 2 * self.open


USUAL_PATIENCE: Final = Patience()


class LiveSource(InterruptibleSource, ABC):
    """A source that sets its own pace.

    A thread of its own waits for the device, because no driver lets another thread end its wait:
    an interrupt or a close takes effect at once, and the thread follows when the driver lets it go.
    Frames that nobody took in time are replaced by newer ones; the gap shows in their numbers.

    Args:
        info: What is known beforehand; picture size and rate are filled in.
        patience: How long to wait.

    Raises:
        SourceError: No picture came in time.
    """

    def __init__(self, info: SourceInfo, patience: Patience) -> None:
        super().__init__()
        self._info = info
        self._patience = patience
        self._slot: LatestSlot[Frame] = LatestSlot()
        self._error: SourceError | None = None
        self._settled = Event()
        self._tell: Callable[[Connection], None] = _tell_nobody
        self._lost = False
        self._thread = Thread(target=self._run, name=f"ferqt source {info.title}", daemon=True)
        self._thread.start()
        if not self._settled.wait(patience.open):
            self.close()
            raise SourceError(
                f"cannot open {info.title}: no picture came within {patience.open:g} s",
                "Check that it is connected and switched on.",
            )
        try:
            self._raise_if_failed()
        except SourceError:
            self.close()
            raise

    @property
    def info(self) -> SourceInfo:
        """What is known of the source now."""
        return self._info

    def watch(self, tell: Callable[[Connection], None]) -> None:
        """Call `tell`, in the reading thread, when the connection is lost and when it is back."""
        self._tell = tell

    def frames(self) -> Iterator[Frame]:
        """Yield the newest frame, each at most once, until the connection is lost for good.

        Raises:
            SourceError: The device or server went away and did not come back in time.
        """
        while not self._interrupted.is_set():
            try:
                frame = self._slot.take(self._patience.hopeless)
                if frame is None and self._lost:
                    frame = self._slot.take(self._patience.reconnect)
            except Closed:
                break
            if frame is None:
                raise SourceError(
                    f"{self._info.title} stopped answering", "Plug it in again or restart it."
                )
            if not self._interrupted.is_set():
                yield frame
        if not self._interrupted.is_set():
            self._raise_if_failed()

    def seek(self, media_time: float) -> None:
        """Refuse: what is live has no timeline.

        Raises:
            SourceError: Always.
        """
        raise SourceError(f"cannot jump to {media_time:g} s: {self._info.title} is live")

    def seek_frame(self, index: int) -> None:
        """Refuse: what is live has no timeline.

        Raises:
            SourceError: Always.
        """
        raise SourceError(f"cannot jump to frame {index}: {self._info.title} is live")

    def interrupt(self) -> None:
        """Make a waiting `frames` end at once; safe from any thread, also when repeated."""
        super().interrupt()
        self._slot.close()

    def close(self) -> None:
        """Let the device go; harmless when repeated."""
        self.interrupt()
        self._thread.join(_LEAVE_WITHIN_S)

    @abstractmethod
    def _connect(self) -> LiveFeed:
        """Connect, in the reading thread; raises SourceError."""

    def _raise_if_failed(self) -> None:
        if self._error is not None:
            raise self._error

    def _run(self) -> None:
        try:
            self._read_until_lost()
        except SourceError as error:
            self._error = error
        except Exception:  # noqa: BLE001 - the thread's boundary
            _log.exception("%s: reading failed", self._info.title)
            self._error = SourceError(
                f"{self._info.title} failed unexpectedly", "The log file has the details."
            )
        finally:
            self._slot.close()
            self._settled.set()

    def _read_until_lost(self) -> None:
        clock = SessionClock()
        number = 0
        feed: LiveFeed | None = None
        outage = _Outage(self._info.title, self._patience, self._on_connection)
        try:
            while not self._interrupted.is_set():
                try:
                    feed = feed or self._connect()
                    image = feed.read()
                except SourceError as error:
                    if feed is not None:
                        feed.close()
                        feed = None
                    if number == 0:
                        raise
                    outage.pause(error, self._interrupted.wait)
                    continue
                outage.picture_came()
                self._take(image, number, clock, feed.fps)
                number += 1
        finally:
            if feed is not None:
                feed.close()

    def _take(self, image: Image, number: int, clock: SessionClock, fps: float | None) -> None:
        height, width = image.shape[:2]
        if number == 0:
            self._info = replace(self._info, width=width, height=height, fps=fps)
        self._slot.put(Frame(image, number, None, clock.stamp(None)))
        self._settled.set()

    def _on_connection(self, news: Connection) -> None:
        self._lost = news is Connection.LOST
        if not self._interrupted.is_set():
            self._tell(news)


class _Outage:
    """Tells a lost connection from one that is back, and how long to wait for the next attempt."""

    def __init__(self, title: str, patience: Patience, tell: Callable[[Connection], None]) -> None:
        self._title = title
        self._patience = patience
        self._tell = tell
        self._next_pause = patience.first_pause
        self._lost = False
        self._last_picture = time.monotonic()
        self._first_picture: float | None = None

    def picture_came(self) -> None:
        """Note a picture; with enough of them in a row the outage is over."""
        self._last_picture = time.monotonic()
        if not self._lost:
            return
        if self._first_picture is None:
            self._first_picture = self._last_picture
        if self._last_picture - self._first_picture >= self._patience.settled:
            self._lost = False
            self._next_pause = self._patience.first_pause
            _log.info("%s: the connection is back", self._title)
            self._tell(Connection.BACK)

    def pause(self, error: SourceError, wait: Callable[[float], object]) -> None:
        """Wait before the next attempt.

        Raises:
            SourceError: It has been tried for long enough.
        """
        self._first_picture = None
        if not self._lost:
            self._lost = True
            _log.warning("connection lost: %s; trying again", error.message)
            self._tell(Connection.LOST)
        if time.monotonic() - self._last_picture >= self._patience.reconnect:
            raise SourceError(
                f"{self._title} stopped answering and did not come back within "
                f"{self._patience.reconnect:g} s",
                "Check that it is connected and switched on, then open it again.",
            ) from error
        wait(self._next_pause)
        self._next_pause = min(2 * self._next_pause, self._patience.longest_pause)


def _tell_nobody(_news: Connection) -> None:
    """Stand for whoever does not watch."""
