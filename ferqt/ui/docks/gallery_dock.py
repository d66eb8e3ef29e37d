"""The gallery: screenshots and the faces cut out of them."""

from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from ferqt.runtime.tasks import TaskRunner
from ferqt.ui.docks.gallery_actions import FileAction, GalleryActions
from ferqt.ui.docks.gallery_files import GalleryFiles
from ferqt.ui.docks.gallery_filter import FilterBar
from ferqt.ui.docks.gallery_index import GalleryIndex
from ferqt.ui.docks.gallery_item import ShotDelegate
from ferqt.ui.docks.gallery_list import GalleryList
from ferqt.ui.docks.gallery_shots import (
    MOST_SHOTS,
    Shot,
    count_expressions,
    faces_cut_from,
)
from ferqt.ui.docks.gallery_thumbnails import Thumbnails
from ferqt.ui.docks.gallery_view import ShotView
from ferqt.ui.docks.gallery_viewer import PictureViewer
from ferqt.ui.docks.tools import ToolRow, empty_label
from ferqt.ui.theme import Theme

_COUNT_MS: Final = 200
"""Counting thousands of pictures takes some ms; it waits until a burst of changes is over."""


class GalleryPanel(QWidget):
    """Thumbnails of a folder, the newest first, with search, filters and what can be done.

    Reads nothing while it is hidden. Pictures of other programs are not shown: without readings
    there is nothing to filter or compare, and the folder may be anyone's.
    """

    notice_posted = Signal(object, object)
    """Notice, and the NoticeAction that goes with it or None."""

    def __init__(self, theme: Theme, tasks: TaskRunner, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._tasks = tasks
        self._shot_keys = "S"
        self._viewer: PictureViewer | None = None
        self._viewed: Shot | None = None
        self._files = GalleryFiles(tasks, self)
        self._files.notice_posted.connect(self.notice_posted)
        self._files.removed.connect(self._on_removed)
        self._shots = GalleryList(self)
        self._thumbnails = Thumbnails(tasks, self)
        self._thumbnails.ready.connect(self._on_thumbnail)
        self._index = GalleryIndex(tasks, self)
        self._index.changed.connect(self._shots.change)
        self._index.changed.connect(self._tell_soon)
        self._index.settled.connect(self._tell)
        self._actions = GalleryActions(self)
        self._actions.requested.connect(self._on_requested)
        self._view = ShotView(
            self._shots, ShotDelegate(theme, self._thumbnails, self), self._actions
        )
        self._view.opened.connect(self.view_shot)
        self._view.chosen_changed.connect(self._tell_chosen)
        self._filter = FilterBar(theme)
        self._filter.changed.connect(self._on_filter)
        self._filter.left.connect(self._view.setFocus)
        self._soon = QTimer(self, singleShot=True, interval=_COUNT_MS)
        self._soon.timeout.connect(self._tell)
        self._make_layout(theme)
        theme.changed.connect(lambda _: self._view.viewport().update())
        self._tell()

    @property
    def shots(self) -> GalleryList:
        """What is listed."""
        return self._shots

    @property
    def view(self) -> ShotView:
        """The list on the screen."""
        return self._view

    @property
    def filter_bar(self) -> FilterBar:
        """Search, kind and chips."""
        return self._filter

    @property
    def actions_by_id(self) -> GalleryActions:
        """What can be done with the chosen pictures."""
        return self._actions

    @property
    def viewer(self) -> PictureViewer | None:
        """The viewer, once a picture was opened."""
        return self._viewer

    def set_folder(self, folder: Path) -> None:
        """Show another folder; it need not exist yet."""
        self._index.set_folder(folder)
        self._tell()

    def set_shot_keys(self, keys: str) -> None:
        """Say by which key screenshots are taken, as the empty gallery tells; "" for none."""
        self._shot_keys = keys
        self._tell()

    def refresh(self) -> None:
        """Look for new pictures soon; a folder on another computer may not tell of them."""
        self._index.refresh()

    def view_shot(self, shot: Shot) -> None:
        """Show a picture in the viewer."""
        if self._viewer is None:
            self._viewer = PictureViewer(self._theme, self._tasks, self)
            self._viewer.step_requested.connect(self._on_step)
            self._viewer.requested.connect(self._on_viewer_requested)
        self._viewed = shot
        row = self._shots.index_of(shot).row()
        self._viewer.show_picture(shot.path, row + 1, len(self._shots.shots))
        self._viewer.show()
        self._viewer.raise_()
        self._viewer.activateWindow()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """Read the folder when the gallery is seen for the first time, or has changed."""
        super().showEvent(event)
        self._index.set_active(True)

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802 - Qt's name
        """Leave the disk alone while nobody looks."""
        super().hideEvent(event)
        self._index.set_active(False)

    def _make_layout(self, theme: Theme) -> None:
        self._empty = empty_label("")
        # It may tell of a folder, whose name may look like markup.
        self._empty.setTextFormat(Qt.TextFormat.PlainText)
        self._nothing = _NothingFound()
        self._nothing.cleared.connect(self._filter.clear)
        self._pages = QStackedWidget()
        for rare in (self._empty, self._nothing):
            # Pages that are not shown must not keep the panel from being low.
            rare.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Ignored)
        for page in (self._view, self._empty, self._nothing):
            self._pages.addWidget(page)
        self._told = QLabel()
        self._told.setObjectName("Muted")
        self._told.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        tools = ToolRow(theme)
        for action, icon_name in self._actions.in_order:
            if action is not self._actions.action(FileAction.OUTSIDE):
                tools.add(action, icon_name)
        self._bottom = QWidget()
        line = QHBoxLayout(self._bottom)
        line.setContentsMargins(12, 0, 8, 4)
        line.setSpacing(8)
        line.addWidget(self._told, 1)
        line.addWidget(tools)
        self._top = QWidget()
        margin = QVBoxLayout(self._top)
        margin.setContentsMargins(8, 8, 8, 0)
        margin.addWidget(self._filter)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self._top)
        column.addWidget(self._pages, 1)
        column.addWidget(self._bottom)

    def _on_filter(self) -> None:
        self._shots.set_filter(self._filter.wanted)
        self._view.scrollToTop()
        self._tell()

    def _tell_soon(self) -> None:
        if not self._soon.isActive():
            self._soon.start()
        self._show_page()

    def _tell(self) -> None:
        """Bring counts and page in line with what is there."""
        self._filter.set_counts(count_expressions(self._shots.all_shots, self._filter.wanted))
        self._show_page()
        self._tell_chosen()

    def _show_page(self) -> None:
        anything = bool(self._shots.all_shots)
        self._top.setVisible(anything)
        self._bottom.setVisible(anything)
        if self._shots.shots:
            self._pages.setCurrentWidget(self._view)
        elif anything:
            self._pages.setCurrentWidget(self._nothing)
        else:
            self._empty.setText(self._empty_text())
            self._pages.setCurrentWidget(self._empty)

    def _empty_text(self) -> str:
        if self._index.problem:
            return self._index.problem
        if not self._index.is_settled:
            return self.tr("Looking for screenshots …")
        if self._shot_keys:
            return self.tr("Press {0} to take a screenshot.\nIt will be shown here.").format(
                self._shot_keys
            )
        return self.tr("Screenshots that you take are shown here.")

    def _tell_chosen(self) -> None:
        chosen, shown = self._view.chosen_count, len(self._shots.shots)
        self._actions.enable(chosen)
        if chosen:
            text = self.tr("{0} of {1} chosen").format(chosen, shown)
        elif self._index.left_out:
            text = self.tr("The newest {0}").format(MOST_SHOTS)
        elif shown == 1:
            text = self.tr("1 picture")
        else:
            text = self.tr("{0} pictures").format(shown)
        self._told.setText(text)

    def _on_thumbnail(self, shot: Shot) -> None:
        index = self._shots.index_of(shot)
        if index.isValid():
            self._view.update(index)

    def _on_requested(self, action: FileAction) -> None:
        chosen = self._view.chosen
        if action is FileAction.VIEW:
            self.view_shot(chosen[0])
        else:
            self._do(action, [shot.path for shot in chosen], self)

    def _on_viewer_requested(self, action: FileAction) -> None:
        if self._viewed is not None and self._viewer is not None:
            self._do(action, [self._viewed.path], self._viewer)

    def _do(self, action: FileAction, paths: list[Path], window: QWidget) -> None:
        if action is FileAction.COPY:
            self._files.copy(paths)
        elif action is FileAction.SAVE:
            self._files.save_copy(paths, window)
        elif action is FileAction.REVEAL:
            self._files.reveal(paths)
        elif action is FileAction.OUTSIDE:
            self._files.open_outside(paths[0])
        elif action is FileAction.REMOVE:
            self._files.remove(paths, window, faces_cut_from(paths, self._shots.all_shots))

    def _on_step(self, step: int) -> None:
        """Show the neighbor of the viewer's picture, and choose it in the list."""
        if self._viewed is None:
            return
        row = self._shots.index_of(self._viewed).row() + step
        if 0 <= row < len(self._shots.shots):
            shot = self._shots.shots[row]
            self._view.choose(shot)
            self.view_shot(shot)

    def _on_removed(self, paths: list[Path]) -> None:
        """Take pictures that were deleted out of the list; the viewer goes on to the next."""
        row = self._shots.index_of(self._viewed).row() if self._viewed is not None else -1
        self._shots.change(set(paths), ())
        self._index.refresh()
        self._tell_soon()
        if self._viewed is None or self._viewed.path not in paths or self._viewer is None:
            return
        self._viewed = None
        if self._viewer.isVisible() and row >= 0 and self._shots.shots:
            self.view_shot(self._shots.shots[min(row, len(self._shots.shots) - 1)])
        else:
            self._viewer.close()


class _NothingFound(QWidget):
    """What the gallery says when its filters leave nothing."""

    cleared = Signal()

    def __init__(self) -> None:
        super().__init__()
        button = QPushButton(self.tr("Show All"))
        button.setProperty("role", "quiet")
        button.clicked.connect(self.cleared)
        column = QVBoxLayout(self)
        column.addStretch(1)
        column.addWidget(empty_label(self.tr("No picture is like that.")))
        column.addWidget(button, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(1)
