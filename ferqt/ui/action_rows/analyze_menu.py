"""Analyze: recorded material, its sessions and what comes of them."""

from typing import Final

from ferqt.ui.action_rows.spec import ActionSpec, N

ROWS: Final = (
    ActionSpec(
        "analysis",
        "Analyze",
        N("Actions", "Queue and Library"),
        "show_analysis",
        keys=("Ctrl+Shift+A",),
        icon="timeline",
        tip=N("Actions", "Show the queue of analyses and the library of sessions, or go back"),
    ),
    ActionSpec(
        "analyze_source",
        "Analyze",
        N("Actions", "Analyze This Source"),
        "analyze_source",
        tip=N("Actions", "Put the open video or pictures into the queue"),
        needs="recorded",
    ),
    ActionSpec(
        "open_session",
        "Analyze",
        N("Actions", "Open Session …"),
        "open_session",
        tip=N("Actions", "Open a session that lies outside the library"),
        section=True,
    ),
    ActionSpec(
        "close_session",
        "Analyze",
        N("Actions", "Close Session"),
        "close_session",
        needs="session",
    ),
    ActionSpec(
        "export_session",
        "Analyze",
        N("Actions", "Export …"),
        "export_session",
        icon="save",
        tip=N("Actions", "Write the session's readings for other programs, or a report"),
        section=True,
        needs="session",
    ),
    ActionSpec(
        "annotated_video",
        "Analyze",
        N("Actions", "Annotated Video …"),
        "write_annotated_video",
        tip=N("Actions", "Write the session's film with its readings, or with blurred faces"),
        needs="session_film",
    ),
    ActionSpec(
        "exclude_range",
        "Analyze",
        N("Actions", "Leave Range Out"),
        "exclude_range",
        tip=N("Actions", "Leave the marked range out of statistics"),
        section=True,
        needs="session",
    ),
    ActionSpec(
        "include_range",
        "Analyze",
        N("Actions", "Count Range Again"),
        "include_range",
        needs="session",
    ),
)
