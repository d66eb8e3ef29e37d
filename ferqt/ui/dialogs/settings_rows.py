"""A row of the settings dialog: what is set, a word on it, its control, and the way back."""

from typing import Any, Final, cast

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from ferqt.settings import Setting, Settings
from ferqt.ui.dialogs.settings_controls import (
    FolderLine,
    SettingControl,
    build_control,
    translated_setting,
)
from ferqt.ui.icons import icon
from ferqt.ui.theme import Theme
from ferqt.ui.tokens import Tokens

_ICON_PX: Final = 16


class ResetButton(QToolButton):
    """Brings one thing back to its usual value; keeps its place while there is nothing to do."""

    def __init__(self, text: str, theme: Theme) -> None:
        super().__init__()
        self.setProperty("role", "title")
        self.setIconSize(QSize(_ICON_PX, _ICON_PX))
        self.setToolTip(text)
        self.setAccessibleName(text)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        policy = self.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self.setSizePolicy(policy)
        theme.changed.connect(self._color)
        self._color(theme.tokens)

    def _color(self, tokens: Tokens) -> None:
        self.setIcon(icon("reset", tokens, tokens.text_muted))


class SettingRow(QWidget):
    """One setting.

    Args:
        setting: What is set.
        settings: Where its value is read and changed.
        theme: Gives the colors.
    """

    changed = Signal()
    """The person chose another value."""

    def __init__(self, setting: Setting[Any], settings: Settings, theme: Theme) -> None:
        super().__init__()
        self.setting = setting
        self._settings = settings
        title = translated_setting(setting.text)
        help_ = translated_setting(setting.help)
        choices = " ".join(translated_setting(text) for text in setting.choice_texts)
        self.words = f"{title} {help_} {choices}".casefold()
        """What a search looks in."""
        self.control = build_control(setting)
        self._shown = cast("SettingControl", self.control)
        self._shown.chosen.connect(self._on_chosen)
        self._reset = ResetButton(self.tr("Reset “{0}”").format(title), theme)
        self._reset.clicked.connect(self._on_reset)
        self._message = QLabel()
        self._message.setObjectName("Problem")
        self._message.setWordWrap(True)
        self._message.hide()
        if isinstance(self.control, FolderLine):
            self.control.refused.connect(self._refuse)
        self._build(title, help_)
        self.refresh()

    def refresh(self) -> None:
        """Show the value in force."""
        self._shown.show_value(self._settings.get(self.setting))
        self._reset.setVisible(not self._settings.is_default(self.setting))

    def _build(self, title: str, help_: str) -> None:
        texts = QVBoxLayout()
        texts.setSpacing(4)
        name = QLabel(title)
        name.setWordWrap(True)
        texts.addWidget(name)
        if help_:
            words = QLabel(help_)
            words.setObjectName("Muted")
            words.setWordWrap(True)
            texts.addWidget(words)
            self.control.setAccessibleDescription(help_)
        wide = isinstance(self.control, FolderLine)
        line = QHBoxLayout()
        line.setSpacing(16)
        if wide:
            texts.addWidget(self.control)
            line.addLayout(texts, 1)
        else:
            line.addLayout(texts, 1)
            line.addWidget(self.control, 0, Qt.AlignmentFlag.AlignVCenter)
        side = Qt.AlignmentFlag.AlignBottom if wide else Qt.AlignmentFlag.AlignVCenter
        line.addWidget(self._reset, 0, side)
        outside = QVBoxLayout(self)
        outside.setContentsMargins(0, 8, 0, 8)
        outside.setSpacing(4)
        outside.addLayout(line)
        outside.addWidget(self._message)

    def _on_chosen(self, value: object) -> None:
        self._settings.set(self.setting, value)
        self.changed.emit()

    def _on_reset(self) -> None:
        self._settings.reset(self.setting)
        # The button goes away with what it undoes; the keyboard stays in the row.
        self.control.setFocus()
        self.changed.emit()

    def _refuse(self, why: str) -> None:
        self._message.setText(why)
        self._message.setVisible(bool(why))
