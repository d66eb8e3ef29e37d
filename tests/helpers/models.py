"""A tiny real model: 48 x 48 gray, seven classes, 2,000 weights that no data ever touched.

Its Keras and LiteRT files lie in `tests/data/models/tiny-fer7`, so that most tests need no
TensorFlow. Its answers differ from picture to picture but mean nothing.
"""

import hashlib
import json
import shutil
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

from ferqt.classifiers.card import (
    CARD_NAME,
    FER_CROP,
    InputSpec,
    KerasFile,
    LiteRTFile,
    ModelCard,
    ModelFiles,
    OutputSpec,
    TrainingRecord,
    read_card,
    write_card,
)
from ferqt.classifiers.first_load import remember_tried
from ferqt.core.emotions import FER7
from ferqt.errors import ModelError
from ferqt.paths import user_models_dir

TINY_ID = "tiny-fer7"
TINY_FOLDER = Path(__file__).parents[1] / "data" / "models" / TINY_ID
TINY_INPUT = InputSpec(
    height=48,
    width=48,
    channels=1,
    color="gray",
    value_range=(0.0, 255.0),
    resize="area",
    crop=FER_CROP,
)

Json = dict[str, Any]


def sha256_of(path: Path) -> str:
    """SHA-256 of a file as cards write it."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def add_tiny_model(
    models: Path,
    model_id: str = TINY_ID,
    *,
    keras: bool = True,
    litert: bool = True,
    edit: Callable[[Json], None] = lambda card: None,
) -> Path:
    """Put the tiny model into a folder of models.

    Args:
        models: The folder of models, made if it is missing.
        model_id: Id and folder name of the copy.
        keras: Whether the copy has its Keras file.
        litert: Whether the copy has its compiled file.
        edit: Changes the card's JSON in place, for better or worse.

    Returns:
        The model's folder.
    """
    folder = models / model_id
    shutil.copytree(TINY_FOLDER, folder)
    card = json.loads((folder / CARD_NAME).read_text(encoding="utf-8"))
    card["id"] = model_id
    for name, kept in (("keras", keras), ("litert", litert)):
        if not kept:
            (folder / card["files"].pop(name)["path"]).unlink()
    edit(card)
    (folder / CARD_NAME).write_text(json.dumps(card), encoding="utf-8")
    if litert and models == user_models_dir():
        # A model that was added was loaded in a process of its own then, which takes a second.
        with suppress(ModelError):
            remember_tried(read_card(folder / CARD_NAME))
    return folder


def tiny_network(activation: str = "softmax") -> Any:
    """The tiny model's Keras network; imports TensorFlow."""
    import keras

    keras.utils.set_random_seed(7)
    inputs = keras.Input((48, 48, 1))
    x = keras.layers.Rescaling(1 / 127.5, offset=-1.0)(inputs)
    for filters in (8, 16):
        x = keras.layers.Conv2D(filters, 3, strides=2, padding="same", use_bias=False)(x)
        x = keras.layers.BatchNormalization()(x)
        x = keras.layers.ReLU()(x)
    x = keras.layers.GlobalAveragePooling2D()(x)
    # Large weights, so that pictures are told apart.
    wide = keras.initializers.RandomNormal(stddev=6.0, seed=3)
    outputs = keras.layers.Dense(7, activation=activation, kernel_initializer=wide)(x)
    return keras.Model(inputs, outputs, name="tiny")


def make_tiny_model() -> None:
    """Write the files of `TINY_FOLDER` anew; needed only when the network above changes."""
    shutil.rmtree(TINY_FOLDER, ignore_errors=True)
    TINY_FOLDER.mkdir(parents=True)
    network = tiny_network()
    keras_path, litert_path = TINY_FOLDER / "model.keras", TINY_FOLDER / "model.tflite"
    network.save(keras_path)
    network.export(str(litert_path), format="litert", verbose=False)
    card = ModelCard(
        schema=1,
        id=TINY_ID,
        name="Tiny",
        architecture="tiny",
        parameters=network.count_params(),
        files=ModelFiles(
            KerasFile(keras_path.name, sha256_of(keras_path)),
            LiteRTFile(litert_path.name, sha256_of(litert_path), "float32"),
        ),
        input=TINY_INPUT,
        output=OutputSpec(FER7, "softmax", temperature=1.0, uncertain_below=0.2),
        training=TrainingRecord((), "0" * 64, 7, "none", "3", "2026-01-01"),
        metrics=(),
        licence="MIT",
        data_licence="none",
        intended_use="Tests.",
        limits="Its answers mean nothing.",
    )
    write_card(card, TINY_FOLDER / CARD_NAME)
