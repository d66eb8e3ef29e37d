"""A data set read and checked once, kept as one .npz that opens in a second."""

import json
import zipfile
from pathlib import Path
from typing import Any, Final

import numpy as np

from ferqt.classifiers.card import AlignedCrop, BoxCrop
from ferqt.classifiers.schema import from_plain, to_plain
from ferqt.core.emotions import LABEL_SETS, LabelSet
from ferqt.errors import FerqtError
from training.datasets.base import PARTS, Dataset, Split
from training.datasets.registry import importer

_CROPS: Final[dict[str, Any]] = {kind.kind: kind for kind in (AlignedCrop, BoxCrop)}
_FIELDS: Final = ("images", "labels", "rows")


def read_dataset(dataset_id: str, source: Path, votes: Path | None = None) -> Dataset:
    """Read a data set as published, or as `write_prepared` left it (.npz).

    Raises:
        FerqtError: Nothing is there, it is malformed, or it is another data set.
    """
    if not source.exists():
        raise FerqtError(f"no data at {source}", "Give the data set's file with --data.")
    if source.suffix != ".npz":
        return importer(dataset_id).load(source, votes)
    data = _read_prepared(source)
    if data.id != dataset_id:
        raise FerqtError(
            f"{source} holds {data.id}, not {dataset_id}", "Prepare the right data set."
        )
    return data


def write_prepared(data: Dataset, path: Path) -> None:
    """Write a data set as .npz; the folder is made if need be."""
    arrays: dict[str, Any] = {}
    for part in PARTS:
        split = data.splits[part]
        arrays |= {f"{part}_{field}": getattr(split, field) for field in _FIELDS}
        if split.votes is not None:
            arrays[f"{part}_votes"] = split.votes
    about = {
        "id": data.id,
        "sources": list(data.sources),
        "labels": {"id": data.labels.id, "names": list(data.labels.names)},
        "names": {part: data.splits[part].name for part in PARTS},
        "dropped": dict(data.dropped),
        "crop": to_plain(data.crop),
        "licence": data.licence,
    }
    arrays["about"] = np.frombuffer(json.dumps(about).encode(), dtype=np.uint8)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        np.savez_compressed(file, **arrays)


def _read_prepared(path: Path) -> Dataset:
    try:
        with np.load(path, allow_pickle=False) as arrays:
            about = json.loads(arrays["about"].tobytes())
            splits = {
                part: Split(
                    name=about["names"][part],
                    images=arrays[f"{part}_images"],
                    labels=arrays[f"{part}_labels"],
                    votes=arrays.get(f"{part}_votes"),
                    rows=arrays[f"{part}_rows"],
                )
                for part in PARTS
            }
        labels = about["labels"]
        crop: AlignedCrop | BoxCrop = from_plain(_CROPS[about["crop"]["kind"]], about["crop"])
        return Dataset(
            id=about["id"],
            sources=tuple(about["sources"]),
            labels=LABEL_SETS.get(labels["id"]) or LabelSet(labels["id"], tuple(labels["names"])),
            splits=splits,
            dropped=about["dropped"],
            crop=crop,
            licence=about["licence"],
        )
    except (OSError, ValueError, KeyError, TypeError, EOFError, zipfile.BadZipFile) as error:
        raise FerqtError(
            f"cannot read prepared data {path}: {error}", "Run `python -m training prepare` again."
        ) from error
