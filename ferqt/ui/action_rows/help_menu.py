"""Help: what there is to read."""

from typing import Final

from ferqt.ui.action_rows.spec import ActionSpec, N

ROWS: Final = (
    ActionSpec("guide", "Help", N("Actions", "Guide"), "show_guide", keys=("F1",), icon="book"),
    ActionSpec(
        "shortcuts",
        "Help",
        N("Actions", "Keyboard Shortcuts"),
        "show_shortcuts",
        keys=("?",),
        icon="keyboard",
    ),
    ActionSpec(
        "privacy",
        "Help",
        N("Actions", "Privacy and Law"),
        "show_privacy",
        section=True,
    ),
    ActionSpec("licenses", "Help", N("Actions", "Licenses"), "show_licenses"),
    ActionSpec(
        "about", "Help", N("Actions", "About ferqt"), "show_about", icon="info", section=True
    ),
)
