"""Bare Keras files say what they are, and come with a compiled form where LiteRT can run them."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from ferqt.classifiers.adding import UNIT_RANGE, stage_model
from ferqt.classifiers.card import BoxCrop
from ferqt.classifiers.catalog import Catalog, load_classifier
from ferqt.classifiers.compile import probes
from ferqt.classifiers.examine import TWIN_NAME, facts_of_keras
from ferqt.classifiers.helper_process import Step, Watch
from ferqt.errors import ModelError
from tests.helpers.models import TINY_FOLDER, TINY_ID, add_tiny_model, tiny_network

pytestmark = pytest.mark.slow


def rgb_network(resize: str = "bilinear") -> Any:
    """Colored faces in, eight logits out, without a name of its own."""
    import keras

    inputs = keras.Input((32, 40, 3))
    x = keras.layers.Resizing(8, 8, interpolation=resize)(inputs)
    return keras.Model(inputs, keras.layers.Dense(8)(keras.layers.Flatten()(x)))


def test_a_keras_file_of_the_older_kind_says_the_same_as_the_newer(tmp_path: Path) -> None:
    network = tiny_network()
    found = []
    for name in ("m.keras", "m.h5"):
        network.save(tmp_path / name)
        found.append(facts_of_keras(tmp_path / name, tmp_path))
        (tmp_path / TWIN_NAME).unlink()
    assert found[0] == found[1]
    facts = found[0]
    assert (facts.height, facts.width, facts.color, facts.classes) == (48, 48, "gray", 7)
    assert (facts.activation, facts.rescales, facts.problem) == ("softmax", True, "")
    assert (facts.architecture, facts.parameters) == ("tiny", network.count_params())


def test_colored_logits_are_told_from_gray_probabilities(tmp_path: Path) -> None:
    rgb_network().save(tmp_path / "m.keras")
    facts = facts_of_keras(tmp_path / "m.keras", tmp_path)
    assert (facts.height, facts.width, facts.color, facts.classes) == (32, 40, "rgb", 8)
    assert (facts.activation, facts.rescales, facts.architecture) == ("logits", False, "")
    assert (tmp_path / TWIN_NAME).is_file()


def test_what_litert_cannot_run_is_left_to_keras_with_the_reason(tmp_path: Path) -> None:
    rgb_network("bicubic").save(tmp_path / "m.keras")
    facts = facts_of_keras(tmp_path / "m.keras", tmp_path)
    assert facts.problem
    assert not (tmp_path / TWIN_NAME).exists()


def test_a_network_with_a_sigmoid_for_each_class_is_refused(tmp_path: Path) -> None:
    tiny_network("sigmoid").save(tmp_path / "m.keras")
    with pytest.raises(ModelError, match="do not sum to 1"):
        facts_of_keras(tmp_path / "m.keras", tmp_path)


def test_a_bare_keras_file_is_added_with_its_compiled_form(tmp_path: Path) -> None:
    """The whole way, in the process of its own."""
    steps: list[Step] = []
    models = tmp_path / "models"
    staged = stage_model(TINY_FOLDER / "model.keras", models, Watch(steps.append))
    assert steps == list(Step)
    assert staged.runs_on_litert
    model_id = staged.keep(staged.suggested(set()))
    (entry,) = Catalog((models,)).entries
    assert sorted(path.name for path in entry.folder.iterdir()) == [
        "card.json",
        "model.keras",
        "model.tflite",
    ]
    assert entry.id == model_id
    classifier = load_classifier(entry)
    assert classifier.runtime == "LiteRT"
    faces = probes(classifier.card.input)
    add_tiny_model(tmp_path / "twin")
    twin = load_classifier(Catalog((tmp_path / "twin",)).entry(TINY_ID))
    np.testing.assert_allclose(classifier.predict(faces), twin.predict(faces), atol=1e-6)


def test_a_colored_network_that_does_not_rescale_is_suggested_other_values(tmp_path: Path) -> None:
    from ferqt.classifiers.adding import StagedModel
    from ferqt.classifiers.card import KerasFile, ModelFiles

    rgb_network().save(tmp_path / "m.keras")
    facts = facts_of_keras(tmp_path / "m.keras", tmp_path)
    files = ModelFiles(keras=KerasFile("m.keras", "0" * 64))
    chosen = StagedModel(tmp_path / "m.keras", tmp_path, files, facts).suggested(set())
    assert chosen.value_range == UNIT_RANGE
    assert isinstance(chosen.crop, BoxCrop)
    assert chosen.labels.id == "ferplus8"


def test_a_network_and_its_weights_are_added_as_one_file(tmp_path: Path) -> None:
    network = tiny_network()
    network.save(tmp_path / "mine.h5")
    (tmp_path / "mine.json").write_text(network.to_json())
    staged = stage_model(tmp_path / "mine.json", tmp_path / "models")
    assert (staged.facts.format, staged.facts.parameters) == ("keras", network.count_params())
    model_id = staged.keep(staged.suggested(set()))
    entry = Catalog((tmp_path / "none", tmp_path / "models")).entry(model_id)
    assert sorted(path.name for path in entry.folder.iterdir()) == [
        "card.json",
        "model.h5",
        "model.tflite",
    ]
    classifier = load_classifier(entry)
    faces = probes(classifier.card.input)
    np.testing.assert_allclose(classifier.predict(faces), network(faces), atol=1e-4)


def test_weights_that_are_no_numbers_are_refused(tmp_path: Path) -> None:
    network = tiny_network()
    weights = network.get_weights()
    weights[0][...] = np.nan
    network.set_weights(weights)
    network.save(tmp_path / "m.keras")
    with pytest.raises(ModelError, match="weights that are no numbers") as caught:
        facts_of_keras(tmp_path / "m.keras", tmp_path)
    assert "training went wrong" in caught.value.hint
