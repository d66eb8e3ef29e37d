import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ferqt.core.timing import RateMeter, SessionClock, StageTimer


def test_media_times_keep_their_spacing():
    clock = SessionClock()
    assert [clock.stamp(t) for t in (0.0, 0.0333, 0.1, 0.2)] == [0, 33, 100, 200]


def test_a_seek_back_lets_the_clock_go_on():
    clock = SessionClock()
    before = [clock.stamp(t) for t in (5.0, 5.04)]
    after = [clock.stamp(t) for t in (1.0, 1.04)]
    assert after[0] > before[-1]
    assert after[1] - after[0] == 40


def test_a_seek_on_takes_no_time():
    clock = SessionClock()
    before = [clock.stamp(t) for t in (1.0, 1.04)]
    clock.cut()
    after = [clock.stamp(t) for t in (300.0, 300.04)]
    assert after == [before[-1] + 1, before[-1] + 41]


def test_a_seek_before_the_first_frame_changes_no_stamp():
    clock = SessionClock()
    clock.cut()
    assert [clock.stamp(t) for t in (5.0, 5.04)] == [5000, 5040]


@given(st.lists(st.floats(0, 1e5, allow_nan=False), min_size=2, max_size=60))
def test_stamps_strictly_increase_whatever_the_media_does(times):
    clock = SessionClock()
    stamps = [clock.stamp(t) for t in times]
    assert all(b > a for a, b in itertools.pairwise(stamps))


def test_live_frames_are_stamped_with_passed_time():
    clock = SessionClock()
    stamps = [clock.stamp(None) for _ in range(100)]
    assert stamps == sorted(set(stamps))
    assert stamps[0] < 50


def test_a_rate_counts_intervals_not_events():
    meter = RateMeter()
    for tick in range(11):
        meter.tick(tick * 0.1)
    assert meter.rate(1.0) == pytest.approx(10.0)


def test_a_rate_falls_to_zero_when_nothing_comes():
    meter = RateMeter(window_s=2.0)
    for tick in range(11):
        meter.tick(tick * 0.1)
    assert meter.rate(5.0) == 0.0


def test_stages_add_up():
    timer = StageTimer()
    for _ in range(2):
        with timer.stage("crop"):
            pass
    assert set(timer.times) == {"crop"}
    assert timer.times["crop"] > 0
