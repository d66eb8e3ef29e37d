"""The window: it builds its bars around the parts, and shows what the session says."""

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QByteArray, QSize, Qt, QTimer
from PySide6.QtGui import QCloseEvent, QColor, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QMainWindow, QStackedWidget

from ferqt.classifiers.card import ModelCard
from ferqt.core.session_document import SessionDocument
from ferqt.core.types import Notice, Severity
from ferqt.pipeline.config import PipelineConfig
from ferqt.runtime.recording import RecordingState
from ferqt.runtime.session import AnalysisSession, SessionState
from ferqt.settings import GEOMETRY, LAYOUT, MODEL, PRIVACY_READ, RECENT, RECORD_OVERLAY, Settings
from ferqt.sources.base import SourceInfo, SourceKind
from ferqt.ui import wiring
from ferqt.ui.actions import build_actions, build_menus, color_actions, enable_actions
from ferqt.ui.analysis_commands import AnalysisCommands
from ferqt.ui.analysis_link import AnalysisLink
from ferqt.ui.availability import available
from ferqt.ui.center import Center
from ferqt.ui.commands import Commands
from ferqt.ui.compare_menu import CompareMenu
from ferqt.ui.docking import Docking
from ferqt.ui.first_paint import after_first_paint
from ferqt.ui.full_screen import FullScreen
from ferqt.ui.icons import icon, program_icon
from ferqt.ui.locations import dropped_location, has_secret, take_drop
from ferqt.ui.notice_bar import NoticeAction, NoticeBar
from ferqt.ui.own_keys import OwnKeys
from ferqt.ui.playback_link import PlaybackLink
from ferqt.ui.privacy import PrivacyPage
from ferqt.ui.settings_link import SettingsLink
from ferqt.ui.shortcut_sheet import ShortcutSheet, shown_keys
from ferqt.ui.shortcuts import Shortcuts
from ferqt.ui.source_commands import SourceCommands
from ferqt.ui.source_menu import CameraMenu, RecentMenu
from ferqt.ui.start_page import StartPage
from ferqt.ui.status_bar import StatusBar
from ferqt.ui.tokens import RECORDING, Tokens
from ferqt.ui.tool_bar import MainToolBar
from ferqt.ui.transport_bar import TransportBar
from ferqt.ui.video_view import ViewSign
from ferqt.ui.window_parts import build_parts

if TYPE_CHECKING:
    from ferqt.ui.review_link import ReviewLink
    from ferqt.ui.timeline.timeline_view import TimelineView

_SIZE: Final = QSize(1280, 800)

_REMEMBERED: Final = frozenset({SourceKind.VIDEO, SourceKind.IMAGES, SourceKind.STREAM})
"""Kinds that the list of recent sources holds; the others have buttons of their own."""

_SIGNS: Final = {
    SessionState.OPENING: ViewSign.OPENING,
    SessionState.PAUSED: ViewSign.PAUSED,
    SessionState.ENDED: ViewSign.ENDED,
}


class MainWindow(QMainWindow):
    """The one window of the program.

    Args:
        session: What opens sources and reads faces; the caller starts it and shuts it down.
        settings: Values in force; saved when the window closes.
    """

    def __init__(self, session: AnalysisSession, settings: Settings) -> None:
        super().__init__()
        self._session = session
        self._settings = settings
        self._model_id = ""
        self.setWindowTitle("ferqt")
        self.setWindowIcon(program_icon())
        self.setAcceptDrops(True)
        self.parts = build_parts(self, session, settings)
        self.theme, self.view = self.parts.theme, self.parts.view
        self.pages = QStackedWidget()
        self.parts.beside.done.connect(self._complete)
        self.analysis = AnalysisLink(
            self.parts, self.pages, lambda: self._show_page(self._session.state)
        )
        self._build_actions()
        self._build_bars()
        self._build_layout()
        self._wire()
        self._color(self.theme.tokens)
        self._restore()
        self._show_source(None)
        self._show_state(session.state)
        # No control is marked before Tab is pressed for the first time.
        self.pages.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.pages.setFocus()
        after_first_paint(self, self.parts.beside.start)

    @property
    def review(self) -> "ReviewLink":
        """The session that is looked at."""
        self.parts.beside.finish()
        return self._review

    @property
    def timeline(self) -> "TimelineView":
        """Its time, below the picture."""
        return self.parts.beside.timeline

    def _build_actions(self) -> None:
        parts = self.parts
        self._commands = Commands(parts)
        self._source_commands = SourceCommands(parts)
        commands = (
            self._commands,
            self._source_commands,
            AnalysisCommands(parts, self.analysis, lambda: self.review.marked),
        )
        self.actions_by_id = build_actions(commands, self)
        self.shortcuts = Shortcuts(self.actions_by_id, self._settings, self)
        self._commands.shortcuts = self.shortcuts
        self._link = SettingsLink(parts.live, self._session, self.theme, self.actions_by_id, self)
        self._menus = build_menus(self.menuBar(), self.actions_by_id)
        self._cameras = CameraMenu(self._menus["Source/Cameras"], parts.tasks, self)
        self._recent = RecentMenu(self._menus["File/Open Recent"], self._settings, self)
        self._compare = CompareMenu(self._menus["Model/Compare With"], self._session, self)

    def _build_bars(self) -> None:
        actions = self.actions_by_id
        self.tool_bar = MainToolBar(actions, self._menus["Source/Cameras"])
        self.notice_bar = NoticeBar(self.theme)
        self.start_page = StartPage(
            self.theme,
            [actions[name] for name in ("open", "camera", "demo")],
            hints=[
                actions[name]
                for name in ("pause", "shot", "record", "bars", "analysis", "shortcuts")
            ],
            tasks=self.parts.tasks,
        )
        self.privacy_page = PrivacyPage(self.theme)
        self.transport = TransportBar(
            [actions[name] for name in ("start", "frame_back", "pause", "frame_forward", "end")],
            [actions[name] for name in ("loop", "sound")],
        )
        self.playing = PlaybackLink(
            self._session,
            self.transport,
            self.parts.selection,
            self.theme,
            actions["loop"],
            actions["sound"],
            self,
        )
        self.status = StatusBar()

    def _build_layout(self) -> None:
        self.addToolBar(self.tool_bar)
        self.setStatusBar(self.status)
        for page in (self.start_page, self.privacy_page, self.view):
            self.pages.addWidget(page)
        center = self._center = Center(self.notice_bar, self.pages, self.transport)
        # Queue and library need the room.
        self.pages.currentChanged.connect(
            lambda _: center.show_below(shown=not self.analysis.shown)
        )
        self.setCentralWidget(center)
        self.resize(_SIZE)
        self.docking = Docking(self, self.theme)
        self.parts.beside.panel_made.connect(self.docking.fill)
        self._menus["View/Panels"].addActions(list(self.docking.toggle_actions))
        self._own_keys = OwnKeys(self)
        for widget in (self, *self.docking.docks.values()):
            self._own_keys.watch(widget)
        bars = (self.menuBar(), self.tool_bar, self.status, self.transport)
        self._full_screen = FullScreen(self, (*bars, *self.docking.docks.values()))

    def _wire(self) -> None:
        parts, session, commands = self.parts, self._session, self._commands
        wiring.wire_session(parts, self.notice_bar)
        wiring.wire_results(parts, self.transport)
        wiring.wire_notices([self.analysis], self.notice_bar)
        session.state_changed.connect(self._show_state)
        session.source_changed.connect(self._show_source)
        session.config_changed.connect(self._show_config)
        session.stats_changed.connect(self.status.set_stats)
        parts.recording.state_changed.connect(self._show_recording)
        parts.selection.changed.connect(self._show_selection)
        for requester in (self._cameras, self._recent, self.start_page):
            requester.source_requested.connect(session.open_source)
        self.start_page.source_forgotten.connect(self._forget_source)
        self.privacy_page.acknowledged.connect(self._on_privacy_read)
        self.transport.picture_requested.connect(self._show_picture)
        self._source_commands.camera_requested.connect(self._cameras.open_first)
        self._source_commands.jump_requested.connect(lambda: self.playing.open_jump_dialog(self))
        self._link.overlay_changed.connect(commands.apply_overlay)
        commands.full_screen_changed.connect(self._show_full_screen)
        commands.panels_reset.connect(self.docking.reset)
        commands.shortcuts_requested.connect(self._show_shortcuts)
        self.shortcuts.changed.connect(self._show_keys)
        self.theme.changed.connect(self._color)

    def _complete(self) -> None:
        """Connect what was made after the first paint."""
        from ferqt.ui.docks.panel_memory import PanelMemory
        from ferqt.ui.review_link import ReviewLink

        parts = self.parts
        self._center.add_timeline(self.timeline)
        self._review = ReviewLink(parts)
        wiring.wire_beside(
            parts, self.notice_bar, self.tool_bar, self.transport, self.status, self.playing.strip
        )
        wiring.wire_notices([self._review], self.notice_bar)
        self._review.changed.connect(self._show_session)
        self._review.figures_requested.connect(lambda: self.docking.show("figures"))
        self.timeline.marker_edit_requested.connect(lambda _: self.docking.show("markers"))
        panels = parts.panels
        self._memory = PanelMemory(self._settings, panels.probabilities.plot, panels.affect, self)
        parts.desk.models_changed.connect(self._list_models)
        self._show_keys("shot")
        QTimer.singleShot(0, self, self._fill)

    def _fill(self) -> None:
        self._session.model_changed.connect(self._show_model)
        self._list_models()
        self.analysis.restore()
        for notice in self._settings.notices:
            self.notice_bar.post(notice)
        if self._session.card is None:
            self.parts.desk.set_loading(self._session.config.model_id)
        else:
            self._show_model(self._session.card)

    def _list_models(self) -> None:
        self.parts.desk.list_models()
        self.tool_bar.model_box.set_entries(self._session.catalog.entries)
        if self._session.card is not None:
            self.tool_bar.model_box.set_active(self._session.card.id)

    def _show_state(self, state: SessionState) -> None:
        info = self._session.source_info
        stands_still = info is not None and info.kind is SourceKind.IMAGES
        self.view.sign = ViewSign.NONE if stands_still else _SIGNS.get(state, ViewSign.NONE)
        if not self.analysis.shown or state is SessionState.OPENING:
            self._show_page(state)
        if state is SessionState.OPENING:
            self.status.set_opening()
        # What takes long to open can be given up.
        self.actions_by_id["close"].setEnabled(state is not SessionState.IDLE)
        held = state in (SessionState.PAUSED, SessionState.ENDED) and not stands_still
        pause = self.actions_by_id["pause"]
        pause.setText(self.tr("Resume") if held else self.tr("Pause"))
        pause.setIcon(icon("play" if held else "pause", self.theme.tokens))

    def _show_page(self, state: SessionState) -> None:
        if state is SessionState.IDLE and self.parts.review.document is None:
            self._show_start_page()
        else:
            self.pages.setCurrentWidget(self.view)

    def _show_session(self, document: SessionDocument | None) -> None:
        if not self.analysis.shown:
            self._show_page(self._session.state)
        card = self._session.card
        if document is not None:
            model = document.facts.get("model") or {}
            told = str(model.get("name") or model.get("id") or "")
            self.status.set_stored(document.title, told)
        else:
            self.status.set_source(self._session.source_info)
        if document is None and card is not None:
            self.status.set_model(card, self._session.model_runtime)
            self.parts.panels.probabilities.plot.set_labels(card.output.labels)
        self._enable_actions()

    def _show_source(self, info: SourceInfo | None) -> None:
        self.status.set_source(info)
        self._commands.apply_overlay()
        self.setWindowTitle("" if info is None else info.title)
        self._enable_actions()
        if info is not None and not self._settings.get(PRIVACY_READ):
            self._point_to_privacy()
        if info is not None and info.kind in _REMEMBERED and not has_secret(info.location):
            self._settings.remember_source(info.location)

    def _enable_actions(self) -> None:
        enable_actions(self.actions_by_id, available(self.parts))
        self.actions_by_id["close"].setEnabled(self._session.state is not SessionState.IDLE)

    def _show_start_page(self) -> None:
        self.start_page.set_recent(self._settings.get(RECENT))
        read = self._settings.get(PRIVACY_READ)
        self.pages.setCurrentWidget(self.start_page if read else self.privacy_page)

    def _on_privacy_read(self) -> None:
        self._settings.set(PRIVACY_READ, True)
        self._show_start_page()

    def _point_to_privacy(self) -> None:
        """Tell of the notice whose page a source has taken the place of; once."""
        self._settings.set(PRIVACY_READ, True)
        notice = Notice(
            Severity.INFO,
            self.tr("Before you begin"),
            self.tr("Everything stays on this computer. Ask the people who are filmed."),
        )
        read = NoticeAction(self.tr("Privacy and law"), self._commands.show_privacy)
        self.notice_bar.post(notice, read)

    def _forget_source(self, location: str) -> None:
        self._settings.forget_source(location)
        self.start_page.set_recent(self._settings.get(RECENT))

    def _show_model(self, card: ModelCard) -> None:
        self.parts.desk.set_model(card, self._session.model_runtime)
        self.tool_bar.model_box.set_active(card.id)
        self.status.set_model(card, self._session.model_runtime)
        plot = self.parts.panels.probabilities.plot
        plot.set_labels(card.output.labels)
        if self._model_id:
            # The first model is the one that was set, or one for this run only.
            self._settings.set(MODEL, card.id)
            plot.mark(card.name)
        self._model_id = card.id

    def _show_config(self, config: PipelineConfig) -> None:
        action = self.actions_by_id.get(f"detector_{config.detector_id}")
        if action is not None:
            action.setChecked(True)

    def _show_selection(self, _track_id: int | None) -> None:
        self._commands.apply_overlay()
        self._enable_actions()

    def _show_keys(self, action_id: str) -> None:
        if action_id == "shot":
            keys = shown_keys(self.actions_by_id[action_id])
            self.parts.panels.gallery.set_shot_keys(" / ".join(keys))

    def _show_recording(self, state: RecordingState) -> None:
        record = self.actions_by_id["record"]
        off = state is RecordingState.OFF
        record.setText(self.tr("Record") if off else self.tr("Stop Recording"))
        record.setIconText(self.tr("Record") if off else self.tr("Stop"))
        tokens = self.theme.tokens
        record.setIcon(icon("record", tokens) if off else icon("stop", tokens, RECORDING))

    def _show_picture(self, index: int) -> None:
        """Go to a picture of an open folder."""
        if self.view.result is not None:
            self._session.step(index - self.view.result.index)

    def _show_full_screen(self, full: bool) -> None:
        self.actions_by_id["full_screen"].setChecked(full)
        self._full_screen.show(full=full)

    def _show_shortcuts(self) -> None:
        sheet = ShortcutSheet(self.actions_by_id, self)
        sheet.finished.connect(sheet.deleteLater)
        sheet.open()

    def _color(self, tokens: Tokens) -> None:
        color_actions(self.actions_by_id, tokens)
        self.view.background = QColor(tokens.picture)
        self._show_state(self._session.state)
        self._show_recording(self.parts.recording.state)

    def _restore(self) -> None:
        """Put the window and its switches as they were left."""
        settings = self._settings
        self.actions_by_id["record_overlay"].setChecked(settings.get(RECORD_OVERLAY))
        self._show_config(self._session.config)
        self.restoreGeometry(QByteArray.fromBase64(settings.get(GEOMETRY).encode()))
        self.restoreState(QByteArray.fromBase64(settings.get(LAYOUT).encode()))

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802 - Qt's name
        """Keep settings and end the background jobs; the session is the caller's to end."""
        self._show_full_screen(False)
        self._settings.set(GEOMETRY, self.saveGeometry().toBase64().toStdString())
        self._settings.set(LAYOUT, self.saveState().toBase64().toStdString())
        self._settings.save()
        self.analysis.shutdown()
        self.playing.shutdown()
        self.parts.shutdown()
        super().closeEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802 - Qt's name
        """Take what can be opened."""
        if dropped_location(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802 - Qt's name
        """Open what was dropped; a model file is added to the models."""
        take_drop(
            event,
            self.parts.desk.add,
            self.analysis.add,
            self._session.open_source,
        )
