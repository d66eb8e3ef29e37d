import hashlib
from pathlib import Path

import pytest

from ferqt.classifiers.card import FER_CROP, ModelCard, read_card
from tests.helpers.fer2013 import published_file
from training.config import load_recipe
from training.datasets.base import TEST
from training.datasets.fer2013 import Fer2013
from training.evaluate import evaluate

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "models" / "live48-fer7"


@pytest.fixture(scope="module")
def card() -> ModelCard:
    return read_card(FOLDER / "card.json")


def test_the_files_are_the_ones_that_were_measured(card: ModelCard):
    for file in (card.files.keras, card.files.litert):
        assert hashlib.sha256((FOLDER / file.path).read_bytes()).hexdigest() == file.sha256


def test_live_faces_are_cut_as_the_training_pictures_are(card: ModelCard):
    assert card.input.crop == FER_CROP
    assert (card.input.height, card.input.width, card.input.color) == (48, 48, "gray")
    assert card.input.value_range == (0.0, 255.0)


def test_the_card_tells_the_recipe_and_the_weakest_classes(card: ModelCard):
    recipe = load_recipe(ROOT / "training" / "configs" / card.training.config)

    assert recipe.model.id == card.id
    assert card.training.seed == recipe.fit.seed
    assert recipe.model.limits in card.limits
    assert "fer2013/private" in card.limits


def test_the_model_is_good_enough_to_ship(card: ModelCard):
    private = {metrics.dataset: metrics for metrics in card.metrics}["fer2013/private"]

    assert private.n == 3589
    assert private.accuracy >= 0.60
    assert private.ece <= 0.08
    # A model that never answers a rare class can still look accurate.
    assert min(figures.recall for figures in private.per_class.values()) >= 0.25


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_the_cards_figures_can_be_measured_again(card: ModelCard):
    again = evaluate(FOLDER, Fer2013().load(published_file()), TEST, compare_keras=True)

    assert again.metrics.confusion == card.metrics[-1].confusion
    assert again.metrics.accuracy == pytest.approx(card.metrics[-1].accuracy)
    assert again.keras_difference < 1e-4
