"""The controls that settings are changed with, one class for each kind of value.

Each shows a value without telling, and tells with `chosen` what the person made of it.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any, Final, Protocol

from PySide6.QtCore import QCoreApplication, Qt, Signal, SignalInstance
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QCheckBox,
    QComboBox,
    QDoubleSpinBox,
    QFileDialog,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QSpinBox,
    QWidget,
)

from ferqt.setting_types import Kind, Span
from ferqt.settings import Setting
from ferqt.ui.theme import indent_number

_NUMBER_WIDTH: Final = 152
_CHOICE_WIDTH: Final = 232
_FOLDER_WIDTH: Final = 320


def translated_setting(text: str) -> str:
    """Return a text of the table of settings in the user's language."""
    return QCoreApplication.translate("Settings", text) if text else ""


class SettingControl(Protocol):
    """What a row of the dialog needs of its control, which is a widget too."""

    chosen: SignalInstance

    def show_value(self, value: Any) -> None:
        """Show a value; nothing is told."""
        ...


class SwitchBox(QCheckBox):
    """For what is on or off."""

    chosen = Signal(object)

    def __init__(self, setting: Setting[Any]) -> None:
        super().__init__()
        self.setProperty("role", "switch")
        self.setAccessibleName(translated_setting(setting.text))
        self.clicked.connect(self._on_clicked)

    def show_value(self, value: bool) -> None:
        """Show a value."""
        self.setChecked(value)

    def _on_clicked(self, on: bool) -> None:
        self.chosen.emit(on)


class ChoiceBox(QComboBox):
    """For one of a few values."""

    chosen = Signal(object)

    def __init__(self, setting: Setting[Any]) -> None:
        super().__init__()
        self.setAccessibleName(translated_setting(setting.text))
        self.setMinimumWidth(_CHOICE_WIDTH)
        for value, text in zip(setting.choices, setting.choice_texts, strict=True):
            self.addItem(translated_setting(text), value)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.activated.connect(lambda row: self.chosen.emit(self.itemData(row)))

    def show_value(self, value: str) -> None:
        """Show a value."""
        self.setCurrentIndex(self.findData(value))

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802 - Qt's name
        """Leave the wheel to the page: what is rolled past must not change."""
        event.ignore()


class CountBox(QSpinBox):
    """For whole numbers."""

    chosen = Signal(object)

    def __init__(self, setting: Setting[Any]) -> None:
        super().__init__()
        span = _prepare(self, setting)
        self.setRange(round(span.low), round(span.high))
        self.setSingleStep(round(span.step))
        self.valueChanged.connect(self._on_changed)

    def show_value(self, value: int) -> None:
        """Show a value."""
        if value != self.value():
            self.blockSignals(True)
            self.setValue(value)
            self.blockSignals(False)

    def _on_changed(self, value: int) -> None:
        self.chosen.emit(value)

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802 - Qt's name
        """Leave the wheel to the page."""
        event.ignore()


class AmountBox(QDoubleSpinBox):
    """For numbers that need not be whole."""

    chosen = Signal(object)

    def __init__(self, setting: Setting[Any]) -> None:
        super().__init__()
        span = _prepare(self, setting)
        self.setDecimals(0 if span.step == round(span.step) else 1)
        self.setRange(span.low, span.high)
        self.setSingleStep(span.step)
        self.valueChanged.connect(self._on_changed)

    def show_value(self, value: float) -> None:
        """Show a value."""
        if round(value, self.decimals()) != self.value():
            self.blockSignals(True)
            self.setValue(value)
            self.blockSignals(False)

    def _on_changed(self, value: float) -> None:
        self.chosen.emit(value)

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802 - Qt's name
        """Leave the wheel to the page."""
        event.ignore()


class FolderLine(QWidget):
    """For a folder: a line to type in, and a button to choose by sight.

    A folder need not be there yet; what is written to it makes it.
    """

    chosen = Signal(object)
    refused = Signal(str)
    """Why what was typed is not taken; "" as soon as something is."""

    def __init__(self, setting: Setting[Any]) -> None:
        super().__init__()
        self._title = translated_setting(setting.text)
        self._value = ""
        self._line = QLineEdit()
        self._line.setAccessibleName(self._title)
        self._line.setPlaceholderText(translated_setting(setting.empty_text))
        self._line.setMinimumWidth(_FOLDER_WIDTH)
        self._line.editingFinished.connect(self._on_typed)
        button = QPushButton(self.tr("Choose …"))
        button.setProperty("role", "quiet")
        button.setAutoDefault(False)
        button.setAccessibleName(self.tr("{0}: choose").format(self._title))
        button.clicked.connect(self._ask)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(8)
        line.addWidget(self._line, 1)
        line.addWidget(button)
        self.setFocusProxy(self._line)

    def show_value(self, value: str) -> None:
        """Show a value."""
        self._value = value
        self._line.setText(value)
        self._line.setToolTip(value)
        self.refused.emit("")

    def _ask(self) -> None:
        dialog = QFileDialog(self, self._title, self._value)
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.fileSelected.connect(self._take)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _on_typed(self) -> None:
        typed = self._line.text().strip()
        if typed and typed != self._value:
            folder = Path(typed).expanduser()
            if not folder.is_absolute():
                self.refused.emit(self.tr("Give the whole path, as /home/me/pictures."))
                return
            if folder.exists() and not folder.is_dir():
                self.refused.emit(self.tr("That is a file. Choose a folder."))
                return
            typed = str(folder)
        self._take(typed)

    def _take(self, folder: str) -> None:
        changed = folder != self._value
        self.show_value(folder)
        if changed:
            self.chosen.emit(folder)


def build_control(setting: Setting[Any]) -> QWidget:
    """Return the control for a setting; it is a `SettingControl` too."""
    if setting.choices:
        return ChoiceBox(setting)
    if setting.kind is Kind.FOLDER:
        return FolderLine(setting)
    return _BY_TYPE[type(setting.default)](setting)


_BY_TYPE: Final[dict[type, Callable[[Setting[Any]], QWidget]]] = {
    bool: SwitchBox,
    int: CountBox,
    float: AmountBox,
}


def _prepare(box: QSpinBox | QDoubleSpinBox, setting: Setting[Any]) -> Span:
    span = setting.span
    assert span is not None
    indent_number(box)
    box.setAccessibleName(translated_setting(setting.text))
    box.setFixedWidth(_NUMBER_WIDTH)
    box.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    box.setCorrectionMode(QAbstractSpinBox.CorrectionMode.CorrectToNearestValue)
    # While a number is being typed, its first digit must not count.
    box.setKeyboardTracking(False)
    if span.unit:
        box.setSuffix(f" {span.unit}")
    if span.low_text:
        box.setSpecialValueText(translated_setting(span.low_text))
    return span
