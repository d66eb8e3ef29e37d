"""What several panels share."""

import time
from collections.abc import Sequence
from itertools import pairwise

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from ferqt.core.types import FrameResult
from ferqt.ui.docks.tools import Backlog, ElidedLabel, Refresher, ToolRow, plain_tip
from ferqt.ui.theme import Theme
from tests.helpers.readings import sample


def test_results_are_handed_on_in_order_and_a_large_lot_at_once() -> None:
    lots: list[list[int]] = []

    def take(results: Sequence[FrameResult]) -> None:
        lots.append([result.session_ms for result in results])

    backlog = Backlog(take)
    backlog.add([sample(0.001 * number) for number in range(3)])
    assert lots == []
    backlog.flush()
    backlog.flush()
    assert lots == [[0, 1, 2]]
    for number in range(70):
        backlog.add([sample(0.001 * number)])
    assert lots[1] == list(range(60))
    backlog.clear()
    backlog.flush()
    assert len(lots) == 2


def test_a_widget_is_brought_up_to_date_at_a_bounded_pace_while_it_is_seen(qtbot: QtBot) -> None:
    widget = QWidget()
    qtbot.addWidget(widget)
    calls: list[None] = []
    refresher = Refresher(widget, lambda: calls.append(None), interval_ms=40)
    refresher.ask()
    qtbot.wait(80)
    assert calls == []
    widget.show()
    refresher.now()
    assert len(calls) == 1
    refresher.now()
    assert len(calls) == 1
    for _ in range(20):
        refresher.ask()
        qtbot.wait(5)
    assert 1 <= len(calls) - 1 <= 5


def test_panels_that_ask_together_take_turns(qtbot: QtBot) -> None:
    widget = QWidget()
    qtbot.addWidget(widget)
    widget.show()
    calls: list[float] = []
    refreshers = [
        Refresher(widget, lambda: calls.append(time.monotonic()), interval_ms=40) for _ in range(3)
    ]
    for refresher in refreshers:
        refresher.ask()
    qtbot.waitUntil(lambda: len(calls) == 3, timeout=2000)
    assert all(later - earlier > 0.01 for earlier, later in pairwise(calls))


def test_a_panel_that_was_not_asked_for_a_while_answers_at_once(qtbot: QtBot) -> None:
    widget = QWidget()
    qtbot.addWidget(widget)
    widget.show()
    calls: list[None] = []
    refresher = Refresher(widget, lambda: calls.append(None), interval_ms=60_000)
    refresher.ask()
    qtbot.waitUntil(lambda: len(calls) == 1, timeout=2000)
    refresher.ask()
    qtbot.wait(60)
    assert len(calls) == 1


def test_a_long_line_is_told_in_full_under_the_pointer(qtbot: QtBot) -> None:
    label = ElidedLabel()
    qtbot.addWidget(label)
    label.setText("a name <b>that</b> is long")
    label.resize(40, 20)
    label.show()
    label.grab()
    assert label.toolTip() == plain_tip("a name <b>that</b> is long")
    assert "&lt;b&gt;" in label.toolTip()
    label.resize(400, 20)
    label.grab()
    assert label.toolTip() == ""


def test_buttons_take_the_color_of_the_theme_and_the_name_of_their_action(qtbot: QtBot) -> None:
    theme = Theme("dark")
    theme.apply()
    row = ToolRow(theme)
    qtbot.addWidget(row)
    action = QAction("Copy", row)
    button = row.add(action, "copy")
    before = action.icon().pixmap(20, 20).toImage()
    theme.choose("light")
    assert action.icon().pixmap(20, 20).toImage() != before
    theme.choose("dark")
    row.set_icon(action, "save")
    assert action.icon().pixmap(20, 20).toImage() != before
    assert button.accessibleName() == "Copy"
