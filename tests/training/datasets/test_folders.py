import re
import shutil
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from ferqt.classifiers.card import AlignedCrop
from ferqt.core.emotions import EMOTIONS
from ferqt.errors import FerqtError
from tests.helpers.datasets import write_folders, zipped
from training.datasets.base import TEST, TRAIN, VALIDATION
from training.datasets.folders import Folders, find_class_folders


def test_class_folders_give_labels_whatever_a_class_is_called(tmp_path: Path):
    write_folders(tmp_path, ["Happiness", "angry", "surprised"], count=2)

    found = find_class_folders(tmp_path)

    assert [EMOTIONS[each.label] for each in found.pictures] == [
        *("happy",) * 2,
        *("angry",) * 2,
        *("surprise",) * 2,
    ]
    assert found.pictures[0].name == "Happiness/0.png"
    assert {each.part for each in found.pictures} == {""}
    assert found.split_names == {}


@pytest.mark.parametrize(
    ("names", "parts"),
    [
        (("train", "val", "test"), (TRAIN, VALIDATION, TEST)),
        (("Training", "PublicTest", "PrivateTest"), (TRAIN, VALIDATION, TEST)),
        (("train", "test"), (TRAIN, TEST)),
        (("train",), (TRAIN,)),
    ],
)
def test_folders_of_parts_give_parts(
    tmp_path: Path, names: tuple[str, ...], parts: tuple[str, ...]
):
    write_folders(tmp_path, [f"{name}/fear" for name in names], count=1)

    found = find_class_folders(tmp_path)

    by_name = {each.name: each.part for each in found.pictures}
    assert by_name == {f"{name}/fear/0.png": part for name, part in zip(names, parts, strict=True)}
    assert found.split_names == dict(zip(parts, names, strict=True))


def test_an_archive_gives_the_same_pictures_as_its_folder(tmp_path: Path):
    folder = write_folders(tmp_path / "mine", ["my/train/sad", "my/train/happy"], count=1)

    unpacked, packed = Folders().load(folder), Folders().load(zipped(folder))

    assert packed.names.tolist() == unpacked.names.tolist()
    assert packed.names[0] == "train/happy/0.png"
    assert packed.labels.tolist() == unpacked.labels.tolist()
    np.testing.assert_array_equal(np.stack(packed.images), np.stack(unpacked.images))


def test_files_that_are_no_pictures_and_hidden_folders_are_passed_over(tmp_path: Path):
    write_folders(tmp_path, ["fear", "happy", "__MACOSX/fear", ".cache/thumbs"], count=1)
    (tmp_path / "fear" / "Thumbs.db").write_bytes(b"x")
    (tmp_path / "fear" / "._0.png").write_bytes(b"x")
    (tmp_path / "readme.txt").write_text("mine", encoding="ascii")

    names = [each.name for each in find_class_folders(tmp_path).pictures]

    assert names == ["fear/0.png", "happy/0.png"]


def test_an_unknown_class_is_told_with_the_known_ones(tmp_path: Path):
    write_folders(tmp_path, ["train/happy", "train/bored"], count=1)

    with pytest.raises(FerqtError, match=r"train.bored: 'bored' is no expression") as error:
        find_class_folders(tmp_path)
    assert all(name in error.value.hint for name in EMOTIONS)


def test_a_class_without_pictures_is_told_by_its_folder(tmp_path: Path):
    write_folders(tmp_path, ["happy"], count=1)
    (tmp_path / "fear").mkdir()

    with pytest.raises(FerqtError, match=r"no pictures in .*fear"):
        find_class_folders(tmp_path)


@pytest.mark.parametrize("inside", ["", "train", "mine"])
def test_a_tree_without_class_folders_is_refused(tmp_path: Path, inside: str):
    (tmp_path / inside).mkdir(exist_ok=True)

    with pytest.raises(FerqtError, match=r"there are no class folders in .*" + inside):
        find_class_folders(tmp_path)


def test_a_part_that_comes_twice_is_refused(tmp_path: Path):
    write_folders(tmp_path, ["val/fear", "validation/fear"], count=1)

    with pytest.raises(FerqtError, match=r"val and validation in .* are both"):
        find_class_folders(tmp_path)


def test_the_crop_is_measured_on_the_pictures(tmp_path: Path):
    folder = write_folders(tmp_path, ["happy", "sad"], count=4)
    plain = Folders().load(folder).crop
    for path in sorted(folder.rglob("*.png")):
        with Image.open(path) as face:
            wide = np.pad(np.asarray(face), 24, mode="edge")
        Image.fromarray(wide).save(path)
    padded = Folders().load(folder).crop

    assert isinstance(plain, AlignedCrop)
    assert isinstance(padded, AlignedCrop)
    # Pictures twice as wide around the same faces: places come halfway to the center.
    for near, far in zip((*plain.eyes, plain.mouth), (*padded.eyes, padded.mouth), strict=True):
        np.testing.assert_allclose(far, 0.25 + np.array(near) / 2, atol=0.02)


def test_pictures_that_show_few_faces_are_refused(tmp_path: Path):
    folder = write_folders(tmp_path, ["happy"], count=1)
    noise = np.random.default_rng(0)
    for number in range(1, 6):
        picture = noise.integers(0, 256, (48, 48), dtype=np.uint8)
        Image.fromarray(picture).save(folder / "happy" / f"{number}.png")

    with pytest.raises(FerqtError, match=re.escape("found in only 1 of 6 pictures")):
        Folders().load(folder)


def test_a_picture_that_goes_away_later_is_told_by_name(tmp_path: Path):
    source = Folders().load(write_folders(tmp_path, ["happy", "sad"], count=1))
    shutil.rmtree(tmp_path / "sad")

    with pytest.raises(FerqtError, match=r"sad.0\.png"):
        list(source.images)
