"""Writes what the window did and when, as JSON lines, for measuring start-up and smoothness."""

import json
import time
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Slot

from ferqt.classifiers.card import ModelCard
from ferqt.core.types import FrameResult
from ferqt.errors import OutputError
from ferqt.runtime.session import AnalysisSession, LiveStats

_TICK_MS = 5
_STALL_MS = 16.0


class Trace(QObject):
    """Listens to a session and writes one JSON object a line.

    Every line has `event` and `t`, seconds since the program began. Events: `begin` (with `clock`,
    what `time.perf_counter()` said when the program began), `window_shown`, `model_ready`,
    `first_result` and `first_face` (with `media_time`), `stats` (four times a second: the live
    figures, how often the picture was `painted` and the timer below came (`ticks`) since the last
    such line, and the newest frame's milliseconds by stage), `stall` (a 5 ms timer of the GUI
    thread came more than 16 ms late: `late_ms`, and `busy_ms`, the processor time that the thread
    itself took of them: the rest it waited for other threads and programs), `end`
    (`worst_stall_ms`, `busiest_ms`: the most that one turn of the event loop took, `results`).

    Args:
        path: File to write; replaced.
        started: `time.perf_counter()` when the program began.

    Raises:
        OutputError: The file cannot be written.
    """

    def __init__(self, path: Path, started: float, parent: QObject | None = None) -> None:
        super().__init__(parent)
        try:
            self._file = path.open("w", encoding="utf-8")
        except OSError as error:
            raise OutputError(
                f"cannot write the trace '{path}': {error.strerror}", "Choose another file."
            ) from error
        self._started = started
        self._results = 0
        self._seen_result = False
        self._seen_face = False
        self._worst_stall_ms = 0.0
        self._last_times: dict[str, float] = {}
        self._last_tick = 0.0
        self._last_busy = 0.0
        self._busiest_ms = 0.0
        self._painted = 0
        self._ticks = 0
        self._timer = QTimer(self, interval=_TICK_MS, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._on_tick)
        self.write("begin", clock=started)

    def write(self, name: str, **fields: Any) -> None:
        """Write a line."""
        if not self._file.closed:
            t = round(time.perf_counter() - self._started, 4)
            self._file.write(json.dumps({"event": name, "t": t, **fields}) + "\n")
            self._file.flush()

    def follow(self, session: AnalysisSession, view: QObject) -> None:
        """Listen to a session and the view of its pictures, and watch the GUI thread from now on.

        Args:
            session: What the window shows.
            view: The widget that paints the pictures.
        """
        view.installEventFilter(self)
        session.model_changed.connect(self._on_model)
        session.result_ready.connect(self._on_result)
        session.stats_changed.connect(self._on_stats)
        self._last_tick, self._last_busy = time.perf_counter(), time.thread_time()
        self._timer.start()

    def close(self) -> None:
        """Write the last line and close the file; harmless when repeated."""
        if not self._file.closed:
            self._timer.stop()
            self.write(
                "end",
                worst_stall_ms=round(self._worst_stall_ms, 1),
                busiest_ms=round(self._busiest_ms, 1),
                results=self._results,
            )
            self._file.close()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Count how often the picture is painted."""
        self._painted += event.type() == QEvent.Type.Paint
        return False

    @Slot(object)
    def _on_model(self, card: ModelCard) -> None:
        self.write("model_ready", model=card.id)

    @Slot(object, object)
    def _on_result(self, newest: FrameResult, samples: list[FrameResult]) -> None:
        self._results += len(samples)
        self._last_times = {stage: round(spent, 2) for stage, spent in newest.times.items()}
        if not self._seen_result:
            self._seen_result = True
            self.write("first_result", media_time=newest.media_time)
        if newest.faces and not self._seen_face:
            self._seen_face = True
            self.write("first_face", media_time=newest.media_time)

    @Slot(object)
    def _on_stats(self, stats: LiveStats) -> None:
        self.write(
            "stats",
            fps_in=round(stats.fps_in, 2),
            fps_out=round(stats.fps_out, 2),
            latency_ms=round(stats.latency_ms, 2),
            dropped=stats.dropped,
            faces=stats.faces,
            painted=self._painted,
            ticks=self._ticks,
            stages_ms=self._last_times,
        )
        self._painted = self._ticks = 0

    @Slot()
    def _on_tick(self) -> None:
        now, busy = time.perf_counter(), time.thread_time()
        late_ms = (now - self._last_tick) * 1000 - _TICK_MS
        busy_ms = (busy - self._last_busy) * 1000
        self._last_tick, self._last_busy = now, busy
        self._busiest_ms = max(self._busiest_ms, busy_ms)
        self._ticks += 1
        if late_ms > _STALL_MS:
            self._worst_stall_ms = max(self._worst_stall_ms, late_ms)
            self.write("stall", late_ms=round(late_ms, 1), busy_ms=round(busy_ms, 1))
