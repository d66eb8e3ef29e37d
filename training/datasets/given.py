"""Data sets as a command line names them: importer and path."""

from collections.abc import Sequence
from pathlib import Path

from ferqt.errors import FerqtError
from training.datasets.base import Source
from training.datasets.fer2013 import Fer2013
from training.datasets.ferplus import FERPLUS_ID, add_votes
from training.datasets.registry import IMPORTERS, importer


def read_sources(named: Sequence[tuple[str, Path]]) -> list[Source]:
    """Read published data sets, and join FER+'s votes to FER2013 where both are given.

    Args:
        named: Id of an importer, or `FERPLUS_ID` for the votes, and where the data set lies.

    Returns:
        The sources in the order given.

    Raises:
        FerqtError: A name is unknown or given twice, there are votes without FER2013, or a data set
            cannot be read.
    """
    ids = [name for name, _ in named]
    _check(named)
    sources = [importer(name).load(path) for name, path in named if name != FERPLUS_ID]
    if FERPLUS_ID not in ids:
        return sources
    votes = dict(named)[FERPLUS_ID]
    return [add_votes(one, votes) if one.id == Fer2013.id else one for one in sources]


def _check(named: Sequence[tuple[str, Path]]) -> None:
    """Find what is wrong before minutes are spent on reading."""
    known = (*IMPORTERS, FERPLUS_ID)
    ids = [name for name, _ in named]
    for name, path in named:
        if name not in known:
            raise FerqtError(f"unknown data set {name!r}", f"Choose one of: {', '.join(known)}.")
        if ids.count(name) > 1:
            raise FerqtError(f"{name} is given twice", "Name each data set once.")
        if not path.exists():
            raise FerqtError(f"there is no {path} to read {name} from", "Check the path.")
    if FERPLUS_ID in ids and Fer2013.id not in ids:
        raise FerqtError(
            f"{FERPLUS_ID} holds votes for the pictures of {Fer2013.id}, which is not given",
            f"Add {Fer2013.id}=PATH.",
        )
