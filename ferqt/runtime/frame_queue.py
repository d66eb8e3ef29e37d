"""Frames on their way to a recording: pictures may be refused when it falls behind, rows never."""

from collections import deque
from dataclasses import dataclass, replace
from threading import Condition
from typing import Final

from ferqt.core.latest import Closed
from ferqt.errors import OutputError
from ferqt.pipeline.recording_folder import RecordedFrame

QUEUE_BYTES: Final = 256_000_000
"""Pixels that may wait: three seconds of 720p at 30 frames a second. Raising it bridges longer
hiccups of the disk and takes memory."""

MOST_ROWS: Final = 18_000
"""Frames whose rows may wait: ten minutes at 30 frames a second, 120 MB with one face. A disk that
takes nothing for so long has gone; raising it waits longer for one that comes back."""

_ALWAYS: Final = 2
"""Pictures that may wait whatever their size."""

_SAME_GAP_S: Final = 1.0
"""Refused pictures that are nearer to each other are told as one gap."""


@dataclass(frozen=True, slots=True)
class Gap:
    """A stretch of a recording in which pictures are missing.

    Attributes:
        from_s: Time of the first missing picture.
        to_s: Time of the last.
        frames: Number of missing pictures.
    """

    from_s: float
    to_s: float
    frames: int


class FrameQueue:
    """Hands frames from the thread that reads faces to the one that writes.

    `put` never waits. A frame that comes while too many pixels wait keeps its rows and loses its
    picture, which is counted. When too many rows wait, the queue closes itself. Any thread may call
    any method; one takes.

    Args:
        limit_bytes: Pixels that may wait.
        most_rows: See `MOST_ROWS`.
    """

    def __init__(self, limit_bytes: int = QUEUE_BYTES, most_rows: int = MOST_ROWS) -> None:
        self._limit_bytes = limit_bytes
        self._most_rows = most_rows
        self._overrun = False
        self._condition = Condition()
        self._rows: list[RecordedFrame] = []
        self._pictures: deque[RecordedFrame] = deque()
        self._bytes = 0
        self._gaps: list[Gap] = []
        self._dropped = 0
        self._closed = False

    @property
    def dropped(self) -> int:
        """Number of pictures that were refused."""
        with self._condition:
            return self._dropped

    @property
    def gaps(self) -> tuple[Gap, ...]:
        """Where they are missing."""
        with self._condition:
            return tuple(self._gaps)

    def put(self, frame: RecordedFrame) -> bool:
        """Offer a frame with its picture. Returns False when the picture was refused.

        Raises:
            Closed: Nothing is taken any more.
        """
        picture = frame.result.frame
        assert picture is not None
        light = replace(frame, result=frame.result.without_image())
        size = picture.image.nbytes
        with self._condition:
            if len(self._rows) >= self._most_rows:
                self._closed = self._overrun = True
            if self._closed:
                raise Closed
            self._rows.append(light)
            kept = len(self._pictures) < _ALWAYS or self._bytes + size <= self._limit_bytes
            if kept:
                self._pictures.append(frame)
                self._bytes += size
            else:
                self._count_dropped(frame.time_s)
            self._condition.notify()
            return kept

    def take(self, timeout_s: float) -> tuple[list[RecordedFrame], RecordedFrame | None]:
        """Take all frames whose rows wait, without pixels, and the oldest one with a picture.

        Waits until there is something or the time is over.

        Raises:
            OutputError: The queue had closed itself; once, when it is empty.
            Closed: The queue is closed and empty.
        """
        with self._condition:
            self._condition.wait_for(
                lambda: self._rows or self._pictures or self._closed, timeout_s
            )
            if self._closed and not self._rows and not self._pictures:
                self._raise_if_overrun()
                raise Closed
            rows, self._rows = self._rows, []
            picture = self._pictures.popleft() if self._pictures else None
            if picture is not None and picture.result.frame is not None:
                self._bytes -= picture.result.frame.image.nbytes
            return rows, picture

    def close(self) -> bool:
        """Refuse further frames; those that wait can still be taken.

        Returns False when it was closed before.
        """
        with self._condition:
            was_open, self._closed = not self._closed, True
            self._condition.notify_all()
            return was_open

    def _raise_if_overrun(self) -> None:
        if self._overrun:
            self._overrun = False
            raise OutputError(
                "the disk took nothing for so long that memory would have filled up",
                "Record to a disk of this computer.",
            )

    def _count_dropped(self, time_s: float) -> None:
        self._dropped += 1
        last = self._gaps[-1] if self._gaps else None
        if last is not None and time_s - last.to_s < _SAME_GAP_S:
            self._gaps[-1] = Gap(last.from_s, time_s, last.frames + 1)
        else:
            self._gaps.append(Gap(time_s, time_s, 1))
