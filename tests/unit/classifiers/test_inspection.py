"""Files of strangers: what could run, reach out or unfold is refused with its reason."""

import io
import json
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import h5py
import numpy as np
import pytest

from ferqt.classifiers.inspection import check_name, inspect_keras_file
from ferqt.classifiers.keras_backend import load_keras_model
from ferqt.errors import ModelError
from ferqt.paths import models_dir
from tests.helpers.hostile_corpus import be_virtual, keep_outside, link_out, link_softly, unfold
from tests.helpers.models import TINY_FOLDER

Json = dict[str, Any]
TINY = TINY_FOLDER / "model.keras"


def members() -> dict[str, bytes]:
    with zipfile.ZipFile(TINY) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def archive_of(path: Path, content: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in content.items():
            archive.writestr(name, data)
    return path


def tiny_with_layer(path: Path, layer: Json) -> Path:
    """The tiny model with one more layer in its config."""
    content = members()
    config = json.loads(content["config.json"])
    config["config"]["layers"].insert(1, layer)
    return archive_of(path, content | {"config.json": json.dumps(config).encode()})


def tiny_with_weights(path: Path, fill: Callable[[h5py.File], None]) -> Path:
    buffer = io.BytesIO()
    with h5py.File(buffer, "w") as file:
        fill(file)
    return archive_of(path, members() | {"model.weights.h5": buffer.getvalue()})


def layer(class_name: str, module: str | None = "keras.layers", **extra: Any) -> Json:
    return {"module": module, "class_name": class_name, "config": {}, **extra}


def refusal(path: Path) -> str:
    with pytest.raises(ModelError) as caught:
        inspect_keras_file(path)
    assert caught.value.hint
    return caught.value.message


def test_a_network_of_built_in_layers_passes() -> None:
    inspect_keras_file(TINY)


@pytest.mark.parametrize("path", sorted(models_dir().glob("*/model.keras")), ids=str)
def test_the_shipped_networks_pass(path: Path) -> None:
    """Some of their layers take several tensors, each of a shape of its own."""
    inspect_keras_file(path)


@pytest.mark.parametrize(
    "shape", [[[None, 99_999, 99_999, 3]], [[None, 2], [9_999, 9_999]], [9_999, 9_999, [2]]]
)
def test_one_gigantic_shape_of_several_is_refused(shape: list[object], tmp_path: Path) -> None:
    layer = {
        "module": "keras.layers",
        "class_name": "Add",
        "config": {"name": "add"},
        "registered_name": None,
        "build_config": {"input_shape": shape},
    }
    path = tiny_with_layer(tmp_path / "a.keras", layer)
    with pytest.raises(ModelError, match="values as 'input_shape'"):
        inspect_keras_file(path)


def test_the_users_own_loss_and_metrics_do_not_matter(tmp_path: Path) -> None:
    content = members()
    config = json.loads(content["config.json"])
    config["compile_config"] = {"loss": {"class_name": "my>Loss", "module": "mine"}}
    content["config.json"] = json.dumps(config).encode()
    inspect_keras_file(archive_of(tmp_path / "m.keras", content))


@pytest.mark.parametrize(
    ("bad", "part"),
    [
        (layer("Lambda"), "'Lambda', which is no built-in layer"),
        (layer("Lambda", None), "'Lambda'"),
        (layer("TFSMLayer"), "'TFSMLayer'"),
        (layer("TorchModuleWrapper"), "'TorchModuleWrapper'"),
        (layer("StringLookup"), "'StringLookup'"),
        (layer("function", "builtins"), "module 'builtins'"),
        (layer("system", "os"), "module 'os'"),
        (layer("get_file", "keras.utils"), "module 'keras.utils'"),
        (layer("Add", "keras.src.ops.numpy"), "module 'keras.src.ops.numpy'"),
        (layer("Dense", ["keras.layers"]), "module ['keras.layers']"),  # type: ignore[arg-type]
        (layer(["Dense"]), "['Dense']"),  # type: ignore[arg-type]
        (layer("Dense", registered_name="mine>Dense"), "custom object 'mine>Dense'"),
        (layer("__lambda__", None), "'__lambda__'"),
        (layer("Dense", config={"activation": "os.system"}), "activation 'os.system'"),
        (
            layer("TimeDistributed", config={"layer": layer("Lambda")}),
            "'Lambda'",
        ),
        (
            layer("Dense", config={"kernel_initializer": layer("Mine", "mine.init")}),
            "module 'mine.init'",
        ),
        (layer("Dense", config=[[{"deep": [layer("Lambda")]}]]), "'Lambda'"),
    ],
)
def test_a_layer_that_is_not_built_in_is_refused(bad: Json, part: str, tmp_path: Path) -> None:
    assert part in refusal(tiny_with_layer(tmp_path / "m.keras", bad))


def test_an_archive_holds_its_three_files_and_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "m.keras"
    content = members()
    assert "'../evil.py'" in refusal(archive_of(path, content | {"../evil.py": b""}))
    assert "'assets/x.txt'" in refusal(archive_of(path, content | {"assets/x.txt": b""}))
    del content["config.json"]
    assert "must hold" in refusal(archive_of(path, content))
    archive_of(path, members())
    with zipfile.ZipFile(path, "a") as archive, pytest.warns(UserWarning, match="Duplicate"):
        archive.writestr("config.json", b"{}")
    assert "each once" in refusal(path)


def test_an_archive_that_unfolds_without_end_is_refused(tmp_path: Path) -> None:
    path = archive_of(tmp_path / "m.keras", members() | {"config.json": b" " * 20_000_000})
    assert path.stat().st_size < 200_000
    assert "config.json of 20000000 bytes" in refusal(path)


def test_an_archive_that_lies_about_its_sizes_is_refused(tmp_path: Path) -> None:
    path = archive_of(tmp_path / "m.keras", members() | {"config.json": b" " * 20_000_000})
    # The uncompressed size stands in the local header and again in the directory.
    lie = path.read_bytes().replace(struct.pack("<I", 20_000_000), struct.pack("<I", 1000))
    path.write_bytes(lie)
    assert str(path) in refusal(path)


@pytest.mark.parametrize(
    "config",
    [b"[]", b"{}", b"{", b"\xff", b'{"class_name": 1}', b'{"a": NaN}', b"[" * 100_000],
)
def test_a_config_that_is_no_network_is_refused(config: bytes, tmp_path: Path) -> None:
    path = archive_of(tmp_path / "m.keras", members() | {"config.json": config})
    assert "refused" in refusal(path)


def hold_objects(file: h5py.File) -> None:
    file.create_dataset("w", data=["text"], dtype=h5py.string_dtype())


def go_in_circles(file: h5py.File) -> None:
    file.create_group("a")["again"] = file["/"]


@pytest.mark.parametrize(
    ("fill", "part"),
    [
        (link_out, "links to another place"),
        (link_softly, "links to another place"),
        (keep_outside, "in another file"),
        (be_virtual, "in another file"),
        (unfold, "unfolds to 800000000 bytes"),
        (hold_objects, "values of type"),
        (go_in_circles, "deeper than 64 levels"),
    ],
)
def test_weights_that_reach_out_or_unfold_are_refused(
    fill: Callable[[h5py.File], None], part: str, tmp_path: Path
) -> None:
    assert part in refusal(tiny_with_weights(tmp_path / "m.keras", fill))


def test_an_hdf5_model_is_held_to_the_same_rules(tmp_path: Path) -> None:
    path = tmp_path / "m.h5"
    config = json.loads(members()["config.json"])
    with h5py.File(path, "w") as file:
        file["w"] = np.zeros(3, np.float32)
    assert "weights alone" in refusal(path)
    with h5py.File(path, "a") as file:
        file.attrs["model_config"] = json.dumps(config)
    inspect_keras_file(path)
    with h5py.File(path, "a") as file:
        file.attrs["model_config"] = json.dumps({"class_name": "Lambda", "config": {}})
    assert "'Lambda'" in refusal(path)
    with h5py.File(path, "a") as file:
        link_out(file)
    assert "links to another place" in refusal(path)


@pytest.mark.parametrize("content", [b"", b"hello", b"\x80\x04\x95pickle", b"PK\x03\x04broken"])
def test_what_is_no_keras_file_is_one_clear_error(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "m.keras"
    path.write_bytes(content)
    assert str(path) in refusal(path)
    assert "cannot be read" in refusal(tmp_path / "missing.keras")


def test_a_cut_off_archive_or_hdf5_file_is_one_clear_error(tmp_path: Path) -> None:
    path = tmp_path / "m.keras"
    path.write_bytes(TINY.read_bytes()[:20_000])
    assert "cannot be read" in refusal(path)
    path.write_bytes(members()["model.weights.h5"][:2000])
    assert "cannot be read" in refusal(path)


@pytest.mark.parametrize("name", ["m.h5", "m.hdf5", "m.bin", "m.keras.h5", "m.KERAS"])
def test_an_archive_under_a_name_that_keras_takes_for_another_kind_is_refused(
    name: str, tmp_path: Path
) -> None:
    """HDF5 may begin 512 bytes into a file; then Keras would load what was never looked at."""
    path = tmp_path / name
    path.write_bytes(TINY.read_bytes())
    inspect_keras_file(path)
    with pytest.raises(ModelError, match="not what its name says"):
        check_name(path)
    with pytest.raises(ModelError, match="not what its name says"):
        load_keras_model(path)


def test_names_that_fit_pass(tmp_path: Path) -> None:
    check_name(TINY)
    path = tmp_path / "m.hdf5"
    path.write_bytes(members()["model.weights.h5"])
    check_name(path)
