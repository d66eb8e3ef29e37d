"""File: open, keep, set and quit."""

from typing import Final

from ferqt.ui.action_rows.spec import ActionSpec, N

ROWS: Final = (
    ActionSpec(
        "open",
        "File",
        N("Actions", "Open File …"),
        "open_file",
        keys=("O", "Ctrl+O"),
        icon="open",
        tip=N("Actions", "Open a video or a picture"),
    ),
    ActionSpec("open_folder", "File", N("Actions", "Open Folder of Pictures …"), "open_folder"),
    ActionSpec(
        "open_url",
        "File",
        N("Actions", "Open Stream …"),
        "open_url",
        keys=("Ctrl+U",),
        icon="link",
    ),
    ActionSpec(
        "close",
        "File",
        N("Actions", "Close Source"),
        "close_source",
        keys=("Ctrl+W",),
        icon="close",
        needs="source",
    ),
    ActionSpec(
        "shot",
        "File",
        N("Actions", "Screenshot"),
        "take_screenshot",
        keys=("S",),
        icon="shot",
        tip=N("Actions", "Save the picture with its overlay"),
        section=True,
        needs="source",
    ),
    ActionSpec(
        "shot_clean",
        "File",
        N("Actions", "Screenshot without Overlay"),
        "take_clean_screenshot",
        keys=("Shift+S",),
        needs="source",
    ),
    ActionSpec(
        "copy",
        "File",
        N("Actions", "Copy Picture"),
        "copy_picture",
        keys=("Ctrl+Shift+C",),
        icon="copy",
        tip=N("Actions", "Put the picture with its overlay on the clipboard"),
        needs="source",
    ),
    ActionSpec(
        "shots", "File", N("Actions", "Show Screenshots"), "show_screenshots", icon="folder"
    ),
    ActionSpec(
        "settings",
        "File",
        N("Actions", "Settings …"),
        "show_settings",
        keys=("Ctrl+,",),
        icon="settings",
        section=True,
    ),
    ActionSpec(
        "quit",
        "File",
        N("Actions", "Quit"),
        "quit",
        keys=("Q", "Ctrl+Q"),
        icon="quit",
        section=True,
    ),
)
