import lzma
from pathlib import Path

import numpy as np
import pytest

from ferqt.classifiers.card import FER_CROP
from ferqt.core.emotions import EMOTIONS
from ferqt.errors import FerqtError
from tests.helpers.datasets import write_folders
from tests.helpers.fer2013 import picture, write_fer2013
from training.datasets.base import TEST, TRAIN, VALIDATION
from training.datasets.fer2013 import Fer2013

ROWS = [
    (0, picture(0, 1), "Training"),
    (1, picture(1, 1), "Training"),
    (2, picture(2, 1), "Training"),
    (5, picture(5, 9), "PublicTest"),
    (6, picture(6, 1), "Training"),
    (5, picture(5, 9), "Training"),
    (4, picture(4, 2), "PrivateTest"),
]
"""Parts are mixed, and a picture of PublicTest stands in Training too."""


@pytest.fixture
def csv_file(tmp_path: Path) -> Path:
    return write_fer2013(tmp_path / "fer2013.csv", ROWS)


def test_every_row_comes_back_in_its_order_with_pixels_label_and_part(csv_file: Path):
    source = Fer2013().load(csv_file)

    wanted = ["angry", "disgust", "fear", "surprise", "neutral", "surprise", "sad"]
    assert [EMOTIONS[label] for label in source.labels] == wanted
    assert source.parts.tolist() == [TRAIN, TRAIN, TRAIN, VALIDATION, TRAIN, TRAIN, TEST]
    assert source.names[[0, 6]].tolist() == ["row 0", "row 6"]
    for image, (_, written, _) in zip(source.images, ROWS, strict=True):
        np.testing.assert_array_equal(image, written)
    assert source.split_names[TEST] == "private"
    assert (source.crop, source.votes) == (FER_CROP, None)


def test_an_xz_file_gives_the_same_pictures(csv_file: Path, tmp_path: Path):
    compressed = tmp_path / "fer2013.csv.xz"
    compressed.write_bytes(lzma.compress(csv_file.read_bytes()))

    np.testing.assert_array_equal(
        np.stack(Fer2013().load(compressed).images), np.stack(Fer2013().load(csv_file).images)
    )


def test_columns_may_stand_in_another_order_behind_blanks(csv_file: Path, tmp_path: Path):
    lines = [line.split(",") for line in csv_file.read_text(encoding="ascii").splitlines()]
    turned = tmp_path / "icml_face_data.csv"
    text = "\n".join(f"{emotion}, {usage}, {pixels}" for emotion, pixels, usage in lines)
    turned.write_text(text, encoding="ascii")

    assert Fer2013().load(turned).parts.tolist() == Fer2013().load(csv_file).parts.tolist()


def test_folders_of_its_pictures_are_read_with_its_crop(tmp_path: Path):
    write_folders(tmp_path, ["train/angry", "train/disgust", "test/angry"], count=2)

    source = Fer2013().load(tmp_path)

    assert source.id == "fer2013"
    assert source.parts.tolist() == [TEST] * 2 + [TRAIN] * 4
    assert source.crop == FER_CROP


PIXELS = "0 " * 2304


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("emotion,Usage\n0,Training\n", "has no column pixels"),
        ("", "has no column emotion, pixels, Usage"),
        ("emotion,pixels,Usage\n0,1 2 3,Training\n", "row 0: 3 pixels"),
        ("emotion,pixels,Usage\n0,1 two 3,Training\n", "row 0: pixels are not whole numbers"),
        ("emotion,pixels,Usage\n0\n", "row 0: 0 pixels"),
        ("emotion,pixels,Usage\n0," + "256 " * 2304 + ",Training\n", "row 0: a pixel is outside"),
        (f"emotion,pixels,Usage\n7,{PIXELS},Training\n", "row 0: unknown emotion '7'"),
        (f"emotion,pixels,Usage\n-1,{PIXELS},Training\n", "unknown emotion '-1'"),
        (f"emotion,pixels,Usage\n0,{PIXELS},Test\n", "row 0: unknown Usage 'Test'"),
        (f"emotion,pixels,Usage\n0,{PIXELS},Training\n", "no rows of PublicTest"),
        ("emotion,pixels,Usage\n0,\u00e4,Training\n", "cannot read"),
    ],
)
def test_a_malformed_file_is_told_by_file_and_row(tmp_path: Path, text: str, said: str):
    path = tmp_path / "fer2013.csv"
    path.write_text(text, encoding="utf-8")

    with pytest.raises(FerqtError, match=said) as error:
        Fer2013().load(path)
    assert "fer2013.csv" in error.value.message


def test_a_damaged_archive_is_one_clear_error(tmp_path: Path, csv_file: Path):
    path = tmp_path / "fer2013.csv.xz"
    path.write_bytes(lzma.compress(csv_file.read_bytes())[:300])

    with pytest.raises(FerqtError, match=r"cannot read .*fer2013\.csv\.xz"):
        Fer2013().load(path)
