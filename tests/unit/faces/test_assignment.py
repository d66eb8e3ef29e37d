"""Minimal-cost assignment against trying everything."""

import itertools

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from ferqt.faces.assignment import FORBIDDEN, assign

costs_of_any_shape = st.tuples(st.integers(0, 5), st.integers(0, 5)).flatmap(
    lambda shape: st.lists(
        st.one_of(st.integers(0, 20).map(float), st.just(FORBIDDEN)),
        min_size=shape[0] * shape[1],
        max_size=shape[0] * shape[1],
    ).map(lambda values: np.array(values, np.float64).reshape(shape))
)


def best_by_trying_everything(costs: np.ndarray) -> tuple[int, float]:
    """Most pairs, then the least cost, over all matchings."""
    rows, columns = costs.shape
    if rows > columns:
        return best_by_trying_everything(costs.T)
    best = (0, 0.0)
    for chosen in itertools.permutations(range(columns), rows):
        allowed = [costs[pair] for pair in enumerate(chosen) if costs[pair] < FORBIDDEN]
        best = max(best, (len(allowed), -sum(allowed)))
    return best[0], -best[1]


@given(costs_of_any_shape)
def test_as_many_as_possible_are_matched_at_the_least_cost(costs: np.ndarray) -> None:
    pairs = assign(costs.tolist())
    assert len({row for row, _ in pairs}) == len({column for _, column in pairs}) == len(pairs)
    assert pairs == sorted(pairs)
    total = float(sum(costs[pair] for pair in pairs))
    assert (len(pairs), total) == best_by_trying_everything(costs)


def test_greed_would_choose_wrong() -> None:
    assert assign([[1.0, 2.0], [1.5, 9.0]]) == [(0, 1), (1, 0)]


def test_a_forbidden_pair_stays_unmatched() -> None:
    assert assign([[FORBIDDEN, 3.0], [FORBIDDEN, 1.0]]) == [(1, 1)]
