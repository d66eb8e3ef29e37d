"""What one frame becomes: names, merges, baselines and a compared model, changed between frames."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from ferqt.classifiers.base import EmotionClassifier
from ferqt.classifiers.catalog import Catalog, CatalogEntry
from ferqt.core.baseline import Baseline, BaselineMeter
from ferqt.core.emotions import CK7, FER7
from ferqt.core.people import People
from ferqt.core.types import FaceResult, FloatArray, Frame, FrameResult, Image
from ferqt.errors import ModelError
from ferqt.pipeline import build
from ferqt.pipeline.build import build_pipeline, reconfigure
from ferqt.pipeline.config import PipelineConfig
from ferqt.pipeline.pipeline import Pipeline
from tests.helpers.models import TINY_ID, Json, add_tiny_model
from tests.helpers.portraits import PlacedFace, scene

OTHER_ID = "tiny-other"
CONFIG = PipelineConfig(model_id=TINY_ID)
COMPARING = replace(CONFIG, compare_id=OTHER_ID)
LEFT, RIGHT = PlacedFace(170, 180, 120), PlacedFace(470, 180, 120, "collins")


def other_card(card: Json) -> None:
    """Another label set, and a crop of its own."""
    card["output"]["labels"] = {"id": "ck7", "names": list(CK7.names)}
    card["output"]["uncertain_below"] = 0.9
    card["input"]["crop"]["margin"] = 0.3


@pytest.fixture(scope="module")
def catalog(tmp_path_factory: pytest.TempPathFactory) -> Catalog:
    models = tmp_path_factory.mktemp("models")
    add_tiny_model(models)
    add_tiny_model(models, OTHER_ID, edit=other_card)
    return Catalog((models,))


@pytest.fixture(scope="module")
def pictures() -> list[Image]:
    """Two faces that move a little, ids 2 and 1 from the left."""
    return [
        scene(640, 360, [replace(LEFT, roll=3.0 * step), replace(RIGHT, roll=-3.0 * step)])
        for step in range(6)
    ]


@pytest.fixture
def loaded(monkeypatch: pytest.MonkeyPatch) -> list[EmotionClassifier]:
    """Every classifier that is loaded from now on."""
    seen: list[EmotionClassifier] = []
    load = build.load_classifier

    def recording_load(entry: CatalogEntry, threads: int = 1) -> EmotionClassifier:
        seen.append(load(entry, threads))
        return seen[-1]

    monkeypatch.setattr(build, "load_classifier", recording_load)
    return seen


@pytest.fixture
def pipeline(catalog: Catalog, loaded: list[EmotionClassifier]) -> Iterator[Pipeline]:
    with_one_model = build_pipeline(CONFIG, catalog)
    yield with_one_model
    with_one_model.close()


def is_closed(classifier: EmotionClassifier) -> bool:
    try:
        classifier.predict(np.zeros((0, 48, 48, 1), np.float32))
    except RuntimeError:
        return True
    return False


def read(pipeline: Pipeline, pictures: list[Image], start: int = 0) -> list[FrameResult]:
    return [
        pipeline.process(Frame(picture.copy(), start + step, None, 40 * (start + step)))
        for step, picture in enumerate(pictures)
    ]


def read_alone(
    config: PipelineConfig, catalog: Catalog, pictures: list[Image]
) -> list[FrameResult]:
    pipeline = build_pipeline(config, catalog)
    try:
        return read(pipeline, pictures)
    finally:
        pipeline.close()


def smoothed(results: list[FrameResult], track_id: int) -> FloatArray:
    return np.array([found(result, track_id).smoothed.probabilities for result in results])


def found(result: FrameResult, track_id: int) -> FaceResult:
    face = result.face(track_id)
    assert face is not None
    return face


def baseline_of(results: list[FrameResult], track_id: int) -> Baseline:
    meter = BaselineMeter(track_id)
    for result in results:
        meter.add(result)
    return meter.baseline()


def test_a_compared_model_reads_each_face_as_it_would_alone(
    catalog: Catalog, pictures: list[Image]
) -> None:
    compared = read_alone(COMPARING, catalog, pictures)
    first, second = (
        read_alone(replace(CONFIG, model_id=model_id), catalog, pictures)
        for model_id in (TINY_ID, OTHER_ID)
    )
    for both, one, other in zip(compared, first, second, strict=True):
        assert (both.model_id, both.other_model_id) == (TINY_ID, OTHER_ID)
        assert one.other_model_id == ""
        assert [face.face.track_id for face in both.faces] == [1, 2]
        for track_id in (1, 2):
            face = found(both, track_id)
            alone, theirs = found(one, track_id), found(other, track_id)
            assert alone.other is None
            assert alone.other_smoothed is None
            assert face.other is not None
            assert face.other_smoothed is not None
            assert face.other.labels == CK7
            assert face.other.uncertain == theirs.scores.uncertain
            for mine, expected in (
                (face.scores, alone.scores),
                (face.smoothed, alone.smoothed),
                (face.other, theirs.scores),
                (face.other_smoothed, theirs.smoothed),
            ):
                assert np.array_equal(mine.probabilities, expected.probabilities)
    assert "compare" in compared[0].times
    assert "compare" not in first[0].times


def test_models_of_one_input_share_their_crops(
    catalog: Catalog, pictures: list[Image], tmp_path: Path
) -> None:
    add_tiny_model(tmp_path)
    add_tiny_model(tmp_path, "twin")
    config = PipelineConfig(TINY_ID, compare_id="twin")
    for face in read_alone(config, Catalog((tmp_path,)), pictures[:1])[0].faces:
        assert face.other is not None
        assert np.array_equal(face.other.probabilities, face.scores.probabilities)
        assert not face.disagrees


def test_comparing_begins_and_ends_between_two_frames(
    pipeline: Pipeline, catalog: Catalog, pictures: list[Image], loaded: list[EmotionClassifier]
) -> None:
    (before,) = read(pipeline, pictures[:1])
    reconfigure(pipeline, COMPARING, catalog)
    (during,) = read(pipeline, pictures[1:2], 1)
    assert pipeline.origin.other_card is not None
    assert pipeline.origin.other_card.id == OTHER_ID
    reconfigure(pipeline, CONFIG, catalog)
    (after,) = read(pipeline, pictures[2:3], 2)

    assert [result.other_model_id for result in (before, during, after)] == ["", OTHER_ID, ""]
    assert [is_closed(classifier) for classifier in loaded] == [False, True]
    assert pipeline.origin.other_card is None


def test_comparing_leaves_the_first_models_smoothing_alone(
    pipeline: Pipeline, catalog: Catalog, pictures: list[Image]
) -> None:
    results = read(pipeline, pictures[:3])
    reconfigure(pipeline, COMPARING, catalog)
    results += read(pipeline, pictures[3:], 3)

    assert np.array_equal(smoothed(results, 1), smoothed(read_alone(CONFIG, catalog, pictures), 1))


def test_a_second_model_that_cannot_be_loaded_leaves_everything_running(
    pipeline: Pipeline, catalog: Catalog, pictures: list[Image], loaded: list[EmotionClassifier]
) -> None:
    wanted = replace(CONFIG, model_id=OTHER_ID, compare_id="no-such", smoothing_s=2.0)
    with pytest.raises(ModelError, match="no-such"):
        reconfigure(pipeline, wanted, catalog)

    assert pipeline.config == replace(CONFIG, smoothing_s=2.0)
    assert read(pipeline, pictures[:1])[0].model_id == TINY_ID
    assert [is_closed(classifier) for classifier in loaded] == [False, True]


def test_closing_closes_both_models(catalog: Catalog, loaded: list[EmotionClassifier]) -> None:
    build_pipeline(COMPARING, catalog).close()
    assert [is_closed(classifier) for classifier in loaded] == [True, True]


def test_exchanging_two_models_loads_nothing_and_goes_on_smoothing(
    catalog: Catalog, pictures: list[Image], loaded: list[EmotionClassifier]
) -> None:
    pipeline = build_pipeline(COMPARING, catalog)
    results = read(pipeline, pictures[:3])
    reconfigure(pipeline, replace(CONFIG, model_id=OTHER_ID, compare_id=TINY_ID), catalog)
    results += read(pipeline, pictures[3:], 3)
    pipeline.close()

    assert len(loaded) == 2
    assert results[-1].model_id == OTHER_ID
    expected = read_alone(replace(CONFIG, model_id=OTHER_ID), catalog, pictures)
    assert np.array_equal(smoothed(results[3:], 1), smoothed(expected, 1)[3:])


def test_a_failing_compared_model_is_named(
    catalog: Catalog, pictures: list[Image], loaded: list[EmotionClassifier]
) -> None:
    pipeline = build_pipeline(COMPARING, catalog)

    def broken(_batch: FloatArray) -> FloatArray:
        raise ModelError("model puts out NaN", "Check it.")

    loaded[1].predict = broken  # type: ignore[method-assign]
    with pytest.raises(ModelError, match=f"compared model {OTHER_ID} fails: model puts out NaN"):
        read(pipeline, pictures[:1])
    pipeline.close()


def test_a_name_shows_from_the_next_frame_on_and_changes_no_number(
    pipeline: Pipeline, catalog: Catalog, pictures: list[Image]
) -> None:
    results = read(pipeline, pictures[:3])
    reconfigure(pipeline, replace(CONFIG, people=People().renamed(2, "Grace")), catalog)
    results += read(pipeline, pictures[3:], 3)

    names = [[face.name for face in result.faces] for result in results]
    assert names == [["", ""]] * 3 + [["", "Grace"]] * 3
    alone = read_alone(CONFIG, catalog, pictures)
    for track_id in (1, 2):
        assert np.array_equal(smoothed(results, track_id), smoothed(alone, track_id))


def test_a_face_that_came_back_can_be_merged_into_who_it_was(
    pipeline: Pipeline, catalog: Catalog
) -> None:
    """The right face leaves for longer than the tracker waits, and gets a new id."""
    both, one = scene(640, 360, [LEFT, RIGHT]), scene(640, 360, [LEFT])
    stamps = [0, 1000, 2000, *range(3000, 3400, 40)]
    ids = []
    for step, stamp in enumerate(stamps):
        picture = one if stamp in (1000, 2000) else both
        result = pipeline.process(Frame(picture.copy(), step, None, stamp))
        ids.append([face.face.track_id for face in result.faces])
    assert (ids[0], ids[1], ids[-1]) == ([1, 2], [2], [2, 3])

    people = People().renamed(1, "Eileen").merged_into(3, 1)
    reconfigure(pipeline, replace(CONFIG, people=people), catalog)
    merged = pipeline.process(Frame(both.copy(), len(stamps), None, 3400))
    assert [(face.face.track_id, face.name) for face in merged.faces] == [(1, "Eileen"), (2, "")]
    assert found(merged, 1).face.box.center[0] == pytest.approx(470, abs=15)


def test_two_merged_faces_of_one_frame_stay_apart_and_both_are_read(
    pipeline: Pipeline, catalog: Catalog, pictures: list[Image]
) -> None:
    people = People().renamed(2, "Grace").merged_into(1, 2)
    reconfigure(pipeline, replace(CONFIG, people=people), catalog)
    results = read(pipeline, pictures)

    for result in results:
        shown = [(face.face.track_id, face.name) for face in result.faces]
        assert shown == [(1, ""), (2, "Grace")]
    alone = read_alone(CONFIG, catalog, pictures)
    assert np.array_equal(smoothed(results, 1), smoothed(alone, 1))


def test_a_baseline_corrects_one_face_from_the_next_frame_on(
    pipeline: Pipeline, catalog: Catalog, pictures: list[Image]
) -> None:
    held = read(pipeline, pictures[:3])
    baseline = baseline_of(held, 1)
    reconfigure(pipeline, replace(CONFIG, baselines={1: baseline}), catalog)
    results = read(pipeline, pictures[3:], 3)

    first = found(results[0], 1)
    assert first.corrected is not None
    assert first.corrected.top == "neutral"
    assert first.smoothed.probabilities == pytest.approx(first.corrected.probabilities)
    alone = read_alone(CONFIG, catalog, pictures)
    for result, expected in zip(results, alone[3:], strict=True):
        raw, plain = found(result, 1).scores, found(expected, 1).scores
        assert np.array_equal(raw.probabilities, plain.probabilities)
        assert found(result, 2).corrected is None
    assert np.array_equal(smoothed(held + results, 2), smoothed(alone, 2))

    reconfigure(pipeline, CONFIG, catalog)
    (after,) = read(pipeline, pictures[:1], 6)
    assert found(after, 1).corrected is None
    assert np.array_equal(
        found(after, 1).smoothed.probabilities, found(after, 1).scores.probabilities
    )


def test_a_baseline_corrects_the_models_that_saw_it_and_no_other(
    catalog: Catalog, pictures: list[Image]
) -> None:
    pipeline = build_pipeline(COMPARING, catalog)
    both = baseline_of(read(pipeline, pictures[:2]), 1)
    reconfigure(pipeline, replace(COMPARING, baselines={1: both}), catalog)
    face = found(read(pipeline, pictures[2:3], 2)[0], 1)
    assert face.corrected is not None
    assert face.other_corrected is not None
    assert face.other_smoothed is not None
    assert np.array_equal(face.other_smoothed.probabilities, face.other_corrected.probabilities)

    one = Baseline({TINY_ID: both.offsets[TINY_ID]}, both.samples, both.seconds)
    reconfigure(pipeline, replace(COMPARING, baselines={1: one}), catalog)
    face = found(read(pipeline, pictures[3:4], 3)[0], 1)
    pipeline.close()
    assert face.corrected is not None
    assert face.other_corrected is None


def test_a_baseline_follows_the_person_through_a_merge(
    pipeline: Pipeline, catalog: Catalog, pictures: list[Image]
) -> None:
    """The tracker's face 1 is known as 9 by now."""
    baseline = baseline_of(read(pipeline, pictures[:2]), 1)
    people = People().merged_into(1, 9)
    reconfigure(pipeline, replace(CONFIG, people=people, baselines={9: baseline}), catalog)
    (result,) = read(pipeline, pictures[2:3], 2)
    assert found(result, 9).corrected is not None
    assert found(result, 2).corrected is None


def test_a_set_threshold_counts_for_both_models(
    pipeline: Pipeline, catalog: Catalog, pictures: list[Image]
) -> None:
    said = []
    for step, below in enumerate((0.0, 1.01)):
        reconfigure(pipeline, replace(COMPARING, uncertain_below=below), catalog)
        (result,) = read(pipeline, pictures[step : step + 1], step)
        face = found(result, 1)
        assert face.other is not None
        assert face.other_smoothed is not None
        said.append([scores.uncertain for scores in (face.scores, face.other, face.other_smoothed)])
    assert said == [[False] * 3, [True] * 3]


def test_another_source_knows_nobody(
    pipeline: Pipeline, catalog: Catalog, pictures: list[Image]
) -> None:
    baseline = baseline_of(read(pipeline, pictures[:2]), 1)
    people = People().renamed(1, "Grace").merged_into(2, 5)
    reconfigure(pipeline, replace(CONFIG, people=people, baselines={1: baseline}), catalog)
    pipeline.reset()
    (result,) = read(pipeline, pictures[:1], 9)

    assert [face.face.track_id for face in result.faces] == [1, 2]
    assert [face.name for face in result.faces] == ["", ""]
    assert [face.corrected for face in result.faces] == [None, None]
    assert found(result, 1).scores.labels == FER7
    assert pipeline.config == CONFIG
