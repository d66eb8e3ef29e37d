"""Panels, desk and timeline are made after the window is there, and miss nothing of before."""

import subprocess
import sys
import time
from collections.abc import Callable
from itertools import pairwise

from PySide6.QtCore import QTimer
from pytestqt.qtbot import QtBot

from ferqt.core.types import Notice, Severity
from ferqt.settings import Settings
from ferqt.ui.main_window import MainWindow
from tests.helpers.fake_session import CLIP, FakeSession
from tests.helpers.portraits import grace_hopper
from tests.helpers.readings import face, reading, scores


def test_the_window_needs_none_of_them_to_be_shown() -> None:
    code = (
        "import sys\n"
        "import ferqt.ui.main_window\n"
        "late = ('ferqt.ui.timeline', 'ferqt.ui.analyze', 'ferqt.ui.docks', 'pyqtgraph', 'cv2')\n"
        "there = {'ferqt.ui.docks', 'ferqt.ui.docks.panel', 'ferqt.ui.docks.tools'}\n"
        "print(*[name for name in sys.modules if name.startswith(late) and name not in there])\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == []


def test_what_is_told_before_they_are_there_reaches_them(
    qtbot: QtBot, session: FakeSession, settings: Settings
) -> None:
    window = MainWindow(session, settings)
    qtbot.addWidget(window)
    session.notice_posted.emit(Notice(Severity.INFO, "told at once", ""))
    session.opened(CLIP)
    session.answered(reading(grace_hopper(), face(7, (5, 5, 99, 99), scores({"happy": 0.9}))))
    panels = window.parts.panels
    assert panels.statistics.statistics.track_ids == (7,)
    assert panels.probabilities.plot.shown_face == 7
    panels.log.refresh()
    assert panels.log.shown_lines[-1].text.startswith("told at once")
    window.close()


def test_the_panel_in_front_is_complete_in_a_window_as_it_was_left(
    qtbot: QtBot, open_window: Callable[[], MainWindow]
) -> None:
    first = open_window()
    first.docking.show("log")
    first.docking.docks["models"].close()
    first.close()
    again = open_window()
    panels, docks = again.parts.panels, again.docking.docks
    qtbot.waitUntil(panels.log.level_box.isVisible)
    assert docks["log"].isAncestorOf(panels.log)
    assert panels.log.width() > 300
    assert not panels.models.isVisible()


def test_a_window_that_is_closed_at_once_makes_no_more(
    qtbot: QtBot, session: FakeSession, settings: Settings
) -> None:
    window = MainWindow(session, settings)
    qtbot.addWidget(window)
    placed: list[str] = []
    window.parts.beside.panel_made.connect(lambda panel_id, _: placed.append(panel_id))
    window.show()
    qtbot.waitUntil(lambda: bool(placed))
    window.close()
    count = len(placed)
    qtbot.wait(50)
    assert len(placed) == count < 9


def test_the_window_goes_on_between_many_short_steps(
    qtbot: QtBot, session: FakeSession, settings: Settings
) -> None:
    window = MainWindow(session, settings)
    qtbot.addWidget(window)
    turns: list[float] = []
    heart = QTimer(window, interval=0)
    heart.timeout.connect(lambda: turns.append(time.thread_time()))
    heart.start()
    with qtbot.waitSignal(window.parts.beside.done):
        window.parts.beside.start()
    spent = [after - before for before, after in pairwise(turns)]
    assert len(spent) >= 25
    assert max(spent) < 0.3 * sum(spent)
