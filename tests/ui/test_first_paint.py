"""What waits for the window to be on the screen."""

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from ferqt.ui import first_paint
from ferqt.ui.first_paint import FirstPaint, after_first_paint
from tests.helpers.paints import PaintCounter


def test_a_call_comes_once_after_the_first_paint(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    paints = PaintCounter(window)
    painted_before: list[int] = []
    FirstPaint(window, lambda: painted_before.append(paints.count))
    assert painted_before == []
    window.show()
    qtbot.waitUntil(lambda: len(painted_before) == 1)
    assert painted_before[0] >= 1
    window.repaint()
    qtbot.wait(30)
    assert len(painted_before) == 1


def test_a_window_that_nobody_sees_is_not_waited_for_forever(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(first_paint, "_PATIENCE_MS", 20)
    window = QWidget()
    qtbot.addWidget(window)
    calls: list[str] = []
    FirstPaint(window, lambda: calls.append("call"))
    qtbot.waitUntil(lambda: calls == ["call"])
    window.show()
    qtbot.wait(30)
    assert calls == ["call"]


@pytest.mark.parametrize("shown", [True, False])
def test_what_is_not_seen_comes_after_the_paint_and_without_a_paint_soon(
    qtbot: QtBot, shown: bool
) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    paints = PaintCounter(window)
    painted_before: list[int] = []
    after_first_paint(window, lambda: painted_before.append(paints.count))
    window.setVisible(shown)
    qtbot.waitUntil(lambda: len(painted_before) == 1, timeout=900)
    assert (painted_before[0] > 0) is shown
