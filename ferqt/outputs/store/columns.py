"""The columns of the table of readings: which there are for a layout, and what stands in them."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from ferqt.core.emotions import LabelSet
from ferqt.core.types import EmotionScores, FaceResult
from ferqt.outputs.layout import RowLayout

Value = float | int | str | None

KEY_COLUMNS: Final = ("frame", "face_id")
BOX_COLUMNS: Final = ("x", "y", "width", "height")
POSE_COLUMNS: Final = ("pitch", "yaw", "roll")
_FACE_COLUMNS: Final = (*KEY_COLUMNS, "detection_confidence", *BOX_COLUMNS, *POSE_COLUMNS)

_ODD_BYTE: Final = re.compile(r"\\udc([89a-f][0-9a-f])")


@dataclass(frozen=True, slots=True)
class ScoreColumns:
    """The columns of one kind of score.

    Attributes:
        kind: "scores", "smoothed", "baseline", or one of these after "compare_".
        labels: The classes.
        names: A column for each of them, in their order.
        uncertain: Column that tells whether the top lies under the threshold.
        of: Takes the scores from a face; None where there are none.
    """

    kind: str
    labels: LabelSet
    names: tuple[str, ...]
    uncertain: str
    of: Callable[[FaceResult], EmotionScores | None]

    def values(self, face: FaceResult) -> list[Value]:
        """Return what stands in these columns and, last, in `uncertain`."""
        scores = self.of(face)
        if scores is None:
            return [None] * (len(self.names) + 1)
        values: list[Value]
        if scores.labels.names == self.labels.names:
            values = scores.probabilities.tolist()
        else:
            values = [scores.probability(name) for name in self.labels.names]
        values.append(int(scores.uncertain))
        return values


@dataclass(frozen=True, slots=True)
class ReadingColumns:
    """All columns of the readings of one layout.

    Attributes:
        names: Of the columns, in their order.
        scores: The groups of scores by their kind, in the order of the columns.
    """

    names: tuple[str, ...]
    scores: Mapping[str, ScoreColumns]

    @classmethod
    def of(cls, layout: RowLayout) -> "ReadingColumns":
        """Return the columns of a layout.

        Those of the classes have the names that they have in frames.csv; a class that is named
        like another column, for SQLite whatever the case of its letters, gets a number behind it.
        """
        kinds = _kinds(layout)
        taken = {name.casefold() for name in _FACE_COLUMNS}
        taken.update(pattern.format("uncertain") for _, pattern, _, _ in kinds)
        groups = {}
        for kind, pattern, labels, of in kinds:
            names = tuple(free_name(pattern.format(storable(name)), taken) for name in labels.names)
            groups[kind] = ScoreColumns(kind, labels, names, pattern.format("uncertain"), of)
        columns = [*_FACE_COLUMNS]
        for group in groups.values():
            columns += (*group.names, group.uncertain)
        return cls(tuple(columns), MappingProxyType(groups))

    def row(self, frame: int, face: FaceResult) -> list[Value]:
        """Return what is stored of one face in one frame, a value a column."""
        box = face.face.box
        pose = box.pose
        row: list[Value] = [
            frame,
            face.face.track_id,
            box.confidence,
            box.x,
            box.y,
            box.width,
            box.height,
        ]
        row += (None, None, None) if pose is None else (pose.pitch, pose.yaw, pose.roll)
        for group in self.scores.values():
            row += group.values(face)
        return row


def quoted(name: str) -> str:
    """Return a name as SQL takes it whatever is in it."""
    return '"' + name.replace('"', '""') + '"'


def storable(text: str) -> str:
    r"""Return a text as SQLite can keep it: odd bytes of a file name as \udcXX, no zeros."""
    return text.encode("utf-8", "backslashreplace").decode().replace("\0", "")


def restored(text: str) -> str:
    """Return a file name with the odd bytes that `storable` wrote out."""
    return _ODD_BYTE.sub(lambda found: chr(0xDC00 + int(found[1], 16)), text)


def _kinds(
    layout: RowLayout,
) -> list[tuple[str, str, LabelSet, Callable[[FaceResult], EmotionScores | None]]]:
    """Kind, pattern of the columns' names, classes and value of each group of scores."""
    labels, compared = layout.labels, layout.compared
    kinds: list[tuple[str, str, LabelSet, Callable[[FaceResult], EmotionScores | None]]] = [
        ("scores", "{}", labels, lambda face: face.scores),
        ("smoothed", "{}_smoothed", labels, lambda face: face.smoothed),
    ]
    if layout.baseline:
        kinds.append(("baseline", "{}_baseline", labels, lambda face: face.corrected))
    if compared is not None:
        kinds += [
            ("compare_scores", "compare_{}", compared, lambda face: face.other),
            (
                "compare_smoothed",
                "compare_{}_smoothed",
                compared,
                lambda face: face.other_smoothed,
            ),
        ]
        if layout.baseline:
            kinds.append(
                (
                    "compare_baseline",
                    "compare_{}_baseline",
                    compared,
                    lambda face: face.other_corrected,
                )
            )
    return kinds


def free_name(name: str, taken: set[str]) -> str:
    """Return a name that is not taken whatever the case of its letters, and take it."""
    number = 2
    free = name
    while free.casefold() in taken:
        free = f"{name}_{number}"
        number += 1
    taken.add(free.casefold())
    return free
