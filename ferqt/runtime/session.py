"""What the window talks to: one source at a time, one pipeline, their state and their results."""

import logging
from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from ferqt.classifiers.card import ModelCard
from ferqt.classifiers.catalog import Catalog, prepare_model
from ferqt.core.latest import LatestSlot, Mailbox
from ferqt.core.types import FrameResult, Notice
from ferqt.pipeline.build import build_pipeline, reconfigure
from ferqt.pipeline.config import PipelineConfig
from ferqt.pipeline.pipeline import Pipeline
from ferqt.runtime.capture import CaptureThread, Shot
from ferqt.runtime.inference import Delivery, InferenceThread, Tap
from ferqt.runtime.notifications import notice_of
from ferqt.runtime.playback import Playback
from ferqt.runtime.tasks import TaskRunner
from ferqt.sources.base import FrameSource, SourceInfo, SourceKind

_log = logging.getLogger(__name__)

_STATS_MS = 250
_STOP_MS = 8_000
_SEEK_EPSILON_S = 1e-6


class SessionState(StrEnum):
    """What the session is doing."""

    IDLE = "idle"
    OPENING = "opening"
    RUNNING = "running"
    PAUSED = "paused"
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class LiveStats:
    """How the session is doing.

    Attributes:
        fps_in: Frames a second that the source gives.
        fps_out: Results a second.
        latency_ms: From a frame's capture to its result, the newest.
        dropped: Frames of this source that were never looked at.
        faces: Faces in the newest result.
    """

    fps_in: float
    fps_out: float
    latency_ms: float
    dropped: int
    faces: int


class AnalysisSession(QObject):
    """Owns the threads, and speaks to the window by signals only.

    Lives on the GUI thread; call everything from there. `shutdown` before the program ends.

    Args:
        catalog: The models.
        config: First settings of the pipeline.
        open_source: Opens a location; called in the capture thread.
        build: Builds a pipeline; called in the inference thread.
    """

    state_changed = Signal(object)
    """SessionState."""
    source_changed = Signal(object)
    """SourceInfo, or None when the source was closed."""
    result_ready = Signal(object, object)
    """The newest FrameResult with its image, and every light sample since the last."""
    model_changed = Signal(object)
    """ModelCard that answers from now on."""
    model_loading = Signal(str)
    """Id of the model that is being made ready; "" when it is done."""
    config_changed = Signal(object)
    """PipelineConfig in force."""
    stats_changed = Signal(object)
    """LiveStats, four times a second while a source is open."""
    notice_posted = Signal(object)
    """Notice."""

    def __init__(
        self,
        catalog: Catalog,
        config: PipelineConfig,
        open_source: Callable[[str], FrameSource],
        build: Callable[[PipelineConfig, Catalog], Pipeline] = build_pipeline,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._catalog = catalog
        self._open_source = open_source
        self._state = SessionState.IDLE
        self._source_info: SourceInfo | None = None
        self._wanted = config
        self._card: ModelCard | None = None
        self._runtime = ""
        self._latest: FrameResult | None = None
        self._latency_ms = 0.0
        self._dropped_before = 0
        self._source_number = 0
        self._capture: CaptureThread | None = None
        self._leaving: list[CaptureThread] = []
        self._slot: LatestSlot[Shot] = LatestSlot()
        self._mailbox: Mailbox[Delivery, Delivery] = Mailbox(Delivery.light)
        self._tasks = TaskRunner(self)
        self._playback = Playback(self)
        self._playback.seek_requested.connect(self.seek)
        self._playback.sound.notice_posted.connect(self.notice_posted)
        self._stats_timer = QTimer(self, interval=_STATS_MS)
        self._stats_timer.timeout.connect(self._tell_stats)
        self._inference = InferenceThread(
            self._slot,
            self._mailbox,
            config,
            lambda wanted: build(wanted, self._catalog),
            lambda pipeline, wanted: reconfigure(pipeline, wanted, self._catalog),
        )
        self._inference.ready.connect(self._on_ready)
        self._inference.configured.connect(self._on_configured)
        self._inference.rejected.connect(self._on_rejected)
        self._inference.failed.connect(self.notice_posted)

    @property
    def state(self) -> SessionState:
        """What the session is doing."""
        return self._state

    @property
    def source_info(self) -> SourceInfo | None:
        """The open source, None when there is none."""
        return self._source_info

    @property
    def config(self) -> PipelineConfig:
        """The settings that were asked for last; in force as soon as `config_changed` says so."""
        return self._wanted

    @property
    def card(self) -> ModelCard | None:
        """Card of the model that answers now, None until the first is ready."""
        return self._card

    @property
    def model_runtime(self) -> str:
        """What runs the model that answers now: "LiteRT", "Keras", or "" before the first."""
        return self._runtime

    @property
    def latest(self) -> FrameResult | None:
        """The newest result with its image."""
        return self._latest

    @property
    def catalog(self) -> Catalog:
        """The models."""
        return self._catalog

    @property
    def playback(self) -> Playback:
        """Speed, loop and sound of the open source."""
        return self._playback

    def start(self) -> None:
        """Start inference: the detector and the model load in the background."""
        self._inference.start()

    def open_source(self, location: str) -> None:
        """Close the open source and open another; the answer comes as a signal."""
        self.close_source()
        self._source_number += 1
        capture = CaptureThread(
            partial(self._open_source, location),
            self._slot,
            self._source_number,
            after=self._leaving[-1] if self._leaving else None,
        )
        capture.opened.connect(self._on_opened)
        capture.ended.connect(self._on_ended)
        capture.failed.connect(self._on_failed)
        capture.finished.connect(self._on_capture_finished)
        self._capture = capture
        self._set_state(SessionState.OPENING)
        capture.start()

    def close_source(self) -> None:
        """Close the open source; harmless when there is none."""
        capture, self._capture = self._capture, None
        if capture is not None:
            capture.stop()
            if not capture.isFinished():
                self._leaving.append(capture)
        self._slot.clear()
        self._dropped_before = self._slot.dropped
        self._stats_timer.stop()
        self._playback.detach()
        self._latest = None
        if self._source_info is not None:
            self._source_info = None
            self.source_changed.emit(None)
        self._set_state(SessionState.IDLE)

    def toggle_pause(self) -> None:
        """Pause a running source, let a paused one go on, start an ended one again.

        Pictures stand still anyway and are stepped.
        """
        self.set_paused(self._state is SessionState.RUNNING)

    def set_paused(self, paused: bool) -> None:
        """Hold the source still or let it go on."""
        info = self._source_info
        if self._capture is None or info is None or info.kind is SourceKind.IMAGES:
            return
        if self._state is SessionState.ENDED and not paused:
            self._capture.control.seek(0.0)
        self._capture.control.set_paused(paused)
        self._set_state(SessionState.PAUSED if paused else SessionState.RUNNING)

    def seek(self, seconds: float) -> None:
        """Show the frame at a media time in s; sources that cannot seek ignore it."""
        if self._capture is None or self._source_info is None or not self._source_info.seekable:
            return
        duration = self._source_info.duration_s
        wanted = max(0.0, seconds if duration is None else min(seconds, duration))
        self._capture.control.seek(wanted + _SEEK_EPSILON_S)
        self._hold_if_ended(self._capture)

    def seek_frame(self, index: int) -> None:
        """Show the frame with this number; sources that cannot seek ignore it."""
        if self._capture is None or self._source_info is None or not self._source_info.seekable:
            return
        self._capture.control.seek_frame(max(0, index))
        self._hold_if_ended(self._capture)

    def seek_by(self, seconds: float) -> None:
        """Move by seconds from the frame on screen."""
        if self._latest is not None and self._latest.media_time is not None:
            self.seek(self._latest.media_time + seconds)

    def step(self, frames: int) -> None:
        """Pause and go some frames forward, or back if negative."""
        if self._capture is None or self._source_info is None or not self._source_info.seekable:
            return
        self.set_paused(True)
        self._capture.control.step(frames)

    def select_model(self, model_id: str) -> None:
        """Let another model answer; the present one goes on until the new one is ready."""
        try:
            entry = self._catalog.entry(model_id)
        except Exception as error:  # noqa: BLE001 - a broken model must not take the window along
            self.notice_posted.emit(notice_of(error, "The model was not changed"))
            return
        self.model_loading.emit(model_id)
        self._tasks.run(
            partial(prepare_model, entry),
            partial(self._on_prepared, model_id),
            self._on_not_prepared,
            title="The model was not changed",
        )

    def next_model(self, direction: int) -> None:
        """Select the next usable model of the catalog, or the one before with -1."""
        ids = [entry.id for entry in self._catalog.entries if entry.card is not None]
        if not ids:
            return
        now = ids.index(self._wanted.model_id) if self._wanted.model_id in ids else -direction
        following = ids[(now + direction) % len(ids)]
        if following != self._wanted.model_id:
            self.select_model(following)

    def set_detector(self, detector_id: str) -> None:
        """Let another detector find the faces."""
        self.set_config(replace(self._wanted, detector_id=detector_id))

    def set_config(self, config: PipelineConfig) -> None:
        """Ask for other settings from the next frame on."""
        self._wanted = config
        self._inference.configure(config)

    def set_tap(self, tap: Tap | None) -> None:
        """Let a tap have every frame that is read, in the inference thread; None for nobody."""
        self._inference.set_tap(tap)

    def rescan_models(self) -> None:
        """Read the model folders again."""
        self._catalog.rescan()

    def shutdown(self) -> None:
        """Stop all threads and wait for them; the session cannot be used afterwards."""
        self.close_source()
        self._slot.close()
        for thread in (*self._leaving, self._inference):
            if not thread.wait(_STOP_MS):
                _log.error("%s did not stop within %d ms", thread.objectName(), _STOP_MS)
        self._leaving.clear()
        self._playback.shutdown()
        self._tasks.shutdown()

    def _hold_if_ended(self, capture: CaptureThread) -> None:
        """Show where an ended source was sought to, and do not play on from there."""
        if self._state is SessionState.ENDED:
            capture.control.set_paused(True)
            self._set_state(SessionState.PAUSED)

    def _set_state(self, state: SessionState) -> None:
        if state is not self._state:
            self._state = state
            self.state_changed.emit(state)

    @Slot()
    def _on_capture_finished(self) -> None:
        self._leaving = [capture for capture in self._leaving if not capture.isFinished()]

    @Slot(int, object)
    def _on_opened(self, number: int, info: SourceInfo) -> None:
        if number != self._source_number or self._capture is None:
            return
        _log.info("opened %s %r, %d x %d", info.kind, info.title, info.width, info.height)
        self._source_info = info
        self._stats_timer.start()
        self._playback.attach(self._capture.control, self._capture.clock, info)
        self.source_changed.emit(info)
        pictures = info.kind is SourceKind.IMAGES
        self._set_state(SessionState.PAUSED if pictures else SessionState.RUNNING)

    @Slot(int)
    def _on_ended(self, number: int) -> None:
        if number == self._source_number and self._capture is not None:
            self._set_state(SessionState.ENDED)

    @Slot(int, object)
    def _on_failed(self, number: int, notice: Notice) -> None:
        if number == self._source_number and self._capture is not None:
            self.close_source()
            self.notice_posted.emit(notice)

    @Slot()
    def _on_ready(self) -> None:
        newest, samples = self._mailbox.collect()
        if newest is None or newest.source_number != self._source_number or self._capture is None:
            return
        if newest.latency_ms > 0:
            self._latency_ms = newest.latency_ms
        self._latest = newest.result
        self._playback.follow(newest.result)
        light = [sample.result for sample in samples if sample.source_number == self._source_number]
        self.result_ready.emit(newest.result, light)

    @Slot(object, object, str)
    def _on_configured(self, config: PipelineConfig, card: ModelCard, runtime: str) -> None:
        model_changed = self._card is None or card.id != self._card.id
        self._card, self._runtime = card, runtime
        self.config_changed.emit(config)
        if model_changed:
            self.model_changed.emit(card)
        if config.model_id == self._wanted.model_id:
            self.model_loading.emit("")

    @Slot(object, object)
    def _on_rejected(self, notice: Notice, config: PipelineConfig | None) -> None:
        if config is not None:
            self._wanted = config
        self.model_loading.emit("")
        self.notice_posted.emit(notice)

    def _on_prepared(self, model_id: str, _: object) -> None:
        self.set_config(replace(self._wanted, model_id=model_id))

    def _on_not_prepared(self, notice: Notice) -> None:
        self.model_loading.emit("")
        self.notice_posted.emit(notice)

    @Slot()
    def _tell_stats(self) -> None:
        capture = self._capture
        if capture is None:
            return
        self.stats_changed.emit(
            LiveStats(
                fps_in=capture.fps,
                fps_out=self._inference.fps,
                latency_ms=self._latency_ms,
                dropped=self._slot.dropped - self._dropped_before,
                faces=len(self._latest.faces) if self._latest is not None else 0,
            )
        )
