"""Untrained networks of the training package as model folders."""

from pathlib import Path
from typing import Any

from ferqt.classifiers.card import (
    CARD_NAME,
    FER_CROP,
    KerasFile,
    ModelCard,
    ModelFiles,
    OutputSpec,
    TrainingRecord,
    write_card,
)
from ferqt.core.emotions import FER7
from tests.helpers.models import sha256_of
from training.architectures.registry import architecture


def save_network(model: Any, folder: Path) -> ModelCard:
    """Write a network with one head of seven classes, and its card.

    Args:
        model: What `training.architectures.registry.build` returned.
        folder: Made if it is missing; gets model.keras and card.json.

    Returns:
        The card.
    """
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "model.keras"
    model.save(path)
    card = ModelCard(
        schema=1,
        id=model.name,
        name=model.name,
        architecture=model.name,
        parameters=model.count_params(),
        files=ModelFiles(keras=KerasFile(path.name, sha256_of(path))),
        input=architecture(model.name).input_spec(FER_CROP, model.input_shape[1]),
        output=OutputSpec(FER7, "softmax", temperature=1.0, uncertain_below=0.0),
        training=TrainingRecord((), "0" * 64, 1, "none", "3", "2026-01-01"),
        metrics=(),
        licence="MIT",
        data_licence="none",
        intended_use="Tests.",
        limits="Its answers mean nothing.",
    )
    write_card(card, folder / CARD_NAME)
    return card
