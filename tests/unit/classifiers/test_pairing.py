"""A network's description and its weights become one file, after both were looked at."""

import json
from pathlib import Path

import h5py
import numpy as np
import pytest

from ferqt.classifiers.inspection import format_of, inspect_keras_file
from ferqt.classifiers.pairing import join_pair, weights_beside
from ferqt.errors import ModelError
from tests.helpers.hostile_models import members, tiny_config


@pytest.fixture
def network(tmp_path: Path) -> Path:
    path = tmp_path / "model.json"
    path.write_text(json.dumps(tiny_config()))
    return path


def old_weights(path: Path) -> None:
    """Weights as Keras 2 laid them out."""
    with h5py.File(path, "w") as file:
        file.attrs["layer_names"] = ["dense"]
        file["dense/kernel"] = np.ones((16, 7), np.float32)


@pytest.mark.parametrize(
    "name", ["model.weights.h5", "model_weights.h5", "model.h5", "model.hdf5", "anything.h5"]
)
def test_the_weights_beside_it_are_found(name: str, network: Path) -> None:
    network.with_name(name).touch()
    assert weights_beside(network).name == name


def test_two_files_that_could_be_meant_are_none(network: Path) -> None:
    for name in ("a.h5", "b.h5"):
        network.with_name(name).touch()
    with pytest.raises(ModelError, match="weights are missing") as caught:
        weights_beside(network)
    assert "model.weights.h5" in caught.value.hint


def test_weights_of_keras_3_make_an_archive(network: Path, tmp_path: Path) -> None:
    assert format_of(network) == "network"
    weights = tmp_path / "model.weights.h5"
    weights.write_bytes(members()["model.weights.h5"])
    joined = join_pair(network, weights, tmp_path)
    assert joined.name == "model.keras"
    inspect_keras_file(joined)


@pytest.mark.parametrize("inside", ["", "model_weights/"])
def test_older_weights_make_a_file_as_older_versions_wrote_it(
    inside: str, network: Path, tmp_path: Path
) -> None:
    weights = tmp_path / "w.h5"
    old_weights(weights)
    if inside:
        with h5py.File(tmp_path / "whole.h5", "w") as file, h5py.File(weights) as old:
            file.copy(old, file, "model_weights")
        weights = tmp_path / "whole.h5"
    joined = join_pair(network, weights, tmp_path)
    assert joined.name == "model.h5"
    inspect_keras_file(joined)
    with h5py.File(joined) as file:
        assert list(file["model_weights"].attrs["layer_names"]) == ["dense"]
        assert file["model_weights/dense/kernel"].shape == (16, 7)


def test_weights_that_are_no_hdf5_are_refused(network: Path, tmp_path: Path) -> None:
    (tmp_path / "w.h5").write_text("hello")
    with pytest.raises(ModelError, match="not a file of weights"):
        join_pair(network, tmp_path / "w.h5", tmp_path)
