"""Writes a table of text whole, a piece of rows after the other."""

from collections.abc import Sequence
from pathlib import Path

from ferqt.outputs.cells import Column, table_pieces
from ferqt.outputs.whole_file import whole_file


def write_table(
    path: Path, columns: Sequence[Column], *, delimiter: str = ",", head: str = ""
) -> None:
    """Write a table, replacing an older file.

    Args:
        path: File to write.
        columns: All with the same number of rows.
        delimiter: Between the cells.
        head: What stands before the names of the columns; ends with a line feed.

    Raises:
        OutputError: It cannot be written; an older file stays.
    """
    with whole_file(path) as file:
        file.write(head.encode("utf-8", errors="backslashreplace"))
        for piece in table_pieces(columns, delimiter):
            file.write(piece)


def one_line(text: str) -> str:
    """Return a text without line breaks, tabs and other control characters: a cell of one line."""
    return " ".join("".join(one if one.isprintable() else " " for one in text).split())
