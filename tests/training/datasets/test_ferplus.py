from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from ferqt.errors import FerqtError
from tests.helpers.fer2013 import picture, write_fer2013, write_ferplus
from training.datasets.base import TEST, TRAIN, VOTES, Source
from training.datasets.fer2013 import Fer2013
from training.datasets.ferplus import add_votes

USAGES = ("Training",) * 4 + ("PublicTest",) + ("PrivateTest",) * 2
NO_FACE = ("x.png", 0, 2, 0, 0, 0, 0, 0, 0, 0, 8)
UNNAMED = ("", 0, 0, 0, 0, 0, 0, 0, 0, 0, 10)


@pytest.fixture
def source(tmp_path: Path) -> Source:
    rows = [(row % 7, picture(row % 7, row), usage) for row, usage in enumerate(USAGES)]
    return Fer2013().load(write_fer2013(tmp_path / "fer2013.csv", rows))


def test_every_column_is_counted_under_its_name(source: Source, tmp_path: Path):
    row = ("x.png", 1, 2, 3, 4, 5, 6, 7, 8, 9, 10)
    votes = add_votes(source, write_ferplus(tmp_path / "v.csv", USAGES, {5: row})).votes

    assert votes is not None
    assert dict(zip(VOTES, votes[5].tolist(), strict=True)) == {
        "neutral": 1,
        "happy": 2,
        "surprise": 3,
        "sad": 4,
        "angry": 5,
        "disgust": 6,
        "fear": 7,
        "contempt": 8,
        "unknown": 9,
        "no face": 10,
    }


def test_training_rows_in_doubt_are_left_out_and_counted(source: Source, tmp_path: Path):
    ambiguous = source.names.astype("<U8")
    ambiguous[2] = "row 5274"
    file = write_ferplus(tmp_path / "v.csv", USAGES, {0: UNNAMED, 3: NO_FACE})

    joined = add_votes(replace(source, names=ambiguous), file)

    assert joined.names[joined.parts == TRAIN].tolist() == ["row 1"]
    np.testing.assert_array_equal(joined.images[0], source.images[1])
    assert joined.dropped == {
        "unnamed by FER+": 1,
        "FER+ name used twice": 1,
        "no face by FER+": 1,
    }
    assert joined.votes is not None
    assert len(joined) == len(joined.images) == len(joined.votes) == len(joined.subjects) == 4


def test_test_parts_stay_whole(source: Source, tmp_path: Path):
    file = write_ferplus(tmp_path / "v.csv", USAGES, {4: NO_FACE, 5: UNNAMED, 6: NO_FACE})

    joined = add_votes(source, file)

    assert len(joined) == len(source)
    assert (joined.parts == TEST).sum() == 2
    assert set(joined.dropped.values()) == {0}


@pytest.mark.parametrize("usages", [USAGES[:-1], (*USAGES, "PrivateTest")])
def test_votes_for_another_number_of_pictures_are_refused(
    source: Source, tmp_path: Path, usages: tuple[str, ...]
):
    with pytest.raises(FerqtError, match="the pictures are 7"):
        add_votes(source, write_ferplus(tmp_path / "v.csv", usages, {}))


def test_votes_in_another_order_are_refused(source: Source, tmp_path: Path):
    with pytest.raises(FerqtError, match=r"v\.csv row 0: Usage 'PrivateTest'"):
        add_votes(source, write_ferplus(tmp_path / "v.csv", USAGES[::-1], {}))


@pytest.mark.parametrize("vote", ["", "many", "-1", "0.5"])
def test_a_vote_that_is_no_count_is_told_by_file_and_row(source: Source, tmp_path: Path, vote: str):
    row = ("x.png", vote, 0, 0, 0, 0, 0, 0, 0, 0, 0)
    with pytest.raises(FerqtError, match=r"v\.csv row 2: a vote is"):
        add_votes(source, write_ferplus(tmp_path / "v.csv", USAGES, {2: row}))


def test_a_file_without_votes_is_told_by_its_columns(source: Source, tmp_path: Path):
    path = tmp_path / "v.csv"
    path.write_text("Usage,Image name\n", encoding="ascii")

    with pytest.raises(FerqtError, match=r"v\.csv has no column neutral, happiness"):
        add_votes(source, path)
