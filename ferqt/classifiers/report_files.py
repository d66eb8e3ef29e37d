"""What a model's folder holds beside its card: the pictures and intervals of its report.

All of it may be missing or damaged: then it is left out, and the card alone is shown.
"""

import json
import logging
import math
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from ferqt.classifiers.card import Metrics
from ferqt.classifiers.catalog import CatalogEntry

_log = logging.getLogger(__name__)

PICTURES: Final = ("confusion", "recall", "reliability", "curves")
"""Names of the pictures, in the order in which they are read."""

_FOLDER: Final = "report"
_MAX_JSON_BYTES: Final = 8_000_000
_MAX_PICTURE_BYTES: Final = 20_000_000
_SAME: Final = 1e-9

Interval = tuple[float, float]
"""Lower and upper end of a 95 % interval, shares in 0..1."""


@dataclass(frozen=True, slots=True)
class Intervals:
    """How sure a data set's figures are; None where the report does not say."""

    accuracy: Interval | None = None
    macro_f1: Interval | None = None


@dataclass(frozen=True, slots=True)
class ReportFiles:
    """A model's report.

    Attributes:
        pictures: PNG files by the names of `PICTURES`, those that are there.
        intervals: By the name of the data set.
    """

    pictures: Mapping[str, Path]
    intervals: Mapping[str, Intervals]


def read_report(entry: CatalogEntry) -> ReportFiles:
    """Read what there is of a model's report; any thread."""
    folder = entry.folder / _FOLDER
    pictures = {
        name: path
        for name in PICTURES
        if _is_usable(path := folder / f"{name}.png", entry.folder, _MAX_PICTURE_BYTES)
    }
    return ReportFiles(pictures, _intervals(entry, folder / "report.json"))


def _is_usable(path: Path, home: Path, limit: int) -> bool:
    """Whether a file is there, small enough, and no link out of the model's folder."""
    try:
        inside = path.resolve().is_relative_to(home.resolve())
        return inside and path.is_file() and path.stat().st_size <= limit
    except OSError:
        return False


def _intervals(entry: CatalogEntry, path: Path) -> dict[str, Intervals]:
    if entry.card is None or not _is_usable(path, entry.folder, _MAX_JSON_BYTES):
        return {}
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        evaluations = [one for one in content["evaluations"] if isinstance(one, dict)]
    except (OSError, ValueError, KeyError, TypeError, RecursionError) as error:
        _log.info("report of %s is not read: %s", entry.id, error)
        return {}
    quoted = {metrics.dataset: metrics for metrics in entry.card.metrics}
    return {
        one["dataset"]: Intervals(
            _interval(one.get("accuracy_interval")), _interval(one.get("macro_f1_interval"))
        )
        for one in evaluations
        if _belongs(one, quoted)
    }


def _belongs(evaluation: Mapping[str, object], quoted: Mapping[str, Metrics]) -> bool:
    """Whether a report's figures are those of the card, and not those of an older model."""
    name, accuracy = evaluation.get("dataset"), evaluation.get("accuracy")
    if not isinstance(name, str) or name not in quoted or not isinstance(accuracy, int | float):
        return False
    metrics = quoted[name]
    return evaluation.get("n") == metrics.n and abs(accuracy - metrics.accuracy) < _SAME


def _interval(value: object) -> Interval | None:
    if not isinstance(value, dict):
        return None
    low, high = value.get("low"), value.get("high")
    if not isinstance(low, int | float) or not isinstance(high, int | float):
        return None
    if not (math.isfinite(low) and math.isfinite(high) and 0 <= low <= high <= 1):
        return None
    return float(low), float(high)
