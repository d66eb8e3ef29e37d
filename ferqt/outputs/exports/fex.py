"""A table that py-feat reads as its own (`feat.utils.io.read_feat`): the columns of a Fex."""

from pathlib import Path
from typing import Final

import numpy as np

from ferqt.core.session_document import SessionDocument
from ferqt.core.session_table import NO_FACE, SessionTable
from ferqt.outputs.cells import Column
from ferqt.outputs.exports.base import ExportOptions
from ferqt.outputs.exports.pose import camera_rotations
from ferqt.outputs.exports.segments import face_titles
from ferqt.outputs.exports.text_table import write_table
from ferqt.outputs.frame_columns import SHARE_DECIMALS, check_names, table_order

_BOX: Final = ("FaceRectX", "FaceRectY", "FaceRectWidth", "FaceRectHeight")
_EMOTIONS: Final = {
    "anger": "angry",
    "disgust": "disgust",
    "fear": "fear",
    "happiness": "happy",
    "sadness": "sad",
    "surprise": "surprise",
    "neutral": "neutral",
}
"""py-feat's names in its order, and ferqt's."""

_PIXEL_DECIMALS: Final = 2
_ANGLE_DECIMALS: Final = 2
_TIME_DECIMALS: Final = 6


def write_fex(document: SessionDocument, path: Path, _options: ExportOptions) -> tuple[Path, ...]:
    """Write py-feat's columns; a class that it does not know stands behind those that it does.

    Raises:
        OutputError: The file cannot be written, or a class is named like a column.
    """
    table = document.table
    titles = {NO_FACE: "", **face_titles(document)}
    columns = [
        *(
            Column(name, values, _PIXEL_DECIMALS)
            for name, values in zip(_BOX, table.box.T, strict=True)
        ),
        Column("FaceScore", table.detection_confidence, SHARE_DECIMALS),
        *_pose_columns(table),
        *_emotion_columns(table),
        Column("input", _inputs(document)),
        Column("frame", table.frame, 0),
        Column("timestamp", table.timestamp, _TIME_DECIMALS),
        Column("Identity", [titles[face_id] for face_id in table.face_id.tolist()]),
    ]
    check_names([column.name for column in columns])
    write_table(path, columns)
    return (path,)


def _pose_columns(table: SessionTable) -> list[Column]:
    """Pitch, roll and yaw in degrees, up, clockwise and to the left of the picture positive."""
    around_x, around_y, around_z = np.degrees(camera_rotations(table.pose)).T
    return [
        Column("Pitch", -around_x, _ANGLE_DECIMALS),
        Column("Roll", around_z, _ANGLE_DECIMALS),
        Column("Yaw", around_y, _ANGLE_DECIMALS),
    ]


def _emotion_columns(table: SessionTable) -> list[Column]:
    known = set(_EMOTIONS.values())
    own = {name: name for name in table_order(table.labels) if name not in known}
    nothing = np.full(len(table), np.nan, np.float32)
    return [
        Column(
            title,
            table.scores[:, table.labels.index(name)] if name in table.labels.names else nothing,
            SHARE_DECIMALS,
        )
        for title, name in {**_EMOTIONS, **own}.items()
    ]


def _inputs(document: SessionDocument) -> tuple[str, ...]:
    """Path of the film or picture of each row, which py-feat shows faces in."""
    source = document.source or document.title
    if document.table.files is None:
        return (source,) * len(document.table)
    folder = Path(document.source)
    return tuple(str(folder / name) for name in document.table.files)
