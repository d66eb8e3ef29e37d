"""Measures how smoothly the timeline of an hour is zoomed and panned, with real turns of a wheel.

    python scripts/measure_timeline.py    needs a screen, at best of 1920 x 1080

An hour of two faces at 30 frames a second (108,000 frames) is shown in a window of the screen's
size. The wheel turns 60 times a second for twenty seconds, to zoom in and out and to pan, while the
pointer wanders; a timer of 5 ms tells how late the window answers, less the time in which the whole
machine stood still. Nothing else should run meanwhile.
"""

import json
import sys
import time
from itertools import pairwise
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

TURNS: Final = 1200
_TURN_MS: Final = 16
_TICK_MS: Final = 5


def main() -> None:
    """Show the hour, turn the wheel, print what was late as JSON."""
    from PySide6.QtCore import Qt, QTimer
    from PySide6.QtWidgets import QApplication

    from ferqt.runtime.tasks import TaskRunner
    from ferqt.ui.theme import Theme
    from ferqt.ui.timeline.timeline_view import TimelineView
    from scripts.machine_pauses import watched
    from tests.helpers.sessions import hour_document
    from tests.helpers.timelines import CTRL, SHIFT, point, turn_wheel

    application = QApplication([])
    theme = Theme("dark")
    theme.apply()
    view = TimelineView(theme, TaskRunner())
    view.resize(application.primaryScreen().availableSize())
    view.show()
    turns = 0
    ticks: list[float] = []

    def turn() -> None:
        nonlocal turns
        stage = turns // 60
        assert view.state is not None
        span = view.state.scale
        place = span.start_s + span.span_s * (0.2 + 0.6 * (turns % 97) / 97)
        away = 1 if stage % 4 in (0, 1) else -1
        pans = stage % 2 == 1
        turn_wheel(view, point(view, place), away * 0.5, SHIFT if pans else CTRL)
        turns += 1
        if turns == TURNS:
            application.quit()

    turning = QTimer(interval=_TURN_MS, timerType=Qt.TimerType.PreciseTimer)
    turning.timeout.connect(turn)
    ticking = QTimer(interval=_TICK_MS, timerType=Qt.TimerType.PreciseTimer)
    ticking.timeout.connect(lambda: ticks.append(time.perf_counter()))
    view.ready.connect(lambda: QTimer.singleShot(1000, lambda: (ticking.start(), turning.start())))
    view.set_document(hour_document())
    with watched() as pauses:
        application.exec()
    late = sorted(
        1000 * (end - begin - _TICK_MS / 1000 - sum(pause.within(begin, end) for pause in pauses))
        for begin, end in pairwise(ticks)
    )
    print(
        json.dumps(
            {
                "turns": turns,
                "seconds": round(ticks[-1] - ticks[0], 1),
                "median_ms": round(late[len(late) // 2], 1),
                "p99_ms": round(late[int(0.99 * len(late))], 1),
                "worst_ms": round(late[-1], 1),
                "machine_ms": round(1000 * sum(one.end - one.begin for one in pauses), 1),
            },
            indent=2,
        )
    )


if __name__ == "__main__":
    main()
