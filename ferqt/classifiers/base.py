"""What every runtime of a model is: batch of face pictures in, calibrated probabilities out."""

from typing import Protocol, runtime_checkable

from ferqt.classifiers.card import ModelCard
from ferqt.core.types import FloatArray


@runtime_checkable
class EmotionClassifier(Protocol):
    """A loaded model.

    Made, used and closed in one thread.
    """

    @property
    def card(self) -> ModelCard:
        """The model's card."""
        ...

    @property
    def runtime(self) -> str:
        """What runs the model: "LiteRT" or "Keras"."""
        ...

    def predict(self, batch: FloatArray) -> FloatArray:
        """Return the calibrated probabilities of a batch of faces.

        Args:
            batch: float32 N x height x width x channels as `preprocess` makes it, N >= 0.

        Returns:
            float32 N x classes in the order of the card's labels, each row with sum 1, after the
            card's temperature.

        Raises:
            ModelError: The model returned something that is no probability (NaN, wrong width).
        """
        ...

    def close(self) -> None:
        """Release the model; harmless when repeated."""
        ...
