"""The gallery's viewer: one picture large, with what was read from it beside it."""

from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtCore import QItemSelectionModel, QSize, Qt, Signal
from PySide6.QtGui import QAction, QImage, QKeyEvent
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QListView,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from ferqt.core.types import Notice
from ferqt.outputs.png_file import read_head, read_pixels
from ferqt.outputs.snapshot import read_snapshot
from ferqt.outputs.snapshot_info import SnapshotInfo
from ferqt.runtime.tasks import TaskRunner
from ferqt.ui.docks.gallery_actions import FileAction, GalleryActions
from ferqt.ui.docks.gallery_facts import FactSheet
from ferqt.ui.docks.gallery_picture import PictureCanvas
from ferqt.ui.docks.gallery_readings import ReadingDelegate, ReadingList
from ferqt.ui.docks.tools import ToolRow
from ferqt.ui.picture_clipboard import image_of
from ferqt.ui.theme import Theme

_SIZE: Final = QSize(1000, 640)
_SIDE_PX: Final = 304
_LONGEST: Final = 3_840
"""Sharp on a 4K screen; a larger picture would only take memory."""


@dataclass(frozen=True, slots=True)
class _Loaded:
    info: SnapshotInfo
    image: QImage
    size: QSize


class PictureViewer(QDialog):
    """Shows one picture at a time; the gallery says which.

    Modeless: the live view goes on beside it.
    """

    step_requested = Signal(int)
    """1 for the next picture, -1 for the one before."""

    requested = Signal(object)
    """The `FileAction` that the person asks for, for the picture that is shown."""

    def __init__(self, theme: Theme, tasks: TaskRunner, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._path: Path | None = None
        self._run = 0
        self._canvas = PictureCanvas(theme)
        self._canvas.face_clicked.connect(self._choose_face)
        self._facts = FactSheet()
        self._readings = ReadingList(self)
        self._faces = _FaceView()
        self._faces.setModel(self._readings)
        self._faces.setItemDelegate(ReadingDelegate(theme, self))
        self._faces.setAccessibleName(self.tr("Readings of each face"))
        self._faces.selectionModel().selectionChanged.connect(self._mark_chosen)
        theme.changed.connect(lambda _: self._faces.viewport().update())
        self._make_actions()
        self._make_layout(theme)
        self.resize(_SIZE)
        # It has the keyboard at first, so that no button is marked before Tab is pressed.
        self._canvas.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self._canvas.setFocus()

    @property
    def path(self) -> Path | None:
        """The picture that is shown or about to be."""
        return self._path

    @property
    def canvas(self) -> PictureCanvas:
        """Where the picture is."""
        return self._canvas

    @property
    def readings(self) -> ReadingList:
        """The faces that are listed."""
        return self._readings

    @property
    def facts(self) -> FactSheet:
        """What is said of the picture as a whole."""
        return self._facts

    @property
    def actions_by_id(self) -> GalleryActions:
        """What can be done with the picture."""
        return self._actions

    def show_picture(self, path: Path, number: int, count: int) -> None:
        """Show a picture as soon as it is read; until then the one before stays.

        Args:
            path: Its file.
            number: Its place among those of the gallery, from 1; 0 if it is not among them.
            count: How many there are.
        """
        self._path = path
        self._run += 1
        self.setWindowTitle(path.name)
        self._place.setText(self.tr("{0} of {1}").format(number, count) if number else "")
        self._previous.setEnabled(number > 1)
        self._next.setEnabled(number < count)
        self._actions.enable(1)
        self._tasks.run(
            partial(_load, path),
            partial(self._on_loaded, self._run),
            partial(self._on_failed, self._run),
            title=self.tr("The picture cannot be shown"),
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Go through the pictures, or do what a key means in the gallery."""
        action = self._actions.of_key(event)
        if event.key() in (Qt.Key.Key_Left, Qt.Key.Key_PageUp):
            self._previous.trigger()
        elif event.key() in (Qt.Key.Key_Right, Qt.Key.Key_PageDown):
            self._next.trigger()
        elif action is not None:
            action.trigger()
        else:
            super().keyPressEvent(event)

    def _make_actions(self) -> None:
        self._actions = GalleryActions(self)
        self._actions.requested.connect(self.requested)
        self._previous = QAction(self.tr("Previous Picture"), self)
        self._previous.triggered.connect(lambda: self.step_requested.emit(-1))
        self._next = QAction(self.tr("Next Picture"), self)
        self._next.triggered.connect(lambda: self.step_requested.emit(1))

    def _make_layout(self, theme: Theme) -> None:
        steps, tools = ToolRow(theme), ToolRow(theme)
        steps.add(self._previous, "chevron-left")
        steps.add(self._next, "chevron-right")
        for action, icon_name in self._actions.in_order:
            if action is not self._actions.action(FileAction.VIEW):
                tools.add(action, icon_name)
        self._place = QLabel()
        self._place.setObjectName("Muted")
        top = QHBoxLayout()
        top.setSpacing(8)
        top.addWidget(steps)
        top.addWidget(self._place)
        top.addStretch(1)
        top.addWidget(tools)
        side = QWidget()
        side.setFixedWidth(_SIDE_PX)
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(self._facts)
        column.addWidget(self._faces, 1)
        middle = QHBoxLayout()
        middle.setSpacing(16)
        middle.addWidget(self._canvas, 1)
        middle.addWidget(side)
        outside = QVBoxLayout(self)
        outside.setContentsMargins(16, 12, 16, 16)
        outside.setSpacing(12)
        outside.addLayout(top)
        outside.addLayout(middle, 1)

    def _on_loaded(self, run: int, loaded: _Loaded) -> None:
        if run != self._run:
            return
        self._canvas.show_picture(loaded.image, loaded.size, loaded.info.readings)
        self._facts.show_info(loaded.info, loaded.size)
        self._readings.set_readings(loaded.info.readings)

    def _on_failed(self, run: int, notice: Notice) -> None:
        if run != self._run:
            return
        self._canvas.show_message(f"{notice.title}: {notice.text}. {notice.hint}".strip())
        self._facts.clear()
        self._readings.set_readings(())

    def _choose_face(self, number: int) -> None:
        if number < 0:
            self._faces.clearSelection()
        else:
            index = self._readings.index(number)
            self._faces.selectionModel().setCurrentIndex(
                index, QItemSelectionModel.SelectionFlag.ClearAndSelect
            )
            self._faces.scrollTo(index)

    def _mark_chosen(self) -> None:
        chosen = self._faces.selectionModel().selectedIndexes()
        self._canvas.mark(self._readings.readings[chosen[0].row()] if chosen else None)


class _FaceView(QListView):
    """A list whose cards take its width; Left and Right are the viewer's."""

    def __init__(self) -> None:
        super().__init__()
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Move among the faces; all other keys are the viewer's."""
        if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Home, Qt.Key.Key_End):
            super().keyPressEvent(event)
        else:
            event.ignore()


def _load(path: Path) -> _Loaded:
    """Read a picture and its readings; runs in a thread."""
    head = read_head(path)
    info = read_snapshot(path)
    return _Loaded(info, image_of(read_pixels(path, _LONGEST)), QSize(head.width, head.height))
