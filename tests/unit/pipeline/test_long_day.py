"""Hours of frames with thousands of faces: nothing that reads them grows."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from ferqt.classifiers.catalog import Catalog, load_classifier
from ferqt.core.types import FaceBox, Frame, Image
from ferqt.pipeline.config import PipelineConfig
from ferqt.pipeline.pipeline import Pipeline
from tests.helpers.growth import grown, sizes
from tests.helpers.models import TINY_ID, add_tiny_model

OTHER_ID = "tiny-other"
PICTURE: Image = np.full((90, 160, 3), 90, np.uint8)
STEP_MS = 500
FRAMES_A_FACE = 2
AWAY = 5
"""Frames without a face: 2.5 s, longer than a tracker waits and than smoothing remembers."""


class Passersby:
    """A detector that sees one face after another, each for a second, at another place."""

    def detect(self, frame: Frame) -> tuple[FaceBox, ...]:
        round_, step = divmod(frame.index, FRAMES_A_FACE + AWAY)
        if step >= FRAMES_A_FACE:
            return ()
        return (FaceBox(5.0 + 11 * (round_ % 9), 20.0, 40.0, 40.0, confidence=0.9),)

    def reset(self) -> None: ...

    def state(self) -> Any: ...

    def restore(self, state: Any) -> None: ...

    def close(self) -> None: ...


@pytest.fixture
def pipeline(tmp_path: Path) -> Iterator[Pipeline]:
    """Two models read each face, so that both of their memories are looked at."""
    for model_id in (TINY_ID, OTHER_ID):
        add_tiny_model(tmp_path, model_id)
    catalog = Catalog((tmp_path,))
    config = PipelineConfig(model_id=TINY_ID, compare_id=OTHER_ID)
    first, other = (load_classifier(catalog.entry(one)) for one in (TINY_ID, OTHER_ID))
    made = Pipeline(config, Passersby(), first, other)
    yield made
    made.close()


def test_a_pipeline_forgets_faces_that_have_left(pipeline: Pipeline) -> None:
    ids: set[int] = set()

    def read(first: int, last: int) -> None:
        for number in range(first, last):
            result = pipeline.process(Frame(PICTURE, number, None, STEP_MS * number))
            ids.update(face.face.track_id for face in result.faces)

    read(0, 700)
    before = sizes(pipeline)
    read(700, 2_800)
    assert len(ids) == 2_800 // (FRAMES_A_FACE + AWAY)
    assert grown(before, sizes(pipeline)) == {}
