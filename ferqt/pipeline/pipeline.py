"""One frame in, one result out: the middle of the data path."""

from collections.abc import Sequence
from dataclasses import replace
from types import MappingProxyType

from ferqt.classifiers.base import EmotionClassifier
from ferqt.classifiers.card import ModelCard
from ferqt.core.baseline import Baseline
from ferqt.core.people import People
from ferqt.core.timing import StageTimer
from ferqt.core.types import FaceResult, FloatArray, Frame, FrameResult, TrackedFace
from ferqt.errors import ModelError
from ferqt.faces.base import FaceDetector
from ferqt.faces.tracker import FaceTracker
from ferqt.pipeline.config import PipelineConfig
from ferqt.pipeline.origin import Origin
from ferqt.pipeline.reader import ModelReader, Reading


class Pipeline:
    """Finds, tracks and reads the faces of one source's frames in order.

    Made, used and closed in one thread. It owns its detector and classifiers and closes them.

    Args:
        config: What the parts were built from.
        detector: Finds faces.
        classifier: Reads expressions.
        other: Reads the same faces for comparison; None when nothing is compared.
    """

    def __init__(
        self,
        config: PipelineConfig,
        detector: FaceDetector,
        classifier: EmotionClassifier,
        other: EmotionClassifier | None = None,
    ) -> None:
        self._config = config
        self._detector = detector
        self._tracker = FaceTracker(config.lost_after_s)
        self._reader = self._reader_of(classifier)
        self._other = None if other is None else self._reader_of(other)

    @property
    def config(self) -> PipelineConfig:
        """The settings in force."""
        return self._config

    @property
    def card(self) -> ModelCard:
        """Card of the model that answers now."""
        return self._reader.card

    @property
    def runtime(self) -> str:
        """What runs the model, "LiteRT" or "Keras"."""
        return self._reader.runtime

    @property
    def origin(self) -> Origin:
        """What results are read with from now on."""
        other = self._other
        return Origin(
            self.card,
            self.runtime,
            self._config,
            None if other is None else other.card,
            "" if other is None else other.runtime,
        )

    def process(self, frame: Frame) -> FrameResult:
        """Read all faces of a frame.

        Frames come in the order of their `session_ms`.

        Raises:
            ModelError: A model returned something that is no probability.
        """
        timer = StageTimer()
        with timer.stage("detect"):
            boxes = self._detector.detect(frame)
        with timer.stage("track"):
            tracked = self._tracker.update(boxes, frame.session_ms)
            people = self._config.people.recognized(tracked)
            baselines = [self._config.baselines.get(face.track_id) for face, _ in people]
        with timer.stage("crop"):
            batch = self._reader.crop(frame, tracked)
        with timer.stage("classify"):
            probabilities = self._reader.classify(batch)
        with timer.stage("smooth"):
            readings = self._reader.readings(tracked, baselines, probabilities, frame.session_ms)
        others: Sequence[Reading | None] = [None] * len(tracked)
        if self._other is not None:
            with timer.stage("compare"):
                others = self._compared(self._other, frame, tracked, baselines, batch)
        faces = [
            _face_result(face, name, reading, other)
            for (face, name), reading, other in zip(people, readings, others, strict=True)
        ]
        return FrameResult(
            frame=frame,
            index=frame.index,
            media_time=frame.media_time,
            session_ms=frame.session_ms,
            faces=tuple(sorted(faces, key=lambda result: result.face.track_id)),
            model_id=self.card.id,
            times=MappingProxyType(timer.times),
            name=frame.name,
            other_model_id="" if self._other is None else self._other.card.id,
        )

    def _compared(
        self,
        other: ModelReader,
        frame: Frame,
        faces: Sequence[TrackedFace],
        baselines: Sequence[Baseline | None],
        batch: FloatArray,
    ) -> Sequence[Reading]:
        if other.card.input != self.card.input:
            batch = other.crop(frame, faces)
        try:
            probabilities = other.classify(batch)
        except ModelError as error:
            raise ModelError(
                f"the compared model {other.card.id} fails: {error.message}", error.hint
            ) from error
        return other.readings(faces, baselines, probabilities, frame.session_ms)

    def use_classifier(self, classifier: EmotionClassifier, config: PipelineConfig) -> None:
        """Let another model answer from the next frame on; the old one is closed."""
        old, self._reader = self._reader, self._reader_of(classifier)
        self._config = replace(self._config, model_id=config.model_id, threads=config.threads)
        old.close()

    def use_other(self, classifier: EmotionClassifier | None, config: PipelineConfig) -> None:
        """Compare with another model, or none, from the next frame on; the old one is closed."""
        old, self._other = self._other, None if classifier is None else self._reader_of(classifier)
        self._config = replace(self._config, compare_id=config.compare_id)
        if old is not None:
            old.close()

    def exchange(self) -> None:
        """Let the compared model answer and the answering one be compared; nothing is loaded."""
        if self._other is None:
            raise ValueError("nothing is compared")
        self._reader, self._other = self._other, self._reader
        self._config = replace(
            self._config, model_id=self._config.compare_id, compare_id=self._config.model_id
        )

    def use_detector(self, detector: FaceDetector, config: PipelineConfig) -> None:
        """Let another detector find the faces from the next frame on; identities are kept."""
        old, self._detector = self._detector, detector
        self._config = replace(
            self._config, detector_id=config.detector_id, detector=config.detector
        )
        old.close()

    def use_values(self, config: PipelineConfig) -> None:
        """Take over what needs nothing loaded from the next frame on.

        Those are the time constants, the threshold, people and baselines. Faces whose baseline
        stays as it is are smoothed on.
        """
        self._config = replace(
            self._config,
            smoothing_s=config.smoothing_s,
            lost_after_s=config.lost_after_s,
            uncertain_below=config.uncertain_below,
            people=config.people,
            baselines=config.baselines,
        )
        self._tracker.lost_after_s = config.lost_after_s
        for reader in self._readers():
            reader.smoother.time_constant_s = config.smoothing_s
            reader.uncertain_below = config.uncertain_below

    def cut(self) -> None:
        """The next frame does not follow the last one (a seek): identities go on, the rest not."""
        self._detector.reset()
        self._tracker.cut()
        for reader in self._readers():
            reader.smoother.reset()

    def reset(self) -> None:
        """Another source begins: forget everything, ids start over, nobody is known."""
        self.cut()
        self._tracker.reset()
        self._config = replace(self._config, people=People(), baselines=MappingProxyType({}))

    def close(self) -> None:
        """Release the networks; harmless when repeated."""
        self._detector.close()
        for reader in self._readers():
            reader.close()

    def _readers(self) -> list[ModelReader]:
        return [self._reader] if self._other is None else [self._reader, self._other]

    def _reader_of(self, classifier: EmotionClassifier) -> ModelReader:
        return ModelReader(classifier, self._config.smoothing_s, self._config.uncertain_below)


def _face_result(
    face: TrackedFace, name: str, reading: Reading, other: Reading | None
) -> FaceResult:
    return FaceResult(
        face,
        reading.scores,
        reading.smoothed,
        name,
        reading.corrected,
        None if other is None else other.scores,
        None if other is None else other.corrected,
        None if other is None else other.smoothed,
    )
