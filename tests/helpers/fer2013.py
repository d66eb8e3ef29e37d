"""Small files in FER2013's and FER+'s published layout, with pictures made by code."""

import csv
import os
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import pytest

SIDE = 48
FERPLUS_COLUMNS = (
    "Usage",
    "Image name",
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


def picture(label: int, seed: int) -> np.ndarray:
    """A 48 x 48 gray picture whose stripes tell its class, under noise that no other seed has."""
    noise = np.random.default_rng((label, seed)).integers(0, 60, (SIDE, SIDE))
    rows = np.arange(SIDE)[:, None]
    stripes = 90 * (1 + np.sin(rows * (label + 1) * np.pi / 24))
    return np.clip(stripes + noise, 0, 255).astype(np.uint8)


def write_fer2013(path: Path, rows: Sequence[tuple[int, np.ndarray, str]]) -> Path:
    """Write (emotion, picture, Usage) rows as fer2013.csv."""
    with path.open("w", encoding="ascii", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(("emotion", "pixels", "Usage"))
        for label, pixels, usage in rows:
            writer.writerow((label, " ".join(str(value) for value in pixels.ravel()), usage))
    return path


def write_ferplus(
    path: Path, usages: Sequence[str], rows: Mapping[int, tuple[str | int, ...]]
) -> Path:
    """Write FER+'s file: nine raters say happiness in every row that `rows` does not give."""
    usual = ("x.png", 0, 9, 0, 0, 0, 0, 0, 0, 1, 0)
    with path.open("w", encoding="ascii", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(FERPLUS_COLUMNS)
        writer.writerows((usage, *rows.get(row, usual)) for row, usage in enumerate(usages))
    return path


def small_fer2013(path: Path, *, train: int = 28, tested: int = 14) -> Path:
    """Write a whole small data set: every class in each part, no picture twice."""
    rows = []
    for usage, count in (("Training", train), ("PublicTest", tested), ("PrivateTest", tested)):
        rows += [(i % 7, picture(i % 7, len(rows) + i), usage) for i in range(count)]
    return write_fer2013(path, rows)


def published_file() -> Path:
    """Return the published FER2013 file, or skip the test where nobody has put it.

    `FERQT_FER2013` names it; else it is looked for beside the checkout, in `shared/data/fer2013/`.
    """
    beside = Path(__file__).resolve().parents[3] / "shared/data/fer2013/fer2013.csv.xz"
    place = Path(os.environ.get("FERQT_FER2013", beside))
    if not place.is_file():
        pytest.skip(f"needs FER2013: set FERQT_FER2013 to fer2013.csv(.xz); not at {place}")
    return place
