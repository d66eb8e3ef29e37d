"""Reads a source for an analysis: from the right frame on, with what was lost on the way."""

import logging
import queue
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from threading import Event, Thread
from typing import Final, Protocol, Self

from ferqt.core.closing import Closing
from ferqt.core.niceness import give_way
from ferqt.core.types import Frame
from ferqt.errors import SourceError
from ferqt.sources.base import FrameSource, Losses, SourceInfo
from ferqt.sources.video_file import VideoFileSource

_log = logging.getLogger(__name__)

# Every waiting frame is a decoded picture, 2.8 MB at 1280 x 720; more would only cost memory.
_CAPACITY: Final = 4
_WAIT_S: Final = 0.1
_CLOSE_S: Final = 5.0


@dataclass(frozen=True, slots=True)
class Again:
    """A frame that an earlier run has read, to begin with.

    Attributes:
        frame: Its number.
        media_time: Its time; None when it has none.
        by_jump: Whether to jump to it. A film that lost frames to damage is read from its first
            frame, so that what comes after the damage is decoded as it was before.
        picture: CRC-32 of its pixels. A film that shows others after the jump is damaged, too, and
            read from its first frame. None to trust the jump.
    """

    frame: int
    media_time: float | None
    by_jump: bool
    picture: int | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Taken:
    """A frame as it was read.

    Attributes:
        frame: The frame.
        losses: What the source could not deliver up to it.
    """

    frame: Frame
    losses: Losses


class FrameReader(Protocol):
    """What an analysis reads its frames from."""

    @property
    def info(self) -> SourceInfo:
        """What is known of the source."""
        ...

    @property
    def losses(self) -> Losses:
        """What the source could not deliver; all of it once the frames have ended."""
        ...

    @property
    def at_end(self) -> bool:
        """Whether the frames have ended because the source has."""
        ...

    def taken(self) -> Iterator[Taken]:
        """Yield the frames to the end of the source, or until asked to stop.

        Raises:
            SourceError: Reading failed; all frames before have been yielded.
        """
        ...

    def give_up(self) -> None:
        """Make a waiting `taken` end; safe from any thread."""
        ...


@dataclass(frozen=True, slots=True)
class _End:
    error: BaseException | None = None


class ReadAhead(Closing):
    """Yields all frames of a source in order, a few of them decoded ahead.

    The source is opened, sought, read and closed in the reading thread; the frames are taken by one
    other thread. Whatever fails is raised there. Nothing is dropped: reading waits when nobody
    takes the frames.

    Args:
        open_source: Opens the source.
        start_s: Where to begin, in s; sources that cannot seek begin at their beginning.
        again: Begin with this frame instead.
        should_stop: Asked while waiting; True ends the frames.

    Raises:
        SourceError: The source cannot be opened (when the `with` block is entered).
    """

    def __init__(
        self,
        open_source: Callable[[], FrameSource],
        *,
        start_s: float | None = None,
        again: Again | None = None,
        should_stop: Callable[[], bool] = lambda: False,
    ) -> None:
        self._open_source = open_source
        self._start_s = start_s
        self._again = again
        self._should_stop = should_stop
        self._queue: queue.Queue[SourceInfo | Taken | _End] = queue.Queue(_CAPACITY)
        self._stopping = Event()
        self._source: FrameSource | None = None
        self._thread = Thread(target=self._read, name="ferqt-read-ahead", daemon=True)
        self._info: SourceInfo | None = None
        self._losses = Losses()
        self._at_end = False

    @property
    def info(self) -> SourceInfo:
        """What is known of the source: since it was opened, more after `close`."""
        assert self._info is not None, "info is known inside the with block"
        return self._info

    @property
    def losses(self) -> Losses:
        """What the source could not deliver; known once the frames have ended or after `close`."""
        return self._losses

    @property
    def at_end(self) -> bool:
        """Whether the frames have ended because the source has."""
        return self._at_end

    def frames(self) -> Iterator[Frame]:
        """Yield the frames to the end of the source; see `taken`."""
        for taken in self.taken():
            yield taken.frame

    def taken(self) -> Iterator[Taken]:
        """Yield the frames to the end of the source, or until asked to stop.

        Raises:
            SourceError: Reading failed; all frames before have been yielded.
        """
        while (item := self._take()) is not None:
            if isinstance(item, _End):
                if item.error is not None:
                    raise item.error
                self._at_end = True
                return
            assert isinstance(item, Taken)
            yield item

    def give_up(self) -> None:
        """Make a waiting `taken` end; safe from any thread."""
        self._stopping.set()

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

    def _take(self) -> SourceInfo | Taken | _End | None:
        """Wait for the next item; None when asked to stop."""
        # Waiting in short turns lets signals through on every system.
        while not (self._should_stop() or self._stopping.is_set()):
            try:
                return self._queue.get(timeout=_WAIT_S)
            except queue.Empty:
                continue
        return None

    def _offer(self, item: SourceInfo | Taken | _End) -> bool:
        """Wait until there is room; False when the taker has gone."""
        while not self._stopping.is_set():
            try:
                self._queue.put(item, timeout=_WAIT_S)
            except queue.Full:
                continue
            return True
        return False

    def _read(self) -> None:
        give_way()
        end = _End()
        try:
            with self._open_source() as source:
                self._source = source
                _place(source, self._start_s, self._again)
                if self._offer(source.info):
                    for frame in _frames(source, self._again):
                        if not self._offer(Taken(frame, source.losses)):
                            break
                # Live sources learn size and rate from their frames.
                self._info = source.info
                self._losses = source.losses
        except BaseException as error:  # noqa: BLE001 - the thread's boundary: raised at the taker
            end = _End(error)
        self._offer(end)


class ReadHere(Closing):
    """Reads the frames of a source in the thread that takes them: nothing overlaps.

    Args:
        open_source: Opens the source.
        start_s: Where to begin, in s.
        again: Begin with this frame instead.
        should_stop: Asked before each frame; True ends the frames.

    Raises:
        SourceError: The source cannot be opened (when the `with` block is entered).
    """

    def __init__(
        self,
        open_source: Callable[[], FrameSource],
        *,
        start_s: float | None = None,
        again: Again | None = None,
        should_stop: Callable[[], bool] = lambda: False,
    ) -> None:
        self._open_source = open_source
        self._start_s = start_s
        self._again = again
        self._should_stop = should_stop
        self._source: FrameSource | None = None
        self._at_end = False

    @property
    def info(self) -> SourceInfo:
        """What is known of the source."""
        assert self._source is not None, "info is known once the source is open"
        return self._source.info

    @property
    def losses(self) -> Losses:
        """What the source could not deliver so far."""
        assert self._source is not None, "losses are known once the source is open"
        return self._source.losses

    @property
    def at_end(self) -> bool:
        """Whether the frames have ended because the source has."""
        return self._at_end

    def taken(self) -> Iterator[Taken]:
        """Yield the frames to the end of the source, or until asked to stop."""
        assert self._source is not None, "frames come inside the with block"
        frames = _frames(self._source, self._again)
        while not self._should_stop():
            frame = next(frames, None)
            if frame is None:
                self._at_end = True
                return
            yield Taken(frame, self._source.losses)

    def give_up(self) -> None:
        """Nothing ever waits here."""

    def close(self) -> None:
        """Release the source; harmless when repeated."""
        if self._source is not None:
            self._source.close()

    def __enter__(self) -> Self:
        self._source = self._open_source()
        try:
            _place(self._source, self._start_s, self._again)
        except BaseException:
            self._source.close()
            raise
        return self


def _frames(source: FrameSource, again: Again | None) -> Iterator[Frame]:
    """The frames of a source that was placed; a film that was decoded otherwise from its start."""
    frames = source.frames()
    first = next(frames, None)
    if first is None:
        return
    if again is not None and isinstance(source, VideoFileSource) and _shows_another(first, again):
        _log.info("frame %d looks different after a jump: read from the start", again.frame)
        _place(source, None, replace(again, by_jump=False))
        yield from source.frames()
        return
    yield first
    yield from frames


def _shows_another(frame: Frame, again: Again) -> bool:
    if not again.by_jump or again.picture is None:
        return False
    return frame.index != again.frame or zlib.crc32(frame.image.data) != again.picture


def _place(source: FrameSource, start_s: float | None, again: Again | None) -> None:
    """Bring a source to where reading begins.

    A film knows all of its frames after that: count, rate and length are exact from the beginning,
    also of a large file.
    """
    if not source.info.seekable:
        return
    if isinstance(source, VideoFileSource):
        source.decode_alike()
        if again is not None and again.by_jump:
            source.go_on_from(again.frame)
            return
    if again is not None:
        source.seek_frame(again.frame if again.by_jump else 0)
        if not again.by_jump and again.media_time is not None:
            source.pass_over(again.media_time)
    elif start_s:
        source.seek(start_s)
