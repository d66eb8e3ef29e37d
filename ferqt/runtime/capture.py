"""The thread that reads a source and keeps time."""

import logging
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from threading import Condition

from PySide6.QtCore import QThread, Signal

from ferqt.core.latest import LatestSlot
from ferqt.core.timing import RateMeter
from ferqt.core.types import Frame
from ferqt.runtime.notifications import notice_of
from ferqt.sources.base import FrameSource, SourceKind

_log = logging.getLogger(__name__)

_LATE_S = 0.25
"""A clip that is later than this is played on from where it is, instead of rushing after."""

_PREDECESSOR_MS = 5_000
"""Longest wait for the source before to let go of its device."""


@dataclass(frozen=True, slots=True)
class Shot:
    """A frame on its way to inference.

    Attributes:
        frame: The frame.
        source_number: Grows with every source that is opened.
        cut_number: Grows with every seek: the frame does not follow the one before it.
        captured_s: Monotonic time at which the frame was handed over.
    """

    frame: Frame
    source_number: int
    cut_number: int
    captured_s: float


@dataclass(frozen=True, slots=True)
class _Request:
    """What the window asked of the thread; the newest of each kind counts."""

    seek_s: float | None = None
    steps: int = 0

    def __bool__(self) -> bool:
        return self.seek_s is not None or self.steps != 0


class PlaybackControl:
    """Pause, seek, step and stop, asked by the GUI thread and obeyed by the capture thread."""

    def __init__(self) -> None:
        self._condition = Condition()
        self._paused = False
        self._stopped = False
        self._request = _Request()

    @property
    def paused(self) -> bool:
        """True while the source is to hold still."""
        with self._condition:
            return self._paused

    @property
    def stopped(self) -> bool:
        """True once the thread is to end."""
        with self._condition:
            return self._stopped

    def set_paused(self, paused: bool) -> None:
        """Hold the source still, or let it go on."""
        with self._condition:
            self._paused = paused
            self._condition.notify_all()

    def seek(self, media_time: float) -> None:
        """Ask for the frame at a media time (s); replaces a seek that was not obeyed yet."""
        with self._condition:
            self._request = _Request(seek_s=media_time)
            self._condition.notify_all()

    def step(self, frames: int) -> None:
        """Ask to go `frames` forward (or back, if negative); steps add up."""
        with self._condition:
            request = self._request
            self._request = _Request(request.seek_s, request.steps + frames)
            self._condition.notify_all()

    def stop(self) -> None:
        """Ask the thread to end."""
        with self._condition:
            self._stopped = True
            self._condition.notify_all()

    def take_request(self) -> _Request:
        """Take what was asked since the last time."""
        with self._condition:
            request, self._request = self._request, _Request()
            return request

    def wait(self, timeout_s: float | None, *, while_paused: bool) -> None:
        """Sleep until something is asked, the time is over, or the pause ends.

        Args:
            timeout_s: Longest sleep; None for no limit.
            while_paused: Sleep on a pause (it ends the sleep when it is over); if False, the start
                of a pause ends the sleep.
        """
        with self._condition:
            self._condition.wait_for(
                lambda: self._stopped or bool(self._request) or (self._paused is not while_paused),
                timeout_s,
            )


class CaptureThread(QThread):
    """Opens a source, reads it at its own pace and leaves every frame in the slot.

    Files are paced by their media time. Frames that inference does not take in time are replaced
    and counted by the slot. A source of pictures shows one and waits to be stepped.

    Args:
        open_source: Opens the source, in this thread.
        slot: Where frames go.
        source_number: Number of the source, greater than that of any before.
        after: The thread of the source before, which may still hold the same camera.
    """

    opened = Signal(int, object)
    """Number of the source and its SourceInfo, once it is open."""

    ended = Signal(int)
    """Number of the source: its last frame was handed over; a seek starts again."""

    failed = Signal(int, object)
    """Number of the source and a Notice: it could not be opened or broke off; the thread ends."""

    def __init__(
        self,
        open_source: Callable[[], FrameSource],
        slot: LatestSlot[Shot],
        source_number: int,
        after: "CaptureThread | None" = None,
    ) -> None:
        super().__init__()
        self.setObjectName(f"ferqt-capture-{source_number}")
        self._after = after
        self.control = PlaybackControl()
        self._open_source = open_source
        self._slot = slot
        self._source_number = source_number
        self._source: FrameSource | None = None
        self._cut_number = 0
        self._meter = RateMeter()
        self._frames: Iterator[Frame] = iter(())
        self._current: Frame | None = None
        self._anchor: tuple[float, float] | None = None

    @property
    def fps(self) -> float:
        """Frames a second that the source gave lately."""
        return self._meter.rate()

    def stop(self) -> None:
        """Ask the thread to end soon, also out of a blocked read; any thread."""
        self.control.stop()
        source = self._source
        if source is not None:
            source.interrupt()

    def run(self) -> None:
        """Read until stopped; called by Qt in the new thread."""
        if self._after is not None:
            self._after.wait(_PREDECESSOR_MS)
            self._after = None
        try:
            with self._open_source() as source:
                self._source = source
                if self.control.stopped:
                    return
                self.opened.emit(self._source_number, source.info)
                self._play(source)
        except Exception as error:  # noqa: BLE001 - the thread's boundary
            if self.control.stopped:
                _log.info("source ended while closing: %s", error)
            else:
                notice = notice_of(error, "The source stopped")
                self.failed.emit(self._source_number, notice)
        finally:
            self._source = None

    def _play(self, source: FrameSource) -> None:
        self._frames = source.frames()
        show_one, ended = True, False
        while not self.control.stopped:
            request = self.control.take_request()
            if request:
                self._move(source, request)
                show_one, ended = True, False
            holding = self.control.paused and not show_one
            if ended or (holding and not source.info.live):
                self.control.wait(None, while_paused=self.control.paused)
                self._anchor = None
                continue
            frame = next(self._frames, None)
            if frame is None:
                ended, show_one = True, False
                if not self.control.stopped:
                    self.ended.emit(self._source_number)
                continue
            if holding:
                # A live source is read on, so that no stale picture waits in the driver's queue.
                continue
            self._wait_until_due(source, frame, at_once=show_one)
            self._hand_over(frame)
            show_one = False
            if source.info.kind is SourceKind.IMAGES:
                self.control.set_paused(True)

    def _move(self, source: FrameSource, request: _Request) -> None:
        """Seek and step; the next frame read is the one asked for."""
        self._anchor = None
        if not source.info.seekable:
            return
        follows = request.seek_s is None and request.steps == 1 and self._current is not None
        if follows:
            return
        if request.seek_s is not None:
            source.seek(request.seek_s)
        if request.steps:
            index = self._current.index if self._current is not None else -1
            source.seek_frame(max(0, index + request.steps))
        self._cut_number += 1
        self._frames = source.frames()
        self._slot.clear()

    def _wait_until_due(self, source: FrameSource, frame: Frame, *, at_once: bool) -> None:
        """Sleep until a frame's time has come or something is asked of the thread."""
        if source.info.live or frame.media_time is None:
            return
        now = time.monotonic()
        if self._anchor is None or at_once:
            self._anchor = (frame.media_time, now)
            return
        due = self._anchor[1] + frame.media_time - self._anchor[0]
        if now - due > _LATE_S:
            self._anchor = (frame.media_time, now)
        elif due > now:
            self.control.wait(due - now, while_paused=False)

    def _hand_over(self, frame: Frame) -> None:
        self._current = frame
        self._meter.tick()
        self._slot.put(Shot(frame, self._source_number, self._cut_number, time.monotonic()))
