import numpy as np
import pytest

from ferqt.core.emotions import FER7, FERPLUS8
from ferqt.core.history import ScoreHistory


def row(first: float, classes: int = 8) -> np.ndarray:
    return np.array([first] + [(1 - first) / (classes - 1)] * (classes - 1), np.float32)


def test_samples_come_back_in_order_with_one_contiguous_row_a_class() -> None:
    history = ScoreHistory(FERPLUS8, window_s=10)
    for step in range(50):
        history.append(step / 10, {1: row(step / 100)})
    times, values = history.series(1)
    assert np.allclose(times, np.arange(50) / 10)
    assert values.shape == (8, 50)
    assert np.allclose(values[0], np.arange(50) / 100)
    assert values[3].flags.c_contiguous


def test_the_oldest_samples_give_way_when_the_ring_is_full() -> None:
    history = ScoreHistory(FERPLUS8, window_s=1000, capacity=16)
    for step in range(100):
        history.append(step, {1: row(step / 100)})
        times, values = history.series(1)
        assert times.tolist() == list(range(max(0, step - 15), step + 1))
        assert np.allclose(values[0], times / 100)


def test_only_the_window_is_given_out() -> None:
    history = ScoreHistory(FERPLUS8, window_s=2)
    for step in range(100):
        history.append(step / 10, {1: row(0.5)})
    times, _ = history.series(1)
    assert times[0] == pytest.approx(7.9)
    assert times[-1] == pytest.approx(9.9)


def test_a_lost_face_breaks_its_curve_once_and_goes_on_when_it_returns() -> None:
    history = ScoreHistory(FERPLUS8, window_s=10)
    for step in range(10):
        seen = {1: row(0.5)} if step in (0, 1, 7, 8, 9) else {}
        history.append(float(step), seen)
    times, values = history.series(1)
    assert times.tolist() == [0, 1, 2, 7, 8, 9]
    assert np.isnan(values[:, 2]).all()
    assert not np.isnan(values[:, [0, 1, 3, 4, 5]]).any()


def test_a_face_that_was_not_seen_for_a_whole_window_is_forgotten() -> None:
    history = ScoreHistory(FERPLUS8, window_s=2)
    history.append(0.0, {1: row(0.5)})
    history.append(1.5, {2: row(0.5)})
    assert history.track_ids == (1, 2)
    history.append(2.5, {2: row(0.5)})
    assert history.track_ids == (2,)
    assert history.series(1)[0].size == 0


def test_a_crowd_does_not_make_memory_grow() -> None:
    history = ScoreHistory(FERPLUS8, window_s=1000, max_tracks=8)
    for step in range(200):
        history.append(float(step), {step: row(0.5), 1000: row(0.5)})
        assert len(history.track_ids) <= 8
    assert 1000 in history.track_ids
    assert 199 in history.track_ids


def test_classes_that_two_models_share_keep_their_past() -> None:
    history = ScoreHistory(FER7, window_s=10)
    history.append(0.0, {1: row(0.4, classes=7)})
    history.relabel(FERPLUS8)
    history.append(1.0, {1: row(0.5)})
    _, values = history.series(1)
    angry, contempt = FERPLUS8.index("angry"), FERPLUS8.index("contempt")
    assert values[angry].tolist() == pytest.approx([0.4, 0.5 / 7])
    assert np.isnan(values[contempt, 0])
    assert values[contempt, 1] == pytest.approx(0.5 / 7)


def test_a_time_that_goes_back_starts_anew() -> None:
    history = ScoreHistory(FERPLUS8, window_s=10)
    history.append(5.0, {1: row(0.5)})
    history.append(1.0, {1: row(0.5)})
    assert history.series(1)[0].tolist() == [1.0]


def test_what_is_given_out_cannot_be_written_to() -> None:
    history = ScoreHistory(FERPLUS8, window_s=10)
    history.append(5.0, {1: row(0.5)})
    _, values = history.series(1)
    with pytest.raises(ValueError, match="read-only"):
        values[0, 0] = 1


@pytest.mark.parametrize(("window_s", "capacity"), [(0, 10), (-1, 10), (5, 1)])
def test_a_history_without_room_is_refused(window_s: float, capacity: int) -> None:
    with pytest.raises(ValueError, match="no room"):
        ScoreHistory(FERPLUS8, window_s, capacity)


def test_a_merged_face_gives_its_samples() -> None:
    history = ScoreHistory(FERPLUS8, window_s=100, capacity=16)
    for step in range(10):
        history.append(step, {1 if step < 5 else 2: row(step / 10)})
    history.merge(2, into=1)
    history.merge(7, into=1)
    assert history.track_ids == (1,)
    times, values = history.series(1)
    # Face 1 left where face 2 came: the gap is the first of two samples of that moment.
    assert times.tolist() == [0, 1, 2, 3, 4, 5, 5, 6, 7, 8, 9]
    assert np.isnan(values[0]).tolist() == [time == 5 and i == 5 for i, time in enumerate(times)]
    for step in range(10, 40):
        history.append(step, {1: row(step / 40)})
    assert history.series(1)[0].tolist() == list(range(24, 40))


def test_a_face_that_is_merged_into_an_unknown_one_goes_by_its_id() -> None:
    history = ScoreHistory(FERPLUS8, window_s=100)
    history.append(0, {2: row(0.5)})
    history.merge(2, into=1)
    assert history.track_ids == (1,)
    assert len(history.series(1)[0]) == 1
