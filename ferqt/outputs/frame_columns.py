"""The columns of `frames.csv` and what stands in them; docs/formats.md describes each.

The live view fills them row by row from results, an export fills them column by column from a
stored table; names, order, decimals and the way of writing are the same.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from ferqt.core.affect import affect_columns, valence_arousal
from ferqt.core.blendshapes import BLENDSHAPES
from ferqt.core.emotions import EMOTIONS, LabelSet
from ferqt.core.session_table import NO_FACE, OtherScores, SessionTable
from ferqt.core.types import EmotionScores, FaceResult, FrameResult
from ferqt.errors import OutputError
from ferqt.outputs.cells import Column, Values, number_cell
from ferqt.outputs.layout import RowLayout

Value = float | str | None
"""What a cell tells; None when it is not known."""

# A microsecond of a time stamp is finer than any container's clock ticks that matter; probabilities
# are float32, which carry about seven digits; a hundredth of a pixel or degree is below the noise.
_TIME_DECIMALS: Final = 6
SHARE_DECIMALS: Final = 6
_PIXEL_DECIMALS: Final = 2
_AFFECT_DECIMALS: Final = 4
_ANGLE_DECIMALS: Final = 2

_READING: Final = ("expression", "confidence", "uncertain")
_READING_DECIMALS: Final = (None, SHARE_DECIMALS, 0)


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
        check_names(names)
        return cls(names, groups)

    def rows(self, result: FrameResult) -> list[list[str]]:
        """Return a row for each face of a frame, or the one that says that there is none."""
        return [
            [cell for group in self._groups for cell in group.cells(result, face)]
            for face in result.faces or (None,)
        ]

    def columns(self, table: SessionTable) -> tuple[Column, ...]:
        """Return the columns of a stored table; what it does not hold is not known."""
        return tuple(
            Column(name, values, decimals, known)
            for group in self._groups
            for name, decimals, (values, known) in zip(
                group.names, group.decimals, group.of_table(table), strict=True
            )
        )


def check_names(names: Sequence[str]) -> None:
    """Refuse a table in which two columns have one name.

    Raises:
        OutputError: A class is named like another column.
    """
    for name in names:
        if names.count(name) > 1:
            raise OutputError(
                f"a class is named like a column of the table: {name!r}",
                "Name the class differently in the model's card.",
            )


def table_order(labels: LabelSet) -> tuple[str, ...]:
    """Return a model's classes in the order of tables: the known expressions, then a user's own.

    The same for all models, so that tables of two models can be laid over each other.
    """
    known = [name for name in EMOTIONS if name in labels.names]
    return (*known, *(name for name in labels.names if name not in known))


Known = npt.NDArray[np.bool_] | None
Filled = tuple[Values, Known]
"""The values of a column, and where they are known; see `Column`."""


@dataclass(frozen=True, slots=True)
class _Group:
    """Columns that are filled together: from one face (None for none), or from a whole table."""

    names: tuple[str, ...]
    decimals: tuple[int | None, ...]
    of_face: Callable[[FrameResult, FaceResult | None], Sequence[Value]]
    of_table: Callable[[SessionTable], Sequence[Filled]]

    def cells(self, result: FrameResult, face: FaceResult | None) -> list[str]:
        return [
            value if isinstance(value, str) else number_cell(value, decimals or 0)
            for value, decimals in zip(self.of_face(result, face), self.decimals, strict=True)
        ]


@dataclass(frozen=True, slots=True)
class _Scores:
    """One kind of scores: those of a face, and those of a table; None where there are none."""

    of_face: Callable[[FaceResult], EmotionScores | None]
    of_table: Callable[[SessionTable], OtherScores | None]


_CALIBRATED: Final = _Scores(
    lambda face: face.scores,
    lambda table: OtherScores(table.labels, table.scores, table.uncertain),
)
_SMOOTHED: Final = _Scores(
    lambda face: face.smoothed,
    lambda table: OtherScores(table.labels, table.smoothed, table.uncertain_smoothed),
)
_BASELINE: Final = _Scores(lambda face: face.corrected, lambda table: table.others.get("baseline"))
_COMPARED: Final = _Scores(
    lambda face: face.other, lambda table: table.others.get("compare_scores")
)
_COMPARED_SMOOTHED: Final = _Scores(
    lambda face: face.other_smoothed, lambda table: table.others.get("compare_smoothed")
)
_COMPARED_BASELINE: Final = _Scores(
    lambda face: face.other_corrected, lambda table: table.others.get("compare_baseline")
)


def _groups(layout: RowLayout) -> tuple[_Group, ...]:
    classes = table_order(layout.labels)
    groups = [
        _Group(
            ("file", "frame", "timestamp"), (None, 0, _TIME_DECIMALS), _frame_cells, _frame_columns
        ),
        _Group(
            ("face_id", "face_label", "success"), (0, None, 0), _identity_cells, _identity_columns
        ),
        _of_face(
            ("detection_confidence", "x", "y", "width", "height"),
            (SHARE_DECIMALS, *(_PIXEL_DECIMALS,) * 4),
            _box_cells,
            lambda table: _floats(table.detection_confidence, table.box),
        ),
        _reading("{}", _CALIBRATED),
        _classes("{}", classes, _CALIBRATED),
        _classes("{}_smoothed", classes, _SMOOTHED),
        _of_face(
            ("valence", "arousal", "pitch", "yaw", "roll"),
            (*(_AFFECT_DECIMALS,) * 2, *(_ANGLE_DECIMALS,) * 3),
            _affect_and_pose_cells,
            lambda table: _floats(affect_columns(table.scores, table.labels), table.pose),
        ),
    ]
    if layout.blendshapes:
        decimals = (SHARE_DECIMALS,) * len(BLENDSHAPES)
        groups.append(_of_face(BLENDSHAPES, decimals, _blendshape_cells, _blendshape_columns))
    if layout.baseline:
        groups += [
            _reading("{}_baseline", _BASELINE),
            _classes("{}_baseline", classes, _BASELINE),
        ]
    if layout.models:
        groups.append(_model("model", lambda result: result.model_id, lambda table: table.models))
    if layout.compared is not None:
        groups += _compared_groups(layout, table_order(layout.compared))
    return tuple(groups)


def _compared_groups(layout: RowLayout, classes: tuple[str, ...]) -> list[_Group]:
    groups = []
    if layout.models:
        groups.append(
            _model(
                "compare_model",
                lambda result: result.other_model_id,
                lambda table: table.compared_models,
            )
        )
    groups += [
        _reading("compare_{}", _COMPARED),
        _classes("compare_{}", classes, _COMPARED),
        _classes("compare_{}_smoothed", classes, _COMPARED_SMOOTHED),
    ]
    if layout.baseline:
        groups.append(_classes("compare_{}_baseline", classes, _COMPARED_BASELINE))
    groups.append(_of_face(("disagrees",), (0,), _disagrees_cells, _disagrees_column))
    return groups


def _of_face(
    names: tuple[str, ...],
    decimals: tuple[int | None, ...],
    cells: Callable[[FaceResult], Sequence[Value]],
    columns: Callable[[SessionTable], Sequence[Filled]],
) -> _Group:
    """Columns that stay empty where there is no face."""
    empty = tuple("" if places is None else None for places in decimals)
    return _Group(names, decimals, lambda _, face: empty if face is None else cells(face), columns)


def _reading(pattern: str, kind: _Scores) -> _Group:
    def cells(face: FaceResult) -> Sequence[Value]:
        scores = kind.of_face(face)
        if scores is None:
            return ("", None, None)
        return (scores.top, scores.confidence, int(scores.uncertain))

    def columns(table: SessionTable) -> Sequence[Filled]:
        kept = kind.of_table(table)
        if kept is None:
            return _unknown(table, _READING_DECIMALS)
        known = _told(kept)
        tops = kept.scores.argmax(axis=1)
        highest = kept.scores[np.arange(len(tops)), tops]
        return (
            (_texts(tops, kept.labels.names, known), None),
            (np.where(known, highest, np.float32(np.nan)), None),
            (kept.uncertain, known),
        )

    return _of_face(
        tuple(pattern.format(name) for name in _READING), _READING_DECIMALS, cells, columns
    )


def _classes(pattern: str, classes: tuple[str, ...], kind: _Scores) -> _Group:
    decimals = (SHARE_DECIMALS,) * len(classes)

    def cells(face: FaceResult) -> Sequence[Value]:
        scores = kind.of_face(face)
        return [None if scores is None else scores.probability(name) for name in classes]

    def columns(table: SessionTable) -> Sequence[Filled]:
        kept = kind.of_table(table)
        if kept is None:
            return _unknown(table, decimals)
        nothing = np.full(len(table), np.nan, np.float32)
        return [
            (
                kept.scores[:, kept.labels.index(name)] if name in kept.labels.names else nothing,
                None,
            )
            for name in classes
        ]

    return _of_face(tuple(pattern.format(name) for name in classes), decimals, cells, columns)


def _model(
    name: str,
    of_result: Callable[[FrameResult], str],
    of_table: Callable[[SessionTable], tuple[str, ...] | None],
) -> _Group:
    return _Group(
        (name,),
        (None,),
        lambda result, _: (of_result(result),),
        lambda table: ((of_table(table) or ("",) * len(table), None),),
    )


def _frame_cells(result: FrameResult, _face: FaceResult | None) -> Sequence[Value]:
    return result.name, result.index, _timestamp(result)


def _frame_columns(table: SessionTable) -> Sequence[Filled]:
    files = ("",) * len(table) if table.files is None else table.files
    return (files, None), (table.frame, None), (table.timestamp, None)


def _identity_cells(_result: FrameResult, face: FaceResult | None) -> Sequence[Value]:
    return (None, "", 0) if face is None else (face.face.track_id, face.name, 1)


def _identity_columns(table: SessionTable) -> Sequence[Filled]:
    found = table.face_id != NO_FACE
    ids = table.face_id.tolist()
    return (table.face_id, found), ([table.names.get(one, "") for one in ids], None), (found, None)


def _box_cells(face: FaceResult) -> Sequence[Value]:
    box = face.face.box
    return box.confidence, box.x, box.y, box.width, box.height


def _affect_and_pose_cells(face: FaceResult) -> Sequence[Value]:
    affect = valence_arousal(face.scores) or (None, None)
    pose = face.face.box.pose
    angles = (None, None, None) if pose is None else (pose.pitch, pose.yaw, pose.roll)
    return (*affect, *angles)


def _blendshape_cells(face: FaceResult) -> Sequence[Value]:
    blendshapes = face.face.box.blendshapes
    return (None,) * len(BLENDSHAPES) if blendshapes is None else blendshapes.tolist()


def _blendshape_columns(table: SessionTable) -> Sequence[Filled]:
    if table.blendshapes is None:
        return _unknown(table, (SHARE_DECIMALS,) * len(BLENDSHAPES))
    return _floats(table.blendshapes)


def _disagrees_cells(face: FaceResult) -> Sequence[Value]:
    return (None if face.other is None else int(face.disagrees),)


def _disagrees_column(table: SessionTable) -> Sequence[Filled]:
    other = _COMPARED_SMOOTHED.of_table(table)
    if other is None:
        return _unknown(table, (0,))
    known = _told(other) & (table.face_id != NO_FACE)
    ours = np.array(table.labels.names, object)[table.smoothed.argmax(axis=1)]
    theirs = np.array(other.labels.names, object)[other.scores.argmax(axis=1)]
    return (((ours != theirs).astype(np.bool_), known),)


def _told(kept: OtherScores) -> npt.NDArray[np.bool_]:
    """Which rows have scores."""
    return np.asarray(np.isfinite(kept.scores).all(axis=1), np.bool_)


def _floats(*arrays: npt.NDArray[np.floating]) -> list[Filled]:
    """Each array's columns; one array may have one column without saying so."""
    return [
        (column, None) for array in arrays for column in (array.T if array.ndim == 2 else [array])
    ]


def _unknown(table: SessionTable, decimals: Sequence[int | None]) -> list[Filled]:
    """Columns of which a table holds nothing."""
    nothing = np.full(len(table), np.nan)
    return [(("",) * len(table) if places is None else nothing, None) for places in decimals]


def _texts(codes: npt.NDArray[np.intp], names: Sequence[str], known: Known) -> list[str]:
    """The name of each code, "" where it is not known."""
    places = codes if known is None else np.where(known, codes, len(names))
    texts: list[str] = np.array([*names, ""], object)[places].tolist()
    return texts


def _timestamp(result: FrameResult) -> float | None:
    """A video's presentation time, a live source's time since it was opened, none for a picture."""
    if result.media_time is not None:
        return result.media_time
    return None if result.name else result.session_ms / 1000
