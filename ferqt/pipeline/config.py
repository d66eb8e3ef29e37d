"""Settings of a pipeline, as one frozen value that a running loop swaps between two frames."""

from dataclasses import dataclass, field

from ferqt.faces.base import DetectorOptions

DEFAULT_DETECTOR = "mediapipe"


@dataclass(frozen=True, slots=True)
class PipelineConfig:
    """Everything that changes what a pipeline answers.

    Attributes:
        model_id: Id of a model in the catalog.
        detector_id: Id of a detector in the registry.
        detector: Settings of the detector.
        smoothing_s: Time constant in s of the shown probabilities. Raising it makes labels calmer
            and later; 0 shows every frame's own.
        lost_after_s: A face that is away longer gets a new id when it comes back. Raising it
            bridges longer absences and risks giving an old id to a newcomer.
        uncertain_below: Probability under which the leading expression is called uncertain; None
            for the threshold of each model's card.
        threads: Threads that the classifier may use.
    """

    model_id: str
    detector_id: str = DEFAULT_DETECTOR
    detector: DetectorOptions = field(default_factory=DetectorOptions)
    smoothing_s: float = 0.3
    lost_after_s: float = 1.5
    uncertain_below: float | None = None
    threads: int = 1
