"""`frames.csv` of a stored session: what the live view would have written for the same results."""

from pathlib import Path

from ferqt.core.session_document import SessionDocument
from ferqt.outputs.events_csv import EVENTS_NAME, write_events
from ferqt.outputs.exports.base import ExportOptions
from ferqt.outputs.exports.text_table import write_table
from ferqt.outputs.frame_columns import FrameColumns
from ferqt.outputs.layout import RowLayout


def write_frames_csv(
    document: SessionDocument, path: Path, options: ExportOptions
) -> tuple[Path, ...]:
    """Write the table of frames, and `events.csv` beside it when there are markers.

    An older `events.csv` there is replaced even when there are none: it would tell of another
    session.

    Raises:
        OutputError: A file cannot be written, or a class is named like a column.
    """
    layout = RowLayout.of_table(document.table, blendshapes=options.blendshapes)
    write_table(path, FrameColumns.of(layout).columns(document.table))
    events = path.with_name(EVENTS_NAME)
    if not document.markers and not events.exists():
        return (path,)
    write_events(events, [(marker.time_s, marker) for marker in document.markers])
    return path, events
