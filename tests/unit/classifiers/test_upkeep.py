"""What is done to models that are there: verified, timed, removed."""

import json
import os
import shutil
from pathlib import Path

import pytest

from ferqt.classifiers.catalog import Catalog, CatalogEntry, runtime_of
from ferqt.classifiers.compile import compiled_path
from ferqt.classifiers.removing import remove_model
from ferqt.classifiers.speed import known_speed, measured_speed
from ferqt.classifiers.verification import verify_model
from ferqt.errors import ModelError
from tests.helpers.models import TINY_FOLDER, TINY_ID, add_tiny_model


def own(tmp_path: Path, model_id: str = TINY_ID) -> CatalogEntry:
    return Catalog((tmp_path / "shipped", tmp_path / "own")).entry(model_id)


@pytest.fixture
def entry(tmp_path: Path) -> CatalogEntry:
    add_tiny_model(tmp_path / "own")
    return own(tmp_path)


def test_a_whole_model_passes(entry: CatalogEntry) -> None:
    found = verify_model(entry)
    assert (found.passed, found.runtime) == (True, "LiteRT")


def test_a_change_that_kept_size_and_time_is_found(entry: CatalogEntry) -> None:
    """A file is hashed anew, whatever was known of it."""
    path = entry.folder / "model.tflite"
    stat = path.stat()
    assert verify_model(entry).passed
    content = bytearray(path.read_bytes())
    content[-1] ^= 1
    path.write_bytes(content)
    os.utime(path, ns=(stat.st_atime_ns, stat.st_mtime_ns))
    (problem,) = verify_model(entry).problems
    assert "model.tflite is not the file" in problem


def test_a_model_that_does_not_fit_its_card_fails(tmp_path: Path) -> None:
    def edit(card: dict[str, object]) -> None:
        card["input"] = {**card["input"], "height": 64}  # type: ignore[dict-item]

    add_tiny_model(tmp_path / "own", edit=edit)
    (problem,) = verify_model(own(tmp_path)).problems
    assert "its card says 64 x 48 x 1" in problem


def test_a_broken_card_fails_with_its_reason(tmp_path: Path) -> None:
    add_tiny_model(tmp_path / "own", edit=lambda card: card.pop("output"))
    (problem,) = verify_model(own(tmp_path)).problems
    assert "output: is missing" in problem


def test_the_time_a_face_is_measured_once_and_kept(
    entry: CatalogEntry, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert entry.card is not None
    assert known_speed(entry.card, "LiteRT") is None
    runtime, measured = measured_speed(entry)
    assert runtime == "LiteRT"
    assert 0 < measured < 100
    assert known_speed(entry.card, "LiteRT") == pytest.approx(measured, abs=1e-4)
    assert known_speed(entry.card, "Keras") is None

    def measure(_: object) -> float:
        raise AssertionError("it was measured again")

    monkeypatch.setattr("ferqt.classifiers.speed.time_per_face_ms", measure)
    assert measured_speed(entry)[1] == pytest.approx(measured, abs=1e-4)


def test_a_time_belongs_to_its_file_and_its_computer(
    entry: CatalogEntry, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    measured_speed(entry)

    def edit(card: dict[str, object]) -> None:
        card["files"]["litert"]["sha256"] = "0" * 64  # type: ignore[index]

    add_tiny_model(tmp_path / "own", "changed", edit=edit)
    changed = own(tmp_path, "changed").card
    assert changed is not None
    assert known_speed(changed, "LiteRT") is None
    monkeypatch.setattr("ferqt.classifiers.speed._machine", lambda: "another")
    assert entry.card is not None
    assert known_speed(entry.card, "LiteRT") is None


@pytest.mark.parametrize("content", ["", "[1]", '{"a": "b"}', '{"a": -1}'])
def test_a_damaged_list_of_times_is_measured_anew(
    entry: CatalogEntry, user_home: Path, content: str
) -> None:
    path = user_home / "ferqt" / "cache" / "speeds.json"
    path.parent.mkdir(parents=True)
    path.write_text(content)
    assert measured_speed(entry)[1] > 0
    assert len(json.loads(path.read_text())) == 1


def test_a_users_model_is_removed_with_what_was_compiled_from_it(tmp_path: Path) -> None:
    add_tiny_model(tmp_path / "own", litert=False)
    entry = own(tmp_path)
    assert entry.card is not None
    assert entry.card.files.keras is not None
    assert runtime_of(entry) == ""
    compiled = compiled_path(entry.card.files.keras.sha256)
    compiled.parent.mkdir(parents=True)
    shutil.copy(TINY_FOLDER / "model.tflite", compiled)
    assert runtime_of(entry) == "LiteRT"
    remove_model(entry)
    assert list((tmp_path / "own").iterdir()) == []
    assert not compiled.exists()


def test_a_broken_model_can_be_removed_and_a_shipped_one_cannot(tmp_path: Path) -> None:
    add_tiny_model(tmp_path / "own", "broken", edit=lambda card: card.pop("output"))
    remove_model(own(tmp_path, "broken"))
    assert list((tmp_path / "own").iterdir()) == []
    folder = add_tiny_model(tmp_path / "shipped")
    with pytest.raises(ModelError, match="came with the program"):
        remove_model(own(tmp_path))
    assert (folder / "model.tflite").exists()


def test_a_folder_that_is_a_link_loses_the_link_alone(tmp_path: Path) -> None:
    elsewhere = add_tiny_model(tmp_path / "elsewhere")
    (tmp_path / "own").mkdir()
    (tmp_path / "own" / TINY_ID).symlink_to(elsewhere)
    remove_model(own(tmp_path))
    assert list((tmp_path / "own").iterdir()) == []
    assert (elsewhere / "model.tflite").exists()
