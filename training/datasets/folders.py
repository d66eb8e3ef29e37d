"""Any data set that is a folder per class, or a folder per part with a folder per class in it."""

import logging
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType
from typing import Final

from ferqt.classifiers.card import BoxCrop
from ferqt.core.emotions import EMOTIONS, canonical_name
from ferqt.errors import FerqtError
from training.crops import measure_crop
from training.datasets.base import TEST, TRAIN, VALIDATION, Source
from training.datasets.pictures import (
    LabeledPicture,
    Place,
    folders_in,
    open_place,
    pictures_in,
    source_of,
)

_log = logging.getLogger(__name__)

_PARTS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "train": TRAIN,
        "training": TRAIN,
        "val": VALIDATION,
        "valid": VALIDATION,
        "validation": VALIDATION,
        "public": VALIDATION,
        "publictest": VALIDATION,
        "test": TEST,
        "testing": TEST,
        "private": TEST,
        "privatetest": TEST,
    }
)
"""Names of folders that hold a part, lower case."""

UNMEASURED: Final = BoxCrop(margin=0.0)
"""Crop of a data set until `with_measured_crop` has looked at its pictures."""

_MEASURED: Final = 200
_LEAST_FOUND: Final = 0.25
"""A data set in whose pictures fewer faces are found is not cut to faces: its medians would be
those of false alarms."""

LICENCE: Final = "Pictures from the user's own folders, under their owners' terms."


@dataclass(frozen=True, slots=True)
class ClassFolders:
    """What lies in a tree of class folders.

    Attributes:
        pictures: In the order of parts, classes and file names.
        split_names: Names of the folders by part; empty where the tree has no parts.
    """

    pictures: tuple[LabeledPicture, ...]
    split_names: Mapping[str, str]


class Folders:
    """Reads a user's own pictures, each cut to one face: `fear/a.png` or `train/fear/a.png`.

    Class names may be those that ferqt knows or common others ("happiness"). Persons are not known:
    where the tree has no parts, pictures are dealt to parts one by one. Where the faces lie in the
    pictures is measured with the program's face detector.
    """

    id = "folders"
    title = "Any folder of pictures, a folder a class"

    def load(self, path: Path) -> Source:
        """List the pictures of a folder or .zip, and measure where the faces lie in 200 of them."""
        found = find_class_folders(open_place(path))
        source = source_of(
            self.id,
            found.pictures,
            split_names=found.split_names,
            crop=UNMEASURED,
            licence=LICENCE,
            dropped={},
        )
        return with_measured_crop(source)


def find_class_folders(place: Place) -> ClassFolders:
    """List the pictures of a tree of class folders, below any folders that hold only one folder.

    Raises:
        FerqtError: A folder is no known class, a class has no pictures, or a part comes twice.
    """
    folders = folders_in(place)
    while len(folders) == 1 and not _is_part(folders[0]) and not _is_class(folders[0]):
        place = folders[0]
        folders = folders_in(place)
    if not folders or not all(_is_part(folder) for folder in folders):
        return ClassFolders(tuple(_pictures_by_class(place, "", "")), {})
    pictures: list[LabeledPicture] = []
    split_names: dict[str, str] = {}
    for folder in folders:
        part = _PARTS[folder.name.lower()]
        if part in split_names:
            raise FerqtError(
                f"the folders {split_names[part]} and {folder.name} in {place} are both the part "
                f"{part}",
                "Put their pictures into one folder.",
            )
        split_names[part] = folder.name
        pictures += _pictures_by_class(folder, part, f"{folder.name}/")
    return ClassFolders(tuple(pictures), split_names)


def with_measured_crop(source: Source) -> Source:
    """Find out where faces lie in the pictures of a data set that does not say so.

    Raises:
        FerqtError: The program's detector finds faces in too few of its pictures.
    """
    places = measure_crop(source, _MEASURED)
    if len(places) < _LEAST_FOUND * places.tried:
        raise FerqtError(
            f"{source.id}: a face is found in only {len(places)} of {places.tried} pictures",
            "Give pictures that are cut to one face each.",
        )
    _log.info("%s: crop measured on %d of %d pictures", source.id, len(places), places.tried)
    return replace(source, crop=places.crop())


def _pictures_by_class(place: Place, part: str, prefix: str) -> list[LabeledPicture]:
    folders = folders_in(place)
    if not folders:
        raise FerqtError(
            f"there are no class folders in {place}", "Make one for each expression, as 'happy'."
        )
    return [
        LabeledPicture(file, f"{prefix}{folder.name}/{file.name}", _label(folder), part)
        for folder in folders
        for file in pictures_in(folder)
    ]


def _is_part(folder: Place) -> bool:
    return folder.name.lower() in _PARTS


def _is_class(folder: Place) -> bool:
    return canonical_name(folder.name) in EMOTIONS


def _label(folder: Place) -> int:
    if not _is_class(folder):
        raise FerqtError(
            f"{folder}: {folder.name!r} is no expression that ferqt knows",
            f"Rename the folder to one of: {', '.join(EMOTIONS)}.",
        )
    return EMOTIONS.index(canonical_name(folder.name))
