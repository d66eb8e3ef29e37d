"""Neutral calibration: a resting face comes out neutral, an expression still comes out."""

import copy
import math

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from ferqt.core.baseline import BASELINE_S, NEUTRAL_SHARE, Baseline, BaselineMeter
from ferqt.core.emotions import CK7, FER7, FERPLUS8, LabelSet
from ferqt.core.types import EmotionScores, FloatArray, FrameResult
from tests.helpers.readings import face, scores

BOX = (0.0, 0.0, 10.0, 10.0)
MARGIN = math.log(NEUTRAL_SHARE / ((1 - NEUTRAL_SHARE) / 7))
"""By how much neutral leads each other class of FER+ in the reference, in log-odds."""

LOGITS = arrays(np.float64, 8, elements=st.floats(-12, 12))


def softmax(logits: np.ndarray) -> FloatArray:
    weights = np.exp(logits - logits.max())
    return (weights / weights.sum()).astype(np.float32)


def plus(logits: np.ndarray) -> EmotionScores:
    return EmotionScores(softmax(logits), FERPLUS8)


def frame(
    ms: int, given: EmotionScores, other: EmotionScores | None = None, model_id: str = "a"
) -> FrameResult:
    seen = face(1, BOX, given, other=other)
    other_id = "" if other is None else "b"
    return FrameResult(None, ms // 33, None, ms, (seen,), model_id, other_model_id=other_id)


def learned(*held: EmotionScores) -> Baseline:
    """The baseline of a face that was held for some frames."""
    meter = BaselineMeter(1)
    for step, reading in enumerate(held):
        meter.add(frame(step * 100, reading))
    return meter.baseline()


def corrected(baseline: Baseline, given: EmotionScores) -> EmotionScores:
    offsets = baseline.of("a", given.labels)
    assert offsets is not None
    return offsets.corrected(given, 0.0)


@given(LOGITS)
def test_a_held_face_comes_out_neutral_whatever_the_model_said(rest: np.ndarray) -> None:
    held = plus(rest)
    after = corrected(learned(held, held, held), held)
    assert after.top == "neutral"
    assert after.confidence >= NEUTRAL_SHARE - 1e-3


@given(LOGITS, st.integers(0, 2**32 - 1))
@settings(max_examples=50)
def test_a_held_face_stays_neutral_while_its_readings_tremble(rest: np.ndarray, seed: int) -> None:
    noise = np.random.default_rng(seed)
    frames = [plus(rest + noise.uniform(-MARGIN / 5, MARGIN / 5, 8)) for _ in range(40)]
    baseline = learned(*frames)
    assert all(corrected(baseline, reading).top == "neutral" for reading in frames)


@given(
    arrays(np.float64, 8, elements=st.floats(-1.2, 1.2)), st.integers(1, 7), st.floats(0.05, 1.0)
)
def test_an_expression_clearly_beyond_the_resting_face_comes_out(
    rest: np.ndarray, which: int, beyond: float
) -> None:
    """Clearly: its odds against neutral have grown by more than the reference asks for."""
    then = rest.copy()
    then[which] = max(rest[which], rest[0] - MARGIN) + MARGIN + beyond
    assert corrected(learned(plus(rest)), plus(then)).top == FERPLUS8.names[which]


def test_a_face_that_rests_sad_can_still_smile_and_still_be_sadder() -> None:
    baseline = learned(*[scores({"sad": 0.6, "neutral": 0.35})] * 10)
    assert corrected(baseline, scores({"sad": 0.6, "neutral": 0.35})).top == "neutral"
    assert corrected(baseline, scores({"happy": 0.9})).top == "happy"
    assert corrected(baseline, scores({"sad": 0.97, "neutral": 0.01})).top == "sad"


def test_a_face_that_is_read_as_neutral_already_is_left_alone() -> None:
    baseline = learned(*[scores({"neutral": 0.95})] * 10)
    smile = scores({"happy": 0.55, "neutral": 0.4})
    assert corrected(baseline, smile).probabilities == pytest.approx(smile.probabilities, abs=2e-3)


@given(LOGITS, LOGITS)
def test_no_expression_gains_on_neutral(rest: np.ndarray, then: np.ndarray) -> None:
    given = plus(then)
    after = corrected(learned(plus(rest)), given)
    before = np.maximum(given.probabilities, 1e-3)
    odds = after.probabilities / after.probabilities[0]
    assert (odds <= before / before[0] * (1 + 1e-4)).all()


@given(
    arrays(np.float32, 7, elements=st.floats(0, 1, width=32)),
    arrays(np.float32, 7, elements=st.floats(0, 1, width=32)),
)
def test_corrected_values_are_probabilities_even_at_zero(a: FloatArray, b: FloatArray) -> None:
    assume(a.sum() > 0.1 and b.sum() > 0.1)
    for labels in (FER7, CK7):
        rest, then = (EmotionScores(values / values.sum(), labels) for values in (a, b))
        after = corrected(learned(rest), then)
        assert after.labels == labels
        assert after.probabilities.dtype == np.float32
        assert np.isfinite(after.probabilities).all()
        assert after.probabilities.sum() == pytest.approx(1, abs=1e-5)


@given(arrays(np.float64, 7, elements=st.floats(-12, 12)))
def test_without_a_neutral_class_a_held_face_comes_out_flat(rest: np.ndarray) -> None:
    held = EmotionScores(softmax(rest), CK7)
    after = corrected(learned(held, held), held)
    assert after.probabilities == pytest.approx(np.full(7, 1 / 7), abs=1e-4)


def test_without_a_neutral_class_an_expression_comes_out_and_noise_does_not() -> None:
    rest = scores({"sad": 0.95}, CK7)
    baseline = learned(rest, rest)
    assert corrected(baseline, scores({"happy": 0.9}, CK7)).top == "happy"
    noisy = scores({"sad": 0.9, "disgust": 0.05}, CK7)
    assert corrected(baseline, noisy).confidence < 0.3


def test_a_corrected_reading_is_uncertain_by_its_own_confidence() -> None:
    offsets = learned(scores({"sad": 0.6, "neutral": 0.35})).of("a", FERPLUS8)
    assert offsets is not None
    given = scores({"sad": 0.85, "neutral": 0.1})
    assert offsets.corrected(given, 0.99).uncertain
    assert not offsets.corrected(given, 0.1).uncertain


def test_a_baseline_holds_for_the_models_that_saw_the_face_alone() -> None:
    meter = BaselineMeter(1)
    meter.add(frame(0, scores({"sad": 0.8}), scores({"angry": 0.8}, CK7)))
    baseline = meter.baseline()
    assert set(baseline.offsets) == {"a", "b"}
    assert baseline.of("b", CK7) is not None
    assert baseline.of("c", FERPLUS8) is None
    # A model's folder may hold another model than it did.
    assert baseline.of("a", FER7) is None


def test_five_seconds_of_the_face_are_enough() -> None:
    meter = BaselineMeter(1)
    shares = []
    for ms in range(0, 5001, 100):
        meter.add(frame(ms, scores({"sad": 0.8})))
        shares.append(meter.share)
    assert shares[0] == 0
    assert shares == sorted(shares)
    assert shares[25] == pytest.approx(0.5)
    assert shares[-1] == 1
    assert meter.baseline().samples == 51
    assert meter.baseline().seconds == pytest.approx(BASELINE_S)


def test_time_in_which_the_face_is_away_does_not_count() -> None:
    meter = BaselineMeter(1)
    for ms in (0, 100, 10_100, 10_200):
        meter.add(frame(ms, scores({"sad": 0.8})))
    meter.add(FrameResult(None, 0, None, 10_300, (), "a"))
    assert meter.share == pytest.approx(0.2 / BASELINE_S)
    assert meter.baseline().samples == 4


def test_a_frame_that_is_read_again_counts_once() -> None:
    meter = BaselineMeter(1)
    for ms in (0, 100, 100, 100):
        meter.add(frame(ms, scores({"sad": 0.8})))
    assert meter.baseline().samples == 2


def test_another_model_starts_the_look_anew() -> None:
    meter = BaselineMeter(1)
    for ms in range(0, 3000, 100):
        meter.add(frame(ms, scores({"sad": 0.8})))
    meter.add(frame(3000, scores({"sad": 0.8}), model_id="c"))
    assert meter.share == 0
    assert set(meter.baseline().offsets) == {"c"}


def test_a_face_that_was_never_seen_has_no_baseline() -> None:
    with pytest.raises(ValueError, match="face 7"):
        BaselineMeter(7).baseline()


def test_a_model_of_two_classes_can_be_calibrated() -> None:
    labels = LabelSet("calm", ("happy", "neutral"))
    held = scores({"happy": 0.9}, labels)
    assert corrected(learned(held), held).top == "neutral"


def test_baselines_compare_by_value_and_can_be_copied() -> None:
    held = scores({"sad": 0.8})
    assert learned(held) == learned(held)
    assert learned(held) != learned(held, scores({"sad": 0.7}))
    assert copy.deepcopy(learned(held)) == learned(held)
