"""Many times become a few figures."""

import pytest

from ferqt.bench.figures import Figures, high_end, rate


def test_figures_tell_the_middle_the_high_end_and_the_mean() -> None:
    found = Figures.of([1.0] * 18 + [5.0, 100.0])

    assert found == Figures(median=1.0, p95=5.0, mean=pytest.approx(6.15), count=20)


def test_turns_that_cost_more_lift_the_mean_and_not_the_median() -> None:
    found = Figures.of([2.0, 2.0, 2.0, 2.0, 12.0])

    assert found is not None
    assert (found.median, found.mean, found.p95) == (2.0, 4.0, 12.0)


def test_no_times_have_no_figures() -> None:
    assert Figures.of([]) is None


@pytest.mark.parametrize(("count", "rank"), [(1, 1), (2, 2), (19, 19), (20, 19), (100, 95)])
def test_the_high_end_is_a_time_that_was_measured(count: int, rank: int) -> None:
    assert high_end([float(n) for n in range(count, 0, -1)]) == rank


def test_a_rate_is_a_count_by_its_time() -> None:
    assert rate(30, 0.5) == 60
    assert rate(30, 0.0) == 0
