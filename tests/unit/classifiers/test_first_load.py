"""A model that somebody put into the folder is loaded elsewhere before it is loaded here, once."""

from pathlib import Path

import pytest

from ferqt.classifiers import first_load
from ferqt.classifiers.adding import stage_model
from ferqt.classifiers.catalog import Catalog, CatalogEntry, load_classifier, prepare_model
from ferqt.classifiers.helper_process import Ended
from ferqt.classifiers.removing import remove_model
from ferqt.errors import ModelError
from ferqt.paths import cache_dir
from tests.helpers.models import TINY_FOLDER, TINY_ID, add_tiny_model


def entry_of(place: Path, *, shipped: bool = False) -> CatalogEntry:
    folder = place / "models"
    add_tiny_model(folder)
    folders = (folder,) if shipped else (place / "none", folder)
    return Catalog(folders).entry(TINY_ID)


def notes() -> list[str]:
    return [path.name for path in (cache_dir() / "models").glob("*")]


@pytest.fixture
def tries(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The cards that were tried, without a process."""
    found: list[str] = []

    def tried(card: object, path: Path) -> Ended:
        found.append(path.name)
        return Ended(0, "", "")

    monkeypatch.setattr(first_load, "_try", tried)
    return found


def test_a_model_of_the_users_is_tried_in_a_process_and_then_loaded(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    entry = entry_of(tmp_path)
    classifier = load_classifier(entry)
    classifier.close()
    (note,) = notes()
    assert note.endswith("-48x48x1.tried")
    monkeypatch.setattr(first_load, "_try", lambda *_: pytest.fail("tried again"))
    load_classifier(entry).close()
    remove_model(entry)
    assert notes() == []


def test_it_is_tried_once_and_anew_when_the_note_is_gone(tries: list[str], tmp_path: Path) -> None:
    entry = entry_of(tmp_path)
    for _ in range(3):
        prepare_model(entry)
        load_classifier(entry).close()
    assert tries == ["model.tflite"]
    for name in notes():
        (cache_dir() / "models" / name).unlink()
    prepare_model(entry)
    assert len(tries) == 2


def test_a_model_that_ships_is_not(tries: list[str], tmp_path: Path) -> None:
    load_classifier(entry_of(tmp_path, shipped=True)).close()
    assert tries == []


def test_a_model_that_was_added_was_tried_then(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    staged = stage_model(TINY_FOLDER / "model.tflite", tmp_path / "models")
    model_id = staged.keep(staged.suggested(set()))
    monkeypatch.setattr(first_load, "_try", lambda *_: pytest.fail("tried again"))
    load_classifier(Catalog((tmp_path / "none", tmp_path / "models")).entry(model_id)).close()


def test_a_crash_there_is_a_refusal_here_every_time(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    crash = Ended(-11, "the process that tried it crashed (SIGSEGV)", "The log has the details.")
    monkeypatch.setattr(first_load, "_try", lambda *_: crash)
    entry = entry_of(tmp_path)
    for use in (prepare_model, load_classifier):
        with pytest.raises(ModelError, match=r"cannot be used: .*crashed \(SIGSEGV\)") as caught:
            use(entry)
        assert caught.value.hint
    assert notes() == []
