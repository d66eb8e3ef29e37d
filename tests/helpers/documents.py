"""Stored sessions as a reader of the store gives them, made from readings."""

from collections.abc import Sequence

import numpy as np

from ferqt.core.emotions import FERPLUS8, LabelSet
from ferqt.core.session_document import SessionDocument
from ferqt.core.session_table import NO_FACE, OtherScores, SessionTable
from ferqt.core.types import EmotionScores, FaceResult, FrameResult

FACTS = {
    "schema": 1,
    "program": "ferqt",
    "version": "1.0",
    "complete": True,
    "source": {
        "kind": "video",
        "name": "talk.mp4",
        "width": 640,
        "height": 360,
        "fps": 30.0,
        "duration_s": 12.5,
        "sha256": "ab" * 32,
    },
    "part": {"from_s": None, "to_s": None, "every": 1},
    "model": {"id": "mini48", "labels": {"id": "ferplus8", "names": list(FERPLUS8.names)}},
}


def table_of(results: Sequence[FrameResult], labels: LabelSet = FERPLUS8) -> SessionTable:
    """The table that holds all that the results tell, but for landmarks and times of stages."""
    rows = [(result, face) for result in results for face in result.faces or (None,)]
    faces = [face for _, face in rows]
    others = {
        kind: found
        for kind, found in (
            ("baseline", _others([face and face.corrected for face in faces])),
            ("compare_scores", _others([face and face.other for face in faces])),
            ("compare_smoothed", _others([face and face.other_smoothed for face in faces])),
            ("compare_baseline", _others([face and face.other_corrected for face in faces])),
        )
        if found is not None
    }
    pictures = any(result.name for result in results)
    return SessionTable(
        labels=labels,
        frame=np.array([result.index for result, _ in rows], np.int64),
        timestamp=np.array([_time(result) for result, _ in rows], np.float64),
        face_id=np.array([face.face.track_id if face else NO_FACE for face in faces], np.int32),
        detection_confidence=np.array(
            [np.nan if not face else _number(face.face.box.confidence) for face in faces]
        ),
        box=np.array([_box(face) for face in faces], np.float64).reshape(-1, 4),
        scores=_scores([face and face.scores for face in faces], labels),
        smoothed=_scores([face and face.smoothed for face in faces], labels),
        uncertain=np.array([bool(face and face.scores.uncertain) for face in faces], np.bool_),
        uncertain_smoothed=np.array(
            [bool(face and face.smoothed.uncertain) for face in faces], np.bool_
        ),
        pose=np.array([_pose(face) for face in faces], np.float64).reshape(-1, 3),
        blendshapes=_blendshapes(faces),
        names={face.face.track_id: face.name for face in faces if face and face.name},
        files=tuple(result.name for result, _ in rows) if pictures else None,
        others=others,
        models=tuple(result.model_id for result, _ in rows) if others else None,
        compared_models=tuple(result.other_model_id for result, _ in rows) if others else None,
    )


def document_of(
    results: Sequence[FrameResult], labels: LabelSet = FERPLUS8, **known: object
) -> SessionDocument:
    """A session of a video with these results; what else is known of it goes by name."""
    return SessionDocument(
        **{"title": "talk.mp4", "table": table_of(results, labels), "facts": FACTS, **known}
    )


def _others(given: Sequence[EmotionScores | None]) -> OtherScores | None:
    labels = next((one.labels for one in given if one), None)
    if labels is None:
        return None
    return OtherScores(
        labels,
        _scores(given, labels),
        np.array([bool(one and one.uncertain) for one in given], np.bool_),
    )


def _scores(given: Sequence[EmotionScores | None], labels: LabelSet) -> np.ndarray:
    nothing = np.full(len(labels), np.nan, np.float32)
    rows = [one.probabilities if one else nothing for one in given]
    return np.array(rows, np.float32).reshape(-1, len(labels))


def _time(result: FrameResult) -> float:
    if result.media_time is not None:
        return result.media_time
    return np.nan if result.name else result.session_ms / 1000


def _box(face: FaceResult | None) -> tuple[float, ...]:
    if face is None:
        return (np.nan,) * 4
    box = face.face.box
    return (box.x, box.y, box.width, box.height)


def _pose(face: FaceResult | None) -> tuple[float, ...]:
    pose = face.face.box.pose if face else None
    return (np.nan,) * 3 if pose is None else (pose.pitch, pose.yaw, pose.roll)


def _blendshapes(faces: Sequence[FaceResult | None]) -> np.ndarray | None:
    given = [face.face.box.blendshapes if face else None for face in faces]
    if all(one is None for one in given):
        return None
    nothing = np.full(52, np.nan, np.float32)
    return np.array([nothing if one is None else one for one in given], np.float32)


def _number(value: float | None) -> float:
    return np.nan if value is None else value
