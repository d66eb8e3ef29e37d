"""What the window talks to: one source at a time, one pipeline, their state and their results."""

import logging
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from ferqt.classifiers.card import ModelCard
from ferqt.classifiers.catalog import Catalog
from ferqt.core.latest import LatestSlot, Mailbox
from ferqt.core.types import FrameResult, Notice
from ferqt.pipeline.build import build_pipeline, reconfigure
from ferqt.pipeline.config import LOADED_PARTS, PipelineConfig
from ferqt.runtime.capture import CaptureThread, Shot
from ferqt.runtime.face_book import FaceBook
from ferqt.runtime.inference import Delivery, InferenceThread, StoredReadings, Tap
from ferqt.runtime.model_switch import ModelSwitch
from ferqt.runtime.playback import Playback
from ferqt.runtime.session_state import LiveStats, SessionState
from ferqt.runtime.source_news import SourceNews
from ferqt.runtime.stats_teller import StatsTeller
from ferqt.runtime.tasks import TaskRunner
from ferqt.sources.base import FrameSource, SourceInfo, SourceKind

if TYPE_CHECKING:
    from ferqt.pipeline.pipeline import Pipeline

__all__ = ["AnalysisSession", "LiveStats", "SessionState"]

_log = logging.getLogger(__name__)

_STOP_MS = 8_000
_SEEK_EPSILON_S = 1e-6


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
    compare_changed = Signal(object)
    """ModelCard of the model that is compared from now on, None for none."""
    compare_loading = Signal(str)
    """Id of the model that is being made ready for comparing; "" when it is done."""
    baseline_progress = Signal(int, float)
    """Face and share of its neutral expression that was seen: 1.0 done, less than 0 given up."""
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
        build: "Callable[[PipelineConfig, Catalog], Pipeline]" = build_pipeline,
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
        self._source_number = 0
        self._reviewing = False
        self._capture: CaptureThread | None = None
        self._leaving: list[CaptureThread] = []
        self._slot: LatestSlot[Shot] = LatestSlot()
        self._mailbox: Mailbox[Delivery, Delivery] = Mailbox(Delivery.light)
        self._tasks = TaskRunner(self)
        self._news = SourceNews(self)
        self._news.notice_posted.connect(self.notice_posted)
        self._playback = Playback(self)
        self._playback.seek_requested.connect(self.seek)
        self._playback.sound.notice_posted.connect(self.notice_posted)
        self._models = ModelSwitch(
            catalog, self._tasks, lambda: self._wanted, self.set_config, parent=self
        )
        self._models.loading.connect(self.model_loading)
        self._models.compare_loading.connect(self.compare_loading)
        self._models.compare_changed.connect(self.compare_changed)
        self._models.notice_posted.connect(self.notice_posted)
        self._faces = FaceBook(lambda: self._wanted, self.set_config, parent=self)
        self._faces.baseline_progress.connect(self.baseline_progress)
        self._faces.notice_posted.connect(self.notice_posted)
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
        self._stats = StatsTeller(self._slot, self._inference, self)
        self._stats.changed.connect(self.stats_changed)

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
    def compared_card(self) -> ModelCard | None:
        """Card of the model that is compared now, None for none."""
        return self._models.compared

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
    def reviewing(self) -> bool:
        """Whether stored readings are shown: nothing is read, and nothing can be recorded."""
        return self._reviewing

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
        self._news.follow(capture, self._source_number)
        self._capture = capture
        self._set_state(SessionState.OPENING)
        capture.start()

    def open_stored(self, location: str, stored: StoredReadings) -> None:
        """Open a source that was analyzed before, and show what was read then."""
        self.open_source(location)
        self.show_stored(stored)

    def show_stored(self, stored: StoredReadings) -> None:
        """Show other stored readings of the open source, also of the frame on screen."""
        self._reviewing = True
        self._inference.show_stored(self._source_number, stored)

    def close_source(self) -> None:
        """Close the open source; harmless when there is none."""
        self._reviewing = False
        capture, self._capture = self._capture, None
        if capture is not None:
            capture.stop()
            if not capture.isFinished():
                self._leaving.append(capture)
        self._slot.clear()
        self._news.leave()
        self._stats.detach()
        self._playback.detach()
        self._faces.detach()
        self._latest = None
        if self._source_info is not None:
            self._source_info = None
            self.source_changed.emit(None)
        self._set_state(SessionState.IDLE)

    def toggle_pause(self) -> None:
        """Pause a running source, let a paused one go on, start an ended one; pictures stand."""
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
        self._models.select(model_id)

    def next_model(self, direction: int) -> None:
        """Select the next usable model of the catalog, or the one before with -1."""
        self._models.select_next(direction)

    def compare_with(self, model_id: str) -> None:
        """Let a second model read the same faces, for comparison; "" for none."""
        self._models.compare(model_id)

    def rename_face(self, track_id: int, name: str) -> None:
        """Give a face a name, or take it away with ""."""
        self._faces.rename(track_id, name)

    def merge_faces(self, track_id: int, into: int) -> None:
        """Let a face go by the id of another, which it is in truth, from the next frame on."""
        self._faces.merge(track_id, into)

    def start_baseline(self, track_id: int) -> None:
        """Learn a face's neutral expression while it is held; `baseline_progress` tells how far."""
        self._faces.start_baseline(track_id, running=self._state is SessionState.RUNNING)

    def clear_baseline(self, track_id: int) -> None:
        """Forget a face's neutral expression."""
        self._faces.clear_baseline(track_id)

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
        self._stats.attach(self._capture)
        self._playback.attach(self._capture.control, self._capture.clock, info)
        self._faces.attach(info)
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
        self._latest = newest.result
        self._stats.follow(newest)
        self._playback.follow(newest.result)
        light = [sample.result for sample in samples if sample.source_number == self._source_number]
        self._faces.follow(light)
        self.result_ready.emit(newest.result, light)

    @Slot(object, object, str)
    def _on_configured(self, config: PipelineConfig, card: ModelCard, runtime: str) -> None:
        model_changed = self._card is None or card.id != self._card.id
        self._card, self._runtime = card, runtime
        self.config_changed.emit(config)
        if model_changed:
            self.model_changed.emit(card)
            self._faces.check_model(card)
        self._models.settle(config)

    @Slot(object, object, object)
    def _on_rejected(
        self, notice: Notice, config: PipelineConfig | None, refused: PipelineConfig
    ) -> None:
        if config is not None:
            # A newer wish is on its way already and stays.
            parts = {
                name: getattr(config, name)
                for name in LOADED_PARTS
                if getattr(self._wanted, name) == getattr(refused, name)
            }
            self._wanted = replace(self._wanted, **parts)
            self.config_changed.emit(config)
        self._models.give_up(refused)
        self.notice_posted.emit(notice)
