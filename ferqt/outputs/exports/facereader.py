"""A log like FaceReader's detailed log: text with tabs, a file for each face."""

from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from ferqt.core.affect import affect_columns
from ferqt.core.markers import Marker
from ferqt.core.session_document import SessionDocument
from ferqt.core.session_table import SessionTable
from ferqt.outputs.cells import Column
from ferqt.outputs.exports.base import ExportOptions
from ferqt.outputs.exports.segments import clock, face_titles, milliseconds
from ferqt.outputs.exports.text_table import one_line, write_table
from ferqt.outputs.frame_columns import SHARE_DECIMALS, check_names

_EXPRESSIONS: Final = {
    "Neutral": "neutral",
    "Happy": "happy",
    "Sad": "sad",
    "Angry": "angry",
    "Surprised": "surprise",
    "Scared": "fear",
    "Disgusted": "disgust",
}
"""FaceReader's names in its order, and ferqt's."""

_AFFECT_DECIMALS: Final = 6
_NOT_FOUND: Final = "FIND_FAILED"
_NOT_READ: Final = "FIT_FAILED"


def write_facereader(
    document: SessionDocument, path: Path, _options: ExportOptions
) -> tuple[Path, ...]:
    """Write a log of each face: FaceReader's analyses are of one participant.

    With one face or none the file is `path`; with several, each has its id behind the name,
    "facereader_face2.txt" for id 2.

    Raises:
        OutputError: A file cannot be written, or a class is named like a column.
    """
    titles = face_titles(document)
    if len(titles) < 2:
        faces = {path: next(iter(titles.items()), (None, ""))}
    else:
        faces = {
            path.with_name(f"{path.stem}_face{face_id}{path.suffix}"): (face_id, title)
            for face_id, title in titles.items()
        }
    for one, (face_id, title) in faces.items():
        columns = _columns(document, face_id, title)
        check_names([column.name for column in columns])
        write_table(one, columns, delimiter="\t", head=_head(document))
    return tuple(faces)


def _head(document: SessionDocument) -> str:
    """Eight lines before the names of the columns, as FaceReader writes them."""
    source: dict[str, Any] = document.facts.get("source") or {}
    model: dict[str, Any] = document.facts.get("model") or {}
    fps = source.get("fps")
    lines = (
        "Video analysis detailed log",
        "",
        f"Face Model\tferqt {one_line(str(model.get('id', '')))}".rstrip(),
        "Calibration\t-",
        "Start time\t-",
        f"Filename\t{one_line(document.source or document.title)}",
        f"Frame rate\t{f'{fps:.9f}' if fps else '-'}",
        "",
    )
    return "\n".join(lines) + "\n"


def _columns(document: SessionDocument, face_id: int | None, title: str) -> list[Column]:
    table = document.table
    first_rows = np.flatnonzero(np.append(True, np.diff(table.frame) != 0)[: len(table)])
    rows, found = _rows(table, first_rows, face_id)
    scores = np.where(found[:, np.newaxis], table.scores[rows], np.float32(np.nan))
    read = np.isfinite(scores).all(axis=1)
    unknown = np.where(read, "", np.where(found, _NOT_READ, _NOT_FOUND)).tolist()
    affect = affect_columns(scores, table.labels)
    times = table.timestamp[first_rows].tolist()
    nothing = np.full(len(rows), np.nan, np.float32)
    return [
        Column("Video Time", [clock(milliseconds(time_s)) for time_s in times]),
        *(
            Column(
                name,
                scores[:, table.labels.index(own)] if own in table.labels.names else nothing,
                SHARE_DECIMALS,
                unknown=unknown,
            )
            for name, own in _titles(table).items()
        ),
        Column("Valence", affect[:, 0], _AFFECT_DECIMALS, unknown=unknown),
        Column("Arousal", affect[:, 1], _AFFECT_DECIMALS, unknown=unknown),
        Column("Event Marker", _marked(table.frame[first_rows], document.markers)),
        Column("Participant Name", (title,) * len(rows)),
    ]


def _titles(table: SessionTable) -> dict[str, str]:
    """The columns of expressions: FaceReader's seven, contempt if there is one, a user's own."""
    known = (*_EXPRESSIONS.values(), "contempt")
    contempt = {"Contempt": "contempt"} if "contempt" in table.labels.names else {}
    own = {one_line(name): name for name in table.labels.names if name not in known}
    return {**_EXPRESSIONS, **contempt, **own}


def _rows(
    table: SessionTable, first_rows: npt.NDArray[np.intp], face_id: int | None
) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.bool_]]:
    """The row of a face in each frame, and whether it is there; another row where it is not."""
    rows = first_rows.copy()
    found = np.zeros(len(rows), np.bool_)
    if face_id is not None:
        own = table.rows_of(face_id)
        slots = np.searchsorted(first_rows, own, side="right") - 1
        rows[slots], found[slots] = own, True
    return rows, found


def _marked(frames: npt.NDArray[np.int64], markers: tuple[Marker, ...]) -> list[str]:
    """The labels of the markers at each frame; at the next analyzed one where it has no row."""
    labels: list[list[str]] = [[] for _ in frames]
    for marker in markers:
        slot = min(int(np.searchsorted(frames, marker.frame)), len(labels) - 1)
        if slot >= 0:
            labels[slot].append(one_line(marker.label))
    return ["; ".join(one) for one in labels]
