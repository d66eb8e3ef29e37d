"""Figures of stored sessions as tables for a spreadsheet."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

import numpy as np

from ferqt.core.comparison import Comparison
from ferqt.core.range_statistics import RangeStatistics

_EXPRESSIONS: Final = (
    "expression",
    "share",
    "seconds",
    "frames",
    "mean",
    "sd",
    "highest",
    "confidence",
    "episodes",
    "brief",
    "episode_seconds",
    "episode_mean_s",
    "episode_median_s",
    "episode_longest_s",
    "latency_s",
)
_EPISODES: Final = (
    "face_id",
    "expression",
    "start_s",
    "end_s",
    "duration_s",
    "first_frame",
    "last_frame",
    "frames",
    "peak_s",
    "peak",
    "mean",
    "cut",
)


def expression_table(told: RangeStatistics, delimiter: str = "\t") -> str:
    """Return a row for each expression; the columns are the fields of `ExpressionSummary`.

    Args:
        told: The statistics.
        delimiter: Between the cells; a tab for the clipboard.
    """
    return _table([_EXPRESSIONS, *_rows(told.expressions, _EXPRESSIONS)], delimiter)


def transition_table(told: RangeStatistics, delimiter: str = "\t") -> str:
    """Return how often an episode of the row's expression was followed by one of the column's."""
    rows = (
        [name, *counts] for name, counts in zip(told.names, told.transitions.tolist(), strict=True)
    )
    return _table([("from", *told.names), *rows], delimiter)


def brief_table(told: RangeStatistics, delimiter: str = "\t") -> str:
    """Return a row for each brief episode; the columns are the fields of `Episode`."""
    return _table([_EPISODES, *_rows(told.brief_episodes, _EPISODES)], delimiter)


def comparison_table(compared: Comparison, name: str, delimiter: str = "\t") -> str:
    """Return one expression of compared sessions, a row for each moment.

    Columns are `time_s` from the alignment on, `sessions` with a value, their `mean`, its standard
    `error`, the ends `low` and `high` of its interval, and one for each session.

    Args:
        compared: The sessions.
        name: One of `Comparison.names`.
        delimiter: Between the cells.
    """
    column = compared.names.index(name)
    titles = (f"{each.face.title} ({each.face.face_id})" for each in compared.curves)
    values = np.column_stack(
        [
            *(
                each[:, column]
                for each in (compared.mean, compared.error, compared.low, compared.high)
            ),
            *(each.values[:, column] for each in compared.curves),
        ]
    )
    rows = (
        [time_s, count, *cells]
        for time_s, count, cells in zip(
            compared.time_s.tolist(), compared.count.tolist(), values.tolist(), strict=True
        )
    )
    head = ("time_s", "sessions", "mean", "error", "low", "high", *titles)
    return _table([head, *rows], delimiter)


def _rows(things: Iterable[object], columns: Sequence[str]) -> Iterator[list[object]]:
    """Read the fields of things that are named as columns; an expression's is its `name`."""
    for one in things:
        yield [getattr(one, "name" if name == "expression" else name) for name in columns]


def _table(rows: Iterable[Sequence[object]], delimiter: str) -> str:
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=delimiter, lineterminator="\n")
    writer.writerows([_cell(value) for value in row] for row in rows)
    return text.getvalue()


def _cell(value: object) -> str:
    """Return a cell; empty for what is not known."""
    if value is None or (isinstance(value, float) and not np.isfinite(value)):
        return ""
    if isinstance(value, bool):
        return str(int(value))
    # A title may begin with what a spreadsheet takes for a formula.
    text = f"{value:.6g}" if isinstance(value, float) else str(value)
    return f"'{text}" if isinstance(value, str) and text[:1] in "=+@" else text
