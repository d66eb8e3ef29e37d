from pathlib import Path

import cv2
import numpy as np
import pytest

from ferqt.core.emotions import EMOTIONS
from ferqt.errors import OutputError
from tests.helpers.face_crops import face_crops
from tests.helpers.sources import AS_GIVEN, source_of
from training.datasets.base import NO_LABEL, PARTS, TEST, TRAIN, VALIDATION, VOTES
from training.datasets.folders import Folders
from training.datasets.merge import MergeOptions, merge
from training.datasets.written import write_folders

HAPPY, FEAR = EMOTIONS.index("happy"), EMOTIONS.index("fear")
EACH_PART = [TRAIN, TRAIN, VALIDATION, TEST]


def test_the_importer_of_folders_reads_it_back(tmp_path: Path):
    source = source_of([HAPPY, FEAR, FEAR, HAPPY], images=[*face_crops(4)], parts=EACH_PART)
    data = merge([source])

    assert write_folders(data, tmp_path / "out", "own") == 0
    again = merge([Folders().load(tmp_path / "out")])

    for part in PARTS:
        before, after = data.splits[part], again.splits[part]
        order = np.argsort([EMOTIONS[label] for label in before.labels], kind="stable")
        assert after.labels.tolist() == before.labels[order].tolist()
        np.testing.assert_array_equal(after.images, before.images[order])


def test_names_tell_part_class_source_and_place(tmp_path: Path):
    names = ["row 3", "fear/A.png", "fear/a.png", "fear_a"]
    data = merge([source_of([FEAR] * 4, parts=TRAIN, names=names)], AS_GIVEN)

    write_folders(data, tmp_path, "own")

    written = sorted(path.name for path in (tmp_path / "train" / "fear").iterdir())
    assert written == ["one_fear_A.png", "one_fear_a-2.png", "one_fear_a-3.png", "one_row_3.png"]


def test_the_class_is_the_raters_where_that_is_wanted(tmp_path: Path):
    votes = np.zeros((3, len(VOTES)))
    votes[0, FEAR] = 10
    votes[1, :2] = 5
    data = merge([source_of([HAPPY] * 3, parts=TRAIN, votes=votes)], AS_GIVEN)

    left_out = write_folders(data, tmp_path, "majority")

    assert left_out == 1
    assert [path.name for path in (tmp_path / "train" / "fear").iterdir()] == ["one_row_0.png"]
    assert [path.name for path in (tmp_path / "train" / "happy").iterdir()] == ["one_row_2.png"]


def test_colors_and_pictures_without_label(tmp_path: Path):
    red = np.zeros((48, 48, 3), np.uint8)
    red[..., 0] = 200
    images = [red, np.zeros((48, 48, 3), np.uint8)]
    source = source_of([HAPPY, NO_LABEL], images=images, parts=TRAIN)
    data = merge([source], MergeOptions(color="rgb", validation=0.0, test=0.0))

    assert write_folders(data, tmp_path, "own") == 1

    (path,) = tmp_path.rglob("*.png")
    assert cv2.imread(str(path))[0, 0].tolist() == [0, 0, 200]


def test_a_folder_that_holds_something_is_refused(tmp_path: Path):
    (tmp_path / "old.png").write_bytes(b"")

    with pytest.raises(OutputError, match="Choose a new folder"):
        write_folders(merge([source_of([HAPPY], parts=TRAIN)]), tmp_path, "own")
