"""The sheet of keyboard shortcuts, made from the table of actions."""

import itertools
from collections.abc import Mapping, Sequence
from typing import Final

from PySide6.QtCore import Qt, QTimer
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

from ferqt.ui.action_rows.spec import N
from ferqt.ui.action_table import ACTIONS, FACE_KEYS, MENUS
from ferqt.ui.actions import translated
from ferqt.ui.theme import strong_font

_COLUMNS: Final = 3
_HEADING_ROWS: Final = 2
"""How many rows a menu's heading and the gap above it are worth."""

_NINE_FACES: Final = N("Actions", "Select Face")

_Line = tuple[str, tuple[str, ...]]


class ShortcutSheet(QDialog):
    """All keys at a glance; it follows keys that are changed while it is open."""

    def __init__(self, actions: Mapping[str, QAction], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._actions = actions
        self.setWindowTitle(self.tr("Keyboard Shortcuts"))
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setAccessibleName(self.tr("Keys"))
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        outside = QVBoxLayout(self)
        outside.setContentsMargins(24, 24, 24, 16)
        outside.setSpacing(16)
        outside.addWidget(self._area, 1)
        outside.addWidget(buttons)
        # A change of several keys comes as several signals.
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self._fill)
        for action in actions.values():
            action.changed.connect(self._soon.start)
        self._fill()
        hint = self._columns.sizeHint()
        self.resize(hint.width() + 64, min(hint.height() + 96, self._highest()))

    def _highest(self) -> int:
        """How high it may be on this screen."""
        return self.screen().availableGeometry().height() - 80

    def _fill(self) -> None:
        columns = QWidget()
        line = QHBoxLayout(columns)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(40)
        contents = {menu: _lines(menu, self._actions) for menu in MENUS}
        for menus in _balanced({menu: len(lines) for menu, lines in contents.items() if lines}):
            column = QVBoxLayout()
            column.setSpacing(8)
            for menu in menus:
                if column.count():
                    column.addSpacing(16)
                _add_menu(column, translated(menu), contents[menu])
            column.addStretch(1)
            line.addLayout(column)
        self._columns = columns
        self._area.setWidget(columns)


def shown_keys(action: QAction) -> tuple[str, ...]:
    """Return an action's keys as the sheet shows them."""
    return tuple(key.toString(QKeySequence.SequenceFormat.NativeText) for key in action.shortcuts())


def _lines(menu: str, actions: Mapping[str, QAction]) -> list[_Line]:
    """Return the entries of a menu that have keys, with them."""
    lines: list[_Line] = []
    faces = [shown_keys(actions[f"face_{number}"]) for number in range(1, FACE_KEYS + 1)]
    alike = all(keys == (str(number),) for number, keys in enumerate(faces, start=1))
    for spec in ACTIONS:
        keys = shown_keys(actions[spec.id])
        if spec.menu.partition("/")[0] != menu or not keys:
            continue
        if alike and spec.id.startswith("face_"):
            # Nine alike are one line.
            if spec.argument == 1:
                lines.append((translated(_NINE_FACES), ("1", "…", str(FACE_KEYS))))
            continue
        lines.append((translated(spec.text).format(spec.argument).rstrip(" …"), keys))
    return lines


def _balanced(lengths: Mapping[str, int]) -> list[list[str]]:
    """Share the menus, in their order, between columns of which the longest is short."""
    menus = list(lengths)
    ends = range(1, len(menus))
    divided = (
        [menus[start:end] for start, end in itertools.pairwise((0, *chosen, len(menus)))]
        for chosen in itertools.combinations(ends, min(_COLUMNS, len(menus)) - 1)
    )
    return min(
        divided,
        key=lambda columns: max(
            sum(_HEADING_ROWS + lengths[menu] for menu in column) for column in columns
        ),
    )


def _add_menu(column: QVBoxLayout, title: str, lines: Sequence[_Line]) -> None:
    heading = QLabel(title)
    heading.setFont(strong_font(heading.font()))
    column.addWidget(heading)
    grid = QGridLayout()
    grid.setHorizontalSpacing(24)
    grid.setVerticalSpacing(8)
    grid.setColumnStretch(0, 1)
    for row, (text, keys) in enumerate(lines):
        grid.addWidget(QLabel(text), row, 0)
        grid.addLayout(key_caps(keys), row, 1)
    column.addLayout(grid)


def key_caps(keys: Sequence[str]) -> QHBoxLayout:
    """Return keys drawn as the caps of a keyboard, flush right."""
    caps = QHBoxLayout()
    caps.setSpacing(4)
    caps.addStretch(1)
    for key in keys:
        cap = QLabel(key)
        cap.setAlignment(Qt.AlignmentFlag.AlignCenter)
        if key != "…":
            cap.setObjectName("KeyCap")
        caps.addWidget(cap)
    return caps
