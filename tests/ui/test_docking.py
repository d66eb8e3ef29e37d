"""The panels' tabs: each panel is listed once, in a new window, a restored and a reset one."""

from collections.abc import Callable
from typing import Final

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QTabBar
from pytestqt.qtbot import QtBot

from ferqt.ui.main_window import MainWindow

STACKS: Final = [
    {"Models", "Faces", "Statistics", "Gallery"},
    {"Probabilities", "Valence/Arousal"},
]


def shown_tabs(window: MainWindow) -> list[set[str]]:
    children = Qt.FindChildOption.FindDirectChildrenOnly
    bars = [bar for bar in window.findChildren(QTabBar, options=children) if bar.isVisible()]
    bars.sort(key=lambda bar: bar.y())
    return [{bar.tabText(tab) for tab in range(bar.count())} for bar in bars]


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
