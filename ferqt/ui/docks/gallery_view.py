"""The gallery's list on the screen: a grid that takes as many columns as fit."""

from typing import Final

from PySide6.QtCore import (
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPoint,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFontMetrics, QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QListView, QMenu, QStyle, QWidget

from ferqt.ui.docks.gallery_actions import GalleryActions
from ferqt.ui.docks.gallery_item import LEAST_WIDTH, ShotDelegate, cell_size
from ferqt.ui.docks.gallery_list import GalleryList, runs_of
from ferqt.ui.docks.gallery_shots import Shot

_LEAST_HEIGHT: Final = 48

_MOVING: Final = frozenset(
    {
        Qt.Key.Key_Left,
        Qt.Key.Key_Right,
        Qt.Key.Key_Up,
        Qt.Key.Key_Down,
        Qt.Key.Key_Home,
        Qt.Key.Key_End,
        Qt.Key.Key_PageUp,
        Qt.Key.Key_PageDown,
    }
)


class ShotView(QListView):
    """Shows the pictures; several can be chosen, and dragged into other programs.

    Keys that move in the list or act on what is chosen are the list's while it has the keyboard,
    also where the window has another use for them.
    """

    opened = Signal(object)
    """The `Shot` that was double-clicked."""

    chosen_changed = Signal()

    def __init__(
        self,
        shots: GalleryList,
        delegate: ShotDelegate,
        actions: GalleryActions,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._shots = shots
        self._cells = delegate
        self._actions = actions
        self._kept: frozenset[object] = frozenset()
        self.setModel(shots)
        self.setItemDelegate(delegate)
        self.setFlow(QListView.Flow.LeftToRight)
        self.setWrapping(True)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setDragEnabled(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.setAccessibleName(self.tr("Gallery"))
        self.customContextMenuRequested.connect(self._show_menu)
        self.doubleClicked.connect(self._on_double_clicked)
        self.selectionModel().selectionChanged.connect(self.chosen_changed)
        shots.modelAboutToBeReset.connect(self._keep_chosen)
        shots.modelReset.connect(self._choose_kept)

    @property
    def chosen(self) -> tuple[Shot, ...]:
        """What is chosen, in the order of the list."""
        return tuple(self._shots.shots[row] for part in self._parts() for row in part)

    @property
    def chosen_count(self) -> int:
        """How many are chosen."""
        return sum(len(part) for part in self._parts())

    def choose(self, shot: Shot) -> None:
        """Choose one picture and bring it into sight."""
        index = self._shots.index_of(shot)
        if index.isValid():
            self.setCurrentIndex(index)
            self.scrollTo(index)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Share the width among as many columns as fit."""
        super().resizeEvent(event)
        self._share_width()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Follow a change of the letters' size."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._share_width()

    def event(self, event: QEvent) -> bool:
        """Take the list's keys before the window's shortcuts do."""
        if (
            event.type() is QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and self._is_own(event)
        ):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Do what a key means."""
        action = self._actions.of_key(event)
        if action is not None:
            action.trigger()
        elif self._is_own(event):
            super().keyPressEvent(event)
        else:
            # The list would look for names that begin with a letter; letters are the window's.
            event.ignore()

    def _share_width(self) -> None:
        # Qt leaves room for the scroll bar, and begins a new line where a column would touch it.
        bar = self.style().pixelMetric(
            QStyle.PixelMetric.PM_ScrollBarExtent, None, self.verticalScrollBar()
        )
        room = self.maximumViewportSize().width() - bar - 1
        columns = max(1, room // LEAST_WIDTH)
        size = cell_size(max(LEAST_WIDTH, room // columns), QFontMetrics(self.font()))
        if size != self.gridSize():
            self._cells.width = size.width()
            self.setGridSize(size)

    def _is_own(self, event: QKeyEvent) -> bool:
        if event.key() in _MOVING or event.matches(QKeySequence.StandardKey.SelectAll):
            return True
        return self._actions.of_key(event) is not None

    def _parts(self) -> list[range]:
        """Return the chosen rows; by runs, as thousands may be chosen."""
        parts = self.selectionModel().selection()
        found = (parts.at(number) for number in range(parts.count()))
        runs = [range(part.top(), part.bottom() + 1) for part in found]
        return sorted(runs, key=lambda run: run.start)

    def _on_double_clicked(self, index: QModelIndex) -> None:
        self.opened.emit(self._shots.shot(index))

    def _show_menu(self, position: QPoint) -> None:
        if not self.chosen:
            return
        menu = QMenu(self)
        for action, _ in self._actions.in_order:
            menu.addAction(action)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.viewport().mapToGlobal(position))

    def _keep_chosen(self) -> None:
        self._kept = frozenset(shot.path for shot in self.chosen)

    def _choose_kept(self) -> None:
        """Choose what was chosen before the list began anew."""
        kept, self._kept = self._kept, frozenset()
        rows = [row for row, shot in enumerate(self._shots.shots) if shot.path in kept]
        selection = QItemSelection()
        for first, last in runs_of(rows):
            selection.select(self._shots.index(first), self._shots.index(last))
        self.selectionModel().select(selection, QItemSelectionModel.SelectionFlag.Select)
        self.chosen_changed.emit()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Return room for two columns and two rows."""
        cell = cell_size(LEAST_WIDTH, QFontMetrics(self.font()))
        return QSize(2 * cell.width() + 16, 2 * cell.height())

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Return room to scroll in, so that the window fits a screen of 600 px."""
        return QSize(cell_size(LEAST_WIDTH, QFontMetrics(self.font())).width(), _LEAST_HEIGHT)
