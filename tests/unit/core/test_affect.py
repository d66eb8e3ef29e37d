"""Valence and arousal as a mean over the expressions."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ferqt.core.affect import COORDINATES, affect_columns, valence_arousal
from ferqt.core.emotions import FER7, FERPLUS8, LabelSet
from ferqt.core.types import EmotionScores
from tests.helpers.readings import scores


@pytest.mark.parametrize("name", FER7.names)
def test_a_certain_expression_lies_at_its_published_point(name: str) -> None:
    assert valence_arousal(scores({name: 1.0}, FER7)) == pytest.approx(COORDINATES[name])


def test_a_mixture_lies_between_its_parts() -> None:
    assert valence_arousal(scores({"happy": 0.5, "neutral": 0.5}, FER7)) == pytest.approx(
        (0.405, 0.255)
    )


def test_classes_without_a_point_do_not_pull_toward_neutral() -> None:
    assert valence_arousal(scores({"happy": 0.6, "contempt": 0.4}, FERPLUS8)) == pytest.approx(
        COORDINATES["happy"]
    )


def test_mostly_unplaced_readings_have_no_estimate() -> None:
    assert valence_arousal(scores({"happy": 0.4, "contempt": 0.6}, FERPLUS8)) is None
    own = LabelSet("custom", ("bored", "awake"))
    assert valence_arousal(EmotionScores(np.array([0.5, 0.5], np.float32), own)) is None


@given(
    weights=st.lists(st.lists(st.floats(0.001, 1), min_size=8, max_size=8), min_size=1, max_size=6)
)
def test_whole_columns_have_the_very_numbers_of_single_readings(weights: list[list[float]]) -> None:
    shares = np.array([np.array(row) / sum(row) for row in weights], np.float32)

    columns = affect_columns(shares, FERPLUS8)

    for row, told in zip(shares, columns.tolist(), strict=True):
        single = valence_arousal(EmotionScores(row.copy(), FERPLUS8))
        assert (None if np.isnan(told[0]) else tuple(told)) == single


def test_readings_that_are_not_known_have_no_estimate() -> None:
    unknown = np.full((2, len(FER7)), np.nan, np.float32)

    assert np.isnan(affect_columns(unknown, FER7)).all()
