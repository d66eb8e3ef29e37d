"""Asks what happened at a moment."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCompleter,
    QDialog,
    QDialogButtonBox,
    QLabel,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from ferqt.core.markers import Marker
from ferqt.core.timecode import format_time

_LONGEST: Final = 200
_WIDTH: Final = 320


class MarkerDialog(QDialog):
    """One line for a label; the moment is the one at which it was asked for.

    Args:
        marker: The moment, without a label.
        known: Labels that were given before, offered while typing.
    """

    labeled = Signal(str)
    """What was typed, or a word that stands for nothing typed."""

    def __init__(
        self, marker: Marker, known: Sequence[str] = (), parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Add Marker"))
        title = QLabel(self.tr("What happens at {0}?").format(format_time(marker.time_s)))
        self.line = QLineEdit()
        self.line.setMaxLength(_LONGEST)
        self.line.setMinimumWidth(_WIDTH)
        self.line.setPlaceholderText(self.tr("event"))
        self.line.setAccessibleName(title.text())
        title.setBuddy(self.line)
        completer = QCompleter(list(known), self)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        self.line.setCompleter(completer)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        add = buttons.addButton(self.tr("Add"), QDialogButtonBox.ButtonRole.AcceptRole)
        buttons.accepted.connect(self._add)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 24, 24, 16)
        layout.setSpacing(8)
        layout.addWidget(title)
        layout.addWidget(self.line)
        layout.addSpacing(8)
        layout.addWidget(buttons)
        # A button that is in no dialog yet cannot be its default.
        add.setDefault(True)
        self.line.setFocus()

    def _add(self) -> None:
        self.labeled.emit(self.line.text().strip() or self.line.placeholderText())
        self.accept()
