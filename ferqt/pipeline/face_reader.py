"""The second half of the pipeline: what one or two models say of the faces that were found."""

from collections.abc import Sequence
from types import MappingProxyType

from ferqt.classifiers.base import EmotionClassifier
from ferqt.core.baseline import Baseline
from ferqt.core.closing import Closing
from ferqt.core.state import State
from ferqt.core.timing import StageTimer
from ferqt.core.types import FaceResult, FloatArray, FrameResult, TrackedFace
from ferqt.errors import ModelError
from ferqt.pipeline.config import PipelineConfig
from ferqt.pipeline.locator import Located
from ferqt.pipeline.origin import Origin
from ferqt.pipeline.reader import ModelReader, Reading


class FaceReader(Closing):
    """Reads the located faces of one source's frames in order; all faces of a frame at once.

    Made, used and closed in one thread. It owns its classifiers and closes them.

    Args:
        config: What the parts were built from.
        classifier: Reads expressions.
        other: Reads the same faces for comparison; None when nothing is compared.
    """

    def __init__(
        self,
        config: PipelineConfig,
        classifier: EmotionClassifier,
        other: EmotionClassifier | None = None,
    ) -> None:
        self._config = config
        self._reader = self._reader_of(classifier)
        self._other = None if other is None else self._reader_of(other)

    @property
    def origin(self) -> Origin:
        """What results are read with from now on."""
        other = self._other
        return Origin(
            self._reader.card,
            self._reader.runtime,
            self._config,
            None if other is None else other.card,
            "" if other is None else other.runtime,
        )

    def read(self, located: Located) -> FrameResult:
        """Read all faces of a frame.

        Raises:
            ModelError: A model returned something that is no probability.
        """
        frame, tracked = located.frame, located.faces
        timer = StageTimer()
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
                others = self._compared(self._other, located, baselines, batch)
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
            model_id=self._reader.card.id,
            times=MappingProxyType({**located.times, **timer.times}),
            name=frame.name,
            other_model_id="" if self._other is None else self._other.card.id,
        )

    def _compared(
        self,
        other: ModelReader,
        located: Located,
        baselines: Sequence[Baseline | None],
        batch: FloatArray,
    ) -> Sequence[Reading]:
        frame, faces = located.frame, located.faces
        if other.card.input != self._reader.card.input:
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
        self._config = config
        old.close()

    def use_other(self, classifier: EmotionClassifier | None, config: PipelineConfig) -> None:
        """Compare with another model, or none, from the next frame on; the old one is closed."""
        old, self._other = self._other, None if classifier is None else self._reader_of(classifier)
        self._config = config
        if old is not None:
            old.close()

    def exchange(self, config: PipelineConfig) -> None:
        """Let the compared model answer and the answering one be compared; nothing is loaded."""
        if self._other is None:
            raise ValueError("nothing is compared")
        self._reader, self._other = self._other, self._reader
        self._config = config

    def use_values(self, config: PipelineConfig) -> None:
        """Take over what needs nothing loaded from the next frame on."""
        self._config = config
        for reader in self._readers():
            reader.smoother.time_constant_s = config.smoothing_s
            reader.uncertain_below = config.uncertain_below

    def reset(self) -> None:
        """The next frame does not follow the last one: nothing is smoothed over that."""
        for reader in self._readers():
            reader.smoother.reset()

    def state(self) -> State:
        """Return what is kept from earlier frames, as JSON-able values."""
        return {"smoothers": [reader.smoother.state() for reader in self._readers()]}

    def restore(self, state: State) -> None:
        """Go on from what `state` returned, with as many models."""
        for reader, smoother in zip(self._readers(), state["smoothers"], strict=True):
            reader.smoother.restore(smoother)

    def close(self) -> None:
        """Release the networks; harmless when repeated."""
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
