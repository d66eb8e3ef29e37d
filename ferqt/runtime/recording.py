"""Recording as the window asks for it: countdown, start, stop, progress, and what goes wrong."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from ferqt.core.markers import Marker
from ferqt.core.types import Notice, Severity
from ferqt.errors import OutputError
from ferqt.pipeline.recording_folder import Painter
from ferqt.runtime.markers import Markers
from ferqt.runtime.recorder import (
    RecorderThread,
    RecordingEnd,
    RecordingPlan,
    RecordingProgress,
    RecordingSummary,
    free_bytes,
)
from ferqt.runtime.session import AnalysisSession, SessionState
from ferqt.runtime.tasks import TaskRunner
from ferqt.runtime.wake_lock import WakeLock
from ferqt.sources.base import SourceInfo, SourceKind

_log = logging.getLogger(__name__)

START_BYTES: Final = 500_000_000
"""Room that a recording needs to begin: a quarter of an hour of 720p, and what stays free."""

_PROGRESS_MS: Final = 1_000
_LAST_FRAMES_MS: Final = 400
"""How long after a source's end the last frames may come out of inference."""

_SAVE_MS: Final = 15_000
_FREE_AT_END_S: Final = 1.0


class RecordingState(StrEnum):
    """What the recording is doing."""

    OFF = "off"
    COUNTDOWN = "countdown"
    ON = "on"
    SAVING = "saving"


@dataclass(frozen=True, slots=True)
class RecordingOptions:
    """How to record.

    Attributes:
        folder: Folder of all recordings.
        painter: Draws the overlay on each picture, called in the recording thread; None records the
            pictures as they are.
        countdown_s: Whole seconds before it begins.
    """

    folder: Path
    painter: Painter | None = None
    countdown_s: int = 3


def check_room(folder: Path, free_space: Callable[[Path], int]) -> None:
    """Make the folder of recordings, and raise if there is little room for one.

    Raises:
        OutputError: The folder cannot be made, or its disk is nearly full.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        free = free_space(folder)
    except OSError as error:
        raise OutputError(
            f"cannot use the folder '{folder}': {error.strerror or error}",
            "Choose another folder for recordings.",
        ) from error
    if free < START_BYTES:
        raise OutputError(
            f"only {free / 1e6:.0f} MB are free on the disk of '{folder}'",
            f"Free some space, {START_BYTES / 1e6:.0f} MB at least, or choose another folder.",
        )


class Recording(QObject):
    """Records what the session reads, one recording at a time.

    Lives on the GUI thread; call everything from there. `shutdown` before the session's.

    Args:
        session: Gives frames, and tells when a source ends.
        markers: Go into the recording as they are set.
        wake_lock: Keeps the computer awake.
        free_space: Tells the room on a path's disk in bytes; called in threads.
    """

    state_changed = Signal(object)
    """RecordingState."""
    countdown_changed = Signal(int)
    """Seconds until it begins."""
    progress_changed = Signal(object)
    """RecordingProgress, once a second while it is on."""
    finished = Signal(object)
    """RecordingSummary of a recording that is on disk, or of one that never came to be."""
    notice_posted = Signal(object)
    """Notice."""

    def __init__(
        self,
        session: AnalysisSession,
        markers: Markers,
        wake_lock: WakeLock | None = None,
        free_space: Callable[[Path], int] = free_bytes,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._markers = markers
        self._wake_lock = wake_lock or WakeLock()
        self._free_space = free_space
        self._tasks = TaskRunner(self)
        self._state = RecordingState.OFF
        self._options: RecordingOptions | None = None
        self._source: SourceInfo | None = None
        self._recorder: RecorderThread | None = None
        self._has_room = False
        self._seconds_left = 0
        self._attempt = 0
        self._second = QTimer(self, interval=1_000)
        self._second.timeout.connect(self._count_down)
        self._progress = QTimer(self, interval=_PROGRESS_MS)
        self._progress.timeout.connect(self._tell_progress)
        self._last_frames = QTimer(self, interval=_LAST_FRAMES_MS, singleShot=True)
        self._last_frames.timeout.connect(self._on_source_gone)
        session.source_changed.connect(self._on_source_changed)
        session.state_changed.connect(self._on_session_state)
        markers.changed.connect(self._on_markers)

    @property
    def state(self) -> RecordingState:
        """What the recording is doing."""
        return self._state

    @property
    def progress(self) -> RecordingProgress:
        """How the recording is doing; zeros while there is none."""
        return RecordingProgress() if self._recorder is None else self._recorder.progress

    def start(self, options: RecordingOptions) -> None:
        """Count down and begin; the answer comes as a signal."""
        if self._state is not RecordingState.OFF or not self._can_record():
            return
        self._options, self._source = options, self._session.source_info
        self._attempt += 1
        self._has_room = False
        self._seconds_left = options.countdown_s
        self._set_state(RecordingState.COUNTDOWN)
        attempt = self._attempt
        self._tasks.run(
            partial(check_room, options.folder, self._free_space),
            lambda _: self._on_room(attempt),
            lambda notice: self._on_no_room(attempt, notice),
            title=self.tr("The recording was not started"),
        )
        if self._seconds_left:
            self.countdown_changed.emit(self._seconds_left)
            self._second.start()

    def stop(self) -> None:
        """End the recording, or the countdown to one; harmless when there is none."""
        if self._state is RecordingState.COUNTDOWN:
            self._second.stop()
            self._set_state(RecordingState.OFF)
        elif self._state is RecordingState.ON:
            self._finish(RecordingEnd.STOPPED)

    def toggle(self, options: RecordingOptions) -> None:
        """Start when there is no recording, else stop."""
        if self._state is RecordingState.OFF:
            self.start(options)
        else:
            self.stop()

    def shutdown(self) -> None:
        """End the recording and wait until it is on disk; no signal comes afterwards."""
        recorder = self._recorder
        if recorder is not None:
            # Before it can end: what is on its way to this thread cannot be called back.
            recorder.ended.disconnect(self._on_ended)
        self.stop()
        if recorder is not None:
            if recorder.wait(_SAVE_MS):
                self._recorder = None
            else:
                _log.error("the recording was not saved within %d ms", _SAVE_MS)
        self._progress.stop()
        self._wake_lock.release(_FREE_AT_END_S)
        self._tasks.shutdown()
        self._set_state(RecordingState.OFF)

    def _can_record(self) -> bool:
        info = self._session.source_info
        if info is not None and info.kind is not SourceKind.IMAGES:
            return True
        if info is None:
            title = self.tr("There is nothing to record")
            hint = self.tr("Open a camera, a video or the demo first.")
        else:
            title = self.tr("Pictures cannot be recorded")
            hint = self.tr("Take screenshots, or analyze the folder.")
        self.notice_posted.emit(Notice(Severity.INFO, title, hint=hint))
        return False

    def _count_down(self) -> None:
        self._seconds_left -= 1
        if self._seconds_left > 0:
            self.countdown_changed.emit(self._seconds_left)
            return
        self._second.stop()
        self._begin_if_ready()

    def _on_room(self, attempt: int) -> None:
        if attempt == self._attempt:
            self._has_room = True
            self._begin_if_ready()

    def _on_no_room(self, attempt: int, notice: Notice) -> None:
        if attempt == self._attempt:
            self.stop()
            self.notice_posted.emit(notice)

    def _begin_if_ready(self) -> None:
        waiting = self._seconds_left > 0 or not self._has_room
        if self._state is not RecordingState.COUNTDOWN or waiting:
            return
        assert self._options is not None
        assert self._source is not None
        recorder = RecorderThread(
            RecordingPlan(self._options.folder, self._source, self._options.painter),
            self._free_space,
        )
        recorder.frames_dropped.connect(self._on_dropped)
        recorder.ended.connect(self._on_ended)
        recorder.set_markers(self._markers.all)
        self._recorder = recorder
        recorder.start()
        self._session.set_tap(recorder.offer)
        self._wake_lock.acquire(self.tr("A recording is running"))
        self._progress.start()
        self._set_state(RecordingState.ON)
        self._tell_progress()

    def _finish(self, end: RecordingEnd) -> None:
        assert self._recorder is not None
        self._session.set_tap(None)
        self._last_frames.stop()
        self._recorder.finish(end)
        self._set_state(RecordingState.SAVING)

    @Slot(object)
    def _on_ended(self, summary: RecordingSummary) -> None:
        if self._recorder is None:
            # It ended by itself at the very moment of the shutdown.
            return
        self._recorder.wait()
        self._recorder = None
        self._session.set_tap(None)
        self._progress.stop()
        self._last_frames.stop()
        self._wake_lock.release()
        self._set_state(RecordingState.OFF)
        for notice in self._notices_of(summary):
            self.notice_posted.emit(notice)
        self.finished.emit(summary)

    def _notices_of(self, summary: RecordingSummary) -> list[Notice]:
        notices = []
        if summary.notice is not None:
            notices.append(summary.notice)
        elif summary.folder is None:
            notices.append(
                Notice(
                    Severity.INFO,
                    self.tr("Nothing was recorded"),
                    self.tr("No frame came."),
                )
            )
        if summary.end is RecordingEnd.DISK:
            notices.append(
                Notice(
                    Severity.WARNING,
                    self.tr("The recording ended because the disk is nearly full"),
                    hint=self.tr("Free some space, or choose another folder for recordings."),
                )
            )
        if summary.progress.dropped:
            notices.append(
                Notice(
                    Severity.WARNING,
                    self.tr("Pictures are missing from the recorded video"),
                    self.tr("{0} of {1} were left out; the table has the rows of all.").format(
                        summary.progress.dropped, summary.progress.frames
                    ),
                )
            )
        return notices

    @Slot()
    def _on_dropped(self) -> None:
        self.notice_posted.emit(
            Notice(
                Severity.WARNING,
                self.tr("The recording cannot keep up"),
                self.tr("Pictures are left out of the video; the table keeps the rows of all."),
                self.tr("Record without the overlay, or choose a smaller camera picture."),
            )
        )

    @Slot(object)
    def _on_source_changed(self, _info: SourceInfo | None) -> None:
        self._on_source_gone()

    @Slot()
    def _on_source_gone(self) -> None:
        if self._state is RecordingState.COUNTDOWN:
            self.stop()
        elif self._state is RecordingState.ON:
            self._finish(RecordingEnd.SOURCE)

    @Slot(object)
    def _on_session_state(self, state: SessionState) -> None:
        if state is SessionState.ENDED and self._state is RecordingState.ON:
            self._last_frames.start()

    @Slot(object)
    def _on_markers(self, markers: tuple[Marker, ...]) -> None:
        # A source that closes takes its markers along; the recording keeps them.
        if self._recorder is not None and self._session.source_info is self._source:
            self._recorder.set_markers(markers)

    @Slot()
    def _tell_progress(self) -> None:
        if self._recorder is not None:
            self.progress_changed.emit(self._recorder.progress)

    def _set_state(self, state: RecordingState) -> None:
        if state is not self._state:
            self._state = state
            self.state_changed.emit(state)
