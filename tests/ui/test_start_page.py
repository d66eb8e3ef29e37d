"""The start page: ways to begin, recent sources that can be taken off, and the keys."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QLabel, QPushButton, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from ferqt.runtime.tasks import TaskRunner
from ferqt.settings import Settings
from ferqt.ui.actions import color_actions
from ferqt.ui.drop_area import DropArea
from ferqt.ui.key_hints import KeyHints
from ferqt.ui.shortcuts import Shortcuts
from ferqt.ui.start_page import StartPage
from ferqt.ui.theme import Theme
from ferqt.ui.tokens import DARK, LIGHT
from tests.helpers.actions import ActionWindow


@pytest.fixture
def window(qtbot: QtBot) -> ActionWindow:
    made = ActionWindow()
    qtbot.addWidget(made)
    return made


@pytest.fixture
def page(qtbot: QtBot, window: ActionWindow) -> Iterator[StartPage]:
    theme = Theme("dark", window)
    theme.apply()
    tasks = TaskRunner(window)
    heroes = [window.actions_by_id[name] for name in ("open", "camera", "demo")]
    page = StartPage(theme, heroes, hints=[*heroes, window.actions_by_id["about"]], tasks=tasks)
    window.setCentralWidget(page)
    window.resize(900, 600)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    yield page
    tasks.shutdown()
    window.close()


def seen(page: QWidget, kind: type = QPushButton) -> list[QWidget]:
    return [each for each in page.findChildren(kind) if each.isVisible()]


def forget_button(page: StartPage, name: str) -> QToolButton:
    wanted = f"Take {name} off the list"
    return next(each for each in seen(page, QToolButton) if each.accessibleName() == wanted)


def test_the_large_buttons_do_what_their_actions_do(
    qtbot: QtBot, window: ActionWindow, page: StartPage
) -> None:
    for name in ("open", "camera", "demo"):
        text = window.actions_by_id[name].iconText()
        (button,) = (each for each in seen(page, QToolButton) if each.text() == text)
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert window.commands.calls == ["open_file", "open_camera", "open_demo"]


def test_the_large_buttons_have_the_icons_of_the_theme(
    page: StartPage, window: ActionWindow
) -> None:
    # The window colors its actions after the page has heard of the theme.
    color_actions(window.actions_by_id, LIGHT)
    demo = next(button for button in seen(page, QToolButton) if "Demo" in button.text())
    shown = demo.icon().pixmap(32).toImage()
    assert shown == window.actions_by_id["demo"].icon().pixmap(32).toImage()
    color_actions(window.actions_by_id, DARK)
    assert demo.icon().pixmap(32).toImage() != shown


def test_recent_sources_are_opened_by_a_click(qtbot: QtBot, page: StartPage) -> None:
    page.set_recent(["/films/a.mp4", "rtsp://camera.local/live"])
    first, second = seen(page)
    with qtbot.waitSignal(page.source_requested) as asked:
        qtbot.mouseClick(second, Qt.MouseButton.LeftButton)
    assert asked.args == ["rtsp://camera.local/live"]
    assert first.text() == "a.mp4"


def test_missing_files_are_marked_and_streams_are_not(
    qtbot: QtBot, page: StartPage, tmp_path: Path
) -> None:
    there = tmp_path / "there.mp4"
    there.touch()
    page.set_recent([str(there), "/films/gone.mp4", "rtsp://camera.local/live"])
    buttons = seen(page)
    qtbot.waitUntil(lambda: buttons[1].property("missing") is True)
    assert buttons[1].toolTip() == "Not found: /films/gone.mp4"
    assert [each.property("missing") for each in buttons] == [False, True, False]
    assert buttons[0].toolTip() == str(there)


def test_a_source_is_taken_off_the_list_and_the_keyboard_stays(
    qtbot: QtBot, page: StartPage, settings: Settings
) -> None:
    def forget(location: str) -> None:
        locations.remove(location)
        page.set_recent(locations)

    locations = ["/films/a.mp4", "/films/b.mp4", "/films/c.mp4"]
    page.source_forgotten.connect(forget)
    page.set_recent(locations)
    for name, after in (("b.mp4", "c.mp4"), ("c.mp4", "a.mp4")):
        qtbot.mouseClick(forget_button(page, name), Qt.MouseButton.LeftButton)
        assert forget_button(page, after).hasFocus()
    assert [each.text() for each in seen(page)] == ["a.mp4"]


def test_nothing_is_said_of_recent_sources_when_there_are_none(page: StartPage) -> None:
    page.set_recent(["/films/a.mp4"])
    page.set_recent([])
    assert "Recent" not in {label.text() for label in seen(page, QLabel)}


def test_what_is_dropped_is_asked_for(qtbot: QtBot, page: StartPage) -> None:
    area = page.findChild(DropArea)
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile("/films/a.mp4")])
    where = (Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton)
    keys = Qt.KeyboardModifier.NoModifier
    entering = QDragEnterEvent(QPoint(5, 5), *where, keys)
    area.dragEnterEvent(entering)
    assert entering.isAccepted()
    assert area.property("over") is True
    with qtbot.waitSignal(page.source_requested) as asked:
        area.dropEvent(QDropEvent(QPointF(5, 5), *where, keys))
    assert asked.args == ["/films/a.mp4"]
    assert area.property("over") is False


def test_words_are_not_taken_for_a_source(page: StartPage) -> None:
    area = page.findChild(DropArea)
    data = QMimeData()
    data.setText("good morning")
    entering = QDragEnterEvent(
        QPoint(5, 5),
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    entering.ignore()
    area.dragEnterEvent(entering)
    assert not entering.isAccepted()


def test_the_hints_tell_the_keys_in_force(
    qtbot: QtBot, window: ActionWindow, page: StartPage, settings: Settings
) -> None:
    hints = page.findChild(KeyHints)

    def told() -> list[str]:
        return [label.text() for label in seen(hints, QLabel)]

    opening, camera, demo = (
        window.actions_by_id[name].iconText() for name in ("open", "camera", "demo")
    )
    # An action without a key has nothing to tell.
    assert told() == ["O", opening, "C", camera, "D", demo]
    Shortcuts(window.actions_by_id, settings, window).assign("demo", ["Ctrl+D"])
    qtbot.waitUntil(lambda: told() == ["O", opening, "C", camera, "Ctrl+D", demo])
    tips = [each.toolTip() for each in seen(page, QToolButton)]
    assert any(tip.endswith("(Ctrl+D)") for tip in tips)


def test_the_page_fits_beside_the_panels_of_a_small_window(
    qtbot: QtBot, window: ActionWindow, page: StartPage
) -> None:
    page.set_recent(["/films/" + "a long name " * 20 + ".mp4"])
    window.resize(500, 600)
    qtbot.waitUntil(lambda: page.width() <= 500)
    assert not page.horizontalScrollBar().isVisible()
