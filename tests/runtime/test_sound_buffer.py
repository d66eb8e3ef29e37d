"""What is heard at which moment, to the sample."""

from dataclasses import replace

import numpy as np
import pytest

from ferqt.runtime.media_clock import MediaClock
from ferqt.runtime.sound_buffer import SoundBuffer
from ferqt.sources.audio import AudioChunk

RATE = 1000


@pytest.fixture
def clock():
    made = MediaClock()
    made.start(10.0)
    return made


@pytest.fixture
def buffer(clock):
    made = SoundBuffer(RATE, clock)
    made.begin(clock.reading)
    return made


def ramp(first, count):
    """Samples that say which one of the medium they are."""
    return np.arange(first, first + count, dtype=np.float32)[:, np.newaxis]


def heard(buffer, clock, after_s, count=10):
    out = np.full((count, 1), -1, np.float32)
    buffer.fill(out, clock.reading.at_s + after_s)
    return out[:, 0].tolist()


def test_sound_is_heard_when_its_time_has_come(buffer, clock):
    buffer.put(AudioChunk(10.0, ramp(100, 20)))
    assert heard(buffer, clock, 0.0) == list(range(100, 110))
    assert heard(buffer, clock, 0.01) == list(range(110, 120))
    assert heard(buffer, clock, 0.02) == [0] * 10


def test_sound_that_is_early_waits(buffer, clock):
    buffer.put(AudioChunk(10.1, ramp(1, 20)))
    assert heard(buffer, clock, 0.09) == [0] * 10
    assert heard(buffer, clock, 0.095) == [0] * 5 + [1, 2, 3, 4, 5]


def test_sound_that_is_late_is_left_out(buffer, clock):
    buffer.put(AudioChunk(9.99, ramp(1, 20)))
    buffer.put(AudioChunk(10.01, ramp(21, 20)))
    assert heard(buffer, clock, 0.005) == list(range(16, 26))


def test_once_in_step_small_differences_are_borne_and_large_ones_put_right(buffer, clock):
    for first in range(0, 1000, 100):
        buffer.put(AudioChunk(10 + first / RATE, ramp(first, 100)))
    assert heard(buffer, clock, 0.0)[0] == 0
    assert heard(buffer, clock, 0.03)[0] == 10, "20 ms late is borne"
    assert heard(buffer, clock, 0.10)[0] == 100, "80 ms late is put right"


def test_a_hole_in_the_sound_stays_a_hole(buffer, clock):
    buffer.put(AudioChunk(10.0, ramp(1, 4)))
    buffer.put(AudioChunk(10.108, ramp(50, 4)))
    assert heard(buffer, clock, 0.0) == [1, 2, 3, 4, 0, 0, 0, 0, 0, 0]
    assert heard(buffer, clock, 0.1) == [0] * 8 + [50, 51]


def test_sound_waits_for_a_picture_that_comes_late_on_screen(buffer, clock):
    buffer.put(AudioChunk(10.0, ramp(1, 20)))
    buffer.set_lag(0.2)
    assert heard(buffer, clock, 0.0) == [0] * 10
    assert heard(buffer, clock, 0.2)[0] == 1


def test_nothing_is_heard_while_the_picture_stands_still(buffer, clock):
    buffer.put(AudioChunk(10.0, ramp(1, 20)))
    clock.hold()
    assert heard(buffer, clock, 0.0) == [0] * 10
    assert buffer.kept_s == pytest.approx(0.02)


@pytest.mark.parametrize("change", [MediaClock.cut, lambda clock: clock.set_speed(2.0)])
def test_sound_of_another_place_or_speed_is_not_heard(buffer, clock, change):
    buffer.put(AudioChunk(10.0, ramp(1, 20)))
    change(clock)
    clock.start(10.0)
    assert heard(buffer, clock, 0.0) == [0] * 10
    buffer.begin(clock.reading)
    buffer.put(AudioChunk(10.0, ramp(1, 20)))
    assert heard(buffer, clock, 0.0)[0] == 1


def test_at_another_speed_samples_stand_for_more_of_the_medium(buffer, clock):
    clock.set_speed(2.0)
    clock.start(10.0)
    buffer.begin(clock.reading)
    buffer.put(AudioChunk(10.0, ramp(0, 100)))
    assert heard(buffer, clock, 0.05)[0] == 50
    assert heard(buffer, clock, 0.06)[0] == 60
    assert buffer.kept_s == pytest.approx(0.03)


def test_a_reading_tells_when_and_what_is_due(clock):
    reading = replace(clock.reading, speed=2.0)
    assert reading.media_at(reading.at_s + 3) == pytest.approx(16.0)
    assert reading.due_at(16.0) == pytest.approx(reading.at_s + 3)
    clock.hold()
    assert clock.reading.media_at(1e9) == pytest.approx(10.0, abs=5)
