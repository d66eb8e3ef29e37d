"""One frame in, one result out: the middle of the data path."""

import logging
from dataclasses import replace
from types import MappingProxyType

from ferqt.classifiers.base import EmotionClassifier
from ferqt.classifiers.card import ModelCard
from ferqt.classifiers.preprocess import face_batch
from ferqt.core.smoothing import ScoreSmoother
from ferqt.core.timing import StageTimer
from ferqt.core.types import EmotionScores, FaceResult, FloatArray, Frame, FrameResult, TrackedFace
from ferqt.faces.base import FaceDetector
from ferqt.faces.tracker import FaceTracker
from ferqt.pipeline.config import PipelineConfig

_log = logging.getLogger(__name__)


class Pipeline:
    """Finds, tracks and reads the faces of one source's frames in order.

    Made, used and closed in one thread. It owns its detector and classifier and closes them.

    Args:
        config: What the parts were built from.
        detector: Finds faces.
        classifier: Reads expressions.
    """

    def __init__(
        self, config: PipelineConfig, detector: FaceDetector, classifier: EmotionClassifier
    ) -> None:
        self._config = config
        self._detector = detector
        self._classifier = classifier
        self._tracker = FaceTracker(config.lost_after_s)
        self._smoother = ScoreSmoother(config.smoothing_s)

    @property
    def config(self) -> PipelineConfig:
        """The settings in force."""
        return self._config

    @property
    def card(self) -> ModelCard:
        """Card of the model that answers now."""
        return self._classifier.card

    @property
    def runtime(self) -> str:
        """What runs the model, "LiteRT" or "Keras"."""
        return self._classifier.runtime

    def process(self, frame: Frame) -> FrameResult:
        """Read all faces of a frame.

        Frames come in the order of their `session_ms`.

        Raises:
            ModelError: The model returned something that is no probability.
        """
        timer = StageTimer()
        with timer.stage("detect"):
            boxes = self._detector.detect(frame)
        with timer.stage("track"):
            tracked = self._tracker.update(boxes, frame.session_ms)
        with timer.stage("crop"):
            batch = face_batch(frame.image, [face.box for face in tracked], self.card.input)
        with timer.stage("classify"):
            probabilities = self._classifier.predict(batch)
        with timer.stage("smooth"):
            faces = tuple(
                self._face_result(face, row, frame.session_ms)
                for face, row in zip(tracked, probabilities, strict=True)
            )
            self._smoother.keep_only((face.track_id for face in tracked), frame.session_ms)
        return FrameResult(
            frame=frame,
            index=frame.index,
            media_time=frame.media_time,
            session_ms=frame.session_ms,
            faces=tuple(sorted(faces, key=lambda result: result.face.track_id)),
            model_id=self.card.id,
            times=MappingProxyType(timer.times),
            name=frame.name,
        )

    def _face_result(self, face: TrackedFace, row: FloatArray, session_ms: int) -> FaceResult:
        output = self.card.output
        fixed = self._config.uncertain_below
        uncertain_below = output.uncertain_below if fixed is None else fixed
        probabilities = row.copy()
        scores = EmotionScores(
            probabilities, output.labels, uncertain=float(probabilities.max()) < uncertain_below
        )
        smoothed = self._smoother.update(face.track_id, session_ms, scores, uncertain_below)
        return FaceResult(face, scores, smoothed)

    def use_classifier(self, classifier: EmotionClassifier, config: PipelineConfig) -> None:
        """Let another model answer from the next frame on; the old one is closed."""
        old, self._classifier = self._classifier, classifier
        self._config = replace(self._config, model_id=config.model_id, threads=config.threads)
        self._smoother.reset()
        old.close()

    def use_detector(self, detector: FaceDetector, config: PipelineConfig) -> None:
        """Let another detector find the faces from the next frame on; identities are kept."""
        old, self._detector = self._detector, detector
        self._config = replace(
            self._config, detector_id=config.detector_id, detector=config.detector
        )
        old.close()

    def use_numbers(self, config: PipelineConfig) -> None:
        """Take over the time constants and the threshold from the next frame on."""
        self._config = replace(
            self._config,
            smoothing_s=config.smoothing_s,
            lost_after_s=config.lost_after_s,
            uncertain_below=config.uncertain_below,
        )
        self._tracker.lost_after_s = config.lost_after_s
        self._smoother.time_constant_s = config.smoothing_s

    def cut(self) -> None:
        """The next frame does not follow the last one (a seek): identities go on, the rest not."""
        self._detector.reset()
        self._smoother.reset()

    def reset(self) -> None:
        """Another source begins: forget everything, ids start over."""
        self._detector.reset()
        self._tracker.reset()
        self._smoother.reset()

    def close(self) -> None:
        """Release the networks; harmless when repeated."""
        self._detector.close()
        self._classifier.close()
