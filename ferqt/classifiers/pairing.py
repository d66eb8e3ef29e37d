"""Joins a network's description, model.json, with its weights beside it into one Keras file.

Older programs save the two apart. Joined, they are looked at, loaded and kept as any other file.
"""

import json
import zipfile
from contextlib import suppress
from pathlib import Path
from typing import Final

from ferqt.classifiers.inspection import inspect_network, inspect_weights
from ferqt.errors import ModelError

JOINED_NAMES: Final = ("model.keras", "model.h5")
"""What a joined file is called, by the kind of its weights."""

_SUFFIXES: Final = (".weights.h5", "_weights.h5", ".h5", ".hdf5")
_USUAL_NAMES: Final = ("model.weights.h5", "weights.h5", "model_weights.h5")
_ANY: Final = (".h5", ".hdf5")
_OLD_MARK: Final = "layer_names"
_OLD_GROUP: Final = "model_weights"


def weights_beside(network: Path) -> Path:
    """Return the weights that belong to a description: of its name, of a usual one, or the only.

    Raises:
        ModelError: There are none, or several that could be meant.
    """
    stem = network.stem.removesuffix(".config")
    names = (*(f"{stem}{suffix}" for suffix in _SUFFIXES), *_USUAL_NAMES)
    found = next((path for name in names if (path := network.with_name(name)).is_file()), None)
    if found is not None:
        return found
    others: list[Path] = []
    with suppress(OSError):
        beside = [path for path in network.parent.iterdir() if path.suffix.lower() in _ANY]
        # A pipe of that name would be read without end.
        others = [path for path in beside if path.is_file()]
    if len(others) == 1:
        return others[0]
    raise ModelError(
        f"the network's weights are missing: {network}",
        f"Put them beside it as {stem}.weights.h5.",
    )


def join_pair(network: Path, weights: Path, folder: Path) -> Path:
    """Write both into one file after their inspection; reads HDF5, so not in the window's process.

    Args:
        network: The description, as JSON.
        weights: HDF5 of Keras 3, or of an older one.
        folder: Where the file is written.

    Returns:
        The file, which has one of `JOINED_NAMES`.

    Raises:
        ModelError: One of them is refused or damaged.
    """
    import h5py

    inspect_network(network)
    inspect_weights(weights)
    text = network.read_text(encoding="utf-8")
    with h5py.File(weights, "r") as source:
        old = source.get(_OLD_GROUP, source)
        if _OLD_MARK in old.attrs:
            return _as_hdf5(text, old, folder / JOINED_NAMES[1])
    return _as_archive(text, weights, folder / JOINED_NAMES[0])


def _as_hdf5(text: str, weights: "object", target: Path) -> Path:
    """One file as older Keras versions write it."""
    import h5py

    with h5py.File(target, "w") as file:
        file.attrs["model_config"] = text.encode()
        file.copy(weights, file, name=_OLD_GROUP)
    return target


def _as_archive(text: str, weights: Path, target: Path) -> Path:
    """One file as Keras 3 writes it."""
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("metadata.json", json.dumps({"keras_version": "3.0.0"}))
        archive.writestr("config.json", text)
        archive.write(weights, "model.weights.h5")
    return target
