"""What parts remember goes through JSON and comes back bit by bit."""

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from ferqt.classifiers.catalog import Catalog
from ferqt.core.emotions import FER7
from ferqt.core.smoothing import ScoreSmoother
from ferqt.core.state import State, packed_floats, unpacked_floats
from ferqt.core.timing import media_stamp
from ferqt.core.types import EmotionScores, FaceBox, Frame, FrameResult, Image, TrackedFace
from ferqt.faces.base import DetectorOptions, FaceDetector
from ferqt.faces.registry import DETECTORS, build_detector
from ferqt.faces.tracker import FaceTracker
from ferqt.pipeline.build import build_pipeline
from ferqt.pipeline.config import PipelineConfig
from ferqt.pipeline.pipeline import Pipeline
from tests.helpers.models import TINY_ID, add_tiny_model
from tests.helpers.portraits import PlacedFace, scene

LEFT, RIGHT = PlacedFace(170, 180, 120), PlacedFace(470, 180, 60, "collins")
STEPS = 9


def through_json(state: State) -> State:
    carried: State = json.loads(json.dumps(state, allow_nan=False))
    return carried


@pytest.fixture(scope="module")
def pictures() -> list[Image]:
    """Two faces that move and turn; one comes in the middle and one is away for two frames."""
    shown = []
    for step in range(STEPS):
        faces = [] if step in (5, 6) else [replace(LEFT, center_x=170 + 4 * step, roll=2.0 * step)]
        if step >= 3:
            faces.append(replace(RIGHT, center_y=180 - 3 * step))
        shown.append(scene(640, 360, faces))
    return shown


def frame_of(pictures: list[Image], step: int) -> Frame:
    return Frame(pictures[step].copy(), step, step / 25, 40 * step)


def all_of(faces: tuple[FaceBox, ...]) -> list[object]:
    return [
        (
            *(face.x, face.y, face.width, face.height, face.confidence, face.pose),
            None if face.landmarks is None else face.landmarks.tobytes(),
        )
        for face in faces
    ]


@pytest.mark.parametrize("detector_id", DETECTORS)
def test_a_detector_goes_on_from_its_state(detector_id: str, pictures: list[Image]) -> None:
    options = DetectorOptions(tiles_per_frame=1, tiles_in_a_hurry=3)

    def found(detector: FaceDetector, steps: range) -> list[list[object]]:
        return [all_of(detector.detect(frame_of(pictures, step))) for step in steps]

    detector = build_detector(detector_id, options)
    found(detector, range(4))
    state = through_json(detector.state())
    expected = found(detector, range(4, STEPS))
    detector.close()

    another = build_detector(detector_id, options)
    another.restore(state)
    assert found(another, range(4, STEPS)) == expected
    another.close()
    assert any(expected)


@pytest.mark.parametrize("detector_id", ["mediapipe", "opencv-dnn"])
def test_work_that_threads_share_shows_the_same_faces(
    detector_id: str, pictures: list[Image]
) -> None:
    def found(options: DetectorOptions) -> list[list[object]]:
        detector = build_detector(detector_id, options)
        faces = [all_of(detector.detect(frame_of(pictures, step))) for step in range(STEPS)]
        detector.close()
        detector.close()
        return faces

    options = DetectorOptions(tiles_per_frame=1, tiles_in_a_hurry=3, share_faces_from=None)
    assert found(replace(options, search_aside=True)) == found(options)
    assert found(replace(options, share_faces_from=2)) == found(options)


@pytest.mark.parametrize("taken_after", [1, 3, 6, 8])
def test_a_tracker_goes_on_from_its_state(taken_after: int) -> None:
    def boxes(step: int) -> list[FaceBox]:
        walking = FaceBox(10 + 7.3 * step, 20 + step / 3, 50, 50 + step / 7, 0.9)
        crossing = FaceBox(180 - 9.1 * step, 22.0, 48, 51)
        return [walking] if step in (4, 5, 6) else [walking, crossing]

    def named(tracker: FaceTracker, steps: range) -> list[list[tuple[int, int, float]]]:
        return [
            [(face.track_id, face.age, face.box.x) for face in tracker.update(boxes(n), 33 * n)]
            for n in steps
        ]

    tracker = FaceTracker(1.5)
    named(tracker, range(taken_after))
    another = FaceTracker(1.5)
    another.restore(through_json(tracker.state()))

    assert named(another, range(taken_after, 14)) == named(tracker, range(taken_after, 14))
    assert another.state() == tracker.state()


def test_a_tracker_knows_of_a_cut_after_it_was_restored() -> None:
    tracker = FaceTracker(1.5)
    tracker.update([FaceBox(0, 0, 10, 10)], 0)
    tracker.update([FaceBox(2, 0, 10, 10)], 40)
    tracker.cut()
    another = FaceTracker(1.5)
    another.restore(through_json(tracker.state()))

    for one in (tracker, another):
        one.update([FaceBox(9, 0, 10, 10)], 80)
    assert another.state() == tracker.state()


def test_a_smoother_goes_on_from_its_state() -> None:
    random = np.random.default_rng(4)

    def scores() -> EmotionScores:
        values = random.random(7, dtype=np.float32)
        return EmotionScores(values / values.sum(), FER7)

    smoother, another = ScoreSmoother(0.3), ScoreSmoother(0.3)
    for step in range(5):
        for track_id in (1, 4):
            smoother.update(track_id, 33 * step, scores(), 0.4)
    another.restore(through_json(smoother.state()))

    for step in range(5, 9):
        for track_id in (4, 1, 7):
            given = scores()
            ours, theirs = (
                one.update(track_id, 33 * step, given, 0.4) for one in (smoother, another)
            )
            assert ours.probabilities.tobytes() == theirs.probabilities.tobytes()
            assert ours.uncertain == theirs.uncertain


@pytest.fixture
def catalog(tmp_path: Path) -> Catalog:
    add_tiny_model(tmp_path)
    add_tiny_model(tmp_path, "tiny-other")
    return Catalog((tmp_path,))


@pytest.fixture
def pipelines(catalog: Catalog) -> Iterator[tuple[Pipeline, Pipeline]]:
    config = PipelineConfig(model_id=TINY_ID, compare_id="tiny-other")
    both = build_pipeline(config, catalog), build_pipeline(config, catalog)
    yield both
    for one in both:
        one.close()


def test_a_pipeline_goes_on_from_its_state(
    pipelines: tuple[Pipeline, Pipeline], pictures: list[Image]
) -> None:
    def read(pipeline: Pipeline, steps: range) -> list[list[tuple[object, ...]]]:
        return [told(pipeline.process(frame_of(pictures, step))) for step in steps]

    def told(result: FrameResult) -> list[tuple[object, ...]]:
        return [
            (
                *identity(one.face),
                one.scores.probabilities.tobytes(),
                one.smoothed.probabilities.tobytes(),
                one.other_smoothed and one.other_smoothed.probabilities.tobytes(),
            )
            for one in result.faces
        ]

    def identity(face: TrackedFace) -> tuple[object, ...]:
        return face.track_id, face.age, *all_of((face.box,))

    broken_off, another = pipelines
    read(broken_off, range(5))
    another.restore(through_json(broken_off.state()))

    assert read(another, range(5, STEPS)) == read(broken_off, range(5, STEPS))


def test_an_array_that_was_tampered_with_is_refused() -> None:
    values = np.array([[1.5, -0.0, 3e-40]], np.float32)
    packed = packed_floats(values)

    assert unpacked_floats(packed).tobytes() == values.tobytes()
    for damage in ({"f4": "!"}, {"shape": [7]}, {"shape": None}):
        with pytest.raises(ValueError, match=r"."):
            unpacked_floats({**packed, **damage})


def test_stamps_of_an_analysis_follow_from_time_and_the_stamp_before() -> None:
    times = [0.0, 0.0333, 0.0667, 0.0668, 0.0669, 0.5]
    stamps: list[int] = []
    for time_s in times:
        stamps.append(media_stamp(time_s, stamps[-1] if stamps else None))

    assert stamps == [0, 33, 67, 68, 69, 500]
