"""Temperature and activations."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from ferqt.classifiers.calibration import calibrate
from ferqt.classifiers.card import OutputSpec
from ferqt.core.emotions import FER7
from ferqt.errors import ModelError

LOGITS = arrays.arrays(
    np.float32, (3, 7), elements=st.floats(-30, 30, width=32, allow_subnormal=False)
)


def spec(temperature: float = 1.0, activation: str = "softmax") -> OutputSpec:
    return OutputSpec(FER7, activation, temperature, 0.0)  # type: ignore[arg-type]


def softmax(logits: np.ndarray) -> np.ndarray:
    weights = np.exp(logits.astype(np.float64) - logits.max(axis=1, keepdims=True))
    return (weights / weights.sum(axis=1, keepdims=True)).astype(np.float32)


@given(LOGITS)
def test_temperature_one_leaves_probabilities_untouched(logits: np.ndarray) -> None:
    probabilities = softmax(logits)
    np.testing.assert_array_equal(calibrate(probabilities, spec()), probabilities)


@given(LOGITS, st.floats(0.1, 10.0))
def test_rows_sum_to_one_and_keep_their_order(logits: np.ndarray, temperature: float) -> None:
    probabilities = softmax(logits)
    cooled = calibrate(probabilities, spec(temperature))
    assert cooled.dtype == np.float32
    assert cooled.sum(axis=1) == pytest.approx(1, abs=1e-5)
    order = probabilities.argmax(axis=1)
    np.testing.assert_array_equal(cooled[range(3), order], cooled.max(axis=1))


@given(arrays.arrays(np.float32, (3, 7), elements=st.floats(-5, 5, width=32)))
def test_softmax_and_logits_agree(logits: np.ndarray) -> None:
    from_logits = calibrate(logits, spec(1.7, "logits"))
    from_softmax = calibrate(softmax(logits), spec(1.7))
    np.testing.assert_allclose(from_logits, from_softmax, atol=1e-5)


def test_a_higher_temperature_is_flatter() -> None:
    probabilities = softmax(np.array([[3, 1, 0, 0, 0, 0, -2]], np.float32))
    tops = [calibrate(probabilities, spec(t)).max() for t in (0.05, 0.5, 1.0, 2.0, 50.0)]
    assert tops == sorted(tops, reverse=True)
    assert tops[0] == pytest.approx(1.0)
    assert tops[-1] < 0.17


def test_certainty_and_extreme_temperatures_stay_numbers() -> None:
    certain = np.eye(7, dtype=np.float32)
    tiny = np.full((7, 7), 1e-38, np.float32)
    tiny[:, 0] = 1
    for probabilities in (certain, tiny):
        for temperature in (1e-3, 0.5, 2.0, 1e3):
            assert np.isfinite(calibrate(probabilities, spec(temperature))).all()


def test_rounded_probabilities_of_a_quantized_network_are_brought_to_sum_one() -> None:
    rounded = np.array([[0.99, 0, 0, 0, 0, 0, 0]], np.float32)
    assert calibrate(rounded, spec()).sum() == pytest.approx(1)


def test_no_faces_give_no_rows() -> None:
    for activation in ("softmax", "logits"):
        assert calibrate(np.empty((0, 7), np.float32), spec(2.0, activation)).shape == (0, 7)


@pytest.mark.parametrize(
    "raw",
    [
        np.full((1, 7), np.nan, np.float32),
        np.array([[np.inf, 0, 0, 0, 0, 0, 0]], np.float32),
        np.array([[1.2, -0.2, 0, 0, 0, 0, 0]], np.float32),
        np.array([[5.0, 2.0, 0, 0, 0, 0, 0]], np.float32),
        np.zeros((1, 7), np.float32),
        np.full((1, 8), 1 / 8, np.float32),
        np.full((7,), 1 / 7, np.float32),
    ],
)
def test_what_is_no_probability_is_an_error(raw: np.ndarray) -> None:
    with pytest.raises(ModelError):
        calibrate(raw, spec())
