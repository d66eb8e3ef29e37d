"""The table of importers: a new data set is one file and one row here."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from ferqt.errors import FerqtError
from training.datasets.affectnet import AffectNet
from training.datasets.base import Importer
from training.datasets.ckplus import CkPlus
from training.datasets.fer2013 import Fer2013
from training.datasets.folders import Folders
from training.datasets.rafdb import RafDb

_ALL: Final[tuple[Importer, ...]] = (Fer2013(), CkPlus(), RafDb(), AffectNet(), Folders())

IMPORTERS: Final[Mapping[str, Importer]] = MappingProxyType({one.id: one for one in _ALL})


def importer(dataset_id: str) -> Importer:
    """Return the importer of a data set; FerqtError names the known ones."""
    try:
        return IMPORTERS[dataset_id]
    except KeyError:
        known = ", ".join(IMPORTERS)
        raise FerqtError(f"unknown data set {dataset_id!r}", f"Choose one of: {known}.") from None
