import hashlib
import json
import re
from pathlib import Path

import numpy as np
import pytest

from ferqt.classifiers.card import read_card
from ferqt.classifiers.keras_backend import KerasClassifier
from ferqt.classifiers.litert_backend import LiteRTClassifier
from ferqt.errors import FerqtError
from tests.helpers.fer2013 import small_fer2013
from training.config import Recipe
from training.datasets.base import TEST, Dataset
from training.datasets.fer2013 import Fer2013
from training.evaluate import evaluate
from training.export import export, require_agreement
from training.run import RunFolder
from training.train import predict, tensors, train

MODEL_FILES = {"card.json", "model.keras", "model.tflite", "report"}


@pytest.fixture
def exported(still: Recipe, data: Dataset, tmp_path: Path) -> Path:
    train(still, data, tmp_path / "run")
    export(tmp_path / "run", data, tmp_path / "models")
    return tmp_path / "models" / still.model.id


def test_the_folder_holds_what_the_card_names(exported: Path):
    card = read_card(exported / "card.json")

    assert {path.name for path in exported.iterdir()} == MODEL_FILES
    for file in (card.files.keras, card.files.litert):
        assert hashlib.sha256((exported / file.path).read_bytes()).hexdigest() == file.sha256
    plots = {path.name for path in (exported / "report").iterdir()}
    assert plots == {"confusion.png", "curves.png", "reliability.png"}


def test_the_card_is_complete_and_its_figures_are_measured(exported: Path, data: Dataset):
    card = read_card(exported / "card.json")

    assert [metrics.dataset for metrics in card.metrics] == ["fer2013/public", "fer2013/private"]
    assert card.metrics[1] == evaluate(exported, data, TEST).metrics
    assert card.metrics[1].n == 14
    assert card.training.datasets == ("fer2013",)
    assert card.training.split_sha256 == data.sha256()
    assert card.input.crop == data.crop
    assert 0.25 <= card.output.temperature <= 4
    assert re.search(r"Found least often: \w+ \(\d+%\) and \w+ \(\d+%\)", card.limits)


def test_keras_litert_and_the_trained_weights_agree(
    exported: Path, still: Recipe, data: Dataset, tiny, tmp_path: Path
):
    card = read_card(exported / "card.json")
    split = data.splits[TEST]
    pictures = tensors(split.images, card.input)
    litert = LiteRTClassifier(card, exported / "model.tflite").predict(pictures)
    keras = KerasClassifier(card, exported / "model.keras").predict(pictures)
    model = tiny.build(7, 0.0, "float32")
    model.set_weights(RunFolder(tmp_path / "run").load().best)
    powers = predict(model, split, card.input) ** (1 / card.output.temperature)

    np.testing.assert_allclose(litert, keras, atol=1e-5)
    np.testing.assert_allclose(litert, powers / powers.sum(axis=1, keepdims=True), atol=1e-5)
    assert evaluate(exported, data, TEST, compare_keras=True).keras_difference < 1e-4


def test_the_keras_file_carries_no_optimizer(exported: Path):
    import zipfile

    with zipfile.ZipFile(exported / "model.keras") as archive:
        config = json.loads(archive.read("config.json"))
    assert not config.get("compile_config")
    assert (exported / "model.keras").stat().st_size < 60_000


def test_exporting_again_replaces_the_folder(exported: Path, data: Dataset, tmp_path: Path):
    (exported / "old.txt").write_text("from an older export")

    export(tmp_path / "run", data, tmp_path / "models")

    assert {path.name for path in exported.iterdir()} == MODEL_FILES
    assert [path.name for path in (tmp_path / "models").iterdir()] == [exported.name]


def test_a_model_that_keras_and_litert_read_differently_is_refused():
    require_agreement(9e-5, "tiny")
    with pytest.raises(FerqtError, match=r"tiny: Keras and LiteRT differ by 0\.0002"):
        require_agreement(2e-4, "tiny")
    with pytest.raises(FerqtError, match="differ by nan"):
        require_agreement(float("nan"), "tiny")


def test_a_run_is_not_exported_on_other_data(still: Recipe, data: Dataset, tmp_path: Path):
    train(still, data, tmp_path / "run", stop_after=1)
    other = Fer2013().load(small_fer2013(tmp_path / "other.csv", train=35))

    with pytest.raises(FerqtError, match="other data"):
        export(tmp_path / "run", other, tmp_path / "models")
    assert not (tmp_path / "models").exists()


def test_a_folder_without_a_run_is_one_clear_error(data: Dataset, tmp_path: Path):
    with pytest.raises(FerqtError, match="no training run"):
        export(tmp_path, data, tmp_path / "models")
