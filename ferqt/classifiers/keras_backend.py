"""Runs a model with Keras: for the few that cannot be compiled, and for compiling the others.

The only module besides `compile` that imports TensorFlow, and only when a model asks for it.
"""

import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np

from ferqt.classifiers.calibration import calibrate
from ferqt.classifiers.card import ModelCard
from ferqt.classifiers.inspection import check_name, inspect_keras_file
from ferqt.classifiers.refusal import NO_MEMORY, NO_NUMBERS, TOO_LARGE, is_out_of_memory
from ferqt.core.types import FloatArray
from ferqt.errors import ModelError


def load_keras_model(path: Path) -> Any:
    """Load a Keras file after its inspection, whatever its shape.

    Raises:
        ModelError: The file is refused, damaged, or cannot be built by this Keras; or there is no
            Keras, as in the self-contained folder.
    """
    inspect_keras_file(path)
    check_name(path)
    # A user's keras.json may name another backend, which could not compile for LiteRT.
    os.environ["KERAS_BACKEND"] = "tensorflow"
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    try:
        with _without_ipv6():
            import keras
    except ModuleNotFoundError as error:
        if error.name not in {"keras", "tensorflow"}:
            raise
        raise ModelError(
            "Keras files need TensorFlow, which this installation comes without",
            "Install ferqt with pip, or add the model as a .tflite file.",
        ) from error

    try:
        model = keras.models.load_model(path, compile=False, safe_mode=True)
    except Exception as error:
        # What Keras raises for a file that it cannot build is not confined to a few types.
        if is_out_of_memory(error):
            raise ModelError(f"model cannot be used: {path} ({NO_MEMORY})", TOO_LARGE) from error
        reason = next(iter(str(error).strip().splitlines()), type(error).__name__)
        raise ModelError(
            f"Keras cannot load the model: {path} ({reason[:200]})",
            "Save it with Keras 3 from built-in layers.",
        ) from error
    for weight in model.weights:
        if not np.isfinite(np.asarray(weight).astype(np.float32)).all():
            raise ModelError(
                f"model file refused: {path} holds weights that are no numbers (NaN or infinity)",
                NO_NUMBERS,
            )
    return model


@contextmanager
def _without_ipv6() -> Iterator[None]:
    """Keep urllib3, which comes along with Keras, from opening a socket to see if IPv6 works."""
    before = socket.has_ipv6
    socket.has_ipv6 = False
    try:
        yield
    finally:
        socket.has_ipv6 = before


def open_keras_model(path: Path, card: ModelCard) -> Any:
    """Load a Keras file after its inspection, without optimizer, loss and metrics.

    Raises:
        ModelError: The file is refused, damaged, cannot be built by this Keras, or is not the model
            that the card describes.
    """
    model = load_keras_model(path)
    size = (card.input.height, card.input.width, card.input.channels)
    _check_shape(path, "input", model.input_shape, size)
    _check_shape(path, "output", model.output_shape, (len(card.output.labels),))
    return model


def _check_shape(path: Path, role: str, found: Any, expected: tuple[int, ...]) -> None:
    """Refuse a model whose one tensor of a role differs from the card; None fits any size."""
    fits = (
        isinstance(found, tuple)
        and len(found) == len(expected) + 1
        and all(side in (None, wanted) for side, wanted in zip(found[1:], expected, strict=True))
    )
    if not fits:
        raise ModelError(
            f"model's {role} is {found}, its card says {expected} for each face: {path}",
            "Its card and its file do not belong together; add the model anew.",
        )


class KerasClassifier:
    """A .keras or .h5 model on TensorFlow; several times slower than LiteRT.

    Made, used and closed in one thread.

    Args:
        card: The model's card.
        model_path: The file; its hash has been checked.

    Raises:
        ModelError: The file is refused, or not the model that the card describes.
    """

    runtime = "Keras"

    def __init__(self, card: ModelCard, model_path: Path) -> None:
        model = open_keras_model(model_path, card)
        import tensorflow as tf

        size = (card.input.height, card.input.width, card.input.channels)
        signature = tf.TensorSpec((None, *size), tf.float32)
        self._card = card
        # Traced once: five times quicker than calling the model layer by layer.
        self._function: Any = tf.function(
            lambda batch: model(batch, training=False), input_signature=[signature]
        )
        # The first call traces; better now than while frames wait.
        self.predict(np.zeros((1, *size), np.float32))

    @property
    def card(self) -> ModelCard:
        """The model's card."""
        return self._card

    def predict(self, batch: FloatArray) -> FloatArray:
        """Return the calibrated probabilities of a batch of faces; see `EmotionClassifier`."""
        if self._function is None:
            raise RuntimeError("the classifier is closed")
        if len(batch) == 0:
            return np.empty((0, len(self._card.output.labels)), np.float32)
        return calibrate(np.asarray(self._function(batch)), self._card.output)

    def close(self) -> None:
        """Release the model; harmless when repeated."""
        self._function = None
