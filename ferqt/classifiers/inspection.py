"""Looks into a model file before it is loaded, without running anything that it brings along.

A .keras archive or an HDF5 file names the classes to build, and Keras would import what it names:
Lambda layers hold bytecode, other entries name modules, HDF5 links point to other files. Only known
built-in layers pass; everything else is refused with the reason. LiteRT files are verified.
"""

import io
import stat
import struct
import zipfile
import zlib
from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Final, Literal

from ferqt.classifiers.hdf5_check import MAX_WEIGHT_BYTES, check_hdf5, config_in_hdf5, is_bomb
from ferqt.classifiers.keras_config import MAX_CONFIG_BYTES, check_config, config_text
from ferqt.classifiers.litert_check import check_litert
from ferqt.classifiers.refusal import TOO_LARGE, UnsafeFileError
from ferqt.errors import ModelError

Format = Literal["keras", "litert", "network"]
"""What a model file is; "network" is the description of a Keras network without its weights."""

MODEL_SUFFIXES: Final = (".keras", ".h5", ".hdf5", ".tflite", ".json")
"""Endings of the files that can be added."""

MAX_BYTES: Final = 512_000_000
"""What a model file may have."""

_WEIGHTS: Final = "model.weights.h5"
_CONFIG: Final = "config.json"
_MEMBERS: Final[Mapping[str, int]] = MappingProxyType(
    {"metadata.json": 100_000, _CONFIG: MAX_CONFIG_BYTES, _WEIGHTS: MAX_WEIGHT_BYTES}
)
_PACKINGS: Final = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
_UNIX: Final = 3
_ZIP: Final = b"PK\x03\x04"
_HDF5: Final = b"\x89HDF\r\n\x1a\n"
_PICKLES: Final = tuple(bytes((0x80, protocol)) for protocol in range(2, 6))
_SAVED_MODEL: Final = "saved_model.pb"
_HINT: Final = (
    "ferqt loads only models of built-in Keras layers, because others can run code of their own."
)
_LITERT_HINT: Final = (
    "ferqt loads only LiteRT models that are whole and use LiteRT's own operations."
)
_SAVED_MODEL_HINT: Final = (
    "Its graph could read and write files. Load it where it was made, and save it as .keras, or "
    "convert it to .tflite."
)
_EXPECTED: Final = "Expected .keras, .h5, .hdf5, .tflite or model.json with its weights beside it."
_DAMAGED: Final = (
    OSError,
    RuntimeError,
    KeyError,
    ValueError,
    EOFError,
    OverflowError,
    TypeError,
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
)
"""What the libraries raise for files that are damaged."""


def format_of(path: Path) -> Format:
    """Tell a model file's format from its content, and refuse what is none or could do harm.

    Reads no HDF5: that is left to `inspect_keras_file` in a process of its own.

    Raises:
        ModelError: The file cannot be read, is too large, is no model, or is refused.
    """
    start = _start_of(path)
    if start[4:] == b"TFL3":
        _refusing(path, lambda: check_litert(path.read_bytes()), _LITERT_HINT)
        return "litert"
    if start.startswith(_ZIP):
        _refusing(path, lambda: check_config(_config_of_archive(path)), _HINT)
        return "keras"
    if start.startswith(_HDF5):
        return "keras"
    if start.lstrip()[:1] == b"{":
        inspect_network(path)
        return "network"
    if start.startswith(_PICKLES):
        raise ModelError(f"pickled files are not read: {path}", "They run code when they are read.")
    raise ModelError(f"not a model file: {path}", _EXPECTED)


def is_archive(path: Path) -> bool:
    """Whether a file begins as an archive; one that only ends as such may be something else, too.

    Raises:
        ModelError: The file cannot be read.
    """
    return _start_of(path).startswith(_ZIP)


def inspect_keras_file(path: Path) -> None:
    """Refuse a Keras file that could do anything but compute.

    Args:
        path: A .keras archive, or an HDF5 file with a whole model.

    Raises:
        ModelError: The file is refused or cannot be read; says why.
    """
    start = _start_of(path)
    look = next((look for magic, look in _LOOKS.items() if start.startswith(magic)), None)
    if look is None:
        raise ModelError(f"not a Keras model: {path}", "Expected a .keras archive or an HDF5 file.")
    _refusing(path, lambda: look(path), _HINT)


def check_name(path: Path) -> None:
    """Refuse a Keras file whose name makes Keras take it for another kind than what was inspected.

    Raises:
        ModelError: The ending does not go with the content.
    """
    start = _start_of(path)
    if not any(start.startswith(magic) and path.name.endswith(end) for magic, end in _ENDINGS):
        raise ModelError(
            f"model file refused: {path} is not what its name says",
            "An archive of Keras ends with .keras, an HDF5 file with .h5 or .hdf5.",
        )


def inspect_network(path: Path) -> None:
    """Refuse the description of a network, as JSON, that could do anything but compute.

    Raises:
        ModelError: The file is refused or cannot be read; says why.
    """

    def look() -> None:
        with path.open("rb") as file:
            check_config(config_text(file.read(MAX_CONFIG_BYTES + 1)))

    _refusing(path, look, _HINT)


def inspect_weights(path: Path) -> None:
    """Refuse an HDF5 file of weights that reaches out, or unfolds without end.

    Raises:
        ModelError: The file is refused or cannot be read; says why.
    """
    if not _start_of(path).startswith(_HDF5):
        raise ModelError(f"not a file of weights: {path}", "Expected an HDF5 file.")
    _refusing(path, lambda: check_hdf5(path), _HINT)


def _start_of(path: Path) -> bytes:
    """The first bytes of a file of usual size; devices and pipes would be read without end."""
    try:
        status = path.stat()
        if stat.S_ISDIR(status.st_mode):
            raise _folder_error(path)
        if not stat.S_ISREG(status.st_mode):
            raise ModelError(f"not a file: {path}", "Choose another file.")
        with path.open("rb") as file:
            start = file.read(8)
    except OSError as error:
        raise ModelError(
            f"model file cannot be read: {path} ({error.strerror})", "Choose another file."
        ) from error
    if path.name == _SAVED_MODEL:
        raise _folder_error(path.parent)
    if status.st_size > MAX_BYTES:
        raise ModelError(
            f"model file has {status.st_size} bytes: {path}", f"Up to {MAX_BYTES} are read."
        )
    return start


def _folder_error(path: Path) -> ModelError:
    if (path / _SAVED_MODEL).exists():
        return ModelError(f"SavedModel folders are not loaded: {path}", _SAVED_MODEL_HINT)
    return ModelError(f"a folder is no model file: {path}", _EXPECTED)


def _refusing(path: Path, look: Callable[[], None], hint: str) -> None:
    """Look at a file, and turn what the look raises into one sentence about the file."""
    try:
        look()
    except UnsafeFileError as refusal:
        raise ModelError(f"model file refused: {path} {refusal}", refusal.hint or hint) from refusal
    except _DAMAGED as error:
        reason = next(iter(str(error).splitlines()), type(error).__name__)[:200]
        raise ModelError(
            f"model file cannot be read: {path} ({reason})", "The file is damaged."
        ) from error


def _config_of_archive(path: Path) -> str:
    """Check a .keras archive's list of members; return its config."""
    with zipfile.ZipFile(path) as archive:
        members = archive.infolist()
        for member in members:
            _check_member(member)
        names = [member.filename for member in members]
        if sorted(names) != sorted(_MEMBERS):
            raise UnsafeFileError(f"must hold {', '.join(_MEMBERS)}, each once")
        return config_text(_bounded(archive, _CONFIG))


def _check_member(member: zipfile.ZipInfo) -> None:
    name = member.filename
    limit = _MEMBERS.get(name)
    if limit is None:
        raise UnsafeFileError(f"holds an unexpected file: {name[:200]!r}")
    if member.create_system == _UNIX and stat.S_ISLNK(member.external_attr >> 16):
        raise UnsafeFileError(f"holds a link instead of {name}")
    if member.file_size > limit:
        raise UnsafeFileError(f"holds {name} of {member.file_size} bytes", TOO_LARGE)
    if member.flag_bits & 0x1:
        raise UnsafeFileError(f"holds an encrypted file: {name}")
    if member.compress_type not in _PACKINGS:
        raise UnsafeFileError(f"packs {name} in an unusual way")
    if is_bomb(member.file_size, member.compress_size):
        raise UnsafeFileError(
            f"unfolds {name} from {member.compress_size} to {member.file_size} bytes", TOO_LARGE
        )


def _bounded(archive: zipfile.ZipFile, name: str) -> bytes:
    """Read a member, but no more than its limit: the directory's sizes may lie."""
    limit = _MEMBERS[name]
    with archive.open(name) as member:
        content = member.read(limit + 1)
    if len(content) > limit:
        raise UnsafeFileError(f"holds {name} of more than {limit} bytes", TOO_LARGE)
    return content


def _look_into_archive(path: Path) -> None:
    config = _config_of_archive(path)
    check_config(config)
    with zipfile.ZipFile(path) as archive:
        weights = _bounded(archive, _WEIGHTS)
    check_hdf5(io.BytesIO(weights))


def _look_into_hdf5(path: Path) -> None:
    # Keras would open the other one if the file's name ended as that of an archive.
    if zipfile.is_zipfile(path):
        raise UnsafeFileError("is an HDF5 file and an archive at once")
    check_hdf5(path)
    check_config(config_in_hdf5(path))


_ENDINGS: Final = ((_ZIP, ".keras"), (_HDF5, ".h5"), (_HDF5, ".hdf5"))
_LOOKS: Final[Mapping[bytes, Callable[[Path], None]]] = MappingProxyType(
    {_ZIP: _look_into_archive, _HDF5: _look_into_hdf5}
)
