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
QToolButton[popupMode="2"]::menu-indicator { image: none; }
QToolButton[popupMode="1"] { padding-right: 24px; }
QToolButton::menu-button {
    border: none; border-top-right-radius: ${radius}px; border-bottom-right-radius: ${radius}px;
    width: 20px;
}
QToolButton::menu-button:hover { background: $pressed; }
QToolButton::menu-arrow { image: url("$folder/arrow.svg"); width: 14px; height: 14px; }

QPushButton {
    background: $surface_raised; border: 1px solid $border_strong; border-radius: ${radius}px;
    padding: 6px 16px; color: $text;
}
QPushButton:hover { background: $hover; }
QPushButton:pressed { background: $pressed; }
QPushButton:focus { border-color: $accent; }
QPushButton:default { background: $accent; border-color: $accent; color: $on_accent; }
QPushButton:default:hover { background: $accent_text; border-color: $accent_text; }
QPushButton:default:focus { border-color: $text; }
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
QPushButton[role="recent"][missing="true"] { color: $text_muted; }
QPushButton[role="recent"]:focus { border-color: $accent; }
QPushButton[role="quiet"] {
    background: transparent; border-color: $border_strong; padding: 4px 12px;
}
QPushButton[role="quiet"]:hover { background: $hover; }
QPushButton[role="quiet"]:focus { border-color: $accent; }

QLineEdit, QAbstractSpinBox {
    background: $surface; border: 1px solid $border_strong; border-radius: ${radius}px;
    padding: 6px 8px; color: $text;
    selection-background-color: $accent; selection-color: $on_accent;
}
QLineEdit:focus, QAbstractSpinBox:focus, QLineEdit[recording="true"] { border-color: $accent; }
QLineEdit { lineedit-clear-button-icon: url("$folder/clear.svg"); }
QLineEdit:disabled, QAbstractSpinBox:disabled { color: $text_disabled; border-color: $border; }
QAbstractSpinBox { padding: 5px 24px 5px 2px; }
QAbstractSpinBox QLineEdit { background: transparent; border: none; padding: 0; }
QAbstractSpinBox::up-button, QAbstractSpinBox::down-button {
    subcontrol-origin: padding; width: 20px; border: none; background: transparent;
    border-radius: 4px;
}
QAbstractSpinBox::up-button { subcontrol-position: top right; margin: 2px 2px 0 0; }
QAbstractSpinBox::down-button { subcontrol-position: bottom right; margin: 0 2px 2px 0; }
QAbstractSpinBox::up-button:hover, QAbstractSpinBox::down-button:hover { background: $hover; }
QAbstractSpinBox::up-arrow { image: url("$folder/arrow-up.svg"); width: 10px; height: 10px; }
QAbstractSpinBox::down-arrow { image: url("$folder/arrow.svg"); width: 10px; height: 10px; }

QTextEdit, QPlainTextEdit {
    background: $surface; border: 1px solid $border_strong; border-radius: ${radius}px;
    padding: 4px; color: $text;
    selection-background-color: $accent; selection-color: $on_accent;
}
QTextEdit:focus, QPlainTextEdit:focus { border-color: $accent; }

QCheckBox, QRadioButton { spacing: 8px; padding: 4px; border: 1px solid transparent; }
QCheckBox, QRadioButton { border-radius: ${radius}px; }
QCheckBox[role="switch"] { spacing: 0; }
QCheckBox:focus, QRadioButton:focus { border-color: $accent; }
QCheckBox:disabled, QRadioButton:disabled { color: $text_disabled; }
QCheckBox::indicator, QRadioButton::indicator, QAbstractItemView::indicator {
    width: 14px; height: 14px; border: 1px solid $text_muted; background: $surface;
}
QCheckBox::indicator, QAbstractItemView::indicator { border-radius: 4px; }
QRadioButton::indicator { border-radius: 8px; }
QCheckBox::indicator:hover, QRadioButton::indicator:hover { border-color: $text; }
QCheckBox::indicator:checked, QAbstractItemView::indicator:checked {
    background: $accent; border-color: $accent; image: url("$folder/check-$name.svg");
}
QRadioButton::indicator:checked { background: $surface; border: 5px solid $accent; }
QRadioButton::indicator:checked { width: 6px; height: 6px; }
QCheckBox::indicator:disabled, QRadioButton::indicator:disabled { border-color: $border_strong; }
QCheckBox::indicator:checked:disabled { background: $border_strong; }

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
QComboBox::down-arrow { image: url("$folder/arrow.svg"); width: 16px; height: 16px; }
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
QTabBar:focus { outline: none; }
QTabBar::tab:selected:focus { color: $accent_text; background: $hover; }
QTabWidget::pane { border: none; }

#DockPanel { background: $surface; border: none; border-radius: 8px; }
#DockTitle { background: transparent; }
#Center { background: $picture; border-radius: 8px; }
#StartPage { background: $background; }
#DropArea { border: 1px dashed $border_strong; border-radius: 8px; }
#DropArea[over="true"] { border: 1px dashed $accent; background: $hover; }
#Transport { background: $background; }
#Muted { color: $text_muted; }
#Problem { color: $warning; }
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

QScrollArea, QScrollArea > QWidget > QWidget {
    background: transparent; border: none; outline: none;
}
QAbstractItemView {
    background: transparent; alternate-background-color: $surface_raised; color: $text;
    border: 1px solid transparent; border-radius: ${radius}px; outline: none;
    gridline-color: $border;
    selection-background-color: $pressed; selection-color: $text;
}
QAbstractItemView:focus { border-color: $accent; }
QListView[role="pages"], QListView[role="pages"]:focus { border-color: transparent; }
QListView[role="pages"]::item {
    padding: 8px; border: 1px solid transparent; border-radius: ${radius}px;
}
QListView[role="pages"]::item:hover { background: $hover; }
QListView[role="pages"]::item:selected { background: $pressed; color: $text; }
QListView[role="pages"]::item:selected:focus { border-color: $accent; }
QTreeView::item { padding: 3px 4px; }
QTreeView::item:selected { background: $pressed; color: $text; }
QHeaderView { background: transparent; border: none; }
QHeaderView::section {
    background: transparent; color: $text_muted; padding: 4px 8px; border: none;
    border-bottom: 1px solid $border;
}
QHeaderView::section:hover { color: $text; }
QTableCornerButton::section { background: transparent; border: none; }

QProgressBar {
    background: $border; border: none; border-radius: 4px; color: $text;
    min-height: 8px; max-height: 8px; text-align: center;
}
QProgressBar::chunk { background: $accent; border-radius: 4px; }
QSplitter::handle { background: transparent; }
QSplitter::handle:hover { background: $hover; }
QAbstractScrollArea::corner { background: transparent; border: none; }
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
QSlider::handle:horizontal:focus {
    width: 12px; height: 12px; margin: -6px -2px; border: 2px solid $accent; border-radius: 8px;
}
QSlider::groove:horizontal:disabled, QSlider::sub-page:horizontal:disabled {
    background: $border;
}
QSlider::handle:horizontal:disabled { background: $border_strong; }
""")


def build_style_sheet(tokens: Tokens, folder: str) -> str:
    """Return the style sheet of a theme.

    Args:
        tokens: Its name and colors.
        folder: Folder of the small pictures of arrows and check marks, with forward slashes.
    """
    values = {name: getattr(tokens, name) for name in tokens.__slots__}
    return _TEMPLATE.substitute(values, radius=RADIUS, folder=folder)
