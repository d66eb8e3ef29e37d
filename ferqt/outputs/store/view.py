"""The view `rows` of a session: its readings as the rows of frames.csv, for plain SQLite."""

from collections.abc import Iterable, Sequence
from typing import Final

from ferqt.core.affect import COORDINATES, LEAST_SHARE
from ferqt.outputs.frame_columns import table_order
from ferqt.outputs.layout import RowLayout
from ferqt.outputs.store.columns import (
    BOX_COLUMNS,
    POSE_COLUMNS,
    ReadingColumns,
    free_name,
    quoted,
    storable,
)

_TIME: Final = "coalesce(f.media_time, CASE WHEN f.file IS NULL THEN f.session_ms / 1000.0 END)"
_GOES_BY: Final = """CASE
        WHEN m.into_id IS NULL THEN r.face_id
        WHEN EXISTS (
            SELECT 1 FROM readings o LEFT JOIN merges n ON n.face_id = o.face_id
            WHERE o.frame = r.frame AND o.face_id <> r.face_id
            AND coalesce(n.into_id, o.face_id) = m.into_id
            AND (o.face_id = m.into_id OR o.face_id < r.face_id)
        ) THEN r.face_id
        ELSE m.into_id
    END"""
"""The id that a face goes by: of two in a frame that were merged, only one does."""


def rows_view(layout: RowLayout) -> str:
    """Return the SQL that makes the view, with the columns that an analysis of files has.

    Values are not rounded. Merges and names are applied, as in every table that ferqt exports.
    """
    groups = ReadingColumns.of(layout).scores
    scores, smoothed = groups["scores"], groups["smoothed"]
    order = [layout.labels.index(name) for name in table_order(layout.labels)]
    columns = [
        ("f.file", "file"),
        ("f.frame", "frame"),
        (_TIME, "timestamp"),
        (_GOES_BY, "face_id"),
        (f"coalesce((SELECT name FROM faces WHERE face_id = {_GOES_BY}), '')", "face_label"),  # noqa: S608
        ("r.face_id IS NOT NULL", "success"),
        *_plain(("detection_confidence", *BOX_COLUMNS)),
        (_expression(layout.labels.names, scores.names), "expression"),
        (f"max({_listed(scores.names)})", "confidence"),
        *_plain((scores.uncertain,)),
        *_plain(scores.names[place] for place in order),
        *_plain(smoothed.names[place] for place in order),
        *_affect(dict(zip(layout.labels.names, scores.names, strict=True))),
        *_plain(POSE_COLUMNS),
    ]
    taken: set[str] = set()
    told = ", ".join(f"{value} AS {quoted(free_name(name, taken))}" for value, name in columns)
    return (
        f"CREATE VIEW rows AS SELECT {told} FROM frames f "  # noqa: S608
        "LEFT JOIN readings r ON r.frame = f.frame LEFT JOIN merges m ON m.face_id = r.face_id"
    )


def _plain(columns: Iterable[str]) -> list[tuple[str, str]]:
    return [(_of_reading(column), column) for column in columns]


def _expression(names: Sequence[str], columns: Sequence[str]) -> str:
    """The most probable class; of equal ones the first."""
    cases = " ".join(
        f"WHEN {_of_reading(column)} THEN {_text(storable(name))}"
        for name, column in zip(names, columns, strict=True)
    )
    return f"CASE max({_listed(columns)}) {cases} END"


def _affect(columns: dict[str, str]) -> list[tuple[str, str]]:
    """Valence and arousal, as docs/formats.md explains them."""
    placed = {name: _of_reading(column) for name, column in columns.items() if name in COORDINATES}
    if not placed:
        return [("NULL", "valence"), ("NULL", "arousal")]
    share = " + ".join(placed.values())
    found = []
    for axis, title in enumerate(("valence", "arousal")):
        total = " + ".join(f"{COORDINATES[name][axis]} * {one}" for name, one in placed.items())
        value = f"CASE WHEN {share} >= {LEAST_SHARE} THEN ({total}) / ({share}) END"
        found.append((value, title))
    return found


def _listed(columns: Sequence[str]) -> str:
    return ", ".join(_of_reading(column) for column in columns)


def _of_reading(column: str) -> str:
    return f"r.{quoted(column)}"


def _text(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"
