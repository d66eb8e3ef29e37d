"""The one style sheet, generated from the tokens."""

from string import Template
from typing import Final

from ferqt.ui.tokens import RADIUS, Tokens

_TEMPLATE: Final = Template("""
QMainWindow, QDialog { background: $background; }
QDialogButtonBox { dialogbuttonbox-buttons-have-icons: 0; }
QToolTip {
    color: $text; background: $surface_raised; border: 1px solid $border_strong;
    padding: 4px 8px;
}

QMenuBar { background: $background; padding: 2px 8px; }
QMenuBar::item { padding: 4px 8px; border-radius: 4px; background: transparent; }
QMenuBar::item:selected { background: $hover; }
QMenu {
    background: $surface_raised; border: 1px solid $border_strong; padding: 4px;
}
QMenu::item { padding: 6px 24px 6px 8px; border-radius: 4px; }
QMenu::item:selected { background: $pressed; }
QMenu::item:disabled { color: $text_disabled; }
QMenu::icon { padding-left: 8px; }
QMenu::separator { height: 1px; background: $border; margin: 4px 8px; }

QToolBar {
    background: $background; border: none; padding: 4px 12px; spacing: 4px;
}
QToolBar::separator { width: 1px; background: $border; margin: 6px 8px; }
QToolButton {
    background: transparent; border: 1px solid transparent; border-radius: ${radius}px;
    padding: 5px 8px; color: $text;
}
QToolButton:hover { background: $hover; }
QToolButton:pressed { background: $pressed; }
QToolButton:checked { background: $pressed; color: $accent_text; }
QToolButton:focus { border-color: $accent; }
QToolButton:disabled { color: $text_disabled; }
QToolButton[popupMode="1"] { padding-right: 24px; }
QToolButton::menu-button {
    border: none; border-top-right-radius: ${radius}px; border-bottom-right-radius: ${radius}px;
    width: 20px;
}
QToolButton::menu-button:hover { background: $pressed; }
QToolButton::menu-arrow { image: url("$arrow"); width: 14px; height: 14px; }

QPushButton {
    background: $surface_raised; border: 1px solid $border_strong; border-radius: ${radius}px;
    padding: 6px 16px; color: $text;
}
QPushButton:hover { background: $hover; }
QPushButton:pressed { background: $pressed; }
QPushButton:focus { border-color: $accent; }
QPushButton:default { background: $accent; border-color: $accent; color: $on_accent; }
QPushButton:disabled {
    background: $surface; color: $text_disabled; border-color: $border;
}
QToolButton[role="hero"] {
    padding: 20px 16px; background: $surface_raised; border-color: $border;
}
QToolButton[role="hero"]:hover { background: $hover; border-color: $border_strong; }
QToolButton[role="hero"]:pressed { background: $pressed; }
QToolButton[role="hero"]:focus { border-color: $accent; }
QToolButton[role="title"] { padding: 3px; }
QPushButton[role="recent"] {
    text-align: left; background: transparent; border-color: transparent; padding: 6px 8px;
}
QPushButton[role="recent"]:hover { background: $hover; }
QPushButton[role="recent"]:focus { border-color: $accent; }
QPushButton[role="quiet"] {
    background: transparent; border-color: $border_strong; padding: 4px 12px;
}
QPushButton[role="quiet"]:hover { background: $hover; }
QPushButton[role="quiet"]:focus { border-color: $accent; }

QLineEdit {
    background: $surface; border: 1px solid $border_strong; border-radius: ${radius}px;
    padding: 6px 8px; selection-background-color: $accent; selection-color: $on_accent;
}
QLineEdit:focus { border-color: $accent; }

QComboBox {
    background: $surface_raised; border: 1px solid $border_strong; border-radius: ${radius}px;
    padding: 5px 28px 5px 10px; color: $text;
}
QComboBox:hover { background: $hover; }
QComboBox:focus { border-color: $accent; }
QComboBox:disabled { color: $text_disabled; border-color: $border; }
QComboBox::drop-down {
    subcontrol-origin: padding; subcontrol-position: right center; width: 24px; border: none;
}
QComboBox::down-arrow { image: url("$arrow"); width: 16px; height: 16px; }
QComboBox QAbstractItemView {
    background: $surface_raised; border: 1px solid $border_strong; padding: 4px; outline: none;
    selection-background-color: $pressed; selection-color: $text;
}

QDockWidget { color: $text; }
QMainWindow::separator { background: $background; width: 8px; height: 8px; }
QMainWindow::separator:hover { background: $hover; }
QTabBar::tab {
    background: transparent; color: $text_muted; padding: 6px 12px; border: none;
    border-bottom: 2px solid transparent;
}
QTabBar::tab:selected { color: $text; border-bottom-color: $accent; }
QTabBar::tab:hover { color: $text; }

#DockPanel { background: $surface; border: none; border-radius: 8px; }
#DockTitle { background: transparent; }
#Center { background: $picture; border-radius: 8px; }
#StartPage { background: $background; }
#Transport { background: $background; }
#Muted { color: $text_muted; }
#KeyCap {
    background: $surface_raised; border: 1px solid $border_strong; border-bottom-width: 2px;
    border-radius: 4px; padding: 1px 6px; color: $text;
}

QStatusBar { background: $background; border: none; }
QStatusBar::item { border: none; }
QStatusBar QLabel { color: $text_muted; padding: 2px 0; }

#Notice {
    background: $surface_raised; border-radius: ${radius}px; border: 1px solid $border_strong;
}
#Notice[severity="warning"] { border-color: $warning; }
#Notice[severity="error"] { border-color: $danger; }

QListView, QScrollArea, QScrollArea > QWidget > QWidget {
    background: transparent; border: none; outline: none;
}
QScrollBar:vertical { background: transparent; width: 12px; margin: 2px; }
QScrollBar:horizontal { background: transparent; height: 12px; margin: 2px; }
QScrollBar::handle { background: $border_strong; border-radius: 4px; }
QScrollBar::handle:vertical { min-height: 32px; }
QScrollBar::handle:horizontal { min-width: 32px; }
QScrollBar::handle:hover { background: $text_disabled; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }

QSlider::groove:horizontal { height: 4px; border-radius: 2px; background: $border_strong; }
QSlider::sub-page:horizontal { height: 4px; border-radius: 2px; background: $accent; }
QSlider::handle:horizontal {
    width: 12px; height: 12px; margin: -4px 0; border-radius: 6px; background: $text;
}
QSlider::handle:horizontal:hover { background: $accent_text; }
QSlider::groove:horizontal:disabled, QSlider::sub-page:horizontal:disabled {
    background: $border;
}
QSlider::handle:horizontal:disabled { background: $border_strong; }
""")


def build_style_sheet(tokens: Tokens, arrow: str) -> str:
    """Return the style sheet of a theme.

    Args:
        tokens: Its colors.
        arrow: Path of the picture of a combo box's arrow, with forward slashes.
    """
    colors = {name: getattr(tokens, name) for name in tokens.__slots__ if name != "name"}
    return _TEMPLATE.substitute(colors, radius=RADIUS, arrow=arrow)
