"""Statistics of a running session, against sums made by hand."""

import pytest

from ferqt.core.emotions import FER7, FERPLUS8, LabelSet
from ferqt.core.statistics import ExpressionStatistics, FaceStatistics, SessionStatistics
from ferqt.core.types import FaceResult, FrameResult
from tests.helpers.readings import face, scores


def shows(
    track_id: int, name: str, confidence: float = 0.75, *, uncertain: bool = False
) -> FaceResult:
    """A face whose shown value differs from the one of its frame."""
    shown = scores({name: confidence}, uncertain=uncertain)
    return face(track_id, (0, 0, 9, 9), scores({"contempt": 1.0}), smoothed=shown)


def at(ms: int, *faces: FaceResult, name: str = "") -> FrameResult:
    return FrameResult(None, 0, None if name else ms / 1000, ms, faces, "model", name=name)


def of(told: FaceStatistics | None, name: str) -> ExpressionStatistics:
    assert told is not None
    return next(entry for entry in told.expressions if entry.name == name)


@pytest.fixture
def statistics() -> SessionStatistics:
    return SessionStatistics()


def test_a_reading_counts_until_the_next_frame_however_far_that_is(
    statistics: SessionStatistics,
) -> None:
    # happy for 100 + 300 ms, sad for 200 ms; the last frame has not held yet.
    statistics.add(
        [
            at(1000, shows(1, "happy", 0.5)),
            at(1100, shows(1, "happy", 0.9)),
            at(1400, shows(1, "sad", 0.6, uncertain=True)),
            at(1600, shows(1, "happy")),
        ]
    )
    told = statistics.of_face(1)
    assert told is not None
    assert (told.seconds, told.frames) == (0.6, 4)
    assert (of(told, "happy").seconds, of(told, "sad").seconds) == (0.4, 0.2)
    assert of(told, "happy").share == pytest.approx(4 / 6)
    assert (of(told, "happy").frames, of(told, "sad").frames) == (3, 1)
    assert of(told, "happy").confidence == pytest.approx((0.1 * 0.5 + 0.3 * 0.9) / 0.4)
    assert told.confidence == pytest.approx((0.1 * 0.5 + 0.3 * 0.9 + 0.2 * 0.6) / 0.6)
    assert told.uncertain == pytest.approx(0.2 / 0.6)
    assert (of(told, "fear").seconds, of(told, "fear").confidence) == (0, None)


def test_a_gap_a_step_back_and_a_new_start_count_for_no_time(
    statistics: SessionStatistics,
) -> None:
    statistics.add([at(0, shows(1, "happy")), at(900, shows(1, "happy"))])
    # A pause and a jump: more than 0.9 s to the next frame.
    statistics.add([at(1801, shows(1, "happy")), at(1901, shows(1, "happy"))])
    # Session time starts over.
    statistics.add([at(5, shows(1, "happy")), at(15, shows(1, "happy"))])
    told = statistics.of_face(1)
    assert told is not None
    assert told.seconds == 0.9 + 0.1 + 0.01
    assert told.frames == 6


def test_a_lost_face_counts_until_the_frame_without_it(statistics: SessionStatistics) -> None:
    statistics.add(
        [at(0, shows(1, "sad")), at(40), at(80), at(120, shows(1, "sad")), at(150, shows(2, "sad"))]
    )
    told = statistics.of_face(1)
    assert told is not None
    assert told.seconds == 0.04 + 0.03


def test_faces_are_told_apart_and_summed_up(statistics: SessionStatistics) -> None:
    statistics.add(
        [
            at(0, shows(1, "happy", 0.5), shows(4, "sad", 0.7)),
            at(300, shows(4, "sad", 0.7)),
            at(400),
        ]
    )
    assert statistics.track_ids == (1, 4)
    both = statistics.of_all()
    assert both.seconds == 0.7
    assert both.frames == 3
    assert (of(both, "happy").share, of(both, "sad").share) == pytest.approx((3 / 7, 4 / 7))
    assert both.confidence == pytest.approx((0.3 * 0.5 + 0.4 * 0.7) / 0.7)
    assert statistics.of_face(2) is None


def test_episodes_are_runs_of_half_a_second_without_a_break(statistics: SessionStatistics) -> None:
    def run(start_ms: int, name: str, length_ms: int) -> list[FrameResult]:
        return [at(ms, shows(1, name)) for ms in range(start_ms, start_ms + length_ms, 100)]

    statistics.add(
        [
            *run(0, "happy", 500),  # one, exactly long enough
            *run(500, "sad", 400),  # too short
            *run(900, "happy", 1500),  # one, however long
            *run(2400, "sad", 300),
            at(2700),  # lost for a moment: what comes next is another run
            *run(2800, "sad", 300),
            *run(3100, "angry", 600),  # one
            # A pause ends a run: 0.4 s before and 0.4 s after are none.
            *run(3700, "fear", 500),
            *run(6000, "fear", 500),
        ]
    )
    told = statistics.of_face(1)
    assert {entry.name: entry.episodes for entry in told.expressions if entry.episodes} == {
        "happy": 2,
        "angry": 1,
    }


def test_an_episode_counts_as_soon_as_it_is_one(statistics: SessionStatistics) -> None:
    counts = []
    for ms in range(0, 1201, 200):
        statistics.add([at(ms, shows(1, "happy"))])
        counts.append(of(statistics.of_face(1), "happy").episodes)
    assert counts == [0, 0, 0, 1, 1, 1, 1]


def test_pictures_count_by_number(statistics: SessionStatistics) -> None:
    statistics.add(
        [
            at(0, shows(1, "happy", 0.8), name="a.jpg"),
            at(1000, shows(2, "sad", 0.4, uncertain=True), name="b.jpg"),
            at(1001, shows(3, "sad", 0.6), name="a.jpg"),
        ]
    )
    told = statistics.of_all()
    assert (told.seconds, told.frames) == (0, 3)
    assert of(told, "sad").share == pytest.approx(2 / 3)
    assert of(told, "sad").confidence == pytest.approx(0.5)
    assert told.confidence == pytest.approx(0.6)
    assert told.uncertain == pytest.approx(1 / 3)
    assert of(told, "sad").episodes == 0


def test_a_frame_that_is_read_again_counts_once(statistics: SessionStatistics) -> None:
    statistics.add([at(0, shows(1, "happy")), at(0, shows(1, "sad", 0.5)), at(200)])
    told = statistics.of_face(1)
    assert told is not None
    assert (told.frames, told.seconds) == (1, 0.2)
    assert (of(told, "happy").frames, of(told, "sad").seconds) == (0, 0.2)


def test_a_merged_face_counts_for_the_other(statistics: SessionStatistics) -> None:
    statistics.add([at(0, shows(1, "happy")), at(100, shows(2, "sad")), at(200, shows(2, "sad"))])
    statistics.merge(2, into=1)
    statistics.merge(9, into=1)
    statistics.add([at(300, shows(1, "sad")), at(350)])
    assert statistics.track_ids == (1,)
    told = statistics.of_face(1)
    assert (of(told, "happy").seconds, of(told, "sad").seconds) == (0.1, 0.25)


def test_classes_of_all_models_are_listed_in_the_order_of_tables(
    statistics: SessionStatistics,
) -> None:
    own = LabelSet("own", ("bored", "happy"))
    statistics.add(
        [
            at(0, face(1, (0, 0, 9, 9), scores({"bored": 0.9}, own))),
            at(100, face(1, (0, 0, 9, 9), scores({"happy": 0.9}, FER7))),
        ]
    )
    told = statistics.of_face(1)
    assert told is not None
    assert tuple(entry.name for entry in told.expressions) == (
        *(name for name in ("neutral", "happy", "sad", "angry", "fear", "disgust", "surprise")),
        "bored",
    )


def test_memory_stays_flat_and_no_time_is_lost(statistics: SessionStatistics) -> None:
    few = SessionStatistics(most_faces=3)
    few.add([at(100 * number, shows(number, "happy")) for number in range(11)])
    assert few.track_ids == (8, 9, 10)
    assert few.of_all().seconds == 1.0
    assert few.of_all().frames == 11


def test_clear_forgets_everything(statistics: SessionStatistics) -> None:
    statistics.add([at(0, shows(1, "happy")), at(500, shows(1, "happy"))])
    statistics.clear()
    assert statistics.track_ids == ()
    assert statistics.of_all() == FaceStatistics(0, 0, None, None, ())
    statistics.add([at(600, shows(1, "happy"))])
    assert statistics.of_all().seconds == 0
    assert len(statistics.of_all().expressions) == len(FERPLUS8)
