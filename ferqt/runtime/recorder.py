"""The thread that writes a recording while the window shows the picture."""

import logging
import shutil
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Any, Final

from PySide6.QtCore import QThread, Signal

from ferqt.core.latest import Closed
from ferqt.core.markers import Marker
from ferqt.core.recording_clock import RecordingClock
from ferqt.core.types import Notice
from ferqt.errors import OutputError
from ferqt.pipeline.recording_folder import Painter, RecordedFrame, RecordingFolder
from ferqt.runtime.frame_queue import QUEUE_BYTES, FrameQueue
from ferqt.runtime.inference import ReadFrame
from ferqt.runtime.notifications import notice_of
from ferqt.sources.base import SourceInfo

_log = logging.getLogger(__name__)

LEAST_FREE_BYTES: Final = 200_000_000
"""Room on the disk at which a recording ends. It has to hold what waits in the queue."""

_TAKE_S: Final = 0.25
_CHECK_S: Final = 1.0
_DESCRIBE_S: Final = 5.0
"""How often what a killed recording would know of itself is brought up to date."""


class RecordingEnd(StrEnum):
    """Why a recording ended, as its metadata says it."""

    STOPPED = "stopped"
    SOURCE = "source"
    DISK = "disk"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class RecordingPlan:
    """What is recorded, and where to.

    Attributes:
        parent: Folder of all recordings.
        source: What is recorded.
        painter: Draws the overlay, called in the recording thread; None for clean pictures.
    """

    parent: Path
    source: SourceInfo
    painter: Painter | None = None


@dataclass(frozen=True, slots=True)
class RecordingProgress:
    """How a recording is doing.

    Attributes:
        seconds: Its length.
        bytes: Size of its files.
        free_bytes: Room left on the disk; None before it was measured.
        frames: Frames that came.
        dropped: Frames whose picture is missing in the video.
    """

    seconds: float = 0.0
    bytes: int = 0
    free_bytes: int | None = None
    frames: int = 0
    dropped: int = 0


@dataclass(frozen=True, slots=True)
class RecordingSummary:
    """What became of a recording.

    Attributes:
        folder: Where it is; None when nothing was recorded.
        end: Why it ended.
        progress: Its figures at the end.
        notice: What went wrong; None when nothing did.
    """

    folder: Path | None
    end: RecordingEnd
    progress: RecordingProgress
    notice: Notice | None = None


def free_bytes(path: Path) -> int:
    """Return the room on the disk that a path is on or would be on.

    Raises:
        OSError: It cannot be told.
    """
    while not path.exists() and path != path.parent:
        path = path.parent
    return shutil.disk_usage(path).free


class RecorderThread(QThread):
    """Writes the frames of one source until it is told to end or cannot go on.

    The folder is made with the first frame, so a recording of nothing leaves nothing.

    Args:
        plan: What and where to.
        free_space: Tells the room on a path's disk in bytes.
        queue_bytes: Pixels that may wait for the encoder.
    """

    frames_dropped = Signal()
    """The first picture was refused, because encoder or disk are too slow."""

    ended = Signal(object)
    """RecordingSummary; everything is on disk."""

    def __init__(
        self,
        plan: RecordingPlan,
        free_space: Callable[[Path], int] = free_bytes,
        queue_bytes: int = QUEUE_BYTES,
    ) -> None:
        super().__init__()
        self.setObjectName("ferqt-recorder")
        self._plan = plan
        self._free_space = free_space
        self._queue = FrameQueue(queue_bytes)
        self._clock = RecordingClock()
        self._source_number: int | None = None
        self._last_index = 0
        self._last_s = 0.0
        self._frames = 0
        self._not_analyzed = 0
        self._markers: tuple[Marker, ...] = ()
        self._written_markers: tuple[Marker, ...] | None = None
        self._end = RecordingEnd.STOPPED
        self._size: tuple[int, int | None] = (0, None)
        self._next_check_s = 0.0
        self._next_description_s = 0.0

    @property
    def progress(self) -> RecordingProgress:
        """How it is doing; any thread."""
        size, free = self._size
        return RecordingProgress(self._last_s, size, free, self._frames, self._queue.dropped)

    def offer(self, read: ReadFrame) -> None:
        """Take a frame into the recording; called in the inference thread, never waits.

        Frames of another source than the first one's are left out.
        """
        if self._source_number is None:
            self._source_number = read.source_number
        elif read.source_number != self._source_number:
            return
        result = read.result
        time_s = self._clock.stamp(
            result.session_ms, result.media_time, result.index, follows=read.follows
        )
        try:
            kept = self._queue.put(RecordedFrame(result, time_s, read.origin))
        except Closed:
            return
        if read.follows and self._frames:
            self._not_analyzed += max(0, result.index - self._last_index - 1)
        self._last_index, self._last_s = result.index, time_s
        self._frames += 1
        if not kept and self._queue.dropped == 1:
            self.frames_dropped.emit()

    def set_markers(self, markers: tuple[Marker, ...]) -> None:
        """Let `events.csv` hold these markers from now on; any thread."""
        self._markers = markers

    def finish(self, end: RecordingEnd) -> None:
        """Write what waits, and end; any thread. `ended` follows."""
        if self._queue.close():
            self._end = end

    def run(self) -> None:
        """Write until the queue is closed and empty; called by Qt in the new thread."""
        folder: RecordingFolder | None = None
        notice: Notice | None = None
        try:
            while True:
                rows, picture = self._queue.take(_TAKE_S)
                if folder is None and rows:
                    folder = self._begin()
                if folder is not None:
                    self._write(folder, rows, picture)
        except Closed:
            pass
        except Exception as error:  # noqa: BLE001 - the thread's boundary
            self._end = RecordingEnd.FAILED
            notice = notice_of(error, self.tr("The recording broke off"))
        self._queue.close()
        if folder is not None:
            # What went wrong first is the reason for the rest.
            at_end = self._complete(folder)
            notice = notice or at_end
        path = None if folder is None else folder.path
        self.ended.emit(RecordingSummary(path, self._end, self.progress, notice))

    def _begin(self) -> RecordingFolder:
        plan = self._plan
        now = datetime.now().astimezone()
        folder = RecordingFolder(plan.parent, plan.source, self._clock, plan.painter, now)
        _log.info("recording into %s", folder.path)
        return folder

    def _write(
        self, folder: RecordingFolder, rows: list[RecordedFrame], picture: RecordedFrame | None
    ) -> None:
        # Rows first: they are quick, and a slow picture must not hold them back.
        for row in rows:
            folder.write_rows(row)
        if picture is not None:
            folder.write_picture(picture)
        markers = self._markers
        if markers != self._written_markers:
            folder.write_markers(markers)
            self._written_markers = markers
        now = time.monotonic()
        if now >= self._next_check_s:
            self._next_check_s = now + _CHECK_S
            self._measure(folder)
        if now >= self._next_description_s:
            self._next_description_s = now + _DESCRIBE_S
            folder.write_description(self._frame_counts(), complete=False, ended="")

    def _measure(self, folder: RecordingFolder) -> None:
        """Look at files and disk, and end in time when it fills up."""
        folder.check_place()
        try:
            free = self._free_space(folder.path)
        except OSError as error:
            _log.warning("cannot tell the room left on the disk: %s", error)
            self._size = (folder.bytes, None)
            return
        self._size = (folder.bytes, free)
        if free < LEAST_FREE_BYTES:
            self.finish(RecordingEnd.DISK)

    def _complete(self, folder: RecordingFolder) -> Notice | None:
        """Close all files; returns what went wrong."""
        notice: Notice | None = None
        try:
            if self._end is RecordingEnd.FAILED:
                self._save_rows(folder)
            folder.close()
            folder.write_markers(self._markers)
        except Exception as error:  # noqa: BLE001 - the thread's boundary
            self._end = RecordingEnd.FAILED
            notice = notice_of(error, self.tr("The recording is not complete"))
        try:
            folder.write_description(
                self._frame_counts(),
                complete=self._end is not RecordingEnd.FAILED,
                ended=str(self._end),
            )
        except OutputError as error:
            notice = notice or notice_of(error, self.tr("The recording is not complete"))
        self._size = (folder.bytes, self._size[1])
        return notice

    def _save_rows(self, folder: RecordingFolder) -> None:
        """Write the rows that wait; what broke the video off need not hold them up."""
        with suppress(Closed):
            while True:
                rows, _ = self._queue.take(0)
                for row in rows:
                    folder.write_rows(row)

    def _frame_counts(self) -> dict[str, Any]:
        return {
            "came": self._frames,
            "dropped": self._queue.dropped,
            "gaps": [asdict(gap) for gap in self._queue.gaps],
            "not_analyzed": self._not_analyzed,
        }
