"""The models as a Qt list model: one row a catalog entry, ready to be shown."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from ferqt.classifiers.card import ModelCard
from ferqt.classifiers.catalog import CatalogEntry

_Index = QModelIndex | QPersistentModelIndex


class ModelRole(IntEnum):
    """Roles beyond Qt's own."""

    CARD = Qt.ItemDataRole.UserRole + 1
    ID = Qt.ItemDataRole.UserRole + 2


@dataclass(frozen=True, slots=True)
class CardText:
    """What a card shows.

    Attributes:
        title: Name of the model.
        lines: Facts, the most telling first.
        problem: Why the model cannot be used, "" if it can.
        active: It answers now.
        loading: It is being made ready.
    """

    title: str
    lines: tuple[str, ...]
    problem: str = ""
    active: bool = False
    loading: bool = False


class ModelList(QAbstractListModel):
    """The catalog's entries with what is active and what is loading."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._entries: tuple[CatalogEntry, ...] = ()
        self._active = ""
        self._loading = ""

    def set_entries(self, entries: Sequence[CatalogEntry]) -> None:
        """Show these entries."""
        self.beginResetModel()
        self._entries = tuple(entries)
        self.endResetModel()

    def set_active(self, model_id: str) -> None:
        """Mark the model that answers."""
        self._active = model_id
        self._repaint()

    def set_loading(self, model_id: str) -> None:
        """Mark the model that is being made ready; "" for none."""
        self._loading = model_id
        self._repaint()

    @property
    def loading(self) -> str:
        """Id of the model that is being made ready, "" for none."""
        return self._loading

    def row_of(self, model_id: str) -> int:
        """Return the row of a model, -1 if it is not there."""
        ids = [entry.id for entry in self._entries]
        return ids.index(model_id) if model_id in ids else -1

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: N802, B008 - Qt's own
        """Return the number of models."""
        return 0 if parent.isValid() else len(self._entries)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return what a row shows, says to a screen reader, or is."""
        if not index.isValid():
            return None
        entry = self._entries[index.row()]
        if role == ModelRole.ID:
            return entry.id
        if role == ModelRole.CARD:
            return self._card_text(entry)
        if role == Qt.ItemDataRole.DisplayRole:
            return entry.card.name if entry.card is not None else entry.id
        if role == Qt.ItemDataRole.ToolTipRole:
            return entry.problem or (entry.card.limits if entry.card is not None else None)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            text = self._card_text(entry)
            state = self.tr("in use") if text.active else text.problem
            return ". ".join(part for part in (text.title, state, *text.lines) if part)
        return None

    def flags(self, index: _Index) -> Qt.ItemFlag:
        """Return the flags of a row; a broken model can be read but not chosen."""
        flags = Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren
        if index.isValid() and self._entries[index.row()].card is not None:
            flags |= Qt.ItemFlag.ItemIsEnabled
        return flags

    def _repaint(self) -> None:
        if self._entries:
            self.dataChanged.emit(self.index(0), self.index(len(self._entries) - 1))

    def _card_text(self, entry: CatalogEntry) -> CardText:
        if entry.card is None:
            return CardText(entry.id, (), entry.problem or self.tr("It cannot be read"))
        card = entry.card
        lines = (
            f"{card.architecture}  ·  {self._input(card)}",
            *self._measured(card),
            self._size(card, entry.size_bytes),
        )
        return CardText(
            card.name,
            lines,
            active=entry.id == self._active,
            loading=entry.id == self._loading,
        )

    def _input(self, card: ModelCard) -> str:
        labels = self.tr("{0} expressions").format(len(card.output.labels))
        color = self.tr("gray") if card.input.color == "gray" else self.tr("RGB")
        return f"{card.input.width} × {card.input.height} {color}  ·  {labels}"

    def _measured(self, card: ModelCard) -> tuple[str, ...]:
        """Return the figures to quote; without any, say that there are none."""
        if not card.metrics:
            return (self.tr("Accuracy not measured"),)
        figures = card.metrics[-1]
        shares = self.tr("{0} accuracy  ·  macro F1 {1}  ·  ECE {2}").format(
            f"{100 * figures.accuracy:.1f} %", f"{figures.macro_f1:.2f}", f"{figures.ece:.3f}"
        )
        return shares, self.tr("on {0}, {1} faces").format(figures.dataset, f"{figures.n:,}")

    def _size(self, card: ModelCard, size_bytes: int) -> str:
        return self.tr("{0} parameters  ·  {1}").format(
            short_count(card.parameters), short_bytes(size_bytes)
        )


def short_count(number: int) -> str:
    """Return "1.18 M" for a large number."""
    for unit, size in (("M", 1_000_000), ("k", 1_000)):
        if number >= size:
            return f"{number / size:.3g} {unit}"
    return str(number)


def short_bytes(size: int) -> str:
    """Return "4.7 MB" for a file's size."""
    for unit, factor in (("MB", 1_000_000), ("kB", 1_000)):
        if size >= factor:
            return (
                f"{size / factor:.2g} {unit}"
                if size < 10 * factor
                else f"{size / factor:.0f} {unit}"
            )
    return f"{size} B"
