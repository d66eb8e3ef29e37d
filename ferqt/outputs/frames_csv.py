"""`frames.csv`: a tidy table with a row for each frame and face.

UTF-8 without a mark, commas, quotes as RFC 4180 says, lines ended by a line feed, the period as the
decimal sign whatever the locale. docs/formats.md describes the columns.
"""

from collections.abc import Sequence
from pathlib import Path

from ferqt.core.closing import Closing
from ferqt.core.types import FrameResult
from ferqt.errors import OutputError
from ferqt.outputs.cells import row_bytes
from ferqt.outputs.frame_columns import FrameColumns
from ferqt.outputs.layout import RowLayout
from ferqt.outputs.row_file import RowFile


class FramesCsv(Closing):
    """Writes `frames.csv`, the rows of a frame at once and straight to disk.

    Used by one thread.

    Args:
        path: File to write.
        layout: What the rows tell. Of a result that it does not take, classes without a column
            are left out and columns without a value stay empty.
        overwrite: Replace an older file.

    Raises:
        OutputError: The file cannot be written, is there already, or a class has a column's name.
    """

    def __init__(self, path: Path, layout: RowLayout, overwrite: bool = False) -> None:
        self._columns = FrameColumns.of(layout)
        self._file = RowFile(path, overwrite=overwrite)
        try:
            self._append([self._columns.names])
        except OutputError:
            self._file.discard()
            raise

    def write(self, result: FrameResult) -> None:
        """Write a row for each face, or one with `success` 0 when there is none."""
        self._append(self._columns.rows(result))

    def _append(self, rows: Sequence[Sequence[str]]) -> None:
        self._file.append(b"".join(row_bytes(row) for row in rows))

    def close(self) -> None:
        """Close the file; harmless when repeated."""
        self._file.close()
