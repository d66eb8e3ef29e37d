import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from training.stopping import plateau_drops, stop_reason

SCORES = st.lists(st.integers(0, 20).map(lambda tenths: tenths / 20), min_size=1, max_size=30)


@pytest.mark.parametrize(
    ("scores", "patience", "drops"),
    [
        ([0.1, 0.2, 0.3, 0.4], 1, 0),
        ([0.3, 0.2, 0.2], 3, 0),
        ([0.3, 0.2, 0.2, 0.3], 3, 1),
        # After a drop the waiting starts anew, and only a new best ends it.
        ([0.3, 0.2, 0.2, 0.2, 0.2], 2, 2),
        ([0.3, 0.2, 0.2, 0.2, 0.31, 0.1], 2, 1),
        ([0.3, 0.2, 0.25, 0.28, 0.29], 2, 2),
        ([0.3] + [0.2] * 20, 0, 0),
        ([], 3, 0),
    ],
)
def test_the_rate_drops_after_so_many_epochs_without_a_new_best(
    scores: list[float], patience: int, drops: int
):
    assert plateau_drops(scores, patience) == drops


@settings(deadline=None)
@given(SCORES, st.integers(1, 5))
def test_a_dropped_rate_never_rises_again(scores: list[float], patience: int):
    drops = [plateau_drops(scores[:count], patience) for count in range(len(scores) + 1)]

    assert all(0 <= later - before <= 1 for before, later in itertools.pairwise(drops))


@settings(deadline=None)
@given(SCORES, st.integers(1, 5))
def test_a_drop_takes_as_many_epochs_as_its_patience(scores: list[float], patience: int):
    assert plateau_drops(scores, patience) <= (len(scores) - 1) // patience


@pytest.mark.parametrize(
    ("scores", "patience", "stop_at", "reason"),
    [
        ([0.5, 0.6], 0, 0.0, None),
        ([0.5, 0.6], 0, 0.6, "reached 0.6000 of 0.6"),
        ([0.5, 0.4, 0.4], 3, 0.0, None),
        ([0.5, 0.4, 0.4, 0.4], 3, 0.0, "no gain in 3 epochs"),
        ([0.5, 0.5, 0.5], 2, 0.0, "no gain in 2 epochs"),
        ([0.5, 0.4, 0.51], 2, 0.0, None),
        ([0.5] + [0.4] * 50, 0, 0.0, None),
        ([0.5, 0.4, 0.4, 0.4], 3, 0.4, "reached 0.4000 of 0.4"),
    ],
)
def test_training_ends_at_its_target_or_when_patience_ends(
    scores: list[float], patience: int, stop_at: float, reason: str | None
):
    assert stop_reason(scores, patience, stop_at) == reason


@settings(deadline=None)
@given(SCORES, st.integers(1, 5))
def test_patience_outlasts_every_shorter_wait(scores: list[float], patience: int):
    waited = len(scores) - 1 - scores.index(max(scores))

    assert (stop_reason(scores, patience, 0.0) is not None) == (waited >= patience)
