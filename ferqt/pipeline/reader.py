"""One model with its memory of the faces it reads: crops, answers, corrects and smooths."""

from collections.abc import Sequence
from dataclasses import dataclass

from ferqt.classifiers.base import EmotionClassifier
from ferqt.classifiers.card import ModelCard
from ferqt.classifiers.preprocess import face_batch
from ferqt.core.baseline import Baseline
from ferqt.core.smoothing import ScoreSmoother
from ferqt.core.types import EmotionScores, FloatArray, Frame, TrackedFace


@dataclass(frozen=True, slots=True, eq=False)
class Reading:
    """What one model says of a face.

    Attributes:
        scores: Calibrated probabilities of the frame alone.
        corrected: The same after the person's neutral baseline; None without one for this model.
        smoothed: `corrected` where there is one, else `scores`, smoothed over time.
    """

    scores: EmotionScores
    corrected: EmotionScores | None
    smoothed: EmotionScores


class ModelReader:
    """Reads the faces of one source's frames in order with one model.

    Made, used and closed in one thread. It owns its classifier and closes it.

    Attributes:
        smoother: Its time constant may be changed between two frames.
        uncertain_below: Threshold instead of the card's; None for the card's.

    Args:
        classifier: The model.
        smoothing_s: First time constant of the smoother.
        uncertain_below: See the attribute.
    """

    def __init__(
        self, classifier: EmotionClassifier, smoothing_s: float, uncertain_below: float | None
    ) -> None:
        self._classifier = classifier
        self.smoother = ScoreSmoother(smoothing_s)
        self.uncertain_below = uncertain_below

    @property
    def card(self) -> ModelCard:
        """The model's card."""
        return self._classifier.card

    @property
    def runtime(self) -> str:
        """What runs the model, "LiteRT" or "Keras"."""
        return self._classifier.runtime

    def crop(self, frame: Frame, faces: Sequence[TrackedFace]) -> FloatArray:
        """Return the faces as the model wants to see them, N x height x width x channels."""
        return face_batch(frame.image, [face.box for face in faces], self.card.input)

    def classify(self, batch: FloatArray) -> FloatArray:
        """Return the calibrated probabilities of a batch, N x classes.

        Raises:
            ModelError: The model returned something that is no probability.
        """
        return self._classifier.predict(batch)

    def readings(
        self,
        faces: Sequence[TrackedFace],
        baselines: Sequence[Baseline | None],
        probabilities: FloatArray,
        session_ms: int,
    ) -> tuple[Reading, ...]:
        """Return what the model says of the faces of the next frame.

        Args:
            faces: As the tracker named them: merges of faces leave smoothing alone.
            baselines: The neutral baseline of each, None for a face without one.
            probabilities: What `classify` returned.
            session_ms: `Frame.session_ms`; must not go back.
        """
        readings = tuple(
            self._reading(face.track_id, baseline, row, session_ms)
            for face, baseline, row in zip(faces, baselines, probabilities, strict=True)
        )
        self.smoother.keep_only((face.track_id for face in faces), session_ms)
        return readings

    def close(self) -> None:
        """Release the model; harmless when repeated."""
        self._classifier.close()

    def _reading(
        self, track_id: int, baseline: Baseline | None, row: FloatArray, session_ms: int
    ) -> Reading:
        card = self.card
        below = card.output.uncertain_below
        if self.uncertain_below is not None:
            below = self.uncertain_below
        probabilities = row.copy()
        scores = EmotionScores(
            probabilities, card.output.labels, uncertain=float(probabilities.max()) < below
        )
        offsets = None if baseline is None else baseline.of(card.id, card.output.labels)
        corrected = None if offsets is None else offsets.corrected(scores, below)
        smoothed = self.smoother.update(
            track_id, session_ms, corrected or scores, below, basis=offsets
        )
        return Reading(scores, corrected, smoothed)
