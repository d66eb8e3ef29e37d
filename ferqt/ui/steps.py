"""Does long work in short turns of the event loop, so that the window goes on meanwhile."""

import math
import time
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal


class Steps(QObject):
    """Goes from step to step while the event loop runs. Lives on the GUI thread.

    Args:
        step: Does the next step; False when nothing is left.
        every_ms: How often there is a turn.
        turn_s: How long a turn lasts at least, if there is enough to do; a step at a time for 0.
    """

    done = Signal()
    """Nothing is left; emitted once."""

    def __init__(
        self,
        step: Callable[[], bool],
        every_ms: int,
        turn_s: float,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._step = step
        self._turn_s = turn_s
        self._is_done = False
        self._timer = QTimer(self, interval=every_ms)
        self._timer.timeout.connect(self._on_time)

    def start(self) -> None:
        """Begin, or go on."""
        if not self._is_done:
            self._timer.start()

    def stop(self) -> None:
        """Pause."""
        self._timer.stop()

    def finish(self) -> None:
        """Do at once what is left; `done` is emitted before this returns."""
        self._go_on(math.inf)

    def when_done(self, call: Callable[[], None]) -> None:
        """Call as soon as nothing is left; at once if that is so already."""
        if self._is_done:
            call()
        else:
            self.done.connect(call)

    def _on_time(self) -> None:
        self._go_on(time.perf_counter() + self._turn_s)

    def _go_on(self, until_s: float) -> None:
        while self._step():
            if time.perf_counter() >= until_s:
                return
        self._timer.stop()
        if not self._is_done:
            self._is_done = True
            self.done.emit()
