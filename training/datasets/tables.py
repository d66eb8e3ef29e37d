"""Text tables that data sets come with, read row by row, each failure one clear error."""

import csv
import lzma
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from ferqt.errors import FerqtError
from training.datasets.pictures import Place


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
    with _open_text(path) as text:
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


def read_words(place: Place) -> Iterator[tuple[int, list[str]]]:
    """Yield the words of each line of a text file, lines numbered from 1, empty ones passed over.

    Raises:
        FerqtError: The file cannot be read.
    """
    with _open_text(place) as text:
        for line, content in enumerate(text, start=1):
            if words := content.split():
                yield line, words


@contextmanager
def _open_text(place: Place) -> Iterator[TextIO]:
    """Open an ASCII file, plain, xz or in a .zip; what fails while it is read is clear, too."""
    try:
        if isinstance(place, Path) and place.suffix == ".xz":
            with lzma.open(place, "rt", encoding="ascii", newline="") as text:
                yield text
        else:
            with place.open("r", encoding="ascii", newline="") as text:
                yield text
    except (
        OSError,
        EOFError,
        lzma.LZMAError,
        zipfile.BadZipFile,
        UnicodeDecodeError,
        csv.Error,
    ) as error:
        raise FerqtError(f"cannot read {place}: {error}", "Download the file again.") from error
