"""What every importer returns: pictures cut to the face, labels, and the parts they are in."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import numpy as np
import numpy.typing as npt

from ferqt.classifiers.card import AlignedCrop, BoxCrop
from ferqt.core.emotions import LabelSet
from ferqt.errors import FerqtError

TRAIN, VALIDATION, TEST = "train", "validation", "test"
"""The parts of a data set: fitted to, chosen by, and measured once at the end."""

PARTS = (TRAIN, VALIDATION, TEST)


@dataclass(frozen=True, slots=True, eq=False)
class Split:
    """The pictures of one part.

    Attributes:
        name: Name of the part in reports, for example "fer2013/private".
        images: uint8 N x H x W gray, or N x H x W x 3 RGB, cut to the face.
        labels: int64 N, index into the data set's label set.
        votes: float32 N x classes, the share of human raters per class with row sum 1, or a row of
            zeros where nobody rated; None when the data set has no second opinion.
        rows: int64 N, where each picture stands in its source; what an error or a hash refers to.
    """

    name: str
    images: npt.NDArray[np.uint8]
    labels: npt.NDArray[np.int64]
    votes: npt.NDArray[np.float32] | None
    rows: npt.NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.labels)


@dataclass(frozen=True, slots=True, eq=False)
class Dataset:
    """A data set, ready to train on.

    Attributes:
        id: Key of its importer, for example "fer2013".
        sources: What it was read from, for a model's card: "fer2013", "ferplus".
        labels: What the label numbers mean.
        splits: One `Split` for each of `PARTS`.
        dropped: Rows left out of the training part, counted by reason.
        crop: Where the face lies in the pictures; it goes on the model's card, and the program cuts
            live faces to the same place.
        licence: Terms under which the data may be used, one sentence.
    """

    id: str
    sources: tuple[str, ...]
    labels: LabelSet
    splits: Mapping[str, Split]
    dropped: Mapping[str, int]
    crop: AlignedCrop | BoxCrop
    licence: str

    def sha256(self) -> str:
        """Hash of which picture with which label is in which part; two equal hashes, equal data."""
        digest = hashlib.sha256()
        for part in PARTS:
            split = self.splits[part]
            digest.update(f"{part}:{split.name}:{len(split)}".encode())
            for array in (split.rows, split.labels, split.images):
                digest.update(np.ascontiguousarray(array).tobytes())
        return digest.hexdigest()

    def split_named(self, name: str) -> Split:
        """Find a split by part ("test"), full name ("fer2013/private") or its last word."""
        for part, split in self.splits.items():
            if name in (part, split.name, split.name.rpartition("/")[2]):
                return split
        known = ", ".join(split.name.rpartition("/")[2] for split in self.splits.values())
        raise FerqtError(f"{self.id} has no split {name!r}", f"Choose one of: {known}.")


class Importer(Protocol):
    """Reads one data set in the form its authors publish."""

    @property
    def id(self) -> str:
        """Short name, the key of the registry and of recipes."""
        ...

    @property
    def title(self) -> str:
        """Name with authors and year."""
        ...

    def load(self, source: Path, votes: Path | None = None) -> Dataset:
        """Read the data set.

        Args:
            source: The published file or folder.
            votes: A second file with the votes of several raters, where such a file exists.

        Raises:
            FerqtError: Something is missing or malformed; the message names file and row.
        """
        ...
