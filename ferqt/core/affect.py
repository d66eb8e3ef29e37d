"""Valence and arousal, estimated coarsely from the probabilities of the expressions."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from ferqt.core.types import EmotionScores

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

_LEAST_SHARE: Final = 0.5


def valence_arousal(scores: EmotionScores) -> tuple[float, float] | None:
    """Return (valence, arousal), each -1..1: the mean of `COORDINATES` weighted by probability.

    The values were given to words for feelings, not measured on faces, and an average of seven
    points cannot tell intensities apart: it orders readings of one model roughly, no more. Classes
    without coordinates (contempt, a user's own) are left out of the mean.

    Returns:
        None when the classes with coordinates hold less than half of the probability.
    """
    placed = [
        (float(probability), COORDINATES[name])
        for name, probability in zip(scores.labels.names, scores.probabilities, strict=True)
        if name in COORDINATES
    ]
    share = sum(probability for probability, _ in placed)
    if share < _LEAST_SHARE:
        return None
    valence = sum(probability * point[0] for probability, point in placed) / share
    arousal = sum(probability * point[1] for probability, point in placed) / share
    return valence, arousal
