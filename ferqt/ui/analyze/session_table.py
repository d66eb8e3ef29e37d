"""The sessions of the library as rows of a table."""

from collections.abc import Callable, Mapping, Sequence
from enum import IntEnum
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from ferqt.outputs.store.entry import LibraryEntry
from ferqt.sources.images import natural_order
from ferqt.ui.analyze.texts import date_text, length_text, session_state_text
from ferqt.ui.docks.tools import plain_tip

_Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()

ENTRY_ROLE: Final = Qt.ItemDataRole.UserRole + 1
"""Role of the `LibraryEntry` of a row."""
SOURCE_ROLE: Final = Qt.ItemDataRole.UserRole + 2
"""Role of the second line of a session's name."""


class SessionColumn(IntEnum):
    """The columns of the table."""

    TITLE = 0
    DATE = 1
    LENGTH = 2
    FACES = 3
    MODEL = 4
    TAGS = 5
    STATE = 6


_NUMBERS: Final = frozenset({SessionColumn.LENGTH, SessionColumn.FACES})
_KEYS: Final[Mapping[SessionColumn, Callable[[LibraryEntry], Any]]] = MappingProxyType(
    {
        SessionColumn.TITLE: lambda entry: natural_order(entry.title),
        SessionColumn.DATE: lambda entry: entry.created,
        SessionColumn.LENGTH: lambda entry: -1.0 if entry.duration_s is None else entry.duration_s,
        SessionColumn.FACES: lambda entry: entry.faces,
        SessionColumn.MODEL: lambda entry: entry.model_id,
        SessionColumn.TAGS: lambda entry: [tag.casefold() for tag in entry.tags],
        SessionColumn.STATE: lambda entry: entry.state,
    }
)


class SessionTable(QAbstractTableModel):
    """A row for each session; sorted by any column, at first by date, the newest first."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._newest: list[LibraryEntry] = []
        self._entries: list[LibraryEntry] = []
        self._rows: dict[str, int] = {}
        self._column = SessionColumn.DATE
        self._order = Qt.SortOrder.DescendingOrder
        self._model_names: Mapping[str, str] = {}

    @property
    def entries(self) -> Sequence[LibraryEntry]:
        """What is listed, row by row."""
        return self._entries

    def set_entries(self, entries: Sequence[LibraryEntry]) -> None:
        """List other sessions."""
        self.beginResetModel()
        # Alike in a column, the newest goes first.
        self._newest = sorted(entries, key=lambda entry: entry.created, reverse=True)
        self._sort()
        self.endResetModel()

    def set_model_names(self, names: Mapping[str, str]) -> None:
        """Say what models are called, by id."""
        self._model_names = dict(names)
        if self._entries:
            column = SessionColumn.MODEL
            self.dataChanged.emit(self.index(0, column), self.index(self.rowCount() - 1, column))

    def row_of(self, session: str) -> int:
        """Return the row of a session; -1 if it is not listed."""
        return self._rows.get(session, -1)

    def tell_changed(self, session: str) -> None:
        """Have a row painted anew."""
        row = self.row_of(session)
        if row >= 0:
            self.dataChanged.emit(self.index(row, 0), self.index(row, 0))

    def rowCount(self, parent: _Index = _NOWHERE) -> int:  # noqa: N802 - Qt's name
        """Return the number of sessions."""
        return 0 if parent.isValid() else len(self._entries)

    def columnCount(self, parent: _Index = _NOWHERE) -> int:  # noqa: N802 - Qt's name
        """Return the number of columns."""
        return 0 if parent.isValid() else len(SessionColumn)

    def headerData(  # noqa: N802 - Qt's name
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Return the title of a column."""
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(SessionColumn(section))
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        return {
            SessionColumn.TITLE: self.tr("Session"),
            SessionColumn.DATE: self.tr("Analyzed"),
            SessionColumn.LENGTH: self.tr("Length"),
            SessionColumn.FACES: self.tr("Faces"),
            SessionColumn.MODEL: self.tr("Model"),
            SessionColumn.TAGS: self.tr("Tags"),
            SessionColumn.STATE: self.tr("State"),
        }[SessionColumn(section)]

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what a cell shows."""
        entry, column = self._entries[index.row()], SessionColumn(index.column())
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(entry, column)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(column)
        if role == Qt.ItemDataRole.ToolTipRole:
            return self._tip(entry, column)
        if role == ENTRY_ROLE:
            return entry
        if role == SOURCE_ROLE:
            name = Path(entry.source).name if "://" not in entry.source else entry.source
            return entry.problem or (
                name if name != entry.title else str(Path(entry.source).parent)
            )
        return None

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort by a column."""
        self._column, self._order = SessionColumn(column), order
        self.layoutAboutToBeChanged.emit()
        before = self.persistentIndexList()
        ids = [self._entries[index.row()].id for index in before]
        self._sort()
        self.changePersistentIndexList(
            before,
            [
                self.index(self._rows[one], index.column())
                for one, index in zip(ids, before, strict=True)
            ],
        )
        self.layoutChanged.emit()

    def _sort(self) -> None:
        down = self._order is Qt.SortOrder.DescendingOrder
        self._entries = sorted(self._newest, key=_KEYS[self._column], reverse=down)
        self._rows = {entry.id: row for row, entry in enumerate(self._entries)}

    def _text(self, entry: LibraryEntry, column: SessionColumn) -> str:
        match column:
            case SessionColumn.TITLE:
                return entry.title or self.tr("Without a name")
            case SessionColumn.DATE:
                return date_text(entry.created)
            case SessionColumn.LENGTH:
                if entry.duration_s is not None:
                    return length_text(entry.duration_s)
                return self.tr("{0} frames").format(f"{entry.frames:,}") if entry.frames else ""
            case SessionColumn.FACES:
                return f"{entry.faces:,}"
            case SessionColumn.MODEL:
                return self._model_names.get(entry.model_id, entry.model_id)
            case SessionColumn.TAGS:
                return ", ".join(entry.tags)
        return self.tr("Missing") if entry.missing else session_state_text(entry.state)

    def _tip(self, entry: LibraryEntry, column: SessionColumn) -> str:
        if column is SessionColumn.TITLE:
            return plain_tip("\n".join(filter(None, (entry.title, entry.source, entry.notes))))
        if column is SessionColumn.STATE and entry.problem:
            return plain_tip(entry.problem)
        if column in (SessionColumn.TAGS, SessionColumn.MODEL):
            return plain_tip(self._text(entry, column))
        return ""


def _alignment(column: SessionColumn) -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignRight if column in _NUMBERS else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignVCenter
