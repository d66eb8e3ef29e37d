"""FER+ (Barsoum et al. 2016, arXiv:1608.01041): ten raters' votes for the pictures of FER2013.

The file `fer2013new.csv` comes with Microsoft's FERPlus repository, under the MIT license.
"""

from dataclasses import replace
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt

from ferqt.errors import FerqtError
from training.datasets.base import TRAIN, VOTES, Source
from training.datasets.fer2013 import PARTS_BY_USAGE
from training.datasets.tables import read_records

FERPLUS_ID: Final = "ferplus"

_COLUMNS: Final = (
    "neutral",
    "happiness",
    "sadness",
    "anger",
    "fear",
    "disgust",
    "surprise",
    "contempt",
    "unknown",
    "NF",
)
"""FER+'s name of each of `VOTES`."""

_AMBIGUOUS_ROWS: Final = (5274, 34334)
"""Rows that FER+ names like another row with another picture: nobody can say whose votes these are.

Two more names stand twice, each for two rows with the same picture; their votes hold for both."""

_NO_FACE: Final = VOTES.index("no face")


def add_votes(source: Source, path: Path) -> Source:
    """Join FER+'s votes to FER2013's pictures, row by row.

    Training rows that would mislead are left out and counted: those that FER+ leaves unnamed, an
    ambiguous name, pictures that most raters call no face. The test parts stay whole, with the
    votes as published; FER+ gives its unnamed rows ten votes for "no face", so its majority leaves
    them out of figures measured on it.

    Args:
        source: FER2013 as its importer reads it from the published file.
        path: `fer2013new.csv`.

    Returns:
        The source with votes N x len(VOTES), raw counts, its other rows in their order.

    Raises:
        FerqtError: The file is malformed or belongs to other pictures; the message names the row.
    """
    votes, unnamed = _read(path, source)
    ambiguous = np.isin(source.names, [f"row {row}" for row in _AMBIGUOUS_ROWS])
    keep = np.ones(len(source), dtype=np.bool_)
    dropped = dict(source.dropped)
    for reason, rows in (
        ("unnamed by FER+", unnamed),
        ("FER+ name used twice", ambiguous),
        ("no face by FER+", votes[:, _NO_FACE] > votes.sum(axis=1) / 2),
    ):
        leaving = keep & rows & (source.parts == TRAIN)
        dropped[reason] = int(leaving.sum())
        keep &= ~leaving
    return replace(
        source,
        images=[source.images[row] for row in np.flatnonzero(keep).tolist()],
        labels=source.labels[keep],
        votes=votes[keep],
        parts=source.parts[keep],
        subjects=source.subjects[keep],
        names=source.names[keep],
        licence=f"{source.licence} FER+ votes: MIT, Microsoft.",
        dropped=dropped,
    )


def _read(path: Path, source: Source) -> tuple[npt.NDArray[np.float32], npt.NDArray[np.bool_]]:
    """The votes of every row, and which rows have no name."""
    votes: list[list[float]] = []
    unnamed: list[bool] = []
    for row, record in read_records(path, ("Usage", "Image name", *_COLUMNS)):
        if row < len(source) and PARTS_BY_USAGE.get(record["Usage"]) != source.parts[row]:
            raise FerqtError(
                f"{path.name} row {row}: Usage {record['Usage']!r}, but the picture belongs to "
                f"{source.parts[row]}",
                "Use FER2013 and FER+ as published, in their order.",
            )
        votes.append([_count(f"{path.name} row {row}", record[name]) for name in _COLUMNS])
        unnamed.append(not record["Image name"].strip())
    if len(votes) != len(source):
        raise FerqtError(
            f"{path.name} has {len(votes)} rows, the pictures are {len(source)}",
            "Use FER+'s file for the same, whole FER2013.",
        )
    return np.array(votes, dtype=np.float32), np.array(unnamed, dtype=np.bool_)


def _count(place: str, text: str) -> float:
    if not text.isdecimal():
        raise FerqtError(f"{place}: a vote is {text!r}", "Expected a whole number.")
    return float(text)
