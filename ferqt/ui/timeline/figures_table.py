"""A table of figures to look at, a row of which can be chosen."""

from collections.abc import Sequence
from typing import Any, Final, NamedTuple

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from ferqt.ui.theme import tabular

ROW_PX: Final = 24
_EDGES_PX: Final = 20
_SIGN_PX: Final = 24

_FEW: Final = 50
"""Rows of a long list are about equally wide: measuring them all would take time."""

_Index = QModelIndex | QPersistentModelIndex
_LEFT: Final = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT: Final = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class Figure(NamedTuple):
    """A cell.

    Attributes:
        text: What it says.
        color: Of a sign before the text, if it has one.
        ground: Behind the text, if it is another one than usual.
    """

    text: str
    color: QColor | None = None
    ground: QColor | None = None


class FiguresTable(QAbstractTableModel):
    """Rows of cells; the first column and those with signs are words, the others numbers."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._titles: tuple[tuple[str, str], ...] = ()
        self._rows: Sequence[Sequence[Figure]] = ()

    def show_rows(
        self, titles: Sequence[tuple[str, str]], rows: Sequence[Sequence[Figure]]
    ) -> None:
        """Show other rows.

        Args:
            titles: Head of each column, and what it means.
            rows: As many cells as columns each.
        """
        self.beginResetModel()
        self._titles = tuple(titles)
        self._rows = rows
        self.endResetModel()

    def text_at(self, row: int, column: int) -> str:
        """Return what a cell says."""
        return self._rows[row][column].text

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008, N802 - Qt's own
        """Return the number of rows."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008, N802 - Qt's own
        """Return the number of columns."""
        return 0 if parent.isValid() else len(self._titles)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what a cell looks like."""
        if not index.isValid():
            return None
        cell = self._rows[index.row()][index.column()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return cell.text
            case Qt.ItemDataRole.DecorationRole:
                return cell.color
            case Qt.ItemDataRole.BackgroundRole:
                return cell.ground
            case Qt.ItemDataRole.TextAlignmentRole:
                return self._side(index.column())
            case Qt.ItemDataRole.AccessibleTextRole:
                return f"{self._titles[index.column()][0]}: {cell.text}"
        return None

    def headerData(  # noqa: N802 - Qt's name
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Return the head of a column."""
        if orientation is not Qt.Orientation.Horizontal or section >= len(self._titles):
            return None
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return self._titles[section][0]
            case Qt.ItemDataRole.ToolTipRole:
                return self._titles[section][1]
            case Qt.ItemDataRole.TextAlignmentRole:
                return self._side(section)
        return None

    def _side(self, column: int) -> Qt.AlignmentFlag:
        """Words begin at the left, numbers end at the right."""
        named = bool(self._rows) and self._rows[0][column].color is not None
        return _LEFT if column == 0 or named else _RIGHT


class FiguresView(QTableView):
    """Shows figures; a click, or Enter, chooses a row."""

    row_chosen = Signal(int)
    """Row that was clicked, or on which Enter was pressed."""

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.table = FiguresTable(self)
        self.setModel(self.table)
        self.setAccessibleName(title)
        self.setFont(tabular(self.font()))
        # Under the titles, which the style sets 8 px in.
        self.setStyleSheet("QTableView::item { padding: 0 5px; }")
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setWordWrap(False)
        heads = self.horizontalHeader()
        heads.setHighlightSections(False)
        heads.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        heads.setMinimumSectionSize(32)
        rows = self.verticalHeader()
        rows.hide()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setDefaultSectionSize(ROW_PX)
        self.clicked.connect(lambda index: self.row_chosen.emit(index.row()))

    def show_rows(
        self, titles: Sequence[tuple[str, str]], rows: Sequence[Sequence[Figure]]
    ) -> None:
        """Show other rows, in columns as wide as they need; see `FiguresTable`."""
        chosen = self.currentIndex().row()
        self.table.show_rows(titles, rows)
        for column, (title, _) in enumerate(titles):
            self.setColumnWidth(column, self._width_of(title, [row[column] for row in rows[:_FEW]]))
        if 0 <= chosen < len(rows):
            self.setCurrentIndex(self.table.index(chosen, 0))

    def _width_of(self, title: str, cells: Sequence[Figure]) -> int:
        metrics = self.fontMetrics()
        texts = [title, *(cell.text for cell in cells)]
        sign = _SIGN_PX if any(cell.color is not None for cell in cells) else 0
        return max(metrics.horizontalAdvance(text) for text in texts) + _EDGES_PX + sign

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Choose the row with Enter."""
        current = self.currentIndex()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and current.isValid():
            self.row_chosen.emit(current.row())
        else:
            super().keyPressEvent(event)
