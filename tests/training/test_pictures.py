"""What is measured on whole pictures is what the program does with them."""

import json
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest

from ferqt.classifiers.catalog import Catalog, load_classifier
from ferqt.core.emotions import EMOTIONS
from ferqt.core.types import Frame
from ferqt.errors import FerqtError
from ferqt.faces.base import DetectorOptions
from ferqt.faces.registry import build_detector
from ferqt.pipeline.batch import batch_options
from ferqt.pipeline.build import build_pipeline
from ferqt.pipeline.config import PipelineConfig
from ferqt.sources.base import SourceKind
from tests.helpers.face_crops import face_crops, split_of
from tests.helpers.fer2013 import write_fer2013
from tests.helpers.models import TINY_FOLDER, TINY_ID, TINY_INPUT
from training.__main__ import main
from training.crops import DEFAULT_DETECTOR, WHOLE_PICTURE, detect_in_scene
from training.datasets.base import NO_LABEL
from training.pictures import (
    PLACED,
    PROGRAM,
    READY,
    WAYS,
    balanced_draw,
    evaluate_pictures,
    tensors_by_way,
)
from training.scenes import SceneOptions, compose_scenes, faces_on

SCENES = SceneOptions(faces=2, sides=(200.0, 280.0), roll=10.0)
HAPPY, SAD = EMOTIONS.index("happy"), EMOTIONS.index("sad")


def test_scenes_are_searched_as_the_program_searches_pictures():
    config = PipelineConfig(model_id=TINY_ID)
    assert config.detector_id == DEFAULT_DETECTOR
    assert batch_options(DetectorOptions(), SourceKind.IMAGES) == WHOLE_PICTURE


def test_the_programs_way_gives_the_pipelines_own_answers():
    catalog = Catalog((TINY_FOLDER.parent,))
    config = PipelineConfig(model_id=TINY_ID, detector=WHOLE_PICTURE)
    crops = face_crops(2, side=96)
    scene, placements = next(compose_scenes(crops, SCENES, seed=2))
    with closing(build_pipeline(config, catalog)) as pipeline:
        result = pipeline.process(Frame(scene, 0, None, 0))
        spec = pipeline.card.input
    with closing(build_detector(DEFAULT_DETECTOR, WHOLE_PICTURE)) as detector:
        faces = faces_on(placements, detect_in_scene(scene, detector))
    answers = {round(face.face.box.x, 3): face.scores.probabilities for face in result.faces}
    assert len(answers) == 2
    with closing(load_classifier(catalog.entry(TINY_ID))) as classifier:
        for crop, placement, face in zip(crops, placements, faces, strict=True):
            assert face is not None
            ways = tensors_by_way(crop, scene, placement, face, spec)
            mine = classifier.predict(ways[WAYS.index(PROGRAM)][None])[0]
            np.testing.assert_allclose(mine, answers[round(face.x, 3)], atol=1e-6)


def test_cutting_a_crop_back_out_of_its_scene_gives_the_crop():
    crops = face_crops(4)
    for (scene, placements), row in zip(
        compose_scenes(crops, SceneOptions(), seed=0), (0, 2), strict=True
    ):
        for crop, placement in zip(crops[row : row + 2], placements, strict=True):
            ways = tensors_by_way(crop, scene, placement, None, TINY_INPUT)
            assert len(ways) == 2
            ready, placed = (way[2:-2, 2:-2, 0] for way in ways)
            assert np.abs(ready - placed).mean() < 4
            assert np.corrcoef(ready.ravel(), placed.ravel())[0, 1] > 0.99


def test_classes_are_drawn_alike_and_rows_without_a_label_never():
    labels = np.array([0] * 50 + [1] * 3 + [NO_LABEL] * 9)
    rows = balanced_draw(labels, 2, 10, seed=0)
    assert len(set(rows.tolist())) == 13
    assert np.bincount(labels[rows]).tolist() == [10, 3]
    np.testing.assert_array_equal(rows, balanced_draw(labels, 2, 10, seed=0))


def test_all_ways_are_measured_on_the_same_faces():
    images = np.concatenate([face_crops(6), np.full((1, 48, 48), 90, np.uint8)])
    split = split_of(images, [HAPPY, SAD] * 3 + [SAD])
    seen = []
    result = evaluate_pictures(
        TINY_FOLDER,
        split,
        "own",
        options=SCENES,
        progress=lambda done, every: seen.append((done, every)),
    )
    assert (result.drawn, result.found) == (7, 6)
    assert result.all_ready.n == 7
    assert tuple(result.ways) == WAYS
    assert {way.metrics.n for way in result.ways.values()} == {6}
    assert result.ways[READY].loss == 0
    ready, program = (result.ways[name].metrics.accuracy for name in (READY, PROGRAM))
    assert result.ways[PROGRAM].loss == pytest.approx(ready - program)
    assert seen[-1] == (7, 7)
    text = list(result.lines())
    assert "6 of 7 faces found" in text[0]
    assert len(text) == 3 + len(WAYS)
    assert PLACED in "".join(text)


def test_a_split_without_the_models_classes_is_one_clear_error():
    split = split_of(face_crops(2), [EMOTIONS.index("contempt")] * 2, name="faces/odd")
    with pytest.raises(FerqtError, match="faces/odd holds no picture of tiny-fer7's classes"):
        evaluate_pictures(TINY_FOLDER, split, "own")


def test_the_command_measures_a_model_on_a_published_part(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    usages = ("Training", "PublicTest", "PublicTest", "PrivateTest")
    rows = [
        (i, face, usage) for i, (face, usage) in enumerate(zip(face_crops(4), usages, strict=True))
    ]
    data = write_fer2013(tmp_path / "fer2013.csv", rows)
    command = ["pictures", str(TINY_FOLDER), "--data", str(data), "--split", "public", "--json"]
    assert main(command) == 0
    written = json.loads(capsys.readouterr().out)
    assert (written["model"], written["dataset"], written["drawn"]) == (
        TINY_ID,
        "fer2013/public",
        2,
    )
    assert set(written["ways"]) == set(WAYS)
