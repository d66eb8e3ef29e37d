"""A data set as folders of PNG files, for other programs and for looking at."""

import re
from pathlib import Path

import cv2

from ferqt.errors import OutputError
from training.datasets.base import NO_LABEL, PARTS, Dataset, Images, Split
from training.datasets.labels import Labeling, labels_in
from training.datasets.pictures import PICTURE_SUFFIXES
from training.datasets.summary import EXPRESSIONS


def check_free(folder: Path) -> None:
    """Refuse a folder that holds something: old pictures among new ones could not be told apart.

    Raises:
        OutputError: It does, or it is a file.
    """
    if folder.is_file() or (folder.is_dir() and any(folder.iterdir())):
        raise OutputError(f"there is something in {folder} already", "Choose a new folder.")


def write_folders(data: Dataset, folder: Path, labeling: Labeling) -> int:
    """Write a data set as `<folder>/<part>/<class>/<source>_<name>.png`.

    The importer `folders` reads it back, with the same parts and classes.

    Args:
        data: What to write.
        folder: A new or empty folder.
        labeling: What counts as a picture's class.

    Returns:
        How many pictures have no class by this rule and were not written.

    Raises:
        OutputError: The folder holds something, or it cannot be written.
    """
    check_free(folder)
    return sum(_write(data, data.splits[part], folder / part, labeling) for part in PARTS)


def _write(data: Dataset, split: Split, folder: Path, labeling: Labeling) -> int:
    labels = labels_in(split, EXPRESSIONS, labeling)
    taken: set[str] = set()
    for row, label in enumerate(labels.tolist()):
        if label == NO_LABEL:
            continue
        stem = _file_name(f"{data.sources[split.sources[row]]}_{split.names[row]}")
        name, number = stem, 1
        # Compared without case: some file systems make no difference.
        while name.casefold() in taken:
            number += 1
            name = f"{stem}-{number}"
        taken.add(name.casefold())
        _write_png(split.images[row], folder / EXPRESSIONS.names[label] / f"{name}.png")
    return int((labels == NO_LABEL).sum())


def _file_name(name: str) -> str:
    """The place of a picture in its source as a file name: "fear/a.png" is "fear_a"."""
    suffix = Path(name).suffix
    stem = name.removesuffix(suffix) if suffix.lower() in PICTURE_SUFFIXES else name
    return re.sub(r"[^\w.-]+", "_", stem)


def _write_png(image: Images, path: Path) -> None:
    bgr = image if image.ndim == 2 else cv2.cvtColor(image, cv2.COLOR_RGB2BGR)
    content = cv2.imencode(".png", bgr)[1]
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.tobytes())
    except OSError as error:
        raise OutputError(f"cannot write {path}: {error.strerror}", "Check the folder.") from error
