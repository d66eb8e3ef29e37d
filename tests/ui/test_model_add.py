"""Adding a bare file in the window: asked is what it does not say, shown is what that does."""

import json
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from ferqt.classifiers.adding import StagedModel, stage_model
from ferqt.classifiers.card import BoxCrop, KerasFile, ModelFiles
from ferqt.classifiers.catalog import Catalog
from ferqt.classifiers.orders import orders_of
from ferqt.core.types import FaceBox, Image
from ferqt.runtime.tasks import TaskRunner
from ferqt.ui.dialogs.model_add import AddModelDialog
from ferqt.ui.dialogs.model_form import ModelForm
from ferqt.ui.dialogs.model_order import OrderEditor
from ferqt.ui.dialogs.model_preview import ModelPreview
from ferqt.ui.theme import Theme
from tests.helpers.models import TINY_FOLDER
from tests.helpers.portraits import grace_hopper

Open = Callable[..., AddModelDialog]
FACE = FaceBox(170, 132, 185, 202)


def a_face() -> tuple[FaceBox, Image]:
    return FACE, grace_hopper()


def no_face() -> None:
    return None


@pytest.fixture
def tasks(qapp: object) -> Iterator[TaskRunner]:
    made = TaskRunner()
    yield made
    made.shutdown()


@pytest.fixture
def bare(tmp_path: Path) -> Path:
    return Path(shutil.copy(TINY_FOLDER / "model.tflite", tmp_path / "smile_net.tflite"))


@pytest.fixture
def open_(qtbot: QtBot, tasks: TaskRunner, tmp_path: Path) -> Open:
    """Opens the dialog on a file; the user's models are in "own"."""

    def open__(path: Path, face: Callable[[], object] = a_face) -> AddModelDialog:
        own = tmp_path / "own"
        dialog = AddModelDialog(path, own, {"there"}, Theme(), tasks, face)  # type: ignore[arg-type]
        qtbot.addWidget(dialog)
        dialog.open()
        dialog.begin()
        return dialog

    return open__


@pytest.fixture(scope="module")
def looked_at(tmp_path_factory: pytest.TempPathFactory) -> StagedModel:
    folder = tmp_path_factory.mktemp("staged")
    return stage_model(TINY_FOLDER / "model.tflite", folder)


def left_in(tmp_path: Path) -> list[str]:
    own = tmp_path / "own"
    return sorted(path.name for path in own.iterdir()) if own.exists() else []


def press(qtbot: QtBot, dialog: AddModelDialog, text: str) -> None:
    (button,) = [one for one in dialog.findChildren(QPushButton) if one.text() == text]
    assert button.isVisible()
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def test_a_file_is_tried_on_a_face_and_added(
    qtbot: QtBot, open_: Open, bare: Path, tmp_path: Path
) -> None:
    dialog = open_(bare)
    qtbot.waitUntil(lambda: dialog.form is not None, timeout=20_000)
    assert dialog.form is not None
    assert dialog.preview is not None
    preview = dialog.preview
    told = " ".join(label.text() for label in dialog.form.findChildren(QLabel))
    assert "smile_net.tflite  ·  LiteRT file  ·  48 × 48 gray  ·  7 expressions" in told
    qtbot.waitUntil(lambda: preview.reading is not None, timeout=10_000)
    before = preview.reading
    assert before is not None
    # Values that do not fit show at once.
    dialog.form._values.setCurrentIndex(1)
    qtbot.waitUntil(lambda: preview.reading is not before, timeout=10_000)
    after = preview.reading
    assert after is not None
    assert np.abs(before.probabilities - after.probabilities).max() > 0.05
    dialog.form._values.setCurrentIndex(0)
    dialog.form._order._known.setCurrentText("As in RAF-DB")
    dialog.form._crop.setCurrentIndex(1)
    dialog.form._margin.setValue(25)
    dialog.form._name.setText("Smile Net")
    with qtbot.waitSignal(dialog.added, timeout=10_000) as caught:
        press(qtbot, dialog, "Add and Use")
    assert caught.args == ["smile-net", True]
    assert left_in(tmp_path) == ["smile-net"]
    card = Catalog((tmp_path / "shipped", tmp_path / "own")).entry("smile-net").card
    assert card is not None
    assert card.name == "Smile Net"
    assert card.output.labels.id == "rafdb7"
    assert (card.input.value_range, card.input.crop) == ((0.0, 255.0), BoxCrop(0.25))


def test_giving_up_leaves_nothing(qtbot: QtBot, open_: Open, bare: Path, tmp_path: Path) -> None:
    dialog = open_(bare)
    qtbot.waitUntil(lambda: dialog.form is not None, timeout=20_000)
    assert len(left_in(tmp_path)) == 1
    press(qtbot, dialog, "Cancel")
    assert left_in(tmp_path) == []


def test_giving_up_while_it_is_looked_at_leaves_nothing(
    qtbot: QtBot, open_: Open, tasks: TaskRunner, tmp_path: Path
) -> None:
    dialog = open_(Path(shutil.copy(TINY_FOLDER / "model.keras", tmp_path / "slow.keras")))
    qtbot.waitUntil(lambda: "Keras loads" in dialog._doing.text(), timeout=20_000)
    dialog.reject()
    tasks.shutdown()
    assert left_in(tmp_path) == []


def test_a_refusal_is_a_sentence_with_a_hint_and_another_file_can_be_chosen(
    qtbot: QtBot, open_: Open, tmp_path: Path
) -> None:
    path = tmp_path / "words.keras"
    path.write_text("hello")
    dialog = open_(path)
    qtbot.waitUntil(lambda: bool(dialog.note), timeout=10_000)
    expected = "Expected .keras, .h5, .hdf5, .tflite or model.json with its weights beside it."
    assert dialog.note == f"Not a model file: {path}. {expected}"
    with qtbot.waitSignal(dialog.another_requested):
        press(qtbot, dialog, "Choose Another File …")
    assert left_in(tmp_path) == []


def test_without_a_face_the_preview_says_how_to_get_one(
    qtbot: QtBot, tasks: TaskRunner, looked_at: StagedModel
) -> None:
    faces: list[tuple[FaceBox, Image] | None] = [None]
    preview = ModelPreview(looked_at, Theme(), tasks, lambda: faces[0])
    qtbot.addWidget(preview)
    preview.set_choices(looked_at.suggested(set()))
    preview.show()
    assert "Show your face to the camera" in preview.hint
    faces[0] = a_face()
    qtbot.waitUntil(lambda: preview.reading is not None, timeout=10_000)
    faces[0] = None
    qtbot.wait(500)
    assert preview.reading is not None, "the last face stays to try choices on"
    preview.close_for_good()


def test_a_model_that_needs_keras_says_why_it_cannot_be_tried(
    qtbot: QtBot, tasks: TaskRunner, looked_at: StagedModel, tmp_path: Path
) -> None:
    facts = replace(looked_at.facts, format="keras", problem="bicubic is missing")
    files = ModelFiles(keras=KerasFile("model.keras", "0" * 64))
    staged = StagedModel(tmp_path / "x.keras", tmp_path, files, facts)
    preview = ModelPreview(staged, Theme(), tasks, a_face)
    qtbot.addWidget(preview)
    preview.set_choices(staged.suggested(set()))
    preview.show()
    assert "bicubic is missing" in preview.hint
    assert preview.reading is None


@pytest.fixture
def form(qtbot: QtBot, looked_at: StagedModel) -> ModelForm:
    made = ModelForm(looked_at, {"there", "model"})
    qtbot.addWidget(made)
    made.show()
    return made


def test_the_form_begins_with_what_is_suggested(form: ModelForm, looked_at: StagedModel) -> None:
    assert form.choices == looked_at.suggested({"there", "model"})
    assert form.problem == ""


def test_own_values_are_asked_for_when_none_of_the_usual_fit(form: ModelForm) -> None:
    assert not form._others.isVisible()
    form._values.setCurrentIndex(form._values.count() - 1)
    assert form._others.isVisible()
    form._low.setValue(-0.5)
    form._high.setValue(0.5)
    assert form.choices is not None
    assert form.choices.value_range == (-0.5, 0.5)
    form._low.setValue(2)
    assert form.choices is None
    assert "from a lower to a higher value" in form.problem


def test_a_name_makes_an_id_that_is_free(form: ModelForm) -> None:
    form._name.setText("There")
    assert form.choices is not None
    assert (form.choices.name, form.choices.id) == ("There", "there-2")
    form._name.setText("  ")
    assert form.choices is None
    assert "name" in form.problem


def test_an_open_size_is_asked_for(qtbot: QtBot, looked_at: StagedModel) -> None:
    facts = replace(looked_at.facts, width=None, height=None)
    staged = StagedModel(Path("x.tflite"), Path(), looked_at._files, facts)
    form = ModelForm(staged, set())
    qtbot.addWidget(form)
    form._sides[0].setValue(64)
    assert form.choices is not None
    assert (form.choices.width, form.choices.height) == (64, 48)


def test_expressions_are_renamed_and_exchanged_one_by_one(qtbot: QtBot) -> None:
    fer7, folders7, *_ = orders_of(7)
    editor = OrderEditor(fer7)
    qtbot.addWidget(editor)
    with qtbot.waitSignal(editor.changed):
        editor._known.setCurrentIndex(1)
    assert editor.labels() == folders7
    for number, name in ((4, "sad"), (5, "surprise"), (6, "neutral")):
        editor._rows[number].setCurrentText(name)
    assert editor.labels() == fer7
    assert editor._known.currentText() == "As in FER2013"
    editor._rows[6].setCurrentText("Calm")
    assert editor.labels().names[6] == "calm"
    assert editor._known.currentText() == "My own order"


def test_nothing_is_added_while_the_answers_do_not_fit(
    qtbot: QtBot, open_: Open, bare: Path, tmp_path: Path
) -> None:
    dialog = open_(bare, no_face)
    qtbot.waitUntil(lambda: dialog.form is not None, timeout=20_000)
    assert dialog.form is not None
    dialog.form._order._rows[0].setCurrentText("fear")
    assert dialog.note == "An expression is named twice: 'fear'. Name each of them once."
    assert not dialog._add.isEnabled()
    assert not dialog._use.isEnabled()
    dialog.form._order._rows[0].setCurrentText("angry")
    assert dialog.note == ""
    # The disk refuses: the dialog stays, and says it.
    (tmp_path / "own" / "smile-net").mkdir()
    press(qtbot, dialog, "Add")
    qtbot.waitUntil(lambda: "there is a model of this id" in dialog.note.lower(), timeout=10_000)
    dialog.form._name.setText("Another")
    with qtbot.waitSignal(dialog.added, timeout=10_000) as caught:
        press(qtbot, dialog, "Add")
    assert caught.args == ["another", False]
    text = (tmp_path / "own" / "another" / "card.json").read_text()
    assert json.loads(text)["name"] == "Another"
