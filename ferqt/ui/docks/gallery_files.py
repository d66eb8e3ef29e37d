"""What can be done with the gallery's files: copy, save a copy, show, open, move to the trash."""

from collections.abc import Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtCore import QFile, QMimeData, QObject, QStandardPaths, Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QAbstractButton, QCheckBox, QFileDialog, QMessageBox, QWidget

from ferqt.core.types import Notice, Severity
from ferqt.errors import OutputError
from ferqt.outputs.png_file import read_pixels
from ferqt.outputs.snapshot import save_snapshot
from ferqt.outputs.whole_file import write_whole
from ferqt.runtime.tasks import TaskRunner
from ferqt.ui.file_manager import open_folder, select_files
from ferqt.ui.picture_clipboard import ClipboardPicture, clipboard_picture, copy_picture

_ALL: Final = 1 << 30


class GalleryFiles(QObject):
    """Does it, asks first where something would be lost, and tells what failed.

    Lives on the GUI thread; disks are read and written by `tasks`.
    """

    notice_posted = Signal(object, object)
    """Notice, and the NoticeAction that goes with it or None."""

    removed = Signal(object)
    """Paths of files that are no longer there."""

    def __init__(self, tasks: TaskRunner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tasks = tasks

    def copy(self, paths: Sequence[Path]) -> None:
        """Put a picture on the clipboard; several as files, which a file manager can paste."""
        if len(paths) == 1:
            self._tasks.run(
                partial(_read_for_clipboard, paths[0]),
                self._on_read,
                self._tell,
                title=self.tr("The picture was not copied"),
            )
        elif paths:
            content = QMimeData()
            content.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
            QGuiApplication.clipboard().setMimeData(content)
            self._say(self.tr("{0} files copied").format(len(paths)))

    def save_copy(self, paths: Sequence[Path], window: QWidget) -> None:
        """Ask where copies shall go, and write them; they keep their readings.

        Args:
            paths: Files to be copied.
            window: What the question stands over.
        """
        dialog = QFileDialog(window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        if len(paths) == 1:
            dialog.setWindowTitle(self.tr("Save a Copy"))
            dialog.setNameFilter(self.tr("PNG pictures (*.png)"))
            dialog.setDefaultSuffix("png")
            dialog.selectFile(paths[0].name)
        else:
            dialog.setWindowTitle(self.tr("Save {0} Copies in a Folder").format(len(paths)))
            dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptOpen)
            dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.fileSelected.connect(partial(self._on_place_chosen, tuple(paths)))
        dialog.open()

    def reveal(self, paths: Sequence[Path]) -> None:
        """Show files in the desktop's file manager."""
        if not paths:
            return
        self._tasks.run(
            partial(select_files, tuple(paths)),
            lambda selected: None if selected else open_folder(paths[0].parent),
            self._tell,
            title=self.tr("The folder cannot be shown"),
        )

    def open_outside(self, path: Path) -> None:
        """Open a picture in the desktop's own viewer."""
        if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(path))):
            self._say(
                self.tr("The picture was not opened"),
                path.name,
                self.tr("No program is set for PNG pictures on this desktop."),
                Severity.WARNING,
            )

    def remove(self, paths: Sequence[Path], window: QWidget, faces: Sequence[Path] = ()) -> None:
        """Ask, and move files to the trash.

        Args:
            paths: The files.
            window: What the question stands over.
            faces: Files of faces cut out of them, which go along unless the person keeps them.
        """
        if not paths:
            return
        if len(paths) == 1:
            question = self.tr("Move “{0}” to the trash?").format(paths[0].name)
        else:
            question = self.tr("Move {0} files to the trash?").format(len(paths))
        box = _question(window, question, self.tr("They can be taken back from there."))
        if len(paths) == 1:
            box.setInformativeText(self.tr("It can be taken back from there."))
        also: QCheckBox | None = None
        if faces:
            text = self.tr("Also the faces that were cut out: {0}").format(len(faces))
            # Python would delete one without a parent under the box's hands.
            also = QCheckBox(text, box)
            also.setChecked(True)
            box.setCheckBox(also)
        yes = box.addButton(self.tr("Move to Trash"), QMessageBox.ButtonRole.AcceptRole)
        box.setDefaultButton(yes)

        def on_clicked(button: QAbstractButton) -> None:
            if button is yes:
                wanted = faces if also is not None and also.isChecked() else ()
                self._to_trash((*paths, *wanted), window)

        box.buttonClicked.connect(on_clicked)
        box.open()

    def _on_read(self, picture: ClipboardPicture) -> None:
        copy_picture(picture)
        self._say(self.tr("Picture copied"))

    def _on_place_chosen(self, paths: Sequence[Path], place: str) -> None:
        if place:
            self._tasks.run(
                partial(_copy_to, paths, Path(place)),
                lambda count: self._say(
                    self.tr("Copy saved")
                    if count == 1
                    else self.tr("{0} copies saved").format(count),
                    place,
                ),
                self._tell,
                title=self.tr("The copy was not saved"),
            )

    def _to_trash(self, paths: Sequence[Path], window: QWidget) -> None:
        self._tasks.run(
            partial(_move_to_trash, paths),
            partial(self._on_trashed, paths, window),
            self._tell,
            title=self.tr("Nothing was moved to the trash"),
        )

    def _on_trashed(self, paths: Sequence[Path], window: QWidget, refused: Sequence[Path]) -> None:
        gone = [path for path in paths if path not in refused]
        if gone:
            self.removed.emit(gone)
        if refused:
            self._ask_for_good(refused, window)

    def _ask_for_good(self, paths: Sequence[Path], window: QWidget) -> None:
        """Ask whether what no trash takes shall be deleted."""
        if len(paths) == 1:
            question = self.tr("The trash does not take “{0}”.").format(paths[0].name)
            hint = self.tr("Delete it for good? This cannot be undone.")
        else:
            question = self.tr("The trash does not take {0} files.").format(len(paths))
            hint = self.tr("Delete them for good? This cannot be undone.")
        box = _question(window, question, hint)
        yes = box.addButton(self.tr("Delete for Good"), QMessageBox.ButtonRole.DestructiveRole)
        box.setDefaultButton(QMessageBox.StandardButton.Cancel)
        box.buttonClicked.connect(lambda button: self._delete(paths) if button is yes else None)
        box.open()

    def _delete(self, paths: Sequence[Path]) -> None:
        self._tasks.run(
            partial(_delete, paths),
            self.removed.emit,
            self._tell,
            title=self.tr("Not all files were deleted"),
        )

    def _say(
        self, title: str, text: str = "", hint: str = "", severity: Severity = Severity.INFO
    ) -> None:
        self._tell(Notice(severity, title, text, hint))

    def _tell(self, notice: Notice) -> None:
        self.notice_posted.emit(notice, None)


def _question(window: QWidget, text: str, hint: str) -> QMessageBox:
    """Return a box with a question and a way out, still without its answers."""
    box = QMessageBox(window)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.setIcon(QMessageBox.Icon.Question)
    # File names may look like markup.
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setText(text)
    box.setInformativeText(hint)
    box.addButton(QMessageBox.StandardButton.Cancel)
    return box


def _read_for_clipboard(path: Path) -> ClipboardPicture:
    # The pixels come first: with them the size of the file is judged.
    pixels = read_pixels(path, _ALL)
    return clipboard_picture(_read(path), pixels)


def _copy_to(paths: Sequence[Path], place: Path) -> int:
    """Copy files into a folder, or one file to a name; return how many."""
    for path in paths:
        if place.is_dir():
            # Nobody was asked about what is there, so nothing of it is replaced.
            save_snapshot(_read(path), place / path.name)
        else:
            write_whole(place, _read(path))
    return len(paths)


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise OutputError(f"cannot read '{path}': {error.strerror or error}") from error


def _move_to_trash(paths: Sequence[Path]) -> tuple[Path, ...]:
    """Move files to the trash and return those that it did not take."""
    data = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.GenericDataLocation)
    with suppress(OSError):
        # Qt makes the trash of a new user, but not the folder that it stands in.
        Path(data).mkdir(mode=0o700, parents=True, exist_ok=True)
    return tuple(path for path in paths if not QFile(str(path)).moveToTrash() and path.exists())


def _delete(paths: Sequence[Path]) -> tuple[Path, ...]:
    for path in paths:
        try:
            path.unlink(missing_ok=True)
        except OSError as error:
            raise OutputError(
                f"cannot delete '{path}': {error.strerror or error}",
                "Look at who may write to its folder.",
            ) from error
    return tuple(paths)
