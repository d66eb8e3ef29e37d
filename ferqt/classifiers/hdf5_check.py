"""Checks an HDF5 file of weights: what points out of it, and what unfolds to far more than it is.

The library that reads HDF5 is large and written in C: look at files of strangers in a process of
their own.
"""

import io
import math
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from ferqt.classifiers.keras_config import config_text
from ferqt.classifiers.refusal import TOO_LARGE, UnsafeFileError

if TYPE_CHECKING:
    import h5py

MAX_WEIGHT_BYTES: Final = 512_000_000
"""What all weights of a file may take in memory."""

_NETWORK_HINT: Final = "Add the model.json of its network instead, with the weights beside it."
_MAX_OBJECTS: Final = 100_000
_MAX_DEPTH: Final = 64
_MAX_ATTRIBUTE_BYTES: Final = 16_000_000
_MOST_TEXTS: Final = 10_000
_MAX_CHUNK_BYTES: Final = 64_000_000
_FREE_BYTES: Final = 16_000_000
_MOST_PACKED: Final = 100
"""How many times its size a file may unfold to: weights that were trained hardly do at all."""

_FILTERS: Final = frozenset({1, 2, 3, 32_000})
"""gzip, shuffle, checksums and LZF; others are libraries that HDF5 would look for on the disk."""


def check_hdf5(source: Path | io.BytesIO) -> None:
    """Refuse an HDF5 file that reaches out, or unfolds without end.

    Raises:
        OSError, RuntimeError, KeyError, ValueError: The file is damaged.
        UnsafeFileError: Says why.
    """
    import h5py

    with h5py.File(source, "r") as file:
        size = stored = 0
        for dataset in _datasets(file):
            size += dataset.nbytes
            stored += dataset.id.get_storage_size()
            if size > MAX_WEIGHT_BYTES:
                raise UnsafeFileError(f"unfolds to {size} bytes of weights", TOO_LARGE)
    if is_bomb(size, stored):
        raise UnsafeFileError(f"unfolds from {stored} to {size} bytes of weights", TOO_LARGE)


def is_bomb(size: int, stored: int) -> bool:
    """Whether so many bytes are too much to come out of what is stored."""
    return size > _FREE_BYTES and size > _MOST_PACKED * stored


def config_in_hdf5(path: Path) -> str:
    """Return the description of the network in an HDF5 file that was checked.

    Raises:
        UnsafeFileError: It has none, or one that is no text.
    """
    import h5py

    with h5py.File(path, "r") as file:
        if "model_config" not in file.attrs:
            raise UnsafeFileError("holds weights alone, without the network", _NETWORK_HINT)
        config = file.attrs["model_config"]
    if not isinstance(config, bytes | str):
        raise UnsafeFileError("holds a config that is no text")
    return config_text(config if isinstance(config, bytes) else config.encode())


def _datasets(root: "h5py.Group") -> Iterator["h5py.Dataset"]:
    """Every dataset, after refusing what points out of the file."""
    import h5py

    _check_attributes(root)
    groups, seen = [(root, 0)], 0
    while groups:
        group, depth = groups.pop()
        # Hard links can form loops.
        if depth > _MAX_DEPTH:
            raise UnsafeFileError(f"nests groups deeper than {_MAX_DEPTH} levels")
        for name in group:
            seen += 1
            if seen > _MAX_OBJECTS:
                raise UnsafeFileError(f"holds more than {_MAX_OBJECTS} objects")
            if not isinstance(group.get(name, getlink=True), h5py.HardLink):
                raise UnsafeFileError(f"links to another place: {name!r}")
            item = group[name]
            if isinstance(item, h5py.Group):
                groups.append((item, depth + 1))
            elif isinstance(item, h5py.Dataset):
                _check_dataset(item, name)
                yield item
            else:
                raise UnsafeFileError(f"holds an unexpected object: {name!r}")
            _check_attributes(item)


def _check_dataset(item: "h5py.Dataset", name: str) -> None:
    if item.external or item.is_virtual:
        raise UnsafeFileError(f"keeps values in another file: {name!r}")
    if item.dtype.kind not in "fiub":
        raise UnsafeFileError(f"holds values of type {item.dtype}: {name!r}")
    if item.chunks is not None and math.prod(item.chunks) * item.dtype.itemsize > _MAX_CHUNK_BYTES:
        raise UnsafeFileError(f"stores values in pieces that are too large: {name!r}", TOO_LARGE)
    made = item.id.get_create_plist()
    filters = {made.get_filter(index)[0] for index in range(made.get_nfilters())}
    if not filters <= _FILTERS:
        number = min(filters - _FILTERS)
        raise UnsafeFileError(f"packs values with the unknown filter {number}: {name!r}")


def _check_attributes(item: Any) -> None:
    """Attributes are read whole, and a short list of texts may name one long text many times."""
    import h5py

    for name in item.attrs:
        attribute = item.attrs.get_id(name)
        kind, count = attribute.dtype, math.prod(attribute.shape or ())
        if kind.kind not in "fiubS" and h5py.check_string_dtype(kind) is None:
            raise UnsafeFileError(f"holds a note of type {kind}: {name!r}")
        if count > _MOST_TEXTS or count * kind.itemsize > _MAX_ATTRIBUTE_BYTES:
            raise UnsafeFileError(f"holds a note of {count} values: {name!r}", TOO_LARGE)
