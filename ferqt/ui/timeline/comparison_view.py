"""Several sessions in one plot: averaged, and aligned at their beginnings or at a marker."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDoubleSpinBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from ferqt.core.comparison import Alignment, ComparedFace, Comparison, compare
from ferqt.core.types import Notice
from ferqt.outputs.analysis_tables import comparison_table
from ferqt.runtime.tasks import TaskRunner
from ferqt.ui.docks.tools import ToolRow, empty_label, plain_tip
from ferqt.ui.theme import Theme, indent_number
from ferqt.ui.timeline.comparison_plot import ComparisonPlot
from ferqt.ui.timeline.comparison_texts import (
    list_title,
    marker_labels,
    notes_text,
    reason_of,
)

_STEPS_S: Final = (None, 0.1, 0.5, 1.0, 5.0)
_MOST_BEFORE_S: Final = 3600.0


@dataclass(frozen=True, slots=True)
class _Asked:
    """What a comparison was asked for with."""

    faces: tuple[ComparedFace, ...]
    alignment: Alignment


class ComparisonView(QFrame):
    """Chooses how sessions are compared, and shows the plot; compares in the background.

    Args:
        theme: Gives the colors.
        tasks: Compares.
    """

    compared = Signal()
    """The plot is up to date."""

    def __init__(self, theme: Theme, tasks: TaskRunner, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("DockPanel")
        self._tasks = tasks
        self._faces: tuple[ComparedFace, ...] = ()
        self._comparison: Comparison | None = None
        self._asked: _Asked | None = None
        self._plot = ComparisonPlot(theme)
        self._make_controls(theme)
        self._make_layout()
        self._show_message("")

    @property
    def comparison(self) -> Comparison | None:
        """What is shown; None while there is nothing."""
        return self._comparison

    @property
    def faces(self) -> tuple[ComparedFace, ...]:
        """The faces that are compared, those that are not chosen left out."""
        return self._asked.faces if self._asked is not None else ()

    @property
    def alignment(self) -> Alignment:
        """What lies at time 0, and what of the sessions is shown."""
        return self._asked.alignment if self._asked is not None else Alignment()

    @property
    def plot(self) -> ComparisonPlot:
        """The plot."""
        return self._plot

    @property
    def message(self) -> str:
        """What is said in place of the plot, else ""."""
        return "" if self._pages.currentIndex() else self._message.text()

    @property
    def notes(self) -> str:
        """What is to be known of the comparison."""
        return self._notes.text()

    def set_sessions(self, faces: Sequence[ComparedFace]) -> None:
        """Compare these faces of sessions; all of them are chosen."""
        self._faces = tuple(faces)
        self._comparison = None
        self._list.blockSignals(True)
        self._list.clear()
        for face in self._faces:
            item = QListWidgetItem(list_title(face))
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Checked)
            self._list.addItem(item)
        self._list.blockSignals(False)
        self._list_markers()
        self._compare()

    def align_at(self, marker: str) -> None:
        """Lay the first markers with a label over each other; beginnings for ""."""
        row = self._marker.findData(marker)
        if row >= 0:
            self._marker.setCurrentIndex(row)

    def show_expression(self, name: str) -> None:
        """Show another expression; one that the models do not share changes nothing."""
        row = self._expression.findText(name)
        if row >= 0:
            self._expression.setCurrentIndex(row)

    def copied(self) -> str:
        """Return the plot's figures, tab-separated; "" while there are none."""
        if self._comparison is None:
            return ""
        return comparison_table(self._comparison, self._expression.currentText())

    def _make_controls(self, theme: Theme) -> None:
        self._expression = QComboBox()
        self._expression.setAccessibleName(self.tr("Expression"))
        self._expression.currentIndexChanged.connect(self._show_curves)
        self._marker = QComboBox()
        self._marker.setAccessibleName(self.tr("What lies at time 0"))
        self._marker.setMinimumContentsLength(12)
        self._marker.currentIndexChanged.connect(self._compare)
        self._before = QDoubleSpinBox()
        self._before.setAccessibleName(self.tr("Seconds shown before time 0"))
        self._before.setRange(0, _MOST_BEFORE_S)
        self._before.setDecimals(1)
        self._before.setSuffix(self.tr(" s before"))
        self._before.setKeyboardTracking(False)
        indent_number(self._before)
        self._before.valueChanged.connect(self._compare)
        self._step = QComboBox()
        self._step.setAccessibleName(self.tr("Length of a step"))
        for step_s in _STEPS_S:
            text = self.tr("Every frame") if step_s is None else f"{step_s:g} s"
            self._step.addItem(text, step_s)
        self._step.currentIndexChanged.connect(self._compare)
        self._band = QComboBox()
        self._band.setAccessibleName(self.tr("Band around the mean"))
        for text, banded in (
            (self.tr("Standard error"), "error"),
            (self.tr("95% interval"), "interval"),
            (self.tr("No band"), ""),
        ):
            self._band.addItem(text, banded)
        self._band.currentIndexChanged.connect(
            lambda: self._plot.show_band(self._band.currentData())
        )
        self._singles = QCheckBox(self.tr("Single sessions"))
        self._singles.setChecked(True)
        self._singles.toggled.connect(lambda shown: self._plot.show_singles(shown=shown))
        self._copy = QAction(self.tr("Copy"), self)
        self._copy.setToolTip(self.tr("Copy the figures of the plot for a spreadsheet"))
        self._copy.triggered.connect(lambda: QGuiApplication.clipboard().setText(self.copied()))
        self._tools = ToolRow(theme)
        self._tools.add(self._copy, "copy")

    def _make_layout(self) -> None:
        first, second = QHBoxLayout(), QHBoxLayout()
        for line in (first, second):
            line.setContentsMargins(12, 0, 8, 0)
            line.setSpacing(8)
        first.addWidget(self._expression)
        first.addWidget(self._marker, 1)
        first.addWidget(self._before)
        first.addWidget(self._tools)
        second.addWidget(self._step)
        second.addWidget(self._band)
        second.addWidget(self._singles)
        second.addStretch(1)
        self._list = QListWidget()
        self._list.setAccessibleName(self.tr("Sessions of the comparison"))
        self._list.setToolTip(
            self.tr("Uncheck a session to leave it out, select it to bring out its curve")
        )
        self._list.setStyleSheet("QListWidget::item { padding: 4px 0; }")
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.itemChanged.connect(self._compare)
        self._list.itemSelectionChanged.connect(self._on_selected)
        self._message = empty_label("")
        self._pages = QStackedWidget()
        self._pages.addWidget(self._message)
        self._pages.addWidget(self._plot)
        self._pages.setMinimumWidth(240)
        parts = QSplitter()
        parts.setChildrenCollapsible(False)
        parts.addWidget(self._pages)
        parts.addWidget(self._list)
        parts.setStretchFactor(0, 4)
        parts.setStretchFactor(1, 1)
        parts.setSizes([600, 200])
        self._notes = QLabel(wordWrap=True)
        self._notes.setObjectName("Muted")
        self._notes.setTextFormat(Qt.TextFormat.PlainText)
        self._notes.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._notes.setContentsMargins(12, 0, 12, 0)
        self._notes.setAccessibleName(self.tr("What is to be known of the comparison"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 8, 0, 8)
        column.setSpacing(8)
        column.addLayout(first)
        column.addLayout(second)
        column.addWidget(parts, 1)
        column.addWidget(self._notes)

    def _chosen(self) -> tuple[ComparedFace, ...]:
        return tuple(
            face
            for row, face in enumerate(self._faces)
            if self._list.item(row).checkState() is Qt.CheckState.Checked
        )

    def _list_markers(self) -> None:
        before = self._marker.currentData() or ""
        self._marker.blockSignals(True)
        self._marker.clear()
        self._marker.addItem(self.tr("Aligned at their beginnings"), "")
        for label, count in marker_labels(self._faces):
            text = self.tr("Aligned at “{0}” ({1})").format(label, count)
            self._marker.addItem(text, label)
        self._marker.setCurrentIndex(max(0, self._marker.findData(before)))
        self._marker.blockSignals(False)

    def _compare(self) -> None:
        chosen = self._chosen()
        for control in (self._expression, self._marker, self._before, self._step, self._band):
            control.setEnabled(bool(self._faces))
        self._singles.setEnabled(bool(self._faces))
        if not chosen:
            self._asked = None
            self._comparison = None
            self._show_message("")
            return
        alignment = Alignment(
            self._marker.currentData() or "",
            before_s=self._before.value(),
            step_s=self._step.currentData(),
        )
        asked = self._asked = _Asked(chosen, alignment)
        self._tasks.run(
            lambda: compare(asked.faces, asked.alignment),
            lambda found: self._on_compared(asked, found),
            lambda notice: self._on_failed(asked, notice),
            title=self.tr("The sessions could not be compared"),
        )

    def _on_compared(self, asked: _Asked, found: Comparison) -> None:
        if not isValid(self) or asked is not self._asked:
            return
        self._comparison = found
        shown = self._expression.currentText()
        names = [self._expression.itemText(row) for row in range(self._expression.count())]
        if names != list(found.names):
            self._expression.blockSignals(True)
            self._expression.clear()
            self._expression.addItems(list(found.names))
            wanted = shown if shown in found.names else "happy"
            self._expression.setCurrentIndex(max(0, self._expression.findText(wanted)))
            self._expression.blockSignals(False)
        self._show_reasons(found)
        self._show_curves()
        self._notes.setText(notes_text(found))
        self._notes.setVisible(bool(self._notes.text()))
        self._copy.setEnabled(True)
        self._pages.setCurrentIndex(1)
        self.compared.emit()

    def _on_failed(self, asked: _Asked, notice: Notice) -> None:
        if isValid(self) and asked is self._asked:
            self._comparison = None
            self._show_message("\n".join(part for part in (notice.text, notice.hint) if part))
            self.compared.emit()

    def _show_curves(self) -> None:
        if self._comparison is not None and self._expression.currentText():
            self._plot.show_comparison(self._comparison, self._expression.currentText())
            self._on_selected()

    def _show_reasons(self, found: Comparison) -> None:
        """Say beside each session why it is left out, if it is."""
        self._list.blockSignals(True)
        reasons = {id(face): reason_of(why) for face, why in found.left_out}
        for row, face in enumerate(self._faces):
            item, reason = self._list.item(row), reasons.get(id(face), "")
            title = list_title(face)
            text = f"{title}\n{reason}" if reason else title
            item.setText(text)
            item.setToolTip(plain_tip(text))
        self._list.blockSignals(False)

    def _show_message(self, text: str) -> None:
        if not self._faces:
            text = self.tr(
                "Nothing is compared.\nSelect sessions in the library and compare them: their "
                "curves are laid over each other here and averaged."
            )
        self._message.setText(text or self.tr("Check the sessions that are to be compared."))
        self._notes.hide()
        self._copy.setEnabled(False)
        self._pages.setCurrentIndex(0)

    def _on_selected(self) -> None:
        """Bring out the curve of the selected session."""
        rows = [self._list.row(item) for item in self._list.selectedItems()]
        place = None
        if rows and self._comparison is not None:
            faces = [curve.face for curve in self._comparison.curves]
            wanted = self._faces[rows[0]]
            place = next((n for n, face in enumerate(faces) if face is wanted), None)
        self._plot.highlight(place)
