"""Asks what happened at a moment."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCompleter, QWidget

from ferqt.core.markers import Marker
from ferqt.core.timecode import format_time
from ferqt.ui.dialogs.one_line import OneLineDialog

_LONGEST: Final = 200


class MarkerDialog(OneLineDialog):
    """Takes a label; the moment is the one at which it was asked for.

    Args:
        marker: The moment, without a label.
        known: Labels that were given before, offered while typing.
    """

    labeled = Signal(str)
    """What was typed, or a word that stands for nothing typed."""

    def __init__(
        self, marker: Marker, known: Sequence[str] = (), parent: QWidget | None = None
    ) -> None:
        super().__init__(
            self.tr("Add Marker"),
            self.tr("What happens at {0}?").format(format_time(marker.time_s)),
            accept=self.tr("Add"),
            parent=parent,
        )
        self.line.setMaxLength(_LONGEST)
        self.line.setPlaceholderText(self.tr("event"))
        completer = QCompleter(list(known), self)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        self.line.setCompleter(completer)

    def accept(self) -> None:
        """Tell the label and close."""
        self.labeled.emit(self.line.text().strip() or self.line.placeholderText())
        super().accept()
