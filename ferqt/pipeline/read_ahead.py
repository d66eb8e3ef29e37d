"""Reads a source in a thread of its own, so that decoding overlaps with inference."""

import queue
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from threading import Event, Thread
from typing import Final, Self

from ferqt.core.closing import Closing
from ferqt.core.types import Frame
from ferqt.errors import SourceError
from ferqt.sources.base import FrameSource, Losses, SourceInfo

# Every waiting frame is a decoded picture, 2.8 MB at 1280 x 720; more would only cost memory.
_CAPACITY: Final = 4
_WAIT_S: Final = 0.1
_CLOSE_S: Final = 5.0


@dataclass(frozen=True, slots=True)
class _End:
    error: BaseException | None = None


class ReadAhead(Closing):
    """Yields all frames of a source in order, a few of them decoded ahead.

    The source is opened, sought, read and closed in the reading thread; this object is used by one
    other thread. Whatever fails there is raised here. Nothing is dropped: reading waits when
    nobody takes the frames.

    Args:
        open_source: Opens the source.
        start_s: Where to begin, in s; sources that cannot seek begin at their beginning.
        should_stop: Asked while waiting; True ends the frames.

    Raises:
        SourceError: The source cannot be opened (when the `with` block is entered).
    """

    def __init__(
        self,
        open_source: Callable[[], FrameSource],
        *,
        start_s: float | None = None,
        should_stop: Callable[[], bool] = lambda: False,
    ) -> None:
        self._open_source = open_source
        self._start_s = start_s
        self._should_stop = should_stop
        self._queue: queue.Queue[SourceInfo | Frame | _End] = queue.Queue(_CAPACITY)
        self._stopping = Event()
        self._source: FrameSource | None = None
        self._thread = Thread(target=self._read, name="ferqt-read-ahead", daemon=True)
        self._info: SourceInfo | None = None
        self._losses = Losses()

    @property
    def info(self) -> SourceInfo:
        """What is known of the source: since it was opened, more after `close`."""
        assert self._info is not None, "info is known inside the with block"
        return self._info

    @property
    def losses(self) -> Losses:
        """What the source could not deliver; known once the frames have ended or after `close`."""
        return self._losses

    def frames(self) -> Iterator[Frame]:
        """Yield the frames to the end of the source.

        Raises:
            SourceError: Reading failed; all frames before have been yielded.
        """
        while (item := self._take()) is not None:
            if isinstance(item, _End):
                if item.error is not None:
                    raise item.error
                return
            assert isinstance(item, Frame)
            yield item

    def close(self) -> None:
        """Stop reading and release the source; harmless when repeated."""
        self._stopping.set()
        source = self._source
        if source is not None:
            source.interrupt()
        if self._thread.ident is not None:
            # A device that hangs in its driver must not hold the program; the thread is a daemon.
            self._thread.join(_CLOSE_S)

    def __enter__(self) -> Self:
        self._thread.start()
        try:
            self._info = self._opened()
        except BaseException:
            self.close()
            raise
        return self

    def _opened(self) -> SourceInfo:
        item = self._take()
        if isinstance(item, _End) and item.error is not None:
            raise item.error
        if not isinstance(item, SourceInfo):
            raise SourceError("the source was given up before it was open")
        return item

    def _take(self) -> SourceInfo | Frame | _End | None:
        """Wait for the next item; None when asked to stop."""
        # Waiting in short turns lets signals through on every system.
        while not self._should_stop():
            try:
                return self._queue.get(timeout=_WAIT_S)
            except queue.Empty:
                continue
        return None

    def _offer(self, item: SourceInfo | Frame | _End) -> bool:
        """Wait until there is room; False when the taker has gone."""
        while not self._stopping.is_set():
            try:
                self._queue.put(item, timeout=_WAIT_S)
            except queue.Full:
                continue
            return True
        return False

    def _read(self) -> None:
        end = _End()
        try:
            with self._open_source() as source:
                self._source = source
                if self._start_s and source.info.seekable:
                    source.seek(self._start_s)
                if self._offer(source.info):
                    for frame in source.frames():
                        if not self._offer(frame):
                            break
                # Live sources learn size and rate from their frames, large files their length.
                self._info = source.info
                self._losses = source.losses
        except BaseException as error:  # noqa: BLE001 - the thread's boundary: raised at the taker
            end = _End(error)
        self._offer(end)
