"""Looks into a Keras file before it is loaded, without running anything that it brings along.

A .keras archive or an HDF5 file names the classes to build, and Keras would import what it names:
Lambda layers hold bytecode, other entries name modules, HDF5 links point to other files. Only known
built-in layers pass; everything else is refused with the reason.
"""

import io
import zipfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from ferqt.classifiers.keras_classes import ACTIVATIONS, ANY_MODULE, CLASSES
from ferqt.classifiers.schema import FieldError, parse_json
from ferqt.errors import ModelError

if TYPE_CHECKING:
    import h5py

_MAX_CONFIG_BYTES: Final = 16_000_000
_MAX_WEIGHT_BYTES: Final = 512_000_000
_MAX_OBJECTS: Final = 100_000
_MAX_DEPTH: Final = 64
_MEMBERS: Final[Mapping[str, int]] = MappingProxyType(
    {
        "metadata.json": 100_000,
        "config.json": _MAX_CONFIG_BYTES,
        "model.weights.h5": _MAX_WEIGHT_BYTES,
    }
)
_ACTIVATION_KEYS: Final = frozenset({"activation", "recurrent_activation"})
_HINT: Final = (
    "ferqt loads only models of built-in Keras layers, because others can run code of their own."
)


class _RefusedError(Exception):
    """Why a file is not loaded."""


def inspect_keras_file(path: Path) -> None:
    """Refuse a Keras file that could do anything but compute.

    Args:
        path: A .keras archive, or an HDF5 file with a whole model.

    Raises:
        ModelError: The file is refused or cannot be read; says why.
    """
    try:
        with path.open("rb") as file:
            start = file.read(8)
        reader = next((read for magic, read in _FORMATS.items() if start.startswith(magic)), None)
        if reader is None:
            raise ModelError(
                f"not a Keras model: {path}", "Expected a .keras archive or an HDF5 file."
            )
        _check_config(reader(path))
    except _RefusedError as refusal:
        raise ModelError(f"model file refused: {path} {refusal}", _HINT) from refusal
    except (OSError, zipfile.BadZipFile, KeyError, EOFError, NotImplementedError) as error:
        raise ModelError(
            f"model file cannot be read: {path} ({error})", "The file is damaged."
        ) from error


def _config_of_archive(path: Path) -> str:
    """Check a .keras archive's members and weights; return its config."""
    with zipfile.ZipFile(path) as archive:
        members = archive.infolist()
        for member in members:
            limit = _MEMBERS.get(member.filename)
            if limit is None:
                raise _RefusedError(f"holds an unexpected file: {member.filename!r}")
            if member.file_size > limit:
                raise _RefusedError(f"holds {member.filename} of {member.file_size} bytes")
            if member.flag_bits & 0x1:
                raise _RefusedError(f"holds an encrypted file: {member.filename}")
        names = [member.filename for member in members]
        if sorted(names) != sorted(_MEMBERS):
            raise _RefusedError(f"must hold {', '.join(_MEMBERS)}, each once")
        _check_hdf5(io.BytesIO(_bounded(archive, "model.weights.h5")))
        return _text(_bounded(archive, "config.json"))


def _bounded(archive: zipfile.ZipFile, name: str) -> bytes:
    """Read a member, but no more than its limit: the directory's sizes may lie."""
    limit = _MEMBERS[name]
    with archive.open(name) as member:
        content = member.read(limit + 1)
    if len(content) > limit:
        raise _RefusedError(f"holds {name} of more than {limit} bytes")
    return content


def _config_of_hdf5(path: Path) -> str:
    """Check an HDF5 file's links and sizes; return the model's config."""
    import h5py

    _check_hdf5(path)
    with h5py.File(path, "r") as file:
        if "model_config" not in file.attrs:
            raise _RefusedError("holds weights alone, without the network")
        config = file.attrs["model_config"]
    return _text(config) if isinstance(config, bytes) else str(config)


_FORMATS: Final[Mapping[bytes, Callable[[Path], str]]] = MappingProxyType(
    {b"PK\x03\x04": _config_of_archive, b"\x89HDF\r\n\x1a\n": _config_of_hdf5}
)


def _text(content: bytes) -> str:
    if len(content) > _MAX_CONFIG_BYTES:
        raise _RefusedError(f"holds a config of {len(content)} bytes")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        raise _RefusedError("holds a config that is no UTF-8 text") from None


def _check_hdf5(source: Path | io.BytesIO) -> None:
    import h5py

    with h5py.File(source, "r") as file:
        size = sum(dataset.nbytes for dataset in _datasets(file))
    if size > _MAX_WEIGHT_BYTES:
        raise _RefusedError(f"unfolds to {size} bytes of weights")


def _datasets(root: "h5py.Group") -> Iterator["h5py.Dataset"]:
    """Every dataset, after refusing what points out of the file."""
    import h5py

    groups, seen = [(root, 0)], 0
    while groups:
        group, depth = groups.pop()
        # Hard links can form loops.
        if depth > _MAX_DEPTH:
            raise _RefusedError(f"nests groups deeper than {_MAX_DEPTH} levels")
        for name in group:
            seen += 1
            if seen > _MAX_OBJECTS:
                raise _RefusedError(f"holds more than {_MAX_OBJECTS} objects")
            if not isinstance(group.get(name, getlink=True), h5py.HardLink):
                raise _RefusedError(f"links to another place: {name!r}")
            item = group[name]
            if isinstance(item, h5py.Group):
                groups.append((item, depth + 1))
            elif not isinstance(item, h5py.Dataset):
                raise _RefusedError(f"holds an unexpected object: {name!r}")
            elif item.external or item.is_virtual:
                raise _RefusedError(f"keeps values in another file: {name!r}")
            elif item.dtype.kind not in "fiub":
                raise _RefusedError(f"holds values of type {item.dtype}: {name!r}")
            else:
                yield item


def _check_config(text: str) -> None:
    try:
        config = parse_json(text)
    except FieldError as error:
        raise _RefusedError(f"holds a config that {error.message}") from error
    if not isinstance(config, dict) or not isinstance(config.get("class_name"), str):
        raise _RefusedError("holds a config that describes no network")
    # The file is loaded without its optimizer, loss and metrics, which may be a user's own.
    remaining: list[object] = [{**config, "compile_config": None}]
    while remaining:
        value = remaining.pop()
        if isinstance(value, dict):
            if "class_name" in value:
                _check_object(value)
            for key, content in value.items():
                if key in _ACTIVATION_KEYS and isinstance(content, str):
                    _check_activation(content)
            remaining.extend(value.values())
        elif isinstance(value, list):
            remaining.extend(value)


def _check_object(value: Mapping[str, object]) -> None:
    name, module = value["class_name"], value.get("module")
    if module is not None and (not isinstance(module, str) or module not in CLASSES):
        raise _RefusedError(f"uses {name!r} of the module {module!r}")
    known = ANY_MODULE if module is None else CLASSES[module]
    if not isinstance(name, str) or name not in known:
        raise _RefusedError(f"uses {name!r}, which is no built-in layer that ferqt knows")
    if value.get("registered_name") not in (None, name):
        raise _RefusedError(f"names the custom object {value['registered_name']!r}")


def _check_activation(name: str) -> None:
    if name not in ACTIVATIONS:
        raise _RefusedError(f"uses the activation {name!r}, which is not built in")
