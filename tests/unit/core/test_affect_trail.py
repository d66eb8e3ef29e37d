"""Trails on the plane of valence and arousal."""

import pytest

from ferqt.core.affect import COORDINATES
from ferqt.core.affect_trail import AffectTrail, AffectTrails
from ferqt.core.types import FaceResult, FrameResult
from tests.helpers.readings import face, sample, scores


def shows(track_id: int, name: str = "", **given: float) -> FaceResult:
    shown = scores(given)
    return face(track_id, (0, 0, 9, 9), scores({"fear": 1.0}), smoothed=shown, name=name)


def seconds(start: float, stop: float, *faces: FaceResult) -> list[FrameResult]:
    return [sample(step / 10, *faces) for step in range(round(10 * start), round(10 * stop))]


def of(trails: AffectTrails, track_id: int) -> AffectTrail:
    trail = trails.trail(track_id)
    assert trail is not None
    return trail


@pytest.fixture
def trails() -> AffectTrails:
    return AffectTrails(length_s=2.0, longest_s=10.0)


def test_a_face_is_where_its_shown_reading_lies(trails: AffectTrails) -> None:
    trails.add([sample(0.5, shows(3, "Anna", happy=1.0))])
    trail = of(trails, 3)
    assert trail.now is not None
    assert (trail.now.valence, trail.now.arousal) == pytest.approx(COORDINATES["happy"])
    assert (trail.name, trail.expression, trail.present) == ("Anna", "happy", True)
    assert trail.pieces == ((trail.now,),)


def test_the_trail_is_as_long_as_it_is_set(trails: AffectTrails) -> None:
    trails.add(seconds(0, 8, shows(1, happy=1.0)))
    (piece,) = of(trails, 1).pieces
    assert piece[0].session_s == pytest.approx(7.9 - 2.0, abs=0.11)
    trails.length_s = 5.0
    (piece,) = of(trails, 1).pieces
    assert piece[0].session_s == pytest.approx(7.9 - 5.0, abs=0.11)


def test_a_lost_face_a_gap_and_an_expression_without_a_place_break_the_trail(
    trails: AffectTrails,
) -> None:
    happy = shows(1, happy=1.0)
    trails.length_s = 10.0
    trails.add([*seconds(0, 0.5, happy), sample(0.5), *seconds(0.6, 1, happy)])
    trails.add([*seconds(3, 3.5, happy), *seconds(3.5, 4, shows(1, contempt=0.9))])
    assert [len(piece) for piece in of(trails, 1).pieces] == [5, 4, 5]
    assert of(trails, 1).now is None
    assert of(trails, 1).present
    trails.add(seconds(4, 4.2, happy))
    assert [len(piece) for piece in of(trails, 1).pieces] == [5, 4, 5, 2]


def test_a_face_that_left_keeps_its_trail_until_it_has_faded(trails: AffectTrails) -> None:
    trails.add([*seconds(0, 1, shows(1, happy=1.0)), *seconds(1, 2, shows(2, sad=1.0))])
    assert of(trails, 1).now is None
    assert of(trails, 1).pieces
    assert trails.present_ids == (2,)
    trails.add(seconds(2, 13, shows(2, sad=1.0)))
    assert trails.trail(1) is None
    assert trails.track_ids == (2,)


def test_points_are_few_whatever_the_rate_of_results(trails: AffectTrails) -> None:
    trails.add([sample(step / 200, shows(1, happy=1.0)) for step in range(201)])
    (piece,) = of(trails, 1).pieces
    assert 14 <= len(piece) <= 16


def test_a_new_session_begins_with_an_empty_plane(trails: AffectTrails) -> None:
    trails.add(seconds(0, 1, shows(1, happy=1.0)))
    trails.add([sample(0.1, shows(2, sad=1.0))])
    assert trails.track_ids == (2,)
    trails.clear()
    assert trails.track_ids == ()
    assert trails.present_ids == ()
