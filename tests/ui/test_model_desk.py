"""What is asked of the cards is done: verified, timed, removed, added."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from ferqt.classifiers.catalog import Catalog
from ferqt.classifiers.speed import measured_speed
from ferqt.core.types import Notice, Severity
from ferqt.runtime.tasks import TaskRunner
from ferqt.ui.dialogs.model_add import AddModelDialog
from ferqt.ui.dialogs.model_details import ModelDetailsDialog
from ferqt.ui.docks.model_card import ModelAction, ModelCardView
from ferqt.ui.docks.model_desk import ModelDesk
from ferqt.ui.docks.model_dock import ModelPanel
from ferqt.ui.notice_bar import NoticeAction
from ferqt.ui.theme import Theme
from tests.helpers.models import TINY_FOLDER, add_tiny_model


class Desk:
    """A desk with its panel, as a window has it, and what it told."""

    def __init__(self, qtbot: QtBot, catalog: Catalog) -> None:
        self.window = QWidget()
        qtbot.addWidget(self.window)
        self.catalog = catalog
        self.tasks = TaskRunner(self.window)
        theme = Theme()
        self.panel = ModelPanel(theme, self.window)
        self.desk = ModelDesk(self.panel, catalog, theme, self.tasks, lambda: None, self.window)
        self.desk._settled.setInterval(0)
        self.told: list[tuple[Notice, NoticeAction | None]] = []
        self.asked: list[tuple[str, str]] = []
        self.desk.notice_posted.connect(lambda notice, action: self.told.append((notice, action)))
        self.desk.model_requested.connect(lambda model: self.asked.append(("use", model)))
        self.desk.compare_requested.connect(lambda model: self.asked.append(("compare", model)))
        self.desk.models_changed.connect(self.desk.list_models)
        self.desk.list_models()
        self.window.show()

    def card(self, model_id: str) -> ModelCardView:
        found = self.panel.card(model_id)
        assert found is not None
        return found

    def ask(self, model_id: str, action: ModelAction) -> None:
        card = self.card(model_id)
        card.asked.emit(card.entry, action)

    def use(self, model_id: str) -> None:
        """Say that a model answers from now on."""
        card = self.catalog.entry(model_id).card
        assert card is not None
        self.desk.set_model(card, "LiteRT")

    @property
    def question(self) -> QMessageBox:
        boxes = self.window.findChildren(QMessageBox)
        return boxes[-1]


@pytest.fixture
def own(user_home: Path) -> Path:
    return user_home / "ferqt" / "data" / "models"


@pytest.fixture
def desk(qtbot: QtBot, own: Path, tmp_path: Path) -> Iterator[Desk]:
    """A shipped model in use, and an own one beside it."""
    add_tiny_model(tmp_path / "shipped", "tiny")
    add_tiny_model(own, "mine", edit=lambda card: card.update(name="Mine"))
    made = Desk(qtbot, Catalog((tmp_path / "shipped", own)))
    yield made
    made.desk.shutdown()
    made.tasks.shutdown()


def answer(qtbot: QtBot, box: QMessageBox, text: str) -> None:
    (button,) = [one for one in box.findChildren(QPushButton) if one.text() == text]
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def test_a_model_that_is_used_is_timed_once(qtbot: QtBot, desk: Desk) -> None:
    desk.use("tiny")
    qtbot.waitUntil(lambda: desk.card("tiny").state.speed_ms is not None, timeout=20_000)
    assert "ms a face here" in desk.card("tiny").text.spoken
    assert desk.card("mine").state.speed_ms is None


def test_a_time_that_is_known_is_shown_at_once(
    qtbot: QtBot, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, known = measured_speed(desk.catalog.entry("mine"))
    desk.desk.list_models()
    qtbot.waitUntil(
        lambda: desk.card("mine").state.speed_ms == pytest.approx(known, abs=1e-3), timeout=10_000
    )


def test_a_model_that_would_have_to_be_compiled_is_not_timed(
    qtbot: QtBot, desk: Desk, own: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    add_tiny_model(own, "keras-only", litert=False)
    desk.desk.rescan()
    monkeypatch.setattr(desk.tasks, "run", lambda *_, **__: pytest.fail("it was timed"))
    desk.desk._time(desk.catalog.entry("keras-only"))
    assert desk.card("keras-only").state.runtime == ""


def test_a_whole_model_is_told_and_marked(qtbot: QtBot, desk: Desk) -> None:
    desk.ask("mine", ModelAction.VERIFY)
    assert desk.card("mine").state.verifying
    qtbot.waitUntil(lambda: bool(desk.told), timeout=20_000)
    notice, _ = desk.told[0]
    assert (notice.severity, notice.title) == (Severity.INFO, "Model verified")
    assert "Mine: its files are whole, and it answers on LiteRT" in notice.text
    assert desk.card("mine").state.verified == ()


def test_a_damaged_model_is_told_and_marked(qtbot: QtBot, desk: Desk, own: Path) -> None:
    (own / "mine" / "model.tflite").write_bytes(b"x" * 100)
    desk.ask("mine", ModelAction.VERIFY)
    qtbot.waitUntil(lambda: bool(desk.told), timeout=20_000)
    notice, _ = desk.told[0]
    assert notice.severity is Severity.ERROR
    assert "model.tflite is not the file" in notice.text
    assert notice.hint
    assert desk.card("mine").text.damaged


def test_removing_asks_first_and_can_be_given_up(qtbot: QtBot, desk: Desk, own: Path) -> None:
    desk.use("tiny")
    desk.ask("mine", ModelAction.REMOVE)
    assert "Mine" in desk.question.text()
    assert str(own / "mine") in desk.question.informativeText()
    answer(qtbot, desk.question, "Cancel")
    assert (own / "mine").is_dir()


def test_a_removed_model_is_gone_from_disk_and_list(qtbot: QtBot, desk: Desk, own: Path) -> None:
    desk.use("tiny")
    desk.ask("mine", ModelAction.REMOVE)
    answer(qtbot, desk.question, "Remove")
    qtbot.waitUntil(lambda: desk.panel.card("mine") is None, timeout=10_000)
    assert list(own.iterdir()) == []
    assert desk.told[-1][0].title == "Model removed"
    assert desk.asked == []


def test_a_model_in_use_goes_only_once_the_default_answers(
    qtbot: QtBot, desk: Desk, own: Path
) -> None:
    desk.use("mine")
    desk.ask("mine", ModelAction.REMOVE)
    assert "It is in use; Tiny takes over first." in desk.question.informativeText()
    answer(qtbot, desk.question, "Remove")
    assert desk.asked == [("use", "tiny")]
    qtbot.wait(50)
    assert (own / "mine").is_dir()
    desk.use("tiny")
    qtbot.waitUntil(lambda: desk.panel.card("mine") is None, timeout=10_000)
    assert list(own.iterdir()) == []


def test_a_model_in_use_stays_when_nothing_can_take_over(
    qtbot: QtBot, desk: Desk, own: Path, tmp_path: Path
) -> None:
    desk.use("mine")
    desk.ask("mine", ModelAction.REMOVE)
    answer(qtbot, desk.question, "Remove")
    desk.desk.set_loading("tiny")
    desk.desk.set_loading("")
    desk.use("tiny")
    qtbot.wait(50)
    assert (own / "mine").is_dir(), "the wish ended with the switch that failed"
    desk.use("mine")
    (tmp_path / "shipped" / "tiny" / "card.json").unlink()
    desk.desk.rescan()
    desk.ask("mine", ModelAction.REMOVE)
    answer(qtbot, desk.question, "Remove")
    assert desk.told[-1][0].title == "The model was not removed"
    assert (own / "mine").is_dir()


def test_a_compared_model_is_compared_no_more_before_it_goes(qtbot: QtBot, desk: Desk) -> None:
    desk.use("tiny")
    desk.desk.set_compared(desk.catalog.entry("mine").card)
    assert desk.card("mine").state.compared
    desk.ask("mine", ModelAction.REMOVE)
    answer(qtbot, desk.question, "Remove")
    assert desk.asked == [("compare", "")]
    qtbot.waitUntil(lambda: desk.panel.card("mine") is None, timeout=10_000)


def test_requests_for_the_session_are_passed_on(desk: Desk) -> None:
    desk.ask("mine", ModelAction.USE)
    desk.ask("mine", ModelAction.COMPARE)
    assert desk.asked == [("use", "mine"), ("compare", "mine")]


def test_details_and_folder_are_shown(
    qtbot: QtBot, desk: Desk, own: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown: list[Path] = []
    monkeypatch.setattr("ferqt.ui.docks.model_desk.open_folder", shown.append)
    desk.ask("mine", ModelAction.FOLDER)
    desk.ask("mine", ModelAction.DETAILS)
    (dialog,) = desk.window.findChildren(ModelDetailsDialog)
    assert dialog.isVisible()
    dialog.folder_requested.emit(desk.catalog.entry("mine"))
    assert shown == [own / "mine"] * 2
    dialog.close()
    # Who asks for details wants to know the time, too.
    qtbot.waitUntil(lambda: desk.card("mine").state.speed_ms is not None, timeout=20_000)


def test_a_dropped_file_is_added_listed_and_used(qtbot: QtBot, desk: Desk, own: Path) -> None:
    desk.panel.add_requested.emit(str(TINY_FOLDER / "model.tflite"))
    (dialog,) = desk.window.findChildren(AddModelDialog)
    desk.desk.add("/another.keras")
    assert desk.window.findChildren(AddModelDialog) == [dialog]
    qtbot.waitUntil(lambda: dialog.form is not None, timeout=20_000)
    qtbot.mouseClick(dialog._use, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: desk.panel.card("model") is not None, timeout=10_000)
    assert desk.asked == [("use", "model")]
    assert sorted(path.name for path in own.iterdir()) == ["mine", "model"]


def test_a_file_that_is_only_added_offers_to_be_used(qtbot: QtBot, desk: Desk) -> None:
    desk.desk.add(str(TINY_FOLDER / "model.tflite"))
    (dialog,) = desk.window.findChildren(AddModelDialog)
    qtbot.waitUntil(lambda: dialog.form is not None, timeout=20_000)
    qtbot.mouseClick(dialog._add, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: bool(desk.told), timeout=10_000)
    notice, action = desk.told[0]
    assert notice.title == "Model added"
    assert action is not None
    action.call()
    assert desk.asked == [("use", "model")]


def test_shutting_down_gives_up_what_is_being_added(qtbot: QtBot, desk: Desk, own: Path) -> None:
    desk.desk.add(str(TINY_FOLDER / "model.keras"))
    (dialog,) = desk.window.findChildren(AddModelDialog)
    qtbot.waitUntil(lambda: "Keras loads" in dialog._doing.text(), timeout=20_000)
    desk.desk.shutdown()
    desk.tasks.shutdown()
    assert [path.name for path in own.iterdir()] == ["mine"]
