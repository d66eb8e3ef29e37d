"""The catalog lists what is there, says why a model cannot be used, and checks before loading."""

import os
import shutil
import time
from pathlib import Path

import numpy as np
import pytest

from ferqt.classifiers.catalog import (
    DEFAULT_MODEL,
    Catalog,
    load_classifier,
    prepare_model,
    verify,
)
from ferqt.classifiers.compile import compiled_path
from ferqt.errors import ModelError
from tests.helpers.models import TINY_FOLDER, TINY_ID, Json, add_tiny_model


@pytest.fixture
def shipped(tmp_path: Path) -> Path:
    return tmp_path / "shipped"


@pytest.fixture
def users(tmp_path: Path) -> Path:
    return tmp_path / "users"


def named(name: str) -> dict[str, object]:
    def rename(card: Json) -> None:
        card["name"] = name

    return {"edit": rename}


def test_shipped_models_come_first_then_all_go_by_name(shipped: Path, users: Path) -> None:
    add_tiny_model(users, "a", **named("Alpha"))  # type: ignore[arg-type]
    add_tiny_model(shipped, "b", **named("zeta"))  # type: ignore[arg-type]
    add_tiny_model(shipped, "c", **named("Beta"))  # type: ignore[arg-type]
    entries = Catalog((shipped, users)).entries
    assert [(entry.id, entry.shipped) for entry in entries] == [
        ("c", True),
        ("b", True),
        ("a", False),
    ]
    sizes = sum((TINY_FOLDER / name).stat().st_size for name in ("model.keras", "model.tflite"))
    assert {entry.size_bytes for entry in entries} == {sizes}
    assert {entry.problem for entry in entries} == {None}


def test_folders_that_are_missing_are_empty(shipped: Path, users: Path) -> None:
    catalog = Catalog((shipped, users))
    assert catalog.entries == ()
    with pytest.raises(ModelError, match="no usable model"):
        catalog.default_id()
    with pytest.raises(ModelError, match="there are: none"):
        catalog.entry("x")


def drop_labels(card: Json) -> None:
    del card["output"]["labels"]["names"]


def rename_id(card: Json) -> None:
    card["id"] = "other"


def name_missing_file(card: Json) -> None:
    card["files"]["litert"]["path"] = "gone.tflite"


@pytest.mark.parametrize(
    ("edit", "part"),
    [
        (drop_labels, "output.labels.names: is missing"),
        (rename_id, "'other'"),
        (name_missing_file, "the file is missing: gone.tflite"),
    ],
)
def test_a_broken_model_is_listed_with_its_reason_and_not_loaded(
    shipped: Path,
    edit: object,
    part: str,
) -> None:
    add_tiny_model(shipped, "broken", edit=edit)  # type: ignore[arg-type]
    catalog = Catalog((shipped,))
    (entry,) = catalog.entries
    assert (entry.id, entry.card) == ("broken", None)
    assert entry.problem is not None
    assert part in entry.problem
    for use in (load_classifier, prepare_model):
        with pytest.raises(ModelError, match="model broken cannot be used") as caught:
            use(entry)
        assert part in caught.value.message
    with pytest.raises(ModelError, match="no usable model"):
        catalog.default_id()


def test_a_folder_without_a_card_is_listed_as_broken(shipped: Path) -> None:
    (shipped / "empty").mkdir(parents=True)
    (shipped / ".hidden").mkdir()
    (shipped / "file.txt").touch()
    (entry,) = Catalog((shipped,)).entries
    assert "cannot be read" in str(entry.problem)


def test_a_file_that_is_a_link_out_of_the_folder_is_refused(shipped: Path, tmp_path: Path) -> None:
    folder = add_tiny_model(shipped)
    outside = tmp_path / "outside.tflite"
    (folder / "model.tflite").rename(outside)
    (folder / "model.tflite").symlink_to(outside)
    assert "outside of the model's folder" in str(Catalog((shipped,)).entries[0].problem)


def test_a_users_model_cannot_take_the_place_of_a_shipped_one(shipped: Path, users: Path) -> None:
    add_tiny_model(shipped)
    add_tiny_model(users)
    catalog = Catalog((shipped, users))
    assert [entry.problem is None for entry in catalog.entries] == [True, False]
    assert "has the id" in str(catalog.entries[1].problem)
    assert catalog.entry(TINY_ID).shipped


def test_an_unknown_model_is_an_error_that_names_the_known_ones(shipped: Path) -> None:
    add_tiny_model(shipped, "one")
    add_tiny_model(shipped, "two")
    with pytest.raises(ModelError, match=r"unknown model: 'three' \(there are: one, two\)") as info:
        Catalog((shipped,)).entry("three")
    assert "ferqt models list" in info.value.hint


def test_the_default_is_the_programs_own_model_or_the_first_that_works(shipped: Path) -> None:
    add_tiny_model(shipped, "a", edit=drop_labels)
    add_tiny_model(shipped, "b")
    catalog = Catalog((shipped,))
    assert catalog.default_id() == "b"
    add_tiny_model(shipped, DEFAULT_MODEL)
    assert catalog.default_id() == "b"
    catalog.rescan()
    assert catalog.default_id() == DEFAULT_MODEL


def test_files_that_changed_are_found_before_they_are_loaded(shipped: Path) -> None:
    folder = add_tiny_model(shipped)
    entry = Catalog((shipped,)).entry(TINY_ID)
    assert verify(entry) == []
    path = folder / "model.tflite"
    content = bytearray(path.read_bytes())
    content[-1] ^= 1
    path.write_bytes(content)
    os.utime(path, ns=(1, 1))
    assert verify(entry) == ["model.tflite is not the file that the card was written for (SHA-256)"]
    with pytest.raises(ModelError, match="SHA-256"):
        load_classifier(entry)
    path.unlink()
    assert "cannot be read" in verify(entry)[0]


def test_a_compiled_file_is_preferred_and_needs_no_keras_file(shipped: Path) -> None:
    add_tiny_model(shipped, keras=False)
    classifier = load_classifier(Catalog((shipped,)).entry(TINY_ID), threads=2)
    assert classifier.runtime == "LiteRT"
    assert classifier.predict(np.zeros((2, 48, 48, 1), np.float32)).shape == (2, 7)
    classifier.close()


def test_a_keras_model_runs_from_the_cache_of_compiled_models(shipped: Path) -> None:
    add_tiny_model(shipped, litert=False)
    entry = Catalog((shipped,)).entry(TINY_ID)
    assert entry.card is not None
    assert entry.card.files.keras is not None
    cached = compiled_path(entry.card.files.keras.sha256)
    cached.parent.mkdir(parents=True)
    shutil.copy(TINY_FOLDER / "model.tflite", cached)
    prepare_model(entry)
    assert load_classifier(entry).runtime == "LiteRT"


def test_listing_ten_models_is_quick(shipped: Path) -> None:
    for number in range(10):
        add_tiny_model(shipped, f"m{number}")
    catalog = Catalog((shipped,))
    times = []
    for _ in range(5):
        start = time.thread_time()
        assert len(catalog.rescan()) == 10
        times.append(time.thread_time() - start)
    assert min(times) < 0.02
