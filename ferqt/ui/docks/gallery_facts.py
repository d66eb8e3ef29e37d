"""What the viewer says of a picture as a whole: when, from where, by which model."""

from typing import Final

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from ferqt.core.timecode import format_time
from ferqt.outputs.snapshot_info import SnapshotInfo
from ferqt.ui.docks.gallery_texts import taken_text

_HASH_LETTERS: Final = 12


class FactSheet(QWidget):
    """Names and values, one under the other; the values can be selected and copied."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(4)
        self._grid.setColumnStretch(1, 1)
        self._labels: list[QLabel] = []

    @property
    def texts(self) -> tuple[str, ...]:
        """What is shown, in reading order."""
        return tuple(label.text() for label in self._labels)

    def show_info(self, info: SnapshotInfo, size: QSize) -> None:
        """Say what a picture says of itself.

        Args:
            info: What it says.
            size: Its size in px.
        """
        self.clear()
        self._add(self.tr("Taken"), taken_text(info.taken_at))
        self._add(self.tr("Source"), info.source_title)
        if info.picture_name:
            self._add(self.tr("Picture"), info.picture_name)
        place = self.tr("frame {0}").format(info.frame)
        if info.media_time is not None:
            place = f"{format_time(info.media_time)}, {place}"
        self._add(self.tr("Position"), place)
        kind = self.tr("with overlay") if info.with_overlay else self.tr("without overlay")
        if info.cut is not None:
            kind = self.tr("cut out of {0}").format(info.cut.picture)
        self._add(self.tr("Kind"), f"{size.width()} × {size.height()} px, {kind}")
        self._add_model(self.tr("Model"), info.model_id, info.model_sha256)
        if info.compared_id:
            self._add_model(self.tr("Compared"), info.compared_id, info.compared_sha256)
        self._add(self.tr("Program"), info.software)

    def clear(self) -> None:
        """Say nothing."""
        for label in self._labels:
            self._grid.removeWidget(label)
            label.hide()
            label.deleteLater()
        self._labels.clear()

    def _add_model(self, name: str, model_id: str, sha256: str) -> None:
        text = f"{model_id} ({sha256[:_HASH_LETTERS]})" if sha256 else model_id
        value = self._add(name, text)
        if sha256:
            value.setAccessibleDescription(sha256)

    def _add(self, name: str, text: str) -> QLabel:
        title, value = QLabel(name), QLabel(" ".join(text.split()))
        title.setObjectName("Muted")
        value.setTextFormat(Qt.TextFormat.PlainText)
        value.setWordWrap(True)
        value.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        row = len(self._labels) // 2
        self._grid.addWidget(title, row, 0, Qt.AlignmentFlag.AlignTop)
        self._grid.addWidget(value, row, 1)
        self._labels += [title, value]
        return value
