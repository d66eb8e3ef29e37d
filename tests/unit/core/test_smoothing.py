import numpy as np
import pytest

from ferqt.core.emotions import FER7, FERPLUS8
from ferqt.core.smoothing import ScoreSmoother
from ferqt.core.types import EmotionScores


def scores_for(name, labels=FER7, p=0.94):
    rest = (1 - p) / (len(labels) - 1)
    values = np.full(len(labels), rest, np.float32)
    values[labels.index(name)] = p
    return EmotionScores(values, labels)


def test_the_first_frame_is_shown_as_it_is():
    smoother = ScoreSmoother(0.3)
    scores = scores_for("happy")
    assert smoother.update(1, 0, scores, 0.0).probabilities == pytest.approx(scores.probabilities)


def test_a_single_odd_frame_does_not_change_the_label():
    smoother = ScoreSmoother(0.3)
    for ms in range(0, 1000, 33):
        smoother.update(1, ms, scores_for("happy"), 0.0)
    assert smoother.update(1, 1033, scores_for("sad"), 0.0).top == "happy"


@pytest.mark.parametrize("step_ms", [10, 33, 100])
def test_the_delay_does_not_depend_on_the_frame_rate(step_ms):
    smoother = ScoreSmoother(0.3)
    smoother.update(1, 0, scores_for("happy"), 0.0)
    for ms in range(step_ms, 301, step_ms):
        last = smoother.update(1, ms, scores_for("sad"), 0.0)
        time_s = ms / 1000
    share = 1 - np.exp(-time_s / 0.3)
    expected = 0.94 * share + 0.01 * (1 - share)
    assert last.probability("sad") == pytest.approx(expected, abs=1e-3)


def test_smoothed_probabilities_sum_to_one():
    smoother = ScoreSmoother(0.5)
    for ms, name in enumerate(FER7.names):
        smoothed = smoother.update(1, ms * 40, scores_for(name), 0.0)
    assert smoothed.probabilities.sum() == pytest.approx(1.0, abs=1e-5)


def test_faces_do_not_mix():
    smoother = ScoreSmoother(10.0)
    smoother.update(1, 0, scores_for("happy"), 0.0)
    assert smoother.update(2, 40, scores_for("sad"), 0.0).top == "sad"
    assert smoother.update(1, 80, scores_for("happy"), 0.0).probability("sad") < 0.05


def test_a_face_that_was_long_away_starts_anew():
    smoother = ScoreSmoother(10.0, forget_after_s=2.0)
    smoother.update(1, 0, scores_for("happy"), 0.0)
    assert smoother.update(1, 2100, scores_for("sad"), 0.0).top == "sad"


def test_another_label_set_starts_anew():
    smoother = ScoreSmoother(10.0)
    smoother.update(1, 0, scores_for("happy"), 0.0)
    assert smoother.update(1, 40, scores_for("contempt", FERPLUS8), 0.0).top == "contempt"


def test_scores_that_are_corrected_otherwise_start_anew_and_leave_others_alone():
    smoother = ScoreSmoother(10.0)
    for track_id in (1, 2):
        smoother.update(track_id, 0, scores_for("happy"), 0.0)
    assert smoother.update(1, 40, scores_for("sad"), 0.0, basis=(1.0,)).top == "sad"
    assert smoother.update(1, 80, scores_for("happy"), 0.0, basis=(1.0,)).top == "sad"
    assert smoother.update(2, 80, scores_for("sad"), 0.0).top == "happy"


def test_smoothing_can_be_off():
    smoother = ScoreSmoother(0.0)
    smoother.update(1, 0, scores_for("happy"), 0.0)
    assert smoother.update(1, 1, scores_for("sad"), 0.0).confidence == pytest.approx(0.94)


def test_uncertain_is_told_by_the_smoothed_confidence():
    smoother = ScoreSmoother(0.3)
    assert smoother.update(1, 0, scores_for("happy", p=0.4), 0.5).uncertain
    assert not smoother.update(2, 0, scores_for("happy", p=0.6), 0.5).uncertain


def test_memory_stays_flat():
    smoother = ScoreSmoother(0.3, forget_after_s=2.0)
    for number in range(500):
        smoother.update(number, number * 100, scores_for("happy"), 0.0)
        smoother.keep_only([number], number * 100)
    assert len(smoother._states) <= 22
