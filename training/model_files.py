"""The files of a model: one head of a trained network, saved, compiled and described."""

import hashlib
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any, Final

import keras

from ferqt.classifiers.card import (
    SCHEMA,
    AlignedCrop,
    BoxCrop,
    InputSpec,
    KerasFile,
    LiteRTFile,
    ModelCard,
    ModelFiles,
    OutputSpec,
    TrainingRecord,
)
from ferqt.classifiers.compile import compile_model
from training.architectures import registry
from training.config import HeadConfig, Recipe
from training.datasets.base import Dataset
from training.run import Checkpoint

KERAS_NAME: Final = "model.keras"
LITERT_NAME: Final = "model.tflite"


@dataclass(frozen=True, slots=True)
class TrainedHead:
    """One head of a run that is made a model.

    Attributes:
        recipe: What was trained.
        recipe_name: File name of the recipe.
        head: Which head.
        checkpoint: The run's last checkpoint.
        finished: Day of that checkpoint.
    """

    recipe: Recipe
    recipe_name: str
    head: HeadConfig
    checkpoint: Checkpoint
    finished: date

    @property
    def best_epoch(self) -> int:
        """The epoch that is exported, from 1."""
        return self.checkpoint.best[self.head.id].epoch

    @property
    def side(self) -> int:
        """Side of the pictures in that epoch, px."""
        return self.checkpoint.history[self.best_epoch - 1].side

    def input_spec(self, crop: AlignedCrop | BoxCrop) -> InputSpec:
        """What the model wants to see, with pictures cut as `crop` says."""
        return registry.architecture(self.recipe.model.architecture).input_spec(crop, self.side)


def single_model(trained: TrainedHead) -> Any:
    """Build the trunk with this head alone, with the averaged weights of the head's best epoch.

    Whatever the run's precision, the network computes in float32; see `training.train`.
    """
    words = trained.recipe.model
    heads = {head.id: len(head.label_set) for head in trained.recipe.heads}
    whole = registry.build(words.architecture, heads, trained.side, words.dropout, "float32")
    whole.set_weights(trained.checkpoint.best[trained.head.id].weights)
    answer = whole.get_layer(trained.head.id).output
    return keras.Model(whole.input, answer, name=words.architecture)


def write_model_files(trained: TrainedHead, model: Any, data: Dataset, folder: Path) -> ModelCard:
    """Save and compile a model.

    Returns:
        Its card before calibration: temperature 1, nothing uncertain, no figures.

    Raises:
        NotCompilableError: LiteRT lacks something that the model needs, or answers differently.
    """
    model.save(folder / KERAS_NAME, include_optimizer=False)
    card = _first_card(trained, int(model.count_params()), data, _sha256(folder / KERAS_NAME))
    compile_model(card, folder / KERAS_NAME, folder / LITERT_NAME)
    litert = LiteRTFile(LITERT_NAME, _sha256(folder / LITERT_NAME), "float32")
    return replace(card, files=replace(card.files, litert=litert))


def _first_card(trained: TrainedHead, parameters: int, data: Dataset, sha256: str) -> ModelCard:
    words, head, recipe = trained.recipe.model, trained.head, trained.recipe
    voted = head.labeling == "majority" or any(one.votes_weight > 0 for one in recipe.heads)
    votes = (data.votes_from,) if voted and data.votes_from else ()
    return ModelCard(
        schema=SCHEMA,
        id=head.id,
        name=head.name,
        architecture=words.architecture,
        parameters=parameters,
        files=ModelFiles(keras=KerasFile(KERAS_NAME, sha256)),
        input=trained.input_spec(data.crop),
        output=OutputSpec(head.label_set, "softmax", temperature=1.0, uncertain_below=0.0),
        training=TrainingRecord(
            datasets=(*data.sources, *votes),
            split_sha256=trained.checkpoint.data_sha256,
            seed=recipe.fit.seed,
            config=trained.recipe_name,
            keras=keras.__version__,
            date=trained.finished.isoformat(),
        ),
        metrics=(),
        licence=words.licence,
        data_licence=data.licence,
        intended_use=words.intended_use,
        limits=words.limits,
    )


def _sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
