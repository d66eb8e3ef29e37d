from pathlib import Path

import pytest

from ferqt.core.emotions import EMOTIONS
from ferqt.errors import FerqtError
from tests.helpers.datasets import write_rafdb, zipped
from training.datasets.base import TEST, TRAIN
from training.datasets.rafdb import RafDb

LIST = Path("basic/EmoLabel/list_patition_label.txt")


def test_the_list_gives_labels_and_parts_of_the_aligned_pictures(tmp_path: Path):
    source = RafDb().load(write_rafdb(tmp_path))

    assert [EMOTIONS[label] for label in source.labels[:7]] == [
        "surprise",
        "fear",
        "disgust",
        "happy",
        "sad",
        "angry",
        "neutral",
    ]
    assert source.parts.tolist() == [TRAIN] * 7 + [TEST] * 7
    assert source.names[7] == "test_00001_aligned.jpg"
    assert source.images[0].shape == (100, 100)


def test_the_folder_basic_and_an_archive_are_as_good(tmp_path: Path):
    folder = write_rafdb(tmp_path / "made", ["train_00001.jpg 1", "test_00001.jpg 2"])

    for path in (folder / "basic", zipped(folder)):
        names = RafDb().load(path).names.tolist()
        assert names == ["train_00001_aligned.jpg", "test_00001_aligned.jpg"]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("train_00001.jpg", "line 2: 1 words"),
        ("train_00001.jpg 8", "line 2: unknown label '8'"),
        ("train_00001.jpg 0", "line 2: unknown label '0'"),
        ("train_00001.jpg sad", "line 2: unknown label 'sad'"),
        ("extra_00001.jpg 1", "line 2: 'extra_00001.jpg' is of no part"),
        ("train_00009.jpg 1", "line 2: there is no train_00009_aligned.jpg"),
    ],
)
def test_a_malformed_list_is_told_by_file_and_line(tmp_path: Path, line: str, said: str):
    folder = write_rafdb(tmp_path, ["train_00001.jpg 1"])
    (folder / LIST).write_text(f"train_00001.jpg 1\n{line}\n", encoding="ascii")

    with pytest.raises(FerqtError, match=said) as error:
        RafDb().load(folder)
    assert LIST.name in error.value.message


def test_an_empty_list_is_one_clear_error(tmp_path: Path):
    folder = write_rafdb(tmp_path)
    (folder / LIST).write_text("\n", encoding="ascii")

    with pytest.raises(FerqtError, match="lists no pictures"):
        RafDb().load(folder)


def test_a_missing_list_or_folder_is_one_clear_error(tmp_path: Path):
    folder = write_rafdb(tmp_path)
    (folder / LIST).unlink()
    with pytest.raises(FerqtError, match=r"cannot read .*list_patition_label\.txt"):
        RafDb().load(folder)

    (folder / "basic" / "Image" / "aligned").rename(folder / "basic" / "Image" / "original")
    with pytest.raises(FerqtError, match="has no folder Image/aligned"):
        RafDb().load(folder)
