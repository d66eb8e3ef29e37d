"""Asks for the address of a network stream."""

from typing import Final

from PySide6.QtWidgets import QDialogButtonBox, QWidget

from ferqt.ui.dialogs.one_line import OneLineDialog

_WIDTH_PX: Final = 420
"""Addresses are long."""


class StreamDialog(OneLineDialog):
    """Takes an address; `address` is what was typed."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(
            self.tr("Open Stream"),
            self.tr("Address of the stream"),
            button=QDialogButtonBox.StandardButton.Open,
            parent=parent,
        )
        self.line.setPlaceholderText("rtsp://camera.local/live")
        self.line.setMinimumWidth(_WIDTH_PX)
        self.say(
            self.tr("RTSP, HTTP (MJPEG), RTMP, SRT or UDP. ferqt connects to this address alone.")
        )
        self.ok.setEnabled(False)
        self.line.textChanged.connect(self._on_changed)

    @property
    def address(self) -> str:
        """What was typed."""
        return self.line.text().strip()

    def _on_changed(self) -> None:
        scheme, mark, rest = self.address.partition("://")
        self.ok.setEnabled(bool(scheme and mark and rest))
