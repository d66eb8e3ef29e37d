"""Builds a pipeline from its settings, and brings a running one to new settings.

Detectors, networks and what reads with them are imported where they are built: in the thread that
will run them, while the window is on screen already.
"""

from contextlib import ExitStack
from functools import partial
from typing import TYPE_CHECKING

from ferqt.classifiers.base import EmotionClassifier
from ferqt.classifiers.catalog import Catalog, load_classifier
from ferqt.errors import ModelError, UsageError
from ferqt.faces.base import DetectorOptions, FaceDetector
from ferqt.pipeline.config import DEFAULT_DETECTOR, PipelineConfig

if TYPE_CHECKING:
    from ferqt.pipeline.face_reader import FaceReader
    from ferqt.pipeline.locator import FaceLocator
    from ferqt.pipeline.pipeline import Pipeline


def choose_config(
    catalog: Catalog, model_id: str | None = None, detector_id: str | None = None
) -> PipelineConfig:
    """Return the usual settings with the model and the detector that a person names, if any.

    Raises:
        UsageError: There is no model or detector of that name.
        ModelError: No model can be used at all.
    """
    model_id = model_id or catalog.default_id()
    detector_id = detector_id or DEFAULT_DETECTOR
    try:
        catalog.entry(model_id)
    except ModelError as error:
        raise UsageError(error.message, error.hint) from error
    if detector_id != DEFAULT_DETECTOR:
        from ferqt.faces.registry import DETECTORS

        if detector_id not in DETECTORS:
            known = ", ".join(DETECTORS)
            raise UsageError(f"unknown detector: {detector_id!r}", f"Known: {known}.")
    return PipelineConfig(model_id=model_id, detector_id=detector_id)


def build_pipeline(config: PipelineConfig, catalog: Catalog) -> "Pipeline":
    """Load the models and the detector that `config` names.

    Call it in the thread that will run the pipeline: networks stay in the thread that made them.

    Raises:
        ModelError: A model is unknown or unusable.
        DetectorError: The detector is unknown or its files are damaged.
    """
    from ferqt.pipeline.pipeline import Pipeline

    with ExitStack() as built:
        classifier = _classifier(catalog, config.model_id, config, built)
        detector = _detector(config.detector_id, config.detector)
        built.callback(detector.close)
        other = None
        if config.compare_id:
            other = _classifier(catalog, config.compare_id, config, built)
        built.pop_all()
    return Pipeline(config, detector, classifier, other)


def build_locator(config: PipelineConfig) -> "FaceLocator":
    """Open the detector that `config` names, in the thread that will run the locator.

    Raises:
        DetectorError: The detector is unknown or its files are damaged.
    """
    from ferqt.pipeline.locator import FaceLocator

    return FaceLocator(_detector(config.detector_id, config.detector), config.lost_after_s)


def build_face_reader(config: PipelineConfig, catalog: Catalog) -> "FaceReader":
    """Load the models that `config` names, in the thread that will run the reader.

    Raises:
        ModelError: A model is unknown or unusable.
    """
    from ferqt.pipeline.face_reader import FaceReader

    with ExitStack() as built:
        classifier = _classifier(catalog, config.model_id, config, built)
        other = None
        if config.compare_id:
            other = _classifier(catalog, config.compare_id, config, built)
        built.pop_all()
    return FaceReader(config, classifier, other)


def reconfigure(pipeline: "Pipeline", config: PipelineConfig, catalog: Catalog) -> None:
    """Bring a pipeline to new settings; only what differs is built again.

    Call it between two frames in the pipeline's thread. When a part cannot be built, the pipeline
    goes on with all the parts that it has; values that need no part are taken over nevertheless.

    Raises:
        ModelError: A model is unknown or unusable.
        DetectorError: The detector is unknown or its files are damaged.
    """
    pipeline.use_values(config)
    now = pipeline.config
    if now.compare_id and (config.model_id, config.compare_id) == (now.compare_id, now.model_id):
        pipeline.exchange()
        now = pipeline.config
    with ExitStack() as built:
        changes = []
        if (config.model_id, config.threads) != (now.model_id, now.threads):
            classifier = _classifier(catalog, config.model_id, config, built)
            changes.append(partial(pipeline.use_classifier, classifier, config))
        if (config.detector_id, config.detector) != (now.detector_id, now.detector):
            detector = _detector(config.detector_id, config.detector)
            built.callback(detector.close)
            changes.append(partial(pipeline.use_detector, detector, config))
        if (config.compare_id, config.threads) != (now.compare_id, now.threads):
            other = None
            if config.compare_id:
                other = _classifier(catalog, config.compare_id, config, built)
            changes.append(partial(pipeline.use_other, other, config))
        built.pop_all()
    for change in changes:
        change()


def _classifier(
    catalog: Catalog, model_id: str, config: PipelineConfig, built: ExitStack
) -> EmotionClassifier:
    """Load a model, and have it closed if what follows fails."""
    classifier = load_classifier(catalog.entry(model_id), threads=config.threads)
    built.callback(classifier.close)
    return classifier


def _detector(detector_id: str, options: DetectorOptions) -> FaceDetector:
    from ferqt.faces.registry import build_detector

    return build_detector(detector_id, options)
