"""What is said of the frame rate of a session."""

import math

import pytest

from ferqt.core.episodes import LIVE_RULE
from ferqt.core.time_limits import FrameSteps, time_limits
from tests.helpers.session_tables import session, steady


def said(fps: float, count: int = 8, **more) -> list[str]:
    document = session(steady(count, fps), {1: ["happy"] * count}, **more)
    return [each.text for each in time_limits(document)]


def test_at_25_frames_a_second_an_episode_is_known_to_a_frame() -> None:
    assert said(25) == [
        (
            "At 25 analyzed frames a second one comes every 40 ms: begin and end of an episode are "
            "known to ±40 ms."
        ),
        (
            "What lasts less than 80 ms may show in a single frame, what lasts less than 40 ms in "
            "none."
        ),
    ]


def test_at_5_frames_a_second_little_of_what_is_brief_is_sure() -> None:
    told = said(5)
    assert "±200 ms" in told[0]
    assert told[-1] == (
        "Of brief expressions (under 0.5 s) only those of 0.4 s or more are sure to be in two "
        "frames."
    )


def test_at_2_frames_a_second_brief_expressions_are_out_of_reach() -> None:
    assert said(2)[-1].startswith("This is too slow for brief expressions (under 0.5 s)")


def test_fractions_of_rates_are_told() -> None:
    assert said(24000 / 1001)[0].startswith("At 24 analyzed frames a second one comes every 42 ms")
    assert said(12.5)[0].startswith("At 12.5 analyzed")


def test_an_uneven_rate_is_told_with_its_longest_step() -> None:
    document = session([0, 0.04, 0.08, 0.28, 0.32], {1: ["happy"] * 5})
    steps = FrameSteps.of(document)
    assert steps is not None
    assert (steps.median_s, steps.longest_s) == (pytest.approx(0.04), pytest.approx(0.2))
    assert "The frames come unevenly, 200 ms apart at most." in [
        each.text for each in time_limits(document)
    ]


def test_frames_with_several_faces_count_once() -> None:
    document = session(steady(4), {1: ["happy"] * 4, 2: ["sad"] * 4})
    steps = FrameSteps.of(document)
    assert steps is not None
    assert steps.median_s == pytest.approx(0.1)


@pytest.mark.parametrize(("fps", "missed"), [(30, False), (25, False), (20, False), (15, True)])
def test_blinks_are_spoken_of_where_they_are_measured(fps: float, missed: bool) -> None:
    sentence = "A blink takes 0.1 to 0.4 s: at this rate some are missed."
    assert (sentence in said(fps, movements={"eyeBlinkLeft": [0] * 8})) is missed
    assert sentence not in said(fps)


def test_the_lag_of_smoothed_values_is_told() -> None:
    document = session(steady(3), {1: ["happy"] * 3}, facts={"settings": {"smoothing_s": 0.3}})
    last = time_limits(document, LIVE_RULE)[-1]
    assert last.text == "Smoothed values lag 0.3 s behind: most brief expressions are lost."
    assert last.values == {"lag": "0.3"}
    bare = session(steady(3), {1: ["happy"] * 3})
    assert "most brief" in time_limits(bare, LIVE_RULE)[-1].text
    off = session(steady(3), {1: ["happy"] * 3}, facts={"settings": {"smoothing_s": 0}})
    assert len(time_limits(off, LIVE_RULE)) == len(time_limits(off))


def test_pictures_and_a_lone_frame_have_no_course_of_time() -> None:
    for document in (session([math.nan] * 3, {1: ["happy"] * 3}), session([1.0], {1: ["happy"]})):
        (only,) = time_limits(document)
        assert only.text == "Without frames that follow each other in time there are no episodes."
