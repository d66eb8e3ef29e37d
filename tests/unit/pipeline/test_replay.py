"""Results made again from the rows of a stored session."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from ferqt.core.emotions import CK7, FER7
from ferqt.core.types import FaceBox, FaceResult, Frame, FrameResult, HeadPose, TrackedFace
from ferqt.outputs.frames_csv import FramesCsv
from ferqt.outputs.layout import RowLayout
from ferqt.pipeline.replay import Replay, frame_results
from tests.helpers.documents import FACTS, document_of
from tests.helpers.readings import face, sample, scores

BOX = (1.25, 2.0, 30.5, 40.0)
HAPPY = scores({"happy": 0.75, "sad": 0.25}, FER7)
SAD = scores({"sad": 0.9}, FER7, uncertain=True)
EVERY_FIFTH = {**FACTS, "part": {"from_s": 1.0, "to_s": 2.0, "every": 5}}


def table_of(path: Path, results: list[FrameResult], layout: RowLayout) -> bytes:
    with FramesCsv(path, layout) as table:
        for result in results:
            table.write(result)
    return path.read_bytes()


def test_replayed_results_write_the_table_that_the_first_ones_wrote(tmp_path: Path) -> None:
    shapes = np.linspace(0, 1, 52).astype(np.float32)
    box = FaceBox(*BOX, blendshapes=shapes, pose=HeadPose(1.5, -20.25, 3))
    results = [
        replace(
            sample(
                0.1,
                face(1, BOX, HAPPY, name="Anna", corrected=SAD, other=scores({"sad": 1.0}, CK7)),
                FaceResult(TrackedFace(4, box, 1), SAD, HAPPY),
            ),
            other_model_id="other",
        ),
        sample(0.2),
        sample(0.3, face(4, BOX, HAPPY)),
    ]
    layout = RowLayout(FER7, baseline=True, compared=CK7, models=True, blendshapes=True)

    again = list(frame_results(document_of(results, FER7)))

    assert table_of(tmp_path / "again", again, layout) == table_of(
        tmp_path / "first", results, layout
    )
    assert [one.session_ms for one in again] == [100, 200, 300]


def test_a_face_is_as_old_as_the_frames_that_showed_it() -> None:
    results = [
        sample(0.1, face(1, BOX, HAPPY)),
        sample(0.2, face(1, BOX, HAPPY), face(2, BOX, SAD)),
        sample(0.3),
        sample(0.4, face(1, BOX, HAPPY)),
    ]

    again = list(frame_results(document_of(results, FER7)))

    assert [[one.face.age for one in result.faces] for result in again] == [[1], [2, 1], [], [3]]


def test_a_frame_is_found_by_its_number() -> None:
    results = [sample(number / 30, face(1, BOX, HAPPY)) for number in range(30, 60)]
    replay = Replay(document_of(results, FER7))

    assert replay.result(42).media_time == pytest.approx(42 / 30)
    assert [one.scores.top for one in replay.result(42).faces] == ["happy"]
    assert replay.analyzed(59)
    assert not replay.analyzed(60)
    assert replay.result(60).faces == replay.result(29).faces == ()


def test_between_analyzed_frames_the_one_before_is_shown_but_not_outside_of_them() -> None:
    results = [sample(number / 30, face(1, BOX, HAPPY)) for number in range(30, 60, 5)]
    replay = Replay(document_of(results, FER7, facts=EVERY_FIFTH))

    assert replay.result(34).index == 30
    assert not replay.analyzed(34)
    assert len(replay.result(59).faces) == 1
    assert replay.result(60).faces == replay.result(29).faces == ()


def test_a_reading_goes_with_the_picture_that_is_shown() -> None:
    results = [sample(number / 30, face(1, BOX, HAPPY)) for number in range(0, 10, 5)]
    replay = Replay(document_of(results, FER7, facts=EVERY_FIFTH))
    shown = Frame(np.zeros((4, 4, 3), np.uint8), 7, 7 / 30, 4711)

    result = replay.of(shown)

    assert result.frame is shown
    assert (result.index, result.media_time, result.session_ms) == (7, 7 / 30, 4711)
    assert [one.face.track_id for one in result.faces] == [1]


def test_pictures_have_names_and_no_times() -> None:
    results = [
        FrameResult(None, number, None, number, (face(1, BOX, HAPPY),), "mini48", name=name)
        for number, name in enumerate(("a.jpg", "b.jpg"))
    ]

    again = list(frame_results(document_of(results, FER7)))

    assert [(one.name, one.media_time, one.model_id) for one in again] == [
        ("a.jpg", None, "mini48"),
        ("b.jpg", None, "mini48"),
    ]


def test_a_cameras_results_have_no_media_time() -> None:
    results = [FrameResult(None, 3, None, 1234, (), "mini48")]
    facts = {**FACTS, "source": {"kind": "camera", "name": "0"}}

    (again,) = frame_results(document_of(results, FER7, facts=facts))

    assert (again.media_time, again.session_ms) == (None, 1234)


def test_an_empty_session_has_no_results() -> None:
    replay = Replay(document_of([], FER7))

    assert list(replay.results()) == []
    assert replay.result(0).faces == ()


def test_frames_that_come_twice_are_found_once() -> None:
    results = [sample(0.1, face(1, BOX, HAPPY)), sample(0.2), sample(0.1, face(2, BOX, SAD))]

    replay = Replay(document_of(results, FER7))

    assert [one.face.track_id for one in replay.result(3).faces] in ([1], [2])
    assert len(list(replay.results())) == 3
