import hashlib
import json
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from ferqt.classifiers.card import ModelCard, read_card
from ferqt.classifiers.keras_backend import KerasClassifier, open_keras_model
from ferqt.classifiers.litert_backend import LiteRTClassifier
from ferqt.core.emotions import FERPLUS8
from ferqt.errors import FerqtError
from tests.helpers.fer2013 import small_fer2013
from tests.helpers.small_run import register_tiny, small_recipe, two_sources
from training.adjust import shifted, trained_shares
from training.answers import ask, ask_model, open_model, without_temperature
from training.architectures import registry
from training.batches import predict, tensors
from training.config import Recipe
from training.datasets.base import TEST, TRAIN, VALIDATION, Dataset
from training.datasets.fer2013 import Fer2013
from training.datasets.merge import merge
from training.evaluate import evaluate
from training.export import export, require_agreement
from training.model_files import TrainedHead
from training.report import Report
from training.run import Best, Checkpoint, EpochRecord, RunFolder
from training.train import train

MODEL_FILES = {"card.json", "model.keras", "model.tflite", "report"}
OTHER_FILES = {
    "model.float16.tflite",
    "model.int8.tflite",
    "model.json",
    "model.weights.h5",
    "model.h5",
}


@dataclass(frozen=True)
class Exported:
    """A run of two heads on two sources, and the models made of it."""

    recipe: Recipe
    data: Dataset
    run: Path
    models: Path
    reports: list[Report]

    def card(self, head: str) -> ModelCard:
        return read_card(self.models / head / "card.json")


@pytest.fixture(scope="module")
def patch() -> Iterator[pytest.MonkeyPatch]:
    with pytest.MonkeyPatch.context() as patch:
        yield patch


@pytest.fixture(scope="module")
def exported(patch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> Exported:
    register_tiny(patch)
    folder = tmp_path_factory.mktemp("exported")
    recipe = small_recipe()
    eight = replace(
        recipe.heads[0],
        id="tiny-ferplus8",
        labels="ferplus8",
        labeling="majority",
        votes_weight=0.5,
        weight=2.0,
        adjust=True,
    )
    recipe = replace(recipe, heads=(recipe.heads[0], eight))
    data = two_sources(folder / "data")
    train(recipe, data, folder / "some-recipe")
    also = ("float16", "int8", "json", "h5")
    reports = export(folder / "some-recipe", data, folder / "models", also=also)
    return Exported(recipe, data, folder / "some-recipe", folder / "models", reports)


def test_each_head_becomes_a_folder_that_holds_what_its_card_names(exported: Exported):
    assert {path.name for path in exported.models.iterdir()} == {"tiny-fer7", "tiny-ferplus8"}
    for head in ("tiny-fer7", "tiny-ferplus8"):
        folder, card = exported.models / head, exported.card(head)
        assert {path.name for path in folder.iterdir()} == MODEL_FILES | OTHER_FILES
        for file in (card.files.keras, card.files.litert):
            assert hashlib.sha256((folder / file.path).read_bytes()).hexdigest() == file.sha256
        assert {path.name for path in (folder / "report").iterdir()} == {
            "confusion.png",
            "curves.png",
            "recall.png",
            "reliability.png",
            "report.html",
            "report.json",
        }


def test_the_card_is_complete(exported: Exported):
    card = exported.card("tiny-ferplus8")

    assert (card.id, card.name, card.architecture) == ("tiny-ferplus8", "Tiny", "tiny")
    assert card.output.labels == FERPLUS8
    assert card.training.datasets == ("fer2013", "more", "ferplus")
    assert card.training.split_sha256 == exported.data.sha256()
    assert (card.training.config, card.training.seed) == ("some-recipe.toml", 3)
    assert card.input.crop == exported.data.crop
    assert (card.input.height, card.input.width) == (48, 48)
    assert 0.25 <= card.output.temperature <= 4
    assert re.search(r"Found least often: \w+ \(\d+%\) and \w+ \(\d+%\), measured on", card.limits)
    keras = open_keras_model(exported.models / card.id / "model.keras", card)
    assert card.parameters == keras.count_params()


def test_every_source_is_measured_and_the_first_ones_test_part_comes_last(exported: Exported):
    by_votes, own = exported.card("tiny-ferplus8"), exported.card("tiny-fer7")

    assert [one.dataset for one in own.metrics] == [
        "fer2013+more/validation",
        "more/validation",
        "fer2013/public",
        "fer2013+more/test",
        "more/test",
        "fer2013/private",
    ]
    assert by_votes.metrics[-1].dataset == "ferplus/private"
    assert [one.n for one in own.metrics] == [28, 14, 14] * 2
    assert by_votes.metrics[-1].n < by_votes.metrics[-2].n == 14


def test_the_cards_figures_can_be_measured_again(exported: Exported):
    for head, split in (("tiny-fer7", "fer2013/private"), ("tiny-ferplus8", "fer2013/private")):
        entry, card = open_model(exported.models / head)
        pictures = exported.data.split_named(split)
        labeling = exported.recipe.head(head).labeling
        answers = ask_model(entry, card, pictures)
        again = evaluate(card, answers, exported.data, pictures, labeling)
        assert again.metrics == card.metrics[-1]


def test_keras_litert_and_the_trained_weights_agree(exported: Exported):
    """The other head's best epoch may be another one; each head takes its own."""
    split = exported.data.splits[TEST]
    best = RunFolder(exported.run).load().best
    heads = {head.id: len(head.label_set) for head in exported.recipe.heads}
    for place, head in enumerate(heads):
        card, folder = without_temperature(exported.card(head)), exported.models / head
        litert = ask(LiteRTClassifier(card, folder / "model.tflite"), split).upright
        keras = KerasClassifier(card, folder / "model.keras").predict(
            tensors(split.images, card.input)
        )
        np.testing.assert_allclose(litert, keras, atol=1e-5)
        whole = registry.build("tiny", heads, 0, 0.0, "float32")
        whole.set_weights(best[head].weights)
        trained = predict(whole, split, card.input)[place]
        report = exported.reports[place]
        if report.adjustment is not None:
            prior = trained_shares(exported.data.splits[TRAIN], exported.recipe, place)
            trained = shifted(trained, prior, report.adjustment.tau)
        np.testing.assert_allclose(litert, trained, atol=1e-5)


def test_the_shift_towards_rare_classes_is_told_where_the_recipe_asks_for_it(exported: Exported):
    plain, adjusted = (
        json.loads((exported.models / head / "report" / "report.json").read_text())["adjustment"]
        for head in ("tiny-fer7", "tiny-ferplus8")
    )

    assert plain is None
    assert adjusted["tau"] in (0, adjusted["tried"])
    assert set(adjusted["prior"]) == set(FERPLUS8.names)
    assert adjusted["n"] == exported.card("tiny-ferplus8").metrics[0].n


def test_the_keras_file_holds_one_flat_answer_and_no_optimizer(exported: Exported):
    with zipfile.ZipFile(exported.models / "tiny-fer7" / "model.keras") as archive:
        config = json.loads(archive.read("config.json"))

    layers = [layer["class_name"] for layer in config["config"]["layers"]]
    assert layers.count("Dense") == 1
    assert "Functional" not in layers
    assert not config.get("compile_config")


def test_other_forms_load_and_say_what_they_lose(exported: Exported):
    import keras

    folder, card = exported.models / "tiny-fer7", exported.card("tiny-fer7")
    split = exported.data.splits[VALIDATION]
    plain = without_temperature(card)
    expected = ask(LiteRTClassifier(plain, folder / "model.tflite"), split).upright
    for name, tolerance in (("float16", 0.01), ("int8", 0.15)):
        found = ask(LiteRTClassifier(plain, folder / f"model.{name}.tflite"), split).upright
        assert 0 < np.abs(found - expected).max() < tolerance
    rebuilt = keras.models.model_from_json((folder / "model.json").read_text())
    rebuilt.load_weights(folder / "model.weights.h5")
    for model in (rebuilt, open_keras_model(folder / "model.h5", card)):
        np.testing.assert_allclose(predict(model, split, card.input)[0], expected, atol=1e-5)
    half, bytes_, json_, h5 = exported.reports[0].formats
    assert half.size_bytes < (folder / "model.tflite").stat().st_size
    assert -1 < bytes_.accuracy_loss < 1
    assert (json_.accuracy_loss, h5.accuracy_loss) == (None, None)
    assert json_.files == ("model.json", "model.weights.h5")


def test_exporting_again_replaces_the_folder_and_may_leave_the_test_part_alone(
    exported: Exported, tmp_path: Path
):
    old = tmp_path / "tiny-fer7"
    old.mkdir()
    (old / "card.json").write_text("{}")
    (old / "old.txt").write_text("from an older export")

    export(exported.run, exported.data, tmp_path, ["tiny-fer7"], test=False)

    assert [path.name for path in tmp_path.iterdir()] == ["tiny-fer7"]
    assert {path.name for path in old.iterdir()} == MODEL_FILES
    measured = read_card(old / "card.json").metrics
    assert [one.dataset for one in measured] == [
        "fer2013+more/validation",
        "more/validation",
        "fer2013/public",
    ]


def test_a_model_that_keras_and_litert_read_differently_is_refused():
    require_agreement(9e-5, "tiny")
    with pytest.raises(FerqtError, match=r"tiny: Keras and LiteRT differ by 0\.0002"):
        require_agreement(2e-4, "tiny")
    with pytest.raises(FerqtError, match="differ by nan"):
        require_agreement(float("nan"), "tiny")


def test_what_cannot_be_exported_is_one_clear_error_and_leaves_nothing(
    exported: Exported, tmp_path: Path
):
    other = merge([Fer2013().load(small_fer2013(tmp_path / "other.csv"))])
    models = tmp_path / "models"

    with pytest.raises(FerqtError, match="other data"):
        export(exported.run, other, models)
    with pytest.raises(FerqtError, match="no head 'tiny'"):
        export(exported.run, exported.data, models, ["tiny"])
    with pytest.raises(FerqtError, match="unknown format 'onnx'"):
        export(exported.run, exported.data, models, also=["onnx"])
    with pytest.raises(FerqtError, match="no training run"):
        export(tmp_path, exported.data, models)
    assert not models.exists()


def test_a_model_wants_pictures_of_the_side_that_its_best_epoch_saw():
    recipe = small_recipe()
    history = [EpochRecord(epoch, 1, side, 0.0, 0.0, {}, 1.0) for epoch, side in ((1, 32), (2, 40))]
    checkpoint = Checkpoint([], {"tiny-fer7": Best(1, [])}, history, "", "float32")

    trained = TrainedHead(recipe, "x.toml", recipe.heads[0], checkpoint, date(2026, 1, 1))

    assert (trained.best_epoch, trained.side) == (1, 32)
