"""What the window's actions do with markers."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from ferqt.core.markers import Marker
from ferqt.core.types import FrameResult, Notice, Severity
from ferqt.outputs.events_csv import EVENTS_NAME, write_events
from ferqt.runtime.markers import Markers
from ferqt.runtime.tasks import TaskRunner
from ferqt.ui.dialogs.marker import MarkerDialog

_CSV: Final = "*.csv"


class MarkerControls(QObject):
    """Adds markers at the shown frame, and saves them.

    Lives on the GUI thread.

    Args:
        markers: The list.
        shown: Gives the result on screen, None for none.
        tasks: Writes files in the background.
        window: Owns the dialogs.
    """

    notice_posted = Signal(object)
    """Notice."""

    def __init__(
        self,
        markers: Markers,
        shown: Callable[[], FrameResult | None],
        tasks: TaskRunner,
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._markers = markers
        self._shown = shown
        self._tasks = tasks
        self._window = window

    def add(self) -> None:
        """Mark the frame that is shown now, and ask what happens in it."""
        result = self._shown()
        if result is None or result.name:
            hint = self.tr("Open a camera, a video or the demo first.")
            notice = Notice(Severity.INFO, self.tr("There is no moment to mark"), hint=hint)
            self.notice_posted.emit(notice)
            return
        self.add_at(Marker.at(result, ""))

    def add_at(self, marker: Marker) -> None:
        """Ask what happens at a moment, and mark it."""
        dialog = MarkerDialog(marker, self._markers.labels, self._window)
        dialog.labeled.connect(lambda label: self._markers.add(replace(marker, label=label)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def save(self) -> None:
        """Ask for a file, and write the markers into it with the times of the source."""
        dialog = QFileDialog(self._window, self.tr("Save Markers"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilter(self.tr("Table ({0})").format(_CSV))
        dialog.setDefaultSuffix("csv")
        dialog.selectFile(EVENTS_NAME)
        dialog.fileSelected.connect(self.save_to)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def save_to(self, name: str) -> None:
        """Write the markers into a file, in the background."""
        path = Path(name)
        events = [(marker.time_s, marker) for marker in self._markers.all]
        self._tasks.run(
            partial(write_events, path, events),
            lambda _: self.notice_posted.emit(
                Notice(Severity.INFO, self.tr("Markers saved"), path.name)
            ),
            self.notice_posted.emit,
            title=self.tr("The markers were not saved"),
        )
