"""The corpus of hostile model files that come as a bare file; cards are in `hostile_cards`."""

from collections.abc import Callable
from pathlib import Path

import h5py
import numpy as np

from tests.helpers import hostile_models as made
from tests.helpers.hostile_litert import LITERT
from tests.helpers.hostile_models import (
    Build,
    Hostile,
    code_layer,
    layer,
    shell,
    with_changed,
    with_config,
    with_layer,
    with_member,
    with_weights,
)


def weights_that(fill: Callable[[h5py.File], None]) -> Build:
    """The tiny model with other weights."""
    return lambda folder, _: with_weights(folder, fill)


def link_out(file: h5py.File) -> None:
    file["layers"] = h5py.ExternalLink("/etc/passwd", "/")


def link_softly(file: h5py.File) -> None:
    file["layers"] = h5py.SoftLink("/elsewhere")


def keep_outside(file: h5py.File) -> None:
    file.create_dataset("w", (4,), "u1", external=[("/etc/passwd", 0, 4)])


def be_virtual(file: h5py.File) -> None:
    layout = h5py.VirtualLayout((4,), "u1")
    layout[:] = h5py.VirtualSource("/etc/passwd", "x", (4,))
    file.create_virtual_dataset("w", layout)


def unfold(file: h5py.File) -> None:
    file.create_dataset("w", (200_000, 1000), "f4", chunks=(1000, 1000), compression="gzip")


def unfold_less(file: h5py.File) -> None:
    file.create_dataset("w", (20_000, 1000), "f4", chunks=(1000, 1000), compression="gzip")


def go_in_circles(file: h5py.File) -> None:
    file.create_group("a")["again"] = file["/"]


def large_pieces(file: h5py.File) -> None:
    file.create_dataset("w", (2, 2), "f4", chunks=(20_000, 20_000), maxshape=(None, None))


def unknown_filter(file: h5py.File) -> None:
    kept = h5py.h5p.create(h5py.h5p.DATASET_CREATE)
    kept.set_chunk((4,))
    kept.set_filter(31_999, h5py.h5z.FLAG_OPTIONAL)
    space = h5py.h5s.create_simple((4,))
    h5py.h5d.create(file.id, b"w", h5py.h5t.IEEE_F32LE, space, kept)


def references(file: h5py.File) -> None:
    file["w"] = np.zeros(3, np.float32)
    file.attrs["layer_names"] = np.array([file["w"].ref], dtype=h5py.ref_dtype)


def endless_list(file: h5py.File) -> None:
    file.attrs.create("layer_names", ["x"] * 20_000, dtype=h5py.string_dtype())


def described(value: object) -> Build:
    """The tiny model with something else as its network."""
    return lambda folder, _: with_config(folder, value)


def nested(depth: int) -> bytes:
    return b'{"class_name": "Functional", "config": ' + b"[" * depth + b"]" * depth + b"}"


def get_file(_: Path) -> made.Json:
    origin = {"origin": "file:///etc/passwd", "fname": "passwd"}
    return layer("get_file", "keras.utils", config=origin)


def command(marker: Path) -> made.Json:
    return layer("system", "os", config={"command": shell(marker)})


def code(marker: Path) -> made.Json:
    return layer("exec", "builtins", config={"source": made.python(marker)})


def plain(class_name: str, module: str | None = "keras.layers", **extra: object) -> Build:
    """The tiny model with one more layer that has no use for the payload."""
    return with_layer(lambda _: layer(class_name, module, **extra))


def called(marker: Path) -> made.Json:
    inner = {"class_name": "function", "module": "builtins", "config": "exec"}
    return layer("Dense", config={"units": 7, "activation": inner, "name": made.python(marker)})


def wrapped(marker: Path) -> made.Json:
    return layer("TimeDistributed", config={"layer": code_layer(marker)})


def in_submodel(marker: Path) -> made.Json:
    inner = made.tiny_config()
    inner["config"]["layers"].insert(1, code_layer(marker))
    return inner


def lambda_activation(marker: Path) -> made.Json:
    function = code_layer(marker)["config"]["function"]
    return layer("Dense", config={"units": 7, "activation": function})


def pickled_module(marker: Path) -> made.Json:
    return layer("TorchModuleWrapper", config={"module": {"pickled": made.bytecode(marker)}})


KERAS = (
    Hostile("bytecode", "whole network", made.lambda_network, "'Lambda'"),
    Hostile("bytecode", "Lambda", with_layer(code_layer), "'Lambda'"),
    Hostile("bytecode", "in a wrapper", with_layer(wrapped), "'Lambda'"),
    Hostile("bytecode", "in a model in the model", with_layer(in_submodel), "'Lambda'"),
    Hostile("bytecode", "as activation", with_layer(lambda_activation), "'__lambda__'"),
    Hostile("bytecode", "HDF5 of Keras 2", made.lambda_in_hdf5, "'Lambda'", outside=True),
    Hostile("bytecode", "model.json", made.lambda_in_pair, "'Lambda'"),
    Hostile("module path", "os.system", with_layer(command), "module 'os'"),
    Hostile("module path", "builtins.exec", with_layer(code), "module 'builtins'"),
    Hostile("module path", "function as activation", with_layer(called), "'builtins'"),
    Hostile("module path", "file beside the model", made.own_module, "module 'evil_layers'"),
    Hostile(
        "module path",
        "Keras's own insides",
        plain("get_file", "keras.src.utils.file_utils"),
        "'keras.src.utils.file_utils'",
    ),
    Hostile("module path", "activation", with_changed("activation", "os.system"), "'os.system'"),
    Hostile(
        "custom object",
        "registered name",
        plain("Dense", registered_name="Evil>Dense"),
        "custom object 'Evil>Dense'",
    ),
    Hostile("custom object", "unknown class", plain("Evil", None), "'Evil'"),
    Hostile("custom object", "loss of an inner model", made.nested_custom_loss, "'Loss'"),
    Hostile("reaches for files", "get_file", with_layer(get_file), "module 'keras.utils'"),
    Hostile(
        "reaches for files",
        "words of TextVectorization",
        plain("TextVectorization", config={"vocabulary": "/etc/passwd"}),
        "'TextVectorization'",
    ),
    Hostile(
        "reaches for files",
        "words of StringLookup",
        plain("StringLookup", config={"vocabulary": "/etc/passwd"}),
        "'StringLookup'",
    ),
    Hostile(
        "reaches for files",
        "SavedModel as a layer",
        plain("TFSMLayer", config={"filepath": "/tmp/saved"}),
        "'TFSMLayer'",
    ),
    Hostile("pickle", "layer of another library", with_layer(pickled_module), "'TorchModuleWr"),
    Hostile("pickle", "named .keras", made.pickled("model.keras"), "pickled files are not read"),
    Hostile("pickle", "named .h5", made.pickled("model.h5"), "pickled files are not read"),
    Hostile("pickle", "of PyTorch", made.torch_file, "'archive/data.pkl'"),
    Hostile("pickle", "arrays of objects", made.pickled_arrays, "'weights.npy'"),
    Hostile("pickle", "among the weights", made.pickle_in_hdf5, "values of type", outside=True),
    Hostile("nested archive", "model in an archive", made.archive_in_archive, "'model.keras'"),
    Hostile("nested archive", "among the assets", made.assets_archive, "'assets/inner.zip'"),
    Hostile("path traversal", "upwards", with_member("../evil.py"), "'../evil.py'"),
    Hostile("path traversal", "absolute", with_member("/tmp/evil.py"), "'/tmp/evil.py'"),
    Hostile("path traversal", "of Windows", with_member("..\\evil.py"), "evil.py"),
    Hostile("link or device", "link in the archive", made.member_that_links, "a link instead"),
    Hostile("link or device", "endless device", made.link_to_device, "not a file"),
    Hostile("link or device", "pipe", made.pipe, "not a file"),
    Hostile("archive that lies", "two networks", made.two_configs, "each once"),
    Hostile("archive that lies", "two in one", made.two_in_one, "at once", outside=True),
    Hostile("archive that lies", "sizes", made.lying_sizes, "cannot be read"),
    Hostile("archive that lies", "unusual packing", made.unusual_packing, "an unusual way"),
    Hostile("bomb", "network", made.unfolding_config, "20000000 bytes"),
    Hostile("bomb", "weights", made.unfolding_weights, "unfolds model.weights.h5"),
    Hostile("bomb", "800 MB of HDF5", weights_that(unfold), "unfolds to 800000000", outside=True),
    Hostile("bomb", "80 MB of HDF5", weights_that(unfold_less), "unfolds from", outside=True),
    Hostile("bomb", "pieces of HDF5", weights_that(large_pieces), "too large", outside=True),
    Hostile("bomb", "circles of HDF5", weights_that(go_in_circles), "64 levels", outside=True),
    Hostile("bomb", "texts of HDF5", weights_that(endless_list), "20000 values", outside=True),
    Hostile("HDF5 reaches out", "link", weights_that(link_out), "links to", outside=True),
    Hostile("HDF5 reaches out", "soft link", weights_that(link_softly), "links to", outside=True),
    Hostile(
        "HDF5 reaches out", "raw file", weights_that(keep_outside), "another file", outside=True
    ),
    Hostile("HDF5 reaches out", "virtual", weights_that(be_virtual), "another file", outside=True),
    Hostile("HDF5 reaches out", "filter", weights_that(unknown_filter), "31999", outside=True),
    Hostile("HDF5 reaches out", "references", weights_that(references), "a note of", outside=True),
    Hostile("HDF5 reaches out", "pair", made.pair_that_links_out, "links to", outside=True),
    Hostile("gigantic shape", "units", with_changed("units", 10**12), "1e+12 as 'units'"),
    Hostile(
        "gigantic shape",
        "picture",
        with_changed("batch_shape", [None, 100_000, 100_000, 1]),
        "100000 x 100000",
    ),
    Hostile("gigantic shape", "5,000 digits", described(b'{"class_name":' + b"9" * 5_000), "JSON"),
    Hostile("huge constant", "mean", with_changed("mean", [0.5] * 150_000), "150000 values"),
    Hostile("deep nesting", "lists", described(nested(100_000)), "nested too deeply"),
    Hostile("no numbers", "NaN in the network", described(b'{"a": NaN}'), "NaN"),
    Hostile("twice", "key in the network", described(b'{"config": 1, "config": 2}'), "twice"),
    Hostile("SavedModel", "folder", made.saved_model, "SavedModel folders are not loaded"),
    Hostile("SavedModel", "its file", made.saved_model_file, "SavedModel folders are not loaded"),
    Hostile("half a model", "weights alone", made.weights_alone, "weights alone", outside=True),
    Hostile("half a model", "network alone", made.network_alone, "weights are missing"),
)

FILES = (*KERAS, *LITERT)
