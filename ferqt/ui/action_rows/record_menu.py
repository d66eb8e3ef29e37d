"""Record: recordings and markers."""

from typing import Final

from ferqt.ui.action_rows.spec import ActionSpec, N

ROWS: Final = (
    ActionSpec(
        "record",
        "Record",
        N("Actions", "Record"),
        "record",
        keys=("R",),
        icon="record",
        tip=N("Actions", "Record video and table, or stop"),
        needs="read",
    ),
    ActionSpec(
        "record_as",
        "Record",
        N("Actions", "Record As …"),
        "record_as",
        tip=N("Actions", "Choose folder, overlay and countdown, and record"),
        needs="read",
    ),
    ActionSpec(
        "record_overlay",
        "Record",
        N("Actions", "With the Overlay in the Video"),
        "record_overlay",
        checkable=True,
    ),
    ActionSpec(
        "marker",
        "Record",
        N("Actions", "Event Marker …"),
        "add_marker",
        keys=("E",),
        icon="marker",
        tip=N("Actions", "Mark this moment and say what happens"),
        section=True,
        needs="moving",
    ),
    ActionSpec(
        "recordings",
        "Record",
        N("Actions", "Show Recordings"),
        "show_recordings",
        icon="folder",
        section=True,
    ),
)
