"""One frame in, one result out: the middle of the data path."""

from dataclasses import replace
from types import MappingProxyType

from ferqt.classifiers.base import EmotionClassifier
from ferqt.classifiers.card import ModelCard
from ferqt.core.people import People
from ferqt.core.state import State
from ferqt.core.types import Frame, FrameResult
from ferqt.faces.base import FaceDetector
from ferqt.pipeline.config import PipelineConfig
from ferqt.pipeline.face_reader import FaceReader
from ferqt.pipeline.locator import FaceLocator
from ferqt.pipeline.origin import Origin


class Pipeline:
    """Finds, tracks and reads the faces of one source's frames in order.

    Both halves in one thread, in which it is made, used and closed; their settings may change
    between two frames. An analysis of files runs the halves in threads of their own instead. It
    owns its detector and classifiers and closes them.

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
        self._locator = FaceLocator(detector, config.lost_after_s)
        self._reader = FaceReader(config, classifier, other)

    @property
    def config(self) -> PipelineConfig:
        """The settings in force."""
        return self._config

    @property
    def card(self) -> ModelCard:
        """Card of the model that answers now."""
        return self.origin.card

    @property
    def runtime(self) -> str:
        """What runs the model, "LiteRT" or "Keras"."""
        return self.origin.runtime

    @property
    def origin(self) -> Origin:
        """What results are read with from now on."""
        return self._reader.origin

    def process(self, frame: Frame) -> FrameResult:
        """Read all faces of a frame.

        Frames come in the order of their `session_ms`.

        Raises:
            ModelError: A model returned something that is no probability.
        """
        return self._reader.read(self._locator.locate(frame))

    def use_classifier(self, classifier: EmotionClassifier, config: PipelineConfig) -> None:
        """Let another model answer from the next frame on; the old one is closed."""
        self._config = replace(self._config, model_id=config.model_id, threads=config.threads)
        self._reader.use_classifier(classifier, self._config)

    def use_other(self, classifier: EmotionClassifier | None, config: PipelineConfig) -> None:
        """Compare with another model, or none, from the next frame on; the old one is closed."""
        self._config = replace(self._config, compare_id=config.compare_id)
        self._reader.use_other(classifier, self._config)

    def exchange(self) -> None:
        """Let the compared model answer and the answering one be compared; nothing is loaded."""
        now = self._config
        exchanged = replace(now, model_id=now.compare_id, compare_id=now.model_id)
        self._reader.exchange(exchanged)
        self._config = exchanged

    def use_detector(self, detector: FaceDetector, config: PipelineConfig) -> None:
        """Let another detector find the faces from the next frame on; identities are kept."""
        self._config = replace(
            self._config, detector_id=config.detector_id, detector=config.detector
        )
        self._locator.use_detector(detector)
        self._reader.use_values(self._config)

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
        self._locator.use_lost_after(config.lost_after_s)
        self._reader.use_values(self._config)

    def cut(self) -> None:
        """The next frame does not follow the last one (a seek): identities go on, the rest not."""
        self._locator.cut()
        self._reader.reset()

    def reset(self) -> None:
        """Another source begins: forget everything, ids start over, nobody is known."""
        self._locator.reset()
        self._reader.reset()
        self._config = replace(self._config, people=People(), baselines=MappingProxyType({}))
        self._reader.use_values(self._config)

    def state(self) -> State:
        """Return what is kept from earlier frames, as JSON-able values."""
        return {"locator": self._locator.state(), "reader": self._reader.state()}

    def restore(self, state: State) -> None:
        """Go on from what `state` returned; the settings must be equal."""
        self._locator.restore(state["locator"])
        self._reader.restore(state["reader"])

    def close(self) -> None:
        """Release the networks; harmless when repeated."""
        self._locator.close()
        self._reader.close()
