"""The choice of what the next analyses are asked for."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QWidget

from ferqt.runtime.analysis_preset import (
    AnalysisPreset,
    read_presets,
    with_preset,
    write_presets,
)
from ferqt.settings import ANALYSIS_PRESET, ANALYSIS_PRESETS, Settings
from ferqt.ui.analyze.preset_dialog import Choices, PresetDialog, copy_of
from ferqt.ui.analyze.texts import preset_title
from ferqt.ui.docks.tools import ToolRow
from ferqt.ui.theme import Theme

_LETTERS = 12


class PresetBox(QWidget):
    """A box of names; settings are changed, copied and deleted in a dialog.

    Args:
        settings: Keeps them.
        theme: Gives the colors.
    """

    chosen = Signal(object)
    """The `AnalysisPreset` for what comes next."""

    def __init__(self, settings: Settings, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._settings = settings
        self._models: Choices = ()
        self._formats: Choices = ()
        self._dialog: PresetDialog | None = None
        self.box = QComboBox()
        self.box.setAccessibleName(self.tr("Settings for what is added next"))
        self.box.setToolTip(self.box.accessibleName())
        self.box.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.box.setMinimumContentsLength(_LETTERS)
        self.box.activated.connect(self._on_activated)
        label = QLabel(self.tr("Settings"))
        label.setObjectName("Muted")
        label.setBuddy(self.box)
        self.edit_action = QAction(self.tr("Change these settings …"), self)
        self.edit_action.triggered.connect(self.edit)
        self.new_action = QAction(self.tr("New settings …"), self)
        self.new_action.triggered.connect(self.edit_new)
        tools = ToolRow(theme)
        tools.add(self.edit_action, "settings")
        tools.add(self.new_action, "plus")
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(8)
        line.addWidget(label)
        line.addWidget(self.box)
        line.addWidget(tools)
        self._presets = self._read()
        self._show(settings.get(ANALYSIS_PRESET))

    @property
    def presets(self) -> tuple[AnalysisPreset, ...]:
        """All that can be chosen."""
        return self._presets

    @property
    def preset(self) -> AnalysisPreset:
        """What is chosen."""
        return self._presets[max(self.box.currentIndex(), 0)]

    @property
    def dialog(self) -> PresetDialog | None:
        """The dialog while it is open."""
        return self._dialog

    def set_choices(self, models: Choices, formats: Choices) -> None:
        """Say what models there are and what can be written: ids and names."""
        self._models, self._formats = models, formats

    def edit(self) -> None:
        """Open the dialog for the chosen settings."""
        self._open(self.preset)

    def edit_new(self) -> None:
        """Open the dialog for new settings, which begin as the chosen ones."""
        self._open(copy_of(self.preset, self.tr("My settings"), self._names()))

    def _names(self) -> list[str]:
        return [preset.name for preset in self._presets]

    def _read(self) -> tuple[AnalysisPreset, ...]:
        """Return the settings with those first that are always there."""
        kept = read_presets(self._settings.get(ANALYSIS_PRESETS))
        usual = next((one for one in kept if not one.name), AnalysisPreset())
        return (usual, *(one for one in kept if one.name))

    def _show(self, name: str) -> None:
        self.box.clear()
        for preset in self._presets:
            self.box.addItem(preset_title(preset), preset.name)
        self.box.setCurrentIndex(max(self.box.findData(name), 0))
        self.chosen.emit(self.preset)

    def _on_activated(self) -> None:
        self._settings.set(ANALYSIS_PRESET, self.preset.name)
        self.chosen.emit(self.preset)

    def _open(self, preset: AnalysisPreset) -> None:
        dialog = PresetDialog(preset, self._models, self._formats, self._names(), self.window())
        dialog.saved.connect(lambda made: self._save(preset.name, made))
        dialog.removed.connect(lambda: self._remove(preset.name))
        dialog.finished.connect(self._on_closed)
        self._dialog = dialog
        dialog.open()

    def _save(self, old: str, preset: AnalysisPreset) -> None:
        others = self._presets
        if preset.name != old and any(one.name == old for one in others):
            # Renamed: it keeps its place.
            others = tuple(preset if one.name == old else one for one in others)
        self._keep(with_preset(others, preset), preset.name)

    def _remove(self, name: str) -> None:
        self._keep(tuple(one for one in self._presets if one.name != name), "")

    def _keep(self, presets: tuple[AnalysisPreset, ...], name: str) -> None:
        self._presets = presets
        self._settings.set(ANALYSIS_PRESETS, write_presets(presets))
        self._settings.set(ANALYSIS_PRESET, name)
        self._show(name)

    def _on_closed(self) -> None:
        if self._dialog is not None:
            self._dialog.deleteLater()
            self._dialog = None
