"""Weights to start from: those that Keras publishes, from a local file, or another model's."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from ferqt.classifiers.card import CARD_NAME, read_card
from ferqt.classifiers.keras_backend import open_keras_model
from ferqt.errors import FerqtError, ModelError


def where(address: str) -> str:
    """One sentence on how to come by a file of weights."""
    return f"Download {address} and name it with --weights; ferqt itself downloads nothing."


def load_layers(layers: Sequence[Any], path: Path, address: str) -> None:
    """Set the weights of layers from a file in Keras 2's layout, by the layers' names.

    Args:
        layers: Those without weights are passed over; layers of the file that are not among them,
            too.
        path: The file (.h5), of weights alone or of a whole model.
        address: Where the right file is published, for the errors.

    Raises:
        FerqtError: The file cannot be read, or lacks a layer, or a layer has other shapes; then no
            weight has changed.
    """
    import h5py

    weighted = [layer for layer in layers if layer.weights]
    try:
        with h5py.File(path) as file:
            root = file.get("model_weights", file)
            found = [_weights_of(root, layer, path, address) for layer in weighted]
    except (OSError, KeyError) as error:
        raise FerqtError(f"cannot read weights: {path} ({error})", where(address)) from error
    for layer, arrays in zip(weighted, found, strict=True):
        layer.set_weights(arrays)


def copy_layers(layers: Sequence[Any], folder: Path, architecture_id: str) -> None:
    """Set the weights of a trunk from a model of the same network.

    Args:
        layers: The trunk's, first to last; those without weights are passed over.
        folder: Holds card.json and the Keras file.
        architecture_id: The network that the model has to be of.

    Raises:
        FerqtError: There is no such model, or it is of another network; then no weight has changed.
    """
    card = read_card(folder / CARD_NAME)
    if card.architecture != architecture_id or card.files.keras is None:
        raise ModelError(
            f"{folder} is a model of {card.architecture}, not of {architecture_id}",
            "Weights fit a model of the same network that has a Keras file.",
        )
    other = open_keras_model(folder / card.files.keras.path, card)
    # The last layer with weights is the other model's answer.
    found = [layer.get_weights() for layer in other.layers if layer.weights][:-1]
    weighted = [layer for layer in layers if layer.weights]
    shapes = [[tuple(weight.shape) for weight in layer.weights] for layer in weighted]
    if [[array.shape for array in arrays] for arrays in found] != shapes:
        raise ModelError(
            f"the weights of {folder} have other shapes than {architecture_id} has now",
            "Train from nothing, or from a model made with this version.",
        )
    for layer, arrays in zip(weighted, found, strict=True):
        layer.set_weights(arrays)


def _weights_of(root: Any, layer: Any, path: Path, address: str) -> list[npt.NDArray[np.float32]]:
    """A layer's weights in the order in which Keras lists them."""
    group = root.get(layer.name)
    if group is None or "weight_names" not in group.attrs:
        raise FerqtError(f"weights lack the layer {layer.name!r}: {path}", where(address))
    arrays = [np.asarray(group[name], np.float32) for name in group.attrs["weight_names"]]
    shapes = [array.shape for array in arrays]
    expected = [tuple(weight.shape) for weight in layer.weights]
    if shapes != expected:
        raise FerqtError(
            f"weights of the layer {layer.name!r} have the shapes {shapes}, not {expected}: {path}",
            where(address),
        )
    return arrays
