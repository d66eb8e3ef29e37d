import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.helpers.datasets import published_ckplus
from tests.helpers.sources import source_of
from training.datasets.base import PARTS, TEST, TRAIN, VALIDATION
from training.datasets.ckplus import CkPlus
from training.datasets.splits import assign_parts

PICTURES = st.lists(
    st.tuples(st.integers(-1, 7), st.sampled_from(["", *"abcdefgh"])), min_size=1, max_size=60
)
SHARES = st.sampled_from([0.0, 0.05, 0.15, 0.3, 0.45])

# A time limit for each example would fail tests on a busy machine.
UNHURRIED = settings(deadline=None, max_examples=60)


@UNHURRIED
@given(PICTURES, SHARES, SHARES, st.integers(0, 99))
def test_no_person_stands_in_two_parts(pictures, validation: float, test: float, seed: int):
    labels, subjects = zip(*pictures, strict=True)
    source = source_of(labels, subjects=subjects)

    parts = assign_parts(source, validation, test, seed)

    assert set(parts) <= set(PARTS)
    for name in set(subjects) - {""}:
        assert len(set(parts[source.subjects == name])) == 1


@UNHURRIED
@given(PICTURES, st.integers(0, 99))
def test_validation_taken_from_a_published_training_part_divides_no_person(pictures, seed: int):
    labels, subjects = zip(*pictures, strict=True)
    source = source_of(
        (*labels, 0), subjects=(*subjects, ""), parts=[*([TRAIN] * len(labels)), TEST]
    )

    parts = assign_parts(source, 0.3, 0.3, seed)

    assert (parts == TEST).tolist() == (source.parts == TEST).tolist()
    for name in set(subjects) - {""}:
        assert len(set(parts[source.subjects == name])) == 1


def test_published_parts_stay():
    published = [TRAIN, VALIDATION, TEST, TEST, VALIDATION, TRAIN]

    parts = assign_parts(source_of([0] * 6, parts=published), 0.3, 0.3, seed=1)

    assert parts.tolist() == published


def test_pictures_of_unknown_people_are_shared_out_class_by_class():
    labels = [0] * 200 + [5] * 40 + [7] * 20

    parts = assign_parts(source_of(labels), 0.15, 0.25, seed=3)

    for label, size in ((0, 200), (5, 40), (7, 20)):
        rows = np.array(labels) == label
        shares = [(parts[rows] == part).sum() / size for part in PARTS]
        assert shares == pytest.approx([0.6, 0.15, 0.25], abs=1.01 / size)


@pytest.mark.parametrize(("validation", "test"), [(0.0, 0.2), (0.2, 0.0), (0.0, 0.0)])
def test_a_share_of_zero_makes_no_part(validation: float, test: float):
    # One person with all of the rare class overfills the training part.
    source = source_of([3] * 5 + [0] * 20, subjects=["a"] * 8 + [""] * 17)

    parts = assign_parts(source, validation, test, seed=0)

    assert (VALIDATION in parts) == (validation > 0)
    assert (TEST in parts) == (test > 0)


def test_the_seed_alone_decides():
    source = source_of([0, 1, 2, 3] * 20, subjects=[f"s{i % 23}" for i in range(80)])

    first, again, other = (assign_parts(source, 0.2, 0.2, seed) for seed in (1, 1, 2))

    assert first.tolist() == again.tolist()
    assert first.tolist() != other.tolist()


def test_the_parts_of_ckplus_have_its_classes_and_share_no_person():
    source = CkPlus().load(published_ckplus())

    parts = assign_parts(source, 0.15, 0.15, seed=1)

    people = [set(source.subjects[parts == part]) for part in PARTS]
    assert sum(map(len, people)) == len(set(source.subjects))
    for label in set(source.labels):
        rows = source.labels == label
        shares = [(parts[rows] == part).mean() for part in PARTS]
        # A sequence of three pictures is 6 % of the rarest class.
        assert shares == pytest.approx([0.7, 0.15, 0.15], abs=0.05)
