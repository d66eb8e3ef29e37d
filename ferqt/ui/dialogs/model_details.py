"""Everything that is known of a model: card, figures, pictures of its report, terms and files."""

from collections.abc import Sequence
from functools import partial
from typing import Final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from ferqt.classifiers.card import Metrics, ModelCard
from ferqt.classifiers.catalog import CatalogEntry
from ferqt.classifiers.report_files import Intervals
from ferqt.core.types import Notice
from ferqt.runtime.tasks import TaskRunner
from ferqt.ui.dialogs.model_facts import Fact, FactWriter
from ferqt.ui.dialogs.model_figures import ClassTable, ConfusionView, heading
from ferqt.ui.dialogs.model_pictures import PictureView, ReportContent, read_content
from ferqt.ui.docks.model_texts import CardState
from ferqt.ui.theme import Theme, tabular, title_font

_SIZE: Final = QSize(760, 720)
_SMALLEST: Final = QSize(480, 360)
_WIDEST_PX: Final = 840
_MARGIN_PX: Final = 24
_NAMES_PX: Final = 136
"""Width of the names of the facts, so that the values of all sections stand in line."""


class ModelDetailsDialog(QDialog):
    """A page to read; the pictures come as soon as they are read.

    Args:
        entry: A model that can be used.
        state: What is known of it besides its card.
        theme: Gives the colors.
        tasks: Reads the report in the background.
    """

    folder_requested = Signal(object)
    """CatalogEntry, whose folder shall be shown."""

    def __init__(
        self,
        entry: CatalogEntry,
        state: CardState,
        theme: Theme,
        tasks: TaskRunner,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        assert entry.card is not None
        self._entry = entry
        self._card = entry.card
        self._theme = theme
        self._facts = FactWriter(self)
        self._content = ReportContent({}, {}, {})
        self._closed = False
        self._chosen = QComboBox()
        self._measured = QVBoxLayout()
        self._pictures = QVBoxLayout()
        self._files = QVBoxLayout()
        self.setWindowTitle(self.tr("Model: {0}").format(self._card.name))
        self._build(state)
        self._show_measured()
        self._show_files()
        tasks.run(
            partial(read_content, entry),
            self._on_read,
            self._on_not_read,
            title=self.tr("The report was not read"),
        )

    def done(self, result: int) -> None:
        """Close; what comes after that has nowhere to go."""
        self._closed = True
        super().done(result)

    def _build(self, state: CardState) -> None:
        card, column = self._card, QVBoxLayout()
        column.setContentsMargins(_MARGIN_PX, _MARGIN_PX, _MARGIN_PX, _MARGIN_PX)
        column.setSpacing(_MARGIN_PX)
        column.addLayout(self._head(card))
        column.addWidget(_fact_grid(self._facts.summary(self._entry, card, state)))
        training = self._facts.training(card)
        column.addLayout(
            _section(
                heading(self.tr("Trained on"), self),
                _fact_grid(training)
                if training
                else _words(self.tr("How its weights were made is not known.")),
            )
        )
        column.addLayout(self._figures(card))
        for part in (self._pictures, self._files):
            part.setSpacing(_MARGIN_PX if part is self._pictures else 8)
        column.addLayout(self._pictures)
        column.addLayout(
            _section(heading(self.tr("Use"), self), _fact_grid(self._facts.terms(card)))
        )
        column.addLayout(self._files)
        column.addWidget(_words(self.tr("It recognizes expressions, not feelings.")))
        column.addStretch(1)
        inside = QWidget()
        inside.setLayout(column)
        inside.setMaximumWidth(_WIDEST_PX)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setWidget(inside)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        area.setAccessibleName(self.windowTitle())
        outside = QVBoxLayout(self)
        outside.setContentsMargins(0, 0, 0, 16)
        outside.setSpacing(16)
        outside.addWidget(area, 1)
        outside.addLayout(self._foot())
        self.setMinimumSize(_SMALLEST)
        self.resize(_SIZE)
        area.setFocus()

    def _head(self, card: ModelCard) -> QVBoxLayout:
        title = _words(card.name)
        title.setFont(title_font(self.font()))
        title.setObjectName("")
        column = QVBoxLayout()
        column.setSpacing(4)
        column.addWidget(title)
        column.addWidget(_words(card.id))
        return column

    def _figures(self, card: ModelCard) -> QVBoxLayout:
        """The measured figures; a box chooses the data set when there are several."""
        self._measured.setSpacing(16)
        line = QHBoxLayout()
        line.addWidget(heading(self.tr("Measured on"), self))
        self._chosen.addItems([metrics.dataset for metrics in card.metrics])
        self._chosen.setAccessibleName(self.tr("Data set"))
        # The one to quote stands last in a card.
        self._chosen.setCurrentIndex(len(card.metrics) - 1)
        self._chosen.setVisible(bool(card.metrics))
        self._chosen.currentIndexChanged.connect(self._show_measured)
        line.addWidget(self._chosen)
        line.addStretch(1)
        column = QVBoxLayout()
        column.setSpacing(8)
        column.addLayout(line)
        column.addLayout(self._measured)
        return column

    def _foot(self) -> QHBoxLayout:
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        folder = buttons.addButton(self.tr("Show Folder"), QDialogButtonBox.ButtonRole.ActionRole)
        folder.setAutoDefault(False)
        buttons.button(QDialogButtonBox.StandardButton.Close).setDefault(True)
        folder.clicked.connect(lambda: self.folder_requested.emit(self._entry))
        line = QHBoxLayout()
        line.setContentsMargins(_MARGIN_PX, 0, _MARGIN_PX, 0)
        line.addWidget(buttons)
        return line

    def _show_measured(self) -> None:
        """Show the figures of the data set that is chosen."""
        _clear(self._measured)
        number = self._chosen.currentIndex()
        if number < 0:
            self._measured.addWidget(_words(self.tr("How often it is right was not measured.")))
            return
        metrics = self._card.metrics[number]
        intervals = self._content.intervals.get(metrics.dataset, Intervals())
        self._measured.addWidget(_fact_grid(self._facts.measured(metrics, intervals)))
        if metrics.per_class:
            self._measured.addWidget(ClassTable(metrics, self._theme))
        confusion = self._confusion(metrics, quoted=number == len(self._card.metrics) - 1)
        if confusion is not None:
            self._measured.addWidget(
                heading(self.tr("Confusions: a row a true class, a column an answer"), self)
            )
            self._measured.addWidget(confusion)

    def _confusion(self, metrics: Metrics, *, quoted: bool) -> QWidget | None:
        """The report's picture, which shows the figures to quote, else one made of the card."""
        picture = self._content.images.get("confusion")
        if quoted and picture is not None:
            return PictureView(picture, self.tr("Confusion matrix"))
        if not metrics.confusion:
            return None
        return ConfusionView(metrics, self._card.output.labels.names, self._theme)

    def _show_pictures(self) -> None:
        _clear(self._pictures)
        for name, text in (
            ("reliability", self.tr("Reliability: how often it is right when it is that sure")),
            ("curves", self.tr("Curves of the training")),
        ):
            picture = self._content.images.get(name)
            if picture is not None:
                section = QWidget()
                section.setLayout(_section(heading(text, self), PictureView(picture, text)))
                self._pictures.addWidget(section)

    def _show_files(self) -> None:
        _clear(self._files)
        self._files.addWidget(heading(self.tr("Files"), self))
        for file in self._facts.files(self._card, dict(self._content.sizes)):
            name = "  ·  ".join(part for part in (file.kind, file.name, file.size) if part)
            self._files.addWidget(_value(name))
            self._files.addWidget(_digest(f"SHA-256 {file.sha256}", self.tr("SHA-256")))

    def _on_read(self, content: ReportContent) -> None:
        if self._closed:
            return
        self._content = content
        self._show_measured()
        self._show_pictures()
        self._show_files()

    def _on_not_read(self, _: Notice) -> None:
        """The card says enough; the log has the reason."""


def _fact_grid(facts: Sequence[Fact]) -> QWidget:
    """Names at the left, values at the right, in lines that wrap."""
    box = QWidget()
    grid = QGridLayout(box)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(16)
    grid.setVerticalSpacing(8)
    grid.setColumnMinimumWidth(0, _NAMES_PX)
    grid.setColumnStretch(1, 1)
    for row, (name, value) in enumerate(facts):
        label = _words(name)
        label.setWordWrap(False)
        grid.addWidget(label, row, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(_value(value), row, 1, Qt.AlignmentFlag.AlignTop)
    return box


def _section(head: QLabel, body: QWidget) -> QVBoxLayout:
    column = QVBoxLayout()
    column.setSpacing(8)
    column.addWidget(head)
    column.addWidget(body)
    return column


def _words(text: str) -> QLabel:
    """Return quiet text that wraps."""
    label = QLabel(text)
    label.setObjectName("Muted")
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    return label


def _value(text: str) -> QLabel:
    """Return text that wraps and can be copied."""
    label = QLabel(text)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return label


def _digest(text: str, name: str) -> QLineEdit:
    """Return a long word that can be copied, and is cut off where there is no room."""
    line = QLineEdit(text)
    line.setReadOnly(True)
    line.setObjectName("Muted")
    line.setStyleSheet("border: none; background: transparent; padding: 0; margin-left: -2px;")
    line.setFont(tabular(line.font()))
    line.setAccessibleName(name)
    line.setCursorPosition(0)
    return line


def _clear(layout: QVBoxLayout) -> None:
    while (item := layout.takeAt(0)) is not None:
        widget = item.widget()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
