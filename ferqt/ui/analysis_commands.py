"""What the actions of the menu Analyze do."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog

from ferqt.core.session_document import TimeRange
from ferqt.outputs.store.names import SESSION_NAME
from ferqt.sources.base import SourceKind
from ferqt.ui.analysis_link import AnalysisLink
from ferqt.ui.window_parts import Parts


class AnalysisCommands(QObject):
    """Handlers of actions; lives on the GUI thread.

    Args:
        parts: Of the window.
        analysis: Queue and library.
        marked: Returns the range that is marked in the open session, None for none.
    """

    def __init__(
        self, parts: Parts, analysis: AnalysisLink, marked: Callable[[], TimeRange | None]
    ) -> None:
        super().__init__(parts.window)
        self._parts = parts
        self._analysis = analysis
        self._marked = marked

    def show_analysis(self) -> None:
        """Show queue and library, or what was shown before."""
        self._analysis.toggle()

    def analyze_source(self) -> None:
        """Put the open source into the queue."""
        info = self._parts.session.source_info
        if info is not None and info.kind in (SourceKind.VIDEO, SourceKind.IMAGES):
            self._analysis.add([info.location])

    def open_session(self) -> None:
        """Ask for a session's file, and open it."""
        dialog = QFileDialog(self._parts.window, self.tr("Open Session"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilters([self.tr("Session ({0})").format(SESSION_NAME), "*.db"])
        dialog.fileSelected.connect(lambda name: self._parts.review.open(Path(name)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def close_session(self) -> None:
        """Close the session and its source."""
        self._parts.review.close()

    def export_session(self) -> None:
        """Ask what the open session is to be exported to."""
        path, document = self._parts.review.path, self._parts.review.document
        if path is not None and document is not None:
            self._analysis.export({path: document.title})

    def write_annotated_video(self) -> None:
        """Ask how the session's film is to be written anew."""
        from ferqt.ui.dialogs.annotated_video import AnnotatedVideoDialog

        document = self._parts.review.document
        if document is None:
            return
        parts = self._parts
        options = parts.view.overlay_options
        dialog = AnnotatedVideoDialog(document, self._marked(), options, parts.tasks, parts.window)
        dialog.written.connect(self._analysis.tell_written)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def exclude_range(self) -> None:
        """Leave the marked range out of statistics."""
        marked = self._marked()
        if marked is not None:
            self._parts.review.exclude(marked)

    def include_range(self) -> None:
        """Take the marked range into statistics again."""
        marked = self._marked()
        if marked is not None:
            self._parts.review.include(marked)
