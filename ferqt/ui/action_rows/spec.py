"""What one action is."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, cast

from PySide6.QtCore import QT_TRANSLATE_NOOP

# For `lupdate -tr-function-alias QT_TRANSLATE_NOOP+=N`; its stub says that it returns an object.
N = cast("Callable[[str, str], str]", QT_TRANSLATE_NOOP)

FACE_KEYS: Final = 9
"""Faces that have a key of their own."""


@dataclass(frozen=True, slots=True)
class ActionSpec:
    """One action.

    Attributes:
        id: Name in the program.
        menu: Menu that holds it, "Menu" or "Menu/Submenu".
        text: Entry in the menu.
        handler: Method of `Commands` that does it. It gets `argument` if there is one, or whether
            the entry is checked if `checkable` without one.
        keys: Shortcuts, the first is shown.
        icon: Name of a drawing, "" for none.
        tip: What it does, where the text does not say all; "" otherwise.
        argument: Handed to the handler.
        checkable: Can be on or off.
        group: Only one action of a group is on; "" for none.
        section: Begins a new section of its menu.
        needs: "source" when something must be open for it, "moving" when that must be more than
            pictures, "seekable" when one must be able to go back and forth in it, "timed" when in
            time, "sound" when it must have some, "read" when it must be moving and read now instead
            of shown with stored readings, "recorded" when it must have an end, "face" when a face
            must be selected, "read_face" when one that is read now, "session" when a stored session
            must be open, "session_film" when one of a film; "" when it can always be done.
    """

    id: str
    menu: str
    text: str
    handler: str
    keys: tuple[str, ...] = ()
    icon: str = ""
    tip: str = ""
    argument: float | str | None = None
    checkable: bool = False
    group: str = ""
    section: bool = False
    needs: str = ""
