"""The panel of models: a card each, one click or Enter switches."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QKeyEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from ferqt.classifiers.catalog import CatalogEntry, runtime_of
from ferqt.classifiers.inspection import MODEL_SUFFIXES
from ferqt.ui.docks.model_card import ModelAction, ModelCardView
from ferqt.ui.docks.model_texts import CardState
from ferqt.ui.icons import icon
from ferqt.ui.locations import dropped_model
from ferqt.ui.theme import Theme
from ferqt.ui.tokens import Tokens

_GAP: Final = 8
_ICON_PX: Final = 18
_NEIGHBORS: Final = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}


class ModelPanel(QWidget):
    """Cards of all models, and the way in for others."""

    model_requested = Signal(str)
    """Id of the model that the person chose."""
    compare_requested = Signal(str)
    """Id of the model to read the same faces, "" for none any more."""
    add_requested = Signal(str)
    """Path of a model file that was dropped; "" when it has to be asked for."""
    rescan_requested = Signal()
    details_requested = Signal(object)
    """CatalogEntry."""
    verify_requested = Signal(object)
    """CatalogEntry."""
    folder_requested = Signal(object)
    """CatalogEntry."""
    remove_requested = Signal(object)
    """CatalogEntry of a model of the user's own."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._active = self._loading = self._compared = ""
        self._cards: dict[Path, ModelCardView] = {}
        self._add = QPushButton(self.tr("Add Model …"))
        self._add.setProperty("role", "quiet")
        self._add.setToolTip(
            self.tr("Add a Keras or LiteRT file ({0}); it can be dropped here, too").format(
                ", ".join(MODEL_SUFFIXES)
            )
        )
        self._add.clicked.connect(lambda: self.add_requested.emit(""))
        self._rescan = QToolButton()
        self._rescan.setProperty("role", "title")
        self._rescan.setToolTip(self.tr("Look for models again"))
        self._rescan.setAccessibleName(self._rescan.toolTip())
        self._rescan.clicked.connect(self.rescan_requested)
        self._column = QVBoxLayout()
        self._area = QScrollArea()
        self._empty = QLabel(
            self.tr("No model was found: the installation is not complete.\nAdd one of your own.")
        )
        self._pages = QStackedWidget()
        self._target = QLabel(self.tr("Drop the file to add it as a model"), self)
        self._build()
        self.setAcceptDrops(True)
        theme.changed.connect(self._color)
        self._color(theme.tokens)

    @property
    def cards(self) -> tuple[ModelCardView, ...]:
        """The cards from top to bottom."""
        return tuple(self._cards.values())

    def card(self, model_id: str) -> ModelCardView | None:
        """Return the card of a model; of two with the same id, the one that can be used."""
        found = [card for card in self.cards if card.entry.id == model_id]
        usable = [card for card in found if card.entry.card is not None]
        return next(iter(usable + found), None)

    def set_entries(self, entries: Sequence[CatalogEntry]) -> None:
        """Show a catalog's entries; what is known of those that stay is kept."""
        before = self._cards
        self._cards = {}
        for place, entry in enumerate(entries):
            card = before.pop(entry.folder, None)
            if card is None:
                usable = entry.card is not None and self.card(entry.id) is None
                card = ModelCardView(entry, self._state(entry, CardState(), usable), self._theme)
                card.asked.connect(self._on_asked)
            elif card.entry.card != entry.card:
                card.set_state(replace(card.state, verified=None, speed_ms=None))
            card.set_entry(entry)
            self._cards[entry.folder] = card
            self._column.insertWidget(place, card)
        for card in before.values():
            self._column.removeWidget(card)
            card.hide()
            card.deleteLater()
        self._pages.setCurrentWidget(self._area if entries else self._empty)
        self._refresh()

    def set_active(self, model_id: str) -> None:
        """Mark the model that answers."""
        self._active = model_id
        self._refresh()
        # Cards that were listed just now have no place yet.
        QTimer.singleShot(0, self, self._show_active)

    def set_loading(self, model_id: str) -> None:
        """Mark the model that is being made ready; "" for none."""
        self._loading = model_id
        self._refresh()

    def set_compared(self, model_id: str) -> None:
        """Mark the model that reads the same faces; "" for none."""
        self._compared = model_id
        self._refresh()

    def set_known(self, model_id: str, **known: Any) -> None:
        """Show what was found out of a model: fields of `CardState`."""
        card = self.card(model_id)
        if card is not None:
            card.set_state(replace(card.state, **known))

    def set_verified(self, entry: CatalogEntry, problems: tuple[str, ...] | None) -> None:
        """Show what a verification found; None while it runs."""
        card = self._cards.get(entry.folder)
        if card is not None:
            verifying = problems is None
            card.set_state(replace(card.state, verifying=verifying, verified=problems))

    def _build(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(_GAP, 4, _GAP, 0)
        head.addWidget(self._add)
        head.addStretch(1)
        head.addWidget(self._rescan)
        self._column.setContentsMargins(_GAP, 0, _GAP, _GAP)
        self._column.setSpacing(_GAP)
        self._column.addStretch(1)
        inside = _Column(self._go)
        inside.setLayout(self._column)
        self._area.setWidget(inside)
        self._area.setWidgetResizable(True)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setAccessibleName(self.tr("Models"))
        self._empty.setObjectName("Muted")
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._empty.setWordWrap(True)
        self._pages.addWidget(self._area)
        self._pages.addWidget(self._empty)
        outside = QVBoxLayout(self)
        outside.setContentsMargins(0, 0, 0, 0)
        outside.setSpacing(_GAP)
        outside.addLayout(head)
        outside.addWidget(self._pages, 1)
        self._target.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._target.setWordWrap(True)
        self._target.hide()

    def _refresh(self) -> None:
        for card in self.cards:
            state = self._state(card.entry, card.state, self.card(card.entry.id) is card)
            if state != card.state:
                card.set_state(state)

    def _state(self, entry: CatalogEntry, known: CardState, first: bool) -> CardState:
        """What a model is doing now.

        Args:
            entry: The model.
            known: What is known of it besides.
            first: Whether it is the one that its id means.
        """
        return replace(
            known,
            active=first and entry.id == self._active,
            loading=first and entry.id == self._loading,
            compared=first and entry.id == self._compared,
            runtime=known.runtime or runtime_of(entry),
        )

    def _on_asked(self, entry: CatalogEntry, action: ModelAction) -> None:
        if action is ModelAction.USE:
            self.model_requested.emit(entry.id)
        elif action is ModelAction.COMPARE:
            self.compare_requested.emit("" if entry.id == self._compared else entry.id)
        else:
            {
                ModelAction.DETAILS: self.details_requested,
                ModelAction.VERIFY: self.verify_requested,
                ModelAction.FOLDER: self.folder_requested,
                ModelAction.REMOVE: self.remove_requested,
            }[action].emit(entry)

    def _color(self, tokens: Tokens) -> None:
        self._add.setIcon(icon("plus", tokens))
        self._rescan.setIcon(icon("refresh", tokens, tokens.text_muted))
        self._rescan.setIconSize(QSize(_ICON_PX, _ICON_PX))
        self._target.setStyleSheet(
            f"background: {tokens.surface}; color: {tokens.accent_text};"
            f"border: 2px dashed {tokens.accent}; border-radius: 8px; padding: 24px;"
        )

    def _go(self, step: int) -> bool:
        """Give the keyboard to a neighbor of the card that has it; tell whether there is one."""
        cards = self.cards
        here = next((number for number, card in enumerate(cards) if card.hasFocus()), None)
        if here is None or not 0 <= here + step < len(cards):
            return False
        cards[here + step].setFocus(Qt.FocusReason.TabFocusReason)
        self._reveal(cards[here + step])
        return True

    def _show_active(self) -> None:
        card = self.card(self._active)
        if card is not None:
            self._reveal(card)

    def _reveal(self, card: ModelCardView) -> None:
        """Bring a card into sight; of one that is higher than the panel, its head."""
        if card.height() + 2 * _GAP > self._area.viewport().height():
            self._area.verticalScrollBar().setValue(card.y() - _GAP)
        else:
            self._area.ensureWidgetVisible(card, 0, _GAP)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Keep the drop's target over all of the panel."""
        super().resizeEvent(event)
        self._target.setGeometry(self.rect().adjusted(_GAP, 4, -_GAP, -_GAP))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802 - Qt's name
        """Take a model file."""
        if dropped_model(event.mimeData()):
            event.acceptProposedAction()
            self._target.show()
            self._target.raise_()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:  # noqa: N802 - Qt's name
        """Show the cards again."""
        self._target.hide()
        super().dragLeaveEvent(event)

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802 - Qt's name
        """Add the file that was dropped."""
        self._target.hide()
        path = dropped_model(event.mimeData())
        if path:
            event.acceptProposedAction()
            self.add_requested.emit(path)


class _Column(QWidget):
    """Takes Up and Down before the area around it scrolls."""

    def __init__(self, go: Callable[[int], bool]) -> None:
        super().__init__()
        self._go = go

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Go to a neighbor."""
        step = _NEIGHBORS.get(Qt.Key(event.key()))
        if step is None or not self._go(step):
            super().keyPressEvent(event)
