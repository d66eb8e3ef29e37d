"""Screenshots: the picture at the source's resolution, written by a thread."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, Signal

from ferqt.classifiers.catalog import Catalog
from ferqt.core.types import FrameResult, Image, Notice, Severity
from ferqt.outputs.snapshot import (
    describe_snapshot,
    encode_snapshot,
    save_faces,
    save_snapshot,
    snapshot_name,
)
from ferqt.paths import pictures_dir
from ferqt.runtime.session import AnalysisSession
from ferqt.runtime.tasks import TaskRunner
from ferqt.settings import SCREENSHOT_FACES, SCREENSHOT_FOLDER, SCREENSHOTS_COPIED, Settings
from ferqt.ui.file_manager import open_folder
from ferqt.ui.notice_bar import NoticeAction
from ferqt.ui.picture_clipboard import ClipboardPicture, clipboard_picture, copy_picture
from ferqt.ui.video_view import VideoView

_MOST_WAITING: Final = 8
"""Screenshots that wait for the disk: each holds a whole picture, and a held key makes many."""


@dataclass(frozen=True, slots=True)
class _Order:
    """A screenshot to be made.

    Attributes:
        image: The picture as it will be saved.
        clean: The same without overlay.
        result: What was read from it.
        title: Name of the source.
        with_overlay: `image` has the overlay.
        folder: Where to; None to save nothing.
        copied: Make it ready for the clipboard.
        faces: Save the faces too.
    """

    image: Image
    clean: Image
    result: FrameResult
    title: str
    with_overlay: bool
    folder: Path | None
    copied: bool
    faces: bool


@dataclass(frozen=True, slots=True)
class _Made:
    """A screenshot that was made.

    Attributes:
        path: Its file, if it was saved.
        picture: For the clipboard, if it was asked for.
        save_faces: Writes the files of its faces; None if they were not asked for.
    """

    path: Path | None
    picture: ClipboardPicture | None
    save_faces: Callable[[], tuple[Path, ...]] | None


class Screenshots(QObject):
    """Takes screenshots and tells where they went."""

    notice_posted = Signal(object, object)
    """Notice, and the NoticeAction that goes with it or None."""

    saved = Signal(object)
    """Path of a file that was written: a picture, or a face that was cut out of one."""

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
        self._waiting = 0

    @property
    def folder(self) -> Path:
        """Where screenshots go."""
        chosen = self._settings.get(SCREENSHOT_FOLDER)
        return Path(chosen) if chosen else pictures_dir()

    def take(self, *, with_overlay: bool) -> None:
        """Save what the view shows now; to the clipboard and with its faces if so set."""
        self._start(
            self.folder,
            with_overlay=with_overlay,
            copied=self._settings.get(SCREENSHOTS_COPIED),
            faces=self._settings.get(SCREENSHOT_FACES),
            failure=self.tr("The screenshot was not saved"),
        )

    def copy(self, *, with_overlay: bool = True) -> None:
        """Put what the view shows now on the clipboard, and save nothing."""
        self._start(
            None,
            with_overlay=with_overlay,
            copied=True,
            faces=False,
            failure=self.tr("The picture was not copied"),
        )

    def show_folder(self) -> None:
        """Show the folder in the desktop's file manager."""
        open_folder(self.folder)

    def _start(
        self, folder: Path | None, *, with_overlay: bool, copied: bool, faces: bool, failure: str
    ) -> None:
        image, clean = self._view.grab_picture(with_overlay), self._view.grab_picture(False)
        result, info = self._view.result, self._session.source_info
        if image is None or clean is None or result is None or info is None:
            self._tell(
                self.tr("There is no picture to save"),
                hint=self.tr("Open a camera, a video or the demo first."),
            )
        elif self._waiting >= _MOST_WAITING:
            self._tell(
                self.tr("This screenshot was left out"),
                hint=self.tr("The ones before are still being written."),
            )
        else:
            self._waiting += 1
            order = _Order(
                image, clean, result, info.title, with_overlay, folder, copied, faces=faces
            )
            self._tasks.run(
                partial(_make, order, self._session.catalog),
                self._on_made,
                self._on_failed,
                title=failure,
            )

    def _on_made(self, made: _Made) -> None:
        self._waiting -= 1
        if made.picture is not None:
            copy_picture(made.picture)
        if made.path is None:
            self._tell(self.tr("Picture copied"))
            return
        title = self.tr("Screenshot saved")
        if made.picture is not None:
            title = self.tr("Screenshot saved and copied")
        self._tell(title, made.path.name, NoticeAction(self.tr("Show folder"), self.show_folder))
        self.saved.emit(made.path)
        if made.save_faces is not None:
            self._waiting += 1
            self._tasks.run(
                made.save_faces,
                self._on_faces_saved,
                self._on_failed,
                title=self.tr("The faces were not saved"),
            )

    def _on_faces_saved(self, paths: tuple[Path, ...]) -> None:
        self._waiting -= 1
        for path in paths:
            self.saved.emit(path)

    def _on_failed(self, notice: Notice) -> None:
        self._waiting -= 1
        self.notice_posted.emit(notice, None)

    def _tell(
        self, title: str, text: str = "", action: NoticeAction | None = None, *, hint: str = ""
    ) -> None:
        self.notice_posted.emit(Notice(Severity.INFO, title, text, hint), action)


def _make(order: _Order, catalog: Catalog) -> _Made:
    """Encode a screenshot and save it if asked for; runs in a thread."""
    info = describe_snapshot(
        order.result, order.title, _hashes(catalog), with_overlay=order.with_overlay
    )
    data = encode_snapshot(order.image, info)
    path = None
    if order.folder is not None:
        name = snapshot_name(order.title, order.result, info.taken_at)
        path = save_snapshot(data, order.folder / name)
    return _Made(
        path,
        clipboard_picture(data, order.image) if order.copied else None,
        partial(save_faces, order.clean, info, path)
        if order.faces and path is not None and info.readings
        else None,
    )


def _hashes(catalog: Catalog) -> dict[str, str]:
    """Return the hashes of the files that run, by the models' ids."""
    cards = (entry.card for entry in catalog.entries)
    return {
        card.id: file.sha256
        for card in cards
        if card is not None and (file := card.files.litert or card.files.keras) is not None
    }
