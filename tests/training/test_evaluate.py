import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from ferqt.classifiers.card import Metrics, ModelCard, read_card
from ferqt.classifiers.litert_backend import LiteRTClassifier
from ferqt.classifiers.preprocess import picture_to_tensor
from ferqt.core.emotions import EMOTIONS, FER7, FERPLUS8, LabelSet
from ferqt.errors import FerqtError, ModelError
from tests.helpers.models import TINY_FOLDER, add_tiny_model
from tests.helpers.small_run import two_sources
from training.answers import Answers, ask_model, keras_difference, open_model, without_temperature
from training.datasets.base import TEST, VALIDATION, VOTES, Dataset, Split
from training.evaluate import evaluate, evaluation_json, usual_labeling


@pytest.fixture
def card() -> ModelCard:
    """A card for FER2013's classes; its temperature softens the answers."""
    card = read_card(TINY_FOLDER / "card.json")
    return replace(card, output=replace(card.output, temperature=2.0, uncertain_below=0.5))


def with_labels(card: ModelCard, labels: LabelSet) -> ModelCard:
    return replace(card, output=replace(card.output, labels=labels))


def saying(split: Split, labels: LabelSet, sure: float = 0.9) -> np.ndarray:
    """Answers that are right by the pictures' own labels."""
    places = [labels.index(EMOTIONS[label]) for label in split.labels]
    rest = (1 - sure) / (len(labels) - 1)
    return (np.eye(len(labels))[places] * (sure - rest) + rest).astype(np.float32)


def rated(data: Dataset, votes: np.ndarray) -> Dataset:
    """The data set with these votes in its test part."""
    test = replace(data.splits[TEST], votes=votes.astype(np.float32))
    return replace(data, votes_from="ferplus", splits={**data.splits, TEST: test})


def test_the_figures_to_quote_are_those_of_upright_pictures(card: ModelCard, data: Dataset):
    split = data.splits[TEST]
    right = saying(split, FER7)
    wrong = np.roll(right, 1, axis=1)
    answers = Answers(upright=np.concatenate([right[:7], wrong[7:]]), mirrored=wrong)

    found = evaluate(card, answers, data, split, "own")

    assert found.metrics.dataset == "fer2013/private"
    assert (found.metrics.n, found.metrics.accuracy) == (14, 0.5)
    assert found.flip_accuracy < 0.5
    assert found.left_out == found.sources == {}


def test_calibration_is_measured_before_and_after_the_temperature(card: ModelCard, data: Dataset):
    split = data.splits[TEST]
    right = saying(split, FER7, sure=0.9)

    found = evaluate(card, Answers(right, right), data, split, "own")

    odds = np.sqrt(0.9 / (0.1 / 6))
    softened = odds / (odds + 6)
    assert found.ece_before == pytest.approx(1 - 0.9, abs=1e-5)
    assert found.metrics.ece == pytest.approx(1 - softened, abs=1e-5)
    assert found.reliability_after == (pytest.approx((1.0, softened, 1.0), abs=1e-5),)
    assert found.temperature == 2.0


def test_answers_above_the_threshold_are_counted_apart(card: ModelCard, data: Dataset):
    split = data.splits[TEST]
    answers = saying(split, FER7, sure=0.95)
    answers[:4] = saying(split, FER7, sure=0.3)[:4]
    answers[4] = np.roll(answers[4], 1)

    found = evaluate(card, Answers(answers, answers), data, split, "own")

    assert found.sure_share == pytest.approx(10 / 14)
    assert found.sure_accuracy == pytest.approx(9 / 10)


def test_by_the_majority_pictures_without_one_are_left_out(card: ModelCard, data: Dataset):
    split = data.splits[TEST]
    votes = np.zeros((14, len(VOTES)))
    votes[:, EMOTIONS.index("sad")] = 8
    votes[:3, EMOTIONS.index("happy")] = 8
    votes[3] = np.eye(len(VOTES))[EMOTIONS.index("contempt")] * 9
    data = rated(data, votes)
    sad = np.tile(np.eye(7, dtype=np.float32)[FER7.index("sad")], (14, 1))

    found = evaluate(card, Answers(sad, sad), data, data.splits[TEST], "majority")

    assert found.metrics.dataset == "ferplus/private"
    assert (found.metrics.n, found.metrics.accuracy, found.metrics.macro_f1) == (10, 1.0, 1.0)
    assert found.left_out == {"no single class": 3, "contempt is not among its classes": 1}
    eight = with_labels(card, FERPLUS8)
    sad = np.tile(np.eye(8, dtype=np.float32)[FERPLUS8.index("sad")], (14, 1))
    found = evaluate(eight, Answers(sad, sad), data, data.splits[TEST], "majority")
    assert found.metrics.n == 11
    assert found.metrics.per_class["contempt"].support == 1
    own = evaluate(eight, Answers(sad, sad), data, split, "own")
    assert (own.metrics.dataset, own.metrics.n) == ("fer2013/private", 14)


def test_figures_are_told_by_data_set_when_there_are_several(card: ModelCard, tmp_path: Path):
    data = two_sources(tmp_path)
    split = data.splits[TEST]
    answers = saying(split, FER7)
    second = split.sources == 1
    answers[second] = np.roll(answers[second], 1, axis=1)

    found = evaluate(card, Answers(answers, answers), data, split, "own")

    assert found.metrics.dataset == "fer2013+more/test"
    assert {name: one.accuracy for name, one in found.sources.items()} == {
        "fer2013/private": 1.0,
        "more/test": 0.0,
    }
    by_votes = evaluate(card, Answers(answers, answers), data, split, "majority")
    assert by_votes.metrics.dataset == "ferplus+more/test"
    assert list(by_votes.sources) == ["ferplus/private", "more/test"]
    assert by_votes.metrics.n == 28 - by_votes.left_out["no single class"]


def test_pictures_of_other_classes_alone_are_one_clear_error(card: ModelCard, data: Dataset):
    other = with_labels(card, LabelSet("mine", ("awake", "asleep")))
    answers = np.full((14, 2), 0.5, np.float32)

    with pytest.raises(FerqtError, match="fer2013/private has no picture of awake, asleep"):
        evaluate(other, Answers(answers, answers), data, data.splits[TEST], "own")


def test_the_usual_true_class_is_the_one_that_the_card_quotes(card: ModelCard, data: Dataset):
    def quoting(dataset: str) -> ModelCard:
        return replace(card, metrics=(Metrics(dataset, 1, 0.0, 0.0, 0.0, {}, ()),))

    voted = rated(data, np.ones((14, len(VOTES))))

    assert usual_labeling(quoting("ferplus/private"), voted) == "majority"
    assert usual_labeling(quoting("ferplus+ckplus/test"), voted) == "majority"
    assert usual_labeling(quoting("fer2013/private"), voted) == "own"
    assert usual_labeling(quoting("ferplus/private"), data) == "own"
    assert usual_labeling(card, voted) == "own"
    assert usual_labeling(with_labels(card, FERPLUS8), voted) == "majority"


def test_a_model_is_asked_as_the_program_asks_it(data: Dataset, tmp_path: Path):
    def soften(plain: dict) -> None:
        plain["output"]["temperature"] = 3.0

    folder = add_tiny_model(tmp_path / "models", edit=soften)
    entry, card = open_model(folder)
    split = data.splits[VALIDATION]

    answers = ask_model(entry, card, split)

    classifier = LiteRTClassifier(without_temperature(card), folder / "model.tflite")
    tensors = np.stack([picture_to_tensor(image, card.input) for image in split.images])
    np.testing.assert_allclose(answers.upright, classifier.predict(tensors), atol=1e-6)
    mirrored = np.ascontiguousarray(tensors[:, :, ::-1])
    np.testing.assert_allclose(answers.mirrored, classifier.predict(mirrored), atol=1e-6)
    assert keras_difference(entry, card, answers, split) < 1e-4


def test_a_folder_without_a_usable_model_is_one_clear_error(tmp_path: Path):
    with pytest.raises(ModelError, match="no model at"):
        open_model(tmp_path / "nothing")
    with pytest.raises(ModelError, match="cannot be used"):
        open_model(add_tiny_model(tmp_path, edit=lambda plain: plain.pop("name")))


def test_json_has_the_figures_to_quote_at_its_top(card: ModelCard, data: Dataset):
    right = saying(data.splits[TEST], FER7)
    found = evaluate(card, Answers(right, right), data, data.splits[TEST], "own")

    plain = json.loads(json.dumps(evaluation_json(found)))

    assert plain["model"] == card.id
    assert (plain["dataset"], plain["n"], plain["labeling"]) == ("fer2013/private", 14, "own")
    assert (plain["accuracy"], plain["macro_f1"]) == (1.0, 1.0)
    assert plain["per_class"]["fear"]["support"] == 2
    assert np.trace(plain["confusion"]) == 14
    assert plain["accuracy_interval"] == {"low": 1.0, "high": 1.0}
