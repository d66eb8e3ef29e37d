"""Asks how a session's film is to be written anew, and shows how far that is."""

from functools import partial
from pathlib import Path
from threading import Event
from typing import Final

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from ferqt.core.session_document import SessionDocument, TimeRange
from ferqt.core.types import Notice
from ferqt.outputs.overlay import OverlayOptions
from ferqt.pipeline.annotated_video import AnnotatedVideoOptions, annotated_video
from ferqt.runtime.tasks import TaskRunner
from ferqt.ui.docks.tools import ElidedLabel

_WIDTH: Final = 440
_SUFFIX: Final = "-annotated.mp4"


class _Progress(QObject):
    """Brings the progress from the thread that writes to the window."""

    came = Signal(int, int)


class AnnotatedVideoDialog(QDialog):
    """What the film shows and where it goes; stays open while it is written.

    Args:
        document: A session of a film.
        marked: The range that is marked, None for none.
        overlay: What the overlay shows on screen.
        tasks: Does the work.
    """

    written = Signal(object)
    """Path of the new film."""

    def __init__(
        self,
        document: SessionDocument,
        marked: TimeRange | None,
        overlay: OverlayOptions,
        tasks: TaskRunner,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._document = document
        self._marked = marked
        self._overlay = overlay
        self._tasks = tasks
        self._stop = Event()
        self._writing = False
        self._progress = _Progress(self)
        self._progress.came.connect(self._show_progress)
        source = Path(document.source)
        self._path = source.with_name(f"{source.stem}{_SUFFIX}")
        self.setWindowTitle(self.tr("Annotated Video"))
        self.setMinimumWidth(_WIDTH)
        self._make_choices()
        self._make_place()
        self._make_layout()
        self._check()

    @property
    def options(self) -> AnnotatedVideoOptions:
        """What is chosen."""
        return AnnotatedVideoOptions(
            overlay=self._overlay if self.readings.isChecked() else None,
            blur=self.blur.isChecked(),
            part=self._marked if self.only_range.isChecked() else None,
        )

    def set_path(self, path: Path) -> None:
        """Take another file."""
        self._path = path
        self._check()

    def begin(self) -> None:
        """Write the film."""
        self._writing = True
        self._stop.clear()
        self._told.setText("")
        self._check()
        self._tasks.run(
            partial(
                annotated_video,
                self._document,
                self._path,
                self.options,
                on_progress=self._progress.came.emit,
                should_stop=self._stop.is_set,
            ),
            self._on_done,
            self._on_failed,
            title=self.tr("The video was not written"),
        )

    def reject(self) -> None:
        """Stop what is being written, or close."""
        if self._writing:
            self._stop.set()
        else:
            super().reject()

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802 - Qt's name
        """Stay until the writing has stopped."""
        self.reject()
        if self._writing:
            event.ignore()

    def _make_choices(self) -> None:
        self.readings = QCheckBox(self.tr("Draw the readings as on screen"))
        self.readings.setChecked(True)
        self.blur = QCheckBox(self.tr("Blur all faces that were found"))
        self._warning = QLabel(
            self.tr("A face that was not found stays: look at the video before you share it.")
        )
        self._warning.setObjectName("Muted")
        self._warning.setWordWrap(True)
        self._warning.setContentsMargins(24, 0, 0, 0)
        self.only_range = QCheckBox(self.tr("Only the marked range"))
        self.only_range.setEnabled(self._marked is not None)
        self.readings.toggled.connect(self._check)
        self.blur.toggled.connect(self._check)

    def _make_place(self) -> None:
        self._place = ElidedLabel(mode=Qt.TextElideMode.ElideMiddle)
        self._change = QPushButton(self.tr("Change …"))
        self._change.setAccessibleName(self.tr("Change the file"))
        self._change.clicked.connect(self._choose)
        self._bar = QProgressBar()
        self._bar.setAccessibleName(self.tr("Pictures written"))
        self._told = QLabel()
        self._told.setWordWrap(True)

    def _make_layout(self) -> None:
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.write_button = buttons.addButton(
            self.tr("Write"), QDialogButtonBox.ButtonRole.AcceptRole
        )
        buttons.accepted.connect(self.begin)
        buttons.rejected.connect(self.reject)
        place = QHBoxLayout()
        place.addWidget(self._place, 1)
        place.addWidget(self._change)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 24, 24, 16)
        layout.setSpacing(8)
        for line in (self.readings, self.blur, self._warning, self.only_range):
            layout.addWidget(line)
        layout.addSpacing(8)
        layout.addLayout(place)
        layout.addWidget(self._bar)
        layout.addWidget(self._told)
        layout.addSpacing(8)
        layout.addWidget(buttons)
        self.write_button.setDefault(True)

    def _check(self) -> None:
        self._place.setText(str(self._path))
        for widget in (self.readings, self.blur, self._change):
            widget.setEnabled(not self._writing)
        self.only_range.setEnabled(not self._writing and self._marked is not None)
        chosen = self.readings.isChecked() or self.blur.isChecked()
        self.write_button.setEnabled(chosen and not self._writing)
        self._bar.setVisible(self._writing)

    def _choose(self) -> None:
        dialog = QFileDialog(self, self.tr("Write the Video As"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilter(self.tr("Video ({0})").format("*.mp4"))
        dialog.setDefaultSuffix("mp4")
        dialog.setDirectory(str(self._path.parent))
        dialog.selectFile(self._path.name)
        dialog.fileSelected.connect(lambda name: self.set_path(Path(name)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _show_progress(self, done: int, total: int) -> None:
        self._bar.setMaximum(total)
        self._bar.setValue(done)

    def _on_done(self, whole: bool) -> None:
        self._writing = False
        if whole:
            self.written.emit(self._path)
            self.accept()
            return
        self._told.setText(self.tr("Stopped. Nothing was written."))
        self._check()

    def _on_failed(self, notice: Notice) -> None:
        self._writing = False
        self._told.setText(" ".join(part for part in (notice.text, notice.hint) if part))
        self._check()
