"""The faces of a source as a Qt table model: one row a face, in the order of their ids."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from types import MappingProxyType
from typing import Final

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor

from ferqt.core.roster import FaceEntry
from ferqt.ui.docks.tools import plain_tip
from ferqt.ui.tokens import Tokens

_Index = QModelIndex | QPersistentModelIndex

_NONE: Final = "–"


class FaceColumn(IntEnum):
    """What the columns show."""

    FACE = 0
    NAME = 1
    EXPRESSION = 2
    CONFIDENCE = 3
    YAW = 4
    PITCH = 5
    ROLL = 6
    SEEN = 7
    LAST = 8


@dataclass(frozen=True, slots=True)
class BaselineMark:
    """How a face stands with its neutral baseline.

    Attributes:
        share: How far the taking of one is, 0..1; 1 when there is one.
        in_force: The model that answers now reads the face relative to it.
    """

    share: float
    in_force: bool = False


class FaceRole(IntEnum):
    """Roles beyond Qt's own."""

    ENTRY = Qt.ItemDataRole.UserRole + 1
    BASELINE = Qt.ItemDataRole.UserRole + 2


_ROLES: Final = frozenset(
    {
        Qt.ItemDataRole.DisplayRole,
        Qt.ItemDataRole.EditRole,
        Qt.ItemDataRole.TextAlignmentRole,
        Qt.ItemDataRole.ForegroundRole,
        Qt.ItemDataRole.ToolTipRole,
        Qt.ItemDataRole.AccessibleTextRole,
        *FaceRole,
    }
)
_NUMBERS: Final = frozenset(set(FaceColumn) - {FaceColumn.NAME, FaceColumn.EXPRESSION})


class FaceTable(QAbstractTableModel):
    """Entries of a roster; rows come and go one by one, so a selection stays where it is."""

    renamed = Signal(int, str)
    """Track id and the name that the person typed."""

    def __init__(self, tokens: Tokens, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tokens = tokens
        self._entries: list[FaceEntry] = []
        self._taking: Mapping[int, float] = MappingProxyType({})
        self._kept: frozenset[int] = frozenset()

    @property
    def entries(self) -> Sequence[FaceEntry]:
        """What is listed, row by row."""
        return tuple(self._entries)

    def set_tokens(self, tokens: Tokens) -> None:
        """Take other colors."""
        self._tokens = tokens
        self._tell(0, len(self._entries) - 1, FaceColumn.FACE, FaceColumn.LAST)

    def row_of(self, track_id: int | None) -> int:
        """Return the row of a face, -1 if it is not listed."""
        return next(
            (row for row, entry in enumerate(self._entries) if entry.track_id == track_id), -1
        )

    def set_entries(self, entries: Sequence[FaceEntry]) -> None:
        """Show these faces, in the order of their ids; only what differs is told to views."""
        wanted = {entry.track_id for entry in entries}
        for row in range(len(self._entries) - 1, -1, -1):
            if self._entries[row].track_id not in wanted:
                self.beginRemoveRows(QModelIndex(), row, row)
                del self._entries[row]
                self.endRemoveRows()
        for row, entry in enumerate(entries):
            if row == len(self._entries) or self._entries[row].track_id != entry.track_id:
                self.beginInsertRows(QModelIndex(), row, row)
                self._entries.insert(row, entry)
                self.endInsertRows()
            elif self._entries[row] != entry:
                before, self._entries[row] = self._entries[row], entry
                # Telling of the name's cell resets an editor that is open on it.
                if (before.name, before.corrected) != (entry.name, entry.corrected):
                    self._tell(row, row, FaceColumn.NAME, FaceColumn.NAME)
                self._tell(row, row, FaceColumn.FACE, FaceColumn.FACE)
                self._tell(row, row, FaceColumn.EXPRESSION, FaceColumn.LAST)

    def set_baselines(self, taking: Mapping[int, float], kept: Collection[int]) -> None:
        """Mark faces whose baseline is being taken, with how far it is, and those that have one."""
        self._taking, self._kept = MappingProxyType(dict(taking)), frozenset(kept)
        self._tell(0, len(self._entries) - 1, FaceColumn.NAME, FaceColumn.NAME)

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: N802, B008 - Qt's own
        """Return the number of faces."""
        return 0 if parent.isValid() else len(self._entries)

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: N802, B008 - Qt's own
        """Return the number of columns."""
        return 0 if parent.isValid() else len(FaceColumn)

    def headerData(  # noqa: N802 - Qt's name
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> object:
        """Return the heads of the columns."""
        if orientation is not Qt.Orientation.Horizontal:
            return None
        column = FaceColumn(section)
        if role == Qt.ItemDataRole.DisplayRole:
            return self.titles[column]
        if role == Qt.ItemDataRole.ToolTipRole:
            return self._explained.get(column)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _aligned(column)
        return None

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return what a cell shows, says to a screen reader, or is."""
        if role not in _ROLES or not index.isValid():
            return None
        entry, column = self._entries[index.row()], FaceColumn(index.column())
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return self._text(entry, column)
            case Qt.ItemDataRole.EditRole:
                return entry.name
            case FaceRole.ENTRY:
                return entry
            case FaceRole.BASELINE:
                return self.baseline_of(entry)
            case Qt.ItemDataRole.TextAlignmentRole:
                return _aligned(column)
            case Qt.ItemDataRole.ForegroundRole:
                return QColor(self._tokens.text if entry.present else self._tokens.text_muted)
            case Qt.ItemDataRole.ToolTipRole:
                return plain_tip(self._spoken(entry))
            case Qt.ItemDataRole.AccessibleTextRole:
                return f"{self.titles[column]}: {self._spoken_cell(entry, column)}"
        return None

    def setData(  # noqa: N802 - Qt's name
        self, index: _Index, value: object, role: int = Qt.ItemDataRole.EditRole
    ) -> bool:
        """Ask for another name."""
        if not index.isValid() or role != Qt.ItemDataRole.EditRole:
            return False
        entry = self._entries[index.row()]
        name = " ".join(str(value).split())
        if name != entry.name:
            self.renamed.emit(entry.track_id, name)
        return True

    def flags(self, index: _Index) -> Qt.ItemFlag:
        """Return the flags of a cell; names can be edited."""
        flags = super().flags(index) | Qt.ItemFlag.ItemNeverHasChildren
        if index.isValid() and index.column() == FaceColumn.NAME:
            flags |= Qt.ItemFlag.ItemIsEditable
        return flags

    def baseline_of(self, entry: FaceEntry) -> BaselineMark | None:
        """Return how a face stands with its baseline, None without one."""
        if entry.track_id in self._taking:
            return BaselineMark(self._taking[entry.track_id])
        if entry.corrected or entry.track_id in self._kept:
            return BaselineMark(1.0, entry.corrected)
        return None

    def row_text(self, row: int) -> str:
        """Return a row as text with tabs between the cells, for a spreadsheet."""
        return "\t".join(self._text(self._entries[row], column) for column in FaceColumn)

    @property
    def titles(self) -> Mapping[FaceColumn, str]:
        """Heads of the columns."""
        return {
            FaceColumn.FACE: self.tr("Face"),
            FaceColumn.NAME: self.tr("Name"),
            FaceColumn.EXPRESSION: self.tr("Expression"),
            FaceColumn.CONFIDENCE: self.tr("Conf."),
            FaceColumn.YAW: self.tr("Yaw"),
            FaceColumn.PITCH: self.tr("Pitch"),
            FaceColumn.ROLL: self.tr("Roll"),
            FaceColumn.SEEN: self.tr("Seen for"),
            FaceColumn.LAST: self.tr("Last seen"),
        }

    @property
    def _explained(self) -> Mapping[FaceColumn, str]:
        return {
            FaceColumn.NAME: self.tr("Double click or F2 to give a name"),
            FaceColumn.CONFIDENCE: self.tr("Confidence of the leading expression"),
            FaceColumn.YAW: self.tr("Degrees; positive to the right side of the picture"),
            FaceColumn.PITCH: self.tr("Degrees; positive upward"),
            FaceColumn.ROLL: self.tr("Degrees; positive clockwise"),
            FaceColumn.SEEN: self.tr("Time in the picture"),
            FaceColumn.LAST: self.tr("Time in the video, or since the source was opened"),
        }

    def _text(self, entry: FaceEntry, column: FaceColumn) -> str:
        pose = entry.pose
        match column:
            case FaceColumn.FACE:
                return str(entry.track_id)
            case FaceColumn.NAME:
                return entry.name
            case FaceColumn.EXPRESSION:
                return self.tr("uncertain") if entry.uncertain else entry.expression
            case FaceColumn.CONFIDENCE:
                return f"{100 * entry.confidence:.0f}%"
            case FaceColumn.YAW:
                return _NONE if pose is None else degrees(pose.yaw)
            case FaceColumn.PITCH:
                return _NONE if pose is None else degrees(pose.pitch)
            case FaceColumn.ROLL:
                return _NONE if pose is None else degrees(pose.roll)
            case FaceColumn.SEEN:
                return clock(entry.seen_s)
            case FaceColumn.LAST:
                return self.tr("now") if entry.present else clock(entry.last_s)

    def _spoken_cell(self, entry: FaceEntry, column: FaceColumn) -> str:
        if column is FaceColumn.EXPRESSION and entry.uncertain:
            return self.tr("uncertain, perhaps {0}").format(entry.expression)
        if column is FaceColumn.NAME:
            return ". ".join((entry.name or self.tr("none"), *self._spoken_baseline(entry)))
        return self._text(entry, column)

    def _spoken(self, entry: FaceEntry) -> str:
        heads = self.titles
        return "\n".join(
            f"{heads[column]}: {self._spoken_cell(entry, column)}" for column in FaceColumn
        )

    def _spoken_baseline(self, entry: FaceEntry) -> tuple[str, ...]:
        mark = self.baseline_of(entry)
        if mark is None:
            return ()
        if mark.share < 1:
            return (self.tr("Its neutral baseline is being taken"),)
        if mark.in_force:
            return (self.tr("Read relative to its neutral baseline"),)
        return (self.tr("Its neutral baseline was taken with another model"),)

    def _tell(self, first: int, last: int, left: FaceColumn, right: FaceColumn) -> None:
        if 0 <= first <= last:
            self.dataChanged.emit(self.index(first, left), self.index(last, right))


def degrees(value: float) -> str:
    """Return "−12°" for an angle."""
    whole = round(value)
    return f"{'−' if whole < 0 else ''}{abs(whole)}°"


def clock(seconds: float) -> str:
    """Return "1:02:03", "2:03" or "3.4 s" for a time."""
    if seconds < 60:
        # Rounded down, so that it never says 60.0 s.
        return f"{int(seconds * 10) / 10:.1f} s"
    minutes, rest = divmod(int(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


def other_faces(entries: Collection[FaceEntry], track_id: int) -> list[FaceEntry]:
    """Return all faces but one, those in the picture first."""
    others = [entry for entry in entries if entry.track_id != track_id]
    return sorted(others, key=lambda entry: (not entry.present, entry.track_id))


def _aligned(column: FaceColumn) -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignLeft
    if column in _NUMBERS and column is not FaceColumn.FACE:
        side = Qt.AlignmentFlag.AlignRight
    return side | Qt.AlignmentFlag.AlignVCenter
