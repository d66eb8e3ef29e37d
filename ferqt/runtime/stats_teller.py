"""Tells how the session is doing while a source is open."""

from typing import Final

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from ferqt.core.latest import LatestSlot
from ferqt.runtime.capture import CaptureThread, Shot
from ferqt.runtime.inference import Delivery, InferenceThread
from ferqt.runtime.session_state import LiveStats

_INTERVAL_MS: Final = 250


class StatsTeller(QObject):
    """Collects the live figures of one source after the other. Lives on the GUI thread.

    Args:
        slot: Counts the frames that were not looked at.
        inference: Counts the results.
    """

    changed = Signal(object)
    """LiveStats, four times a second while a source is attached."""

    def __init__(
        self, slot: LatestSlot[Shot], inference: InferenceThread, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._slot = slot
        self._inference = inference
        self._capture: CaptureThread | None = None
        self._latency_ms = 0.0
        self._faces = 0
        self._dropped_before = 0
        self._timer = QTimer(self, interval=_INTERVAL_MS)
        self._timer.timeout.connect(self._tell)

    def attach(self, capture: CaptureThread) -> None:
        """Begin to tell of a source."""
        self._capture = capture
        self._timer.start()

    def detach(self) -> None:
        """Tell nothing more; the next source is counted from 0."""
        self._capture = None
        self._timer.stop()
        self._faces = 0
        self._dropped_before = self._slot.dropped

    def follow(self, delivery: Delivery) -> None:
        """Take in the newest result; one that was read again has no latency of its own."""
        if delivery.latency_ms > 0:
            self._latency_ms = delivery.latency_ms
        self._faces = len(delivery.result.faces)

    @Slot()
    def _tell(self) -> None:
        if self._capture is None:
            return
        self.changed.emit(
            LiveStats(
                fps_in=self._capture.fps,
                fps_out=self._inference.fps,
                latency_ms=self._latency_ms,
                dropped=self._slot.dropped - self._dropped_before,
                faces=self._faces,
            )
        )
