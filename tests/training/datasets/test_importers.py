"""What holds for every importer of the registry, on a small data set in its published layout."""

from pathlib import Path

import numpy as np
import pytest

from ferqt.classifiers.card import AlignedCrop
from ferqt.core.emotions import EMOTIONS
from ferqt.errors import FerqtError
from tests.helpers.datasets import SMALL_DATASETS
from training.datasets.base import PARTS, Source
from training.datasets.registry import IMPORTERS, importer

EVERY = pytest.mark.parametrize("dataset_id", IMPORTERS)


@pytest.fixture(scope="module", params=IMPORTERS)
def source(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Source:
    place = SMALL_DATASETS[request.param](tmp_path_factory.mktemp(request.param))
    return importer(request.param).load(place)


def test_what_is_known_of_a_picture_is_known_of_each(source: Source):
    assert IMPORTERS[source.id].title
    columns = (source.images, source.labels, source.parts, source.subjects, source.names)
    assert {len(column) for column in columns} == {len(source)}
    assert len(source) > 0
    assert source.labels.dtype == np.int64
    assert set(source.labels.tolist()) <= set(range(len(EMOTIONS)))
    assert set(source.parts.tolist()) <= {"", *PARTS}
    assert set(source.split_names) <= set(PARTS)
    assert len(set(source.names.tolist())) == len(source)
    assert source.licence.endswith(".")


def test_pictures_are_eight_bit_gray_or_rgb_with_a_face_in_a_known_place(source: Source):
    for image in source.images:
        assert image.dtype == np.uint8
        assert image.ndim == 2 or image.shape[2:] == (3,)
    assert isinstance(source.crop, AlignedCrop)


@EVERY
def test_a_data_set_that_is_not_there_is_one_clear_error(dataset_id: str, tmp_path: Path):
    with pytest.raises(FerqtError, match="nowhere"):
        importer(dataset_id).load(tmp_path / "nowhere")


@EVERY
def test_an_empty_folder_is_one_clear_error(dataset_id: str, tmp_path: Path):
    with pytest.raises(FerqtError, match=tmp_path.name):
        importer(dataset_id).load(tmp_path)


def test_an_unknown_data_set_is_told_with_the_known_ones():
    with pytest.raises(FerqtError, match="fer2013, ckplus, rafdb, affectnet, folders"):
        importer("imagenet")
