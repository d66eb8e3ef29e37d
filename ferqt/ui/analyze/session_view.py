"""The library of sessions on the screen."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from PySide6.QtCore import (
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QRectF,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QKeyEvent, QKeySequence, QPainter, QPainterPath, QResizeEvent
from PySide6.QtWidgets import (
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from ferqt.outputs.store.entry import LibraryEntry
from ferqt.outputs.store.state import SessionState
from ferqt.ui.analyze.cells import (
    ROW_PX,
    choose_rows,
    chosen_rows,
    inside,
    paint_ground,
    paint_lines,
    paint_text,
    show_whole_rows,
    spread_columns,
    square,
)
from ferqt.ui.analyze.session_table import ENTRY_ROLE, SOURCE_ROLE, SessionColumn, SessionTable
from ferqt.ui.analyze.session_thumbnails import HEIGHT, WIDTH, SessionThumbnails
from ferqt.ui.icons import pixmap
from ferqt.ui.theme import Theme, tabular
from ferqt.ui.tokens import Tokens

_Index = QModelIndex | QPersistentModelIndex

_ICON_PX: Final = 16
_GAP_PX: Final = 12
_WIDTHS: Final[Mapping[int, int]] = {
    SessionColumn.DATE: 128,
    SessionColumn.LENGTH: 88,
    SessionColumn.FACES: 80,
    SessionColumn.MODEL: 112,
    SessionColumn.TAGS: 112,
    SessionColumn.STATE: 92,
}
_SPARED: Final = (
    (820, SessionColumn.MODEL),
    (700, SessionColumn.TAGS),
    (620, SessionColumn.FACES),
    (540, SessionColumn.DATE),
    (440, SessionColumn.LENGTH),
    (320, SessionColumn.STATE),
)
"""Widths under which a column gives its room to the title."""


_GROWING: Final[Mapping[int, int]] = {SessionColumn.MODEL: 200, SessionColumn.TAGS: 280}
"""Greatest widths of columns that get some of the room that there is."""


class SessionCells(QStyledItemDelegate):
    """A small picture beside title and source, and quiet cells for the rest."""

    def __init__(self, theme: Theme, thumbnails: SessionThumbnails, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._thumbnails = thumbnails

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Paint a cell."""
        entry = index.data(ENTRY_ROLE)
        assert isinstance(entry, LibraryEntry)
        tokens = self._theme.tokens
        painter.save()
        painter.setRenderHints(
            QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform
        )
        paint_ground(painter, option, tokens)
        painter.setFont(tabular(option.font))
        area = inside(option)
        if index.column() == SessionColumn.TITLE:
            place = QRect(area.left(), area.center().y() - HEIGHT // 2 + 1, WIDTH, HEIGHT)
            self._paint_picture(painter, place, entry)
            quiet = tokens.warning if entry.problem else tokens.text_muted
            lines = (index.data(), index.data(SOURCE_ROLE))
            area = area.adjusted(WIDTH + _GAP_PX, 0, 0, 0)
            paint_lines(painter, area, lines, (tokens.text, quiet))
        else:
            state = index.column() == SessionColumn.STATE
            color = _state_color(entry, tokens) if state else tokens.text_muted
            alignment = index.data(Qt.ItemDataRole.TextAlignmentRole)
            paint_text(painter, area, index.data(), color, alignment)
        painter.restore()

    def _paint_picture(self, painter: QPainter, place: QRect, entry: LibraryEntry) -> None:
        tokens = self._theme.tokens
        path = QPainterPath()
        path.addRoundedRect(place.toRectF(), 4, 4)
        painter.fillPath(path, QColor(tokens.picture))
        picture = self._thumbnails.of(entry)
        if picture is None:
            ratio = painter.device().devicePixelRatioF()
            sign = pixmap("film", tokens.text_muted, _ICON_PX, ratio)
            painter.drawPixmap(square(place.center(), _ICON_PX).topLeft(), sign)
            return
        size = picture.size().scaled(place.size(), Qt.AspectRatioMode.KeepAspectRatio)
        target = QRectF(0, 0, size.width(), size.height())
        target.moveCenter(place.toRectF().center())
        painter.save()
        painter.setClipPath(path)
        painter.drawPixmap(target, picture, picture.rect().toRectF())
        painter.restore()


class SessionView(QTableView):
    """Whole rows, sorted by a click on a title; Enter opens, Delete asks to delete.

    Args:
        table: What is shown.
        thumbnails: Gives the pictures.
        theme: Gives the colors.
    """

    open_asked = Signal()
    delete_asked = Signal()
    chosen_changed = Signal()
    """Other rows are chosen."""

    def __init__(
        self,
        table: SessionTable,
        thumbnails: SessionThumbnails,
        theme: Theme,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._table = table
        self.setModel(table)
        self.setItemDelegate(SessionCells(theme, thumbnails, self))
        self.setAccessibleName(self.tr("Sessions"))
        show_whole_rows(self)
        self._prepare_heads()
        self.doubleClicked.connect(lambda _: self.open_asked.emit())
        self.selectionModel().selectionChanged.connect(self.chosen_changed)
        thumbnails.ready.connect(table.tell_changed)
        theme.changed.connect(lambda _: self.viewport().update())

    @property
    def chosen(self) -> tuple[LibraryEntry, ...]:
        """The sessions that are chosen, from top to bottom."""
        return tuple(self._table.entries[row] for row in chosen_rows(self))

    def show_entries(self, entries: Sequence[LibraryEntry]) -> None:
        """List other sessions; those that were chosen stay so, and the place on the screen too."""
        chosen = [entry.id for entry in self.chosen]
        row = self.currentIndex().row()
        held = self._table.entries[row].id if 0 <= row < len(self._table.entries) else ""
        place = self.verticalScrollBar().value()
        self.selectionModel().blockSignals(True)
        self._table.set_entries(entries)
        self.choose(chosen)
        self.selectionModel().blockSignals(False)
        found = self._table.row_of(held)
        current = found if found >= 0 else min(row, len(entries) - 1)
        if current >= 0:
            self.selectionModel().setCurrentIndex(
                self._table.index(current, 0), QItemSelectionModel.SelectionFlag.NoUpdate
            )
        self.verticalScrollBar().setValue(place)
        self.viewport().update()
        self.chosen_changed.emit()

    def choose(self, sessions: Iterable[str]) -> None:
        """Choose sessions by their ids, beside those that are chosen."""
        choose_rows(self, map(self._table.row_of, sessions))

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Do what the keys mean."""
        if event.matches(QKeySequence.StandardKey.Delete):
            self.delete_asked.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.open_asked.emit()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Leave out columns where the title would have no room."""
        super().resizeEvent(event)
        spread_columns(self, _WIDTHS, _SPARED, _GROWING)

    def _prepare_heads(self) -> None:
        heads = self.horizontalHeader()
        heads.setHighlightSections(False)
        # The titles would look through all rows for what is chosen.
        heads.setSelectionModel(QItemSelectionModel(self._table, self))
        heads.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        heads.setSectionResizeMode(SessionColumn.TITLE, QHeaderView.ResizeMode.Stretch)
        for column, width in _WIDTHS.items():
            heads.resizeSection(column, width)
        self.setSortingEnabled(True)
        self.sortByColumn(SessionColumn.DATE, Qt.SortOrder.DescendingOrder)
        rows = self.verticalHeader()
        rows.hide()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setDefaultSectionSize(ROW_PX)


def _state_color(entry: LibraryEntry, tokens: Tokens) -> str:
    if entry.missing:
        return tokens.danger
    return {
        SessionState.DONE: tokens.success,
        SessionState.FAILED: tokens.danger,
        SessionState.INTERRUPTED: tokens.warning,
        SessionState.RUNNING: tokens.accent_text,
    }.get(entry.state, tokens.text_muted)
