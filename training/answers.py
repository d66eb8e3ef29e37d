"""What a finished model says of pictures, asked as the program would ask it."""

from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt

from ferqt.classifiers.base import EmotionClassifier
from ferqt.classifiers.card import ModelCard
from ferqt.classifiers.catalog import Catalog, CatalogEntry, load_classifier
from ferqt.classifiers.keras_backend import KerasClassifier
from ferqt.classifiers.preprocess import picture_to_tensor
from ferqt.core.types import FloatArray
from ferqt.errors import FerqtError, ModelError
from training.datasets.base import Split

_BATCH: Final = 64


@dataclass(frozen=True, slots=True, eq=False)
class Answers:
    """Probabilities for N pictures, before the card's temperature.

    Attributes:
        upright: For the pictures as they are, N x classes.
        mirrored: For their mirror images.
    """

    upright: FloatArray
    mirrored: FloatArray

    def take(self, rows: npt.NDArray[np.bool_]) -> "Answers":
        """The chosen rows."""
        return Answers(self.upright[rows], self.mirrored[rows])


def open_model(folder: Path) -> tuple[CatalogEntry, ModelCard]:
    """Find the model in a folder, as the program does.

    Raises:
        ModelError: There is none, or its card is broken.
    """
    place = folder.resolve()
    if not place.is_dir():
        raise ModelError(f"no model at {folder}", "Name the folder that holds its card.json.")
    entry = Catalog((place.parent,)).entry(place.name)
    if entry.card is None:
        raise ModelError(f"model {folder} cannot be used: {entry.problem}")
    return entry, entry.card


def ask_model(entry: CatalogEntry, card: ModelCard, split: Split) -> Answers:
    """Run a model over all pictures of a split, with the quickest runtime that it has.

    Raises:
        ModelError: The model's files are damaged or refused.
    """
    plain = replace(entry, card=without_temperature(card))
    return ask(load_classifier(plain, threads=2), split)


def ask(classifier: EmotionClassifier, split: Split) -> Answers:
    """Run a classifier of temperature 1 over pictures and their mirror images, and close it."""
    with closing(classifier):
        return Answers(_run(classifier, split), _run(classifier, split, mirrored=True))


def ask_upright(classifier: EmotionClassifier, split: Split) -> FloatArray:
    """Run a classifier over the pictures alone, N x classes, and close it."""
    with closing(classifier):
        return _run(classifier, split)


def _run(classifier: EmotionClassifier, split: Split, *, mirrored: bool = False) -> FloatArray:
    if len(split) == 0:
        raise FerqtError(f"{split.name} holds no picture", "Choose another split.")
    spec, parts = classifier.card.input, []
    for start in range(0, len(split), _BATCH):
        images = split.images[start : start + _BATCH]
        batch = np.stack([picture_to_tensor(image, spec) for image in images])
        parts.append(classifier.predict(batch[:, :, ::-1] if mirrored else batch))
    return np.concatenate(parts)


def keras_difference(entry: CatalogEntry, card: ModelCard, answers: Answers, split: Split) -> float:
    """Largest difference between the Keras file's probabilities and `answers`; takes long.

    Raises:
        ModelError: The model has no Keras file.
    """
    if card.files.keras is None:
        raise ModelError(f"{card.id} has no Keras file to compare with")
    keras = KerasClassifier(without_temperature(card), entry.folder / card.files.keras.path)
    return float(np.abs(ask_upright(keras, split) - answers.upright).max())


def without_temperature(card: ModelCard) -> ModelCard:
    """The card of a model that says what the network says."""
    return replace(card, output=replace(card.output, temperature=1.0))
