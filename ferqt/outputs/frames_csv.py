"""`frames.csv`: a tidy table with a row for each frame and face.

UTF-8 without a mark, commas, quotes as RFC 4180 says, lines ended by a line feed, the period as the
decimal sign whatever the locale. docs/formats.md describes the columns.
"""

import csv
import io
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from ferqt.core.affect import valence_arousal
from ferqt.core.closing import Closing
from ferqt.core.emotions import EMOTIONS, LabelSet
from ferqt.core.types import FaceResult, FrameResult
from ferqt.errors import OutputError
from ferqt.outputs.row_file import RowFile

_BEFORE_CLASSES: Final = (
    "file",
    "frame",
    "timestamp",
    "face_id",
    "face_label",
    "success",
    "detection_confidence",
    "x",
    "y",
    "width",
    "height",
    "expression",
    "confidence",
    "uncertain",
)
_AFTER_CLASSES: Final = ("valence", "arousal", "pitch", "yaw", "roll")

# A microsecond of a time stamp is finer than any container's clock ticks that matter; probabilities
# are float32, which carry about seven digits; a hundredth of a pixel or degree is below the noise.
_TIME_DECIMALS: Final = 6
_SHARE_DECIMALS: Final = 6
_PIXEL_DECIMALS: Final = 2
_AFFECT_DECIMALS: Final = 4
_ANGLE_DECIMALS: Final = 2


def table_order(labels: LabelSet) -> tuple[str, ...]:
    """Return a model's classes in the order of tables: the known expressions, then a user's own.

    The same for all models, so that tables of two models can be laid over each other.
    """
    known = [name for name in EMOTIONS if name in labels.names]
    return (*known, *(name for name in labels.names if name not in known))


def frames_columns(labels: LabelSet) -> tuple[str, ...]:
    """Return the names of the columns for a model with these classes.

    Raises:
        OutputError: A class is named like another column.
    """
    classes = table_order(labels)
    columns = (
        *_BEFORE_CLASSES,
        *classes,
        *(f"{name}_smoothed" for name in classes),
        *_AFTER_CLASSES,
    )
    for name in classes:
        if columns.count(name) > 1:
            raise OutputError(
                f"a class is named like a column of the table: {name!r}",
                "Name the class differently in the model's card.",
            )
    return columns


class FramesCsv(Closing):
    """Writes `frames.csv`, the rows of a frame at once and straight to disk.

    Used by one thread.

    Args:
        path: File to write.
        labels: Classes of the model that all results come from.
        overwrite: Replace an older file.

    Raises:
        OutputError: The file cannot be written, is there already, or a class has a column's name.
    """

    def __init__(self, path: Path, labels: LabelSet, overwrite: bool = False) -> None:
        columns = frames_columns(labels)
        self._classes = table_order(labels)
        self._no_face = ("",) * (len(columns) - len(_BEFORE_CLASSES))
        self._file = RowFile(path, overwrite=overwrite)
        self._append([columns])

    def write(self, result: FrameResult) -> None:
        """Write a row for each face, or one with `success` 0 when there is none."""
        frame = (result.name, str(result.index), _timestamp(result))
        if not result.faces:
            self._append([(*frame, "", "", "0", *("",) * 8, *self._no_face)])
            return
        self._append([(*frame, *self._face_cells(face)) for face in result.faces])

    def _face_cells(self, result: FaceResult) -> Sequence[str]:
        box, scores = result.face.box, result.scores
        affect = valence_arousal(scores)
        pose = box.pose
        return (
            str(result.face.track_id),
            "",
            "1",
            _number(box.confidence, _SHARE_DECIMALS),
            *(_number(v, _PIXEL_DECIMALS) for v in (box.x, box.y, box.width, box.height)),
            scores.top,
            _number(scores.confidence, _SHARE_DECIMALS),
            str(int(scores.uncertain)),
            *(_number(scores.probability(name), _SHARE_DECIMALS) for name in self._classes),
            *(
                _number(result.smoothed.probability(name), _SHARE_DECIMALS)
                for name in self._classes
            ),
            *(_number(value, _AFFECT_DECIMALS) for value in affect or (None, None)),
            *(
                _number(value, _ANGLE_DECIMALS)
                for value in ((pose.pitch, pose.yaw, pose.roll) if pose else (None, None, None))
            ),
        )

    def _append(self, rows: Sequence[Sequence[str]]) -> None:
        text = io.StringIO(newline="")
        csv.writer(text, lineterminator="\n").writerows(rows)
        # A file name that is no text keeps its odd bytes as \udcXX: the table stays UTF-8.
        self._file.append(text.getvalue().encode("utf-8", errors="backslashreplace"))

    def close(self) -> None:
        """Close the file; harmless when repeated."""
        self._file.close()


def _timestamp(result: FrameResult) -> str:
    """A video's presentation time, a live source's time since it was opened, none for a picture."""
    if result.media_time is not None:
        return _number(result.media_time, _TIME_DECIMALS)
    return "" if result.name else _number(result.session_ms / 1000, _TIME_DECIMALS)


def _number(value: float | None, decimals: int) -> str:
    # Adding 0.0 turns the negative zero that rounding can leave into a plain one.
    return "" if value is None else f"{round(value, decimals) + 0.0:.{decimals}f}"
