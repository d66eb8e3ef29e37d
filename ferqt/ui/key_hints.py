"""A line that tells the keys of a few actions."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QTimer
from PySide6.QtGui import QAction, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QWidget

_GAP_PX: Final = 20


class KeyHints(QWidget):
    """Keys as caps, each with the name of its action; follows keys that are changed.

    Where there is little room, the last ones are left out.
    """

    def __init__(self, actions: Sequence[QAction], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._actions = tuple(actions)
        self._told: list[tuple[str, str]] = []
        self._hints: list[QWidget] = []
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._line = QHBoxLayout(self)
        self._line.setContentsMargins(0, 0, 0, 0)
        self._line.setSpacing(_GAP_PX)
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self._fill)
        for action in self._actions:
            action.changed.connect(self._soon.start)
        self._fill()

    def _fill(self) -> None:
        native = QKeySequence.SequenceFormat.NativeText
        told = [
            (action.shortcut().toString(native), action.iconText())
            for action in self._actions
            if not action.shortcut().isEmpty()
        ]
        if told == self._told:
            return
        self._told = told
        while (item := self._line.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        self._line.addStretch(1)
        self._hints = [_hint(key, text) for key, text in told]
        for hint in self._hints:
            self._line.addWidget(hint)
        self._line.addStretch(1)
        self._show_what_fits()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Leave out what has no room."""
        super().resizeEvent(event)
        self._show_what_fits()

    def _show_what_fits(self) -> None:
        taken = 0
        for hint in self._hints:
            taken += hint.sizeHint().width() + _GAP_PX
            hint.setVisible(taken <= self.width() + _GAP_PX)


def _hint(key: str, text: str) -> QWidget:
    hint, cap, name = QWidget(), QLabel(key), QLabel(text)
    cap.setObjectName("KeyCap")
    name.setObjectName("Muted")
    line = QHBoxLayout(hint)
    line.setContentsMargins(0, 0, 0, 0)
    line.setSpacing(8)
    line.addWidget(cap)
    line.addWidget(name)
    return hint
