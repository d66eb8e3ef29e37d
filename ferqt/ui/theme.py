"""The look of the window: a small set of tokens, and the palette and style sheet made from them.

Everything is drawn by Qt's Fusion style, so that the window looks the same on every desktop.
Widgets that paint themselves take their colors from `Theme.tokens` and repaint on `Theme.changed`.
"""

from typing import Final

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QGuiApplication, QPalette
from PySide6.QtWidgets import QAbstractSpinBox, QApplication

from ferqt.paths import resources_dir
from ferqt.ui.style_sheet import build_style_sheet
from ferqt.ui.tokens import DARK, LIGHT, Tokens

THEME_CHOICES: Final = ("dark", "light", "system")
_PICTURES: Final = resources_dir() / "theme"


class Theme(QObject):
    """Puts the colors on the application and changes them while it runs.

    One for the program; lives on the GUI thread.
    """

    changed = Signal(object)
    """The new `Tokens`, after the palette and style sheet are in force."""

    def __init__(self, choice: str = "dark", parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._choice = choice
        self._tokens: Tokens | None = None
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._on_desktop_changed)

    @property
    def choice(self) -> str:
        """One of `THEME_CHOICES`."""
        return self._choice

    @property
    def tokens(self) -> Tokens:
        """The tokens in force."""
        return self._tokens or self._wanted()

    def choose(self, choice: str) -> None:
        """Follow another choice from now on; `apply` is included."""
        self._choice = choice
        self.apply()

    def apply(self) -> None:
        """Put palette and style sheet on the application; nothing happens if they are there."""
        wanted = self._wanted()
        if wanted is self._tokens:
            return
        first = self._tokens is None
        self._tokens = wanted
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        if first:
            application.setStyle("Fusion")
        application.setPalette(build_palette(wanted))
        # In place of another sheet, Qt 6.11 polishes a widget once for itself and once for each
        # widget around it: 3300 times instead of 400, 200 ms. Without one before, once.
        application.setStyleSheet("")
        application.setStyleSheet(build_style_sheet(wanted, _PICTURES.as_posix()))
        self.changed.emit(wanted)

    def _wanted(self) -> Tokens:
        if self._choice == "system":
            return LIGHT if desktop_is_light() else DARK
        return LIGHT if self._choice == "light" else DARK

    def _on_desktop_changed(self) -> None:
        if self._choice == "system":
            self.apply()


def desktop_is_light() -> bool:
    """Tell whether the desktop wants light windows; one that does not say gets dark ones."""
    return QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Light


def build_palette(tokens: Tokens) -> QPalette:
    """Return the palette of a theme, for what the style sheet does not reach (dialogs, menus)."""
    role = QPalette.ColorRole
    palette = QPalette()
    for name, color in (
        (role.Window, tokens.background),
        (role.WindowText, tokens.text),
        (role.Base, tokens.surface),
        (role.AlternateBase, tokens.surface_raised),
        (role.Text, tokens.text),
        (role.Button, tokens.surface_raised),
        (role.ButtonText, tokens.text),
        (role.BrightText, tokens.danger),
        (role.ToolTipBase, tokens.surface_raised),
        (role.ToolTipText, tokens.text),
        (role.PlaceholderText, tokens.text_muted),
        (role.Highlight, tokens.accent),
        (role.HighlightedText, tokens.on_accent),
        (role.Link, tokens.accent_text),
        (role.LinkVisited, tokens.accent_text),
        (role.Light, tokens.surface_raised),
        (role.Midlight, tokens.surface_raised),
        (role.Mid, tokens.border),
        (role.Dark, tokens.border),
        (role.Shadow, tokens.background),
        (role.Accent, tokens.accent),
    ):
        palette.setColor(name, QColor(color))
    for name in (role.WindowText, role.Text, role.ButtonText, role.HighlightedText):
        palette.setColor(QPalette.ColorGroup.Disabled, name, QColor(tokens.text_disabled))
    return palette


def indent_number(box: QAbstractSpinBox) -> None:
    """Keep a number off the left edge of its box: Qt's style sheets have no rule for that."""
    box.lineEdit().setTextMargins(6, 0, 0, 0)


def tabular(font: QFont) -> QFont:
    """Return a copy of a font whose digits are equally wide, so that numbers do not dance."""
    copy = QFont(font)
    copy.setFeature(QFont.Tag("tnum"), 1)
    return copy


def title_font(font: QFont) -> QFont:
    """Return the larger of the two type sizes, in the heavier of the two weights."""
    copy = QFont(font)
    copy.setPointSizeF(font.pointSizeF() * 1.6)
    copy.setWeight(QFont.Weight.DemiBold)
    return copy


def strong_font(font: QFont) -> QFont:
    """Return the usual size in the heavier weight."""
    copy = QFont(font)
    copy.setWeight(QFont.Weight.DemiBold)
    return copy
