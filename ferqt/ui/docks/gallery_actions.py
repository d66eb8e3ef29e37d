"""What can be done with chosen pictures: the same in the gallery and in its viewer."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, cast

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication, QKeyCombination, QObject, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence

_N = cast("Callable[[str, str], str]", QT_TRANSLATE_NOOP)
_CONTEXT: Final = "Gallery"


class FileAction(StrEnum):
    """What is to be done."""

    VIEW = "view"
    COPY = "copy"
    SAVE = "save"
    REVEAL = "reveal"
    OUTSIDE = "outside"
    REMOVE = "remove"


@dataclass(frozen=True, slots=True)
class _Spec:
    action: FileAction
    text: str
    icon: str
    keys: str = ""
    single: bool = False


_SPECS: Final = (
    _Spec(FileAction.VIEW, _N("Gallery", "Open"), "open", "Return"),
    _Spec(FileAction.COPY, _N("Gallery", "Copy"), "copy", "Ctrl+C"),
    _Spec(FileAction.SAVE, _N("Gallery", "Save a Copy …"), "save", "Ctrl+S"),
    _Spec(FileAction.REVEAL, _N("Gallery", "Show in File Manager"), "folder"),
    _Spec(FileAction.OUTSIDE, _N("Gallery", "Open in Another Program"), "outside", single=True),
    _Spec(FileAction.REMOVE, _N("Gallery", "Move to Trash"), "trash", "Del"),
)


class GalleryActions(QObject):
    """The actions as Qt has them, with their keys."""

    requested = Signal(object)
    """The `FileAction` that the person asks for."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._actions: dict[FileAction, QAction] = {}
        for spec in _SPECS:
            action = QAction(QCoreApplication.translate(_CONTEXT, spec.text), self)
            tip = action.text().rstrip(" …")
            if spec.keys:
                action.setShortcut(spec.keys)
                # The list and the viewer give the keys their meaning where they have the keyboard;
                # here they are only told, or they would be in force in the whole window.
                action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
                keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
                tip = f"{tip} ({keys})"
            action.setToolTip(tip)
            action.triggered.connect(lambda _=False, which=spec.action: self.requested.emit(which))
            self._actions[spec.action] = action

    def action(self, which: FileAction) -> QAction:
        """Return an action."""
        return self._actions[which]

    @property
    def in_order(self) -> tuple[tuple[QAction, str], ...]:
        """Every action with the name of its icon."""
        return tuple((self._actions[spec.action], spec.icon) for spec in _SPECS)

    def of_key(self, event: QKeyEvent) -> QAction | None:
        """Return the action that a key means; None if it means none."""
        key = Qt.Key.Key_Return if event.key() == Qt.Key.Key_Enter else Qt.Key(event.key())
        modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        pressed = QKeySequence(QKeyCombination(modifiers, key))
        return next((one for one in self._actions.values() if one.shortcut() == pressed), None)

    def enable(self, chosen: int) -> None:
        """Offer what can be done with so many pictures."""
        for spec in _SPECS:
            self._actions[spec.action].setEnabled(chosen == 1 if spec.single else chosen > 0)
