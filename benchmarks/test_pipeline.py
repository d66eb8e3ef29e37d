"""The whole pipeline, from a frame's pixels to its result, by number of faces."""

from contextlib import closing
from itertools import islice

import pytest

from benchmarks.scenes import Benchmark, endless_frames, shipped_models
from ferqt.pipeline.build import build_pipeline, choose_config

FRAMES = 30
"""Frames in a round. All turns of the search come in as many, so rounds take the same."""


@pytest.mark.parametrize("faces", [1, 2, 4, 8])
def test_pipeline(benchmark: Benchmark, faces: int) -> None:
    """Frames one after the other, decoded beforehand."""
    catalog, frames = shipped_models(), endless_frames(faces)
    with closing(build_pipeline(choose_config(catalog), catalog)) as pipeline:

        def read() -> int:
            return min(len(pipeline.process(frame).faces) for frame in islice(frames, FRAMES))

        benchmark.extra_info["frames"] = FRAMES
        found = benchmark.pedantic(read, rounds=3, warmup_rounds=1)
    assert found == faces
