"""A session without threads: it records what the window asks and says what a test wants it to."""

from pathlib import Path

from PySide6.QtCore import QObject, Signal

from ferqt.classifiers.card import ModelCard
from ferqt.classifiers.catalog import Catalog
from ferqt.core.types import FrameResult
from ferqt.pipeline.config import PipelineConfig
from ferqt.runtime.inference import StoredReadings, Tap
from ferqt.runtime.media_clock import MediaClock
from ferqt.runtime.playback import Playback
from ferqt.runtime.playback_control import PlaybackControl
from ferqt.runtime.session import SessionState
from ferqt.sources.base import SourceInfo, SourceKind

CLIP = SourceInfo(
    SourceKind.VIDEO,
    "clip.mp4",
    "/films/clip.mp4",
    width=1280,
    height=720,
    fps=30.0,
    frame_count=600,
    duration_s=20.0,
    seekable=True,
)


class FakeSession(QObject):
    """The signals and methods of `AnalysisSession` that the window uses.

    Attributes:
        calls: What the window asked for, as (method, argument).
        tap: Who listens to every frame, None for nobody.
        playback: A real one; what it asks of the capture thread goes to `control`.
    """

    state_changed = Signal(object)
    source_changed = Signal(object)
    result_ready = Signal(object, object)
    model_changed = Signal(object)
    model_loading = Signal(str)
    compare_changed = Signal(object)
    compare_loading = Signal(str)
    baseline_progress = Signal(int, float)
    config_changed = Signal(object)
    stats_changed = Signal(object)
    notice_posted = Signal(object)

    def __init__(self, *model_folders: Path) -> None:
        super().__init__()
        self.calls: list[tuple[str, object]] = []
        self.tap: Tap | None = None
        self.state = SessionState.IDLE
        self.source_info: SourceInfo | None = None
        self.config = PipelineConfig(model_id="tiny")
        self.card: ModelCard | None = None
        self.compared_card: ModelCard | None = None
        self.model_runtime = "LiteRT"
        self.reviewing = False
        self.latest: FrameResult | None = None
        self.catalog = Catalog(model_folders)
        self.playback = Playback(self)
        self.playback.seek_requested.connect(self.seek)
        self.control = PlaybackControl()

    def opened(self, info: SourceInfo) -> None:
        """Say that a source is open and runs."""
        self.source_info = info
        self.playback.attach(self.control, MediaClock(), info)
        self.source_changed.emit(info)
        self.in_state(SessionState.RUNNING)

    def closed(self) -> None:
        """Say that the source was closed."""
        self.source_info = None
        self.playback.detach()
        self.source_changed.emit(None)
        self.in_state(SessionState.IDLE)

    def in_state(self, state: SessionState) -> None:
        """Say what the session is doing."""
        self.state = state
        self.state_changed.emit(state)

    def answered(self, result: FrameResult) -> None:
        """Say that a frame was read."""
        self.latest = result
        self.playback.follow(result)
        self.result_ready.emit(result, [result.without_image()])

    def answers_with(self, card: ModelCard) -> None:
        """Say that a model answers from now on."""
        self.card = card
        self.model_changed.emit(card)

    def open_source(self, location: str) -> None:
        self.calls.append(("open_source", location))

    def open_stored(self, location: str, stored: StoredReadings) -> None:
        self.reviewing = True
        self.stored = stored
        self.calls.append(("open_stored", location))

    def show_stored(self, stored: StoredReadings) -> None:
        self.stored = stored
        self.calls.append(("show_stored", None))

    def close_source(self) -> None:
        self.reviewing = False
        self.calls.append(("close_source", None))

    def toggle_pause(self) -> None:
        self.calls.append(("toggle_pause", None))

    def seek(self, seconds: float) -> None:
        self.calls.append(("seek", seconds))

    def seek_frame(self, index: int) -> None:
        self.calls.append(("seek_frame", index))

    def seek_by(self, seconds: float) -> None:
        self.calls.append(("seek_by", seconds))

    def step(self, frames: int) -> None:
        self.calls.append(("step", frames))

    def select_model(self, model_id: str) -> None:
        self.calls.append(("select_model", model_id))

    def next_model(self, direction: int) -> None:
        self.calls.append(("next_model", direction))

    def compare_with(self, model_id: str) -> None:
        self.calls.append(("compare_with", model_id))

    def rename_face(self, track_id: int, name: str) -> None:
        self.calls.append(("rename_face", (track_id, name)))

    def merge_faces(self, track_id: int, into: int) -> None:
        self.calls.append(("merge_faces", (track_id, into)))

    def start_baseline(self, track_id: int) -> None:
        self.calls.append(("start_baseline", track_id))

    def clear_baseline(self, track_id: int) -> None:
        self.calls.append(("clear_baseline", track_id))

    def set_config(self, config: PipelineConfig) -> None:
        self.config = config
        self.calls.append(("set_config", config))

    def set_tap(self, tap: Tap | None) -> None:
        self.tap = tap

    def rescan_models(self) -> None:
        self.calls.append(("rescan_models", None))
