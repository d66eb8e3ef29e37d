"""The threshold of uncertainty: the model's own, or one that the person sets while it runs."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from ferqt.classifiers.catalog import Catalog
from ferqt.core.types import EmotionScores, Frame
from ferqt.pipeline.build import build_pipeline, reconfigure
from ferqt.pipeline.config import PipelineConfig
from ferqt.pipeline.pipeline import Pipeline
from tests.helpers.models import TINY_FOLDER, TINY_ID
from tests.helpers.portraits import scene

CATALOG = Catalog((TINY_FOLDER.parent,))


@pytest.fixture(scope="module")
def pipeline() -> Iterator[Pipeline]:
    built = build_pipeline(PipelineConfig(model_id=TINY_ID), CATALOG)
    yield built
    built.close()


def scores_now(pipeline: Pipeline, index: int) -> tuple[EmotionScores, EmotionScores]:
    frame = Frame(scene(320, 240, [(160, 120, 100)]), index, None, 40 * index)
    (face,) = pipeline.process(frame).faces
    return face.scores, face.smoothed


def test_a_fixed_threshold_is_taken_over_and_given_up_between_two_frames(
    pipeline: Pipeline,
) -> None:
    (own, _) = scores_now(pipeline, 0)
    top = float(own.probabilities.max())
    at_model = top < pipeline.card.output.uncertain_below

    for index, (threshold, uncertain) in enumerate(
        [(top + 0.01, True), (top - 0.01, False), (None, at_model)], start=1
    ):
        config = replace(pipeline.config, uncertain_below=threshold)
        reconfigure(pipeline, config, CATALOG)
        assert pipeline.config.uncertain_below == threshold
        assert [each.uncertain for each in scores_now(pipeline, index)] == [uncertain, uncertain]
