"""Readings of a whole source as columns: what a stored session is looked at and exported from."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from types import MappingProxyType
from typing import Final

import numpy as np
import numpy.typing as npt

from ferqt.core.emotions import LabelSet
from ferqt.core.types import FloatArray

DoubleArray = npt.NDArray[np.float64]

NO_FACE = 0
"""`SessionTable.face_id` of the row that says that a frame has no face; ids of faces start at 1."""


@dataclass(frozen=True, slots=True, eq=False)
class OtherScores:
    """Scores that only some sessions have, a row for each row of their table.

    Attributes:
        labels: The classes; those of a compared model may be others than the table's.
        scores: float32 rows x classes; NaN where there are none.
        uncertain: bool, whether their top lies under the threshold.
    """

    labels: LabelSet
    scores: FloatArray
    uncertain: npt.NDArray[np.bool_]

    def __post_init__(self) -> None:
        if self.scores.shape != (len(self.uncertain), len(self.labels)):
            raise ValueError("other scores need a value for each row and class")
        self.scores.flags.writeable = False
        self.uncertain.flags.writeable = False


OTHER_SCORES: Final = ("baseline", "compare_scores", "compare_smoothed", "compare_baseline")
"""What `SessionTable.others` may hold: after the neutral baseline, and the compared model's."""


@dataclass(frozen=True, slots=True, eq=False)
class SessionTable:
    """The rows of one session in the order of frames and, within one, of ids.

    One row for each frame and face, and one with `NO_FACE` for a frame without a face. All columns
    are read-only numpy arrays with one entry a row; values of a face are NaN where there is none.

    Attributes:
        labels: Classes of the model, in the order of `scores`.
        frame: int64, number of the frame in the source, from 0.
        timestamp: float64, s: the source's presentation time; NaN for pictures.
        face_id: int32, from 1; `NO_FACE` in the row of a frame without a face.
        detection_confidence: float64, 0..1. As box and pose it keeps every digit that the detector
            gave: a table made from it rounds as one made from the live result.
        box: float64 rows x 4, x, y, width, height in px of the upright picture.
        scores: float32 rows x classes, calibrated probabilities of the frame alone.
        smoothed: float32 rows x classes, the same smoothed over time.
        uncertain: bool, whether the top of `scores` lies under the threshold.
        uncertain_smoothed: bool, the same of `smoothed`.
        pose: float64 rows x 3, pitch, yaw, roll in degrees.
        blendshapes: float32 rows x 52, 0..1 in MediaPipe's order; None when they were not made.
        names: What a person called the faces, by id.
        files: File name of each row's picture; None for everything but pictures.
        others: Scores that only some sessions have, by their kind, see `OTHER_SCORES`.
        models: Id of the model that answered, a row each; None when it never changed.
        compared_models: The same of the compared model, "" while nothing was compared; None when
            nothing ever was.
    """

    labels: LabelSet
    frame: npt.NDArray[np.int64]
    timestamp: npt.NDArray[np.float64]
    face_id: npt.NDArray[np.int32]
    detection_confidence: DoubleArray
    box: DoubleArray
    scores: FloatArray
    smoothed: FloatArray
    uncertain: npt.NDArray[np.bool_]
    uncertain_smoothed: npt.NDArray[np.bool_]
    pose: DoubleArray
    blendshapes: FloatArray | None = None
    names: Mapping[int, str] = field(default_factory=lambda: MappingProxyType({}))
    files: tuple[str, ...] | None = None
    others: Mapping[str, OtherScores] = field(default_factory=lambda: MappingProxyType({}))
    models: tuple[str, ...] | None = None
    compared_models: tuple[str, ...] | None = None

    def __post_init__(self) -> None:
        for one in fields(self):
            column = getattr(self, one.name)
            if isinstance(column, np.ndarray):
                if len(column) != len(self.frame):
                    raise ValueError(
                        f"column {one.name} has {len(column)} rows, not {len(self.frame)}"
                    )
                column.flags.writeable = False
        for name in ("scores", "smoothed"):
            if getattr(self, name).shape != (len(self), len(self.labels)):
                raise ValueError(f"column {name} needs a value for each of the classes")
        for kind, other in self.others.items():
            if kind not in OTHER_SCORES or len(other.uncertain) != len(self.frame):
                raise ValueError(f"other scores are no {len(self.frame)} rows of a kind: {kind}")

    def __len__(self) -> int:
        return len(self.frame)

    @property
    def faces(self) -> tuple[int, ...]:
        """Ids of all faces, ascending."""
        ids = np.unique(self.face_id)
        return tuple(int(face_id) for face_id in ids if face_id != NO_FACE)

    @property
    def frame_count(self) -> int:
        """Number of different frames."""
        return len(np.unique(self.frame))

    def rows_of(self, face_id: int) -> npt.NDArray[np.intp]:
        """Return the rows of one face, in the order of frames."""
        return np.flatnonzero(self.face_id == face_id)

    def taken(self, rows: npt.NDArray[np.intp] | npt.NDArray[np.bool_]) -> "SessionTable":
        """Return a table of some rows, in their order: row numbers, or a mask of all rows."""
        columns = {
            one.name: column[rows]
            for one in fields(self)
            if isinstance(column := getattr(self, one.name), np.ndarray)
        }
        numbers = np.arange(len(self))[rows]
        others = {
            kind: OtherScores(other.labels, other.scores[rows], other.uncertain[rows])
            for kind, other in self.others.items()
        }
        return SessionTable(
            labels=self.labels,
            names=self.names,
            files=_taken(self.files, numbers),
            others=others,
            models=_taken(self.models, numbers),
            compared_models=_taken(self.compared_models, numbers),
            **columns,
        )


def _taken(texts: tuple[str, ...] | None, rows: npt.NDArray[np.intp]) -> tuple[str, ...] | None:
    return None if texts is None else tuple(texts[row] for row in rows)
