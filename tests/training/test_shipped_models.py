import hashlib
from pathlib import Path

import pytest

from ferqt.classifiers.card import FER_CROP, ModelCard, read_card
from ferqt.classifiers.catalog import DEFAULT_MODEL
from tests.helpers.datasets import published_ferplus
from tests.helpers.fer2013 import published_file
from training.answers import ask_model, keras_difference, open_model
from training.config import load_recipe
from training.datasets.base import Dataset
from training.datasets.given import read_sources
from training.datasets.merge import merge
from training.evaluate import evaluate, usual_labeling
from training.reproduce import SHIPPED

ROOT = Path(__file__).parents[2]
MODELS = ROOT / "models"
FOLDERS = sorted(path.parent for path in MODELS.glob("*/card.json"))
ON_FER2013 = [MODELS / "live48-fer7", MODELS / "live48-ferplus8"]
MOST_BYTES = 20_000_000

every_model = pytest.mark.parametrize("folder", FOLDERS, ids=lambda path: path.name)


def card_of(folder: Path) -> ModelCard:
    return read_card(folder / "card.json")


def test_the_shipped_models_are_those_that_can_be_reproduced():
    assert {folder.name for folder in FOLDERS} == set(SHIPPED)
    assert (MODELS / DEFAULT_MODEL) in FOLDERS


@every_model
def test_the_files_are_the_ones_that_were_measured(folder: Path):
    card = card_of(folder)
    assert card.files.keras is not None
    assert card.files.litert is not None
    for file in (card.files.keras, card.files.litert):
        content = (folder / file.path).read_bytes()
        assert hashlib.sha256(content).hexdigest() == file.sha256
        assert len(content) < MOST_BYTES
    for name in ("confusion.png", "reliability.png", "curves.png", "report.html"):
        assert (folder / "report" / name).is_file()


@every_model
def test_live_faces_are_cut_as_the_training_pictures_are(folder: Path):
    card = card_of(folder)
    assert card.input.crop == FER_CROP
    assert card.input.color == "gray"
    assert card.input.value_range == (0.0, 255.0)


@every_model
def test_the_card_tells_the_recipe_and_the_weakest_classes(folder: Path):
    card = card_of(folder)
    assert card.training is not None
    recipe = load_recipe(ROOT / "training" / "configs" / card.training.config)

    assert SHIPPED[card.id][-1].recipe == card.training.config
    assert recipe.head(card.id).label_set == card.output.labels
    assert recipe.model.architecture == card.architecture
    assert card.training.seed == recipe.fit.seed
    assert recipe.model.limits in card.limits
    assert card.metrics[-1].dataset in card.limits


@every_model
def test_a_model_knows_how_sure_it_is(folder: Path):
    assert card_of(folder).metrics[-1].ece <= 0.04


@pytest.mark.parametrize("folder", ON_FER2013, ids=lambda path: path.name)
def test_a_live_model_finds_every_expression(folder: Path):
    # A model that never answers a rare class can still look accurate.
    found = card_of(folder).metrics[-1].per_class
    assert min(figures.recall for figures in found.values()) >= 0.25


def test_the_small_model_is_right_four_times_in_five_on_people_it_never_saw():
    of_validation = card_of(MODELS / "cnn64-ck7").metrics[0]

    assert (of_validation.dataset, of_validation.n) == ("ferplus+ckplus/validation", 2146)
    assert of_validation.accuracy >= 0.80


def test_the_default_beats_what_was_published_with_ferplus():
    quoted = card_of(MODELS / "live48-ferplus8").metrics[-1]

    assert (quoted.dataset, quoted.n) == ("ferplus/private", 3153)
    assert quoted.accuracy >= 0.8499
    assert quoted.macro_f1 >= 0.67
    found = {name: figures.recall for name, figures in quoted.per_class.items()}
    assert min(found[name] for name in found if name != "contempt") >= 0.55


@pytest.fixture(scope="module")
def published() -> Dataset:
    """FER2013 with the votes of FER+."""
    return merge(read_sources([("fer2013", published_file()), ("ferplus", published_ferplus())]))


@pytest.mark.slow
@pytest.mark.timeout(600)
@pytest.mark.parametrize("folder", ON_FER2013, ids=lambda path: path.name)
def test_the_cards_figures_can_be_measured_again(folder: Path, published: Dataset):
    entry, card = open_model(folder)
    split = published.split_named("private")
    answers = ask_model(entry, card, split)
    again = evaluate(card, answers, published, split, usual_labeling(card, published)).metrics

    assert again.dataset == card.metrics[-1].dataset
    assert again.confusion == card.metrics[-1].confusion
    assert again.accuracy == pytest.approx(card.metrics[-1].accuracy)
    assert keras_difference(entry, card, answers, split) < 1e-4
