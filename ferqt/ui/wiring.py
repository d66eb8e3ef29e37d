"""Who hears whom: connects the parts of the window with each other and with the session.

`wire_session` and `wire_results` come first, and ask for panels only when there is something to
tell them; the others when all panels are there, `wire_beside`.
"""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QCoreApplication

from ferqt.core.markers import Marker
from ferqt.core.types import FrameResult, Notice, Severity
from ferqt.log_memory import log_memory
from ferqt.pipeline.config import PipelineConfig
from ferqt.settings import SCREENSHOT_FOLDER, Setting
from ferqt.sources.base import SourceInfo
from ferqt.ui.expression_strip import ExpressionStrip
from ferqt.ui.notice_bar import NoticeBar
from ferqt.ui.status_bar import StatusBar
from ferqt.ui.tool_bar import MainToolBar
from ferqt.ui.transport_bar import TransportBar
from ferqt.ui.window_parts import Parts

translate = QCoreApplication.translate


def wire_notices(tellers: Sequence[Any], notice_bar: NoticeBar) -> None:
    """Bring what anything has to say to the bar, and what the bar says to the log.

    Args:
        tellers: Have a signal `notice_posted`.
        notice_bar: The bar.
    """
    memory = log_memory()
    for teller in tellers:
        teller.notice_posted.connect(notice_bar.post)
        # Some tell an action beside the notice, which the log has no button for.
        teller.notice_posted.connect(lambda notice, *_: memory.add_notice(notice))


def wire_session(parts: Parts, notice_bar: NoticeBar) -> None:
    """Let what there is from the first moment speak."""
    tellers = (
        parts.session,
        parts.live,
        parts.screenshots,
        parts.recording_controls,
        parts.marker_controls,
    )
    wire_notices(tellers, notice_bar)


def wire_beside(
    parts: Parts,
    notice_bar: NoticeBar,
    tool_bar: MainToolBar,
    transport: TransportBar,
    status: StatusBar,
    strip: ExpressionStrip,
) -> None:
    """Connect the panels and what belongs to them, once all are there."""
    panels = parts.panels
    tellers = (
        parts.desk,
        panels.probabilities.plot,
        panels.statistics,
        panels.gallery,
        panels.log,
    )
    wire_notices(tellers, notice_bar)
    _wire_faces(parts, strip)
    _wire_models(parts, tool_bar)
    _wire_recording(parts, transport, status)
    _wire_gallery(parts)


def _wire_faces(parts: Parts, strip: ExpressionStrip) -> None:
    """Selection, names, merges and baselines: the same in the picture and in every panel."""
    session, selection, panels = parts.session, parts.selection, parts.panels

    def on_config(config: PipelineConfig) -> None:
        if session.reviewing:
            return
        for panel in (panels.faces, panels.statistics, panels.affect, panels.probabilities):
            panel.set_people(config.people)
        panels.faces.set_baselines(config.baselines)

    def on_merged(track_id: int, into: int) -> None:
        parts.identities.merge(track_id, into)
        if session.config.people.id_of(track_id) == into:
            strip.merge(track_id, into)
            selection.select(into)

    def on_baseline(track_id: int) -> None:
        if not session.reviewing:
            session.start_baseline(track_id)
            return
        title = translate("Wiring", "The neutral face was not learned")
        text = translate("Wiring", "The readings of a session stay as they were made")
        hint = translate("Wiring", "Open the film itself to calibrate faces.")
        session.notice_posted.emit(Notice(Severity.INFO, title, text, hint))

    session.config_changed.connect(on_config)
    on_config(session.config)
    session.baseline_progress.connect(panels.faces.set_baseline_progress)
    parts.view.face_clicked.connect(lambda number: selection.toggle(number or None))
    panels.faces.selected.connect(selection.select)
    panels.faces.rename_requested.connect(parts.identities.rename)
    panels.faces.merge_requested.connect(on_merged)
    panels.faces.baseline_requested.connect(on_baseline)
    panels.faces.baseline_cleared.connect(session.clear_baseline)
    for follower in (
        panels.faces.set_selected,
        panels.statistics.set_selected,
        panels.affect.set_selected,
        panels.probabilities.plot.set_face,
    ):
        selection.changed.connect(follower)


def wire_results(parts: Parts, transport: TransportBar) -> None:
    """Show every result in the picture, and every sample in what looks back."""

    def on_source(info: SourceInfo | None) -> None:
        panels = parts.panels
        parts.selection.select(None)
        parts.view.clear()
        parts.markers.clear()
        for panel in (panels.faces, panels.statistics, panels.affect, panels.probabilities.plot):
            panel.clear()
        transport.set_source(info)

    def on_result(newest: FrameResult, samples: Sequence[FrameResult]) -> None:
        parts.view.show_result(newest)
        transport.show_position(newest)
        panels = parts.panels
        for panel in (panels.faces, panels.statistics, panels.affect, panels.probabilities):
            panel.add_samples(samples)

    transport.seek_requested.connect(parts.session.seek)
    parts.session.source_changed.connect(on_source)
    parts.session.result_ready.connect(on_result)


def _wire_models(parts: Parts, tool_bar: MainToolBar) -> None:
    """Switching, comparing, adding and removing models."""
    session, desk = parts.session, parts.desk
    session.model_loading.connect(desk.set_loading)
    session.compare_changed.connect(desk.set_compared)
    desk.model_requested.connect(session.select_model)
    desk.compare_requested.connect(session.compare_with)
    tool_bar.model_box.model_requested.connect(session.select_model)


def _wire_recording(parts: Parts, transport: TransportBar, status: StatusBar) -> None:
    """Recordings and markers, and the signs of both."""
    recording, markers, panel = parts.recording, parts.markers, parts.panels.markers
    for sign in (parts.recording_sign, parts.countdown, status.recording):
        recording.state_changed.connect(sign.show_state)
    recording.countdown_changed.connect(parts.countdown.show_seconds)
    recording.progress_changed.connect(parts.recording_sign.show_progress)
    recording.progress_changed.connect(status.recording.show_progress)

    def on_markers(marked: tuple[Marker, ...]) -> None:
        transport.set_markers(marked)
        panel.set_markers(marked)
        # The curves of a session run by the time since it was opened, its markers by the film's.
        shown = () if parts.session.reviewing else marked
        parts.panels.probabilities.set_markers(
            [(marker.session_ms / 1000, marker.label) for marker in shown]
        )

    markers.changed.connect(on_markers)
    panel.add_requested.connect(parts.marker_controls.add)
    panel.change_requested.connect(markers.change)
    panel.remove_requested.connect(markers.remove)
    panel.seek_requested.connect(parts.session.seek)
    panel.save_requested.connect(parts.marker_controls.save)


def _wire_gallery(parts: Parts) -> None:
    """Let the gallery show the folder that screenshots go to."""
    gallery = parts.panels.gallery

    def on_setting(setting: Setting[Any]) -> None:
        if setting == SCREENSHOT_FOLDER:
            gallery.set_folder(parts.screenshots.folder)

    parts.live.changed.connect(on_setting)
    parts.screenshots.saved.connect(lambda _: gallery.refresh())
    gallery.set_folder(parts.screenshots.folder)
