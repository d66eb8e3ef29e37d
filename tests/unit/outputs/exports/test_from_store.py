"""The way from the engine's results through the store to a table and back to results."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from ferqt.core.emotions import CK7, FER7
from ferqt.core.types import EmotionScores, FaceBox, FaceResult, FrameResult, HeadPose, TrackedFace
from ferqt.outputs.exports.base import ExportOptions
from ferqt.outputs.exports.registry import EXPORTS
from ferqt.outputs.frames_csv import FramesCsv
from ferqt.outputs.layout import RowLayout
from ferqt.outputs.store.reader import open_session
from ferqt.outputs.store.writer import SessionWriter
from ferqt.pipeline.replay import frame_results
from tests.helpers.documents import FACTS

LAYOUTS = [
    RowLayout(FER7),
    RowLayout(FER7, compared=CK7),
    RowLayout(FER7, baseline=True, compared=CK7, models=True),
    RowLayout(FER7, blendshapes=True),
]


def results_of(layout: RowLayout) -> list[FrameResult]:
    """Every kind of row that the layout has a place for, with numbers that have many digits."""
    random = np.random.default_rng(7)

    def scores(labels=FER7) -> EmotionScores:
        shares = random.dirichlet(np.ones(len(labels))).astype(np.float32)
        return EmotionScores(shares, labels, bool(random.random() < 0.5))

    def face(number: int) -> FaceResult:
        box = FaceBox(
            *random.uniform(1, 900, 4),
            confidence=None if number == 3 else random.random(),
            pose=None if number == 2 else HeadPose(*random.uniform(-60, 60, 3)),
            blendshapes=(
                random.random(52).astype(np.float32) if layout.blendshapes and number != 2 else None
            ),
        )
        one = FaceResult(TrackedFace(number, box, 1), scores(), scores())
        if layout.baseline and number == 1:
            one = replace(one, corrected=scores())
        if layout.compared is not None:
            one = replace(one, other=scores(CK7), other_smoothed=scores(CK7))
        if layout.baseline and layout.compared is not None and number == 1:
            one = replace(one, other_corrected=scores(CK7))
        return one

    faces = [(1, 2), (), (1, 2, 3), (3,), ()]
    return [
        FrameResult(
            None,
            number * 2,
            number / 23.976,
            number * 42,
            tuple(face(one) for one in ids),
            "first",
            other_model_id="second" if layout.compared else "",
        )
        for number, ids in enumerate(faces)
    ]


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_table_from_the_store_is_the_one_that_the_live_view_writes(
    layout: RowLayout, tmp_path: Path
) -> None:
    results = results_of(layout)
    with (
        SessionWriter.create(tmp_path / "session.db", layout, FACTS) as writer,
        FramesCsv(tmp_path / "live.csv", layout) as live,
    ):
        for result in results:
            writer.write(result)
            live.write(result)
        writer.finish(FACTS)
    document = open_session(tmp_path / "session.db")

    options = ExportOptions(blendshapes=layout.blendshapes)
    EXPORTS["csv"].write(document, tmp_path / "stored.csv", options)
    with FramesCsv(tmp_path / "replayed.csv", layout) as replayed:
        for result in frame_results(document):
            replayed.write(result)

    assert (tmp_path / "stored.csv").read_bytes() == (tmp_path / "live.csv").read_bytes()
    assert (tmp_path / "replayed.csv").read_bytes() == (tmp_path / "live.csv").read_bytes()
