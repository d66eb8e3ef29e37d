"""Every action of the window, in one table.

Menus, keys, tool bar, the shortcut sheet and the check of `docs/keyboard.md` are made from it, so
that none of them can miss an action. Texts are marked for translation in the rows and translated
when the actions are made.
"""

from types import MappingProxyType
from typing import Final

from ferqt.ui.action_rows import (
    analyze_menu,
    file_menu,
    help_menu,
    model_menu,
    record_menu,
    source_menu,
    view_menu,
)
from ferqt.ui.action_rows.spec import FACE_KEYS, ActionSpec, N

__all__ = ["ACTIONS", "FACE_KEYS", "FILLED_LATER", "MENUS", "ActionSpec"]

MENUS: Final = (
    N("Actions", "File"),
    N("Actions", "Source"),
    N("Actions", "View"),
    N("Actions", "Model"),
    N("Actions", "Record"),
    N("Actions", "Analyze"),
    N("Actions", "Help"),
)
ACTIONS: Final[tuple[ActionSpec, ...]] = (
    *file_menu.ROWS,
    *source_menu.ROWS,
    *view_menu.ROWS,
    *model_menu.ROWS,
    *record_menu.ROWS,
    *analyze_menu.ROWS,
    *help_menu.ROWS,
)
"""Every action, in the order of the menus."""
FILLED_LATER: Final = MappingProxyType(
    {
        "open_url": N("Actions", "File/Open Recent"),
        "camera": N("Actions", "Source/Cameras"),
        "theme_system": N("Actions", "View/Panels"),
        "previous_model": N("Actions", "Model/Compare With"),
    }
)
"""Submenus whose entries are known at run time only, by the action that they come after."""
