"""Screenshots: the picture at the source's resolution, written by a thread."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QUrl, Signal
from PySide6.QtGui import QDesktopServices

from ferqt.core.types import Notice, Severity
from ferqt.paths import pictures_dir
from ferqt.runtime.session import AnalysisSession
from ferqt.runtime.tasks import TaskRunner
from ferqt.settings import SCREENSHOT_FOLDER, Settings
from ferqt.ui.notice_bar import NoticeAction
from ferqt.ui.video_view import VideoView


class Screenshots(QObject):
    """Takes screenshots and tells where they went."""

    notice_posted = Signal(object, object)
    """Notice, and the NoticeAction that goes with it or None."""

    def __init__(
        self,
        session: AnalysisSession,
        settings: Settings,
        view: VideoView,
        tasks: TaskRunner,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._settings = settings
        self._view = view
        self._tasks = tasks

    @property
    def folder(self) -> Path:
        """Where screenshots go."""
        chosen = self._settings.get(SCREENSHOT_FOLDER)
        return Path(chosen) if chosen else pictures_dir()

    def take(self, *, with_overlay: bool) -> None:
        """Save what the view shows now."""
        image = self._view.grab_picture(with_overlay)
        result = self._view.result
        info = self._session.source_info
        if image is None or result is None or info is None:
            text = self.tr("Open a camera, a video or the demo first.")
            notice = Notice(Severity.INFO, self.tr("There is no picture to save"), hint=text)
            self.notice_posted.emit(notice, None)
            return
        # Pillow is loaded by the first screenshot, not by the window's start.
        from ferqt.outputs.snapshot import snapshot_name, write_snapshot

        self._tasks.run(
            partial(
                write_snapshot,
                image,
                self.folder / snapshot_name(info.title, result),
                result,
                info.title,
                self._session.card,
            ),
            self._on_written,
            lambda notice: self.notice_posted.emit(notice, None),
            title=self.tr("The screenshot was not saved"),
        )

    def show_folder(self) -> None:
        """Show the folder in the desktop's file manager."""
        folder = self.folder
        while not folder.is_dir() and folder != folder.parent:
            folder = folder.parent
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))

    def _on_written(self, path: Path) -> None:
        notice = Notice(Severity.INFO, self.tr("Screenshot saved"), path.name)
        self.notice_posted.emit(notice, NoticeAction(self.tr("Show folder"), self.show_folder))
