"""Asks for the address of a network stream."""

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QLineEdit, QVBoxLayout, QWidget


class StreamDialog(QDialog):
    """One line for an address; `address` is what was typed."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Open Stream"))
        label = QLabel(self.tr("Address of the stream"))
        self._line = QLineEdit()
        self._line.setPlaceholderText("rtsp://camera.local/live")
        self._line.setAccessibleName(label.text())
        self._line.setMinimumWidth(420)
        label.setBuddy(self._line)
        note = QLabel(
            self.tr("RTSP, HTTP (MJPEG), RTMP, SRT or UDP. ferqt connects to this address alone.")
        )
        note.setObjectName("Muted")
        note.setWordWrap(True)
        buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Open | QDialogButtonBox.StandardButton.Cancel
        )
        self._open = buttons.button(QDialogButtonBox.StandardButton.Open)
        self._open.setEnabled(False)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        self._line.textChanged.connect(self._on_changed)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 24, 24, 16)
        layout.setSpacing(8)
        layout.addWidget(label)
        layout.addWidget(self._line)
        layout.addWidget(note)
        layout.addSpacing(8)
        layout.addWidget(buttons)
        self._line.setFocus()

    @property
    def address(self) -> str:
        """What was typed."""
        return self._line.text().strip()

    def _on_changed(self) -> None:
        scheme, mark, rest = self.address.partition("://")
        self._open.setEnabled(bool(scheme and mark and rest))
