"""Text tables that data sets come with, read row by row, each failure one clear error."""

import csv
import lzma
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from ferqt.errors import FerqtError


@contextmanager
def open_text(path: Path) -> Iterator[TextIO]:
    """Open an ASCII file, plain or xz.

    Raises:
        FerqtError: The file is missing, damaged or no text, found now or while it is read.
    """
    try:
        if path.suffix == ".xz":
            with lzma.open(path, "rt", encoding="ascii", newline="") as text:
                yield text
        else:
            with path.open(encoding="ascii", newline="") as text:
                yield text
    except (OSError, EOFError, lzma.LZMAError, UnicodeDecodeError, csv.Error) as error:
        raise FerqtError(f"cannot read {path}: {error}", "Download the file again.") from error


def read_records(path: Path, columns: Sequence[str]) -> Iterator[tuple[int, Mapping[str, str]]]:
    """Yield the rows of a CSV file, numbered from 0, with the wanted columns alone.

    Args:
        path: The file, plain or xz.
        columns: Columns that it must have; others may stand beside them, in any order.

    Yields:
        Number of the row and text by column, "" where the row ends early.

    Raises:
        FerqtError: The file cannot be read or lacks a column.
    """
    with open_text(path) as text:
        # Kaggle's later copy of FER2013 has blanks behind the commas of its head.
        reader = csv.DictReader(text, skipinitialspace=True)
        missing = [name for name in columns if name not in (reader.fieldnames or ())]
        if missing:
            raise FerqtError(
                f"{path.name} has no column {', '.join(missing)}",
                f"Expected the columns {', '.join(columns)}.",
            )
        for row, record in enumerate(reader):
            yield row, {name: record[name] or "" for name in columns}
