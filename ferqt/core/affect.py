"""Valence and arousal, estimated coarsely from the probabilities of the expressions."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

import numpy as np
import numpy.typing as npt

from ferqt.core.emotions import LabelSet
from ferqt.core.types import EmotionScores, FloatArray

COORDINATES: Final[Mapping[str, tuple[float, float]]] = MappingProxyType(
    {
        "neutral": (0.0, 0.0),
        "happy": (0.81, 0.51),
        "sad": (-0.63, -0.27),
        "angry": (-0.51, 0.59),
        "fear": (-0.64, 0.60),
        "disgust": (-0.60, 0.35),
        "surprise": (0.40, 0.67),
    }
)
"""Mean pleasure and arousal, -1..1, that people gave to the words happy, sad, angry, fearful,
disgusted and surprised: Russell and Mehrabian, "Evidence for a three-factor theory of emotions",
Journal of Research in Personality 11 (1977), 273-294. Neutral is the scales' origin by definition.
Contempt has no value that we could confirm in that table, so it has none here."""

LEAST_SHARE: Final = 0.5


def valence_arousal(scores: EmotionScores) -> tuple[float, float] | None:
    """Return (valence, arousal), each -1..1: the mean of `COORDINATES` weighted by probability.

    The values were given to words for feelings, not measured on faces, and an average of seven
    points cannot tell intensities apart: it orders readings of one model roughly, no more. Classes
    without coordinates (contempt, a user's own) are left out of the mean.

    Returns:
        None when the classes with coordinates hold less than half of the probability.
    """
    share = valence = arousal = 0.0
    # Added one by one as in `affect_columns`: sum() would round otherwise.
    for name, probability in zip(scores.labels.names, scores.probabilities.tolist(), strict=True):
        if name in COORDINATES:
            share += probability
            valence += probability * COORDINATES[name][0]
            arousal += probability * COORDINATES[name][1]
    return None if share < LEAST_SHARE else (valence / share, arousal / share)


def affect_columns(scores: FloatArray, labels: LabelSet) -> npt.NDArray[np.float64]:
    """Return `valence_arousal` of many readings, float64 rows x 2; NaN where there is none.

    Args:
        scores: float32 rows x classes; a row of NaN gives NaN.
        labels: The classes.
    """
    share = np.zeros(len(scores))
    sums = np.zeros((len(scores), 2))
    for name, column in zip(labels.names, scores.T, strict=True):
        if name in COORDINATES:
            probability = column.astype(np.float64)
            share += probability
            sums += probability[:, np.newaxis] * COORDINATES[name]
    enough = share >= LEAST_SHARE
    result = np.full((len(scores), 2), np.nan)
    result[enough] = sums[enough] / share[enough, np.newaxis]
    return result
