"""A video's times: numbers from packets in order of decoding, and what to do without times."""

import time
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ferqt.sources.timeline import Timeline

MS = Fraction(1, 1000)


def timeline_of(ticks: list[int], zero: int | None = 0) -> Timeline:
    timeline = Timeline(MS, zero, Fraction(25))
    for place, tick in enumerate(ticks):
        timeline.add(tick, place, is_keyframe=tick % 100 == 0)
    return timeline


@given(st.lists(st.integers(0, 10_000), min_size=1, unique=True))
def test_numbers_are_places_in_order_of_presentation(ticks: list[int]) -> None:
    timeline = timeline_of(ticks)
    for number, tick in enumerate(sorted(ticks)):
        assert timeline.number(tick) == number
        assert timeline.number_at(timeline.time(number)) == number


def test_a_time_belongs_to_the_last_frame_shown_by_then() -> None:
    timeline = timeline_of([0, 40, 100])
    times = (-1, 0, 0.0399, 0.0399999, 0.04, 0.0999, 0.1, 9)
    assert [timeline.number_at(time) for time in times] == [0, 0, 0, 1, 1, 1, 2, 2]


def test_zero_is_where_the_medium_starts_and_never_after_its_first_frame() -> None:
    assert timeline_of([1400, 1440], zero=1400).time(0) == 0
    assert timeline_of([1480, 1520], zero=1400).time(0) == pytest.approx(0.08)
    assert timeline_of([1480, 1520], zero=None).time(0) == 0
    assert timeline_of([-20, 20], zero=0).time(0) == 0


def test_frames_without_times_are_counted_at_the_stated_rate() -> None:
    timeline = Timeline(MS, None, Fraction(25))
    for _ in range(4):
        timeline.add(None, None, is_keyframe=True)
    assert not timeline.reliable
    assert [timeline.time(number) for number in range(4)] == [0, 0.04, 0.08, 0.12]
    assert timeline.keyframe_before(3) is None
    assert len(timeline) == 4


def test_decoding_times_stand_in_where_presentation_times_are_guessed() -> None:
    timeline = Timeline(MS, 0, Fraction(25), trust_pts=False)
    for place, guess in enumerate([40, 80, 120]):
        timeline.add(guess, place * 40, is_keyframe=False)
    assert not timeline.reliable
    assert [timeline.time(number) for number in range(3)] == [0, 0.04, 0.08]


def test_two_frames_at_one_time_are_told_apart_by_counting() -> None:
    timeline = timeline_of([0, 40, 40, 80])
    assert not timeline.reliable
    assert len(timeline) == 4


def test_key_frames_lead_to_the_frames_after_them() -> None:
    timeline = timeline_of([0, 40, 100, 140, 200, 240])
    assert timeline.keyframe_before(5) == 200
    assert timeline.keyframe_before(5, skip=1) == 100
    assert timeline.keyframe_before(3) == 100
    assert timeline.keyframe_before(1) is None, "decoding begins at the start of the file"


def test_rounded_times_of_a_constant_rate_are_even() -> None:
    assert not timeline_of([0, 33, 67, 100, 133, 167]).is_variable
    assert timeline_of([0, 33, 67, 117, 150]).is_variable
    assert timeline_of([0, 33, 67, 100]).duration_s == pytest.approx(0.1333, abs=1e-3)


def test_a_clock_that_jumps_back_is_counted_on_at_the_stated_rate() -> None:
    timeline = timeline_of([*range(0, 40_000, 40)] * 2)
    assert len(timeline) == 2000
    assert not timeline.reliable
    assert timeline.time(1500) == pytest.approx(60)
    assert timeline.duration_s == pytest.approx(80)


def test_a_damaged_time_takes_the_true_ones_of_no_other_frame() -> None:
    ticks = [*range(0, 80_000, 40)]
    ticks[700] = 10**9
    timeline = timeline_of(ticks)
    timeline.finish()
    assert timeline.reliable
    assert timeline.time(699) == pytest.approx(27.96)
    assert timeline.time(700) == pytest.approx(28.04)
    assert timeline.duration_s == pytest.approx(80, abs=0.1)
    assert timeline.stray(10**9) is not None
    assert timeline.stray(27_960) is None


def test_a_block_of_damaged_times_is_put_out_whole() -> None:
    ticks = [*range(0, 80_000, 40)]
    ticks[700:800] = range(900_000, 904_000, 40)
    timeline = timeline_of(ticks)
    timeline.finish()
    assert len(timeline) == 1900
    assert timeline.stray_count == 100
    assert len({timeline.stray(tick) for tick in range(900_000, 904_000, 40)}) == 100


def test_frames_that_codecs_reorder_are_all_kept() -> None:
    ticks = [
        tick for start in range(0, 1700, 17) for tick in (start, *range(start + 16, start, -1))
    ]
    timeline = timeline_of(ticks)
    timeline.finish()
    assert (timeline.stray_count, len(timeline)) == (0, 1700)


def test_times_without_any_order_are_not_trusted_and_no_frame_is_lost() -> None:
    ticks = [(number * 7919) % 100_003 for number in range(400)]
    timeline = timeline_of(ticks)
    timeline.finish()
    assert not timeline.reliable
    assert (len(timeline), timeline.time(100)) == (400, 4.0)


def test_times_in_the_worst_order_are_taken_up_quickly() -> None:
    began = time.process_time()
    timeline = timeline_of([*range(200_000, 0, -1)])
    assert time.process_time() - began < 3
    assert len(timeline) == 200_000
