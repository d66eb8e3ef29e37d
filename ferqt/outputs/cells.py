"""What stands in the cells of a table: one way for rows of the live view and for stored columns."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt

Values = npt.NDArray[Any] | Sequence[str]

_CHUNK: Final = 8192
"""Rows that are put into words at once: a few MB, however long the table is."""


def number_cell(value: float | None, decimals: int) -> str:
    """Return a number with a fixed count of decimals, "" when it is not known."""
    # Adding 0.0 turns the negative zero that rounding can leave into a plain one.
    return "" if value is None else f"{round(value, decimals) + 0.0:.{decimals}f}"


def text_cell(text: str, delimiter: str = ",") -> str:
    """Return a text as it stands in a table, in quotes where RFC 4180 wants them.

    The csv module would leave a carriage return without them, at which readers break the line.
    """
    if delimiter in text or '"' in text or "\n" in text or "\r" in text:
        return '"' + text.replace('"', '""') + '"'
    return text


def row_bytes(cells: Sequence[str], delimiter: str = ",") -> bytes:
    """Return a row of two cells or more as the bytes of a file."""
    return _encoded(delimiter.join(text_cell(cell, delimiter) for cell in cells) + "\n")


@dataclass(frozen=True, slots=True, eq=False)
class Column:
    """One column of a table that is written at once.

    Attributes:
        name: Of the column.
        values: One a row: numbers, where NaN means "not known", or texts.
        decimals: Of a number; None for texts.
        known: False where a whole number or a flag, which have no NaN, is not known; None when all
            are.
        unknown: What stands in the cell of a number that is not known, a text for each row; None
            for an empty cell.
    """

    name: str
    values: Values
    decimals: int | None = None
    known: npt.NDArray[np.bool_] | None = None
    unknown: Sequence[str] | None = None

    def __len__(self) -> int:
        return len(self.values)

    @property
    def missing(self) -> npt.NDArray[np.bool_] | None:
        """True where a number is not known; None for texts."""
        if not isinstance(self.values, np.ndarray):
            return None
        unknown: npt.NDArray[np.bool_] = (
            np.isnan(self.values)
            if np.issubdtype(self.values.dtype, np.floating)
            else np.zeros(len(self.values), np.bool_)
        )
        return unknown if self.known is None else unknown | ~self.known


def table_pieces(columns: Sequence[Column], delimiter: str = ",") -> Iterator[bytes]:
    r"""Yield the bytes of a table, its head first, in pieces of whole rows.

    UTF-8, lines ended by a line feed, cells quoted as RFC 4180 says. Odd bytes of a file name that
    is no text are written as `\udcXX`.
    """
    yield row_bytes([column.name for column in columns], delimiter)
    missing = [column.missing for column in columns]
    for start in range(0, len(columns[0]), _CHUNK):
        rows = slice(start, start + _CHUNK)
        parts = [
            _texts(column, rows, delimiter) if gone is None else _numbers(column, rows, gone[rows])
            for column, gone in zip(columns, missing, strict=True)
        ]
        line = delimiter.join(directive for directive, _ in parts) + "\n"
        cells = zip(*(values for _, values in parts), strict=True)
        yield _encoded("".join([line % row for row in cells]))


def _texts(column: Column, rows: slice, delimiter: str) -> tuple[str, list[str]]:
    return "%s", [text_cell(text, delimiter) for text in column.values[rows]]


def _numbers(
    column: Column, rows: slice, missing: npt.NDArray[np.bool_]
) -> tuple[str, list[float] | list[str]]:
    """A directive of the % operator and what it takes: a row of numbers is one operation."""
    decimals = column.decimals or 0
    # Adding 0.0 makes negative zeros plain.
    numbers = np.asarray(column.values[rows]).astype(np.float64) + 0.0
    with np.errstate(invalid="ignore"):
        may_vanish = np.flatnonzero((numbers < 0) & (numbers > -(10.0**-decimals)))
    for place in may_vanish:
        numbers[place] = round(float(numbers[place]), decimals) + 0.0
    directive = f"%.{decimals}f"
    if not missing.any():
        return directive, numbers.tolist()
    empty = ("",) * len(numbers) if column.unknown is None else column.unknown[rows]
    return "%s", [
        instead if gone else directive % number
        for gone, number, instead in zip(missing.tolist(), numbers.tolist(), empty, strict=True)
    ]


def _encoded(text: str) -> bytes:
    return text.encode("utf-8", errors="backslashreplace")
