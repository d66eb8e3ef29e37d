"""Episodes of expressions, against answers worked out by hand and frame by frame."""

import math
import time
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ferqt.core.episodes import (
    LIVE_RULE,
    Episode,
    EpisodeRule,
    all_episodes,
    episodes,
)
from ferqt.core.frame_spans import FrameSpans
from ferqt.core.session_document import SessionDocument, TimeRange
from ferqt.errors import UsageError
from tests.helpers.session_tables import Shown, hour, session, steady

ANY = EpisodeRule(min_duration_s=0, enter=0, leave=0)
"""Whatever leads, however short."""


def told(found: Sequence[Episode]) -> list[tuple[str, float, float]]:
    return [(one.name, round(one.start_s, 6), round(one.end_s, 6)) for one in found]


def of(document: SessionDocument, rule: EpisodeRule = ANY, *ranges: tuple[float, float]) -> list:
    return told(episodes(document, 1, rule, [TimeRange(*each) for each in ranges]))


def test_an_episode_lasts_until_the_frame_after_its_last_one() -> None:
    shown = ["happy", "happy", "sad", "sad", "sad"]
    assert of(session(steady(5), {1: shown})) == [("happy", 0.0, 0.2), ("sad", 0.2, 0.5)]


def test_frames_weigh_with_the_time_until_the_next_one_at_any_rate() -> None:
    times = [1.0, 1.1, 1.4, 1.45, 1.55]
    shown: list[Shown] = [("happy", 0.5), ("happy", 0.9), "sad", "sad", "sad"]
    happy, sad = episodes(session(times, {1: shown}, frames=[30, 33, 42, 43, 46]), 1, ANY)
    assert (happy.start_s, happy.end_s) == (1.0, 1.4)
    assert (happy.first_frame, happy.last_frame, happy.frames) == (30, 33, 2)
    # 0.1 s at 0.5 and 0.3 s at 0.9.
    assert happy.mean == pytest.approx((0.05 + 0.27) / 0.4)
    assert (happy.peak_s, happy.peak) == (1.1, pytest.approx(0.9))
    # The last frame counts for the median step: of 0.1, 0.3, 0.05 and 0.1 that is 0.1.
    assert (sad.start_s, sad.end_s) == (1.4, pytest.approx(1.65))


def test_the_first_of_equal_peaks_is_told() -> None:
    shown: list[Shown] = [("happy", 0.6), ("happy", 0.9), ("happy", 0.9), ("happy", 0.7)]
    (only,) = episodes(session(steady(4), {1: shown}), 1)
    assert only.peak_s == 0.1


def test_every_third_frame_counts_for_three() -> None:
    # Frames 0, 3, 6 ... of a film with 30 frames a second.
    document = session(steady(4), {1: ["happy"] * 4}, frames=[0, 3, 6, 9])
    (only,) = episodes(document, 1)
    assert (only.last_frame, only.end_s) == (9, pytest.approx(0.4))


@pytest.mark.parametrize(
    ("shown", "expected"),
    [
        # Begins at 0.5, goes on down to 0.4, ends under it, and 0.45 begins nothing.
        ((0.45, 0.5, 0.45, 0.4, 0.39, 0.45), [("happy", 0.1, 0.4)]),
        ((0.6, 0.39, 0.6), [("happy", 0.0, 0.1), ("happy", 0.2, 0.3)]),
    ],
)
def test_an_episode_begins_at_one_probability_and_ends_below_another(
    shown: Sequence[float], expected: list
) -> None:
    document = session(steady(len(shown)), {1: [("happy", each) for each in shown]})
    assert of(document, EpisodeRule(0, enter=0.5, leave=0.4)) == expected


def test_a_weak_leader_does_not_end_what_is_held() -> None:
    weak = {"happy": 0.42, "sad": 0.46}
    strong = {"happy": 0.4, "sad": 0.5}
    document = session(steady(4), {1: [("happy", 0.7), weak, strong, weak]})
    # In the last frame sad, which led strongly before, leads and is held by itself.
    assert of(document, EpisodeRule(0)) == [("happy", 0.0, 0.2), ("sad", 0.2, 0.4)]


def test_a_frame_without_the_face_ends_an_episode() -> None:
    document = session(steady(4), {1: ["happy", None, "happy", "happy"], 2: ["sad"] * 4})
    assert of(document) == [("happy", 0.0, 0.1), ("happy", 0.2, 0.4)]
    assert told(episodes(document, 2, ANY)) == [("sad", 0.0, 0.4)]


@pytest.mark.parametrize(
    ("longest", "expected"),
    [
        (0.19, [("happy", 0.0, 0.2), ("happy", 0.4, 0.6)]),
        (0.2, [("happy", 0.0, 0.6)]),
    ],
)
def test_a_short_break_is_bridged_and_counts_for_no_mean(longest: float, expected: list) -> None:
    for between in ([None, None], [("happy", 0.2), ("happy", 0.2)]):
        shown = ["happy", "happy", *between, ("happy", 0.6), ("happy", 0.6)]
        document = session(steady(6), {1: shown})
        found = episodes(document, 1, EpisodeRule(0, max_gap_s=longest))
        assert told(found) == expected
        if len(found) == 1:
            assert found[0].mean == pytest.approx(0.7)
            assert found[0].frames == 4


def test_another_expression_is_never_bridged() -> None:
    document = session(steady(3), {1: ["happy", "sad", "happy"]})
    rule = EpisodeRule(0.15, max_gap_s=5)
    assert of(document, rule) == []
    assert len(of(document, EpisodeRule(0, max_gap_s=5))) == 3


def test_short_ones_are_left_out_and_brief_ones_marked() -> None:
    shown = ["sad"] * 4 + ["happy"] * 5 + ["fear"] * 6
    document = session(steady(15), {1: shown})
    assert [one.brief for one in episodes(document, 1, ANY)] == [True, False, False]
    assert of(document, EpisodeRule(0.5)) == [("happy", 0.4, 0.9), ("fear", 0.9, 1.5)]
    assert of(document, EpisodeRule(0.500001)) == [("happy", 0.4, 0.9), ("fear", 0.9, 1.5)]
    assert of(document, EpisodeRule(0.6)) == [("fear", 0.9, 1.5)]


def test_an_episode_that_was_not_seen_whole_says_so() -> None:
    shown: list[Shown] = [
        *("happy", "sad", "fear", None),  # begins with the session; seen whole; the face goes
        *("happy", "sad", "fear", "happy", "sad"),  # the face comes; before the excluded stretch
    ]
    document = session(steady(10), {1: [*shown, "happy"]}, excluded=[(0.7, 0.8)])
    cut = [(one.name, one.cut) for one in episodes(document, 1, ANY)]
    assert cut == [
        *[("happy", True), ("sad", False), ("fear", True)],
        *[("happy", True), ("sad", False), ("fear", True)],
        *[("sad", True), ("happy", True)],
    ]
    (inside,) = episodes(document, 1, ANY, [TimeRange(0.05, 0.15)])
    assert inside.cut
    # A break that is bridged hides nothing.
    bridged = session(steady(4), {1: ["sad", None, "happy", "sad"]})
    assert not episodes(bridged, 1, EpisodeRule(0, max_gap_s=0.1))[1].cut


def test_uncertain_frames_are_a_break_on_request() -> None:
    shown: list[Shown] = [("happy", 0.7), ("happy", 0.4), ("happy", 0.7)]
    document = session(steady(3), {1: shown}, uncertain_below=0.5)
    assert of(document) == [("happy", 0.0, 0.3)]
    rule = EpisodeRule(0, 0, 0, count_uncertain=False)
    assert of(document, rule) == [("happy", 0.0, 0.1), ("happy", 0.2, 0.3)]


def test_smoothed_values_are_read_on_request() -> None:
    document = session(
        steady(2), {1: ["happy", "sad"]}, smoothed={1: ["fear", "fear"]}, uncertain_below=0.5
    )
    rule = EpisodeRule(0, smoothed=True, count_uncertain=False)
    assert of(document, rule) == [("fear", 0.0, 0.2)]


def test_nothing_reaches_over_an_excluded_range_however_short() -> None:
    document = session(steady(10), {1: ["happy"] * 10}, excluded=[(0.35, 0.36), (0.7, 0.8)])
    expected = [("happy", 0.0, 0.35), ("happy", 0.4, 0.7), ("happy", 0.8, 1.0)]
    assert of(document, EpisodeRule(0, max_gap_s=9)) == expected


def test_ranges_cut_episodes_and_ranges_that_meet_do_not() -> None:
    document = session(steady(10), {1: ["happy"] * 10})
    assert of(document, ANY, (0.2, 0.55)) == [("happy", 0.2, 0.55)]
    assert of(document, ANY, (0.5, 0.8), (0.2, 0.5)) == [("happy", 0.2, 0.8)]
    assert of(document, ANY, (0.2, 0.3), (0.5, 0.8)) == [("happy", 0.2, 0.3), ("happy", 0.5, 0.8)]
    assert of(document, ANY, (-5, 0.1), (0.9, 99)) == [("happy", 0.0, 0.1), ("happy", 0.9, 1.0)]
    assert of(document, ANY, (-5, -1), (1, 2)) == []


def test_a_lone_frame_lasts_as_long_as_the_mean_rate_says() -> None:
    facts = {"source": {"fps": 25.0}, "part": {"every": 2}}
    assert of(session([3.0], {1: ["happy"]}, facts=facts)) == [("happy", 3.0, 3.08)]
    assert of(session([3.0], {1: ["happy"]})) == []
    assert of(session([3.0], {1: ["happy"]}, facts={"source": {"fps": "?"}, "part": 3})) == []


def test_pictures_no_rows_and_unknown_faces_have_none() -> None:
    pictures = session([math.nan] * 3, {1: ["happy"] * 3})
    assert episodes(pictures, 1, ANY) == ()
    assert episodes(session([], {1: []}), 1) == ()
    assert episodes(session([0.0, 0.1], {1: [None, None]}), 1) == ()
    assert episodes(session(steady(3), {1: ["happy"] * 3}), 7) == ()


def test_a_face_that_stands_twice_in_a_frame_counts_once() -> None:
    # Two tracks that a person merged although both are in the picture for a while.
    document = session(
        steady(5), {1: ["happy", "happy", "happy", None, None], 2: [None, None, "sad", "sad", None]}
    )
    merged = replace(document.table, face_id=np.minimum(document.table.face_id, 1).astype(np.int32))
    found = episodes(replace(document, table=merged), 1, ANY)
    assert told(found) == [("happy", 0.0, 0.3), ("sad", 0.3, 0.4)]
    spans = FrameSpans(replace(document, table=merged)).of_face(1)
    assert spans.held_s.sum() == pytest.approx(0.4)


def test_all_faces_are_told_in_the_order_of_time() -> None:
    document = session(
        steady(4), {2: ["sad", "sad", "happy", "happy"], 1: [None, "fear", "fear", "fear"]}
    )
    found = [(one.face_id, one.name, one.start_s) for one in all_episodes(document, ANY)]
    assert found == [(2, "sad", 0.0), (1, "fear", 0.1), (2, "happy", 0.2)]


@pytest.mark.parametrize(
    "values",
    [
        {"enter": 0.3, "leave": 0.4},
        {"enter": 1.1},
        {"leave": -0.1},
        {"min_duration_s": -1},
        {"max_gap_s": math.inf},
        {"min_duration_s": math.nan},
    ],
)
def test_a_rule_that_makes_no_sense_is_refused(values: dict[str, float]) -> None:
    with pytest.raises(UsageError):
        EpisodeRule(**values)


def frame_by_frame(document: SessionDocument, rule: EpisodeRule) -> list[tuple[str, float, float]]:
    """The definition, followed one reading after the other, for one face that is always there."""
    table, found, current, last_end = document.table, [], None, -math.inf
    times = table.timestamp
    ends = [*times[1:], 2 * times[-1] - times[-2]]
    held = None
    for row in range(len(table)):
        values = dict(zip(table.labels.names, table.scores[row].tolist(), strict=True))
        leader = max(values, key=lambda name: values[name])
        if values[leader] >= rule.enter:
            held = leader
        elif held is not None and values[held] < rule.leave:
            held = None
        if held is None:
            continue
        joins = current is not None and current[0] == held
        if joins and times[row] - last_end <= rule.max_gap_s + 1e-6:
            current[2] = ends[row]
        else:
            current = [held, times[row], ends[row]]
            found.append(current)
        last_end = ends[row]
    return [
        (name, round(start, 6), round(end, 6))
        for name, start, end in found
        if end - start >= rule.min_duration_s - 1e-6
    ]


readings = st.lists(
    st.tuples(st.sampled_from(["happy", "sad"]), st.sampled_from([0.2, 0.375, 0.4375, 0.5, 0.75])),
    min_size=2,
    max_size=40,
)
rules = st.builds(
    EpisodeRule,
    min_duration_s=st.sampled_from([0.0, 0.2, 0.5]),
    enter=st.sampled_from([0.5, 0.625]),
    leave=st.sampled_from([0.0, 0.375, 0.5]),
    max_gap_s=st.sampled_from([0.0, 0.1, 0.3]),
)


@given(readings, rules)
def test_columns_give_what_the_definition_says(
    shown: list[tuple[str, float]], rule: EpisodeRule
) -> None:
    document = session(steady(len(shown)), {1: shown})
    assert of(document, rule) == frame_by_frame(document, rule)


@given(readings, rules, st.lists(st.booleans(), min_size=40, max_size=40))
def test_episodes_lie_in_time_and_never_overlap(
    shown: list[tuple[str, float]], rule: EpisodeRule, there: list[bool]
) -> None:
    seen = [one if is_there else None for one, is_there in zip(shown, there, strict=False)]
    document = session(steady(len(seen)), {1: seen}, excluded=[(0.5, 0.7)])
    found = episodes(document, 1, rule)
    for one in found:
        assert 0 <= one.start_s < one.end_s <= len(seen) / 10 + 1e-9
        assert one.start_s <= one.peak_s < one.end_s
        assert one.mean <= one.peak + 1e-9
        assert one.end_s <= 0.5 + 1e-9 or one.start_s >= 0.7 - 1e-9
    for before, after in pairwise(found):
        assert before.end_s <= after.start_s + 1e-9


@given(readings, rules, st.integers(1, 39))
def test_a_range_that_is_split_at_a_frame_gives_the_same(
    shown: list[tuple[str, float]], rule: EpisodeRule, at: int
) -> None:
    document = session(steady(len(shown)), {1: shown})
    assert of(document, rule, (0, at / 10), (at / 10, 9)) == of(document, rule)


def test_an_hour_of_two_faces_takes_well_under_a_second() -> None:
    document = hour()
    # Of this process alone: others may have the processor meanwhile.
    began = time.process_time()
    found = all_episodes(document) + all_episodes(document, LIVE_RULE)
    assert time.process_time() - began < 1.5
    assert len(found) > 1000
