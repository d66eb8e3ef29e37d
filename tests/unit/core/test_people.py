"""Names and merges: one id and one name for each face, whatever was merged into what."""

import copy
import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ferqt.core.people import MAX_NAME, People
from ferqt.core.types import FaceBox, TrackedFace
from ferqt.errors import FerqtError

IDS = st.integers(1, 8)


def tracked(track_id: int) -> TrackedFace:
    return TrackedFace(track_id, FaceBox(10 * track_id, 0, 5, 5), 1)


def shown(people: People, *track_ids: int) -> dict[int, tuple[int, str]]:
    """Id and name under which each of the tracker's faces of a frame goes."""
    faces = [tracked(track_id) for track_id in track_ids]
    return {
        round(face.box.x / 10): (face.track_id, name) for face, name in people.recognized(faces)
    }


def test_nobody_is_named_or_merged_at_first() -> None:
    assert People().id_of(3) == 3
    assert People().name_of(3) == ""
    assert shown(People(), 1, 2) == {1: (1, ""), 2: (2, "")}


def test_a_name_can_be_given_changed_and_taken_away() -> None:
    people = People().renamed(3, "Anna").renamed(3, "Berta")
    assert people.name_of(3) == "Berta"
    assert shown(people, 3) == {3: (3, "Berta")}
    assert people.renamed(3, "  ") == People()


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  Anna \n Maria\t", "Anna Maria"),
        ("A\x00nna", "A nna"),
        ("Grüße 顔", "Grüße 顔"),
        ("x" * 200, "x" * MAX_NAME),
    ],
)
def test_a_name_is_one_short_line(typed: str, kept: str) -> None:
    assert People().renamed(1, typed).name_of(1) == kept


def test_a_merged_face_goes_by_the_others_id_and_name() -> None:
    people = People().renamed(1, "Anna").renamed(5, "Somebody").merged_into(5, 1)
    assert people.id_of(5) == 1
    assert people.name_of(5) == "Anna"
    assert shown(people, 5) == {5: (1, "Anna")}


def test_a_nameless_face_takes_over_the_name_of_the_one_merged_into_it() -> None:
    people = People().renamed(5, "Anna").merged_into(5, 1)
    assert people.name_of(1) == "Anna"


def test_chains_of_merges_lead_to_the_last() -> None:
    people = People().merged_into(5, 3).merged_into(3, 2).merged_into(7, 5)
    assert [people.id_of(track_id) for track_id in (7, 5, 3, 2)] == [2, 2, 2, 2]
    assert people.renamed(7, "Anna").name_of(3) == "Anna"


@pytest.mark.parametrize(("track_id", "into"), [(3, 3), (1, 2), (2, 1), (4, 2)])
def test_merging_a_face_into_itself_is_refused(track_id: int, into: int) -> None:
    people = People().merged_into(2, 1).merged_into(4, 1)
    with pytest.raises(FerqtError, match="the same already") as caught:
        people.merged_into(track_id, into)
    assert caught.value.hint


@given(st.lists(st.tuples(IDS, IDS), max_size=12), st.sets(IDS))
def test_any_merges_leave_ids_unique_in_every_frame(
    merges: list[tuple[int, int]], seen: set[int]
) -> None:
    people = People()
    for track_id, into in merges:
        if people.id_of(track_id) != people.id_of(into):
            people = people.merged_into(track_id, into)
    assert not set(people.merged) & set(people.merged.values())
    for track_id in range(1, 9):
        assert people.id_of(people.id_of(track_id)) == people.id_of(track_id)
    ids = [track_id for track_id, _ in shown(people, *seen).values()]
    assert len(set(ids)) == len(seen)
    assert {people.id_of(track_id) for track_id in seen} <= set(ids)


def test_of_two_merged_faces_in_one_frame_the_one_whose_id_it_is_goes_by_it() -> None:
    people = People().renamed(4, "Anna").merged_into(2, 4).merged_into(3, 4)
    assert shown(people, 2, 4) == {2: (2, ""), 4: (4, "Anna")}
    assert shown(people, 3, 2) == {2: (4, "Anna"), 3: (3, "")}
    assert shown(people, 3) == {3: (4, "Anna")}


def test_people_compare_by_value_and_can_be_copied() -> None:
    people = People().renamed(1, "Anna").merged_into(2, 1)
    assert people == People({1: "Anna"}, {2: 1})
    assert copy.deepcopy(people) == people
    assert pickle.loads(pickle.dumps(people)) == people


def test_people_cannot_be_changed_from_outside() -> None:
    names = {1: "Anna"}
    people = People(names)
    names[1] = "Berta"
    assert people.name_of(1) == "Anna"
    with pytest.raises(TypeError):
        people.names[1] = "Berta"  # type: ignore[index]
