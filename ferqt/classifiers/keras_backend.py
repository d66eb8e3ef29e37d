"""Runs a model with Keras: for the few that cannot be compiled, and for compiling the others.

The only module besides `compile` that imports TensorFlow, and only when a model asks for it.
"""

import os
from pathlib import Path
from typing import Any

import numpy as np

from ferqt.classifiers.calibration import calibrate
from ferqt.classifiers.card import ModelCard
from ferqt.classifiers.inspection import inspect_keras_file
from ferqt.core.types import FloatArray
from ferqt.errors import ModelError


def open_keras_model(path: Path) -> Any:
    """Load a Keras file after its inspection, without optimizer, loss and metrics.

    Raises:
        ModelError: The file is refused, damaged, or cannot be built by this Keras.
    """
    inspect_keras_file(path)
    # A user's keras.json may name another backend, which could not compile for LiteRT.
    os.environ["KERAS_BACKEND"] = "tensorflow"
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    import keras

    try:
        return keras.models.load_model(path, compile=False, safe_mode=True)
    except Exception as error:
        # What Keras raises for a file that it cannot build is not confined to a few types.
        reason = next(iter(str(error).strip().splitlines()), type(error).__name__)
        raise ModelError(
            f"Keras cannot load the model: {path} ({reason[:200]})",
            "Save it with Keras 3 from built-in layers.",
        ) from error


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
        model = open_keras_model(model_path)
        import tensorflow as tf

        size = (card.input.height, card.input.width, card.input.channels)
        signature = tf.TensorSpec((None, *size), tf.float32)
        self._card = card
        # Traced once: five times quicker than calling the model layer by layer.
        self._function: Any = tf.function(
            lambda batch: model(batch, training=False), input_signature=[signature]
        )
        try:
            raw = np.asarray(self._function(np.zeros((1, *size), np.float32)))
        except (ValueError, TypeError, tf.errors.OpError) as error:
            raise ModelError(
                f"model does not take {' x '.join(map(str, size))}, as its card says: {model_path}",
                "Its card and its file do not belong together; add the model anew.",
            ) from error
        calibrate(raw, card.output)

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
