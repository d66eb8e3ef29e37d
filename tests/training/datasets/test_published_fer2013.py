"""What others report on FER2013 and FER+ can be compared only if the same rows count."""

import numpy as np
import pytest

from ferqt.core.emotions import FER7, FERPLUS8, LabelSet
from tests.helpers.datasets import published_ferplus
from tests.helpers.fer2013 import published_file
from training.datasets.base import NO_LABEL, PARTS, TEST, TRAIN, Dataset, Source
from training.datasets.fer2013 import Fer2013
from training.datasets.ferplus import add_votes
from training.datasets.labels import labels_in
from training.datasets.merge import merge

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]


@pytest.fixture(scope="module")
def source() -> Source:
    return Fer2013().load(published_file())


@pytest.fixture(scope="module")
def data(source: Source) -> Dataset:
    return merge([add_votes(source, published_ferplus())])


def test_the_rows_and_classes_are_those_published(source: Source):
    assert len(source) == 35_887
    assert [int((source.parts == part).sum()) for part in PARTS] == [28_709, 3_589, 3_589]


def test_with_ferplus_it_is_what_the_models_were_trained_on(data: Dataset):
    assert data.sha256() == "1fcf604d00e2c8beb3f7e6acabb8eb041588e8b0cff916402a0d3894282807b0"


def test_the_test_part_has_its_published_classes(data: Dataset):
    labels = labels_in(data.splits[TEST], FER7, "own")

    assert np.bincount(labels).tolist() == [491, 55, 528, 879, 594, 416, 626]


def test_doubtful_rows_and_leaks_leave_the_training_part(data: Dataset):
    assert data.dropped == {
        "unnamed by FER+": 148,
        "FER+ name used twice": 1,
        "no face by FER+": 2,
        "same picture in another part": 692,
    }
    assert len(data.splits[TRAIN]) == 28_709 - 148 - 1 - 2 - 692


WITHOUT_CONTEMPT = LabelSet("ferplus7", FERPLUS8.names[:-1])


@pytest.mark.parametrize(("labels", "count"), [(FERPLUS8, 3_153), (WITHOUT_CONTEMPT, 3_137)])
def test_the_majority_of_raters_names_the_published_number_of_test_rows(
    data: Dataset, labels: LabelSet, count: int
):
    named = labels_in(data.splits[TEST], labels, "majority")

    assert int((named != NO_LABEL).sum()) == count
