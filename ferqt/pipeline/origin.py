"""What a result was read with."""

from dataclasses import dataclass

from ferqt.classifiers.card import ModelCard
from ferqt.pipeline.config import PipelineConfig


@dataclass(frozen=True, slots=True, eq=False)
class Origin:
    """The model and the settings behind results; one object for as long as none of them changes.

    Attributes:
        card: Card of the model that answered.
        runtime: What ran it, "LiteRT" or "Keras".
        config: The settings in force.
    """

    card: ModelCard
    runtime: str
    config: PipelineConfig
