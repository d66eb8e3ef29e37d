from pathlib import Path

import numpy as np
import pytest

from ferqt.core.emotions import EMOTIONS
from ferqt.errors import FerqtError
from tests.helpers.datasets import write_affectnet
from training.datasets.affectnet import AffectNet
from training.datasets.base import TEST, TRAIN


def test_annotations_give_labels_and_the_folders_parts(tmp_path: Path):
    source = AffectNet().load(write_affectnet(tmp_path, list("01234567"), ["7", "0"]))

    assert [EMOTIONS[label] for label in source.labels] == [
        "neutral",
        "happy",
        "sad",
        "surprise",
        "fear",
        "disgust",
        "angry",
        "contempt",
        "contempt",
        "neutral",
    ]
    assert source.parts.tolist() == [TRAIN] * 8 + [TEST] * 2
    assert source.names[0] == "train_set/0.jpg"
    assert source.split_names[TEST] == "val_set"


def test_pictures_without_one_of_the_eight_are_left_out_and_counted(tmp_path: Path):
    source = AffectNet().load(write_affectnet(tmp_path, ["1", "8", "9", "10", "9"], ["2"]))

    assert source.names.tolist() == ["train_set/0.jpg", "val_set/0.jpg"]
    assert source.dropped == {
        "no expression by AffectNet": 1,
        "uncertain by AffectNet": 2,
        "no face by AffectNet": 1,
    }


def test_a_number_may_be_kept_as_a_number(tmp_path: Path):
    folder = write_affectnet(tmp_path, ["1", "1"], ["2"])
    np.save(folder / "train_set" / "annotations" / "0_exp.npy", np.array(4))

    assert EMOTIONS[AffectNet().load(folder).labels[0]] == "fear"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (np.array("11"), "unknown expression 11"),
        (np.array("-1"), "unknown expression -1"),
        (np.array("happy"), "holds no number"),
        (np.array([1, 2]), "holds no number"),
        (np.array([{"a": 1}]), "holds no number"),
    ],
)
def test_a_malformed_annotation_is_told_by_file(tmp_path: Path, content: np.ndarray, said: str):
    folder = write_affectnet(tmp_path, ["1"], ["2"])
    np.save(folder / "val_set" / "annotations" / "0_exp.npy", content)

    with pytest.raises(FerqtError, match=f"val_set.annotations.0_exp.npy.* {said}"):
        AffectNet().load(folder)


def test_what_is_no_annotation_at_all_is_told_by_file(tmp_path: Path):
    folder = write_affectnet(tmp_path, ["1"], ["2"])
    file = folder / "val_set" / "annotations" / "0_exp.npy"
    for content in (b"", b"PK\x03\x04 and no more", b"4"):
        file.write_bytes(content)
        with pytest.raises(FerqtError, match=r"0_exp\.npy holds no number"):
            AffectNet().load(folder)
    file.unlink()
    with pytest.raises(FerqtError, match=r"cannot read .*0_exp\.npy"):
        AffectNet().load(folder)


@pytest.mark.parametrize("missing", ["val_set", "train_set/annotations", "train_set/images"])
def test_a_missing_folder_is_told_by_name(tmp_path: Path, missing: str):
    folder = write_affectnet(tmp_path, ["1"], ["2"])
    (folder / missing).rename(folder / "elsewhere")

    with pytest.raises(FerqtError, match=f"there is no folder .*{missing}"):
        AffectNet().load(folder)
