"""Markers as rows of a table."""

from enum import IntEnum
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from ferqt.core.markers import Marker
from ferqt.core.timecode import format_time

_Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()


class MarkerColumn(IntEnum):
    """The columns of the table."""

    TIME = 0
    LABEL = 1
    NOTE = 2


class MarkerTable(QAbstractTableModel):
    """Time, label and note of each marker; label and note can be edited."""

    edited = Signal(object, str, str)
    """Marker, and the label and note that it shall have."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._markers: tuple[Marker, ...] = ()

    @property
    def markers(self) -> tuple[Marker, ...]:
        """What is listed, row by row."""
        return self._markers

    def set_markers(self, markers: tuple[Marker, ...]) -> None:
        """List other markers."""
        self.beginResetModel()
        self._markers = markers
        self.endResetModel()

    def rowCount(self, parent: _Index = _NOWHERE) -> int:  # noqa: N802 - Qt's name
        """Return the number of markers."""
        return 0 if parent.isValid() else len(self._markers)

    def columnCount(self, parent: _Index = _NOWHERE) -> int:  # noqa: N802 - Qt's name
        """Return the number of columns."""
        return 0 if parent.isValid() else len(MarkerColumn)

    def headerData(  # noqa: N802 - Qt's name
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Return the title of a column."""
        if orientation is not Qt.Orientation.Horizontal or role != Qt.ItemDataRole.DisplayRole:
            return None
        titles = {
            MarkerColumn.TIME: self.tr("Time"),
            MarkerColumn.LABEL: self.tr("Label"),
            MarkerColumn.NOTE: self.tr("Note"),
        }
        return titles[MarkerColumn(section)]

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what a cell shows."""
        marker, column = self._markers[index.row()], MarkerColumn(index.column())
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            return {
                MarkerColumn.TIME: format_time(marker.time_s),
                MarkerColumn.LABEL: marker.label,
                MarkerColumn.NOTE: marker.note,
            }[column]
        if role == Qt.ItemDataRole.ToolTipRole:
            return self.tr("Frame {0}").format(marker.frame)
        return None

    def flags(self, index: _Index) -> Qt.ItemFlag:
        """Return what can be done with a cell."""
        flags = super().flags(index)
        if index.column() != MarkerColumn.TIME:
            flags |= Qt.ItemFlag.ItemIsEditable
        return flags

    def setData(  # noqa: N802 - Qt's name
        self, index: _Index, value: Any, role: int = Qt.ItemDataRole.EditRole
    ) -> bool:
        """Ask for another label or note; a label that is taken away stays."""
        marker, text = self._markers[index.row()], str(value).strip()
        label, note = marker.label, marker.note
        if index.column() == MarkerColumn.LABEL:
            label = text or label
        else:
            note = text
        if role != Qt.ItemDataRole.EditRole or (label, note) == (marker.label, marker.note):
            return False
        self.edited.emit(marker, label, note)
        return True
