"""A bare file becomes a model of the user's, or leaves nothing behind."""

import shutil
import threading
import zipfile
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from ferqt.classifiers.adding import (
    FULL_RANGE,
    StagedModel,
    free_id,
    stage_model,
    with_name,
)
from ferqt.classifiers.card import FER_CROP, BoxCrop
from ferqt.classifiers.catalog import Catalog, load_classifier, verify
from ferqt.classifiers.helper_process import CanceledError, Step, Watch
from ferqt.classifiers.orders import KNOWN_ORDERS
from ferqt.classifiers.preprocess import face_crop
from ferqt.core.emotions import CK7, FER7, FERPLUS8
from ferqt.core.types import FaceBox
from ferqt.errors import ModelError
from tests.helpers.models import TINY_FOLDER, TINY_ID, add_tiny_model
from tests.helpers.portraits import grace_hopper

FACE = FaceBox(170, 132, 185, 202)


@pytest.fixture(scope="module")
def bare(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The tiny model's compiled file, without its card."""
    path = tmp_path_factory.mktemp("downloads") / "My Model_v2.tflite"
    path.write_bytes((TINY_FOLDER / "model.tflite").read_bytes())
    return path


@pytest.fixture(scope="module")
def looked_at(bare: Path) -> StagedModel:
    return stage_model(bare, bare.parent / "models")


@pytest.fixture
def staged(looked_at: StagedModel, tmp_path: Path) -> StagedModel:
    """What a look at the file leaves, without the half second that it takes."""
    folder = tmp_path / "models" / ".adding-test"
    shutil.copytree(looked_at._folder, folder)
    return StagedModel(looked_at._source, folder, looked_at._files, looked_at.facts)


def left_in(models: Path) -> list[str]:
    return [path.name for path in models.iterdir()] if models.exists() else []


def test_a_compiled_file_says_its_shape_and_that_it_rescales(staged: StagedModel) -> None:
    facts = staged.facts
    assert (facts.format, facts.height, facts.width, facts.color) == ("litert", 48, 48, "gray")
    assert (facts.classes, facts.activation, facts.precision) == (7, "softmax", "float32")
    assert facts.rescales
    assert 1_000 < facts.parameters < 3_000


def test_what_the_file_does_not_say_is_suggested(staged: StagedModel) -> None:
    chosen = staged.suggested(taken={"my-model-v2"})
    assert (chosen.id, chosen.name) == ("my-model-v2-2", "My Model v2")
    assert chosen.labels == FER7
    assert (chosen.value_range, chosen.crop) == (FULL_RANGE, FER_CROP)


def test_a_kept_model_is_listed_whole_and_answers(
    staged: StagedModel, bare: Path, tmp_path: Path
) -> None:
    chosen = replace(staged.suggested(set()), labels=CK7, name="Mine")
    model_id = staged.keep(chosen)
    staged.discard()
    assert left_in(tmp_path / "models") == [model_id]
    entry = Catalog((tmp_path / "shipped", tmp_path / "models")).entry(model_id)
    assert entry.card is not None
    assert (entry.card.name, entry.card.output.labels) == ("Mine", CK7)
    assert entry.card.metrics == ()
    assert "My Model_v2.tflite" in entry.card.limits
    assert verify(entry, anew=True) == []
    classifier = load_classifier(entry)
    assert classifier.predict(np.zeros((1, 48, 48, 1), np.float32)).shape == (1, 7)
    classifier.close()
    assert bare.exists()


def test_the_trial_shows_what_the_kept_model_will_answer(
    staged: StagedModel, tmp_path: Path
) -> None:
    chosen = staged.suggested(set())
    image = grace_hopper()
    reading = staged.read(chosen, image, FACE)
    assert reading.picture.shape == (48, 48, 3)
    assert reading.labels == FER7
    entry = Catalog((tmp_path / "models",)).rescan
    model_id = staged.keep(chosen)
    (kept,) = entry()
    assert kept.id == model_id
    assert kept.card is not None
    classifier = load_classifier(kept)
    face = face_crop(image, FACE, kept.card.input)
    np.testing.assert_array_equal(classifier.predict(face[None])[0], reading.probabilities)
    np.testing.assert_allclose(reading.picture[..., 0], face[..., 0], atol=1)
    classifier.close()


def test_another_range_or_crop_changes_the_trial(staged: StagedModel) -> None:
    chosen = staged.suggested(set())
    image = grace_hopper()
    usual = staged.read(chosen, image, FACE)
    dim = staged.read(replace(chosen, value_range=(0.0, 1.0)), image, FACE)
    wide = staged.read(replace(chosen, crop=BoxCrop(0.5)), image, FACE)
    assert np.abs(usual.probabilities - dim.probabilities).max() > 0.05
    np.testing.assert_allclose(usual.picture, dim.picture, atol=1)
    assert np.abs(usual.picture.astype(int) - wide.picture).mean() > 5
    staged.discard()


@pytest.mark.parametrize(
    ("change", "part"),
    [
        ({"labels": FERPLUS8}, "8 expressions are named, the model has 7"),
        ({"id": "No Good"}, "lower-case"),
        ({"name": " "}, "name: must not be empty"),
        ({"value_range": (1.0, 0.0)}, "from a lower to a higher value"),
        ({"height": 64}, "input is 48 x 48 x 1, its card says 64 x 48 x 1"),
    ],
)
def test_choices_that_do_not_fit_are_refused_and_can_be_mended(
    staged: StagedModel, change: dict[str, object], part: str, tmp_path: Path
) -> None:
    good = staged.suggested(set())
    with pytest.raises(ModelError, match=part):
        staged.keep(replace(good, **change))  # type: ignore[arg-type]
    assert staged.keep(good) == good.id
    assert left_in(tmp_path / "models") == [good.id]


def test_an_id_that_is_taken_is_refused(staged: StagedModel, tmp_path: Path) -> None:
    add_tiny_model(tmp_path / "models")
    with pytest.raises(ModelError, match=f"there is a model of this id: '{TINY_ID}'"):
        staged.keep(replace(staged.suggested(set()), id=TINY_ID))
    staged.discard()
    assert left_in(tmp_path / "models") == [TINY_ID]


def code_in(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as archive, zipfile.ZipFile(TINY_FOLDER / "model.keras") as old:
        for name in old.namelist():
            content = old.read(name)
            if name == "config.json":
                content = content.replace(b'"ReLU"', b'"Lambda"')
            archive.writestr(name, content)


def cut_off(path: Path) -> None:
    path.write_bytes((TINY_FOLDER / "model.tflite").read_bytes()[:4000])


def no_model(path: Path) -> None:
    path.write_text("hello")


@pytest.mark.parametrize(
    ("make", "part"),
    [
        (code_in, "refused: .*'Lambda'"),
        (cut_off, "refused: .* is damaged"),
        (no_model, "not a model file"),
    ],
)
def test_a_refused_file_is_one_sentence_with_its_path_and_leaves_nothing(
    make: object, part: str, tmp_path: Path
) -> None:
    path = tmp_path / "downloads.keras"
    make(path)  # type: ignore[operator]
    with pytest.raises(ModelError, match=part) as caught:
        stage_model(path, tmp_path / "models")
    assert str(path) in caught.value.message
    assert "\n" not in caught.value.message
    assert ".adding-" not in caught.value.message
    assert caught.value.hint
    assert left_in(tmp_path / "models") == []


def test_a_network_that_is_none_for_faces_is_refused(tmp_path: Path) -> None:
    from ferqt.classifiers.model_facts import activation_of, class_count, input_size

    with pytest.raises(ModelError, match="its input is 10 instead of"):
        input_size((None, 10))
    with pytest.raises(ModelError, match="48 x 48 x 4 instead of"):
        input_size((None, 48, 48, 4))
    with pytest.raises(ModelError, match="several tensors"):
        input_size([(None, 48, 48, 1), (None, 3)])
    with pytest.raises(ModelError, match="its output is 1 instead of"):
        class_count((None, 1))
    assert input_size((None, None, None, 3)) == (None, None, 3)
    sigmoid = np.array([[0.9, 0.8], [0.2, 0.1]], np.float32)
    with pytest.raises(ModelError, match="do not sum to 1"):
        activation_of(sigmoid)
    with pytest.raises(ModelError, match="NaN"):
        activation_of(np.array([[np.nan, 1]], np.float32))
    assert activation_of(np.array([[3, -2]], np.float32)) == "logits"
    assert activation_of(np.array([[0.3, 0.7]], np.float32)) == "softmax"


def test_giving_up_while_keras_loads_ends_the_process_and_leaves_nothing(tmp_path: Path) -> None:
    canceled = threading.Event()
    steps: list[Step] = []

    def on_step(step: Step) -> None:
        steps.append(step)
        if step is Step.LOAD:
            canceled.set()

    with pytest.raises(CanceledError):
        stage_model(TINY_FOLDER / "model.keras", tmp_path / "models", Watch(on_step, canceled))
    assert steps == [Step.INSPECT, Step.COPY, Step.START, Step.LOAD]
    assert left_in(tmp_path / "models") == []


def test_a_look_that_takes_too_long_is_ended_and_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ferqt.classifiers.examine._TIMEOUT_S", 0.2)
    with pytest.raises(ModelError, match="took longer than 0 s") as caught:
        stage_model(TINY_FOLDER / "model.keras", tmp_path / "models")
    assert caught.value.hint
    assert left_in(tmp_path / "models") == []


@pytest.mark.parametrize(
    ("name", "taken", "found"),
    [
        ("Mein Modell (2)", set(), "mein-modell-2"),
        ("übung", set(), "bung"),
        ("???", {"model"}, "model-2"),
        ("x" * 100, set(), "x" * 48),
    ],
)
def test_ids_are_made_of_names(name: str, taken: set[str], found: str) -> None:
    assert free_id(name, taken) == found


def test_a_name_brings_its_id(staged: StagedModel) -> None:
    renamed = with_name(staged.suggested(set()), " Night shift ", {"night-shift"})
    assert (renamed.name, renamed.id) == ("Night shift", "night-shift-2")
    staged.discard()


def test_known_orders_are_whole_and_differ() -> None:
    assert len({labels.names for labels in KNOWN_ORDERS}) == len(KNOWN_ORDERS)
    assert len({labels.id for labels in KNOWN_ORDERS}) == len(KNOWN_ORDERS)
    for labels in KNOWN_ORDERS:
        assert set(labels.names) <= set(FERPLUS8.names)
