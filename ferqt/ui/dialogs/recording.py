"""Asks how to record."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from ferqt.core.types import Notice
from ferqt.runtime.recorder import free_bytes
from ferqt.runtime.tasks import TaskRunner
from ferqt.ui.recording_texts import size_text

_WIDTH = 440


class RecordingDialog(QDialog):
    """Clean or annotated, with or without a countdown, and where to.

    Args:
        folder: Where recordings go.
        overlay: The overlay is recorded.
        countdown: A countdown comes first.
        tasks: Looks at the disk in the background.
    """

    chosen = Signal(str, bool, bool)
    """Folder, overlay and countdown; the recording may begin."""

    def __init__(
        self,
        folder: Path,
        *,
        overlay: bool,
        countdown: bool,
        tasks: TaskRunner,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._folder = folder
        self.setWindowTitle(self.tr("Record"))
        self.clean = QRadioButton(self.tr("The picture alone"))
        self.annotated = QRadioButton(self.tr("The picture with boxes and labels"))
        (self.annotated if overlay else self.clean).setChecked(True)
        self.countdown = QCheckBox(self.tr("Count down three seconds first"))
        self.countdown.setChecked(countdown)
        self._place = QLabel()
        self._place.setTextFormat(Qt.TextFormat.PlainText)
        self._place.setWordWrap(True)
        self._place.setAccessibleName(self.tr("Folder of recordings"))
        self._room = QLabel()
        self._room.setObjectName("Muted")
        change = QPushButton(self.tr("Change …"))
        change.setAccessibleName(self.tr("Change the folder of recordings"))
        change.setProperty("role", "quiet")
        change.setAutoDefault(False)
        change.clicked.connect(self._ask_folder)
        note = QLabel(
            self.tr(
                "A table with the readings of every frame is recorded with the video. Sound is "
                "not. Tell the people who are filmed."
            )
        )
        note.setObjectName("Muted")
        note.setWordWrap(True)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        begin = buttons.addButton(
            self.tr("Start Recording"), QDialogButtonBox.ButtonRole.AcceptRole
        )
        buttons.accepted.connect(self._choose)
        buttons.rejected.connect(self.reject)
        self._lay_out(change, note, buttons)
        # A button that is in no dialog yet cannot be its default.
        begin.setDefault(True)
        self._show_folder(folder)

    @property
    def folder(self) -> Path:
        """Where recordings go."""
        return self._folder

    def _lay_out(self, change: QPushButton, note: QLabel, buttons: QDialogButtonBox) -> None:
        places = QVBoxLayout()
        places.setSpacing(4)
        places.addWidget(self._place)
        places.addWidget(self._room)
        line = QHBoxLayout()
        line.setSpacing(12)
        line.addLayout(places, 1)
        line.addWidget(change, 0, Qt.AlignmentFlag.AlignTop)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 24, 24, 16)
        layout.setSpacing(8)
        layout.addWidget(self.clean)
        layout.addWidget(self.annotated)
        layout.addWidget(self.countdown)
        layout.addSpacing(8)
        layout.addLayout(line)
        layout.addSpacing(8)
        layout.addWidget(note)
        layout.addSpacing(8)
        layout.addWidget(buttons)
        self.setMinimumWidth(_WIDTH)

    def _show_folder(self, folder: Path) -> None:
        self._folder = folder
        self._place.setText(str(folder))
        self._room.setText(" ")
        self._tasks.run(
            partial(free_bytes, folder),
            partial(self._show_room, folder),
            self._show_no_room,
            title=self.tr("The room on the disk is not known"),
        )

    def _show_room(self, folder: Path, free: int) -> None:
        # The answer may come when the dialog is gone.
        if isValid(self) and folder == self._folder:
            self._room.setText(self.tr("{0} free").format(size_text(free)))

    def _show_no_room(self, notice: Notice) -> None:
        if isValid(self):
            self._room.setText(notice.title)

    def _ask_folder(self) -> None:
        dialog = QFileDialog(self, self.tr("Folder of Recordings"), str(self._folder))
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.fileSelected.connect(lambda name: self._show_folder(Path(name)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _choose(self) -> None:
        self.chosen.emit(str(self._folder), self.annotated.isChecked(), self.countdown.isChecked())
        self.accept()
