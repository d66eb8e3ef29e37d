"""The panel of markers: what was marked, and when."""

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QSizePolicy,
    QStackedWidget,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from ferqt.core.markers import Marker
from ferqt.core.timecode import format_time
from ferqt.ui.docks.marker_table import MarkerColumn, MarkerTable
from ferqt.ui.docks.tools import ToolRow, empty_label
from ferqt.ui.theme import Theme, tabular

_ROW_PX = 28


class MarkerPanel(QWidget):
    """A table of the markers of the source; labels and notes are edited in it."""

    add_requested = Signal()
    """A marker at the shown frame is wanted."""
    change_requested = Signal(object, str, str)
    """Marker, and the label and note that it shall have."""
    remove_requested = Signal(object)
    """Markers, a tuple, that are no longer wanted."""
    seek_requested = Signal(float)
    """Media time in s of a marker whose frame is to be shown."""
    save_requested = Signal()
    """The markers are to be written into a file."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._table = MarkerTable(self)
        # Later, when the editor is gone: the answer is another list.
        self._table.edited.connect(self.change_requested, Qt.ConnectionType.QueuedConnection)
        self._view = _MarkerView(self._table)
        self._view.setAccessibleName(self.tr("Markers"))
        self._view.doubleClicked.connect(self._on_double_click)
        self._view.deleted.connect(self._remove)
        self._view.selectionModel().selectionChanged.connect(lambda *_: self._enable())
        self._count = QLabel()
        self._count.setObjectName("Muted")
        self._count.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._make_actions(theme)
        self._pages = QStackedWidget()
        self._pages.addWidget(
            empty_label(self.tr("No marker yet.\nPress E when something happens, and name it."))
        )
        self._pages.addWidget(self._view)
        header = QHBoxLayout()
        header.setContentsMargins(12, 0, 8, 0)
        header.addWidget(self._count, 1)
        header.addWidget(self._tools)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 4, 0, 4)
        layout.setSpacing(4)
        layout.addLayout(header)
        layout.addWidget(self._pages, 1)
        self.set_markers(())

    @property
    def view(self) -> QTableView:
        """The table on the screen."""
        return self._view

    @property
    def selected(self) -> tuple[Marker, ...]:
        """The markers that are selected."""
        rows = self._view.selectionModel().selectedRows()
        return tuple(self._table.markers[index.row()] for index in rows)

    def set_markers(self, markers: tuple[Marker, ...]) -> None:
        """List markers in the order of time."""
        row = self._view.currentIndex().row()
        self._table.set_markers(markers)
        self._pages.setCurrentIndex(1 if markers else 0)
        one = self.tr("1 marker")
        many = self.tr("{0} markers").format(len(markers))
        self._count.setText("" if not markers else one if len(markers) == 1 else many)
        if 0 <= row < len(markers):
            self._view.selectRow(row)
        self._enable()

    def select(self, marker: Marker) -> None:
        """Select a marker, to be edited with F2."""
        if marker in self._table.markers:
            self._view.setFocus()
            self._view.selectRow(self._table.markers.index(marker))

    def _make_actions(self, theme: Theme) -> None:
        self.add_action = QAction(self.tr("Add marker"), self)
        self.add_action.triggered.connect(self.add_requested)
        self.go_action = QAction(self.tr("Show the frame"), self)
        self.go_action.triggered.connect(self._go)
        self.remove_action = QAction(self.tr("Delete"), self)
        self.remove_action.triggered.connect(self._remove)
        self.save_action = QAction(self.tr("Save as a table …"), self)
        self.save_action.triggered.connect(self.save_requested)
        self._tools = ToolRow(theme)
        self._tools.add(self.add_action, "plus")
        self._tools.add(self.go_action, "play")
        self._tools.add(self.remove_action, "trash")
        self._tools.add(self.save_action, "save")

    def _enable(self) -> None:
        selected = self.selected
        self.remove_action.setEnabled(bool(selected))
        self.go_action.setEnabled(len(selected) == 1 and selected[0].media_time is not None)
        self.save_action.setEnabled(bool(self._table.markers))

    def _on_double_click(self, index: QModelIndex) -> None:
        if index.column() == MarkerColumn.TIME:
            self._go()

    def _go(self) -> None:
        selected = self.selected
        if len(selected) == 1 and selected[0].media_time is not None:
            self.seek_requested.emit(selected[0].media_time)

    def _remove(self) -> None:
        selected = self.selected
        if selected:
            self.remove_requested.emit(selected)


class _MarkerView(QTableView):
    """Whole rows are selected; F2 edits the label, Delete asks to delete."""

    deleted = Signal()

    def __init__(self, table: MarkerTable) -> None:
        super().__init__()
        self.setModel(table)
        self.setFont(tabular(self.font()))
        # Under the titles, which the style sets 8 px in.
        self.setStyleSheet("QTableView::item { padding: 0 5px; }")
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.DoubleClicked)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setWordWrap(False)
        heads = self.horizontalHeader()
        heads.setHighlightSections(False)
        heads.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        heads.setStretchLastSection(True)
        heads.resizeSection(
            MarkerColumn.TIME, self.fontMetrics().horizontalAdvance(format_time(36_000)) + 24
        )
        rows = self.verticalHeader()
        rows.hide()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setDefaultSectionSize(_ROW_PX)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Edit with F2, delete with Delete."""
        editing = self.state() is QAbstractItemView.State.EditingState
        if event.key() == Qt.Key.Key_Delete and not editing:
            self.deleted.emit()
        elif event.key() == Qt.Key.Key_F2 and not editing and self.currentIndex().isValid():
            self.edit(self.model().index(self.currentIndex().row(), MarkerColumn.LABEL))
        else:
            super().keyPressEvent(event)
