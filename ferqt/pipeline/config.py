"""Settings of a pipeline, as one frozen value that a running loop swaps between two frames."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final

from ferqt.core.baseline import Baseline
from ferqt.core.people import People
from ferqt.faces.base import DetectorOptions

DEFAULT_DETECTOR: Final = "mediapipe"

LOADED_PARTS: Final = ("model_id", "compare_id", "detector_id", "detector", "threads")
"""Settings that stand for a part which is loaded, and may fail to."""


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
        threads: Threads that a classifier may use.
        people: Names and merges of the faces of the open source.
        baselines: Neutral baselines of those who have one, by the id that the face goes by.
        compare_id: Id of a second model that reads the same faces; "" for none.
    """

    model_id: str
    detector_id: str = DEFAULT_DETECTOR
    detector: DetectorOptions = field(default_factory=DetectorOptions)
    smoothing_s: float = 0.3
    lost_after_s: float = 1.5
    uncertain_below: float | None = None
    threads: int = 1
    people: People = field(default_factory=People)
    baselines: Mapping[int, Baseline] = field(default_factory=lambda: MappingProxyType({}))
    compare_id: str = ""
