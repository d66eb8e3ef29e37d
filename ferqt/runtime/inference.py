"""The thread that runs the pipeline, and brings it to new settings between two frames."""

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock
from typing import TYPE_CHECKING

from PySide6.QtCore import QThread, Signal

from ferqt.core.latest import Closed, LatestSlot, Mailbox
from ferqt.core.timing import RateMeter
from ferqt.core.types import Frame, FrameResult
from ferqt.pipeline.config import PipelineConfig
from ferqt.pipeline.origin import Origin
from ferqt.runtime.capture import Shot
from ferqt.runtime.notifications import notice_of
from ferqt.texts import N

if TYPE_CHECKING:
    from ferqt.pipeline.pipeline import Pipeline

_log = logging.getLogger(__name__)

_IDLE_S = 0.1
"""How soon a change of settings is seen while no frame comes."""


@dataclass(frozen=True, slots=True)
class Delivery:
    """A result on its way to the window.

    Attributes:
        result: What was read.
        source_number: Which source it belongs to.
        latency_ms: Time from the frame's capture to now.
    """

    result: FrameResult
    source_number: int
    latency_ms: float

    def light(self) -> "Delivery":
        """Return the same without pixels."""
        return Delivery(self.result.without_image(), self.source_number, self.latency_ms)


@dataclass(frozen=True, slots=True, eq=False)
class ReadFrame:
    """A result as whoever taps the thread gets it.

    Attributes:
        result: What was read, with its frame.
        source_number: Which source it belongs to.
        follows: False when the frame does not follow the last one: the first of a source, a seek.
        origin: What it was read with.
    """

    result: FrameResult
    source_number: int
    follows: bool
    origin: Origin


Tap = Callable[[ReadFrame], None]
"""Takes what is read; called in the inference thread, so it returns within a millisecond."""

StoredReadings = Callable[[Frame], FrameResult]
"""Tells what was read from a frame in an earlier analysis; called in the inference thread."""


class InferenceThread(QThread):
    """Takes the newest frame, reads it, and leaves the result in the mailbox.

    Lives as long as the window; sources come and go in front of it.

    Args:
        slot: Where frames come from.
        mailbox: Where results go.
        config: First settings.
        build: Builds the pipeline, in this thread.
        reconfigure: Brings a pipeline to new settings, in this thread.
    """

    ready = Signal()
    """The mailbox was empty and has a result now; carries nothing on purpose."""

    configured = Signal(object, object, str)
    """PipelineConfig in force, ModelCard that answers now, and what runs it."""

    rejected = Signal(object, object, object)
    """Notice, the PipelineConfig that stays in force (None when there is no pipeline), and the one
    that was refused."""

    failed = Signal(object)
    """Notice: one frame could not be read; the thread goes on."""

    def __init__(
        self,
        slot: LatestSlot[Shot],
        mailbox: Mailbox[Delivery, Delivery],
        config: PipelineConfig,
        build: "Callable[[PipelineConfig], Pipeline]",
        reconfigure: "Callable[[Pipeline, PipelineConfig], None]",
    ) -> None:
        super().__init__()
        self.setObjectName("ferqt-inference")
        self._slot = slot
        self._mailbox = mailbox
        self._build = build
        self._reconfigure = reconfigure
        self._lock = Lock()
        self._wanted: PipelineConfig | None = config
        self._pipeline: Pipeline | None = None
        self._origin: Origin | None = None
        self._tap_lock = Lock()
        self._tap: Tap | None = None
        self._stored: tuple[int, StoredReadings] | None = None
        self._stored_changed = False
        self._last_shot: Shot | None = None
        self._meter = RateMeter()
        self._failing = False

    @property
    def fps(self) -> float:
        """Results a second lately."""
        return self._meter.rate()

    def configure(self, config: PipelineConfig) -> None:
        """Ask for new settings from the next frame on; any thread, the newest wish counts."""
        with self._lock:
            self._wanted = config

    def set_tap(self, tap: Tap | None) -> None:
        """Let a tap have every frame that is read from now on, whole and in order; any thread.

        A frame that stands still and is read again by another model comes only once. The tap
        before gets nothing more once this returns.

        Args:
            tap: What takes them; None for nobody.
        """
        with self._tap_lock:
            self._tap = tap

    def show_stored(self, source_number: int, stored: StoredReadings) -> None:
        """Answer with stored readings for one source, instead of reading its frames; any thread.

        The tap gets nothing of them: they were read elsewhere. Settings change nothing in them.
        """
        with self._lock:
            self._stored = source_number, stored
            self._stored_changed = True

    def run(self) -> None:
        """Work until the slot is closed; called by Qt in the new thread."""
        try:
            while True:
                changed = self._take_stored_change() or self._apply_wish()
                try:
                    shot = self._slot.take(_IDLE_S)
                except Closed:
                    return
                # What was asked for while it waited holds for this frame.
                changed = self._apply_wish() or changed
                if shot is None and changed and self._last_shot is not None:
                    self._read(self._last_shot, again=True)
                elif shot is not None:
                    self._read(shot)
        finally:
            if self._pipeline is not None:
                self._pipeline.close()

    def _apply_wish(self) -> bool:
        """Build or change the pipeline if that was asked for; True when readings may differ."""
        with self._lock:
            wanted, self._wanted = self._wanted, None
        if wanted is None:
            return False
        before = self._pipeline.config if self._pipeline else None
        try:
            if self._pipeline is None:
                self._pipeline = self._build(wanted)
            else:
                self._reconfigure(self._pipeline, wanted)
        except Exception as error:  # noqa: BLE001 - the thread's boundary
            now = self._pipeline.config if self._pipeline else None
            notice = notice_of(error, N("Notices", "The model or detector was not changed"))
            self.rejected.emit(notice, now, wanted)
            return False
        self._failing = False
        pipeline = self._pipeline
        self._origin = pipeline.origin
        self.configured.emit(pipeline.config, pipeline.card, pipeline.runtime)
        return pipeline.config != before

    def _take_stored_change(self) -> bool:
        """Whether other stored readings are to be shown than for the last frame."""
        with self._lock:
            changed, self._stored_changed = self._stored_changed, False
            return changed

    def _read(self, shot: Shot, *, again: bool = False) -> None:
        last, self._last_shot = self._last_shot, shot
        with self._lock:
            stored = self._stored
        if stored is not None and stored[0] == shot.source_number:
            result = self._answered(stored[1], shot.frame)
            if result is not None:
                self._deliver(result, shot, again=again)
            return
        pipeline = self._pipeline
        if pipeline is None:
            return
        follows = _prepare(pipeline, last, shot)
        result = self._answered(pipeline.process, shot.frame)
        if result is None:
            return
        if not again:
            self._hand_to_tap(result, shot, follows=follows)
        self._deliver(result, shot, again=again)

    def _answered(self, answer: Callable[[Frame], FrameResult], frame: Frame) -> FrameResult | None:
        try:
            result = answer(frame)
        except Exception as error:  # noqa: BLE001 - the thread's boundary
            if not self._failing:
                self.failed.emit(notice_of(error, N("Notices", "A frame could not be read")))
            self._failing = True
            return None
        self._failing = False
        return result

    def _deliver(self, result: FrameResult, shot: Shot, *, again: bool) -> None:
        latency_ms = 0.0 if again else (time.monotonic() - shot.captured_s) * 1000
        self._meter.tick()
        if self._mailbox.post(Delivery(result, shot.source_number, latency_ms)):
            self.ready.emit()

    def _hand_to_tap(self, result: FrameResult, shot: Shot, *, follows: bool) -> None:
        assert self._origin is not None
        with self._tap_lock:
            if self._tap is None:
                return
            try:
                self._tap(ReadFrame(result, shot.source_number, follows, self._origin))
            except Exception:  # noqa: BLE001 - what listens must not take the picture along
                _log.exception("the tap failed and is closed")
                self._tap = None


def _prepare(pipeline: "Pipeline", last: Shot | None, shot: Shot) -> bool:
    """Tell the pipeline how a frame follows the last one; True when it does so without a cut."""
    if last is None:
        return False
    if last.source_number != shot.source_number or last.frame.name != shot.frame.name:
        # Pictures of a folder are no film: each begins anew, as in an analysis.
        pipeline.reset()
        return False
    if last.cut_number != shot.cut_number:
        pipeline.cut()
        return False
    return True
