"""The sheet of keyboard shortcuts, made from the table of actions."""

from collections.abc import Mapping
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from ferqt.ui.action_table import ACTIONS, FACE_KEYS, MENUS
from ferqt.ui.actions import translated
from ferqt.ui.theme import strong_font

_COLUMNS: Final = (("File", "Model", "Help"), ("Source",), ("View",))


class ShortcutSheet(QDialog):
    """All keys at a glance."""

    def __init__(self, actions: Mapping[str, QAction], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Keyboard Shortcuts"))
        columns = QWidget()
        line = QHBoxLayout(columns)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(40)
        for menus in _COLUMNS:
            column = QVBoxLayout()
            column.setSpacing(8)
            for menu in menus:
                if column.count():
                    column.addSpacing(16)
                _fill(column, menu, actions)
            column.addStretch(1)
            line.addLayout(column)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setWidget(columns)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        outside = QVBoxLayout(self)
        outside.setContentsMargins(24, 24, 24, 16)
        outside.setSpacing(16)
        outside.addWidget(area, 1)
        outside.addWidget(buttons)
        hint = columns.sizeHint()
        self.resize(hint.width() + 64, min(hint.height() + 96, 720))


def shown_keys(action: QAction) -> tuple[str, ...]:
    """Return an action's keys as the sheet shows them."""
    return tuple(key.toString(QKeySequence.SequenceFormat.NativeText) for key in action.shortcuts())


def _fill(column: QVBoxLayout, menu: str, actions: Mapping[str, QAction]) -> None:
    assert menu in MENUS
    heading = QLabel(translated(menu))
    heading.setFont(strong_font(heading.font()))
    column.addWidget(heading)
    grid = QGridLayout()
    grid.setHorizontalSpacing(24)
    grid.setVerticalSpacing(8)
    grid.setColumnStretch(0, 1)
    for spec in ACTIONS:
        if spec.menu.partition("/")[0] != menu or not spec.keys:
            continue
        row = grid.rowCount()
        if spec.id.startswith("face_"):
            # Nine alike are one line.
            if spec.argument == 1:
                _add(grid, row, translated("Select Face"), ("1", "…", str(FACE_KEYS)))
            continue
        action = actions[spec.id]
        _add(grid, row, translated(spec.text).rstrip(" …"), shown_keys(action))
    column.addLayout(grid)


def _add(grid: QGridLayout, row: int, text: str, keys: tuple[str, ...]) -> None:
    grid.addWidget(QLabel(text), row, 0)
    caps = QHBoxLayout()
    caps.setSpacing(4)
    caps.addStretch(1)
    for key in keys:
        cap = QLabel(key)
        cap.setAlignment(Qt.AlignmentFlag.AlignCenter)
        if key != "…":
            cap.setObjectName("KeyCap")
        caps.addWidget(cap)
    grid.addLayout(caps, row, 1)
