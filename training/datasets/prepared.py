"""A data set read and checked once, kept as one .npz that opens in a second."""

import json
import zipfile
from pathlib import Path
from typing import Any, Final

import numpy as np

from ferqt.classifiers.card import AlignedCrop, BoxCrop
from ferqt.classifiers.schema import from_plain, to_plain
from ferqt.errors import FerqtError, OutputError
from training.datasets.base import PARTS, Dataset, Split

_CROPS: Final[dict[str, Any]] = {kind.kind: kind for kind in (AlignedCrop, BoxCrop)}
_FIELDS: Final = ("images", "labels", "votes", "sources", "subjects", "names")


def write_prepared(data: Dataset, path: Path) -> None:
    """Write a data set as .npz; a reader sees the old file or the new one, never half of it.

    Raises:
        OutputError: It cannot be written.
    """
    arrays: dict[str, Any] = {
        f"{part}_{field}": getattr(data.splits[part], field) for part in PARTS for field in _FIELDS
    }
    about = {
        "id": data.id,
        "sources": list(data.sources),
        "votes_from": data.votes_from,
        "names": {part: data.splits[part].name for part in PARTS},
        "split_names": dict(data.split_names),
        "dropped": dict(data.dropped),
        "crop": to_plain(data.crop),
        "licence": data.licence,
    }
    arrays["about"] = np.frombuffer(json.dumps(about).encode(), dtype=np.uint8)
    draft = path.with_name(f".{path.name}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with draft.open("wb") as file:
            np.savez_compressed(file, **arrays)
        draft.replace(path)
    except OSError as error:
        raise OutputError(f"cannot write {path}: {error.strerror}", "Check the folder.") from error


def read_prepared(path: Path) -> Dataset:
    """Read what `write_prepared` wrote.

    Raises:
        FerqtError: Nothing is there, or it is no prepared data set.
    """
    if not path.exists():
        raise FerqtError(f"no data at {path}", "Make it with `python -m training prepare`.")
    try:
        with np.load(path, allow_pickle=False) as arrays:
            about = json.loads(arrays["about"].tobytes())
            splits = {
                part: Split(
                    name=about["names"][part],
                    **{field: arrays[f"{part}_{field}"] for field in _FIELDS},
                )
                for part in PARTS
            }
        crop: AlignedCrop | BoxCrop = from_plain(_CROPS[about["crop"]["kind"]], about["crop"])
        return Dataset(
            id=about["id"],
            sources=tuple(about["sources"]),
            votes_from=about["votes_from"],
            splits=splits,
            split_names=about["split_names"],
            dropped=about["dropped"],
            crop=crop,
            licence=about["licence"],
        )
    except (OSError, ValueError, KeyError, TypeError, EOFError, zipfile.BadZipFile) as error:
        raise FerqtError(
            f"cannot read prepared data {path}: {error}", "Run `python -m training prepare` again."
        ) from error
