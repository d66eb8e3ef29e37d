"""The box of models in the tool bar."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QWidget

from ferqt.classifiers.catalog import CatalogEntry
from ferqt.ui.docks.tools import plain_tip

_LETTERS: Final = 22


class ModelBox(QComboBox):
    """Names of the usable models; shows the one that answers."""

    model_requested = Signal(str)
    """Id of the model that the person chose."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Model"))
        self.setToolTip(self.tr("Model that reads the faces (M for the next one)"))
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(_LETTERS)
        self._active = ""
        self.activated.connect(self._on_activated)

    def set_entries(self, entries: Sequence[CatalogEntry]) -> None:
        """Offer the entries that can be used."""
        self.clear()
        for entry in entries:
            if entry.card is not None:
                self.addItem(entry.card.name, entry.id)
                self.setItemData(
                    self.count() - 1,
                    plain_tip(entry.card.architecture),
                    Qt.ItemDataRole.ToolTipRole,
                )
        # Until the first model answers there is nothing to show.
        self.setPlaceholderText(self.tr("Loading …") if self.count() else self.tr("No model"))
        self.set_active(self._active)

    def set_active(self, model_id: str) -> None:
        """Show the model that answers."""
        self._active = model_id
        self.setCurrentIndex(self.findData(model_id))

    def _on_activated(self, row: int) -> None:
        chosen = self.itemData(row)
        # The box goes on showing what answers until the switch has happened.
        self.set_active(self._active)
        if chosen != self._active:
            self.model_requested.emit(chosen)
