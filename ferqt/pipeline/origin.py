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
        other_card: Card of the compared model; None while nothing is compared.
        other_runtime: What ran that one; "" while nothing is compared.
    """

    card: ModelCard
    runtime: str
    config: PipelineConfig
    other_card: ModelCard | None = None
    other_runtime: str = ""
