"""The gallery's pictures as a Qt list model: the wanted ones of a folder, the newest first."""

from bisect import bisect_left, bisect_right, insort
from collections.abc import Callable, Iterable, Sequence
from enum import IntEnum
from pathlib import Path
from typing import Final

from PySide6.QtCore import (
    QAbstractListModel,
    QMimeData,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    QUrl,
)

from ferqt.ui.docks.gallery_shots import Shot, ShotFilter
from ferqt.ui.docks.gallery_texts import shot_lines
from ferqt.ui.docks.tools import plain_tip

_MOST_STEPS: Final = 40
"""Separate places at which a change may come in one by one; past them a new start is quicker."""

_FLAGS: Final = (
    Qt.ItemFlag.ItemIsSelectable
    | Qt.ItemFlag.ItemIsEnabled
    | Qt.ItemFlag.ItemIsDragEnabled
    | Qt.ItemFlag.ItemNeverHasChildren
)
_Index = QModelIndex | QPersistentModelIndex


class ShotRole(IntEnum):
    """Roles beyond Qt's own."""

    SHOT = Qt.ItemDataRole.UserRole + 1


class GalleryList(QAbstractListModel):
    """What the gallery shows.

    Keeps all pictures of the folder, and in `shots` those that the filter accepts.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._all: list[Shot] = []
        self._shots: list[Shot] = []
        self._wanted = ShotFilter()

    @property
    def all_shots(self) -> Sequence[Shot]:
        """Every picture of the folder."""
        return self._all

    @property
    def shots(self) -> Sequence[Shot]:
        """What is shown, the newest first."""
        return self._shots

    @property
    def wanted(self) -> ShotFilter:
        """The filter in force."""
        return self._wanted

    def set_filter(self, wanted: ShotFilter) -> None:
        """Show what another filter accepts."""
        if wanted == self._wanted:
            return
        self.beginResetModel()
        self._wanted = wanted
        self._shots = [shot for shot in self._all if wanted.accepts(shot)]
        self.endResetModel()

    def change(self, gone: set[Path], new: Iterable[Shot]) -> None:
        """Take pictures out and in."""
        arrived = sorted(new, key=_order)
        if gone:
            self._all = [shot for shot in self._all if shot.path not in gone]
            self._take_out(gone)
        if arrived:
            for shot in arrived:
                insort(self._all, shot, key=_order)
            self._put_in([shot for shot in arrived if self._wanted.accepts(shot)])

    def shot(self, index: _Index) -> Shot:
        """Return the picture of a row."""
        return self._shots[index.row()]

    def index_of(self, shot: Shot) -> QModelIndex:
        """Return the row of a picture, an invalid one if it is not shown."""
        row = bisect_left(self._shots, shot.order, key=_order)
        if row < len(self._shots) and self._shots[row].path == shot.path:
            return self.index(row)
        return QModelIndex()

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: N802, B008 - Qt's own
        """Return the number of pictures that are shown."""
        return 0 if parent.isValid() else len(self._shots)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return what a row shows, says to a screen reader, or is."""
        if not index.isValid():
            return None
        shot = self._shots[index.row()]
        if role == ShotRole.SHOT:
            return shot
        if role == Qt.ItemDataRole.DisplayRole:
            return shot.path.name
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tip("\n".join(shot_lines(shot)))
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return ". ".join(shot_lines(shot))
        return None

    def flags(self, index: _Index) -> Qt.ItemFlag:
        """Return the flags of a row: it can be chosen, and dragged into other programs."""
        return _FLAGS if index.isValid() else Qt.ItemFlag.NoItemFlags

    def mimeTypes(self) -> list[str]:  # noqa: N802 - Qt's name
        """Return what dragged pictures are: files."""
        return ["text/uri-list"]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:  # noqa: N802 - Qt's name
        """Return dragged pictures."""
        content = QMimeData()
        content.setUrls([QUrl.fromLocalFile(str(self.shot(index).path)) for index in indexes])
        return content

    def supportedDragActions(self) -> Qt.DropAction:  # noqa: N802 - Qt's name
        """Return that a drag copies: the file stays."""
        return Qt.DropAction.CopyAction

    def _take_out(self, gone: set[Path]) -> None:
        rows = [row for row, shot in enumerate(self._shots) if shot.path in gone]
        runs = runs_of(rows)
        if len(runs) > _MOST_STEPS:
            self._start_anew(lambda: [shot for shot in self._shots if shot.path not in gone])
            return
        for first, last in reversed(runs):
            self.beginRemoveRows(QModelIndex(), first, last)
            del self._shots[first : last + 1]
            self.endRemoveRows()

    def _put_in(self, arrived: Sequence[Shot]) -> None:
        """Put pictures, in order, where they belong."""
        places: dict[int, list[Shot]] = {}
        for shot in arrived:
            place = bisect_right(self._shots, shot.order, key=_order)
            places.setdefault(place, []).append(shot)
        if len(places) > _MOST_STEPS:
            self._start_anew(lambda: sorted([*self._shots, *arrived], key=_order))
            return
        for place in sorted(places, reverse=True):
            shots = places[place]
            self.beginInsertRows(QModelIndex(), place, place + len(shots) - 1)
            self._shots[place:place] = shots
            self.endInsertRows()

    def _start_anew(self, shots: Callable[[], list[Shot]]) -> None:
        self.beginResetModel()
        self._shots = shots()
        self.endResetModel()


def _order(shot: Shot) -> tuple[float, bool, str]:
    return shot.order


def runs_of(rows: Sequence[int]) -> list[tuple[int, int]]:
    """Put rising row numbers together to runs of neighbors, as (first, last)."""
    runs: list[tuple[int, int]] = []
    for row in rows:
        if runs and row == runs[-1][1] + 1:
            runs[-1] = (runs[-1][0], row)
        else:
            runs.append((row, row))
    return runs
