"""Ties the page of queue and library to the window; built when it is wanted for the first time."""

from collections.abc import Callable, Mapping, Sequence
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QStackedWidget

from ferqt.core.types import Notice, Severity
from ferqt.drafts import remove_unfinished
from ferqt.outputs.store.kept_queue import QUEUE_NAME
from ferqt.ui.file_manager import open_folder
from ferqt.ui.notice_bar import NoticeAction
from ferqt.ui.window_parts import Parts

if TYPE_CHECKING:
    from ferqt.outputs.store.library import Library
    from ferqt.ui.analyze.page import AnalyzePage
    from ferqt.ui.comparison_page import ComparisonPage


class AnalysisLink(QObject):
    """Queue, library, and what is made of their sessions.

    Lives on the GUI thread.

    Args:
        parts: Of the window.
        pages: Where the page is shown.
        go_back: Shows what the window shows otherwise.
    """

    notice_posted = Signal(object, object)
    """Notice, and the NoticeAction that goes with it or None."""

    def __init__(self, parts: Parts, pages: QStackedWidget, go_back: Callable[[], None]) -> None:
        super().__init__(parts.window)
        self._parts = parts
        self._pages = pages
        self._go_back = go_back
        self._page: AnalyzePage | None = None
        self._comparison: ComparisonPage | None = None

    @property
    def shown(self) -> bool:
        """Whether the page, or a comparison from it, is on screen."""
        shown = self._pages.currentWidget()
        return shown is not None and shown in (self._page, self._comparison)

    @cached_property
    def _library(self) -> "Library":
        from ferqt.outputs.store.library import Library

        return Library()

    @property
    def page(self) -> "AnalyzePage":
        """The page, built when it is asked for."""
        if self._page is None:
            self._page = self._build()
        return self._page

    def toggle(self) -> None:
        """Show the page, or what was shown before it."""
        if self.shown:
            self._go_back()
        else:
            self._pages.setCurrentWidget(self.page)

    def add(self, locations: Sequence[str]) -> None:
        """Put files and folders into the queue, and show it."""
        self.page.add_locations(locations)
        self._pages.setCurrentWidget(self.page)

    def export(self, titles: Mapping[Path, str]) -> None:
        """Ask what sessions are to be exported to.

        Args:
            titles: What they are called, by their files.
        """
        self.page.library_pane.export(titles)

    def tell_written(self, place: Path) -> None:
        """Say that something was written, and offer to show it."""
        notice = Notice(Severity.INFO, self.tr("Written"), place.name)
        show = NoticeAction(self.tr("Show Folder"), partial(open_folder, place.parent))
        self.notice_posted.emit(notice, show)

    def restore(self) -> None:
        """Offer to go on with what an earlier start left in the queue, and clear away the rest."""
        self._parts.tasks.run(
            partial(_clear_away, self._library),
            lambda _: None,
            lambda _: None,
            title="What an earlier start left was not cleared away",
        )
        if (self._library.folder / QUEUE_NAME).exists():
            self.page.restore()

    def shutdown(self) -> None:
        """End the analyses; what they have is kept."""
        if self._page is not None:
            self._page.shutdown()

    def _build(self) -> "AnalyzePage":
        from ferqt.pipeline.session_report import report_options
        from ferqt.runtime.analysis_queue import AnalysisQueue
        from ferqt.ui.analyze.page import AnalyzePage

        parts, library = self._parts, self._library
        queue = AnalysisQueue(library.folder, parts.tasks, self, new_folder=library.new_folder)
        page = AnalyzePage(parts.theme, parts.tasks, parts.settings, queue, library)
        page.library_pane.set_report(partial(report_options, catalog=parts.session.catalog))
        page.set_models(parts.session.catalog.entries)
        parts.desk.models_changed.connect(lambda: page.set_models(parts.session.catalog.entries))
        page.notice_posted.connect(self.notice_posted)
        page.session_requested.connect(self._open_session)
        page.comparison_requested.connect(self._compare)
        page.report_requested.connect(self._report)
        page.library_pane.deleted.connect(self._on_deleted)
        self._pages.addWidget(page)
        return page

    def _on_deleted(self, folder: Path) -> None:
        """Close a session that is looked at when it is gone."""
        path = self._parts.review.path
        if path is not None and path.parent == folder:
            self._parts.review.close()

    def _open_session(self, path: Path) -> None:
        self._go_back()
        self._parts.review.open(path)

    def _compare(self, paths: Sequence[Path]) -> None:
        if self._comparison is None:
            self._comparison = self._build_comparison()
        self._comparison.compare(paths)
        self._pages.setCurrentWidget(self._comparison)

    def _build_comparison(self) -> "ComparisonPage":
        from ferqt.ui.comparison_page import ComparisonPage

        parts = self._parts
        page = ComparisonPage(parts.theme, parts.tasks, parts.session.catalog)
        page.left.connect(lambda: self._pages.setCurrentWidget(self.page))
        page.written.connect(self.tell_written)
        page.notice_posted.connect(lambda notice: self.notice_posted.emit(notice, None))
        self._pages.addWidget(page)
        return page

    def _report(self, paths: Sequence[Path]) -> None:
        """Several sessions are reported on together where they are compared."""
        if len(paths) > 1:
            self._compare(paths)
        else:
            self.page.library_pane.export({path: path.parent.name for path in paths}, ("html",))


def _clear_away(library: "Library") -> None:
    """Remove drafts of programs that were killed, and sessions whose deletion was broken off."""
    remove_unfinished()
    library.tidy()
