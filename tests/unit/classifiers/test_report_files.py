"""A model's report counts when it is whole and belongs to the card."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from ferqt.classifiers.catalog import Catalog, CatalogEntry
from ferqt.classifiers.report_files import PICTURES, Intervals, read_report
from tests.helpers.models import add_tiny_model

Json = dict[str, Any]
FIGURES: Json = {
    "dataset": "faces/test",
    "n": 10,
    "accuracy": 0.7,
    "macro_f1": 0.6,
    "ece": 0.1,
    "per_class": {},
    "confusion": [],
}
REPORT: Json = {
    "evaluations": [
        {
            **FIGURES,
            "accuracy_interval": {"low": 0.6, "high": 0.8},
            "macro_f1_interval": {"low": 0.5, "high": 0.7},
        }
    ]
}


@pytest.fixture
def entry(tmp_path: Path) -> CatalogEntry:
    folder = add_tiny_model(tmp_path, edit=lambda card: card.update(metrics=[FIGURES]))
    (folder / "report").mkdir()
    (found,) = Catalog((tmp_path,)).entries
    return found


def write(entry: CatalogEntry, text: str) -> None:
    (entry.folder / "report" / "report.json").write_text(text)


def test_shipped_models_have_pictures_and_intervals_for_all_their_figures() -> None:
    for entry in Catalog((Path("models"),)).entries:
        assert entry.card is not None
        report = read_report(entry)
        assert set(report.pictures) == set(PICTURES)
        assert set(report.intervals) == {metrics.dataset for metrics in entry.card.metrics}
        for metrics in entry.card.metrics:
            found = report.intervals[metrics.dataset].accuracy
            assert found is not None
            assert found[0] < metrics.accuracy < found[1]


def test_intervals_are_read_by_data_set(entry: CatalogEntry) -> None:
    write(entry, json.dumps(REPORT))
    assert read_report(entry).intervals == {"faces/test": Intervals((0.6, 0.8), (0.5, 0.7))}


def other_accuracy(report: Json) -> None:
    report["evaluations"][0]["accuracy"] = 0.71


def other_count(report: Json) -> None:
    report["evaluations"][0]["n"] = 11


def other_set(report: Json) -> None:
    report["evaluations"][0]["dataset"] = "elsewhere"


def no_list(report: Json) -> None:
    report["evaluations"] = 3


@pytest.mark.parametrize("edit", [other_accuracy, other_count, other_set, no_list])
def test_a_report_of_other_figures_is_not_believed(
    entry: CatalogEntry, edit: Callable[[Json], None]
) -> None:
    report = json.loads(json.dumps(REPORT))
    edit(report)
    write(entry, json.dumps(report))
    assert read_report(entry).intervals == {}


@pytest.mark.parametrize(
    "interval", [None, 3, {"low": 0.8, "high": 0.6}, {"low": "a", "high": 1}, {"low": 0, "high": 7}]
)
def test_an_interval_that_is_none_is_left_out(entry: CatalogEntry, interval: object) -> None:
    report = json.loads(json.dumps(REPORT))
    report["evaluations"][0]["accuracy_interval"] = interval
    write(entry, json.dumps(report))
    assert read_report(entry).intervals["faces/test"] == Intervals(None, (0.5, 0.7))


@pytest.mark.parametrize("text", ["", "{", "[]", "null", "[" * 100_000])
def test_a_damaged_report_is_left_out(entry: CatalogEntry, text: str) -> None:
    write(entry, text)
    assert read_report(entry).intervals == {}


def test_a_picture_that_is_a_link_out_of_the_folder_is_left_out(
    entry: CatalogEntry, tmp_path: Path
) -> None:
    outside = tmp_path / "outside.png"
    shutil.copy("models/live48-fer7/report/curves.png", outside)
    (entry.folder / "report" / "curves.png").symlink_to(outside)
    shutil.copy(outside, entry.folder / "report" / "recall.png")
    assert set(read_report(entry).pictures) == {"recall"}
