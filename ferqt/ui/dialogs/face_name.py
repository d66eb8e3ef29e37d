"""Asks for a person's name."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ferqt.core.people import MAX_NAME
from ferqt.ui.dialogs.one_line import OneLineDialog


class FaceNameDialog(OneLineDialog):
    """Takes the name of a face; an empty one takes the name away."""

    named = Signal(str)
    """The name."""

    def __init__(self, track_id: int, name: str, parent: QWidget | None = None) -> None:
        super().__init__(
            self.tr("Name the Face"),
            self.tr("Name of face {0}").format(track_id),
            name,
            parent=parent,
        )
        self.line.setMaxLength(MAX_NAME)

    def accept(self) -> None:
        """Tell the name and close."""
        self.named.emit(self.line.text())
        super().accept()
