"""A whole session in memory that does not grow."""

import numpy as np
import pytest

from ferqt.core.emotions import FER7, FERPLUS8
from ferqt.core.long_history import LongHistory


def row(first: float, classes: int = 8) -> np.ndarray:
    return np.array([first] + [(1 - first) / (classes - 1)] * (classes - 1), np.float32)


def filled(history: LongHistory, start_s: float, stop_s: float, *track_ids: int) -> None:
    """Ten frames a second; the first value is the time in s, modulo 1."""
    for step in range(round(10 * start_s), round(10 * stop_s)):
        history.append(step / 10, dict.fromkeys(track_ids, row(step / 10 % 1)))


def test_a_session_of_any_length_fits_and_keeps_its_ends() -> None:
    history = LongHistory(FERPLUS8, capacity=64)
    filled(history, 0, 600, 1)
    times, values = history.series(1)
    assert 16 <= len(times) <= 64
    assert times[0] == 0
    assert times[-1] >= 599 - history.step_s
    assert np.allclose(np.diff(times), history.step_s, atol=0.2)
    assert np.allclose(values[0], times % 1, atol=1e-6)


def test_samples_that_are_kept_were_kept_before() -> None:
    history = LongHistory(FERPLUS8, capacity=32)
    filled(history, 0, 2, 1)
    before = set(history.series(1)[0].tolist())
    for end_s in range(4, 60, 2):
        filled(history, end_s - 2, end_s, 1)
        now = set(history.series(1)[0].tolist())
        assert {time for time in now if time < end_s - 2} <= before
        before = now


def test_a_lost_face_leaves_a_gap_as_long_as_it_can_be_seen() -> None:
    history = LongHistory(FERPLUS8, capacity=64)
    filled(history, 0, 10, 1)
    filled(history, 10, 40)
    filled(history, 40, 41, 1)
    filled(history, 41, 41.2)
    filled(history, 41.2, 400, 1)
    times, values = history.series(1)
    assert history.step_s > 1
    gaps = times[np.isnan(values[0])]
    assert gaps.tolist() == [pytest.approx(10)]


def test_a_face_that_comes_and_goes_takes_no_more_room() -> None:
    history = LongHistory(FERPLUS8, capacity=32)
    for step in range(5000):
        history.append(step / 10, {1: row(0.5)} if step % 2 else {})
    assert len(history.series(1)[0]) <= 32


def test_faces_that_were_not_seen_for_longest_give_way() -> None:
    history = LongHistory(FERPLUS8, max_tracks=2)
    for number in range(4):
        filled(history, number, number + 1, number)
    assert history.track_ids == (2, 3)


def test_other_classes_keep_what_both_know() -> None:
    history = LongHistory(FERPLUS8)
    filled(history, 0, 1, 1)
    history.relabel(FER7)
    history.append(1, {1: row(0.25, 7)})
    times, values = history.series(1)
    assert values.shape == (7, len(times))
    neutral = values[FER7.index("neutral")]
    assert neutral[0] == 0
    assert values[0, -1] == 0.25


def test_a_merged_face_gives_its_samples_and_takes_no_more_room() -> None:
    history = LongHistory(FERPLUS8, capacity=32)
    filled(history, 0, 3, 1)
    filled(history, 3, 6, 2)
    filled(history, 6, 8, 1)
    history.merge(2, into=1)
    history.merge(9, into=1)
    assert history.track_ids == (1,)
    times, values = history.series(1)
    assert len(times) <= 32
    assert (np.diff(times) >= 0).all()
    inside = (times >= 3) & (times < 6)
    assert np.isfinite(values[0, inside]).sum() >= 3
    filled(history, 8, 30, 1)
    assert len(history.series(1)[0]) <= 32


def test_a_time_that_goes_back_starts_anew() -> None:
    history = LongHistory(FERPLUS8)
    filled(history, 5, 6, 1)
    history.append(0.5, {2: row(0.5)})
    assert history.track_ids == (2,)
    history.clear()
    assert history.track_ids == ()
    assert len(history.series(2)[0]) == 0


def test_a_room_that_cannot_be_is_refused() -> None:
    with pytest.raises(ValueError, match="no room"):
        LongHistory(FERPLUS8, capacity=4)
