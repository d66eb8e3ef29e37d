"""The columns of `frames.csv` and what stands in them; docs/formats.md describes each."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from ferqt.core.affect import valence_arousal
from ferqt.core.emotions import EMOTIONS, LabelSet
from ferqt.core.types import EmotionScores, FaceResult, FrameResult
from ferqt.errors import OutputError
from ferqt.outputs.layout import RowLayout

Cells = Sequence[str]

# A microsecond of a time stamp is finer than any container's clock ticks that matter; probabilities
# are float32, which carry about seven digits; a hundredth of a pixel or degree is below the noise.
_TIME_DECIMALS: Final = 6
_SHARE_DECIMALS: Final = 6
_PIXEL_DECIMALS: Final = 2
_AFFECT_DECIMALS: Final = 4
_ANGLE_DECIMALS: Final = 2

_READING: Final = ("expression", "confidence", "uncertain")


@dataclass(frozen=True, slots=True)
class FrameColumns:
    """The columns of one layout.

    Attributes:
        names: Of the columns, in their order.
    """

    names: tuple[str, ...]
    _groups: "tuple[_Group, ...]"

    @classmethod
    def of(cls, layout: RowLayout) -> "FrameColumns":
        """Return the columns of a layout.

        Raises:
            OutputError: A class is named like another column.
        """
        groups = _groups(layout)
        names = tuple(name for group in groups for name in group.names)
        for name in names:
            if names.count(name) > 1:
                raise OutputError(
                    f"a class is named like a column of the table: {name!r}",
                    "Name the class differently in the model's card.",
                )
        return cls(names, groups)

    def rows(self, result: FrameResult) -> list[list[str]]:
        """Return a row for each face of a frame, or the one that says that there is none."""
        return [
            [cell for group in self._groups for cell in group.cells(result, face)]
            for face in result.faces or (None,)
        ]


@dataclass(frozen=True, slots=True)
class _Group:
    """Columns that are filled together."""

    names: tuple[str, ...]
    cells: Callable[[FrameResult, FaceResult | None], Cells]


def table_order(labels: LabelSet) -> tuple[str, ...]:
    """Return a model's classes in the order of tables: the known expressions, then a user's own.

    The same for all models, so that tables of two models can be laid over each other.
    """
    known = [name for name in EMOTIONS if name in labels.names]
    return (*known, *(name for name in labels.names if name not in known))


def _groups(layout: RowLayout) -> tuple[_Group, ...]:
    classes = table_order(layout.labels)
    groups = [
        _Group(("file", "frame", "timestamp"), lambda result, _: _frame_cells(result)),
        _Group(("face_id", "face_label", "success"), lambda _, face: _identity_cells(face)),
        _of_face(("detection_confidence", "x", "y", "width", "height"), _box_cells),
        _reading(lambda face: face.scores),
        _classes("{}", classes, lambda face: face.scores),
        _classes("{}_smoothed", classes, lambda face: face.smoothed),
        _of_face(("valence", "arousal", "pitch", "yaw", "roll"), _affect_and_pose_cells),
    ]
    if layout.baseline:
        groups += [
            _reading(lambda face: face.corrected, "{}_baseline"),
            _classes("{}_baseline", classes, lambda face: face.corrected),
        ]
    if layout.models:
        groups.append(_Group(("model",), lambda result, _: (result.model_id,)))
    if layout.compared is not None:
        groups += _compared_groups(layout, table_order(layout.compared))
    return tuple(groups)


def _compared_groups(layout: RowLayout, classes: tuple[str, ...]) -> list[_Group]:
    groups = []
    if layout.models:
        groups.append(_Group(("compare_model",), lambda result, _: (result.other_model_id,)))
    groups += [
        _reading(lambda face: face.other, "compare_{}"),
        _classes("compare_{}", classes, lambda face: face.other),
        _classes("compare_{}_smoothed", classes, lambda face: face.other_smoothed),
    ]
    if layout.baseline:
        groups.append(_classes("compare_{}_baseline", classes, lambda face: face.other_corrected))
    groups.append(_of_face(("disagrees",), _disagrees_cells))
    return groups


def _of_face(names: tuple[str, ...], cells: Callable[[FaceResult], Cells]) -> _Group:
    """Columns that stay empty where there is no face."""
    empty = ("",) * len(names)
    return _Group(names, lambda _, face: empty if face is None else cells(face))


def _reading(
    scores_of: Callable[[FaceResult], EmotionScores | None], pattern: str = "{}"
) -> _Group:
    def cells(face: FaceResult) -> Cells:
        scores = scores_of(face)
        if scores is None:
            return ("",) * len(_READING)
        return (
            scores.top,
            _number(scores.confidence, _SHARE_DECIMALS),
            str(int(scores.uncertain)),
        )

    return _of_face(tuple(pattern.format(name) for name in _READING), cells)


def _classes(
    pattern: str,
    classes: tuple[str, ...],
    scores_of: Callable[[FaceResult], EmotionScores | None],
) -> _Group:
    def cells(face: FaceResult) -> Cells:
        scores = scores_of(face)
        if scores is None:
            return ("",) * len(classes)
        return [_number(scores.probability(name), _SHARE_DECIMALS) for name in classes]

    return _of_face(tuple(pattern.format(name) for name in classes), cells)


def _frame_cells(result: FrameResult) -> Cells:
    return result.name, str(result.index), _timestamp(result)


def _identity_cells(face: FaceResult | None) -> Cells:
    return ("", "", "0") if face is None else (str(face.face.track_id), face.name, "1")


def _box_cells(face: FaceResult) -> Cells:
    box = face.face.box
    return (
        _number(box.confidence, _SHARE_DECIMALS),
        *(_number(value, _PIXEL_DECIMALS) for value in (box.x, box.y, box.width, box.height)),
    )


def _affect_and_pose_cells(face: FaceResult) -> Cells:
    affect = valence_arousal(face.scores) or (None, None)
    pose = face.face.box.pose
    angles = (None, None, None) if pose is None else (pose.pitch, pose.yaw, pose.roll)
    return (
        *(_number(value, _AFFECT_DECIMALS) for value in affect),
        *(_number(value, _ANGLE_DECIMALS) for value in angles),
    )


def _disagrees_cells(face: FaceResult) -> Cells:
    return ("" if face.other is None else str(int(face.disagrees)),)


def _timestamp(result: FrameResult) -> str:
    """A video's presentation time, a live source's time since it was opened, none for a picture."""
    if result.media_time is not None:
        return _number(result.media_time, _TIME_DECIMALS)
    return "" if result.name else _number(result.session_ms / 1000, _TIME_DECIMALS)


def _number(value: float | None, decimals: int) -> str:
    # Adding 0.0 turns the negative zero that rounding can leave into a plain one.
    return "" if value is None else f"{round(value, decimals) + 0.0:.{decimals}f}"
