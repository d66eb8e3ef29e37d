"""Runs a compiled model with LiteRT: what answers live."""

from pathlib import Path
from typing import Any

import numpy as np

from ferqt.classifiers.calibration import calibrate
from ferqt.classifiers.card import ModelCard
from ferqt.core.types import FloatArray
from ferqt.errors import ModelError

_HINT = "Its card and its file do not belong together; add the model anew."


class LiteRTClassifier:
    """A .tflite model on the CPU (XNNPACK).

    Faces go through the network one after the other: measured with a 48 x 48 network of 1.2 M
    weights, a batch of 2, 4 or 8 costs as much as so many single faces, while every change of the
    batch's size costs an allocation. So a face's scores never depend on its neighbors.

    Made, used and closed in one thread; other threads run on while the network computes.

    Args:
        card: The model's card.
        model_path: The .tflite file; its hash has been checked.
        threads: Threads that LiteRT may use. Raising it helps large networks.

    Raises:
        ModelError: The file is no model, or not the one that the card describes.
    """

    runtime = "LiteRT"

    def __init__(self, card: ModelCard, model_path: Path, threads: int = 1) -> None:
        from ai_edge_litert.interpreter import Interpreter

        self._card = card
        shape = [1, card.input.height, card.input.width, card.input.channels]
        try:
            interpreter = Interpreter(model_path=str(model_path), num_threads=threads)
        except (ValueError, RuntimeError, OSError) as error:
            raise ModelError(
                f"model file cannot be loaded: {model_path} ({_first_line(error)})",
                "The file is damaged or no LiteRT model.",
            ) from error
        inputs, outputs = interpreter.get_input_details(), interpreter.get_output_details()
        _check_tensors(model_path, "input", inputs, shape)
        try:
            interpreter.resize_tensor_input(inputs[0]["index"], shape)
            interpreter.allocate_tensors()
        except (ValueError, RuntimeError) as error:
            raise ModelError(
                f"model file cannot be prepared: {model_path} ({_first_line(error)})",
                "It may need operations that LiteRT lacks.",
            ) from error
        outputs = interpreter.get_output_details()
        _check_tensors(model_path, "output", outputs, [1, len(card.output.labels)])
        self._input: int = inputs[0]["index"]
        self._output: int = outputs[0]["index"]
        self._interpreter: Any = interpreter

    @property
    def card(self) -> ModelCard:
        """The model's card."""
        return self._card

    def predict(self, batch: FloatArray) -> FloatArray:
        """Return the calibrated probabilities of a batch of faces; see `EmotionClassifier`."""
        if self._interpreter is None:
            raise RuntimeError("the classifier is closed")
        raw = np.empty((len(batch), len(self._card.output.labels)), np.float32)
        for index in range(len(batch)):
            self._interpreter.set_tensor(self._input, batch[index : index + 1])
            self._interpreter.invoke()
            raw[index] = self._interpreter.get_tensor(self._output)[0]
        return calibrate(raw, self._card.output)

    def close(self) -> None:
        """Release the model; harmless when repeated."""
        self._interpreter = None


def _check_tensors(
    path: Path, role: str, tensors: list[dict[str, Any]], expected: list[int]
) -> None:
    """Refuse a model whose one tensor of a role differs from the card; the batch size is free."""
    if len(tensors) != 1:
        raise ModelError(f"model has {len(tensors)} {role}s instead of one: {path}", _HINT)
    shape = [int(side) for side in tensors[0]["shape_signature"]]
    fits = len(shape) == len(expected) and all(
        found in (-1, wanted) for found, wanted in zip(shape[1:], expected[1:], strict=True)
    )
    if not fits:
        raise ModelError(
            f"model's {role} is {_shown(shape)}, its card says {_shown(expected)}: {path}", _HINT
        )
    if tensors[0]["dtype"] is not np.float32:
        kind = np.dtype(tensors[0]["dtype"]).name
        raise ModelError(f"model's {role} is {kind} instead of float32: {path}", _HINT)


def _shown(shape: list[int]) -> str:
    return " x ".join("any" if side < 0 else str(side) for side in shape[1:])


def _first_line(error: Exception) -> str:
    return str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__
