"""Every action of the window, in one table.

Menus, keys, tool bar, the shortcut sheet and the check of `docs/keyboard.md` are made from it, so
that none of them can miss an action. Texts are marked here for translation and translated when the
actions are made.
"""

from collections.abc import Callable
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final, cast

from PySide6.QtCore import QT_TRANSLATE_NOOP

# For `lupdate -tr-function-alias QT_TRANSLATE_NOOP+=_N`; its stub says that it returns an object.
_N = cast("Callable[[str, str], str]", QT_TRANSLATE_NOOP)

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
            pictures, "seekable" when one must be able to go back and forth in it; "" when it can
            always be done.
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


MENUS: Final = (
    _N("Actions", "File"),
    _N("Actions", "Source"),
    _N("Actions", "View"),
    _N("Actions", "Model"),
    _N("Actions", "Help"),
)
ACTIONS: Final[tuple[ActionSpec, ...]] = (
    ActionSpec(
        "open",
        "File",
        _N("Actions", "Open File …"),
        "open_file",
        keys=("O", "Ctrl+O"),
        icon="open",
        tip=_N("Actions", "Open a video or a picture"),
    ),
    ActionSpec("open_folder", "File", _N("Actions", "Open Folder of Pictures …"), "open_folder"),
    ActionSpec(
        "open_url",
        "File",
        _N("Actions", "Open Stream …"),
        "open_url",
        keys=("Ctrl+U",),
        icon="link",
    ),
    ActionSpec(
        "close",
        "File",
        _N("Actions", "Close Source"),
        "close_source",
        keys=("Ctrl+W",),
        icon="close",
        needs="source",
    ),
    ActionSpec(
        "shot",
        "File",
        _N("Actions", "Screenshot"),
        "take_screenshot",
        keys=("S",),
        icon="shot",
        tip=_N("Actions", "Save the picture with its overlay"),
        section=True,
        needs="source",
    ),
    ActionSpec(
        "shot_clean",
        "File",
        _N("Actions", "Screenshot without Overlay"),
        "take_clean_screenshot",
        keys=("Shift+S",),
        needs="source",
    ),
    ActionSpec(
        "shots", "File", _N("Actions", "Show Screenshots"), "show_screenshots", icon="folder"
    ),
    ActionSpec(
        "quit",
        "File",
        _N("Actions", "Quit"),
        "quit",
        keys=("Q", "Ctrl+Q"),
        icon="quit",
        section=True,
    ),
    ActionSpec(
        "camera",
        "Source",
        _N("Actions", "Open Camera"),
        "open_camera",
        keys=("C",),
        icon="camera",
        tip=_N("Actions", "Open the first camera"),
    ),
    ActionSpec(
        "demo",
        "Source",
        _N("Actions", "Open Demo"),
        "open_demo",
        keys=("D",),
        icon="demo",
        tip=_N("Actions", "Two moving faces: no camera and no file needed"),
    ),
    ActionSpec(
        "pause",
        "Source",
        _N("Actions", "Pause or Resume"),
        "toggle_pause",
        keys=("Space",),
        icon="pause",
        tip=_N("Actions", "Hold the picture, or let it go on"),
        section=True,
        needs="moving",
    ),
    ActionSpec(
        "frame_back",
        "Source",
        _N("Actions", "Previous Frame"),
        "step",
        keys=(",",),
        icon="step-back",
        argument=-1,
        section=True,
        needs="seekable",
    ),
    ActionSpec(
        "frame_forward",
        "Source",
        _N("Actions", "Next Frame"),
        "step",
        keys=(".",),
        icon="step-forward",
        argument=1,
        needs="seekable",
    ),
    ActionSpec(
        "back_1",
        "Source",
        _N("Actions", "Back 1 s"),
        "seek_by",
        keys=("Shift+Left",),
        argument=-1.0,
        needs="seekable",
    ),
    ActionSpec(
        "on_1",
        "Source",
        _N("Actions", "Forward 1 s"),
        "seek_by",
        keys=("Shift+Right",),
        argument=1.0,
        needs="seekable",
    ),
    ActionSpec(
        "back_5",
        "Source",
        _N("Actions", "Back 5 s"),
        "seek_by",
        keys=("Left",),
        argument=-5.0,
        needs="seekable",
    ),
    ActionSpec(
        "on_5",
        "Source",
        _N("Actions", "Forward 5 s"),
        "seek_by",
        keys=("Right",),
        argument=5.0,
        needs="seekable",
    ),
    ActionSpec(
        "start",
        "Source",
        _N("Actions", "To the Start"),
        "to_start",
        keys=("Home",),
        icon="to-start",
        needs="seekable",
    ),
    ActionSpec(
        "end",
        "Source",
        _N("Actions", "To the End"),
        "to_end",
        keys=("End",),
        icon="to-end",
        needs="seekable",
    ),
    ActionSpec(
        "bars",
        "View",
        _N("Actions", "All Expressions"),
        "show_bars",
        keys=("A",),
        icon="bars",
        checkable=True,
    ),
    ActionSpec(
        "landmarks",
        "View",
        _N("Actions", "Landmarks"),
        "show_landmarks",
        keys=("L",),
        icon="landmarks",
        checkable=True,
    ),
    ActionSpec(
        "pose",
        "View",
        _N("Actions", "Head Pose"),
        "show_pose",
        keys=("P",),
        icon="pose",
        checkable=True,
    ),
    ActionSpec(
        "mirror",
        "View",
        _N("Actions", "Mirror Cameras"),
        "mirror_cameras",
        icon="mirror",
        checkable=True,
    ),
    *(
        ActionSpec(
            f"face_{number}",
            "View/Select Face",
            _N("Actions", "Face {0}"),
            "select_face",
            keys=(str(number),),
            argument=number,
            section=number == 1,
        )
        for number in range(1, FACE_KEYS + 1)
    ),
    ActionSpec(
        "no_face",
        "View/Select Face",
        _N("Actions", "No Face"),
        "select_no_face",
        keys=("0",),
        section=True,
    ),
    ActionSpec(
        "full_screen",
        "View",
        _N("Actions", "Full Screen"),
        "show_full_screen",
        keys=("F", "F11"),
        icon="fullscreen",
        checkable=True,
        section=True,
    ),
    ActionSpec(
        "leave",
        "View",
        _N("Actions", "Leave Full Screen, or Quit"),
        "leave_full_screen",
        keys=("Esc",),
    ),
    *(
        ActionSpec(
            f"theme_{choice}",
            "View/Theme",
            text,
            "choose_theme",
            argument=choice,
            checkable=True,
            group="theme",
            section=choice == "dark",
        )
        for choice, text in (
            ("dark", _N("Actions", "Dark")),
            ("light", _N("Actions", "Light")),
            ("system", _N("Actions", "As the Desktop")),
        )
    ),
    ActionSpec(
        "next_model",
        "Model",
        _N("Actions", "Next Model"),
        "next_model",
        keys=("M",),
        icon="model",
        argument=1,
    ),
    ActionSpec(
        "previous_model",
        "Model",
        _N("Actions", "Previous Model"),
        "next_model",
        keys=("Shift+M",),
        argument=-1,
    ),
    ActionSpec(
        "rescan", "Model", _N("Actions", "Look for Models Again"), "rescan_models", icon="refresh"
    ),
    *(
        ActionSpec(
            f"detector_{detector}",
            "Model/Face Detector",
            text,
            "choose_detector",
            argument=detector,
            checkable=True,
            group="detector",
            section=detector == "mediapipe",
        )
        for detector, text in (
            ("mediapipe", _N("Actions", "MediaPipe, near and far faces")),
            ("haar", _N("Actions", "OpenCV Haar cascade")),
            ("opencv-dnn", _N("Actions", "OpenCV DNN (SSD)")),
        )
    ),
    ActionSpec(
        "shortcuts",
        "Help",
        _N("Actions", "Keyboard Shortcuts"),
        "show_shortcuts",
        keys=("?", "F1"),
        icon="keyboard",
    ),
    ActionSpec(
        "about", "Help", _N("Actions", "About ferqt"), "show_about", icon="info", section=True
    ),
)
"""Every action, in the order of the menus."""
FILLED_LATER: Final = MappingProxyType(
    {
        "open_url": _N("Actions", "File/Open Recent"),
        "camera": _N("Actions", "Source/Cameras"),
        "theme_system": _N("Actions", "View/Panels"),
    }
)
"""Submenus whose entries are known at run time only, by the action that they come after."""
