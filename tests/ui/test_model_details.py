"""The details of a model: what the card and the report say, and little when there is little."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from ferqt.classifiers.card import Metrics
from ferqt.classifiers.catalog import Catalog, CatalogEntry
from ferqt.runtime.tasks import TaskRunner
from ferqt.ui.dialogs.model_details import ModelDetailsDialog
from ferqt.ui.dialogs.model_figures import ClassTable, ConfusionView
from ferqt.ui.dialogs.model_pictures import PictureView
from ferqt.ui.docks.model_texts import CardState
from ferqt.ui.theme import Theme
from tests.helpers.models import add_tiny_model

SHIPPED = Catalog((Path("models"),))
STATE = CardState(runtime="LiteRT", speed_ms=2.437)


@pytest.fixture
def tasks(qapp: object) -> Iterator[TaskRunner]:
    made = TaskRunner()
    yield made
    made.shutdown()


@pytest.fixture
def show(qtbot: QtBot, tasks: TaskRunner) -> Callable[[CatalogEntry], ModelDetailsDialog]:
    """Opens the details of a model and waits for its report."""

    def show_(entry: CatalogEntry) -> ModelDetailsDialog:
        dialog = ModelDetailsDialog(entry, STATE, Theme(), tasks)
        qtbot.addWidget(dialog)
        dialog.show()
        qtbot.waitUntil(lambda: bool(dialog._content.sizes), timeout=5_000)
        return dialog

    return show_


def words(dialog: ModelDetailsDialog) -> str:
    # Qt shows what was added to a layout when it comes back to its events.
    QApplication.processEvents()
    labels = [label.text() for label in dialog.findChildren(QLabel) if label.isVisible()]
    lines = [line.text() for line in dialog.findChildren(QLineEdit) if line.isVisible()]
    return " | ".join(labels + lines)


def seen(dialog: ModelDetailsDialog, kind: type[QWidget]) -> list[QWidget]:
    QApplication.processEvents()
    return [one for one in dialog.findChildren(kind) if one.isVisible()]


def accuracy_of(entry: CatalogEntry, figures: Metrics) -> str:
    """What the dialog says of the accuracy, with the interval from the model's report."""
    report = json.loads((entry.folder / "report" / "report.json").read_text(encoding="utf-8"))
    (measured,) = (one for one in report["evaluations"] if one["dataset"] == figures.dataset)
    low, high = (100 * measured["accuracy_interval"][end] for end in ("low", "high"))
    return f"{100 * figures.accuracy:.1f} %   (95 % interval {low:.1f} to {high:.1f} %)"


def test_a_shipped_model_is_shown_with_its_figures_pictures_terms_and_files(
    show: Callable[[CatalogEntry], ModelDetailsDialog],
) -> None:
    entry = SHIPPED.entry("live48-ferplus8")
    card = entry.card
    assert card is not None
    assert card.training is not None
    assert card.files.keras is not None
    assert card.files.litert is not None
    dialog = show(entry)
    text = words(dialog)
    figures = card.metrics[-1]
    for part in (
        card.name,
        ", ".join(card.output.labels.names),
        "48 × 48 px, gray, values 0 to 255; eyes and mouth in fixed places",
        "2.4 ms a face on this computer",
        f"{card.output.temperature:g} (divides the logits",
        f"when the best answer is below {100 * card.output.uncertain_below:.0f} %",
        ", ".join(card.training.datasets),
        f"{figures.n:,}",
        accuracy_of(entry, figures),
        f"{100 * figures.ece:.1f} % (ECE",
        card.licence,
        card.data_licence,
        card.intended_use,
        card.limits,
        card.files.keras.sha256,
        card.files.litert.sha256,
        "model.tflite  ·  5.3 MB",
        "not feelings",
    ):
        assert part in text
    assert len(seen(dialog, PictureView)) == 3
    assert seen(dialog, ConfusionView) == []
    (table,) = seen(dialog, ClassTable)
    rows = [label.text() for label in table.findChildren(QLabel)]
    sad = figures.per_class["sad"]
    place = rows.index("sad")
    assert rows[place + 1 : place + 5] == [
        f"{100 * sad.precision:.1f} %",
        f"{100 * sad.recall:.1f} %",
        f"{100 * sad.f1:.1f} %",
        f"{sad.support:,}",
    ]


def test_another_data_set_brings_its_figures_and_a_matrix_made_of_them(
    show: Callable[[CatalogEntry], ModelDetailsDialog],
) -> None:
    entry = SHIPPED.entry("live48-ferplus8")
    assert entry.card is not None
    dialog = show(entry)
    dialog._chosen.setCurrentIndex(0)
    figures = entry.card.metrics[0]
    assert accuracy_of(entry, figures) in words(dialog)
    (matrix,) = seen(dialog, ConfusionView)
    names = entry.card.output.labels.names
    shares = np.array(figures.confusion, float)[names.index("disgust")]
    shares *= 100 / shares.sum()
    found, shares[names.index("disgust")] = shares[names.index("disgust")], 0.0
    taken = f"{shares.max():.0f} % taken for {names[shares.argmax()]}"
    told = f"disgust: {found:.0f} % found, {taken}."
    assert told in matrix.accessibleDescription()


def test_a_cell_of_the_matrix_is_the_fuller_the_more_faces_lie_in_it(qtbot: QtBot) -> None:
    card = SHIPPED.entry("live48-ferplus8").card
    assert card is not None
    theme = Theme("light")
    matrix = ConfusionView(card.metrics[0], card.output.labels.names, theme)
    qtbot.addWidget(matrix)
    matrix.resize(matrix.sizeHint())
    picture = matrix.grab().toImage()
    left = round(matrix._margins()[0])

    def lightness(row: int, column: int) -> int:
        return picture.pixelColor(left + 44 * column + 6, 44 * row + 6).lightness()

    # Happy is found nearly always, contempt seldom, and it is hardly ever taken for happy.
    assert lightness(1, 1) < lightness(7, 7) < lightness(7, 1)


def test_a_model_with_nothing_but_a_card_says_so(
    show: Callable[[CatalogEntry], ModelDetailsDialog], tmp_path: Path
) -> None:
    add_tiny_model(tmp_path / "own", edit=lambda card: card.update(training=None))
    (entry,) = Catalog((tmp_path / "shipped", tmp_path / "own")).entries
    dialog = show(entry)
    text = words(dialog)
    assert "How its weights were made is not known." in text
    assert "How often it is right was not measured." in text
    assert "Added by you" in text
    assert seen(dialog, PictureView) == seen(dialog, ClassTable) == []
    assert not dialog._chosen.isVisible()


def test_a_damaged_picture_is_left_out(
    show: Callable[[CatalogEntry], ModelDetailsDialog], tmp_path: Path
) -> None:
    folder = add_tiny_model(tmp_path)
    (folder / "report").mkdir()
    (folder / "report" / "curves.png").write_bytes(b"\x89PNG no picture")
    (entry,) = Catalog((tmp_path,)).entries
    assert seen(show(entry), PictureView) == []


def test_a_report_that_comes_after_closing_is_dropped(qtbot: QtBot, tasks: TaskRunner) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    entry = SHIPPED.entry("live48-fer7")
    dialog = ModelDetailsDialog(entry, STATE, Theme(), tasks, parent)
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()
    dialog.close()
    # An exception in Qt's event loop would fail the test.
    qtbot.waitUntil(lambda: not tasks._waiting, timeout=10_000)


def test_the_smallest_dialog_scrolls_down_alone(
    qtbot: QtBot, show: Callable[[CatalogEntry], ModelDetailsDialog]
) -> None:
    dialog = show(SHIPPED.entry("live48-fer7"))
    dialog.resize(dialog.minimumSize())
    (area,) = dialog.findChildren(QScrollArea)
    qtbot.waitUntil(lambda: area.width() < 500)
    qtbot.waitUntil(lambda: area.horizontalScrollBar().maximum() == 0, timeout=2_000)
    qtbot.waitUntil(lambda: area.verticalScrollBar().maximum() > 1000)
