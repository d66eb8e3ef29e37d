"""The time that runs in a recording."""

from ferqt.core.recording_clock import RecordingClock


def test_a_film_keeps_its_own_spacing() -> None:
    clock = RecordingClock()
    stamps = [
        clock.stamp(ms, media, number, follows=True)
        for number, (ms, media) in enumerate(((2000, 2.0), (2033, 2.033367), (2500, 2.5)))
    ]
    assert stamps == [0.0, 0.033367, 0.5]


def test_a_live_source_is_timed_by_the_session() -> None:
    clock = RecordingClock()
    assert [clock.stamp(ms, None, ms, follows=True) for ms in (5012, 5045, 9000)] == [
        0.0,
        0.033,
        3.988,
    ]


def test_a_jump_is_left_out_in_either_direction() -> None:
    clock = RecordingClock()
    clock.stamp(0, 10.0, 300, follows=True)
    clock.stamp(40, 10.04, 301, follows=True)
    there = clock.stamp(60_000, 70.0, 2100, follows=False)
    clock.stamp(60_040, 70.04, 2101, follows=True)
    back = clock.stamp(60_041, 1.0, 30, follows=False)

    assert there == 0.08
    assert back == 0.16
    assert [(piece.recording_s, piece.media_time, piece.frame) for piece in clock.pieces] == [
        (0.0, 10.0, 300),
        (0.08, 70.0, 2100),
        (0.16, 1.0, 30),
    ]


def test_a_time_that_goes_back_unannounced_is_a_jump() -> None:
    clock = RecordingClock()
    clock.stamp(0, 5.0, 0, follows=True)
    assert 0 < clock.stamp(1, 0.0, 0, follows=True) < 0.1
    assert len(clock.pieces) == 2


def test_a_moment_of_the_source_is_found_in_the_recording() -> None:
    clock = RecordingClock()
    clock.stamp(1000, 1.0, 25, follows=True)
    clock.stamp(1040, 1.04, 26, follows=True)
    clock.stamp(1041, 0.2, 5, follows=False)

    assert clock.time_of(999, 0.999) is None
    assert clock.time_of(1040, 1.04) == 0.04
    assert clock.time_of(1041, 0.2) == 0.08
    assert clock.time_of(1341, 0.5) == 0.38
    assert RecordingClock().time_of(0, 0.0) is None
