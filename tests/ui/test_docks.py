"""The model box, and what the notice bar shows and merges."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel, QPushButton, QToolButton
from pytestqt.qtbot import QtBot

from ferqt.core.types import Notice, Severity
from ferqt.ui.main_window import MainWindow
from ferqt.ui.notice_bar import NoticeAction, NoticeBar
from ferqt.ui.theme import Theme
from tests.helpers.fake_session import FakeSession
from tests.helpers.models import add_tiny_model

ERROR = Notice(Severity.ERROR, "The source was not opened", "there is no camera 7", "Plug it in.")


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


def test_the_box_leaves_out_a_broken_model(
    window: MainWindow, session: FakeSession, tmp_path: Path
) -> None:
    add_tiny_model(tmp_path / "models", "broken", edit=lambda card: card.pop("output"))
    session.catalog.rescan()
    window.actions_by_id["rescan"].trigger()
    assert window.tool_bar.model_box.findData("tiny") >= 0
    assert window.tool_bar.model_box.findData("broken") == -1


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
