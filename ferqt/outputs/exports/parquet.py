"""The table of frames as Parquet: the columns of `frames.csv` with their types."""

import json
from pathlib import Path
from typing import Any, Final

import numpy as np

from ferqt.core.session_document import SessionDocument
from ferqt.outputs.cells import Column
from ferqt.outputs.exports.base import ExportOptions
from ferqt.outputs.frame_columns import FrameColumns
from ferqt.outputs.layout import RowLayout
from ferqt.outputs.whole_file import whole_file

_GROUP_ROWS: Final = 65_536


def write_parquet(
    document: SessionDocument, path: Path, options: ExportOptions
) -> tuple[Path, ...]:
    """Write the table of frames with typed columns, nulls and all that is known of the session.

    Raises:
        OutputError: The file cannot be written, or a class is named like a column.
    """
    import pyarrow as pa
    from pyarrow import parquet

    layout = RowLayout.of_table(document.table, blendshapes=options.blendshapes)
    columns = FrameColumns.of(layout).columns(document.table)
    table = pa.table(
        [_array(column) for column in columns],
        schema=pa.schema(
            [pa.field(column.name, _type(column)) for column in columns],
            metadata={key: _text(value) for key, value in _about(document).items()},
        ),
    )
    with whole_file(path) as file:
        parquet.write_table(table, file, compression="zstd", row_group_size=_GROUP_ROWS)
    return (path,)


def _array(column: Column) -> Any:
    import pyarrow as pa

    missing = column.missing
    if missing is None:
        # An empty cell means "not known" in a table of texts too.
        texts = [_text(text) or None for text in column.values]
        return pa.array(texts, pa.string())
    values = np.ascontiguousarray(column.values)
    return pa.array(values, mask=missing if missing.any() else None)


def _type(column: Column) -> Any:
    import pyarrow as pa

    if isinstance(column.values, np.ndarray):
        return pa.from_numpy_dtype(column.values.dtype)
    return pa.string()


def _about(document: SessionDocument) -> dict[str, str]:
    """What somebody needs to judge the table, as JSON by key."""
    told = {
        "ferqt": document.facts,
        "ferqt_title": document.title,
        "ferqt_notes": document.notes,
        "ferqt_tags": list(document.tags),
        "ferqt_excluded": [[one.start_s, one.end_s] for one in document.excluded],
        "ferqt_markers": [
            {
                "timestamp": marker.time_s,
                "frame": marker.frame,
                "label": marker.label,
                "note": marker.note,
            }
            for marker in document.markers
        ],
    }
    return {key: json.dumps(value, ensure_ascii=False, default=dict) for key, value in told.items()}


def _text(text: str) -> str:
    # A file name that is no text keeps its odd bytes as \udcXX: Parquet's texts are UTF-8.
    return text.encode("utf-8", errors="backslashreplace").decode()
