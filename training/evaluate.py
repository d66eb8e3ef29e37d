"""Measuring a finished model: the file that runs live, on pictures it never saw."""

from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np

from ferqt.classifiers.base import EmotionClassifier
from ferqt.classifiers.card import CARD_NAME, Metrics, ModelCard, read_card
from ferqt.classifiers.keras_backend import KerasClassifier
from ferqt.classifiers.litert_backend import LiteRTClassifier
from ferqt.core.types import FloatArray
from ferqt.errors import ModelError
from training.datasets.base import Dataset, Split
from training.metrics import measure
from training.train import tensors

TOLERANCE: Final = 1e-4
"""Largest difference between Keras's and LiteRT's probabilities that is still the same model."""

_BATCH: Final = 64


@dataclass(frozen=True, slots=True)
class Evaluation:
    """What a model reaches on a split.

    Attributes:
        metrics: Measured with the LiteRT file and the card's temperature.
        keras_difference: Largest difference to Keras's probabilities; None when not compared.
    """

    metrics: Metrics
    keras_difference: float | None


def evaluate(
    folder: Path, data: Dataset, split_name: str, *, compare_keras: bool = False
) -> Evaluation:
    """Measure the model in a folder.

    Args:
        folder: Holds card.json and the model's files.
        data: Its labels have to be the model's.
        split_name: As `Dataset.split_named` takes it.
        compare_keras: Run the Keras file over the same pictures too; takes minutes.

    Raises:
        FerqtError: The model or the split cannot be used.
    """
    card = read_card(folder / CARD_NAME)
    if card.output.labels != data.labels:
        raise ModelError(
            f"{card.id} answers {card.output.labels.id}, {data.id} is labeled {data.labels.id}",
            "Measure a model on data with its own labels.",
        )
    split = data.split_named(split_name)
    probabilities = litert_probabilities(card, folder, split)
    difference = None
    if compare_keras:
        difference = largest_difference(probabilities, _keras_probabilities(card, folder, split))
    return Evaluation(measure(probabilities, split.labels, data.labels, split.name), difference)


def litert_probabilities(card: ModelCard, folder: Path, split: Split) -> FloatArray:
    """Calibrated probabilities of the LiteRT file, as the program sees them, N x classes."""
    if card.files.litert is None:
        raise ModelError(f"{card.id} has no LiteRT file", "Export the model again.")
    classifier = LiteRTClassifier(card, folder / card.files.litert.path, threads=2)
    return _run(classifier, split)


def _keras_probabilities(card: ModelCard, folder: Path, split: Split) -> FloatArray:
    if card.files.keras is None:
        raise ModelError(f"{card.id} has no Keras file to compare with")
    return _run(KerasClassifier(card, folder / card.files.keras.path), split)


def _run(classifier: EmotionClassifier, split: Split) -> FloatArray:
    try:
        parts = [
            classifier.predict(tensors(split.images[start : start + _BATCH], classifier.card.input))
            for start in range(0, len(split), _BATCH)
        ]
    finally:
        classifier.close()
    return np.concatenate(parts)


def largest_difference(one: FloatArray, other: FloatArray) -> float:
    """Largest absolute difference between two arrays of probabilities."""
    return float(np.abs(one - other).max())
