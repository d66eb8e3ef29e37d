"""What metadata says of models and of people's baselines."""

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from ferqt.classifiers.catalog import Catalog
from ferqt.core.baseline import Baseline, ClassOffsets
from ferqt.core.emotions import FER7
from ferqt.pipeline.batch import BatchOutcome
from ferqt.pipeline.build import build_pipeline, reconfigure
from ferqt.pipeline.config import PipelineConfig
from ferqt.pipeline.part import WHOLE
from ferqt.pipeline.pipeline import Pipeline
from ferqt.pipeline.provenance import describe_run, describe_settings
from ferqt.sources.base import SourceInfo, SourceKind
from tests.helpers.models import TINY_ID, add_tiny_model

OTHER_ID = "tiny-other"
CONFIG = PipelineConfig(model_id=TINY_ID, detector_id="haar")
OFFSETS = ClassOffsets(FER7, (-0.5, 0.0, 0.0, -1.23456789, 0.0, 0.0, 0.0))
CAMERA = SourceInfo(SourceKind.CAMERA, "camera", "0", live=True)


@pytest.fixture
def catalog(tmp_path: Path) -> Catalog:
    for model_id in (TINY_ID, OTHER_ID):
        add_tiny_model(tmp_path, model_id)
    return Catalog((tmp_path,))


@pytest.fixture
def pipeline(catalog: Catalog) -> Iterator[Pipeline]:
    built = build_pipeline(CONFIG, catalog)
    yield built
    built.close()


def test_the_compared_model_is_described_like_the_first(
    pipeline: Pipeline, catalog: Catalog
) -> None:
    def described() -> dict[str, object]:
        return describe_run(CAMERA, WHOLE, pipeline.origin, BatchOutcome(), {})

    assert described()["compared_model"] is None
    reconfigure(pipeline, replace(CONFIG, compare_id=OTHER_ID), catalog)
    first, compared = described()["model"], described()["compared_model"]
    assert isinstance(first, dict)
    assert compared == {**first, "id": OTHER_ID}


def test_baselines_are_told_with_the_numbers_that_they_add() -> None:
    baseline = Baseline({TINY_ID: OFFSETS}, samples=120, seconds=5.0042)
    told = describe_settings(replace(CONFIG, baselines={3: baseline}))["baselines"]

    assert json.loads(json.dumps(told)) == [
        {
            "face_id": 3,
            "samples": 120,
            "seconds": 5.004,
            "log_offsets": {
                TINY_ID: {
                    "angry": -0.5,
                    "disgust": 0.0,
                    "fear": 0.0,
                    "happy": -1.234568,
                    "sad": 0.0,
                    "surprise": 0.0,
                    "neutral": 0.0,
                }
            },
        }
    ]
    assert describe_settings(CONFIG)["baselines"] == []
