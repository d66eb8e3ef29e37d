"""FER2013 (Goodfellow et al. 2013) with, on request, FER+'s votes (Barsoum et al. 2016)."""

import csv
import lzma
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final, TextIO

import numpy as np
import numpy.typing as npt

from ferqt.classifiers.card import FER_CROP
from ferqt.core.emotions import FER7, canonical_name
from ferqt.errors import FerqtError
from training.datasets.base import TEST, TRAIN, VALIDATION, Dataset, Split

SIDE: Final = 48
_PARTS: Final = {"Training": TRAIN, "PublicTest": VALIDATION, "PrivateTest": TEST}
_NAMES: Final = {TRAIN: "fer2013/training", VALIDATION: "fer2013/public", TEST: "fer2013/private"}
_COLUMNS: Final = ("emotion", "pixels", "Usage")

_AMBIGUOUS_ROWS: Final = (5274, 34334)
"""FER+ names these rows like other rows, so nobody can say which votes belong to which picture."""

_FERPLUS_NAMES: Final = (
    "neutral",
    "happiness",
    "surprise",
    "sadness",
    "anger",
    "disgust",
    "fear",
    "contempt",
    "unknown",
    "NF",
)

LICENCE: Final = (
    "FER2013: pictures collected from the web for the Kaggle competition of ICML 2013, for "
    "research; the rights in the pictures stay with their owners. FER+ votes: MIT, Microsoft."
)


class Fer2013:
    """Reads `fer2013.csv`, plain or xz, in its published columns and order.

    Training rows that would leak or mislead are left out: pictures that stand pixel for pixel in a
    test part too and, when FER+'s file is given, the rows that it leaves unnamed or most of its
    raters call no face. The test parts stay whole, so figures compare with published ones.
    """

    id = "fer2013"
    title = "FER2013 (Goodfellow et al. 2013)"

    def load(self, source: Path, votes: Path | None = None) -> Dataset:
        """Read `source` (.csv or .csv.xz) and, if given, FER+'s `fer2013new.csv`."""
        images, labels, parts = _read_pictures(source)
        shares, doubts = _read_votes(votes, len(labels)) if votes else (None, {})
        return _assemble(images, labels, parts, shares, doubts)


def _assemble(
    images: npt.NDArray[np.uint8],
    labels: npt.NDArray[np.int64],
    parts: npt.NDArray[np.str_],
    shares: npt.NDArray[np.float32] | None,
    doubts: dict[str, npt.NDArray[np.bool_]],
) -> Dataset:
    reasons = {"same picture in a test part": _also_in_test(images, parts)}
    ambiguous = np.zeros(len(labels), dtype=bool)
    ambiguous[[row for row in _AMBIGUOUS_ROWS if row < len(labels)]] = True
    reasons["FER+ name used twice"] = ambiguous
    reasons.update(doubts)
    train = parts == TRAIN
    keep = train.copy()
    dropped = {}
    for reason, rows in reasons.items():
        dropped[reason] = int((keep & rows).sum())
        keep &= ~rows
    splits = {}
    for part, name in _NAMES.items():
        chosen = keep if part == TRAIN else parts == part
        splits[part] = Split(
            name=name,
            images=images[chosen],
            labels=labels[chosen],
            votes=None if shares is None else shares[chosen],
            rows=np.flatnonzero(chosen).astype(np.int64),
        )
    return Dataset(
        id=Fer2013.id,
        sources=(Fer2013.id,) if shares is None else (Fer2013.id, "ferplus"),
        labels=FER7,
        splits=splits,
        dropped=dropped,
        crop=FER_CROP,
        licence=LICENCE,
    )


@contextmanager
def _open_text(path: Path) -> Iterator[TextIO]:
    """Open a text file, compressed or not; every failure of the file becomes one clear error."""
    try:
        if path.suffix == ".xz":
            with lzma.open(path, "rt", encoding="ascii", newline="") as text:
                yield text
        else:
            with path.open(encoding="ascii", newline="") as text:
                yield text
    except (OSError, EOFError, lzma.LZMAError, UnicodeDecodeError, csv.Error) as error:
        raise FerqtError(f"cannot read {path}: {error}", "Download the file again.") from error


def _read_pictures(
    path: Path,
) -> tuple[npt.NDArray[np.uint8], npt.NDArray[np.int64], npt.NDArray[np.str_]]:
    images, labels, parts = [], [], []
    with _open_text(path) as text:
        reader = csv.DictReader(text)
        _require_columns(path, reader.fieldnames, _COLUMNS)
        for row, record in enumerate(reader):
            images.append(_pixels(path, row, record["pixels"]))
            labels.append(_label(path, row, record["emotion"]))
            part = _PARTS.get(record["Usage"])
            if part is None:
                raise FerqtError(
                    f"{path.name} row {row}: unknown Usage {record['Usage']!r}",
                    f"Expected one of: {', '.join(_PARTS)}.",
                )
            parts.append(part)
    missing = [usage for usage, part in _PARTS.items() if part not in parts]
    if missing:
        raise FerqtError(f"{path.name} has no rows of {', '.join(missing)}", "Use the whole file.")
    return np.stack(images), np.array(labels, dtype=np.int64), np.array(parts)


def _pixels(path: Path, row: int, text: str | None) -> npt.NDArray[np.uint8]:
    try:
        values = np.array((text or "").split(), dtype=np.int16)
    except (ValueError, OverflowError) as error:
        raise FerqtError(
            f"{path.name} row {row}: pixels are not whole numbers ({error})"
        ) from error
    if values.size != SIDE * SIDE:
        raise FerqtError(
            f"{path.name} row {row}: {values.size} pixels", f"Expected {SIDE * SIDE} (48 x 48)."
        )
    if values.min() < 0 or values.max() > 255:
        raise FerqtError(f"{path.name} row {row}: a pixel is outside 0..255")
    return values.astype(np.uint8).reshape(SIDE, SIDE)


def _label(path: Path, row: int, text: str | None) -> int:
    if text is not None and text.isdecimal() and int(text) < len(FER7):
        return int(text)
    raise FerqtError(
        f"{path.name} row {row}: unknown emotion {text!r}", f"Expected 0 to {len(FER7) - 1}."
    )


def _require_columns(path: Path, found: object, wanted: tuple[str, ...]) -> None:
    names = list(found) if isinstance(found, (list, tuple)) else []
    missing = [name for name in wanted if name not in names]
    if missing:
        raise FerqtError(
            f"{path.name} has no column {', '.join(missing)}",
            f"Expected the columns {', '.join(wanted)}.",
        )


def _also_in_test(
    images: npt.NDArray[np.uint8], parts: npt.NDArray[np.str_]
) -> npt.NDArray[np.bool_]:
    """Which pictures stand, pixel for pixel, in a test part; always true for the test rows."""
    keys = [image.tobytes() for image in images]
    tested = {key for key, part in zip(keys, parts, strict=True) if part != TRAIN}
    return np.array([key in tested for key in keys])


def _read_votes(
    path: Path, count: int
) -> tuple[npt.NDArray[np.float32], dict[str, npt.NDArray[np.bool_]]]:
    """Read FER+'s ten votes a picture as shares of FER7's classes, and the rows in doubt.

    As the authors do, a single vote counts as an outlier. Contempt and unknown have no class in
    FER7; what is left is brought to sum 1, and a row with nothing left is zeros.
    """
    votes = np.zeros((count, len(_FERPLUS_NAMES)), dtype=np.float32)
    unnamed = np.zeros(count, dtype=bool)
    with _open_text(path) as text:
        reader = csv.DictReader(text)
        _require_columns(path, reader.fieldnames, ("Image name", *_FERPLUS_NAMES))
        row = -1
        for row, record in enumerate(reader):
            if row >= count:
                break
            unnamed[row] = not (record["Image name"] or "").strip()
            try:
                votes[row] = [float(record[name]) for name in _FERPLUS_NAMES]
            except (TypeError, ValueError) as error:
                raise FerqtError(f"{path.name} row {row}: a vote is no number") from error
    if row + 1 != count:
        raise FerqtError(
            f"{path.name} has {'more than ' if row >= count else ''}{min(row + 1, count)} rows, "
            f"the pictures are {count}",
            "Use FER+'s file for the same, whole FER2013.",
        )
    no_face = votes[:, _FERPLUS_NAMES.index("NF")] > votes.sum(axis=1) / 2
    votes[votes <= 1] = 0
    order = [[canonical_name(name) for name in _FERPLUS_NAMES].index(name) for name in FER7.names]
    shares = votes[:, order]
    total = shares.sum(axis=1, keepdims=True)
    shares = np.divide(shares, total, out=np.zeros_like(shares), where=total > 0)
    return shares, {"unnamed by FER+": unnamed, "no face by FER+": no_face & ~unnamed}
