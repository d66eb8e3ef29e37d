"""Readings as a pipeline would give them, for tests of what shows, keeps or writes them."""

from collections.abc import Mapping

import numpy as np

from ferqt.core.emotions import FERPLUS8, LabelSet
from ferqt.core.types import (
    EmotionScores,
    FaceBox,
    FaceResult,
    FloatArray,
    Frame,
    FrameResult,
    HeadPose,
    Image,
    TrackedFace,
)


def scores(
    given: Mapping[str, float], labels: LabelSet = FERPLUS8, *, uncertain: bool = False
) -> EmotionScores:
    """The given probabilities; what is left to 1 is shared by the other classes."""
    others = len(labels) - len(given)
    rest = (1 - sum(given.values())) / others if others else 0.0
    values = [given.get(name, rest) for name in labels.names]
    return EmotionScores(np.array(values, np.float32), labels, uncertain)


def face(
    track_id: int,
    box: tuple[float, float, float, float],
    given: EmotionScores,
    *,
    smoothed: EmotionScores | None = None,
    pose: HeadPose | None = None,
    landmarks: FloatArray | None = None,
    name: str = "",
    corrected: EmotionScores | None = None,
    other: EmotionScores | None = None,
) -> FaceResult:
    """A face whose box is x, y, width and height; what is not smoothed is shown as it is."""
    face_box = FaceBox(*box, confidence=0.9, landmarks=landmarks, pose=pose)
    return FaceResult(
        TrackedFace(track_id, face_box, 1),
        given,
        smoothed or corrected or given,
        name,
        corrected,
        other,
        other_smoothed=other,
    )


def reading(
    image: Image,
    *faces: FaceResult,
    index: int = 0,
    session_ms: int = 0,
    media_time: float | None = 0.0,
    name: str = "",
) -> FrameResult:
    """What was read from a picture."""
    frame = Frame(image, index, media_time, session_ms, name)
    return FrameResult(frame, index, media_time, session_ms, faces, "model", name=name)


def sample(time_s: float, *faces: FaceResult) -> FrameResult:
    """A light sample without its picture."""
    return FrameResult(None, round(time_s * 30), time_s, round(time_s * 1000), faces, "model")
