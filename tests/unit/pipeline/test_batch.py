"""An analysis: which frames it takes, what it writes, and that it gives the same twice."""

from pathlib import Path

import pytest

from ferqt.classifiers.catalog import Catalog
from ferqt.core.types import FrameResult
from ferqt.errors import SourceError, UsageError
from ferqt.faces.base import DetectorOptions
from ferqt.pipeline.batch import BatchOutcome, Parts, analyze_source, batch_options
from ferqt.pipeline.config import PipelineConfig
from ferqt.pipeline.part import WHOLE, Part
from ferqt.pipeline.read_ahead import ReadAhead, ReadHere
from ferqt.sources.base import SourceInfo, SourceKind
from ferqt.sources.factory import open_source
from tests.helpers.clips import write_clip
from tests.helpers.models import TINY_FOLDER, TINY_ID
from tests.helpers.portraits import portrait_path, scene

COUNT = 12
FPS = 10


class _Kept:
    """A sink that keeps what it is given."""

    def __init__(self) -> None:
        self.results: list[FrameResult] = []

    def write(self, result: FrameResult) -> None:
        self.results.append(result.without_image())

    def close(self) -> None: ...

    def __enter__(self) -> "_Kept":
        return self

    def __exit__(self, *_exc: object) -> None: ...


@pytest.fixture(scope="module")
def parts() -> Parts:
    options = batch_options(DetectorOptions(), SourceKind.IMAGES)
    config = PipelineConfig(model_id=TINY_ID, detector=options)
    return Parts.of(config, Catalog((TINY_FOLDER.parent,)))


@pytest.fixture(scope="module")
def clip(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A face for eight frames, then an empty wall."""
    path = tmp_path_factory.mktemp("clips") / "clip.mp4"
    with_face = scene(320, 240, [(160, 120, 100)])
    write_clip(path, [with_face] * 8 + [scene(320, 240)] * (COUNT - 8), fps=FPS)
    return path


def _analyze(
    location: Path, parts: Parts, part: Part = WHOLE
) -> tuple[BatchOutcome, list[FrameResult]]:
    kept = _Kept()
    with ReadAhead(lambda: open_source(str(location)), start_s=part.start_s) as reader:
        outcome = analyze_source(reader, parts, [kept], part=part)
    return outcome, kept.results


def test_every_frame_is_analyzed_in_order(clip: Path, parts: Parts) -> None:
    outcome, results = _analyze(clip, parts)

    assert [result.index for result in results] == list(range(COUNT))
    assert [bool(result.faces) for result in results] == [True] * 8 + [False] * 4
    assert outcome == BatchOutcome(COUNT, 8, 8, 1, (), complete=True)


def test_two_runs_give_equal_results(clip: Path, parts: Parts) -> None:
    def readings() -> list[tuple[object, ...]]:
        return [
            (result.media_time, face.face.track_id, face.face.box.x, *face.smoothed.probabilities)
            for result in _analyze(clip, parts)[1]
            for face in result.faces
        ]

    assert readings() == readings()


def test_parts_that_follow_each_other_share_no_frame(clip: Path, parts: Parts) -> None:
    first = _analyze(clip, parts, Part(stop_s=0.5))[1]
    second = _analyze(clip, parts, Part(start_s=0.5, stop_s=0.95))[1]
    third = _analyze(clip, parts, Part(start_s=0.95))[1]

    assert [result.index for result in (*first, *second, *third)] == list(range(COUNT))
    assert (first[-1].index, second[-1].index) == (4, 9)


def test_a_part_that_ends_before_the_source_is_complete(clip: Path, parts: Parts) -> None:
    assert _analyze(clip, parts, Part(stop_s=0.2))[0].complete


def test_thinning_takes_the_same_frames_wherever_the_part_begins(clip: Path, parts: Parts) -> None:
    whole = [result.index for result in _analyze(clip, parts, Part(every=3))[1]]
    later = [result.index for result in _analyze(clip, parts, Part(start_s=0.4, every=3))[1]]

    assert whole == [0, 3, 6, 9]
    assert later == [6, 9]


def test_progress_counts_the_frames_read_up_to_the_expected(clip: Path, parts: Parts) -> None:
    seen: list[int] = []
    with ReadAhead(lambda: open_source(str(clip))) as reader:
        analyze_source(reader, parts, [], part=Part(every=4), on_progress=seen.append)

        assert seen == list(range(1, COUNT + 1))
        assert Part().expected_frames(reader.info) == COUNT
        assert Part(0.5, 1.0).expected_frames(reader.info) == 5


def test_an_analysis_that_is_stopped_says_so_and_keeps_what_it_wrote(
    clip: Path, parts: Parts
) -> None:
    kept = _Kept()
    with ReadHere(
        lambda: open_source(str(clip)), should_stop=lambda: len(kept.results) == 3
    ) as reader:
        outcome = analyze_source(reader, parts, [kept], overlap=False)

    assert not outcome.complete
    assert [result.index for result in kept.results] == [0, 1, 2]


def test_what_is_on_its_way_when_an_analysis_is_stopped_is_written(
    clip: Path, parts: Parts
) -> None:
    kept = _Kept()
    with ReadAhead(
        lambda: open_source(str(clip)), should_stop=lambda: len(kept.results) >= 3
    ) as reader:
        outcome = analyze_source(reader, parts, [kept])

    assert outcome.frames == len(kept.results) >= 3
    assert [result.index for result in kept.results] == list(range(outcome.frames))


def test_ids_start_over_in_each_picture_of_a_folder(tmp_path: Path, parts: Parts) -> None:
    for name in ("a.jpg", "b.jpg", "c.jpg"):
        (tmp_path / name).write_bytes(portrait_path().read_bytes())

    outcome, results = _analyze(tmp_path, parts)

    assert [[face.face.track_id for face in result.faces] for result in results] == [[1]] * 3
    assert [result.name for result in results] == ["a.jpg", "b.jpg", "c.jpg"]
    assert outcome.pictures == ("a.jpg", "b.jpg", "c.jpg")
    assert outcome.faces == 3


def test_a_picture_is_searched_for_small_faces_as_a_whole() -> None:
    options = DetectorOptions(tiles_per_frame=2, max_faces=3)

    assert batch_options(options, SourceKind.IMAGES).tiles_per_frame is None
    assert batch_options(options, SourceKind.VIDEO).tiles_per_frame is not None
    assert batch_options(options, SourceKind.VIDEO).max_faces == 3


@pytest.mark.parametrize(("start_s", "stop_s"), [(3.0, 2.0), (2.0, 2.0), (None, 0.0)])
def test_a_part_without_length_is_refused(start_s: float | None, stop_s: float) -> None:
    with pytest.raises(UsageError, match="the end lies before the beginning"):
        Part(start_s, stop_s)


@pytest.mark.parametrize(
    ("info", "part", "said"),
    [
        (SourceInfo(SourceKind.IMAGES, "pics", "pics"), Part(start_s=1), "pictures have no times"),
        (SourceInfo(SourceKind.CAMERA, "camera", "0", live=True), Part(), "has no end"),
        (SourceInfo(SourceKind.DEMO, "Demo", "demo"), Part(start_s=1), "has no end"),
        (
            SourceInfo(SourceKind.VIDEO, "clip", "clip", duration_s=2.0),
            Part(start_s=2.0),
            "is over before the beginning: it has 2 s, and 2 s was asked for",
        ),
    ],
)
def test_a_part_that_a_source_does_not_have_is_refused(
    info: SourceInfo, part: Part, said: str
) -> None:
    with pytest.raises(SourceError, match=said):
        part.check(info)
