"""The panel of models: a card each, one click or Enter switches."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QLabel, QListView, QStackedLayout, QWidget

from ferqt.classifiers.catalog import CatalogEntry
from ferqt.ui.docks.model_card import ModelCardDelegate
from ferqt.ui.docks.model_list import ModelList, ModelRole
from ferqt.ui.theme import Theme

_TURN_MS: Final = 90
_TOP_PX: Final = 8


class ModelPanel(QWidget):
    """Cards of all models."""

    model_requested = Signal(str)
    """Id of the model that the person chose."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._models = ModelList(self)
        self._cards = ModelCardDelegate(theme, self)
        self._list = _CardView()
        self._list.setModel(self._models)
        self._list.setItemDelegate(self._cards)
        self._list.setAccessibleName(self.tr("Models"))
        self._list.clicked.connect(self._on_chosen)
        self._list.activated.connect(self._on_chosen)
        self._empty = QLabel(self.tr("No model was found.\nThe installation is not complete."))
        self._empty.setObjectName("Muted")
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._empty.setWordWrap(True)
        self._wheel = QTimer(self, interval=_TURN_MS)
        self._wheel.timeout.connect(self._on_turn)
        self._pages = QStackedLayout(self)
        self._pages.addWidget(self._list)
        self._pages.addWidget(self._empty)
        theme.changed.connect(lambda _: self._list.viewport().update())

    @property
    def models(self) -> ModelList:
        """What is listed."""
        return self._models

    @property
    def view(self) -> QListView:
        """The list that shows the cards."""
        return self._list

    def set_entries(self, entries: Sequence[CatalogEntry]) -> None:
        """Show a catalog's entries."""
        self._models.set_entries(entries)
        self._pages.setCurrentWidget(self._list if entries else self._empty)

    def set_active(self, model_id: str) -> None:
        """Mark the model that answers."""
        self._models.set_active(model_id)
        row = self._models.row_of(model_id)
        if row >= 0:
            self._list.setCurrentIndex(self._models.index(row))

    def set_loading(self, model_id: str) -> None:
        """Mark the model that is being made ready; "" for none."""
        self._models.set_loading(model_id)
        if model_id:
            self._wheel.start()
        else:
            self._wheel.stop()

    def _on_chosen(self, index: QModelIndex) -> None:
        if index.flags() & Qt.ItemFlag.ItemIsEnabled:
            self.model_requested.emit(index.data(ModelRole.ID))

    def _on_turn(self) -> None:
        self._cards.turn()
        row = self._models.row_of(self._models.loading)
        if row >= 0:
            self._list.update(self._models.index(row))


class _CardView(QListView):
    """A list whose rows wrap to its width."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setMouseTracking(True)
        self.setUniformItemSizes(False)
        self.setViewportMargins(0, _TOP_PX, 0, 0)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Lay the cards out again: their height depends on the width."""
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()
