"""The thread that reads a source and keeps time."""

import logging
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QThread, Signal

from ferqt.core.latest import LatestSlot
from ferqt.core.niceness import give_way
from ferqt.core.timing import RateMeter
from ferqt.core.types import Frame
from ferqt.runtime.media_clock import MediaClock
from ferqt.runtime.notifications import notice_of
from ferqt.runtime.playback_control import Loop, PlaybackControl, Request
from ferqt.sources.base import Connection, FrameSource, Losses, Reconnecting, SourceKind
from ferqt.texts import N

_log = logging.getLogger(__name__)

_LATE_S = 0.25
"""A clip that is later than this is played on from where it is, instead of rushing after."""

_BEHIND_S = 0.05
"""A clip that is later than this passes frames over. Raising it looks at more frames of a clip that
the computer can hardly read in time, and lets the picture lag."""

_USUAL_FPS = 30.0
"""Frames a second of a source that does not say."""

_STRIDE_S = 0.1
"""Longest time from one frame shown to the next where frames are passed over."""

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


class CaptureThread(QThread):
    """Opens a source, reads it at its own pace and leaves every frame in the slot.

    Files are paced by their media time and the speed asked for. Frames that inference does not take
    in time are replaced and counted by the slot, and so are those that a late clip passes over. A
    source of pictures shows one and waits to be stepped.

    Args:
        open_source: Opens the source, in this thread.
        slot: Where frames go.
        source_number: Number of the source, greater than that of any before.
        after: The thread of the source before, which may still hold the same camera.

    Attributes:
        control: What is asked of the thread.
        clock: The media time that is due; set by this thread, for any other to read.
    """

    opened = Signal(int, object)
    """Number of the source and its SourceInfo, once it is open."""

    ended = Signal(int)
    """Number of the source: its last frame was handed over; a seek starts again."""

    failed = Signal(int, object)
    """Number of the source and a Notice: it could not be opened or broke off; the thread ends."""

    connection_changed = Signal(int, object)
    """Number of the source and a Connection: the device was lost, or is back; it is read on."""

    losses_changed = Signal(int, object)
    """Number of the source and its Losses: more is damaged than was known; it is read on."""

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
        self.clock = MediaClock()
        self._open_source = open_source
        self._slot = slot
        self._source_number = source_number
        self._source: FrameSource | None = None
        self._cut_number = 0
        self._losses = Losses()
        self._meter = RateMeter()
        self._frames: Iterator[Frame] = iter(())
        self._pending: Frame | None = None
        self._current: Frame | None = None
        self._played_to: float | None = None
        self._show_one = True
        self._ended = False

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
        # Whoever reads faces or paints is waited for; the next frame is there in time.
        give_way()
        if self._after is not None:
            self._after.wait(_PREDECESSOR_MS)
            self._after = None
        try:
            with self._open_source() as source:
                self._source = source
                if self.control.stopped:
                    return
                self.opened.emit(self._source_number, source.info)
                if isinstance(source, Reconnecting):
                    source.watch(self._on_connection)
                self._play(source)
        except Exception as error:  # noqa: BLE001 - the thread's boundary
            if self.control.stopped:
                _log.info("source ended while closing: %s", error)
            else:
                notice = notice_of(error, N("Notices", "The source stopped"))
                self.failed.emit(self._source_number, notice)
        finally:
            self.clock.cut()
            self._source = None

    def _on_connection(self, news: Connection) -> None:
        self.connection_changed.emit(self._source_number, news)

    def _play(self, source: FrameSource) -> None:
        self._frames = source.frames()
        while not self.control.stopped:
            request = self.control.take_request()
            if request:
                self._move(source, request)
                self._show_one, self._ended = True, False
            holding = self.control.paused and not self._show_one
            if self._ended or (holding and not source.info.live):
                self.clock.hold()
                self.control.wait(None, while_paused=self.control.paused)
                continue
            self._pending = self._pending or self._read(source)
            if holding:
                # A live source is read on, so that no stale picture waits in the driver's queue.
                self._pending = None
            else:
                self._advance(source, self._pending)

    def _advance(self, source: FrameSource, frame: Frame | None) -> None:
        """Wait for what comes next and let it happen, unless something is asked before.

        Args:
            source: What plays.
            frame: The next frame; None at the end of the medium.
        """
        loop = None if self._show_one else self._loop_ended_by(frame)
        if loop is not None:
            if self._is_out_due(source, loop, frame):
                self._jump(source, partial(source.seek, loop.in_s))
        elif frame is None:
            self._ended, self._show_one = True, False
            if not self.control.stopped:
                self.ended.emit(self._source_number)
        elif self._is_due(source, frame):
            self._hand_over(frame)
            self._show_one = False
            if source.info.kind is SourceKind.IMAGES:
                self.control.set_paused(True)

    def _read(self, source: FrameSource) -> Frame | None:
        """Read the next frame; a late clip lets go by what is no longer to be seen."""
        reading, last = self.clock.reading, self._played_to
        if reading.running and last is not None:
            late_s = (reading.media_at(time.monotonic()) - last) / reading.speed
            if late_s > _BEHIND_S:
                source.pass_over(last + min(late_s, _STRIDE_S) * reading.speed)
        frame = next(self._frames, None)
        if source.losses != self._losses:
            self._losses = source.losses
            self.losses_changed.emit(self._source_number, self._losses)
        return frame

    def _move(self, source: FrameSource, request: Request) -> None:
        """Seek and step; the next frame read is the one asked for."""
        if not source.info.seekable:
            return
        if request == Request(steps=1) and self._current is not None:
            # The frame that follows is the next one anyway.
            self.clock.hold()
            return
        self._jump(source, partial(self._go, source, request))
        self._slot.clear()

    def _go(self, source: FrameSource, request: Request) -> None:
        index = self._current.index if self._current is not None else -1
        if request.seek_s is not None:
            source.seek(request.seek_s)
        elif request.frame is not None:
            source.seek_frame(request.frame)
            index = request.frame
        if request.steps and request.seek_s is not None:
            found = next(source.frames(), None)
            index = index if found is None else found.index
        if request.steps:
            source.seek_frame(max(0, index + request.steps))

    def _jump(self, source: FrameSource, go: Callable[[], None]) -> None:
        """Go elsewhere in the medium: what is read next does not follow what was read before."""
        self.clock.cut()
        self._pending = self._played_to = None
        go()
        self._cut_number += 1
        self._frames = source.frames()

    def _loop_ended_by(self, frame: Frame | None) -> Loop | None:
        """Return the loop that this frame, or the end of the medium, lies beyond.

        Only playing comes to a loop's end: who seeks behind it wants to see what is there.
        """
        loop, last = self.control.loop, self._played_to
        if loop is None or last is None or (loop.out_s is not None and last > loop.out_s):
            return None
        if frame is None:
            return loop
        beyond = (
            loop.out_s is not None
            and frame.media_time is not None
            and frame.media_time > loop.out_s
        )
        return loop if beyond else None

    def _is_out_due(self, source: FrameSource, loop: Loop, frame: Frame | None) -> bool:
        """Sleep until the loop's last frame was seen; False when something was asked before."""
        assert self._played_to is not None
        seen_s = self._played_to + 1 / (source.info.fps or _USUAL_FPS)
        out_s = seen_s if loop.out_s is None else max(seen_s, loop.out_s)
        following = frame.media_time if frame is not None else source.info.duration_s
        return self._wait_for(out_s if following is None else min(out_s, following))

    def _is_due(self, source: FrameSource, frame: Frame) -> bool:
        """Sleep until a frame's time has come; False when something was asked before."""
        if source.info.live or frame.media_time is None:
            return True
        self.clock.set_speed(self.control.speed)
        reading = self.clock.reading
        late_s = time.monotonic() - reading.due_at(frame.media_time)
        if self._show_one or not reading.running or late_s > _LATE_S:
            if not self.control.paused:
                self.clock.start(frame.media_time)
            return True
        return self._wait_for(frame.media_time)

    def _wait_for(self, media_time: float) -> bool:
        """Sleep until the clock shows a media time; False when something was asked before."""
        self.clock.set_speed(self.control.speed)
        left_s = self.clock.reading.due_at(media_time) - time.monotonic()
        if left_s <= 0:
            return True
        self.control.wait(left_s, while_paused=False)
        return self.clock.reading.due_at(media_time) <= time.monotonic()

    def _hand_over(self, frame: Frame) -> None:
        last = self._current if self._played_to is not None else None
        if last is not None and frame.media_time is not None:
            self._slot.count_dropped(frame.index - last.index - 1)
        self._pending = None
        self._current = frame
        self._played_to = frame.media_time
        self._meter.tick()
        self._slot.put(Shot(frame, self._source_number, self._cut_number, time.monotonic()))
