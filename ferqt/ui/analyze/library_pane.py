"""The library of sessions: found, looked at, noted upon, exported, deleted."""

from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import (
    QFileDialog,
    QMessageBox,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from ferqt.core.types import Notice, Severity
from ferqt.outputs.store.entry import LibraryEntry
from ferqt.runtime.session_export import Exported
from ferqt.runtime.tasks import TaskRunner
from ferqt.ui.analyze.export_dialog import ExportDialog, ReportGatherer
from ferqt.ui.analyze.library_feed import LibraryFeed, Listing, Wish
from ferqt.ui.analyze.library_head import LibraryHead, SessionAction
from ferqt.ui.analyze.session_details import SessionDetails
from ferqt.ui.analyze.session_table import SessionTable
from ferqt.ui.analyze.session_thumbnails import SessionThumbnails
from ferqt.ui.analyze.session_view import SessionView
from ferqt.ui.docks.tools import empty_label
from ferqt.ui.file_manager import open_folder, select_files
from ferqt.ui.notice_bar import NoticeAction
from ferqt.ui.theme import Theme

_DETAILS_PX: Final = 272
_DETAILS_LEAST_PX: Final = 208
_TABLE_PX: Final = 560


class LibraryPane(QWidget):
    """Header, table and details.

    Reads the library when it is shown, and when it is told to.

    Args:
        theme: Gives the colors.
        tasks: Does what is slow.
        feed: Reads and changes the library.
    """

    session_requested = Signal(object)
    """File of the session that is to be opened, as a path."""
    comparison_requested = Signal(object)
    """Files of the sessions that are to be compared, a list of paths."""
    report_requested = Signal(object)
    """Files of the sessions of which a report is wanted, a list of paths."""
    resume_requested = Signal(object)
    """Entries of the sessions whose analysis is to go on, a list."""
    again_requested = Signal(object)
    """Locations of sources that are to be analyzed again, a list."""
    deleted = Signal(object)
    """Folder of a session that is gone, as a path."""
    notice_posted = Signal(object, object)
    """`Notice`, and the `NoticeAction` that goes with it or None."""

    def __init__(
        self, theme: Theme, tasks: TaskRunner, feed: LibraryFeed, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._feed = feed
        self._target = Path.home()
        self._formats: tuple[str, ...] = ("csv",)
        self._report: ReportGatherer | None = None
        self._export: ExportDialog | None = None
        self._box: QMessageBox | None = None
        self._listing: Listing | None = None
        self.table = SessionTable(self)
        self.thumbnails = SessionThumbnails(tasks, self)
        self.view = SessionView(self.table, self.thumbnails, theme)
        self.view.open_asked.connect(lambda: self.do(SessionAction.OPEN))
        self.view.delete_asked.connect(lambda: self.do(SessionAction.DELETE))
        self.view.chosen_changed.connect(self._on_chosen)
        self.head = LibraryHead(theme)
        self.head.wish_changed.connect(self._on_wish)
        self.head.asked.connect(self.do)
        self.head.left.connect(self.view.setFocus)
        self.view.addActions(self.head.actions_in_order)
        self.details = SessionDetails()
        self.details.title_changed.connect(
            lambda session, title: feed.edit(session, lambda editor: editor.set_title(title))
        )
        self.details.tags_changed.connect(
            lambda session, tags: feed.edit(session, lambda editor: editor.set_tags(tags))
        )
        self.details.notes_changed.connect(
            lambda session, notes: feed.edit(session, lambda editor: editor.set_notes(notes))
        )
        feed.came.connect(self._on_listing)
        feed.failed.connect(lambda notice: self.notice_posted.emit(notice, None))
        feed.deleted.connect(self._on_deleted)
        self._make_layout()

    @property
    def box(self) -> QMessageBox | None:
        """The question that is open."""
        return self._box

    @property
    def export_dialog(self) -> ExportDialog | None:
        """The dialog that is open."""
        return self._export

    def set_model_names(self, names: Mapping[str, str]) -> None:
        """Say what models are called, by id."""
        self.table.set_model_names(names)
        self.details.set_model_names(names)

    def set_report(self, report: ReportGatherer | None) -> None:
        """Say what gathers figures and stills for exported reports."""
        self._report = report

    def search(self) -> None:
        """Give the keyboard to the search."""
        self.head.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.head.search.selectAll()

    def choose(self, folder: Path) -> None:
        """Choose the session of a folder and bring it into view."""
        row = self.table.row_of(folder.name)
        if row >= 0:
            self.view.selectRow(row)
            self.view.scrollTo(self.table.index(row, 0))

    def do(self, which: SessionAction) -> None:
        """Do what is asked with the chosen sessions; nothing if it is not possible now."""
        if not self.head.action(which).isEnabled():
            return
        chosen = self.view.chosen
        paths = [entry.path for entry in chosen]
        match which:
            case SessionAction.OPEN:
                self.session_requested.emit(paths[0])
            case SessionAction.RESUME:
                self.resume_requested.emit(list(chosen))
            case SessionAction.AGAIN:
                self.again_requested.emit([entry.source for entry in chosen if entry.source])
            case SessionAction.COMPARE:
                self.comparison_requested.emit(paths)
            case SessionAction.REPORT:
                self.report_requested.emit(paths)
            case SessionAction.EXPORT:
                self.export({entry.path: entry.title for entry in chosen})
            case SessionAction.REVEAL:
                self._reveal(chosen[0])
            case SessionAction.ADOPT:
                self._ask_adopt()
            case SessionAction.DELETE:
                self._ask_delete(chosen)

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """Read the library anew: other programs may have changed it."""
        super().showEvent(event)
        self._feed.refresh()

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802 - Qt's name
        """Keep what was typed."""
        super().hideEvent(event)
        self.details.flush()

    def _make_layout(self) -> None:
        self._empty = empty_label(self.tr("Looking for sessions …"))
        nothing = QWidget()
        show_all = QPushButton(self.tr("Show All"))
        show_all.setProperty("role", "quiet")
        show_all.clicked.connect(self.head.clear)
        column = QVBoxLayout(nothing)
        column.addStretch(1)
        column.addWidget(empty_label(self.tr("No session is like that.")))
        column.addWidget(show_all, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(1)
        self._nothing = nothing
        self._pages = QStackedWidget()
        for page in (self.view, self._empty, self._nothing):
            self._pages.addWidget(page)
        self._pages.setCurrentWidget(self._empty)
        self._split = QSplitter(Qt.Orientation.Horizontal)
        self._split.setChildrenCollapsible(False)
        self._split.setHandleWidth(8)
        self._split.addWidget(self._pages)
        self._split.addWidget(self.details)
        self._split.setStretchFactor(0, 1)
        self._split.setSizes([_TABLE_PX, _DETAILS_PX])
        self.details.setMinimumWidth(_DETAILS_LEAST_PX)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 8, 12, 8)
        layout.setSpacing(8)
        layout.addWidget(self.head)
        layout.addWidget(self._split, 1)
        self.details.hide()

    def _on_wish(self, wish: Wish) -> None:
        self._feed.set_wish(wish)

    def _on_listing(self, listing: Listing) -> None:
        if self._listing is not None:
            self._forget_changed(listing)
        self._listing = listing
        self.head.show_listing(listing)
        self.details.set_known_tags(listing.tags)
        self.view.show_entries(listing.entries)
        self._show_details(shown=bool(listing.whole))
        if listing.entries:
            self._pages.setCurrentWidget(self.view)
        elif listing.whole:
            self._pages.setCurrentWidget(self._nothing)
        else:
            self._empty.setText(
                self.tr("No session yet.\nWhat is analyzed in the queue is kept here.")
            )
            self._pages.setCurrentWidget(self._empty)

    def _show_details(self, *, shown: bool) -> None:
        if shown and self.details.isHidden():
            self.details.show()
            # A third at most, until the person wants it otherwise.
            width = min(_DETAILS_PX, self.width() // 3)
            self._split.setSizes([self.width() - width, width])
        self.details.setVisible(shown)

    def _forget_changed(self, listing: Listing) -> None:
        """A session that had no rows when its picture was wanted may have one now."""
        assert self._listing is not None
        before = {entry.id: entry.frames for entry in self._listing.entries}
        for entry in listing.entries:
            if before.get(entry.id, entry.frames) != entry.frames:
                self.thumbnails.forget(entry.id)

    def _on_chosen(self) -> None:
        chosen = self.view.chosen
        self.head.enable(chosen)
        self.details.show_entries(chosen)
        if len(chosen) == 1 and not chosen[0].problem:
            # Drives on the network may take long to answer.
            self._tasks.run(
                partial(_is_gone, chosen[0]),
                partial(self.details.show_missing, chosen[0].id),
                lambda _: None,
                title=self.tr("The source could not be looked for"),
            )

    def _on_deleted(self, session: str) -> None:
        self.thumbnails.forget(session)
        self.deleted.emit(self._feed.library.folder / session)

    def _reveal(self, entry: LibraryEntry) -> None:
        self._tasks.run(
            partial(select_files, [entry.path]),
            lambda shown: None if shown else open_folder(entry.folder),
            lambda _: open_folder(entry.folder),
            title=self.tr("The folder was not opened"),
        )

    def _ask_adopt(self) -> None:
        name, _ = QFileDialog.getOpenFileName(
            self,
            self.tr("Add a Session"),
            str(self._target),
            self.tr("Sessions ({0});;All files (*)").format("*.db"),
        )
        if name:
            self._feed.adopt(Path(name), self._on_adopted)

    def _on_adopted(self, entry: LibraryEntry) -> None:
        notice = Notice(Severity.INFO, self.tr("Session added"), entry.title)
        self.notice_posted.emit(notice, None)

    def _ask_delete(self, chosen: Sequence[LibraryEntry]) -> None:
        if len(chosen) == 1:
            question = self.tr("Delete the session “{0}”?").format(chosen[0].title)
        else:
            question = self.tr("Delete {0} sessions?").format(len(chosen))
        box = QMessageBox(self)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.setIcon(QMessageBox.Icon.Question)
        # Titles may look like markup.
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.setText(question)
        box.setInformativeText(
            self.tr(
                "Readings, markers, notes and all files in the session’s folder are deleted. "
                "This cannot be undone. The videos themselves stay."
            )
        )
        box.addButton(QMessageBox.StandardButton.Cancel)
        yes = box.addButton(self.tr("Delete"), QMessageBox.ButtonRole.DestructiveRole)
        box.setDefaultButton(QMessageBox.StandardButton.Cancel)
        sessions = [entry.id for entry in chosen]
        box.buttonClicked.connect(
            lambda button: self._feed.delete(sessions) if button is yes else None
        )
        box.finished.connect(self._on_box_closed)
        self._box = box
        box.open()

    def _on_box_closed(self) -> None:
        self._box = None

    def export(self, titles: Mapping[Path, str], formats: Sequence[str] = ()) -> None:
        """Ask what sessions are to be exported to.

        Args:
            titles: What they are called, by their files.
            formats: Ids of the formats that are proposed; those of the last time if none.
        """
        dialog = ExportDialog(
            titles,
            self._target,
            self._tasks,
            formats or self._formats,
            self._report,
            self.window(),
        )
        dialog.formats_chosen.connect(self._keep_formats)
        dialog.exported.connect(self._on_exported)
        dialog.finished.connect(self._on_export_closed)
        self._export = dialog
        dialog.open()

    def _keep_formats(self, formats: tuple[str, ...]) -> None:
        self._formats = formats

    def _on_export_closed(self) -> None:
        if self._export is not None:
            self._export.deleteLater()
            self._export = None

    def _on_exported(self, outcome: Exported, folder: Path) -> None:
        self._target = folder
        show = NoticeAction(self.tr("Show Folder"), partial(open_folder, folder))
        if outcome.failures:
            first = outcome.failures[0]
            title = self.tr("{0} files were not written").format(len(outcome.failures))
            notice = Notice(Severity.ERROR, title, first.text, first.hint)
        elif outcome.canceled:
            title = self.tr("The export was stopped")
            text = self.tr("{0} files are written").format(len(outcome.files))
            notice = Notice(Severity.INFO, title, text)
        else:
            title = self.tr("{0} files written").format(len(outcome.files))
            hint = ""
            if outcome.left_out:
                hint = self.tr("Formats that tell times were left out for pictures.")
            notice = Notice(Severity.INFO, title, str(folder), hint)
        self.notice_posted.emit(notice, show if outcome.files else None)


def _is_gone(entry: LibraryEntry) -> bool:
    return entry.source_missing
