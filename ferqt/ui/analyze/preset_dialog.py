"""Asks what the next analyses shall be asked for."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QDoubleSpinBox,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from ferqt.runtime.analysis_preset import REPORT_FORMAT, USUAL_FORMATS, AnalysisPreset
from ferqt.settings import DETECTOR
from ferqt.ui.analyze.form_rows import row_label
from ferqt.ui.analyze.texts import preset_title
from ferqt.ui.dialogs.settings_controls import translated_setting
from ferqt.ui.theme import indent_number, strong_font

_USUAL: Final = -0.1
"""What the box of smoothing shows as "usual"."""
_MAX_NAME: Final = 40
_CHOICE_PX: Final = 232
_LIST_PX: Final = 260
_ITEM_PX: Final = 28

Choices = Sequence[tuple[str, str]]
"""Ids, each with its name."""


class PresetDialog(QDialog):
    """Settings of analyses under a name.

    Args:
        preset: What is shown at first.
        models: Ids and names of the models that can be used.
        formats: Ids and names of the files that can be written.
        taken: Names that other settings have.
    """

    saved = Signal(object)
    """The `AnalysisPreset` to be kept, in place of the one that was shown."""
    removed = Signal()
    """The settings that were shown are to be deleted."""

    def __init__(
        self,
        preset: AnalysisPreset,
        models: Choices,
        formats: Choices,
        taken: Sequence[str] = (),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._preset = preset
        self._taken = {name.casefold() for name in (*taken, "")}
        self.setWindowTitle(self.tr("Settings of Analyses"))
        self._make_controls(models)
        self._make_outputs(formats)
        self._fill(preset)
        self._make_layout()
        self.name.textChanged.connect(self._check)
        self._check()

    @property
    def preset(self) -> AnalysisPreset:
        """What is chosen."""
        smoothing, percent = self.smoothing.value(), self.uncertain.value()
        return AnalysisPreset(
            name=self._name(),
            model=self.model.currentData() or "",
            detector=self.detector.currentData() or "",
            every=self.every.value(),
            smoothing_s=None if smoothing < 0 else round(smoothing, 2),
            uncertain_below=None if percent <= 0 else round(percent / 100, 4),
            blendshapes=self.blendshapes.isChecked(),
            formats=self._chosen_formats() or USUAL_FORMATS,
            annotated=self.annotated.isChecked(),
            blur=self.blur.isChecked() and self.blur.isEnabled(),
        )

    def _make_controls(self, models: Choices) -> None:
        self.name = QLineEdit()
        self.name.setMaxLength(_MAX_NAME)
        self.name.setMinimumWidth(_CHOICE_PX)
        self.model = QComboBox()
        self.model.setMinimumWidth(_CHOICE_PX)
        self.model.addItem(self.tr("The default model"), "")
        for model, title in models:
            self.model.addItem(title, model)
        self.detector = QComboBox()
        for value, text in zip(DETECTOR.choices, DETECTOR.choice_texts, strict=True):
            data = "" if value == DETECTOR.default else value
            self.detector.addItem(translated_setting(text), data)
        self.every = QSpinBox(minimum=1, maximum=1000)
        self.every.setSpecialValueText(self.tr("Every frame"))
        self.every.setToolTip(self.tr("A higher number is faster and misses what is brief"))
        self.smoothing = QDoubleSpinBox(minimum=_USUAL, maximum=3.0, singleStep=0.1, decimals=1)
        self.smoothing.setSpecialValueText(self.tr("Usual"))
        self.smoothing.setSuffix(self.tr(" s"))
        self.uncertain = QSpinBox(minimum=0, maximum=95, singleStep=5)
        self.uncertain.setSpecialValueText(self.tr("The model’s own"))
        self.uncertain.setSuffix(" %")
        for box in (self.every, self.smoothing, self.uncertain):
            indent_number(box)
        self.blendshapes = QCheckBox(self.tr("Keep the 52 movements of the face"))
        self.blendshapes.setToolTip(self.tr("Needed for blinks and smiles; takes more time"))

    def _make_outputs(self, formats: Choices) -> None:
        self.formats = QListWidget()
        self.formats.setAccessibleName(self.tr("Files to write"))
        self.formats.setMinimumSize(_LIST_PX, 120)
        for one, title in formats:
            item = QListWidgetItem(title)
            item.setData(Qt.ItemDataRole.UserRole, one)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Unchecked)
            item.setSizeHint(QSize(0, _ITEM_PX))
            self.formats.addItem(item)
        self.annotated = QCheckBox(self.tr("Write a video with boxes and labels"))
        self.blur = QCheckBox(self.tr("Blur faces in videos and reports"))
        self.annotated.toggled.connect(self._offer_blur)
        self.formats.itemChanged.connect(self._offer_blur)

    def _chosen_formats(self) -> tuple[str, ...]:
        return tuple(
            item.data(Qt.ItemDataRole.UserRole)
            for item in self._items()
            if item.checkState() is Qt.CheckState.Checked
        )

    def _items(self) -> list[QListWidgetItem]:
        return [self.formats.item(row) for row in range(self.formats.count())]

    def _fill(self, preset: AnalysisPreset) -> None:
        self.name.setText(preset_title(preset))
        # The settings that are always there keep their name.
        self.name.setEnabled(bool(preset.name))
        for box, value in ((self.model, preset.model), (self.detector, preset.detector)):
            row = box.findData(value)
            if row < 0:
                box.addItem(value, value)
                row = box.count() - 1
            box.setCurrentIndex(row)
        self.every.setValue(preset.every)
        self.smoothing.setValue(_USUAL if preset.smoothing_s is None else preset.smoothing_s)
        self.uncertain.setValue(round(100 * (preset.uncertain_below or 0)))
        self.blendshapes.setChecked(preset.blendshapes)
        for item in self._items():
            if item.data(Qt.ItemDataRole.UserRole) in preset.formats:
                item.setCheckState(Qt.CheckState.Checked)
        self.annotated.setChecked(preset.annotated)
        self.blur.setChecked(preset.blur)
        self._offer_blur()

    def _offer_blur(self) -> None:
        """Offer to blur where something shows faces."""
        report = REPORT_FORMAT in self._chosen_formats()
        self.blur.setEnabled(self.annotated.isChecked() or report)

    def _make_layout(self) -> None:
        form = QFormLayout()
        form.setHorizontalSpacing(16)
        form.setVerticalSpacing(8)
        form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        for text, control in (
            (self.tr("Name"), self.name),
            (self.tr("Model"), self.model),
            (self.tr("What finds the faces"), self.detector),
            (self.tr("Only every n-th frame"), self.every),
            (self.tr("Smoothing"), self.smoothing),
            (self.tr("Uncertain below"), self.uncertain),
        ):
            control.setAccessibleName(text)
            form.addRow(row_label(text, control), control)
        form.addRow(self.blendshapes)
        left = QVBoxLayout()
        left.addLayout(form)
        left.addStretch(1)
        heading = QLabel(self.tr("Files to write beside each session"))
        heading.setFont(strong_font(self.font()))
        note = QLabel(
            self.tr("Sessions can be exported later, too.\nWithout a choice, the table is written.")
        )
        note.setObjectName("Muted")
        right = QVBoxLayout()
        right.setSpacing(8)
        right.addWidget(heading)
        right.addWidget(self.formats, 1)
        right.addWidget(note)
        right.addWidget(self.annotated)
        right.addWidget(self.blur)
        columns = QHBoxLayout()
        columns.setSpacing(32)
        columns.addLayout(left)
        columns.addLayout(right, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 24, 24, 16)
        layout.setSpacing(16)
        layout.addLayout(columns)
        layout.addLayout(self._make_foot())

    def _make_foot(self) -> QHBoxLayout:
        self._problem = QLabel()
        self._problem.setObjectName("Problem")
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.save_button = buttons.addButton(
            self.tr("Save"), QDialogButtonBox.ButtonRole.AcceptRole
        )
        self.save_button.setDefault(True)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        self.accepted.connect(lambda: self.saved.emit(self.preset))
        own = self._preset.name.casefold()
        self.remove_button = QPushButton(self.tr("Delete"))
        self.remove_button.setProperty("role", "quiet")
        self.remove_button.setAutoDefault(False)
        self.remove_button.setVisible(bool(own) and own in self._taken)
        self.remove_button.clicked.connect(self._remove)
        foot = QHBoxLayout()
        foot.setSpacing(16)
        foot.addWidget(self.remove_button)
        foot.addWidget(self._problem, 1)
        foot.addWidget(buttons)
        return foot

    def _name(self) -> str:
        return self.name.text().strip() if self._preset.name else ""

    def _check(self) -> None:
        """Allow saving under a name that is free."""
        name = self._name().casefold()
        own = self._preset.name.casefold()
        free = name == own or name not in self._taken
        self.save_button.setEnabled(free)
        missing = self.tr("A name is needed.")
        told = self.tr("Other settings have this name.")
        self._problem.setText("" if free else told if name else missing)

    def _remove(self) -> None:
        self.removed.emit()
        self.done(QDialog.DialogCode.Rejected)


def copy_of(preset: AnalysisPreset, name: str, taken: Sequence[str]) -> AnalysisPreset:
    """Return the same settings under a name that no others have.

    Args:
        preset: What is copied.
        name: Wish for the name; a number is added where it is taken.
        taken: Names that others have.
    """
    known = {one.casefold() for one in taken}
    free, number = name, 1
    while free.casefold() in known:
        number += 1
        free = f"{name} {number}"
    return replace(preset, name=free)
