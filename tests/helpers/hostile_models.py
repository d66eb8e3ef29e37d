"""Model files as an attacker would make them: each with the sentence that has to refuse it.

Whoever runs what such a file brings along finds a file at the marker's place afterwards: payloads
are Python code or a shell command that writes it. Files of LiteRT and cards are made in
`hostile_litert` and `hostile_cards`.
"""

import base64
import io
import json
import marshal
import os
import pickle
import stat
import struct
import warnings
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import h5py
import numpy as np

from tests.helpers.models import TINY_FOLDER

Json = dict[str, Any]
Build = Callable[[Path, Path], Path]
"""Makes the file in an empty folder, with a payload that writes the marker; returns its path."""

TINY = TINY_FOLDER / "model.keras"


@dataclass(frozen=True)
class Hostile:
    """One file of the corpus.

    Attributes:
        kind: What sort of attack it is.
        name: Of the case.
        build: Makes it.
        said: What the sentence that refuses it says.
        outside: Whether it takes the helper process to find out.
    """

    kind: str
    name: str
    build: Build
    said: str
    outside: bool = False


def shell(marker: Path) -> str:
    """The payload as a shell command."""
    return f"echo run > '{marker}'"


def python(marker: Path) -> str:
    """The payload as Python code."""
    return f"open({str(marker)!r}, 'w').write('run')"


def bytecode(marker: Path) -> str:
    """The payload as Keras keeps the code of a Lambda layer."""
    code = compile(f"(lambda x: ({python(marker)}, x)[1])", "payload", "eval").co_consts[0]
    return base64.b64encode(marshal.dumps(code)).decode()


class Payload:
    """Writes the marker when it is unpickled."""

    def __init__(self, marker: Path) -> None:
        self.marker = marker

    def __reduce__(self) -> tuple[Callable[[str], int], tuple[str]]:
        return os.system, (shell(self.marker),)


def members() -> dict[str, bytes]:
    """The files in the tiny model's archive."""
    with zipfile.ZipFile(TINY) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def tiny_config() -> Json:
    """The tiny model's network."""
    config: Json = json.loads(members()["config.json"])
    return config


def archive_of(path: Path, content: dict[str, bytes], packing: int = zipfile.ZIP_DEFLATED) -> Path:
    """Write an archive."""
    with zipfile.ZipFile(path, "w", packing) as archive:
        for name, data in content.items():
            archive.writestr(name, data)
    return path


def with_config(folder: Path, config: object) -> Path:
    """The tiny model with another network."""
    text = config if isinstance(config, bytes) else json.dumps(config).encode()
    return archive_of(folder / "model.keras", members() | {"config.json": text})


def with_weights(folder: Path, fill: Callable[[h5py.File], None]) -> Path:
    """The tiny model with other weights."""
    buffer = io.BytesIO()
    with h5py.File(buffer, "w", libver="latest") as file:
        fill(file)
    content = members() | {"model.weights.h5": buffer.getvalue()}
    return archive_of(folder / "model.keras", content)


def layer(class_name: object, module: object = "keras.layers", **extra: Any) -> Json:
    """A layer as Keras describes it."""
    return {"module": module, "class_name": class_name, "config": {}, **extra}


def code_layer(marker: Path) -> Json:
    """A Lambda layer with the payload."""
    code = {"code": bytecode(marker), "defaults": None, "closure": None}
    function = {"class_name": "__lambda__", "config": code}
    return layer("Lambda", config={"name": "lambda", "function": function, "arguments": {}})


def with_layer(make: Callable[[Path], Json]) -> Build:
    """The tiny model with one more layer."""

    def build(folder: Path, marker: Path) -> Path:
        config = tiny_config()
        config["config"]["layers"].insert(1, make(marker))
        return with_config(folder, config)

    return build


def with_member(name: str) -> Build:
    """The tiny model with Python code as one more file in its archive."""

    def build(folder: Path, marker: Path) -> Path:
        return archive_of(folder / "model.keras", members() | {name: python(marker).encode()})

    return build


def with_changed(key: str, value: object) -> Build:
    """The tiny model with a value of its last layer, or of its input, changed."""

    def build(folder: Path, _: Path) -> Path:
        config = tiny_config()
        at = 0 if key == "batch_shape" else -1
        config["config"]["layers"][at]["config"][key] = value
        return with_config(folder, config)

    return build


def own_module(folder: Path, marker: Path) -> Path:
    """A module beside the file, which importing would run."""
    (folder / "evil_layers.py").write_text(python(marker))
    config = tiny_config()
    config["config"]["layers"].insert(1, layer("Dense", "evil_layers"))
    return with_config(folder, config)


def nested_custom_loss(folder: Path, _: Path) -> Path:
    config = tiny_config()
    inner = tiny_config() | {"compile_config": {"loss": layer("Loss", "evil_layers")}}
    config["config"]["layers"].insert(1, inner)
    return with_config(folder, config)


def lambda_network(folder: Path, marker: Path) -> Path:
    """A network that Keras builds, and so runs, when it is loaded without its safe mode."""
    shape = {"batch_shape": [None, 48, 48, 1], "dtype": "float32", "name": "input"}
    layers = [layer("InputLayer", config=shape), code_layer(marker)]
    config = {"name": "network", "layers": layers, "build_input_shape": [None, 48, 48, 1]}
    return with_config(folder, layer("Sequential", "keras", config=config))


def lambda_in_hdf5(folder: Path, marker: Path) -> Path:
    """As Keras 2 wrote it: bytecode, defaults and closure."""
    function = [bytecode(marker), None, None]
    shape = {"batch_input_shape": [None, 48, 48, 1], "dtype": "float32", "name": "input"}
    lambda_config = {"function": function, "function_type": "lambda", "name": "lambda"}
    layers = [
        {"class_name": "InputLayer", "config": shape},
        {"class_name": "Lambda", "config": lambda_config},
    ]
    config = {"class_name": "Sequential", "config": {"name": "s", "layers": layers}}
    path = folder / "model.h5"
    with h5py.File(path, "w") as file:
        file.attrs["model_config"] = json.dumps(config)
        file.create_group("model_weights")
    return path


def two_in_one(folder: Path, marker: Path) -> Path:
    """A harmless HDF5 file that is an archive with code as well, for who looks at its end."""
    path, other = folder / "model.h5", folder / "other"
    other.mkdir()
    with h5py.File(path, "w") as file:
        file.attrs["model_config"] = json.dumps(tiny_config())
        file.create_group("model_weights")
    archive = with_layer(code_layer)(other, marker)
    path.write_bytes(path.read_bytes() + archive.read_bytes())
    return path


def lambda_in_pair(folder: Path, marker: Path) -> Path:
    config = tiny_config()
    config["config"]["layers"].insert(1, code_layer(marker))
    (folder / "model.json").write_text(json.dumps(config))
    (folder / "model.weights.h5").write_bytes(members()["model.weights.h5"])
    return folder / "model.json"


def pair_that_links_out(folder: Path, _: Path) -> Path:
    (folder / "model.json").write_text(json.dumps(tiny_config()))
    with h5py.File(folder / "model.weights.h5", "w") as file:
        file["layers"] = h5py.ExternalLink("/etc/passwd", "/")
    return folder / "model.json"


def network_alone(folder: Path, _: Path) -> Path:
    (folder / "model.json").write_text(json.dumps(tiny_config()))
    return folder / "model.json"


def weights_alone(folder: Path, _: Path) -> Path:
    path = folder / "model.h5"
    path.write_bytes(members()["model.weights.h5"])
    return path


def pickled(name: str) -> Build:
    def build(folder: Path, marker: Path) -> Path:
        path = folder / name
        path.write_bytes(pickle.dumps(Payload(marker)))
        return path

    return build


def torch_file(folder: Path, marker: Path) -> Path:
    content = {"archive/data.pkl": pickle.dumps(Payload(marker)), "archive/version": b"3"}
    return archive_of(folder / "model.keras", content)


def pickled_arrays(folder: Path, marker: Path) -> Path:
    path = folder / "model.npz"
    np.savez(path, weights=np.array([Payload(marker)], dtype=object))
    return path.rename(folder / "model.keras")


def pickle_in_hdf5(folder: Path, marker: Path) -> Path:
    def fill(file: h5py.File) -> None:
        file["weights"] = np.void(pickle.dumps(Payload(marker)))

    return with_weights(folder, fill)


def archive_in_archive(folder: Path, _: Path) -> Path:
    return archive_of(folder / "outer.keras", {"model.keras": TINY.read_bytes()})


def assets_archive(folder: Path, marker: Path) -> Path:
    inner = archive_of(folder / "inner.zip", {"evil.py": python(marker).encode()})
    return archive_of(folder / "model.keras", members() | {"assets/inner.zip": inner.read_bytes()})


def member_that_links(folder: Path, _: Path) -> Path:
    content = members()
    link = zipfile.ZipInfo("model.weights.h5")
    link.create_system, link.external_attr = 3, (stat.S_IFLNK | 0o777) << 16
    del content[link.filename]
    path = archive_of(folder / "model.keras", content)
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr(link, "/etc/passwd")
    return path


def link_to_device(folder: Path, _: Path) -> Path:
    path = folder / "model.tflite"
    path.symlink_to("/dev/zero")
    return path


def pipe(folder: Path, _: Path) -> Path:
    path = folder / "model.keras"
    os.mkfifo(path)
    return path


def two_configs(folder: Path, marker: Path) -> Path:
    path = archive_of(folder / "model.keras", members())
    config = tiny_config()
    config["config"]["layers"].insert(1, code_layer(marker))
    with zipfile.ZipFile(path, "a") as archive, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        archive.writestr("config.json", json.dumps(config))
    return path


def unfolding_config(folder: Path, _: Path) -> Path:
    return with_config(folder, b" " * 20_000_000)


def lying_sizes(folder: Path, _: Path) -> Path:
    path = unfolding_config(folder, folder)
    lie = path.read_bytes().replace(struct.pack("<I", 20_000_000), struct.pack("<I", 1_000))
    path.write_bytes(lie)
    return path


def unfolding_weights(folder: Path, _: Path) -> Path:
    content = members() | {"model.weights.h5": bytes(40_000_000)}
    return archive_of(folder / "model.keras", content)


def unusual_packing(folder: Path, _: Path) -> Path:
    return archive_of(folder / "model.keras", members(), zipfile.ZIP_LZMA)


def saved_model(folder: Path, marker: Path) -> Path:
    """A graph with one node, in the layout of protocol buffers."""

    def field(number: int, content: bytes) -> bytes:
        return bytes(((number << 3) | 2, len(content))) + content

    node = field(1, b"w") + field(2, b"WriteFile") + field(3, str(marker).encode()[:60])
    graph = field(2, field(2, field(1, node)))
    path = folder / "saved"
    (path / "variables").mkdir(parents=True)
    (path / "saved_model.pb").write_bytes(b"\x08\x01" + graph)
    return path


def saved_model_file(folder: Path, marker: Path) -> Path:
    return saved_model(folder, marker) / "saved_model.pb"
