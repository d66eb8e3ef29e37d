"""Panels and notices: model cards, the model box, and what the notice bar merges."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel, QPushButton, QToolButton
from pytestqt.qtbot import QtBot

from ferqt.core.types import Notice, Severity
from ferqt.ui.docks.model_list import CardText, ModelRole, short_bytes, short_count
from ferqt.ui.main_window import MainWindow
from ferqt.ui.notice_bar import NoticeAction, NoticeBar
from ferqt.ui.theme import Theme
from tests.helpers.fake_session import FakeSession
from tests.helpers.models import add_tiny_model

ERROR = Notice(Severity.ERROR, "The source was not opened", "there is no camera 7", "Plug it in.")


def row(window: MainWindow, model_id: str) -> QModelIndex:
    models = window.models.models
    return models.index(models.row_of(model_id))


def card(window: MainWindow, model_id: str) -> CardText:
    text = row(window, model_id).data(ModelRole.CARD)
    assert isinstance(text, CardText)
    return text


@pytest.fixture
def with_broken_model(session: FakeSession, tmp_path: Path) -> None:
    add_tiny_model(tmp_path / "models", "broken", edit=lambda card: card.pop("output"))
    session.catalog.rescan()


def test_a_card_tells_what_one_chooses_by(window: MainWindow, session: FakeSession) -> None:
    model = session.catalog.entry("tiny").card
    assert model is not None
    text = card(window, "tiny")
    assert text.title == model.name
    facts = " ".join(text.lines)
    assert model.architecture in facts
    assert f"{model.input.width} × {model.input.height}" in facts
    assert f"{len(model.output.labels)} expressions" in facts
    assert "parameters" in facts
    for figures in model.metrics[:1]:
        assert f"{100 * figures.accuracy:.1f} %" in facts
        assert f"ECE {figures.ece:.3f}" in facts
        assert figures.dataset in facts


def test_a_click_on_a_card_switches(qtbot: QtBot, window: MainWindow, session: FakeSession) -> None:
    view = window.models.view
    place = view.visualRect(row(window, "other")).center()
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert session.calls == [("select_model", "other")]


def test_enter_on_a_card_switches(qtbot: QtBot, window: MainWindow, session: FakeSession) -> None:
    view = window.models.view
    view.setFocus()
    view.setCurrentIndex(row(window, "other"))
    qtbot.keyClick(view, Qt.Key.Key_Return)
    assert session.calls == [("select_model", "other")]


def test_the_card_of_the_answering_model_is_marked(
    window: MainWindow, session: FakeSession
) -> None:
    model = session.catalog.entry("other").card
    assert model is not None
    session.answers_with(model)
    assert card(window, "other").active
    assert not card(window, "tiny").active
    assert window.tool_bar.model_box.currentData() == "other"


def test_a_loading_model_is_marked_until_it_is_done(
    window: MainWindow, session: FakeSession
) -> None:
    session.model_loading.emit("other")
    assert card(window, "other").loading
    session.model_loading.emit("")
    assert not card(window, "other").loading


@pytest.mark.usefixtures("with_broken_model")
def test_a_broken_model_is_listed_with_its_reason_and_cannot_be_chosen(
    qtbot: QtBot, window: MainWindow, session: FakeSession
) -> None:
    index = row(window, "broken")
    assert "output" in card(window, "broken").problem
    assert not index.flags() & Qt.ItemFlag.ItemIsEnabled
    place = window.models.view.visualRect(index).center()
    qtbot.mouseClick(window.models.view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert session.calls == []
    assert window.tool_bar.model_box.findData("broken") == -1


def test_models_that_were_added_appear_when_looked_for(
    window: MainWindow, session: FakeSession, tmp_path: Path
) -> None:
    add_tiny_model(tmp_path / "models", "added")
    session.catalog.rescan()
    window.actions_by_id["rescan"].trigger()
    assert session.calls == [("rescan_models", None)]
    assert window.models.models.row_of("added") >= 0
    assert window.tool_bar.model_box.findData("added") >= 0


def test_the_box_shows_what_answers_until_the_switch_has_happened(
    window: MainWindow, session: FakeSession
) -> None:
    model = session.catalog.entry("tiny").card
    assert model is not None
    session.answers_with(model)
    box = window.tool_bar.model_box
    box.activated.emit(box.findData("other"))
    assert session.calls == [("select_model", "other")]
    assert box.currentData() == "tiny"


def test_cards_speak_to_screen_readers(window: MainWindow, session: FakeSession) -> None:
    model = session.catalog.entry("tiny").card
    assert model is not None
    session.answers_with(model)
    spoken = row(window, "tiny").data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken.startswith(f"{model.name}. in use")


@pytest.mark.parametrize(
    ("count", "text"), [(999, "999"), (1_034_567, "1.03 M"), (12_345, "12.3 k")]
)
def test_counts_are_shortened(count: int, text: str) -> None:
    assert short_count(count) == text


@pytest.mark.parametrize(
    ("size", "text"),
    [(12, "12 B"), (4_712_345, "4.7 MB"), (88_000, "88 kB"), (12_600_000, "13 MB")],
)
def test_sizes_are_shortened(size: int, text: str) -> None:
    assert short_bytes(size) == text


@pytest.fixture
def bar(qtbot: QtBot) -> NoticeBar:
    made = NoticeBar(Theme())
    qtbot.addWidget(made)
    return made


def shown(bar: NoticeBar) -> str:
    return " | ".join(label.text() for label in bar.findChildren(QLabel) if label.isVisible())


def test_a_notice_says_what_failed_and_what_to_do(bar: NoticeBar) -> None:
    bar.post(ERROR)
    assert bar.isVisible()
    assert "The source was not opened" in shown(bar)
    assert "There is no camera 7. Plug it in." in shown(bar)


def test_a_notice_that_comes_again_is_counted(bar: NoticeBar) -> None:
    for _ in range(3):
        bar.post(ERROR)
    assert bar.notices == (ERROR,)
    assert "× 3" in shown(bar)


def test_a_storm_of_notices_keeps_the_newest_three(bar: NoticeBar) -> None:
    storm = [Notice(Severity.ERROR, f"failure {number}") for number in range(20)]
    for notice in storm:
        bar.post(notice)
    assert bar.notices == (storm[19], storm[18], storm[17])


def test_a_dismissed_notice_is_gone(qtbot: QtBot, bar: NoticeBar) -> None:
    bar.post(ERROR)
    (button,) = bar.findChildren(QToolButton)
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert bar.notices == ()
    assert not bar.isVisible()


def test_a_notice_offers_what_can_be_done(qtbot: QtBot, bar: NoticeBar) -> None:
    done: list[str] = []
    call: Callable[[], None] = lambda: done.append("shown")  # noqa: E731
    bar.post(Notice(Severity.INFO, "Screenshot saved"), NoticeAction("Show folder", call))
    (button,) = bar.findChildren(QPushButton)
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert done == ["shown"]
    assert bar.notices == ()


def test_news_go_by_themselves_and_errors_stay(qtbot: QtBot) -> None:
    bar = NoticeBar(Theme(), news_ms=50)
    qtbot.addWidget(bar)
    bar.post(ERROR)
    bar.post(Notice(Severity.INFO, "Screenshot saved"))
    qtbot.waitUntil(lambda: bar.notices == (ERROR,))
    qtbot.wait(100)
    assert bar.notices == (ERROR,)


def test_technical_details_can_be_copied(qtbot: QtBot, bar: NoticeBar) -> None:
    bar.post(Notice(Severity.WARNING, "It was damaged", details="line 1 column 2"))
    (button,) = bar.findChildren(QPushButton)
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert QGuiApplication.clipboard().text() == "line 1 column 2"


def test_markup_in_a_notice_is_text(bar: NoticeBar) -> None:
    bar.post(Notice(Severity.ERROR, "<b>bold</b>", "<img src=x>"))
    formats = {label.textFormat() for label in bar.findChildren(QLabel) if label.text()}
    assert formats == {Qt.TextFormat.PlainText}
