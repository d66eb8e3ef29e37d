"""Networks of keras.applications: what they see, and where their weights come from."""

from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from ferqt.errors import FerqtError
from tests.helpers.networks import save_network
from training.architectures.registry import (
    architecture,
    build,
    check_weights,
    load_pretrained,
    trunk_layers,
)

MOBILE = "mobilenetv2"
"""The quickest of them."""


@cache
def mobile() -> Any:
    return build(MOBILE, {"expression": 7}, 32, 0.0, "float32")


@pytest.mark.parametrize(
    ("architecture_id", "module"),
    [("vgg16", "vgg16"), ("resnet50", "resnet50"), (MOBILE, "mobilenet_v2")],
)
def test_a_pretrained_network_sees_what_keras_would_show_it(architecture_id: str, module: str):
    import keras

    gray = np.random.default_rng(2).uniform(0, 255, (2, 32, 32, 1)).astype(np.float32)
    prepare = getattr(keras.applications, module).preprocess_input
    expected = prepare(np.repeat(gray, 3, axis=3))

    np.testing.assert_allclose(seen(architecture_id, "scale", gray), expected, atol=1e-4)


@pytest.mark.parametrize(
    ("architecture_id", "layer"),
    [("efficientnetb0", "normalization"), ("efficientnetv2b0", "scale")],
)
def test_an_efficientnet_sees_colors_less_imagenets_mean(architecture_id: str, layer: str):
    gray = np.random.default_rng(2).uniform(0, 255, (2, 32, 32, 1)).astype(np.float32)
    expected = (gray / 255 - np.array([0.485, 0.456, 0.406])) / np.array([0.229, 0.224, 0.225])

    np.testing.assert_allclose(seen(architecture_id, layer, gray), expected, atol=1e-5)


def seen(architecture_id: str, layer: str, gray: np.ndarray) -> np.ndarray:
    import keras

    trunk = architecture(architecture_id).trunk(32, 0.0, "float32")
    first = next(one for one in trunk.layers if one.name.startswith(layer))
    return np.asarray(keras.Model(trunk.input, first.output)(gray))


def published_file(path: Path, edit: Callable[[Any], None] = lambda file: None) -> Path:
    """Random weights in the layout of the files that Keras publishes, and a layer too many."""
    import h5py

    random = np.random.default_rng(3)
    with h5py.File(path, "w") as file:
        for layer in trunk_layers(mobile(), ["expression"]):
            group = file.create_group(layer.name)
            names = [f"{layer.name}/{weight.name}:0" for weight in layer.weights]
            group.attrs["weight_names"] = [name.encode() for name in names]
            for name, weight in zip(names, layer.weights, strict=True):
                group[name] = random.uniform(0.5, 1.0, weight.shape).astype(np.float32)
        file.create_group("predictions").attrs["weight_names"] = []
        edit(file)
    return path


def test_published_weights_reach_the_trunk_and_leave_the_answer_alone(tmp_path: Path):
    import h5py
    import keras

    model = keras.models.clone_model(mobile())
    head = model.get_layer("expression").get_weights()

    load_pretrained(model, published_file(tmp_path / "weights.h5"))

    with h5py.File(tmp_path / "weights.h5") as file:
        for layer in trunk_layers(model, ["expression"]):
            for weight in layer.weights:
                stored = file[f"{layer.name}/{layer.name}/{weight.name}:0"]
                np.testing.assert_array_equal(np.asarray(weight), stored)
    for now, before in zip(model.get_layer("expression").get_weights(), head, strict=True):
        np.testing.assert_array_equal(now, before)


def test_the_weights_may_lie_in_a_whole_models_file(tmp_path: Path):
    import h5py
    import keras

    flat, whole = published_file(tmp_path / "flat.h5"), tmp_path / "whole.h5"
    with h5py.File(flat) as source, h5py.File(whole, "w") as target:
        group = target.create_group("model_weights")
        for name in source:
            source.copy(name, group)
    model = keras.models.clone_model(mobile())

    load_pretrained(model, whole)

    with h5py.File(flat) as file:
        np.testing.assert_array_equal(
            np.asarray(model.get_layer("Conv1").kernel), file["Conv1/Conv1/kernel:0"]
        )


def _without_layer(file: Any) -> None:
    del file["block_13_expand"]


def _of_other_shape(file: Any) -> None:
    del file["Conv1/Conv1/kernel:0"]
    file["Conv1/Conv1/kernel:0"] = np.zeros((3, 3, 3, 16), np.float32)


def _without_values(file: Any) -> None:
    del file["Conv1/Conv1/kernel:0"]


@pytest.mark.parametrize(
    ("edit", "message"),
    [
        (_without_layer, "weights lack the layer 'block_13_expand'"),
        (_of_other_shape, r"'Conv1' have the shapes \[\(3, 3, 3, 16\)\], not \[\(3, 3, 3, 32\)\]"),
        (_without_values, "cannot read weights"),
    ],
)
def test_a_file_that_does_not_fit_is_one_clear_error_and_changes_nothing(
    edit: Callable[[Any], None], message: str, tmp_path: Path
):
    before = mobile().get_weights()

    with pytest.raises(FerqtError, match=message) as caught:
        load_pretrained(mobile(), published_file(tmp_path / "weights.h5", edit))

    assert "mobilenet_v2_weights_tf_dim_ordering_tf_kernels_1.0_96_no_top.h5" in caught.value.hint
    assert "downloads nothing" in caught.value.hint
    for now, then in zip(mobile().get_weights(), before, strict=True):
        np.testing.assert_array_equal(now, then)


def test_a_missing_file_and_one_of_another_kind_are_told_with_the_address(tmp_path: Path):
    page = tmp_path / "page.h5"
    page.write_text("<html>not found</html>")

    for path in (page, tmp_path / "missing.h5"):
        with pytest.raises(FerqtError, match="cannot read weights") as caught:
            load_pretrained(mobile(), path)
        assert "https://" in caught.value.hint


def test_a_model_of_the_same_network_gives_its_trunk_to_other_answers(tmp_path: Path):
    first = build("cnn48", {"first": 7}, 0, 0.0, "float32")
    save_network(first, tmp_path)
    second = build("cnn48", {"second": 8, "third": 7}, 0, 0.0, "float32")
    answers = second.get_weights()[-4:]

    load_pretrained(second, tmp_path)

    for now, wanted in zip(second.get_weights(), first.get_weights()[:-2] + answers, strict=True):
        np.testing.assert_array_equal(now, wanted)


def test_a_model_of_another_network_gives_nothing(tmp_path: Path):
    save_network(build("cnn48", {"first": 7}, 0, 0.0, "float32"), tmp_path)

    with pytest.raises(FerqtError, match="is a model of cnn48, not of cnn64"):
        load_pretrained(build("cnn64", {"first": 7}, 0, 0.0, "float32"), tmp_path)


def test_random_weights_for_a_pretrained_network_must_be_asked_for():
    with pytest.raises(FerqtError, match="resnet50 starts from published weights") as caught:
        check_weights("resnet50", None, random=False)
    assert "resnet50_weights_tf_dim_ordering_tf_kernels_notop.h5" in caught.value.hint
    assert "--random-weights" in caught.value.hint
    check_weights("resnet50", None, random=True)
    check_weights("resnet50", Path("weights.h5"), random=False)


def test_a_network_that_starts_from_nothing_takes_no_file():
    check_weights("live48", None, random=False)
    with pytest.raises(FerqtError, match="live48 has no published weights"):
        check_weights("live48", Path("weights.h5"), random=False)
