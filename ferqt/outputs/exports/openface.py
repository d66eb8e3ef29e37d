"""A table like those of OpenFace 2 (`FeatureExtraction`, `FaceLandmarkVidMulti`)."""

from pathlib import Path
from typing import Final

import numpy as np

from ferqt.core.session_document import SessionDocument
from ferqt.core.session_table import NO_FACE, SessionTable
from ferqt.outputs.cells import Column
from ferqt.outputs.exports.base import ExportOptions
from ferqt.outputs.exports.pose import camera_rotations
from ferqt.outputs.exports.text_table import write_table
from ferqt.outputs.frame_columns import SHARE_DECIMALS, check_names, table_order

_POSE: Final = ("pose_Rx", "pose_Ry", "pose_Rz")
_POSE_DECIMALS: Final = 3
_CONFIDENCE_DECIMALS: Final = 2
_TIME_DECIMALS: Final = 6


def write_openface(
    document: SessionDocument, path: Path, _options: ExportOptions
) -> tuple[Path, ...]:
    """Write OpenFace's columns as far as ferqt knows them, and the classes behind them.

    Raises:
        OutputError: The file cannot be written, or a class is named like a column.
    """
    columns = [*_openface_columns(document.table), *class_columns(document.table)]
    if document.table.files is not None:
        columns.append(Column("file", document.table.files))
    check_names([column.name for column in columns])
    write_table(path, columns)
    return (path,)


def class_columns(table: SessionTable) -> list[Column]:
    """The calibrated probabilities of each class, under its own name."""
    return [
        Column(name, table.scores[:, table.labels.index(name)], SHARE_DECIMALS)
        for name in table_order(table.labels)
    ]


def _openface_columns(table: SessionTable) -> list[Column]:
    found = table.face_id != NO_FACE
    # OpenFace counts frames from 1 and faces from 0, and tells zeros where it found none.
    confidence = np.where(found, table.detection_confidence, 0)
    columns = [
        Column("frame", table.frame + 1, 0),
        Column("face_id", np.where(found, table.face_id - 1, 0), 0),
        Column("timestamp", table.timestamp, _TIME_DECIMALS),
        Column("confidence", confidence, _CONFIDENCE_DECIMALS),
        Column("success", found, 0),
    ]
    if np.isfinite(table.pose).any():
        rotations = np.where(found[:, np.newaxis], camera_rotations(table.pose), 0)
        columns += [
            Column(name, values, _POSE_DECIMALS)
            for name, values in zip(_POSE, rotations.T, strict=True)
        ]
    return columns
