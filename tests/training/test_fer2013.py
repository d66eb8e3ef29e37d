import lzma
from pathlib import Path

import numpy as np
import pytest

from ferqt.classifiers.card import FER_CROP
from ferqt.errors import FerqtError
from tests.helpers.fer2013 import FERPLUS_COLUMNS, picture, published_file, write_fer2013
from training.datasets.base import TEST, TRAIN, VALIDATION
from training.datasets.fer2013 import Fer2013
from training.datasets.prepared import read_dataset, write_prepared

TEN_ROWS = [
    (0, picture(0, 1), "Training"),
    (1, picture(1, 1), "Training"),
    (2, picture(2, 1), "Training"),
    (3, picture(3, 1), "Training"),
    (4, picture(4, 1), "Training"),
    (5, picture(5, 9), "Training"),
    (5, picture(5, 9), "PublicTest"),
    (6, picture(6, 1), "PublicTest"),
    (3, picture(3, 2), "PrivateTest"),
    (3, picture(3, 2), "PrivateTest"),
]
"""Row 5 stands in a test part too; the two test rows that are alike stay."""


def ferplus(path: Path, votes: dict[int, tuple[str, ...]], rows: int = 10) -> Path:
    """FER+'s file: nine raters say happiness in every row that `votes` does not give."""
    usual = ("x.png", "0", "9", "0", "0", "0", "0", "0", "0", "1", "0")
    lines = [",".join(FERPLUS_COLUMNS)]
    lines += [",".join(("Training", *votes.get(row, usual))) for row in range(rows)]
    path.write_text("\n".join(lines) + "\n", encoding="ascii")
    return path


@pytest.fixture
def ten_rows(tmp_path: Path) -> Path:
    return write_fer2013(tmp_path / "fer2013.csv", TEN_ROWS)


def test_rows_come_back_with_their_pixels_labels_and_parts(ten_rows: Path):
    data = Fer2013().load(ten_rows)

    assert data.splits[TRAIN].rows.tolist() == [0, 1, 2, 3, 4]
    assert data.splits[VALIDATION].labels.tolist() == [5, 6]
    assert data.splits[TEST].name == "fer2013/private"
    np.testing.assert_array_equal(data.splits[TRAIN].images[2], TEN_ROWS[2][1])
    assert data.crop == FER_CROP


def test_an_xz_file_gives_the_same_data(ten_rows: Path, tmp_path: Path):
    compressed = tmp_path / "fer2013.csv.xz"
    compressed.write_bytes(lzma.compress(ten_rows.read_bytes()))

    assert Fer2013().load(compressed).sha256() == Fer2013().load(ten_rows).sha256()


def test_a_training_picture_that_is_tested_too_is_left_out(ten_rows: Path):
    data = Fer2013().load(ten_rows)

    seen = {image.tobytes() for image in data.splits[TRAIN].images}
    tested = [image.tobytes() for part in (VALIDATION, TEST) for image in data.splits[part].images]
    assert seen.isdisjoint(tested)
    assert data.dropped["same picture in a test part"] == 1
    assert len(tested) == 4


def test_votes_become_shares_of_the_seven_classes(ten_rows: Path, tmp_path: Path):
    # Neutral 4, happiness 4, surprise 1 (an outlier), contempt 1: neutral and happy, half each.
    row = ("x.png", "4", "4", "1", "0", "0", "0", "0", "1", "0", "0")
    votes = Fer2013().load(ten_rows, ferplus(tmp_path / "v.csv", {0: row})).splits[TRAIN].votes

    assert votes is not None
    assert votes[0].tolist() == [0, 0, 0, 0.5, 0, 0, 0.5]
    assert votes[1].tolist() == [0, 0, 0, 1, 0, 0, 0]


def test_a_row_without_a_vote_for_the_seven_has_zeros(ten_rows: Path, tmp_path: Path):
    row = ("x.png", "0", "0", "0", "0", "0", "0", "0", "5", "5", "0")
    votes = Fer2013().load(ten_rows, ferplus(tmp_path / "v.csv", {1: row})).splits[TRAIN].votes

    assert votes is not None
    assert votes[1].tolist() == [0] * 7


def test_unnamed_rows_and_pictures_without_a_face_are_left_out_of_training(
    ten_rows: Path, tmp_path: Path
):
    unnamed = ("", "0", "0", "0", "0", "0", "0", "0", "0", "0", "10")
    no_face = ("x.png", "0", "2", "0", "0", "0", "0", "0", "0", "0", "8")
    data = Fer2013().load(ten_rows, ferplus(tmp_path / "v.csv", {0: unnamed, 3: no_face}))

    assert data.splits[TRAIN].rows.tolist() == [1, 2, 4]
    assert data.dropped["unnamed by FER+"] == 1
    assert data.dropped["no face by FER+"] == 1


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("emotion,Usage\n0,Training\n", "has no column pixels"),
        ("", "has no column emotion, pixels, Usage"),
        ("emotion,pixels,Usage\n0,1 2 3,Training\n", "row 0: 3 pixels"),
        ("emotion,pixels,Usage\n0,1 two 3,Training\n", "row 0: pixels are not whole numbers"),
        ("emotion,pixels,Usage\n0\n", "row 0: 0 pixels"),
        ("emotion,pixels,Usage\n0," + "256 " * 2304 + ",Training\n", "row 0: a pixel is outside"),
        ("emotion,pixels,Usage\n7," + "0 " * 2304 + ",Training\n", "row 0: unknown emotion '7'"),
        ("emotion,pixels,Usage\n-1," + "0 " * 2304 + ",Training\n", "unknown emotion '-1'"),
        ("emotion,pixels,Usage\n0," + "0 " * 2304 + ",Test\n", "row 0: unknown Usage 'Test'"),
        ("emotion,pixels,Usage\n0," + "0 " * 2304 + ",Training\n", "no rows of PublicTest"),
    ],
)
def test_a_malformed_file_is_told_by_file_and_row(tmp_path: Path, text: str, said: str):
    path = tmp_path / "fer2013.csv"
    path.write_text(text, encoding="ascii")

    with pytest.raises(FerqtError, match=said) as error:
        Fer2013().load(path)
    assert "fer2013.csv" in error.value.message


def test_a_damaged_archive_is_one_clear_error(tmp_path: Path, ten_rows: Path):
    path = tmp_path / "fer2013.csv.xz"
    path.write_bytes(lzma.compress(ten_rows.read_bytes())[:300])

    with pytest.raises(FerqtError, match=r"cannot read .*fer2013\.csv\.xz"):
        Fer2013().load(path)


@pytest.mark.parametrize("rows", [9, 11])
def test_votes_for_another_number_of_rows_are_refused(ten_rows: Path, tmp_path: Path, rows: int):
    with pytest.raises(FerqtError, match="the pictures are 10"):
        Fer2013().load(ten_rows, ferplus(tmp_path / "votes.csv", {}, rows))


def test_a_prepared_file_gives_the_same_data(ten_rows: Path, tmp_path: Path):
    data = Fer2013().load(ten_rows, ferplus(tmp_path / "votes.csv", {}))
    write_prepared(data, tmp_path / "made" / "fer2013.npz")

    again = read_dataset("fer2013", tmp_path / "made" / "fer2013.npz")

    assert again.sha256() == data.sha256()
    assert (again.labels, again.crop, again.licence) == (data.labels, data.crop, data.licence)
    assert again.sources == data.sources == ("fer2013", "ferplus")
    assert again.dropped == data.dropped
    np.testing.assert_array_equal(again.splits[TRAIN].votes, data.splits[TRAIN].votes)


def test_a_damaged_prepared_file_is_one_clear_error(tmp_path: Path):
    path = tmp_path / "fer2013.npz"
    path.write_bytes(b"PK\x03\x04 and nothing more")

    with pytest.raises(FerqtError, match="cannot read prepared data"):
        read_dataset("fer2013", path)


def test_an_unknown_split_is_refused_with_the_known_ones(ten_rows: Path):
    with pytest.raises(FerqtError, match="training, public, private"):
        Fer2013().load(ten_rows).split_named("secret")


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_the_published_file_has_its_published_counts_and_leaks_nothing():
    data = Fer2013().load(published_file())

    assert np.bincount(data.splits[TEST].labels).tolist() == [491, 55, 528, 879, 594, 416, 626]
    assert len(data.splits[VALIDATION]) == 3589
    seen = {image.tobytes() for image in data.splits[TRAIN].images}
    for part in (VALIDATION, TEST):
        assert seen.isdisjoint(image.tobytes() for image in data.splits[part].images)
