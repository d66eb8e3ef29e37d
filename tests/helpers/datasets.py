"""Small data sets in their published layouts, with faces from portraits that anybody may use."""

import os
import zipfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from tests.helpers.face_crops import face_crops
from tests.helpers.fer2013 import small_fer2013

CK_FOLDERS = ("anger", "contempt", "disgust", "fear", "happy", "sadness", "surprise")
"""In the order of the names, as CK+48 has them."""


def write_faces(paths: Sequence[Path], side: int = 48) -> None:
    """Write a gray face to each path, in the format of its ending, no two the same."""
    for path, face in zip(paths, face_crops(len(paths), side), strict=True):
        path.parent.mkdir(parents=True, exist_ok=True)
        Image.fromarray(face).save(path)


def write_ckplus(folder: Path, subjects: Sequence[str] = ("S010", "S011", "S502")) -> Path:
    """Each person with three frames of each expression, as `CK+48/anger/S010_001_00000017.png`."""
    names = [
        f"{name}/{subject}_00{number}_000000{frame}.png"
        for number, name in enumerate(CK_FOLDERS, start=1)
        for subject in subjects
        for frame in (17, 18, 19)
    ]
    write_faces([folder / "CK+48" / name for name in names])
    return folder


def write_rafdb(folder: Path, entries: Sequence[str] = ()) -> Path:
    """The folder `basic`: a picture and a line of the list for each of `train_00001.jpg 5`."""
    entries = entries or [
        f"{part}_0000{number}.jpg {number}" for part in ("train", "test") for number in range(1, 8)
    ]
    stems = [entry.partition(".")[0] for entry in entries]
    aligned = folder / "basic" / "Image" / "aligned"
    write_faces([aligned / f"{stem}_aligned.jpg" for stem in stems], side=100)
    listing = folder / "basic" / "EmoLabel" / "list_patition_label.txt"
    listing.parent.mkdir(parents=True)
    listing.write_text("\n".join(entries) + "\n", encoding="ascii")
    return folder


def write_affectnet(folder: Path, train: Sequence[str], tested: Sequence[str]) -> Path:
    """Both parts, a picture for each expression number, which is kept as text as published."""
    for name, numbers in (("train_set", train), ("val_set", tested)):
        annotations = folder / name / "annotations"
        annotations.mkdir(parents=True)
        write_faces([folder / name / "images" / f"{i}.jpg" for i in range(len(numbers))], side=224)
        for i, number in enumerate(numbers):
            np.save(annotations / f"{i}_exp.npy", np.array(number))
            np.save(annotations / f"{i}_val.npy", np.array("0.1"))
    return folder


def write_folders(folder: Path, names: Sequence[str], count: int = 3) -> Path:
    """Folders of `count` faces each, as "fear" or "train/fear"."""
    write_faces([folder / name / f"{i}.png" for name in names for i in range(count)])
    return folder


def zipped(folder: Path) -> Path:
    """Pack what is in a folder into a .zip beside it, as a download is."""
    path = folder.with_name(f"{folder.name}.zip")
    with zipfile.ZipFile(path, "w") as archive:
        for file in sorted(folder.rglob("*")):
            if file.is_file():
                archive.write(file, file.relative_to(folder).as_posix())
    return path


SMALL_DATASETS: Mapping[str, Callable[[Path], Path]] = {
    "fer2013": lambda folder: small_fer2013(folder / "fer2013.csv"),
    "ckplus": write_ckplus,
    "rafdb": write_rafdb,
    "affectnet": lambda folder: write_affectnet(folder, list("01234567"), list("01234567")),
    "folders": lambda folder: write_folders(folder, ["train/happy", "train/sad", "test/sad"]),
}
"""For each importer of the registry, what writes a small data set and says what to load."""


def published_ckplus() -> Path:
    """Return the 48 px form of CK+, or skip the test where nobody has put it.

    `FERQT_CKPLUS` names it; else it is looked for beside the checkout, in `shared/data/`.
    """
    return _published("FERQT_CKPLUS", "CK+48.zip")


def published_ferplus() -> Path:
    """Return FER+'s published votes, or skip; `FERQT_FERPLUS` names the file."""
    return _published("FERQT_FERPLUS", "fer2013/fer2013new.csv")


def _published(variable: str, usual: str) -> Path:
    beside = Path(__file__).resolve().parents[3] / "shared/data" / usual
    place = Path(os.environ.get(variable, beside))
    if not place.exists():
        pytest.skip(f"needs {beside.name}: set {variable}; it is not at {place}")
    return place
