"""`events.csv`: the moments that a person marked, a row each."""

from collections.abc import Iterable
from pathlib import Path
from typing import Final

from ferqt.core.markers import Marker
from ferqt.outputs.cells import row_bytes
from ferqt.outputs.whole_file import write_whole

EVENTS_NAME: Final = "events.csv"

_COLUMNS: Final = ("timestamp", "frame", "label", "note")


def write_events(path: Path, events: Iterable[tuple[float, Marker]]) -> None:
    """Write a table of markers, replacing an older one.

    Args:
        path: File to write.
        events: Time in s, on the clock of the table beside it, and marker.

    Raises:
        OutputError: It cannot be written.
    """
    rows = [row_bytes(_COLUMNS)]
    for time_s, marker in events:
        rows.append(row_bytes((f"{time_s:.6f}", str(marker.frame), marker.label, marker.note)))
    write_whole(path, b"".join(rows))
