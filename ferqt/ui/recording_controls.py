"""What the window's actions do with recordings."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from ferqt.core.types import FrameResult, Image, Notice, Severity
from ferqt.outputs.overlay import OverlayMemory, OverlayOptions
from ferqt.paths import recordings_dir
from ferqt.runtime.recorder import RecordingEnd, RecordingSummary
from ferqt.runtime.recording import Recording, RecordingOptions, RecordingState
from ferqt.runtime.tasks import TaskRunner
from ferqt.settings import RECORD_COUNTDOWN, RECORD_OVERLAY, RECORDING_FOLDER, Settings
from ferqt.ui.dialogs.recording import RecordingDialog
from ferqt.ui.file_manager import open_folder
from ferqt.ui.notice_bar import NoticeAction
from ferqt.ui.overlay_painter import draw_overlay_on
from ferqt.ui.recording_texts import clock_text

_COUNTDOWN_S: Final = 3


class RecordedOverlay:
    """Paints on recorded pictures what the view paints on shown ones.

    Called in the recording thread; names and places are remembered apart from the view's.

    Args:
        options: What to show, asked for every picture, in the recording thread.
    """

    def __init__(self, options: Callable[[], OverlayOptions]) -> None:
        self._options = options
        self._memory = OverlayMemory()

    def __call__(self, image: Image, result: FrameResult) -> Image:
        """Return a copy of a picture with its overlay; never mirrored, so that rows fit it."""
        return draw_overlay_on(
            image, result, replace(self._options(), mirrored=False), self._memory
        )


class RecordingControls(QObject):
    """Starts and stops recordings as the settings say, and tells where they went.

    Lives on the GUI thread.

    Args:
        recording: Does it.
        settings: Folder, overlay and countdown; changed by the dialog.
        options: What the view's overlay shows; also called in the recording thread.
        tasks: For what looks at the disk.
        window: Owns the dialog.
    """

    notice_posted = Signal(object, object)
    """Notice, and the NoticeAction that goes with it or None."""

    def __init__(
        self,
        recording: Recording,
        settings: Settings,
        options: Callable[[], OverlayOptions],
        tasks: TaskRunner,
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._recording = recording
        self._settings = settings
        self._options = options
        self._tasks = tasks
        self._window = window
        recording.finished.connect(self._on_finished)
        recording.notice_posted.connect(lambda notice: self.notice_posted.emit(notice, None))

    @property
    def folder(self) -> Path:
        """Where recordings go."""
        chosen = self._settings.get(RECORDING_FOLDER)
        return Path(chosen) if chosen else recordings_dir()

    def toggle(self) -> None:
        """Start a recording as the settings say, or stop the one that runs."""
        self._recording.toggle(self._wanted())

    def ask(self) -> None:
        """Ask how to record, keep the answer as settings, and start; nothing while one runs."""
        if self._recording.state is not RecordingState.OFF:
            return
        dialog = RecordingDialog(
            self.folder,
            overlay=self._settings.get(RECORD_OVERLAY),
            countdown=self._settings.get(RECORD_COUNTDOWN),
            tasks=self._tasks,
            parent=self._window,
        )
        dialog.chosen.connect(self._on_chosen)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def show_folder(self) -> None:
        """Show the folder of recordings in the desktop's file manager."""
        open_folder(self.folder)

    def _wanted(self) -> RecordingOptions:
        painter = RecordedOverlay(self._options) if self._settings.get(RECORD_OVERLAY) else None
        countdown_s = _COUNTDOWN_S if self._settings.get(RECORD_COUNTDOWN) else 0
        return RecordingOptions(self.folder, painter, countdown_s)

    def _on_chosen(self, folder: str, overlay: bool, countdown: bool) -> None:
        if Path(folder) != self.folder:
            self._settings.set(RECORDING_FOLDER, folder)
        self._settings.set(RECORD_OVERLAY, overlay)
        self._settings.set(RECORD_COUNTDOWN, countdown)
        self._recording.start(self._wanted())

    def _on_finished(self, summary: RecordingSummary) -> None:
        folder = summary.folder
        if folder is None:
            return
        title = self.tr("Recording saved")
        if summary.end is RecordingEnd.FAILED:
            title = self.tr("The recording is kept up to there")
        length = clock_text(summary.progress.seconds)
        notice = Notice(Severity.INFO, title, f"{length}  ·  {folder.name}")
        show = NoticeAction(self.tr("Show folder"), lambda: open_folder(folder))
        self.notice_posted.emit(notice, show)
