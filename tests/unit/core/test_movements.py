"""Blinks and smiles, told from blendshapes that are made by hand."""

from collections.abc import Sequence

import pytest

from ferqt.core.movements import BLINK, SMILE
from ferqt.core.range_statistics import RangeStatistics, range_statistics
from tests.helpers.session_tables import Shown, session, steady

FPS = 20.0


def told(
    left: Sequence[float], right: Sequence[float], movement: str, away: Sequence[int] = ()
) -> RangeStatistics:
    shown: list[Shown] = [None if at in away else "happy" for at in range(len(left))]
    seen = [at for at in range(len(left)) if at not in away]
    document = session(
        steady(len(left), FPS),
        {1: shown},
        movements={
            f"{movement}Left": [left[at] for at in seen],
            f"{movement}Right": [right[at] for at in seen],
        },
    )
    return range_statistics(document, 1)


def blinks_of(left: Sequence[float], right: Sequence[float] | None = None, **more) -> tuple:
    blinks = told(left, left if right is None else right, BLINK.movement, **more).blinks
    assert blinks is not None
    return blinks.count, blinks.seconds


def test_a_blink_is_counted_once_though_the_lids_tremble() -> None:
    assert blinks_of([0, 0.2, 0.6, 0.3, 0.6, 0.3, 0.2, 0]) == (1, pytest.approx(0.2))


def test_two_blinks_are_told_apart_by_open_eyes() -> None:
    lids = [0, 0.7, 0.7, 0.1, 0.7, 0.7, 0.0, 0, 0, 0]
    blinks = told(lids, lids, BLINK.movement).blinks
    assert blinks is not None
    assert (blinks.count, blinks.mean_s) == (2, pytest.approx(0.1))
    # Ten frames are half a second.
    assert blinks.measured_s == pytest.approx(0.5)
    assert blinks.per_minute == pytest.approx(240)


def test_neither_a_wink_nor_a_glance_down_is_a_blink() -> None:
    assert blinks_of([0, 0.9, 0.9, 0], [0, 0.1, 0.1, 0]) == (0, 0)
    assert blinks_of([0, 0.35, 0.35, 0]) == (0, 0)


def test_eyes_that_stay_closed_for_over_half_a_second_do_not_blink() -> None:
    assert blinks_of([0, *[0.8] * 10, 0])[0] == 1
    assert blinks_of([0, *[0.8] * 11, 0])[0] == 0


def test_a_face_that_goes_away_ends_a_blink() -> None:
    assert blinks_of([0, 0.8, 0.8, 0.8, 0.8, 0], away=[2])[0] == 2


def test_a_smile_lasts_half_a_second_or_longer() -> None:
    smiles = told([0, *[0.9] * 9, 0, *[0.9] * 10, 0], [0] * 22, SMILE.movement).smiles
    assert smiles is not None
    # One side alone is a mean of 0.45.
    assert smiles.count == 0
    corners = [0, *[0.9] * 9, 0, *[0.9] * 10, 0]
    smiles = told(corners, corners, SMILE.movement).smiles
    assert smiles is not None
    assert (smiles.count, smiles.seconds, smiles.mean_s) == (
        1,
        pytest.approx(0.5),
        pytest.approx(0.5),
    )


def test_without_blendshapes_nothing_is_said() -> None:
    told = range_statistics(session(steady(3), {1: ["happy"] * 3}), 1)
    assert told.blinks is None
    assert told.smiles is None
    # Those of face 1 say nothing of face 2.
    document = session(
        steady(2), {1: ["happy"] * 2, 2: ["sad"] * 2}, movements={"eyeBlinkLeft": [0, 0]}
    )
    assert range_statistics(document, 2).blinks is None
    all_faces = range_statistics(document, None).blinks
    assert all_faces is not None
    assert all_faces.measured_s == pytest.approx(0.2)
    assert (all_faces.count, all_faces.mean_s) == (0, None)
