"""The page on which several sessions are compared, and the report of it."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from ferqt.classifiers.catalog import Catalog
from ferqt.core.comparison import Alignment, ComparedFace
from ferqt.core.types import Notice, Severity
from ferqt.errors import FerqtError
from ferqt.outputs.report.comparison_report import (
    ComparisonOptions,
    main_face,
    write_comparison_report,
)
from ferqt.outputs.store.reader import open_session
from ferqt.pipeline.session_report import model_summaries
from ferqt.runtime.tasks import TaskRunner
from ferqt.ui.theme import Theme, title_font
from ferqt.ui.timeline.comparison_view import ComparisonView

_REPORT_NAME: Final = "comparison.html"


class ComparisonPage(QWidget):
    """Several sessions in one plot, with the way back and a report.

    Of each session the face that was seen longest is compared.

    Args:
        theme: Gives the colors.
        tasks: Reads the sessions and compares.
        catalog: Where the cards of models are looked for.
    """

    left = Signal()
    """The person goes back."""
    written = Signal(object)
    """Path of a report."""
    notice_posted = Signal(object)
    """Notice: a session cannot be compared, or the report not be written."""

    def __init__(
        self, theme: Theme, tasks: TaskRunner, catalog: Catalog, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._catalog = catalog
        self.view = ComparisonView(theme, tasks)
        title = QLabel(self.tr("Comparison"))
        title.setFont(title_font(self.font()))
        back = QPushButton(self.tr("Back"))
        back.clicked.connect(self.left)
        self.report_button = QPushButton(self.tr("Report …"))
        self.report_button.clicked.connect(self._ask_report)
        head = QHBoxLayout()
        head.setContentsMargins(4, 8, 4, 8)
        head.setSpacing(8)
        head.addWidget(title, 1)
        head.addWidget(self.report_button)
        head.addWidget(back)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 0, 8, 0)
        layout.setSpacing(0)
        layout.addLayout(head)
        layout.addWidget(self.view, 1)

    def compare(self, paths: Sequence[Path]) -> None:
        """Compare the sessions of some files."""
        self._tasks.run(
            partial(_faces_of, tuple(paths)),
            self._show,
            self.notice_posted.emit,
            title=self.tr("The sessions were not compared"),
        )

    def write_report(self, path: Path) -> None:
        """Write the report of what is compared now."""
        self._tasks.run(
            partial(_write, self.view.faces, self.view.alignment, path, self._catalog),
            lambda _: self.written.emit(path),
            self.notice_posted.emit,
            title=self.tr("The report was not written"),
        )

    def _show(self, found: tuple[list[ComparedFace], list[str]]) -> None:
        faces, left_out = found
        self.view.set_sessions(faces)
        for reason in left_out:
            title = self.tr("A session was left out")
            self.notice_posted.emit(Notice(Severity.WARNING, title, reason))

    def _ask_report(self) -> None:
        dialog = QFileDialog(self, self.tr("Write the Report As"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilter(self.tr("Report ({0})").format("*.html"))
        dialog.setDefaultSuffix("html")
        dialog.selectFile(_REPORT_NAME)
        dialog.fileSelected.connect(lambda name: self.write_report(Path(name)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()


def _faces_of(paths: Sequence[Path]) -> tuple[list[ComparedFace], list[str]]:
    """Return the face of each session, and why others have none."""
    faces, left_out = [], []
    for path in paths:
        try:
            faces.append(main_face(open_session(path, blendshapes=False)))
        except FerqtError as error:
            left_out.append(error.message)
    return faces, left_out


def _write(
    faces: Sequence[ComparedFace], alignment: Alignment, path: Path, catalog: Catalog
) -> None:
    models = model_summaries([face.document for face in faces], catalog)
    options = ComparisonOptions(alignment=alignment, models=models)
    write_comparison_report(faces, path, options)
