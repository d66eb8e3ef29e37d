"""What helps people who cannot see well or use no mouse: a focus that shows, and names."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QColor, QImage
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSlider,
    QAbstractSpinBox,
    QCheckBox,
    QComboBox,
    QDoubleSpinBox,
    QKeySequenceEdit,
    QLineEdit,
    QListWidget,
    QPlainTextEdit,
    QPushButton,
    QRadioButton,
    QScrollBar,
    QSlider,
    QSpinBox,
    QTabBar,
    QTableWidget,
    QTextEdit,
    QToolButton,
    QTreeWidget,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from ferqt.ui.dialogs.settings_shortcuts import KeyField
from ferqt.ui.main_window import MainWindow
from ferqt.ui.theme import Theme
from tests.helpers.colors import contrast

CONTROLS = (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSlider,
    QAbstractSpinBox,
    QComboBox,
    QKeySequenceEdit,
    QLineEdit,
    QPlainTextEdit,
    QTabBar,
    QTextEdit,
)
"""Kinds of widgets that a person does something with."""

ENOUGH_PX = 24
"""Pixels that have to change for a focus to be noticed: the ring of the smallest control."""


def push_button() -> QWidget:
    return QPushButton("Button")


def default_button() -> QWidget:
    button = QPushButton("Button")
    button.setDefault(True)
    return button


def quiet_button() -> QWidget:
    button = QPushButton("Button")
    button.setProperty("role", "quiet")
    return button


def recent_button() -> QWidget:
    button = QPushButton("Button")
    button.setProperty("role", "recent")
    return button


def tool_button() -> QWidget:
    button = QToolButton()
    button.setText("Button")
    button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    return button


def checked_tool_button() -> QWidget:
    button = tool_button()
    assert isinstance(button, QToolButton)
    button.setCheckable(True)
    button.setChecked(True)
    return button


def hero_button() -> QWidget:
    button = tool_button()
    button.setProperty("role", "hero")
    return button


def checked_box() -> QWidget:
    box = QCheckBox("Box")
    box.setChecked(True)
    return box


def choice() -> QWidget:
    box = QComboBox()
    box.addItems(["One", "Two"])
    return box


def item_list() -> QWidget:
    view = QListWidget()
    view.addItems(["One", "Two"])
    view.setCurrentRow(0)
    return view


def page_list() -> QWidget:
    view = item_list()
    view.setProperty("role", "pages")
    return view


def tabs() -> QWidget:
    bar = QTabBar()
    bar.addTab("One")
    bar.addTab("Two")
    return bar


def slider() -> QWidget:
    return QSlider(Qt.Orientation.Horizontal)


KINDS: tuple[Callable[[], QWidget], ...] = (
    push_button,
    default_button,
    quiet_button,
    recent_button,
    tool_button,
    checked_tool_button,
    hero_button,
    checked_box,
    QCheckBox,
    QRadioButton,
    choice,
    item_list,
    page_list,
    tabs,
    slider,
    QSpinBox,
    QDoubleSpinBox,
    QLineEdit,
    QPlainTextEdit,
    QTextEdit,
    QTableWidget,
    QTreeWidget,
    KeyField,
)


@pytest.fixture(params=["dark", "light"])
def theme(request: pytest.FixtureRequest, qapp: object) -> Iterator[Theme]:
    made = Theme(request.param)
    made.apply()
    yield made
    made.choose("dark")


@pytest.mark.parametrize("build", KINDS, ids=lambda build: build.__name__)
def test_the_focus_shows_on_every_kind_of_control(
    qtbot: QtBot, theme: Theme, build: Callable[[], QWidget]
) -> None:
    """Compares pixels, so that a rule which another one outdoes is found."""
    window, control, other = QWidget(), build(), QPushButton("Other")
    qtbot.addWidget(window)
    column = QVBoxLayout(window)
    column.addWidget(control)
    column.addWidget(other)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    other.setFocus(Qt.FocusReason.TabFocusReason)
    without = control.grab().toImage()
    control.setFocus(Qt.FocusReason.TabFocusReason)
    assert control.hasFocus()
    # A cursor that happens to blink is no focus.
    shown = changed(without, control.grab().toImage())
    standing_out = [
        after for before, after in shown if contrast(before.name(), after.name()) >= 1.5
    ]
    assert len(standing_out) >= ENOUGH_PX


def changed(before: QImage, after: QImage) -> list[tuple[QColor, QColor]]:
    """The colors of every pixel that differs, before and after."""
    pixels = (
        (before.pixelColor(x, y), after.pixelColor(x, y))
        for x in range(before.width())
        for y in range(before.height())
    )
    return [(one, other) for one, other in pixels if one != other]


def test_every_control_of_the_window_has_a_name(window: MainWindow) -> None:
    """As a screen reader asks for it, also for panels that are closed at first."""
    nameless = []
    for control in window.findChildren(QWidget):
        if not isinstance(control, CONTROLS) or is_part_of_another(control):
            continue
        told = QAccessible.queryAccessibleInterface(control)
        name = told.text(QAccessible.Text.Name) if told is not None else ""
        # A picture's button is read by its name; one whose name is a sign alone is not.
        if not any(letter.isalnum() for letter in name):
            nameless.append(f"{type(control).__name__} in {path_of(control)}")
    assert nameless == []


def is_part_of_another(control: QWidget) -> bool:
    """Whether Qt made it as a piece of a larger control, or to scroll with."""
    if isinstance(control, QScrollBar) or control.objectName().startswith("qt_"):
        return True
    above = control.parentWidget()
    while above is not None:
        if isinstance(above, QComboBox | QAbstractSpinBox | QLineEdit | QTabBar):
            return True
        above = above.parentWidget()
    # The popup of a box is a window of its own; a header belongs to its table.
    return type(control).__name__ in {"QHeaderView", "QTableCornerButton", "QAbstractButton"}


def path_of(widget: QWidget) -> str:
    names = []
    above = widget.parentWidget()
    while above is not None:
        names.append(above.objectName() or type(above).__name__)
        above = above.parentWidget()
    return " < ".join(names[:4])
