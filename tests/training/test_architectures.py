"""What each network consists of, and that it runs where the program runs it."""

import json
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from ferqt.classifiers.card import FER_CROP
from ferqt.classifiers.compile import compile_model, probes
from ferqt.classifiers.litert_backend import LiteRTClassifier
from ferqt.errors import FerqtError
from tests.helpers.networks import save_network
from training.architectures.describe import describe
from training.architectures.registry import (
    ARCHITECTURES,
    architecture,
    build,
    trunk_layers,
)
from training.architectures.transfer import PRETRAINED

COUNTS = {
    "live48": (1_327_943, 1_324_871),
    "cnn64": (2_176_647, 2_176_647),
    "cnn48": (981_159, 980_199),
    "mobile224": (2_286_631, 2_272_935),
    "fiveblock48": (3_489_831, 3_486_375),
    "vgg16": (14_718_279, 14_718_279),
    "resnet50": (23_602_055, 23_548_935),
    "mobilenetv2": (2_266_951, 2_232_839),
    "efficientnetb0": (4_058_531, 4_016_515),
    "efficientnetv2b0": (5_928_279, 5_867_671),
}
"""Parameters with seven classes, and how many of them training changes."""

OWN = tuple(one for one in ARCHITECTURES if one not in PRETRAINED)
RESIZABLE_OWN = tuple(one for one in OWN if ARCHITECTURES[one].resizable)
MOBILE = "mobilenetv2"
"""The quickest of the pretrained networks."""

described = cache(describe)


def shapes(model: Any) -> list[tuple[int, ...]]:
    return [tuple(weight.shape) for weight in model.weights]


@pytest.mark.parametrize("architecture_id", ARCHITECTURES)
def test_the_parameters_are_those_written_down(architecture_id: str):
    one = described(architecture_id)

    assert (one["parameters"], one["trainable"]) == COUNTS[architecture_id]
    assert sum(layer["parameters"] for layer in one["layers"]) == one["parameters"]


def test_the_live_network_is_small_enough():
    assert described("live48")["parameters"] <= 2_500_000


def test_a_description_goes_from_the_input_to_the_answer():
    one = json.loads(json.dumps(described("cnn48")))

    assert one["input"] == [48, 48, 1]
    assert one["output"] == [7]
    assert one["layers"][0]["kind"] == "InputLayer"
    assert one["layers"][-1] == {
        "name": "expression",
        "kind": "Dense",
        "output": [7],
        "parameters": 256 * 7 + 7,
    }


def test_mobile224_has_the_published_layer_table():
    layers = described("mobile224")["layers"]

    def column(kind: str, key: str) -> list[Any]:
        return [layer[key] for layer in layers if layer["kind"] == kind]

    pointwise = [2_112, 8_320, 16_512, 33_024, 131_584, *[262_656] * 3, 525_312]
    assert column("Conv2D", "parameters") == [320, *pointwise]
    sides = [112, 112, 56, 56, 28, 28, 14, 14, 14, 7]
    channels = [32, 64, 128, 128, 256, 512, 512, 512, 512, 1024]
    expected = [[side, side, width] for side, width in zip(sides, channels, strict=True)]
    assert column("Conv2D", "output") == expected
    assert column("DepthwiseConv2D", "parameters") == [
        320,
        640,
        1_280,
        1_280,
        2_560,
        *[5_120] * 5,
    ]
    depthwise = [112, 56, 56, 28, 28, 14, 14, 14, 14, 7]
    assert [output[0] for output in column("DepthwiseConv2D", "output")] == depthwise
    assert len(column("BatchNormalization", "name")) == len(column("ReLU", "name")) == 20
    assert column("AveragePooling2D", "output") == [[1, 1, 1024]]
    assert column("Dense", "parameters") == [717_500, 4_907]
    assert [layer["kind"] for layer in layers[-5:]] == [
        "AveragePooling2D",
        "Dense",
        "Dropout",
        "Flatten",
        "Dense",
    ]


@pytest.mark.parametrize("architecture_id", RESIZABLE_OWN)
def test_a_network_that_can_be_resized_keeps_its_weights(architecture_id: str):
    heads = {"expression": 7}
    own = build(architecture_id, heads, 0, 0.0, "float32")
    other = build(architecture_id, heads, 80, 0.0, "float32")

    assert other.input_shape == (None, 80, 80, 1)
    assert shapes(other) == shapes(own)


@pytest.mark.parametrize("architecture_id", ["cnn48", "cnn64"])
def test_a_network_of_one_side_refuses_another(architecture_id: str):
    side = architecture(architecture_id).side

    with pytest.raises(FerqtError, match=f"{architecture_id} cannot have a side of 96 px"):
        build(architecture_id, {"expression": 7}, 96, 0.0, "float32")
    assert architecture(architecture_id).side_or_own(side) == side


def test_a_side_that_would_leave_no_map_is_refused():
    with pytest.raises(FerqtError, match="Use 32 or more"):
        architecture("live48").input_spec(FER_CROP, 16)


def test_the_input_spec_tells_the_side_that_is_asked_for():
    network = architecture("mobile224")

    assert network.input_spec(FER_CROP).height == 224
    small = network.input_spec(FER_CROP, 112)
    assert (small.height, small.width, small.channels, small.color) == (112, 112, 1, "gray")
    assert small.value_range == (0.0, 255.0)


@pytest.mark.parametrize("architecture_id", [*OWN, MOBILE])
def test_precision_changes_neither_weights_nor_their_order(architecture_id: str):
    heads = {"expression": 7}
    full = build(architecture_id, heads, 0, 0.2, "float32")
    mixed = build(architecture_id, heads, 0, 0.2, "mixed_bfloat16")

    assert shapes(mixed) == shapes(full)
    assert {weight.dtype for weight in mixed.weights} == {"float32"}
    assert mixed.output.dtype == "float32"
    computes = {layer.compute_dtype for layer in trunk_layers(mixed, list(heads)) if layer.weights}
    assert computes == {"bfloat16"}


def test_the_keras_policy_is_as_before_after_a_pretrained_network_was_built():
    import keras

    before = keras.config.dtype_policy()
    build(MOBILE, {"expression": 7}, 32, 0.2, "mixed_bfloat16")

    assert keras.config.dtype_policy() == before


def test_several_heads_stand_on_one_trunk_in_their_order():
    heads = {"second-label-set": 8, "a": 7, "m": 5}
    model = build("cnn48", heads, 0, 0.0, "float32")

    assert [answer.shape for answer in model.outputs] == [(None, 8), (None, 7), (None, 5)]
    assert model.output_names == list(heads)
    assert [weight.path for weight in model.weights[-6::2]] == [f"{one}/kernel" for one in heads]
    trunk = trunk_layers(model, list(heads))
    assert len(trunk) == len(model.layers) - 3
    assert not {layer.name for layer in trunk} & set(heads)


@pytest.mark.parametrize("architecture_id", ARCHITECTURES)
def test_a_network_is_flat_and_built_from_keras_own_layers(architecture_id: str):
    import keras

    for layer in described(architecture_id)["layers"]:
        kind = getattr(keras.layers, layer["kind"])
        assert issubclass(kind, keras.layers.Layer)
        assert not issubclass(kind, keras.Model)


@pytest.mark.parametrize("architecture_id", [*OWN, MOBILE])
def test_litert_answers_as_keras_does(architecture_id: str, tmp_path: Path):
    side = 32 if architecture_id == MOBILE else 0
    model = build(architecture_id, {"expression": 7}, side, 0.2, "float32")
    network = architecture(architecture_id)
    pictures = probes(network.input_spec(FER_CROP, side))
    tell_apart(model, pictures)
    card = save_network(model, tmp_path)

    compile_model(card, tmp_path / "model.keras", tmp_path / "model.tflite")

    answers = LiteRTClassifier(card, tmp_path / "model.tflite").predict(pictures)
    expected = np.asarray(model(pictures, training=False))
    assert np.ptp(expected, axis=0).min() > 0.1
    np.testing.assert_allclose(answers, expected, atol=1e-4)


def tell_apart(model: Any, pictures: np.ndarray) -> None:
    """Give the answer weights with which pictures get different probabilities.

    With random weights all pictures are answered nearly alike, and agreement would mean little.
    """
    import keras

    head = model.layers[-1]
    features = np.asarray(keras.Model(model.input, head.input)(pictures))
    kernel, _ = head.get_weights()
    logits = features @ kernel
    scale = 2 / logits.std(axis=0)
    head.set_weights([kernel * scale, -logits.mean(axis=0) * scale])


def test_an_unknown_network_is_told_with_the_known_ones():
    with pytest.raises(FerqtError, match="unknown architecture 'live'") as caught:
        build("live", {"expression": 7}, 0, 0.0, "float32")
    assert "live48, cnn64, cnn48" in caught.value.hint
