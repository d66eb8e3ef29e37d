"""Several sessions on one grid, against means worked out by hand."""

import math
import time

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ferqt.core.comparison import (
    Alignment,
    ComparedFace,
    Comparison,
    compare,
    summaries,
)
from ferqt.core.emotions import CK7, FER7, LabelSet
from ferqt.core.session_document import TimeRange
from ferqt.core.student_t import t_quantile
from ferqt.errors import FerqtError, UsageError
from tests.helpers.session_tables import Shown, hour, session, steady

GRID = Alignment(step_s=0.1)


def happy(*values: float | None, **more) -> ComparedFace:
    """A session at 10 frames a second in which face 1 is so happy."""
    shown: list[Shown] = [None if one is None else {"happy": one} for one in values]
    times = more.pop("times", steady(len(values)))
    return ComparedFace(session(times, {1: shown, **more.pop("others", {})}, **more), 1)


def told(found: Comparison, column: np.ndarray) -> list[float | None]:
    values = column[:, found.names.index("happy")]
    return [None if math.isnan(one) else round(float(one), 4) for one in values]


def test_sessions_are_averaged_cell_by_cell_with_students_interval() -> None:
    found = compare([happy(0.2, 0.5), happy(0.4, 0.5), happy(0.9, 0.5)], GRID)
    np.testing.assert_allclose(found.time_s, [0.05, 0.15])
    assert list(found.count) == [3, 3]
    assert told(found, found.mean) == [0.5, 0.5]
    # Deviations -0.3, -0.1 and 0.4: s² = 0.26 / 2, and t(0.975) of two degrees is 4.3027.
    error = math.sqrt(0.13 / 3)
    assert told(found, found.error) == [pytest.approx(error, abs=1e-4), 0]
    assert told(found, found.low) == [0, 0.5]
    assert told(found, found.high) == [1, 0.5]
    close = compare([happy(0.48, 0.5), happy(0.5, 0.5), happy(0.52, 0.5)], GRID)
    assert told(close, close.high)[0] == pytest.approx(0.5 + 4.3027 * 0.02 / math.sqrt(3), abs=1e-4)


def test_the_same_moment_of_each_comes_to_lie_at_zero() -> None:
    early = happy(0.1, 0.9, 0.3, 0.3, markers=[(0.1, "film"), (0.3, "film"), (0.0, "other")])
    late = happy(0.1, 0.1, 0.1, 0.7, 0.5, markers=[(0.3, "film")])
    found = compare([early, late], Alignment("film", before_s=0.2, step_s=0.1))
    np.testing.assert_allclose(found.time_s, [-0.15, -0.05, 0.05, 0.15, 0.25])
    assert [one.zero_s for one in found.curves] == [0.1, 0.3]
    assert told(found, found.curves[0].values) == [None, 0.1, 0.9, 0.3, 0.3]
    assert told(found, found.curves[1].values) == [0.1, 0.1, 0.7, 0.5, None]
    assert list(found.count) == [1, 2, 2, 2, 1]
    assert told(found, found.mean) == [0.1, 0.1, 0.8, 0.4, 0.3]
    assert told(found, found.error)[0] is None


def test_ranges_begin_together_and_end_by_themselves() -> None:
    document = happy(0.1, 0.2, 0.3, 0.4, 0.5, 0.6).document
    faces = [
        ComparedFace(document, 1, "a", TimeRange(0.1, 0.3)),
        ComparedFace(document, 1, "b", TimeRange(0.3, 0.6)),
    ]
    found = compare(faces, GRID)
    assert told(found, found.curves[0].values) == [0.2, 0.3, None]
    assert told(found, found.curves[1].values) == [0.4, 0.5, 0.6]
    assert told(found, found.mean) == [0.3, 0.4, 0.6]


def test_a_cell_holds_the_mean_over_time_of_any_frame_rate() -> None:
    uneven = happy(0.2, 0.8, 0.5, 0.5, times=[0.0, 0.15, 0.2, 0.3])
    found = compare([uneven], Alignment(step_s=0.2))
    # 0.15 s at 0.2 and 0.05 s at 0.8.
    assert told(found, found.mean) == [pytest.approx(0.35), 0.5]


def test_the_grid_is_as_coarse_as_the_slowest_session() -> None:
    quick = happy(*[0.4] * 30, times=steady(30, 30))
    slow = happy(0.2, 0.2, 0.2, times=steady(3, 4))
    assert compare([quick, slow]).step_s == pytest.approx(0.25)
    assert compare([quick]).step_s == pytest.approx(1 / 30)


def test_where_a_face_is_away_for_most_of_a_cell_it_has_no_value() -> None:
    gap = happy(0.5, None, None, None, 0.5, 0.5, others={2: ["sad"] * 6})
    found = compare([gap], Alignment(step_s=0.2))
    # Half of the first cell is seen, none of the second, all of the third.
    assert told(found, found.mean) == [0.5, None, 0.5]
    assert list(found.count) == [1, 0, 1]
    excluded = happy(0.5, 0.5, 0.5, excluded=[(0.1, 0.2)])
    assert told(compare([excluded], GRID), compare([excluded], GRID).mean) == [0.5, None, 0.5]


def test_models_are_compared_by_the_classes_that_both_have() -> None:
    faces = [
        ComparedFace(
            session(
                steady(2),
                {1: ["happy", "sad"]},
                labels=labels,
                title=labels.id,
                facts={"model": {"id": labels.id}},
            ),
            1,
        )
        for labels in (FER7, CK7)
    ]
    found = compare(faces, GRID)
    assert found.names == ("happy", "sad", "angry", "fear", "disgust", "surprise")
    assert told(found, found.mean)[0] == 0.8
    assert dict(found.unshared) == {"fer7": ("neutral",), "ck7": ("contempt",)}
    assert found.models == ("fer7", "ck7")
    stranger = LabelSet("own", ("bored", "keen"))
    with pytest.raises(FerqtError, match="share no expression"):
        compare([*faces, ComparedFace(session(steady(2), {1: ["keen"] * 2}, labels=stranger), 1)])


def test_sessions_that_lack_something_are_left_out_with_the_reason() -> None:
    good = happy(0.5, 0.5, markers=[(0.1, "film")])
    bare = happy(0.5, 0.5)
    absent = ComparedFace(good.document, 4)
    pictures = happy(0.5, 0.5, times=[math.nan, math.nan])
    found = compare([bare, good, absent, pictures], Alignment("film"))
    assert [one.face for one in found.curves] == [good]
    assert [(face, why.text) for face, why in found.left_out] == [
        (bare, "It has no marker “film”."),
        (absent, "Face 4 is not in it."),
        (pictures, "It is pictures or a single frame."),
    ]
    with pytest.raises(FerqtError, match="no marker"):
        compare([bare], Alignment("film"))
    with pytest.raises(FerqtError, match="no session"):
        compare([])


def test_smoothed_values_are_compared_on_request() -> None:
    document = session(
        steady(2), {1: ["happy", "happy"]}, smoothed={1: [("happy", 0.6), ("happy", 0.7)]}
    )
    found = compare([ComparedFace(document, 1)], Alignment(step_s=0.1, smoothed=True))
    assert told(found, found.mean) == [0.6, 0.7]


@pytest.mark.parametrize(
    "values",
    [{"before_s": -1}, {"step_s": 0}, {"after_s": 0}, {"after_s": math.inf}, {"step_s": math.nan}],
)
def test_an_alignment_that_makes_no_sense_is_refused(values: dict[str, float]) -> None:
    with pytest.raises(UsageError):
        Alignment(**values)


def test_a_grid_that_is_far_too_fine_is_refused() -> None:
    with pytest.raises(UsageError, match="too many"):
        compare([happy(*[0.5] * 50)], Alignment(step_s=1e-6))


def test_summaries_count_from_the_marker_on() -> None:
    shown = ["happy"] * 3 + ["sad"] * 4 + ["happy"] * 6
    face = ComparedFace(session(steady(13), {1: shown}, markers=[(0.4, "film")], title="anna"), 1)
    (told,) = summaries([face, happy(0.5, 0.5)], Alignment("film", before_s=2, after_s=0.8))
    row = told.row(("happy", "sad"))
    assert row["session"] == "anna"
    assert (row["zero_s"], row["analyzed_s"]) == (0.4, pytest.approx(0.8))
    assert (row["sad_latency_s"], row["happy_latency_s"]) == (0, pytest.approx(0.3))
    assert row["happy_share"] == pytest.approx(5 / 8)
    assert (row["brief_episodes"], row["blinks_per_minute"]) == (1, None)


@pytest.mark.parametrize(
    ("freedom", "printed"),
    [(1, 12.706), (2, 4.303), (3, 3.182), (4, 2.776), (9, 2.262), (30, 2.042), (120, 1.980)],
)
def test_students_t_is_that_of_printed_tables(freedom: int, printed: float) -> None:
    assert t_quantile(freedom) == pytest.approx(printed, abs=6e-4)


def test_without_a_degree_of_freedom_there_is_no_t() -> None:
    assert math.isnan(t_quantile(0))


@given(
    st.lists(st.sampled_from([0.0, 0.25, 0.5, 1.0]), min_size=4, max_size=30),
    st.sampled_from([0.1, 0.2, 0.5]),
)
def test_no_probability_is_gained_or_lost_on_the_grid(values: list[float], step: float) -> None:
    face = happy(*values)
    found = compare([face], Alignment(step_s=step))
    means = found.curves[0].values
    assert means.sum(axis=1)[np.isfinite(means[:, 0])] == pytest.approx(1)
    if step == 0.1:
        assert told(found, means) == [round(one, 4) for one in values]


def test_ten_sessions_of_six_minutes_take_well_under_a_second() -> None:
    faces = [ComparedFace(hour(seed, 1, 10_800), 1) for seed in range(10)]
    # Of this process alone: others may have the processor meanwhile.
    began = time.process_time()
    found = compare(faces)
    assert time.process_time() - began < 1.5
    assert found.mean.shape == (10_800, 8)
