"""Asks for a person's name."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QLineEdit, QVBoxLayout, QWidget

from ferqt.core.people import MAX_NAME


class FaceNameDialog(QDialog):
    """One line for the name of a face; an empty one takes the name away."""

    named = Signal(str)
    """The name."""

    def __init__(self, track_id: int, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Name the Face"))
        label = QLabel(self.tr("Name of face {0}").format(track_id))
        self.line = QLineEdit(name)
        self.line.setAccessibleName(label.text())
        self.line.setMaxLength(MAX_NAME)
        self.line.setMinimumWidth(320)
        self.line.selectAll()
        label.setBuddy(self.line)
        buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel
        )
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        self.accepted.connect(lambda: self.named.emit(self.line.text()))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 24, 24, 16)
        layout.setSpacing(8)
        layout.addWidget(label)
        layout.addWidget(self.line)
        layout.addSpacing(8)
        layout.addWidget(buttons)
        self.line.setFocus()
