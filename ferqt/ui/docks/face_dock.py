"""The panel of faces: who is there, what each shows, and what can be done with a face."""

from collections.abc import Callable, Iterable, Sequence

from PySide6.QtCore import QItemSelection, QPoint, Signal, SignalInstance
from PySide6.QtGui import QAction, QGuiApplication, QShowEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QMenu,
    QSizePolicy,
    QStackedWidget,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from ferqt.core.people import People
from ferqt.core.roster import FaceEntry, FaceRoster
from ferqt.core.types import FrameResult
from ferqt.ui.docks.baseline_strip import BaselineStrip
from ferqt.ui.docks.face_table import FaceTable, other_faces
from ferqt.ui.docks.face_view import FaceView
from ferqt.ui.docks.tools import REFRESH_MS, Backlog, Refresher, ToolRow, empty_label
from ferqt.ui.theme import Theme


class FacePanel(QWidget):
    """A table of all faces of the source, with what can be done with the selected one.

    The selection is the selected face of the window: tell it with `set_selected`, hear of it by
    `selected`.

    Args:
        theme: Gives the colors.
        refresh_ms: Shortest time between two updates.
    """

    selected = Signal(object)
    """Track id of the face that the person selected, or None."""
    rename_requested = Signal(int, str)
    """Track id and its new name; "" takes the name away."""
    merge_requested = Signal(int, int)
    """Track id, and the one that it turned out to be."""
    baseline_requested = Signal(int)
    """Track id whose neutral face is to be taken."""
    baseline_cleared = Signal(int)
    """Track id whose baseline is no longer wanted."""

    def __init__(
        self, theme: Theme, parent: QWidget | None = None, *, refresh_ms: int = REFRESH_MS
    ) -> None:
        super().__init__(parent)
        self._roster = FaceRoster()
        self._backlog = Backlog(self._roster.add)
        self._people = People()
        self._selected: int | None = None
        self._telling = False
        self._taking: dict[int, float] = {}
        self._kept: frozenset[int] = frozenset()
        self._table = FaceTable(theme.tokens, self)
        self._table.renamed.connect(self._on_renamed)
        self._view = FaceView(self._table, theme)
        self._view.setAccessibleName(self.tr("Faces"))
        self._view.customContextMenuRequested.connect(self._show_menu)
        self._view.selectionModel().selectionChanged.connect(self._on_selection)
        self._refresher = Refresher(self, self._refresh, refresh_ms)
        self._make_actions()
        self._make_layout(theme)
        theme.changed.connect(self._table.set_tokens)
        self._enable()

    @property
    def table(self) -> FaceTable:
        """What is listed."""
        return self._table

    @property
    def view(self) -> QTableView:
        """The table on the screen."""
        return self._view

    @property
    def selected_id(self) -> int | None:
        """Track id of the selected face, also before it is listed; None for none."""
        return self._selected

    def add_samples(self, results: Sequence[FrameResult]) -> None:
        """Take in results in order; light samples suffice."""
        self._backlog.add(results)
        self._refresher.ask()

    def set_people(self, people: People) -> None:
        """Take over names and merges, also for faces that are not in the picture."""
        if people == self._people:
            return
        self._people = people
        self._backlog.flush()
        for gone, stays in people.merged.items():
            self._roster.merge(gone, stays)
        for entry in self._roster.entries:
            self._roster.rename(entry.track_id, people.name_of(entry.track_id))
        self._refresher.ask()
        if self._selected is not None and self._selected in people.merged:
            self._selected = people.id_of(self._selected)
            self.selected.emit(self._selected)

    def set_selected(self, track_id: int | None) -> None:
        """Select a face, now or as soon as it is listed; `selected` is not sent."""
        self._selected = track_id
        self._select_row()
        self._enable()

    def set_baselines(self, track_ids: Iterable[int]) -> None:
        """Tell which faces have a baseline, as the settings in force say."""
        self._show_baselines(self._taking, frozenset(track_ids))

    def set_baseline_progress(self, track_id: int, share: float) -> None:
        """Tell how far the taking of a baseline is.

        Args:
            track_id: Whose.
            share: 0..1; 1 when it is done and in force, negative when it was given up.
        """
        taking = {known: part for known, part in self._taking.items() if known != track_id}
        if 0 <= share < 1:
            taking[track_id] = share
        done = {track_id} if share >= 1 else set()
        self._show_baselines(taking, self._kept | done)
        self._strip.show_progress(self._title_of(track_id), share)

    def clear(self) -> None:
        """Forget all faces, as for a new source."""
        self._backlog.clear()
        self._roster.clear()
        self._people = People()
        self._selected = None
        self._show_baselines({}, frozenset())
        self._strip.hide()
        self._refresh()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """Bring the table up to date."""
        super().showEvent(event)
        self._refresher.now()

    def _make_actions(self) -> None:
        def action(text: str, tip: str, call: Callable[[], None]) -> QAction:
            made = QAction(text, self)
            made.setToolTip(tip)
            made.triggered.connect(call)
            return made

        self.rename_action = action(
            self.tr("Rename"), self.tr("Give the selected face a name (F2)"), self._rename
        )
        self.merge_action = action(
            self.tr("Merge into"),
            self.tr("Say that this is another face of the list"),
            lambda: None,
        )
        self.merge_menu = QMenu(self.tr("Merge into"), self)
        self.merge_menu.aboutToShow.connect(self._fill_merge_menu)
        self.follow_action = action(
            self.tr("Follow"), self.tr("Let plot and panels follow this face alone"), self._follow
        )
        self.follow_action.setCheckable(True)
        self.baseline_action = action(
            self.tr("Take neutral baseline"),
            self.tr("Measure the neutral face for 5 seconds and read expressions against it"),
            lambda: self._ask(self.baseline_requested),
        )
        self.clear_baseline_action = action(
            self.tr("Clear neutral baseline"),
            self.tr("Read this face without its baseline again"),
            lambda: self._ask(self.baseline_cleared),
        )
        self.copy_action = action(
            self.tr("Copy row"), self.tr("Copy the row for a spreadsheet"), self._copy
        )

    def _make_layout(self, theme: Theme) -> None:
        self._title = QLabel()
        self._title.setObjectName("Muted")
        self._title.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        tools = ToolRow(theme)
        tools.add(self.rename_action, "rename")
        tools.add(self.merge_action, "merge", self.merge_menu)
        tools.add(self.follow_action, "follow")
        self._baseline_menu = QMenu(self)
        self._baseline_menu.addActions((self.baseline_action, self.clear_baseline_action))
        self._baseline_button = QAction(self.tr("Neutral baseline"), self)
        tools.add(self._baseline_button, "baseline", self._baseline_menu)
        tools.add(self.copy_action, "copy")
        header = QHBoxLayout()
        header.setContentsMargins(12, 0, 8, 0)
        header.addWidget(self._title, 1)
        header.addWidget(tools)
        self._strip = BaselineStrip()
        self._pages = QStackedWidget()
        self._pages.addWidget(
            empty_label(self.tr("No face yet.\nFaces are listed here as soon as one is seen."))
        )
        self._pages.addWidget(self._view)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 4, 0, 4)
        layout.setSpacing(4)
        layout.addLayout(header)
        layout.addWidget(self._pages, 1)
        layout.addWidget(self._strip)

    def _refresh(self) -> None:
        self._backlog.flush()
        entries = self._roster.entries
        self._telling = True
        self._table.set_entries(entries)
        self._telling = False
        self._pages.setCurrentIndex(1 if entries else 0)
        present = sum(entry.present for entry in entries)
        self._title.setText(
            self.tr("{0} here, {1} left").format(present, len(entries) - present) if entries else ""
        )
        self._select_row()
        self._enable()

    def _select_row(self) -> None:
        """Show the selected face as such, without saying that the person did it."""
        row = self._table.row_of(self._selected)
        if row == self._view.selected_row():
            return
        self._telling = True
        if row < 0:
            self._view.clearSelection()
        else:
            self._view.selectRow(row)
        self._telling = False

    def _enable(self) -> None:
        entry = self._entry()
        mark = self._table.baseline_of(entry) if entry is not None else None
        for action in (self.rename_action, self.follow_action, self.copy_action):
            action.setEnabled(entry is not None)
        self.follow_action.setChecked(entry is not None)
        self.merge_action.setEnabled(entry is not None and self._table.rowCount() > 1)
        self._baseline_button.setEnabled(entry is not None)
        self.baseline_action.setEnabled(entry is not None and entry.present)
        self.clear_baseline_action.setEnabled(mark is not None)

    def _entry(self) -> FaceEntry | None:
        row = self._table.row_of(self._selected)
        return self._table.entries[row] if row >= 0 else None

    def _title_of(self, track_id: int) -> str:
        row = self._table.row_of(track_id)
        name = self._table.entries[row].name if row >= 0 else ""
        return name or self.tr("Face {0}").format(track_id)

    def _show_baselines(self, taking: dict[int, float], kept: frozenset[int]) -> None:
        if (taking, kept) != (self._taking, self._kept):
            self._taking, self._kept = taking, kept
            self._table.set_baselines(taking, kept)
            self._enable()

    def _show_menu(self, place: QPoint) -> None:
        if self._entry() is None:
            return
        menu = QMenu(self)
        menu.addAction(self.rename_action)
        if self.merge_action.isEnabled():
            menu.addMenu(self.merge_menu)
        menu.addAction(self.follow_action)
        menu.addSeparator()
        menu.addActions((self.baseline_action, self.clear_baseline_action))
        menu.addSeparator()
        menu.addAction(self.copy_action)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self._view.viewport().mapToGlobal(place))

    def _fill_merge_menu(self) -> None:
        self.merge_menu.clear()
        entry = self._entry()
        if entry is None:
            return
        for other in other_faces(self._table.entries, entry.track_id):
            text = self.tr("Face {0}").format(other.track_id)
            # A lone ampersand would underline the next letter.
            name = other.name.replace("&", "&&")
            made = self.merge_menu.addAction(f"{text}  {name}".rstrip())
            made.triggered.connect(
                lambda _=False, gone=entry.track_id, stays=other.track_id: (
                    self.merge_requested.emit(gone, stays)
                )
            )

    def _on_selection(self, _selected: QItemSelection, _deselected: QItemSelection) -> None:
        if self._telling:
            return
        row = self._view.selected_row()
        track_id = self._table.entries[row].track_id if row >= 0 else None
        if track_id != self._selected:
            self._selected = track_id
            self._enable()
            self.selected.emit(track_id)

    def _on_renamed(self, track_id: int, name: str) -> None:
        self._roster.rename(track_id, name)
        self._refresh()
        self.rename_requested.emit(track_id, name)

    def _rename(self) -> None:
        row = self._table.row_of(self._selected)
        if row >= 0:
            self._view.edit_name(row)

    def _follow(self) -> None:
        if not self.follow_action.isChecked():
            self._view.clearSelection()

    def _ask(self, signal: SignalInstance) -> None:
        if self._selected is not None:
            signal.emit(self._selected)

    def _copy(self) -> None:
        row = self._table.row_of(self._selected)
        if row >= 0:
            QGuiApplication.clipboard().setText(self._table.row_text(row))
