"""FER2013 (Goodfellow et al. 2013), 35,887 gray pictures of 48 x 48 px in seven classes."""

from pathlib import Path
from typing import Final

import numpy as np

from ferqt.classifiers.card import FER_CROP
from ferqt.core.emotions import EMOTIONS, FER7
from ferqt.errors import FerqtError
from training.datasets.base import TEST, TRAIN, VALIDATION, Images, Source
from training.datasets.folders import find_class_folders
from training.datasets.pictures import open_place, source_of
from training.datasets.tables import read_records

SIDE: Final = 48
PARTS_BY_USAGE: Final = {"Training": TRAIN, "PublicTest": VALIDATION, "PrivateTest": TEST}
"""Part of a row by its column Usage."""

_LABELS: Final = tuple(EMOTIONS.index(name) for name in FER7.names)

LICENCE: Final = (
    "FER2013: pictures collected from the web for the Kaggle competition of ICML 2013, for "
    "research; the rights in the pictures stay with their owners."
)


class Fer2013:
    """Reads `fer2013.csv`, plain or xz: every row, in the published order, in its published part.

    The file comes with the Kaggle competition "Challenges in Representation Learning: Facial
    Expression Recognition Challenge". Others passed it on as folders of pictures
    (`train/angry/...`), which are read too, but have lost the order that FER+'s votes need.
    """

    id = "fer2013"
    title = "FER2013 (Goodfellow et al. 2013)"

    def load(self, path: Path) -> Source:
        """Read the published file, rows counted from 0, or list the pictures of a folder."""
        if path.is_dir() or path.suffix == ".zip":
            found = find_class_folders(open_place(path))
            return source_of(
                self.id,
                found.pictures,
                split_names=found.split_names,
                crop=FER_CROP,
                licence=LICENCE,
                dropped={},
            )
        return _read_csv(path)


def _read_csv(path: Path) -> Source:
    images, labels, parts = [], [], []
    for row, record in read_records(path, ("emotion", "pixels", "Usage")):
        place = f"{path.name} row {row}"
        images.append(_pixels(place, record["pixels"]))
        labels.append(_label(place, record["emotion"]))
        parts.append(_part(place, record["Usage"]))
    missing = [usage for usage, part in PARTS_BY_USAGE.items() if part not in parts]
    if missing:
        raise FerqtError(f"{path.name} has no rows of {', '.join(missing)}", "Use the whole file.")
    return Source(
        id=Fer2013.id,
        images=images,
        labels=np.array(labels, dtype=np.int64),
        votes=None,
        parts=np.array(parts, dtype=np.str_),
        subjects=np.full(len(labels), "", dtype=np.str_),
        names=np.array([f"row {row}" for row in range(len(labels))]),
        split_names={TRAIN: "training", VALIDATION: "public", TEST: "private"},
        crop=FER_CROP,
        licence=LICENCE,
        dropped={},
    )


def _pixels(place: str, text: str) -> Images:
    try:
        values = np.fromstring(text, dtype=np.int64, sep=" ")
    except ValueError as error:
        raise FerqtError(f"{place}: pixels are not whole numbers ({error})") from error
    if values.size != SIDE * SIDE:
        raise FerqtError(
            f"{place}: {values.size} pixels", f"Expected {SIDE * SIDE} ({SIDE} x {SIDE})."
        )
    if values.min() < 0 or values.max() > 255:
        raise FerqtError(f"{place}: a pixel is outside 0..255")
    return values.astype(np.uint8).reshape(SIDE, SIDE)


def _label(place: str, text: str) -> int:
    if text.isdecimal() and int(text) < len(_LABELS):
        return _LABELS[int(text)]
    raise FerqtError(f"{place}: unknown emotion {text!r}", f"Expected 0 to {len(_LABELS) - 1}.")


def _part(place: str, usage: str) -> str:
    part = PARTS_BY_USAGE.get(usage)
    if part is None:
        raise FerqtError(
            f"{place}: unknown Usage {usage!r}", f"Expected one of: {', '.join(PARTS_BY_USAGE)}."
        )
    return part
