import base64
import json
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from ferqt.classifiers.card import TrainingRecord, read_card
from ferqt.core.emotions import FER7, color_of
from ferqt.errors import FerqtError
from tests.helpers.fer2013 import small_fer2013
from tests.helpers.models import TINY_FOLDER
from training.adjust import choose_adjustment
from training.answers import Answers
from training.datasets.base import TEST
from training.datasets.fer2013 import Fer2013
from training.datasets.labels import labels_in
from training.datasets.merge import merge
from training.evaluate import evaluate
from training.formats import FormatRecord
from training.html_report import report_page
from training.metrics import Interval
from training.report import History, Report
from training.report_folder import write_report
from training.run import EpochRecord, HeadRecord


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Report:
    """A report with everything in it, of answers that are right in most of the pictures."""
    csv = small_fer2013(tmp_path_factory.mktemp("data") / "fer2013.csv")
    data = merge([Fer2013().load(csv)])
    card = read_card(TINY_FOLDER / "card.json")
    training = TrainingRecord(("fer2013",), "0" * 64, 7, "tiny.toml", "3", "2026-01-01")
    card = replace(card, name="Tiny <b>& bold</b>", training=training)
    split = data.splits[TEST]
    labels = labels_in(split, FER7, "own")
    said = np.where(np.arange(14) < 3, (labels + 1) % 7, labels)
    upright = (0.6 * np.eye(7)[said] + 0.4 / 7).astype(np.float32)
    evaluation = evaluate(card, Answers(upright, upright), data, split, "own")
    records = tuple(
        EpochRecord(
            epoch=epoch,
            phase=1 + epoch // 3,
            side=48,
            loss=6.0 / epoch,
            learning_rate=0.001,
            heads={name: HeadRecord(0.2 * epoch, 0.15 * epoch, 2.0 / epoch) for name in "ab"},
            seconds=60.0,
        )
        for epoch in range(1, 5)
    )
    return Report(
        card=card,
        evaluations=(evaluation, evaluation),
        history=History("a", 3, records, loss_weight=2.0),
        adjustment=choose_adjustment(upright, labels, np.full(7, 1 / 7), FER7),
        formats=(
            FormatRecord("int8", ("model.int8.tflite",), 1_200_000, 0.0123, -0.0004),
            FormatRecord("h5", ("model.h5",), 4_500_000, None, None),
        ),
    )


@pytest.fixture(scope="module")
def written(report: Report, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of that report."""
    folder = tmp_path_factory.mktemp("report") / "made" / "on demand"
    write_report(report, folder)
    return folder


class _Page(HTMLParser):
    """Collects tags with their attributes, and the text."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data


def test_the_page_holds_its_pictures_and_links_to_nothing(written: Path):
    text = (written / "report.html").read_text(encoding="utf-8")
    page = _Page(text)
    pictures = {attrs["alt"]: attrs["src"] for tag, attrs in page.tags if tag == "img"}
    assert set(pictures) == {"recall", "confusion", "reliability", "curves"}
    for name, source in pictures.items():
        kind, _, data = source.partition(",")
        assert kind == "data:image/png;base64"
        assert base64.b64decode(data) == (written / f"{name}.png").read_bytes()
    assert "://" not in text
    assert not {"a", "link", "script", "iframe"} & {tag for tag, _ in page.tags}


def test_the_page_says_what_was_measured_and_on_what(written: Path):
    text = _Page((written / "report.html").read_text(encoding="utf-8")).text
    for said in (
        "78.6%",
        "fer2013/private, n = 14; true class: the data set’s own label",
        "Epoch 3 of 4 was exported",
        "The run took 4 minutes",
        "No shift is better than none.",
        "−1.2 points",
        "0.0 points",
        "same weights",
        "Its answers mean nothing.",
        "It recognizes expressions; it does not read feelings.",
    ):
        assert said in text
    assert "−0.0" not in text


def test_the_page_says_whether_a_shift_was_worth_it(report: Report):
    """The pictures are not looked at here, so none need to be drawn."""
    drawn = dict.fromkeys(("recall", "confusion", "reliability", "curves"), bytes(24))
    gained = replace(
        report.adjustment, tried=0.35, macro_f1=(0.6, 0.62), gain=Interval(-0.004, 0.03)
    )

    noise = report_page(replace(report, adjustment=gained), drawn)
    used = report_page(replace(report, adjustment=replace(gained, tau=0.35)), drawn)

    assert "With tau = 0.35 it goes from 60.0% to 62.0% (gain −0.4 to +3.0 points" in noise
    assert "That is within noise: the answers are not shifted." in noise
    assert "The answers are shifted by it." in used


def test_texts_of_a_card_cannot_become_part_of_the_page(written: Path):
    page = _Page((written / "report.html").read_text(encoding="utf-8"))
    assert "Tiny <b>& bold</b>" in page.text


def test_json_holds_every_figure(written: Path):
    plain = json.loads((written / "report.json").read_text())
    assert plain["evaluations"][-1]["accuracy"] == pytest.approx(11 / 14)
    assert plain["history"]["best_epoch"] == 3
    assert [one["training_loss"] for one in plain["history"]["epochs"]] == [3.0, 1.5, 1.0, 0.75]
    assert plain["history"]["epochs"][2]["validation"]["accuracy"] == pytest.approx(0.6)
    assert plain["formats"][0]["accuracy_loss"] == 0.0123
    assert plain["adjustment"]["tau"] == 0


def test_what_is_not_known_is_left_out(report: Report, tmp_path: Path):
    bare = replace(report, history=None, adjustment=None, formats=())
    never_uncertain = replace(report.quoted, uncertain_below=0.0)
    write_report(replace(bare, evaluations=(never_uncertain,)), tmp_path)

    assert {path.name for path in tmp_path.iterdir()} == {
        "confusion.png",
        "recall.png",
        "reliability.png",
        "report.html",
        "report.json",
    }
    assert json.loads((tmp_path / "report.json").read_text())["history"] is None


def colors_of(path: Path) -> set[tuple[int, int, int]]:
    with Image.open(path) as picture:
        return {color for _, color in picture.convert("RGB").getcolors(1 << 24)}


def test_bars_have_the_expressions_colors(written: Path):
    colors = np.array(list(colors_of(written / "recall.png")))
    for name in FER7.names:
        wanted = [int(color_of(name)[at : at + 2], 16) for at in (1, 3, 5)]
        assert np.abs(colors - wanted).max(axis=1).min() <= 4, name


def test_pictures_are_small(written: Path):
    for path in written.glob("*.png"):
        assert path.stat().st_size < 60_000
        with Image.open(path) as picture:
            assert 400 < picture.width < 1500


def test_a_folder_that_cannot_be_written_is_one_clear_error(report: Report, tmp_path: Path):
    (tmp_path / "taken").write_text("a file")

    with pytest.raises(FerqtError, match="cannot write the report"):
        write_report(report, tmp_path / "taken")
