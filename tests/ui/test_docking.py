"""The panels' tabs: each panel is listed once, in a new window, a restored and a reset one."""

from collections.abc import Callable
from typing import Final

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QApplication, QTabBar, QWidget
from pytestqt.qtbot import QtBot

from ferqt.settings import Settings
from ferqt.ui.main_window import MainWindow
from tests.helpers.fake_session import FakeSession

STACKS: Final = [
    {"Models", "Faces", "Statistics", "Gallery"},
    {"Probabilities", "Valence/Arousal"},
]


class ShownWindows(QObject):
    """Notes every window that comes on the screen."""

    def __init__(self, application: QApplication) -> None:
        super().__init__()
        self.windows: list[QWidget] = []
        application.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        if event.type() is QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            self.windows.append(watched)
        return False


def shown_tabs(window: MainWindow) -> list[set[str]]:
    children = Qt.FindChildOption.FindDirectChildrenOnly
    bars = [bar for bar in window.findChildren(QTabBar, options=children) if bar.isVisible()]
    bars.sort(key=lambda bar: bar.y())
    return [{bar.tabText(tab) for tab in range(bar.count())} for bar in bars]


def test_panels_come_without_windows_of_their_own(
    qtbot: QtBot, qapp: QApplication, session: FakeSession, settings: Settings
) -> None:
    window = MainWindow(session, settings)
    qtbot.addWidget(window)
    shown = ShownWindows(qapp)
    with qtbot.waitActive(window):
        window.show()
    qtbot.waitUntil(lambda: window.tool_bar.model_box.count() > 0)
    assert shown.windows == [window]
    assert window.isActiveWindow()


def test_a_new_window_lists_each_panel_once(qtbot: QtBot, window: MainWindow) -> None:
    qtbot.waitUntil(lambda: shown_tabs(window) == STACKS)


@pytest.mark.parametrize("size", [(900, 600), (1600, 900)])
def test_a_window_that_was_reset_lists_each_panel_once(
    qtbot: QtBot, window: MainWindow, size: tuple[int, int]
) -> None:
    window.resize(*size)
    window.docking.reset()
    qtbot.waitUntil(lambda: shown_tabs(window) == STACKS)


def test_a_window_as_it_was_left_lists_each_panel_once(
    qtbot: QtBot, open_window: Callable[[], MainWindow]
) -> None:
    first = open_window()
    qtbot.waitUntil(lambda: shown_tabs(first) == STACKS)
    first.close()
    again = open_window()
    qtbot.waitUntil(lambda: shown_tabs(again) == STACKS)


def test_full_screen_hides_every_panel_and_brings_each_back_where_it_was(
    qtbot: QtBot, window: MainWindow
) -> None:
    docks = window.docking.docks
    docks["statistics"].setFloating(True)
    docks["statistics"].move(300, 200)
    qtbot.waitUntil(lambda: docks["statistics"].isVisible() and docks["models"].isVisible())
    shown = {name for name, dock in docks.items() if dock.isVisible()}
    place = docks["statistics"].geometry()
    window.actions_by_id["full_screen"].trigger()
    qtbot.waitUntil(window.isFullScreen)
    qtbot.wait(50)
    assert {name for name, dock in docks.items() if dock.isVisible()} == set()
    window.actions_by_id["full_screen"].trigger()
    qtbot.waitUntil(lambda: not window.isFullScreen())
    qtbot.waitUntil(lambda: {n for n, dock in docks.items() if dock.isVisible()} == shown)
    assert docks["statistics"].isFloating()
    assert docks["statistics"].geometry() == place
    assert {name for name, dock in docks.items() if not dock.isHidden()} == {
        "models", "faces", "statistics", "gallery", "probabilities", "affect",
    }  # fmt: skip


def test_escape_in_a_panel_outside_the_window_leaves_the_program_open(
    qtbot: QtBot, window: MainWindow
) -> None:
    dock = window.docking.docks["faces"]
    dock.setFloating(True)
    dock.show()
    dock.activateWindow()
    qtbot.waitUntil(dock.isActiveWindow)
    for control in (dock, window.parts.panels.faces.view):
        control.setFocus()
        qtbot.keyClick(control, Qt.Key.Key_Escape)
        assert window.isVisible()
    dock.setFloating(False)
    with qtbot.waitActive(window):
        window.activateWindow()
    window.view.setFocus()
    qtbot.keyClick(window, Qt.Key.Key_Escape)
    assert not window.isVisible()
