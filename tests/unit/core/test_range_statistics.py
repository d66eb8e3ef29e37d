"""Statistics of a stored session, against sums made by hand and those of the live window."""

import math
import time

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ferqt.core.affect import COORDINATES
from ferqt.core.emotions import FERPLUS8, LabelSet
from ferqt.core.episodes import LIVE_RULE, EpisodeRule
from ferqt.core.range_statistics import (
    RangeStatistics,
    range_statistics,
    statistics_of_faces,
    table_order,
)
from ferqt.core.session_document import TimeRange
from ferqt.core.statistics import SessionStatistics
from ferqt.core.types import FaceResult, FrameResult
from tests.helpers.readings import face, scores
from tests.helpers.session_tables import Shown, hour, session, steady

ANY = EpisodeRule(min_duration_s=0, enter=0, leave=0)


def count(told: RangeStatistics, before: str, after: str) -> int:
    return int(told.transitions[told.names.index(before), told.names.index(after)])


def test_times_means_and_spread_weigh_with_the_time_of_each_frame() -> None:
    times = [0.0, 0.1, 0.4, 0.6]
    shown: list[Shown] = [("happy", 0.5), ("happy", 0.9), ("sad", 0.86), None]
    told = range_statistics(session(times, {1: shown}, uncertain_below=0.6), 1, rule=ANY)
    # Without the face for the last frame, which lasts for the median step of 0.2 s.
    assert told.analyzed_s == pytest.approx(0.8)
    assert (told.analyzed_frames, told.frames) == (4, 3)
    assert told.face_s == told.with_face_s == pytest.approx(0.6)
    happy, sad, fear = (told.expression(name) for name in ("happy", "sad", "fear"))
    assert (happy.seconds, happy.frames, happy.share) == (
        pytest.approx(0.4),
        2,
        pytest.approx(2 / 3),
    )
    assert (sad.seconds, sad.share) == (pytest.approx(0.2), pytest.approx(1 / 3))
    assert (fear.seconds, fear.share, fear.confidence, fear.latency_s) == (0, 0, None, None)
    assert happy.confidence == pytest.approx((0.1 * 0.5 + 0.3 * 0.9) / 0.4)
    # In the third frame happy has (1 - 0.86) / 7 = 0.02.
    mean = (0.1 * 0.5 + 0.3 * 0.9 + 0.2 * 0.02) / 0.6
    squares = 0.1 * (0.5 - mean) ** 2 + 0.3 * (0.9 - mean) ** 2 + 0.2 * (0.02 - mean) ** 2
    assert happy.mean == pytest.approx(mean, abs=1e-6)
    assert happy.sd == pytest.approx(math.sqrt(squares / 0.6), abs=1e-6)
    assert happy.highest == pytest.approx(0.9)
    assert told.uncertain == pytest.approx(0.1 / 0.6)
    assert told.confidence == pytest.approx((0.05 + 0.27 + 0.2 * 0.86) / 0.6)


def test_valence_and_arousal_are_means_of_the_readings_that_have_one() -> None:
    shown: list[Shown] = [
        {"happy": 1.0},
        {"sad": 1.0},
        {"contempt": 0.9, "neutral": 0.1},
        {"happy": 1.0},
    ]
    told = range_statistics(session(steady(4), {1: shown}), 1)
    happy, sad = COORDINATES["happy"], COORDINATES["sad"]
    assert told.valence == pytest.approx((2 * happy[0] + sad[0]) / 3)
    assert told.arousal == pytest.approx((2 * happy[1] + sad[1]) / 3)


def test_lengths_brief_ones_and_latencies_of_episodes() -> None:
    shown = ["neutral"] * 3 + ["happy"] * 2 + ["neutral"] * 4 + ["happy"] * 7 + ["happy"]
    told = range_statistics(session(steady(17), {1: shown}), 1, rule=ANY)
    happy, neutral = told.expression("happy"), told.expression("neutral")
    assert (happy.episodes, happy.brief, neutral.episodes, neutral.brief) == (2, 1, 2, 2)
    assert happy.episode_mean_s == happy.episode_median_s == pytest.approx((0.2 + 0.8) / 2)
    assert happy.episode_longest_s == pytest.approx(0.8)
    assert happy.episode_seconds == pytest.approx(1.0)
    assert (neutral.latency_s, happy.latency_s) == (0, pytest.approx(0.3))
    assert [(one.name, one.start_s) for one in told.brief_episodes] == [
        ("neutral", 0.0),
        ("happy", pytest.approx(0.3)),
        ("neutral", pytest.approx(0.5)),
    ]


def test_latencies_count_from_the_start_of_the_range() -> None:
    document = session(steady(20), {1: ["neutral"] * 12 + ["happy"] * 8})
    told = range_statistics(document, 1, [TimeRange(0.75, 1.6)], ANY)
    # The first frame inside is the one at 0.8 s, yet the stimulus came at 0.75 s.
    assert told.expression("neutral").latency_s == pytest.approx(0.05)
    assert told.expression("happy").latency_s == pytest.approx(0.45)
    assert told.analyzed_s == pytest.approx(0.8)
    early = range_statistics(document, 1, [TimeRange(-3, 1.6)], ANY)
    assert early.expression("happy").latency_s == pytest.approx(1.2)


def test_transitions_are_counted_while_the_face_stays_in_the_picture() -> None:
    shown: list[Shown] = [
        *("neutral", "happy", "neutral", "happy"),
        None,  # away: neutral does not follow happy
        *("neutral", ("neutral", 0.2), "neutral"),  # a break, then the same again
        *(("fear", 0.2), "sad"),  # through a break to another
    ]
    told = range_statistics(
        session(steady(10), {1: shown, 2: ["sad"] * 10}), 1, rule=EpisodeRule(0)
    )
    assert count(told, "neutral", "happy") == 2
    assert count(told, "happy", "neutral") == 1
    assert count(told, "neutral", "neutral") == 1
    assert count(told, "neutral", "sad") == 1
    assert told.transitions.sum() == 5
    per_minute = told.transitions_per_minute
    assert per_minute is not None
    assert per_minute.sum() == pytest.approx(5 * 60 / 0.9)


def test_an_excluded_range_counts_for_nothing_and_parts_what_it_lies_between() -> None:
    document = session(
        steady(10), {1: ["happy"] * 4 + ["sad"] * 2 + ["fear"] * 4}, excluded=[(0.4, 0.6)]
    )
    told = range_statistics(document, 1, rule=ANY)
    assert told.analyzed_s == told.face_s == pytest.approx(0.8)
    assert told.expression("sad").seconds == 0
    assert told.expression("happy").share == pytest.approx(0.5)
    assert told.transitions.sum() == 0


def test_all_faces_together_are_added_up() -> None:
    document = session(
        steady(4), {1: ["happy", "happy", "sad", None], 2: [None, "sad", "sad", None]}
    )
    told = range_statistics(document, None, rule=ANY)
    assert (told.face_s, told.with_face_s) == (pytest.approx(0.5), pytest.approx(0.3))
    assert told.expression("sad").share == pytest.approx(3 / 5)
    assert told.expression("sad").episodes == 2
    assert told.expression("sad").latency_s == pytest.approx(0.1)
    assert count(told, "happy", "sad") == 1
    of_each = statistics_of_faces(document, rule=ANY)
    assert list(of_each) == [1, 2]
    assert of_each[2].face_s == pytest.approx(0.2)


def test_pictures_are_shared_by_their_number_and_have_no_episodes() -> None:
    told = range_statistics(session([math.nan] * 4, {1: ["happy", ("happy", 0.6), "sad", None]}), 1)
    assert (told.face_s, told.analyzed_s, told.frames) == (0, 0, 3)
    assert told.expression("happy").share == pytest.approx(2 / 3)
    assert told.expression("happy").confidence == pytest.approx(0.7)
    assert (told.episodes, told.transitions_per_minute) == ((), None)


def test_a_face_that_was_never_seen_has_no_readings() -> None:
    told = range_statistics(session(steady(3), {1: ["happy"] * 3}), 5)
    assert (told.frames, told.face_s, told.uncertain, told.valence) == (0, 0, None, None)
    assert [one.share for one in told.expressions] == [0] * 8
    nothing = range_statistics(session([], {1: []}), None)
    assert (nothing.analyzed_s, nothing.frames, nothing.confidence) == (0, 0, None)


def test_classes_stand_in_the_order_of_tables() -> None:
    labels = LabelSet("own", ("bored", "happy", "neutral"))
    told = range_statistics(session(steady(2), {1: ["bored", "happy"]}, labels=labels), 1)
    assert told.names == table_order(labels) == ("neutral", "happy", "bored")
    with pytest.raises(KeyError):
        told.expression("sad")


def test_they_agree_with_the_statistics_of_the_live_window() -> None:
    random = np.random.default_rng(3)
    steps = random.choice([0.033, 0.04, 0.2], 200)
    times = [round(float(each), 3) for each in np.cumsum(steps)]
    drift = random.normal(size=(2, 200, 8)).cumsum(axis=1)
    shown: dict[int, list[Shown]] = {}
    for number in (1, 2):
        values = np.exp(0.7 * drift[number - 1])
        values /= values.sum(axis=1, keepdims=True)
        there = random.random(200) > 0.05
        shown[number] = [
            dict(zip(FERPLUS8.names, one.tolist(), strict=True)) if seen else None
            for one, seen in zip(values, there, strict=True)
        ]
        # A reading counts live when the next frame comes, so both end with a frame without faces.
        shown[number][-1] = None

    live = SessionStatistics()
    for at, moment in enumerate(times):
        seen = [_live(number, shown[number][at]) for number in (1, 2) if shown[number][at]]
        live.add([FrameResult(None, at, moment, round(moment * 1000), tuple(seen), "model")])
    document = session(times, shown, uncertain_below=0.4)
    for number in (1, 2, None):
        theirs = live.of_all() if number is None else live.of_face(number)
        ours = range_statistics(document, number, rule=LIVE_RULE)
        assert theirs is not None
        assert ours.face_s == pytest.approx(theirs.seconds)
        assert ours.frames == theirs.frames
        assert ours.uncertain == pytest.approx(theirs.uncertain)
        assert ours.confidence == pytest.approx(theirs.confidence)
        for mine, other in zip(ours.expressions, theirs.expressions, strict=True):
            assert (mine.name, mine.frames, mine.episodes) == (
                other.name,
                other.frames,
                other.episodes,
            )
            assert mine.seconds == pytest.approx(other.seconds)
            assert mine.share == pytest.approx(other.share)
            assert mine.confidence == (
                None if other.confidence is None else pytest.approx(other.confidence)
            )


def _live(number: int, shown: Shown) -> FaceResult:
    assert isinstance(shown, dict)
    given = scores(shown)
    return face(number, (0, 0, 9, 9), scores(shown, uncertain=given.confidence < 0.4))


readings = st.lists(
    st.one_of(
        st.none(),
        st.tuples(st.sampled_from(["happy", "sad", "fear"]), st.sampled_from([0.2, 0.5, 0.75])),
    ),
    min_size=2,
    max_size=40,
)


@given(readings, st.integers(1, 39))
def test_shares_sum_to_one_and_splitting_a_range_changes_nothing(
    shown: list[tuple[str, float] | None], at: int
) -> None:
    document = session(steady(len(shown)), {1: shown})
    whole = range_statistics(document, 1, rule=ANY)
    if whole.frames:
        assert sum(one.share for one in whole.expressions) == pytest.approx(1)
        assert sum(one.mean or 0 for one in whole.expressions) == pytest.approx(1)
    assert sum(one.seconds for one in whole.expressions) == pytest.approx(whole.face_s)
    border = at / 10
    split = range_statistics(document, 1, [TimeRange(0, border), TimeRange(border, 99)], rule=ANY)
    parts = [
        range_statistics(document, 1, [each], rule=ANY)
        for each in (TimeRange(-1, border), TimeRange(border, 99))
    ]
    assert split.face_s == pytest.approx(whole.face_s)
    assert (split.transitions == whole.transitions).all()
    assert split.episodes == whole.episodes
    assert sum(one.face_s for one in parts) == pytest.approx(whole.face_s)
    assert sum(one.analyzed_s for one in parts) == pytest.approx(whole.analyzed_s)
    assert sum(one.frames for one in parts) == whole.frames


def test_an_hour_of_two_faces_takes_about_a_second() -> None:
    document = hour()
    # Of this process alone: others may have the processor meanwhile.
    began = time.process_time()
    told = statistics_of_faces(document)
    assert time.process_time() - began < 2.5
    assert told[1].face_s == pytest.approx(3600)
    assert told[1].transitions.sum() > 100
    assert told[2].blinks is not None
    assert told[2].blinks.per_minute == pytest.approx(15)
