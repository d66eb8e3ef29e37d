from dataclasses import replace

import numpy as np
import pytest

from ferqt.classifiers.calibration import calibrate
from ferqt.classifiers.card import OutputSpec
from ferqt.core.emotions import LabelSet
from training.calibrate import fit_temperature, uncertain_threshold
from training.metrics import calibration_error, confusion_matrix, intervals, measure, scores

NAMES = LabelSet("three", ("happy", "sad", "fear"))
OUTPUT = OutputSpec(NAMES, "softmax", temperature=1.0, uncertain_below=0.0)


def one_hot(answers: list[int], sure: float = 1.0) -> np.ndarray:
    rest = (1 - sure) / 2
    return (np.eye(3)[answers] * (sure - rest) + rest).astype(np.float32)


def test_figures_follow_their_definitions():
    labels = np.array([0, 0, 0, 1, 1, 2])
    figures = measure(one_hot([0, 0, 1, 1, 0, 0]), labels, NAMES, "toy/test")

    assert figures.dataset == "toy/test"
    assert figures.confusion == ((2, 1, 0), (1, 1, 0), (1, 0, 0))
    assert figures.accuracy == pytest.approx(3 / 6)
    assert figures.per_class["happy"].precision == pytest.approx(2 / 4)
    assert figures.per_class["happy"].recall == pytest.approx(2 / 3)
    assert figures.per_class["happy"].f1 == pytest.approx(4 / 7)
    assert figures.per_class["fear"].f1 == 0
    assert figures.per_class["sad"].support == 2
    assert figures.macro_f1 == pytest.approx((4 / 7 + 1 / 2 + 0) / 3)


def test_a_class_that_no_picture_shows_has_no_part_in_macro_f1():
    labels = np.array([0, 0, 1, 1])
    figures = measure(one_hot([0, 0, 1, 2]), labels, NAMES, "toy/test")

    assert figures.per_class["fear"].f1 == 0
    assert figures.macro_f1 == pytest.approx((1 + 2 / 3) / 2)


def test_many_confusion_matrices_are_scored_as_each_alone():
    draws = np.random.default_rng(1)
    tables = np.stack(
        [confusion_matrix(*draws.integers(0, 3, (2, 60)), classes=3) for _ in range(4)]
    )

    accuracies, macro_f1s = scores(tables)

    for table, accuracy, macro_f1 in zip(tables, accuracies, macro_f1s, strict=True):
        assert (accuracy, macro_f1) == scores(table)
        assert accuracy == np.trace(table) / 60


def test_intervals_hold_what_other_pictures_of_the_same_kind_would_give():
    """A coin with 80 % heads, thrown 400 times: the normal interval is 76.1 to 83.9 %."""
    table = np.array([[160, 40], [40, 160]])

    accuracy, macro_f1 = intervals(table)

    assert (accuracy.low, accuracy.high) == pytest.approx((0.761, 0.839), abs=0.006)
    assert macro_f1.low < 0.8 < macro_f1.high
    assert intervals(table) == (accuracy, macro_f1)
    wide, _ = intervals(table // 10)
    assert wide.high - wide.low == pytest.approx(np.sqrt(10) * (accuracy.high - accuracy.low), 0.1)


def test_calibration_error_is_the_distance_of_confidence_from_accuracy():
    labels = np.array([0] * 8 + [1] * 2)

    assert calibration_error(one_hot([0] * 10, 0.8), labels) == pytest.approx(0, abs=1e-6)
    assert calibration_error(one_hot([0] * 10, 1.0), labels) == pytest.approx(0.2)


def at_temperature(probabilities: np.ndarray, temperature: float) -> np.ndarray:
    return calibrate(probabilities, replace(OUTPUT, temperature=temperature))


@pytest.fixture
def overconfident() -> tuple[np.ndarray, np.ndarray]:
    """Answers drawn from known probabilities, told with three times their logits."""
    draws = np.random.default_rng(5)
    honest = draws.dirichlet((1, 1, 1), 4000).astype(np.float32)
    labels = np.array([draws.choice(3, p=row / row.sum()) for row in honest.astype(float)])
    return at_temperature(honest, 1 / 3), labels


def test_the_fitted_temperature_undoes_overconfidence(overconfident):
    probabilities, labels = overconfident

    temperature = fit_temperature(probabilities, labels, OUTPUT)

    assert temperature == pytest.approx(3, rel=0.1)
    calibrated = at_temperature(probabilities, temperature)
    assert calibration_error(calibrated, labels) < 0.03 < calibration_error(probabilities, labels)
    np.testing.assert_array_equal(calibrated.argmax(axis=1), probabilities.argmax(axis=1))
    np.testing.assert_allclose(calibrated.sum(axis=1), 1, atol=1e-5)


def test_answers_below_the_threshold_are_mostly_wrong_and_above_it_mostly_right(overconfident):
    probabilities, labels = overconfident
    calibrated = at_temperature(probabilities, 3)

    threshold = uncertain_threshold(calibrated, labels)

    # Where confidence is honest, an even chance is a confidence of one half.
    assert threshold == pytest.approx(0.5, abs=0.06)
    right = calibrated.argmax(axis=1) == labels
    unsure = calibrated.max(axis=1) < threshold
    assert right[unsure].mean() < 0.5 < right[~unsure].mean()


def test_a_model_that_is_always_right_is_never_uncertain():
    assert uncertain_threshold(one_hot([0, 1, 2], 0.5), np.array([0, 1, 2])) == 0
