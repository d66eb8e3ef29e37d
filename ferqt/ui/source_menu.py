"""The menus of cameras and of recent sources, filled when they open."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from ferqt.core.types import Notice
from ferqt.runtime.tasks import TaskRunner
from ferqt.settings import RECENT, Settings
from ferqt.ui.locations import recent_title

if TYPE_CHECKING:
    from ferqt.sources.camera_devices import CameraDevice


_USUAL_NUMBER: Final = "0"
"""Number of the first camera where the system does not list them."""


class CameraMenu(QObject):
    """Lists the cameras in a menu; they are looked for by a thread, so the menu opens at once."""

    source_requested = Signal(str)
    """Location of a camera."""

    def __init__(self, menu: QMenu, tasks: TaskRunner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._menu = menu
        self._tasks = tasks
        self._entries: list[QAction] = []
        menu.aboutToShow.connect(self.refresh)
        self._say(self.tr("Looking for cameras …"))

    def refresh(self) -> None:
        """Look for cameras again."""
        self._tasks.run(
            _find_cameras,
            self._on_found,
            self._on_failed,
            title=self.tr("Cameras could not be listed"),
        )

    def open_first(self) -> None:
        """Open the first camera; opening tells what is wrong when there is none."""
        self._tasks.run(
            _find_cameras,
            lambda cameras: self.source_requested.emit(
                str(cameras[0].index) if cameras else _USUAL_NUMBER
            ),
            lambda _: self.source_requested.emit(_USUAL_NUMBER),
            title=self.tr("Cameras could not be listed"),
        )

    def _on_found(self, cameras: "Sequence[CameraDevice]") -> None:
        self._clear()
        for camera in cameras:
            action = self._menu.addAction(camera.name or self.tr("Camera {0}").format(camera.index))
            action.triggered.connect(
                lambda _=False, place=str(camera.index): self.source_requested.emit(place)
            )
            self._entries.append(action)
        if not cameras:
            self._say(self.tr("No camera found"))

    def _on_failed(self, notice: Notice) -> None:
        self._clear()
        self._say(notice.title)

    def _say(self, text: str) -> None:
        action = self._menu.addAction(text)
        action.setEnabled(False)
        self._entries.append(action)

    def _clear(self) -> None:
        for action in self._entries:
            self._menu.removeAction(action)
            action.deleteLater()
        self._entries.clear()


class RecentMenu(QObject):
    """Lists the sources that were opened lately."""

    source_requested = Signal(str)
    """Location of the source."""

    def __init__(self, menu: QMenu, settings: Settings, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._menu = menu
        self._settings = settings
        menu.aboutToShow.connect(self._fill)

    def _fill(self) -> None:
        self._menu.clear()
        for location in self._settings.get(RECENT):
            action = self._menu.addAction(recent_title(location).replace("&", "&&"))
            action.setToolTip(location)
            action.triggered.connect(
                lambda _=False, place=location: self.source_requested.emit(place)
            )
        if self._menu.isEmpty():
            self._menu.addAction(self.tr("Nothing was opened yet")).setEnabled(False)


def _find_cameras() -> "Sequence[CameraDevice]":
    from ferqt.sources.camera_devices import list_cameras

    return list_cameras()
