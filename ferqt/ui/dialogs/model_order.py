"""Asks for the expressions of a model in the order of its output."""

from collections.abc import Callable
from typing import Final, cast

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication, Signal
from PySide6.QtWidgets import QComboBox, QGridLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from ferqt.classifiers.orders import custom_order, orders_of
from ferqt.core.emotions import EMOTIONS, LabelSet

_N = cast("Callable[[str, str], str]", QT_TRANSLATE_NOOP)
_CONTEXT: Final = "OrderEditor"

_NAMES: Final = {
    "fer7": _N("OrderEditor", "As in FER2013"),
    "folders7": _N("OrderEditor", "Alphabetical, as Keras reads folders"),
    "rafdb7": _N("OrderEditor", "As in RAF-DB"),
    "affectnet7": _N("OrderEditor", "As in AffectNet"),
    "ck7": _N("OrderEditor", "As in CK+"),
    "ferplus8": _N("OrderEditor", "As in FER+"),
    "folders8": _N("OrderEditor", "Alphabetical, as Keras reads folders"),
    "affectnet8": _N("OrderEditor", "As in AffectNet"),
}
_COLUMNS: Final = 2
_SMALLEST_PX: Final = 104


class OrderEditor(QWidget):
    """A box of known orders over a box for each expression, which may be changed one by one.

    Args:
        labels: What to begin with; its length stays.
    """

    changed = Signal()
    """An expression changed; `labels` tells them."""

    def __init__(self, labels: LabelSet, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._orders = orders_of(len(labels))
        self._known = QComboBox()
        for order in self._orders:
            self._known.addItem(QCoreApplication.translate(_CONTEXT, _NAMES[order.id]), order)
        self._known.addItem(self.tr("My own order"), None)
        narrow(self._known)
        self._rows = [_row(number) for number in range(len(labels))]
        grid = QGridLayout()
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(4)
        below = -(-len(labels) // _COLUMNS)
        for number, box in enumerate(self._rows):
            column, row = divmod(number, below)
            label = QLabel(str(number + 1))
            label.setObjectName("Muted")
            label.setBuddy(box)
            box.setAccessibleName(self.tr("Expression {0}").format(number + 1))
            grid.addWidget(label, row, 2 * column)
            grid.addWidget(box, row, 2 * column + 1)
            grid.setColumnStretch(2 * column + 1, 1)
        column_ = QVBoxLayout(self)
        column_.setContentsMargins(0, 0, 0, 0)
        column_.setSpacing(8)
        column_.addWidget(self._known)
        column_.addLayout(grid)
        self.setFocusProxy(self._known)
        self._show(labels)
        self._known.currentIndexChanged.connect(self._on_known)
        for box in self._rows:
            box.currentTextChanged.connect(self._on_name)

    def labels(self) -> LabelSet:
        """Return the expressions in order.

        Raises:
            FerqtError: One has no name, or a name comes twice.
        """
        return custom_order([box.currentText() for box in self._rows])

    def _show(self, labels: LabelSet) -> None:
        """Show an order without telling of each of its names."""
        for box, name in zip(self._rows, labels.names, strict=True):
            before = box.blockSignals(True)
            box.setCurrentText(name)
            box.blockSignals(before)
        self._find()

    def _find(self) -> None:
        """Show by which name the order is known."""
        names = tuple(box.currentText() for box in self._rows)
        known = [order.names for order in self._orders]
        before = self._known.blockSignals(True)
        self._known.setCurrentIndex(known.index(names) if names in known else len(known))
        self._known.blockSignals(before)

    def _on_known(self, number: int) -> None:
        if number < len(self._orders):
            self._show(self._orders[number])
            self.changed.emit()
        else:
            self._rows[0].setFocus()

    def _on_name(self) -> None:
        self._find()
        self.changed.emit()


def narrow(box: QComboBox) -> None:
    """Let a box be narrower than its longest text, so that the dialog fits a small screen."""
    box.setMinimumWidth(_SMALLEST_PX)
    box.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)


def _row(number: int) -> QComboBox:
    """A box of the known expressions in which another name can be typed."""
    box = QComboBox()
    box.setEditable(True)
    box.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
    box.addItems(list(EMOTIONS))
    narrow(box)
    box.setObjectName(f"Expression{number}")
    return box
