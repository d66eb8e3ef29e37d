"""Keras models are compiled once in another process, and the live path knows no TensorFlow."""

import json
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from ferqt.classifiers.card import read_card
from ferqt.classifiers.catalog import Catalog, CatalogEntry, load_classifier, prepare_model
from ferqt.classifiers.compile import (
    NotCompilableError,
    compile_cached,
    compile_model,
    compiled_path,
    probes,
)
from ferqt.errors import ModelError
from tests.helpers.models import TINY_FOLDER, TINY_ID, Json, add_tiny_model, sha256_of, tiny_network

ROOT = Path(__file__).parents[2]


def entry_of(models: Path, model_id: str = TINY_ID) -> CatalogEntry:
    return Catalog((models,)).entry(model_id)


def keras_sha256(entry: CatalogEntry) -> str:
    assert entry.card is not None
    assert entry.card.files.keras is not None
    return entry.card.files.keras.sha256


def add_network(models: Path, model_id: str, network: Any) -> CatalogEntry:
    """Save a network as a model with a Keras file alone."""
    folder = add_tiny_model(models, model_id, litert=False)
    path = folder / "model.keras"
    network.save(path)

    def rehash(card: Json) -> None:
        card["files"]["keras"]["sha256"] = sha256_of(path)

    card = json.loads((folder / "card.json").read_text())
    rehash(card)
    (folder / "card.json").write_text(json.dumps(card))
    return entry_of(models, model_id)


@pytest.mark.slow
def test_a_keras_model_is_compiled_once_and_answers_as_its_shipped_twin(tmp_path: Path) -> None:
    add_tiny_model(tmp_path / "models", litert=False)
    entry = entry_of(tmp_path / "models")
    cached = compiled_path(keras_sha256(entry))
    assert not cached.exists()
    # Two at once, as the window's pool and a command line may do.
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(prepare_model, [entry, entry]))
    assert [path.name for path in cached.parent.iterdir()] == [cached.name]

    changed = cached.stat().st_mtime_ns
    classifier = load_classifier(entry)
    assert classifier.runtime == "LiteRT"
    assert cached.stat().st_mtime_ns == changed
    add_tiny_model(tmp_path / "twin")
    faces = probes(classifier.card.input)
    twin = load_classifier(entry_of(tmp_path / "twin"))
    np.testing.assert_allclose(classifier.predict(faces), twin.predict(faces), atol=1e-6)


def test_a_refused_model_reaches_no_process(tmp_path: Path, monkeypatch: Any) -> None:
    path = tmp_path / "model.keras"
    path.write_bytes(b"\x80\x04 no archive")

    def run(*_: object, **__: object) -> None:
        raise AssertionError("a process was started")

    monkeypatch.setattr(subprocess, "Popen", run)
    card = read_card(TINY_FOLDER / "card.json")
    with pytest.raises(ModelError, match="pickled files are not read"):
        compile_cached(card, path, "a" * 64)


@pytest.mark.slow
def test_a_model_that_cannot_be_compiled_runs_on_keras_and_is_not_tried_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import keras

    inputs = keras.Input((48, 48, 1))
    # LiteRT has no bicubic resizing.
    x = keras.layers.Resizing(8, 8, interpolation="bicubic")(inputs)
    x = keras.layers.Flatten()(keras.layers.Rescaling(1 / 255)(x))
    network = keras.Model(inputs, keras.layers.Dense(7, activation="softmax")(x))
    entry = add_network(tmp_path, "bicubic", network)
    prepare_model(entry)

    def run(*_: object, **__: object) -> None:
        raise AssertionError("a process was started")

    monkeypatch.setattr(subprocess, "Popen", run)
    assert entry.card is not None
    with pytest.raises(NotCompilableError, match="cannot be compiled"):
        compile_cached(entry.card, entry.folder / "model.keras", keras_sha256(entry))
    classifier = load_classifier(entry)
    assert classifier.runtime == "Keras"
    faces = probes(entry.card.input)
    expected = np.asarray(network(faces))
    np.testing.assert_allclose(classifier.predict(faces), expected, atol=1e-5)


def mixed_precision_network() -> Any:
    import keras

    keras.mixed_precision.set_global_policy("mixed_bfloat16")
    try:
        return tiny_network()
    finally:
        keras.mixed_precision.set_global_policy("float32")


def hdf5_network() -> Any:
    return tiny_network()


@pytest.mark.parametrize(
    ("build", "name"), [(mixed_precision_network, "m.keras"), (hdf5_network, "m.h5")]
)
def test_networks_of_mixed_precision_and_older_files_are_compiled_too(
    build: Callable[[], Any], name: str, tmp_path: Path
) -> None:
    network = build()
    path, target = tmp_path / name, tmp_path / "m.tflite"
    network.save(path)
    card = read_card(TINY_FOLDER / "card.json")
    compile_model(card, path, target)
    from ferqt.classifiers.litert_backend import LiteRTClassifier

    faces = probes(card.input)
    exact = tiny_network()
    exact.set_weights(network.get_weights())
    np.testing.assert_allclose(
        LiteRTClassifier(card, target).predict(faces), np.asarray(exact(faces)), atol=1e-4
    )


@pytest.mark.parametrize(
    ("part", "change"),
    [
        ("input", {"input": {"channels": 3, "color": "rgb"}}),
        ("output", {"output": {"labels": {"id": "custom", "names": ["happy", "sad"]}}}),
    ],
)
def test_a_network_that_does_not_fit_its_card_is_not_compiled(
    part: str, change: Json, tmp_path: Path
) -> None:
    def edit(card: Json) -> None:
        for section, values in change.items():
            card[section] |= values

    folder = add_tiny_model(tmp_path, edit=edit)
    target = tmp_path / "m.tflite"
    with pytest.raises(ModelError, match=f"model's {part} is .* its card says"):
        compile_model(read_card(folder / "card.json"), folder / "model.keras", target)
    assert not target.exists()


def test_reading_a_face_imports_no_tensorflow_and_no_qt(tmp_path: Path) -> None:
    add_tiny_model(tmp_path)
    code = f"""
import sys
from pathlib import Path
from ferqt.classifiers.catalog import Catalog, load_classifier
from ferqt.classifiers.preprocess import face_batch
from ferqt.core.types import FaceBox
from tests.helpers.portraits import grace_hopper
catalog = Catalog((Path({str(tmp_path)!r}),))
classifier = load_classifier(catalog.entry(catalog.default_id()))
batch = face_batch(grace_hopper(), [FaceBox(170, 132, 185, 202)], classifier.card.input)
assert classifier.predict(batch).shape == (1, 7)
heavy = {{"tensorflow", "keras", "h5py", "mediapipe", "PySide6"}} & set(sys.modules)
sys.exit(f"imported: {{sorted(heavy)}}" if heavy else 0)
"""
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
