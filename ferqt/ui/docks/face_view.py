"""The table of faces on the screen."""

from typing import Final

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QFontMetrics, QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from ferqt.core.emotions import EMOTIONS
from ferqt.ui.docks.face_cells import PAD_PX, ROW_PX, SWATCH_PX, FaceCells
from ferqt.ui.docks.face_table import FaceColumn, FaceTable
from ferqt.ui.theme import Theme, tabular

_LEAST_NAME_PX: Final = 64
_USUAL_NAME_PX: Final = 160


class FaceView(QTableView):
    """Whole rows are selected, names are edited in place; names take the room that is left."""

    def __init__(self, table: FaceTable, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._measured = False
        self.setModel(table)
        self.setItemDelegate(FaceCells(theme, self))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.DoubleClicked)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setMouseTracking(True)
        heads = self.horizontalHeader()
        heads.setHighlightSections(False)
        heads.setSectionsMovable(True)
        heads.setMinimumSectionSize(40)
        rows = self.verticalHeader()
        rows.hide()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setDefaultSectionSize(ROW_PX)

    def selected_row(self) -> int:
        """Return the selected row, -1 for none."""
        rows = self.selectionModel().selectedRows()
        return rows[0].row() if rows else -1

    def edit_name(self, row: int) -> None:
        """Let the person type a name."""
        index = self.model().index(row, FaceColumn.NAME)
        self.setFocus()
        self.setCurrentIndex(index)
        self.edit(index)

    def _set_widths(self) -> None:
        """Give columns the room that their widest texts need, whatever they show now."""
        digits = QFontMetrics(tabular(self.font()))
        widest = {
            FaceColumn.FACE: ("888",),
            FaceColumn.EXPRESSION: (*EMOTIONS, self.tr("uncertain")),
            FaceColumn.CONFIDENCE: ("100%",),
            **dict.fromkeys((FaceColumn.YAW, FaceColumn.PITCH, FaceColumn.ROLL), ("−88°",)),
            **dict.fromkeys((FaceColumn.SEEN, FaceColumn.LAST), ("59.9 s", "1:00:00")),
        }
        heads = self.horizontalHeader()
        for column, texts in widest.items():
            width = max(digits.horizontalAdvance(text) for text in texts) + 2 * PAD_PX + 2
            if column is FaceColumn.FACE:
                width += SWATCH_PX
            self.setColumnWidth(column, max(width, heads.sectionSizeHint(column)))

    def _fit(self) -> None:
        """Give names what the other columns leave; where it is narrow, the last ones scroll."""
        widths = {one: self.columnWidth(one) for one in FaceColumn if one is not FaceColumn.NAME}
        room = self.viewport().width()
        beside_all = room - sum(widths.values())
        beside_first = room - sum(widths[one] for one in widths if one < FaceColumn.YAW)
        if beside_all < _LEAST_NAME_PX:
            beside_all = min(beside_first, _USUAL_NAME_PX)
        self.setColumnWidth(FaceColumn.NAME, max(_LEAST_NAME_PX, beside_all))

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Give names what is left."""
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Follow another font."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.FontChange:
            self._set_widths()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """Measure texts with the font that the style has set by now."""
        super().showEvent(event)
        if not self._measured:
            self._measured = True
            self._set_widths()
            self._fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Edit the name in the selected row with F2 or Enter."""
        row = self.selected_row()
        keys = (Qt.Key.Key_F2, Qt.Key.Key_Return, Qt.Key.Key_Enter)
        # The Enter that ends an editing comes here, too.
        editing = self.state() is QAbstractItemView.State.EditingState
        if row >= 0 and event.key() in keys and not editing:
            self.edit_name(row)
        else:
            super().keyPressEvent(event)
