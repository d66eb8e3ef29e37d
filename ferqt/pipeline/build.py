"""Builds a pipeline from its settings, and brings a running one to new settings."""

from ferqt.classifiers.catalog import Catalog, load_classifier
from ferqt.errors import ModelError, UsageError
from ferqt.faces.registry import DETECTORS, build_detector
from ferqt.pipeline.config import DEFAULT_DETECTOR, PipelineConfig
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
    try:
        catalog.entry(model_id)
    except ModelError as error:
        raise UsageError(error.message, error.hint) from error
    detector_id = detector_id or DEFAULT_DETECTOR
    if detector_id not in DETECTORS:
        raise UsageError(f"unknown detector: {detector_id!r}", f"Known: {', '.join(DETECTORS)}.")
    return PipelineConfig(model_id=model_id, detector_id=detector_id)


def build_pipeline(config: PipelineConfig, catalog: Catalog) -> Pipeline:
    """Load the model and the detector that `config` names.

    Call it in the thread that will run the pipeline: networks stay in the thread that made them.

    Raises:
        ModelError: The model is unknown or unusable.
        DetectorError: The detector is unknown or its files are damaged.
    """
    classifier = load_classifier(catalog.entry(config.model_id), threads=config.threads)
    try:
        detector = build_detector(config.detector_id, config.detector)
    except BaseException:
        classifier.close()
        raise
    return Pipeline(config, detector, classifier)


def reconfigure(pipeline: Pipeline, config: PipelineConfig, catalog: Catalog) -> None:
    """Bring a pipeline to new settings; only what differs is built again.

    Call it between two frames in the pipeline's thread. When a part cannot be built, the pipeline
    goes on with what it has.

    Raises:
        ModelError: The model is unknown or unusable.
        DetectorError: The detector is unknown or its files are damaged.
    """
    now = pipeline.config
    if (config.model_id, config.threads) != (now.model_id, now.threads):
        entry = catalog.entry(config.model_id)
        pipeline.use_classifier(load_classifier(entry, threads=config.threads), config)
    if (config.detector_id, config.detector) != (now.detector_id, now.detector):
        pipeline.use_detector(build_detector(config.detector_id, config.detector), config)
    pipeline.use_numbers(config)
