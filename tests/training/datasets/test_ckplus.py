from pathlib import Path

import numpy as np
import pytest

from ferqt.core.emotions import CK7, EMOTIONS
from ferqt.errors import FerqtError
from tests.helpers.datasets import (
    CK_FOLDERS,
    published_ckplus,
    write_ckplus,
    write_folders,
    zipped,
)
from training.crops import TOLERANCE, measure_crop
from training.datasets.base import PARTS
from training.datasets.ckplus import CK_CROP, CkPlus
from training.datasets.merge import merge


def test_persons_come_from_file_names(tmp_path: Path):
    source = CkPlus().load(write_ckplus(tmp_path / "made"))

    assert len(source) == 3 * 3 * 7
    assert source.subjects[:9].tolist() == ["S010"] * 3 + ["S011"] * 3 + ["S502"] * 3
    assert source.names[0] == "anger/S010_001_00000017.png"
    assert {EMOTIONS[label] for label in source.labels} == set(CK7.names)


def test_the_archive_gives_the_same_as_the_folder(tmp_path: Path):
    folder = write_ckplus(tmp_path / "made")

    unpacked, packed = CkPlus().load(folder), CkPlus().load(zipped(folder))

    assert packed.names.tolist() == unpacked.names.tolist()
    assert packed.subjects.tolist() == unpacked.subjects.tolist()
    np.testing.assert_array_equal(np.stack(packed.images), np.stack(unpacked.images))


def test_somebodys_division_by_picture_does_not_count(tmp_path: Path):
    write_ckplus(tmp_path / "train")
    write_ckplus(tmp_path / "test")
    for part in ("train", "test"):
        for name in CK_FOLDERS:
            (tmp_path / part / "CK+48" / name).rename(tmp_path / part / name)
        (tmp_path / part / "CK+48").rmdir()

    source = CkPlus().load(tmp_path)

    assert set(source.parts.tolist()) == {""}
    assert set(source.subjects.tolist()) == {"S010", "S011", "S502"}


def test_a_file_name_without_a_person_is_refused(tmp_path: Path):
    with pytest.raises(FerqtError, match=r"anger/0\.png: .* does not begin with the person"):
        CkPlus().load(write_folders(tmp_path, ["anger", "fear"], count=1))


def test_the_published_pictures_are_divided_by_person():
    source = CkPlus().load(published_ckplus())
    data = merge([source])

    subjects = [set(data.splits[part].subjects.tolist()) for part in PARTS]
    assert all(subjects)
    assert len(set.union(*subjects)) == sum(map(len, subjects)) == len(set(source.subjects))


def test_the_published_pictures_have_their_faces_where_the_crop_says():
    places = measure_crop(CkPlus().load(published_ckplus()), limit=40)

    np.testing.assert_allclose(places.median(), (*CK_CROP.eyes, CK_CROP.mouth), atol=TOLERANCE)
