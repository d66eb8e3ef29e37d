"""What importers return, and the merged data set that training works on."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Protocol

import numpy as np
import numpy.typing as npt

from ferqt.classifiers.card import AlignedCrop, BoxCrop
from ferqt.core.emotions import EMOTIONS
from ferqt.errors import FerqtError

TRAIN, VALIDATION, TEST = "train", "validation", "test"
"""The parts of a data set: fitted to, chosen by, and measured once at the end."""

PARTS: Final = (TRAIN, VALIDATION, TEST)

VOTES: Final = (*EMOTIONS, "unknown", "no face")
"""What raters can vote for, in the order of every array of votes."""

NO_LABEL: Final = -1
"""Label of a picture that a data set leaves unnamed."""

Images = npt.NDArray[np.uint8]
Labels = npt.NDArray[np.int64]
Votes = npt.NDArray[np.float32]
Texts = npt.NDArray[np.str_]


@dataclass(frozen=True, slots=True, eq=False)
class Source:
    """One data set as its authors publish it; N pictures, each cut to one face.

    Attributes:
        id: Key of its importer, for example "fer2013".
        images: uint8 H x W gray or H x W x 3 RGB, of any size.
        labels: N indices into `EMOTIONS`, or `NO_LABEL`: the data set's own labels.
        votes: N x len(VOTES) counts of raters' votes, a row of zeros where nobody rated; None when
            no picture was rated.
        parts: N times one of `PARTS` as published, or "" where the authors give no part.
        subjects: N names of the person shown, or "" where not known.
        names: N places in the source that errors and hashes refer to: "row 12", "fear/a.png".
        split_names: What the authors call a part: {"test": "private"}; the part itself if missing.
        crop: Where the face lies in the pictures.
        licence: Terms under which the data may be used, one sentence.
        dropped: Pictures that the importer left out, counted by reason.
    """

    id: str
    images: Sequence[Images]
    labels: Labels
    votes: Votes | None
    parts: Texts
    subjects: Texts
    names: Texts
    split_names: Mapping[str, str]
    crop: AlignedCrop | BoxCrop
    licence: str
    dropped: Mapping[str, int]

    def __len__(self) -> int:
        return len(self.labels)


@dataclass(frozen=True, slots=True, eq=False)
class Split:
    """The pictures of one part; N pictures of one size.

    Attributes:
        name: Name of the part in reports, for example "fer2013/private".
        images: uint8 N x H x W gray, or N x H x W x 3 RGB, cut to the face.
        labels: N indices into `EMOTIONS`, or `NO_LABEL`.
        votes: N x len(VOTES) counts of raters' votes, zeros where nobody rated.
        sources: N indices into the data set's sources.
        subjects: N names, unique over all sources, "" where not known.
        names: N places in the source, for errors and the hash.
    """

    name: str
    images: Images
    labels: Labels
    votes: Votes
    sources: Labels
    subjects: Texts
    names: Texts

    def __len__(self) -> int:
        return len(self.labels)

    def take(self, rows: npt.NDArray[np.int64] | npt.NDArray[np.bool_], name: str = "") -> "Split":
        """The chosen rows, in that order, under another name if one is given."""
        return Split(
            name=name or self.name,
            images=self.images[rows],
            labels=self.labels[rows],
            votes=self.votes[rows],
            sources=self.sources[rows],
            subjects=self.subjects[rows],
            names=self.names[rows],
        )


@dataclass(frozen=True, slots=True, eq=False)
class Dataset:
    """One or more sources merged, ready to train on.

    Attributes:
        id: The sources' ids joined by "+", for example "fer2013+ckplus".
        sources: Ids of what it was read from, in the order that `Split.sources` counts.
        votes_from: Id of the data set of votes, for a model's card, or "".
        splits: One `Split` for each of `PARTS`; one may be empty.
        split_names: "fer2013/test" to what reports call it: {"fer2013/test": "fer2013/private"}.
        dropped: Pictures left out, counted by reason.
        crop: Where the face lies in the pictures; it goes on the model's card, and the program cuts
            live faces to the same place.
        licence: Terms under which the data may be used.
    """

    id: str
    sources: tuple[str, ...]
    votes_from: str
    splits: Mapping[str, Split]
    split_names: Mapping[str, str]
    dropped: Mapping[str, int]
    crop: AlignedCrop | BoxCrop
    licence: str

    def sha256(self) -> str:
        """Hash of which picture with which label is in which part; two equal hashes, equal data."""
        digest = hashlib.sha256()
        for part in PARTS:
            split = self.splits[part]
            digest.update(f"{part}:{split.name}:{len(split)}".encode())
            for array in (split.sources, split.labels, split.votes, split.images):
                digest.update(np.ascontiguousarray(array).tobytes())
            digest.update("\n".join(split.names.tolist()).encode())
        return digest.hexdigest()

    def split_named(self, name: str) -> Split:
        """Find a split by part ("test"), full name ("fer2013/private") or its last word.

        The name of one source's part ("ckplus/test") gives that source's pictures alone.
        """
        for part, split in self.splits.items():
            if name in (part, split.name, split.name.rpartition("/")[2]):
                return split
        for key, title in self.split_names.items():
            if name in (key, title):
                source, _, part = key.partition("/")
                split = self.splits[part]
                return split.take(split.sources == self.sources.index(source), title)
        known = ", ".join(split.name.rpartition("/")[2] for split in self.splits.values())
        raise FerqtError(f"{self.id} has no split {name!r}", f"Choose one of: {known}.")


class Importer(Protocol):
    """Reads one data set in the form its authors publish."""

    @property
    def id(self) -> str:
        """Short name, the key of the registry: `prepare fer2013=PATH`."""
        ...

    @property
    def title(self) -> str:
        """Name with authors and year."""
        ...

    def load(self, path: Path) -> Source:
        """Read the data set from its published file or folder.

        Raises:
            FerqtError: Something is missing or malformed; the message names file and row.
        """
        ...
