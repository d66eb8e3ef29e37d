"""Makes the actions, menus and keys from the table."""

from collections.abc import Collection, Mapping, Sequence
from typing import Final

from PySide6.QtCore import QCoreApplication, QObject
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMenu, QMenuBar, QWidget

from ferqt.ui.action_rows.spec import N
from ferqt.ui.action_table import ACTIONS, FILLED_LATER, MENUS, ActionSpec
from ferqt.ui.icons import icon
from ferqt.ui.tokens import Tokens

_CONTEXT: Final = "Actions"

SUBMENUS: Final = (
    N("Actions", "Cameras"),
    N("Actions", "Compare With"),
    N("Actions", "Face"),
    N("Actions", "Face Detector"),
    N("Actions", "Open Recent"),
    N("Actions", "Panels"),
    N("Actions", "Playback"),
    N("Actions", "Theme"),
)
"""Names of the submenus, for the translators: in the table they stand within paths."""


def translated(text: str) -> str:
    """Return a text of the table in the user's language."""
    return QCoreApplication.translate(_CONTEXT, text)


def build_actions(commands: Sequence[QObject], window: QWidget) -> dict[str, QAction]:
    """Make the actions and connect them to their handlers.

    They are added to the window itself, so that their keys work while the menu bar is hidden.

    Args:
        commands: Among them have a method for every handler of the table.
        window: Owns the actions.
    """
    actions: dict[str, QAction] = {}
    groups: dict[str, QActionGroup] = {}
    for spec in ACTIONS:
        action = QAction(_text(spec), window)
        action.setObjectName(spec.id)
        action.setCheckable(spec.checkable)
        # A check mark and an icon would share one place.
        action.setIconVisibleInMenu(not spec.checkable)
        set_keys(action, spec, spec.keys)
        if spec.group:
            groups.setdefault(spec.group, QActionGroup(window)).addAction(action)
        owner = next(one for one in commands if hasattr(one, spec.handler))
        handler = getattr(owner, spec.handler)
        if spec.argument is not None:
            action.triggered.connect(lambda _=False, call=handler, to=spec.argument: call(to))
        elif spec.checkable:
            action.triggered.connect(handler)
        else:
            action.triggered.connect(lambda _=False, call=handler: call())
        window.addAction(action)
        actions[spec.id] = action
    return actions


def set_keys(action: QAction, spec: ActionSpec, keys: Sequence[str]) -> None:
    """Give an action its keys; menus show them by themselves, the tool tip is told them here."""
    action.setShortcuts([QKeySequence(key) for key in keys])
    action.setToolTip(_tip(spec, action))


def action_title(spec: ActionSpec) -> str:
    """Return what an action is called where its menu is not seen, with the submenu's name."""
    title = _text(spec).rstrip(" …")
    below = spec.menu.partition("/")[2]
    return f"{translated(below)}: {title}" if below else title


def build_menus(bar: QMenuBar, actions: Mapping[str, QAction]) -> dict[str, QMenu]:
    """Fill a menu bar from the table and return its menus by their path."""
    menus = {str(name): bar.addMenu(translated(str(name))) for name in MENUS}
    for spec in ACTIONS:
        name, _, below = spec.menu.partition("/")
        if below and spec.menu not in menus:
            if spec.section:
                menus[name].addSeparator()
            menus[spec.menu] = menus[name].addMenu(translated(below))
        elif spec.section:
            menus[spec.menu].addSeparator()
        menus[spec.menu].addAction(actions[spec.id])
        later = FILLED_LATER.get(spec.id)
        if later is not None:
            name, _, below = str(later).partition("/")
            menus[str(later)] = menus[name].addMenu(translated(below))
    return menus


def enable_actions(actions: Mapping[str, QAction], available: Collection[str]) -> None:
    """Enable what can be done now.

    Args:
        actions: By id.
        available: What there is of the things that actions need (`ActionSpec.needs`).
    """
    for spec in ACTIONS:
        actions[spec.id].setEnabled(not spec.needs or spec.needs in available)


def color_actions(actions: Mapping[str, QAction], tokens: Tokens) -> None:
    """Give the actions their icons in the colors of a theme."""
    for spec in ACTIONS:
        if spec.icon:
            actions[spec.id].setIcon(icon(spec.icon, tokens))


def _text(spec: ActionSpec) -> str:
    """Return the entry's text, with the argument where the text has a place for it."""
    return translated(spec.text).format(spec.argument)


def _tip(spec: ActionSpec, action: QAction) -> str:
    text = translated(spec.tip) if spec.tip else action.text().rstrip(" …")
    key = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
    return f"{text} ({key})" if key else text
