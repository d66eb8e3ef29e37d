from pathlib import Path

import numpy as np
import pytest

from ferqt.classifiers.card import FER_CROP, BoxCrop
from ferqt.errors import FerqtError, OutputError
from tests.helpers.sources import source_of
from training.datasets.base import PARTS, TEST, TRAIN, VALIDATION, VOTES
from training.datasets.merge import merge
from training.datasets.prepared import read_prepared, write_prepared

EACH_PART = [TRAIN, TRAIN, VALIDATION, TEST]


@pytest.mark.parametrize("crop", [FER_CROP, BoxCrop(0.25)])
def test_what_is_written_reads_back_the_same(crop, tmp_path: Path):
    votes = np.eye(4, len(VOTES))
    source = source_of([0, 1, 2, -1], parts=EACH_PART, subjects="äö", votes=votes, crop=crop)
    data = merge([source])

    write_prepared(data, tmp_path / "new" / "data.npz")
    again = read_prepared(tmp_path / "new" / "data.npz")

    assert again.sha256() == data.sha256()
    for field in ("id", "sources", "votes_from", "split_names", "dropped", "crop", "licence"):
        assert getattr(again, field) == getattr(data, field)
    assert [again.splits[part].name for part in PARTS] == [data.splits[p].name for p in PARTS]
    assert again.splits[TRAIN].subjects.tolist() == ["one/äö"] * 2


def test_nothing_there_says_how_to_make_it(tmp_path: Path):
    with pytest.raises(FerqtError, match="python -m training prepare"):
        read_prepared(tmp_path / "data.npz")


def test_a_file_that_was_cut_off_is_one_clear_error(tmp_path: Path):
    path = tmp_path / "data.npz"
    write_prepared(merge([source_of([0, 1, 2, 3], parts=EACH_PART)]), path)
    path.write_bytes(path.read_bytes()[:-100])

    with pytest.raises(FerqtError, match="cannot read prepared data"):
        read_prepared(path)


def test_an_array_of_objects_is_not_unpickled(tmp_path: Path):
    path = tmp_path / "data.npz"
    np.savez(path, about=np.array([{"id": "one"}], dtype=object))

    with pytest.raises(FerqtError, match="cannot read prepared data"):
        read_prepared(path)


def test_a_place_that_cannot_be_written_is_told(tmp_path: Path):
    (tmp_path / "file").write_text("in the way")

    with pytest.raises(OutputError, match="cannot write"):
        write_prepared(merge([source_of([0], parts=TRAIN)]), tmp_path / "file" / "data.npz")
