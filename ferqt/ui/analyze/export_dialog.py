"""Asks what sessions are to be exported to, and shows how far that is."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QDoubleSpinBox,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QProgressBar,
    QPushButton,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from ferqt.core.episodes import EpisodeRule
from ferqt.core.session_document import SessionDocument
from ferqt.core.types import Notice
from ferqt.outputs.exports.base import ExportOptions
from ferqt.outputs.exports.registry import EXPORTS
from ferqt.runtime.session_export import (
    Exported,
    ExportWish,
    SessionExport,
    existing,
    folders_for,
)
from ferqt.runtime.tasks import TaskRunner
from ferqt.ui.analyze.form_rows import row_label
from ferqt.ui.docks.tools import ElidedLabel
from ferqt.ui.theme import indent_number, strong_font

if TYPE_CHECKING:
    from ferqt.outputs.report import ReportOptions

_ITEM_PX: Final = 28
_LIST_PX: Final = 288
_SHOWN: Final = 10
_USUAL: Final = ("csv",)

ReportGatherer = Callable[[SessionDocument, EpisodeRule], "ReportOptions"]
"""Gathers what a report says beside the session; called in a thread."""


class ExportDialog(QDialog):
    """Formats, folder and what makes a segment; stays open while it writes.

    Args:
        titles: What the sessions are called, by their files.
        folder: Folder that is proposed.
        tasks: Does the work.
        chosen: Ids of the formats that are chosen at first.
        report: Gathers figures and stills for reports; without, they have none.
    """

    exported = Signal(object, object)
    """`Exported`, and the folder."""
    formats_chosen = Signal(object)
    """Ids of the formats, a tuple, when the export begins."""

    def __init__(
        self,
        titles: Mapping[Path, str],
        folder: Path,
        tasks: TaskRunner,
        chosen: Sequence[str] = _USUAL,
        report: ReportGatherer | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._titles = dict(titles)
        self._folder = folder
        self._tasks = tasks
        self._report = report
        self._export: SessionExport | None = None
        self._replaced: tuple[Path, ...] = ()
        self.setWindowTitle(self.tr("Export"))
        self._make_formats(chosen)
        self._make_rule()
        self._make_place()
        self._make_layout()
        self._check()

    @property
    def wish(self) -> ExportWish:
        """What is chosen."""
        items = [self.formats.item(row) for row in range(self.formats.count())]
        rule = EpisodeRule(
            min_duration_s=round(self.min_duration.value(), 3),
            enter=self.enter.value() / 100,
            leave=min(self.leave.value(), self.enter.value()) / 100,
        )
        return ExportWish(
            sessions=folders_for(self._folder, self._titles),
            formats=tuple(
                EXPORTS[item.data(Qt.ItemDataRole.UserRole)]
                for item in items
                if item.checkState() is Qt.CheckState.Checked
            ),
            options=ExportOptions(rule, self.blendshapes.isChecked(), self._report),
        )

    def begin(self) -> None:
        """Write the files; where some are there already, ask first."""
        wish = self.wish
        self.export_button.setEnabled(False)
        self._tasks.run(
            partial(existing, wish.files),
            partial(self._on_looked, wish),
            self._on_failed,
            title=self.tr("The folder could not be looked at"),
        )

    def set_folder(self, folder: Path) -> None:
        """Take another folder."""
        self._folder = folder
        self._place.setText(str(folder))
        self._check()

    def reject(self) -> None:
        """Cancel what is being written, or close."""
        if self._export is not None:
            self._export.cancel()
            self._told.setText(self.tr("Stopping after this file …"))
        else:
            super().reject()

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802 - Qt's name
        """Stay until the file that is being written is whole."""
        self.reject()
        if self._export is not None:
            event.ignore()

    def _make_formats(self, chosen: Sequence[str]) -> None:
        self.formats = QListWidget()
        self.formats.setAccessibleName(self.tr("Files to write"))
        self.formats.setMinimumSize(_LIST_PX, _ITEM_PX * _SHOWN + 8)
        for one in EXPORTS.values():
            item = QListWidgetItem(one.title)
            item.setData(Qt.ItemDataRole.UserRole, one.id)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            wanted = one.id in chosen
            item.setCheckState(Qt.CheckState.Checked if wanted else Qt.CheckState.Unchecked)
            item.setSizeHint(QSize(0, _ITEM_PX))
            item.setToolTip(one.file_name)
            self.formats.addItem(item)
        self.formats.itemChanged.connect(self._check)

    def _make_rule(self) -> None:
        usual = EpisodeRule()
        self.min_duration = QDoubleSpinBox(maximum=60.0, singleStep=0.1, decimals=2)
        self.min_duration.setValue(usual.min_duration_s)
        self.min_duration.setSuffix(self.tr(" s"))
        self.enter = QSpinBox(maximum=100, singleStep=5)
        self.enter.setValue(round(100 * usual.enter))
        self.leave = QSpinBox(maximum=100, singleStep=5)
        self.leave.setValue(round(100 * usual.leave))
        for box in (self.enter, self.leave):
            box.setSuffix(" %")
        for control in (self.min_duration, self.enter, self.leave):
            indent_number(control)
        self.enter.valueChanged.connect(self.leave.setMaximum)
        self.leave.setMaximum(self.enter.value())
        self.blendshapes = QCheckBox(self.tr("With the 52 movements of the face"))
        self.blendshapes.setToolTip(self.tr("In tables of frames, if they were kept"))

    def _make_place(self) -> None:
        self._place = ElidedLabel()
        self._place.setText(str(self._folder))
        self._place.setAccessibleName(self.tr("Folder"))
        self.change_button = QPushButton(self.tr("Change …"))
        self.change_button.setProperty("role", "quiet")
        self.change_button.setAutoDefault(False)
        self.change_button.setAccessibleName(self.tr("Change the folder"))
        self.change_button.clicked.connect(self._ask_folder)
        self._problem = QLabel()
        self._problem.setObjectName("Problem")
        self._problem.setWordWrap(True)
        self._bar = QProgressBar(textVisible=False)
        self._bar.setAccessibleName(self.tr("Progress of the export"))
        self._told = ElidedLabel()
        self._buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.export_button = self._buttons.addButton(
            self.tr("Export"), QDialogButtonBox.ButtonRole.ActionRole
        )
        self.export_button.setDefault(True)
        self.export_button.clicked.connect(self.begin)
        self._buttons.rejected.connect(self.reject)

    def _make_layout(self) -> None:
        count = len(self._titles)
        title = next(iter(self._titles.values()))
        head = ElidedLabel()
        head.setText(title if count == 1 else self.tr("{0} sessions").format(count))
        head.setFont(strong_font(self.font()))
        form = QFormLayout()
        form.setHorizontalSpacing(16)
        form.setVerticalSpacing(8)
        for text, control in (
            (self.tr("At least"), self.min_duration),
            (self.tr("Begins at"), self.enter),
            (self.tr("Ends below"), self.leave),
        ):
            control.setAccessibleName(text)
            form.addRow(row_label(text, control), control)
        heading = QLabel(self.tr("Segments"))
        heading.setFont(strong_font(self.font()))
        note = QLabel(
            self.tr(
                "For BORIS, ELAN and subtitles: a segment begins when an expression leads with "
                "this probability."
            )
        )
        note.setObjectName("Muted")
        note.setWordWrap(True)
        right = QVBoxLayout()
        right.setSpacing(8)
        right.addWidget(heading)
        right.addLayout(form)
        right.addWidget(note)
        right.addSpacing(8)
        right.addWidget(self.blendshapes)
        right.addStretch(1)
        self._choices = QWidget()
        columns = QHBoxLayout(self._choices)
        columns.setContentsMargins(0, 0, 0, 0)
        columns.setSpacing(24)
        columns.addWidget(self.formats, 3)
        columns.addLayout(right, 2)
        place = QHBoxLayout()
        place.setSpacing(8)
        label = QLabel(self.tr("Folder"))
        label.setObjectName("Muted")
        place.addWidget(label)
        place.addWidget(self._place, 1)
        place.addWidget(self.change_button)
        foot = QHBoxLayout()
        foot.setSpacing(16)
        foot.addWidget(self._told, 1)
        foot.addWidget(self._buttons)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 16)
        layout.setSpacing(12)
        layout.addWidget(head)
        layout.addWidget(self._choices, 1)
        layout.addLayout(place)
        layout.addWidget(self._problem)
        layout.addWidget(self._bar)
        layout.addLayout(foot)
        self._bar.hide()

    def _check(self) -> None:
        """Begin anew with asking: another choice writes other files."""
        self._replaced = ()
        self._problem.hide()
        self.export_button.setText(self.tr("Export"))
        self.export_button.setEnabled(bool(self.wish.formats))

    def _ask_folder(self) -> None:
        name = QFileDialog.getExistingDirectory(self, self.tr("Folder"), str(self._folder))
        if name:
            self.set_folder(Path(name))

    def _on_looked(self, wish: ExportWish, there: tuple[Path, ...]) -> None:
        self.export_button.setEnabled(True)
        if there and there != self._replaced:
            self._replaced = there
            names = ", ".join(sorted({path.name for path in there}))
            self._problem.setText(
                self.tr("There already, and replaced if you go on: {0}").format(names)
            )
            self._problem.show()
            self.export_button.setText(self.tr("Replace"))
            return
        self._run(wish)

    def _on_failed(self, notice: Notice) -> None:
        self.export_button.setEnabled(True)
        self._problem.setText(notice.text)
        self._problem.show()

    def _run(self, wish: ExportWish) -> None:
        self.formats_chosen.emit(tuple(one.id for one in wish.formats))
        for widget in (self._choices, self.change_button, self.export_button):
            widget.setEnabled(False)
        self._problem.hide()
        self._bar.show()
        self._export = SessionExport(wish, self._tasks, self)
        self._export.progressed.connect(self._on_progress)
        self._export.ended.connect(self._on_ended)
        self._export.start()

    def _on_progress(self, done: int, whole: int, name: str) -> None:
        self._bar.setMaximum(whole)
        self._bar.setValue(done)
        self._told.setText(name)

    def _on_ended(self, outcome: Exported) -> None:
        self._export = None
        self.exported.emit(outcome, self._folder)
        self.accept()
