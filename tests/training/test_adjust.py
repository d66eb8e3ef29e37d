from dataclasses import replace

import numpy as np
import pytest

from ferqt.core.emotions import FER7, LabelSet
from tests.helpers.models import TINY_INPUT
from training.adjust import choose_adjustment, shift_bias, shifted, trained_shares
from training.batches import Batches
from training.config import DataConfig, Recipe
from training.datasets.base import TRAIN, Dataset
from training.datasets.labels import soft_targets

NAMES = LabelSet("two", ("happy", "fear"))


def told(prior: float, count: int, seed: int = 0) -> tuple[np.ndarray, np.ndarray]:
    """Labels with that share of "fear", and what a network says that learned such shares.

    It sees one number that is 1.5 higher, on average, for "fear".
    """
    draws = np.random.default_rng(seed)
    labels = (draws.random(count) < prior).astype(np.int64)
    seen = draws.normal(1.5 * labels, 1.0)
    odds = prior / (1 - prior) * np.exp(1.5 * seen - 1.5**2 / 2)
    fear = odds / (1 + odds)
    return np.stack([1 - fear, fear], axis=1).astype(np.float32), labels


def test_a_full_shift_gives_what_a_network_trained_on_even_classes_would_say():
    rare = np.array([[0.9, 0.1]], np.float32)

    even = shifted(rare, np.array([0.9, 0.1]), tau=1.0)

    np.testing.assert_allclose(even, [[0.5, 0.5]], atol=1e-6)
    np.testing.assert_allclose(shifted(rare, np.array([0.9, 0.1]), tau=0.0), rare, atol=1e-6)


def test_a_rare_class_that_is_missed_is_found_more_often():
    probabilities, labels = told(0.04, 4000)

    chosen = choose_adjustment(probabilities, labels, np.array([0.96, 0.04]), NAMES)

    assert 0 < chosen.tau == chosen.tried < 1
    assert chosen.gain.low > 0
    before, after = chosen.macro_f1
    assert after - before > 0.05
    answers = shifted(probabilities, np.array([0.96, 0.04]), chosen.tau).argmax(axis=1)
    found = (answers[labels == 1] == 1).mean()
    assert found > 2 * (probabilities.argmax(axis=1)[labels == 1] == 1).mean()


def test_even_classes_and_few_pictures_leave_the_answers_alone():
    even, labels = told(0.5, 4000)
    assert choose_adjustment(even, labels, np.array([0.5, 0.5]), NAMES).tau == 0

    few, few_labels = told(0.3, 60)
    chosen = choose_adjustment(few, few_labels, np.array([0.7, 0.3]), NAMES)
    assert chosen.tau == 0
    assert chosen.gain.low <= 0 or chosen.macro_f1[1] - chosen.macro_f1[0] < 0.003


def test_the_shift_lies_in_the_last_layers_bias():
    from keras import Input, Model, layers

    inputs = Input((3,))
    answer = layers.Dense(2, activation="softmax", name="answer")
    model = Model(inputs, answer(inputs))
    pictures = np.random.default_rng(0).normal(size=(5, 3)).astype(np.float32)
    before = np.asarray(model(pictures))

    shift_bias(answer, np.array([0.8, 0.2]), tau=0.4)

    expected = shifted(before, np.array([0.8, 0.2]), 0.4)
    np.testing.assert_allclose(np.asarray(model(pictures)), expected, atol=1e-6)


@pytest.mark.parametrize(("balance", "class_weights"), [(0.0, 0.0), (0.5, 0.0), (0.0, 0.7)])
def test_the_shares_are_those_of_what_training_draws_and_weighs(
    still: Recipe, data: Dataset, balance: float, class_weights: float
):
    """One picture of the first class, two of the second, and so on."""
    part = data.splits[TRAIN]
    own = soft_targets(part, FER7, 0.0).argmax(axis=1)
    counts = np.arange(1, 8)
    rows = np.concatenate([np.resize(np.flatnonzero(own == i), n) for i, n in enumerate(counts)])
    split = part.take(rows)
    recipe = replace(still, data=DataConfig(balance=balance, class_weights=class_weights))

    shares = trained_shares(split, recipe, 0)

    drawn = np.zeros(7)
    batches = Batches(split, TINY_INPUT, recipe, epoch=1)
    for epoch in range(60 if balance else 1):
        batches.draw(epoch + 1)
        for index in range(len(batches)):
            _, targets, weights = batches[index]
            drawn += np.asarray(weights[0]) @ np.asarray(targets[0])
    np.testing.assert_allclose(shares, drawn / drawn.sum(), atol=0.02)
    assert shares.sum() == pytest.approx(1)
