"""The buttons beside the tabs of panels, which spare a line of their own."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QTabBar, QToolButton
from pytestqt.qtbot import QtBot

from ferqt.ui.main_window import MainWindow
from ferqt.ui.tab_buttons import TabButtons


def tabs_of(window: MainWindow, title: str) -> QTabBar:
    children = Qt.FindChildOption.FindDirectChildrenOnly
    bars = [bar for bar in window.findChildren(QTabBar, options=children) if bar.isVisible()]
    return next(b for b in bars if title in {b.tabText(tab) for tab in range(b.count())})


def choose(bar: QTabBar, title: str) -> None:
    bar.setCurrentIndex([bar.tabText(tab) for tab in range(bar.count())].index(title))


def button(bar: QTabBar, name: str) -> QToolButton:
    buttons = bar.findChild(TabButtons).findChildren(QToolButton)
    return next(one for one in buttons if one.accessibleName().startswith(name))


@pytest.fixture
def upper(qtbot: QtBot, window: MainWindow) -> QTabBar:
    window.resize(1280, 800)
    bar = tabs_of(window, "Models")
    qtbot.waitUntil(lambda: (b := bar.findChild(TabButtons)) is not None and b.isVisible())
    return bar


def head_px(window: MainWindow, panel_id: str) -> int:
    """Height of the line between tabs and panel."""
    return window.docking.docks[panel_id].titleBarWidget().height()


def test_no_line_stands_between_tabs_and_panel(
    qtbot: QtBot, window: MainWindow, upper: QTabBar
) -> None:
    qtbot.waitUntil(lambda: head_px(window, "models") == 0)
    buttons = upper.findChild(TabButtons)
    assert buttons.geometry().left() > upper.tabRect(upper.count() - 1).right()
    assert buttons.geometry().right() < upper.width()


def test_the_buttons_speak_of_the_chosen_panel(
    qtbot: QtBot, window: MainWindow, upper: QTabBar
) -> None:
    assert button(upper, "Close").accessibleName() == "Close Models"
    choose(upper, "Gallery")
    assert button(upper, "Close").toolTip() == "Close Gallery"
    qtbot.mouseClick(button(upper, "Close"), Qt.MouseButton.LeftButton)
    assert window.docking.docks["gallery"].isHidden()
    assert not window.docking.docks["models"].isHidden()


def test_a_panel_outside_the_window_has_its_title_and_buttons(
    qtbot: QtBot, window: MainWindow, upper: QTabBar
) -> None:
    choose(upper, "Faces")
    qtbot.mouseClick(button(upper, "Take"), Qt.MouseButton.LeftButton)
    dock = window.docking.docks["faces"]
    assert dock.isFloating()
    qtbot.waitUntil(lambda: head_px(window, "faces") > 20)
    own = dock.titleBarWidget().findChildren(QToolButton)
    assert [one.isVisible() for one in own] == [True, True]
    qtbot.mouseClick(own[0], Qt.MouseButton.LeftButton)
    assert not dock.isFloating()


def test_where_tabs_need_the_room_the_buttons_stay_in_the_panel(
    qtbot: QtBot, window: MainWindow, upper: QTabBar
) -> None:
    docks = window.docking.docks
    for name in ("log", "markers", "affect"):
        docks[name].show()
        window.tabifyDockWidget(docks["models"], docks[name])
    docks["models"].raise_()
    qtbot.waitUntil(lambda: head_px(window, "models") > 10)

    def buttons_are_gone() -> bool:
        # Qt puts up another bar for tabs that are brought together.
        bars = window.findChildren(QTabBar, options=Qt.FindChildOption.FindDirectChildrenOnly)
        titles = {bar: {bar.tabText(tab) for tab in range(bar.count())} for bar in bars}
        own = [bar for bar in bars if bar.isVisible() and "Models" in titles[bar]]
        return len(own) == 1 and not own[0].findChild(TabButtons).isVisible()

    qtbot.waitUntil(buttons_are_gone)
