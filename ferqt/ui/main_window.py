"""The window: it builds its parts, wires them, and routes what the session says."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QByteArray, QEvent, QSize, Qt, QTimer
from PySide6.QtGui import QCloseEvent, QColor, QDragEnterEvent, QDropEvent, QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from ferqt.classifiers.card import ModelCard
from ferqt.core.types import FrameResult
from ferqt.pipeline.config import PipelineConfig
from ferqt.runtime.session import AnalysisSession, SessionState
from ferqt.runtime.tasks import TaskRunner
from ferqt.settings import (
    ALL_BARS,
    GEOMETRY,
    HEAD_POSE,
    LANDMARKS,
    LAYOUT,
    MIRROR,
    MODEL,
    RECENT,
    THEME,
    Settings,
)
from ferqt.sources.base import SourceInfo, SourceKind
from ferqt.ui.actions import build_actions, build_menus, color_actions, enable_actions
from ferqt.ui.commands import Commands, Parts
from ferqt.ui.docks.model_dock import ModelPanel
from ferqt.ui.docks.panel import DockPanel
from ferqt.ui.docks.plot_dock import PlotPanel
from ferqt.ui.icons import icon, program_icon
from ferqt.ui.locations import dropped_location, has_secret
from ferqt.ui.notice_bar import NoticeBar
from ferqt.ui.screenshots import Screenshots
from ferqt.ui.selection import FaceSelection
from ferqt.ui.source_menu import CameraMenu, RecentMenu
from ferqt.ui.start_page import StartPage
from ferqt.ui.status_bar import StatusBar
from ferqt.ui.theme import Theme
from ferqt.ui.tokens import Tokens
from ferqt.ui.tool_bar import MainToolBar
from ferqt.ui.transport_bar import TransportBar
from ferqt.ui.video_view import VideoView, ViewSign

_SIZE: Final = QSize(1280, 800)
_DOCK_PX: Final = 368

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
        self._tasks = TaskRunner(self)
        self._was_maximized = False
        self._hidden: list[QWidget] = []
        self._model_id = ""
        self.theme = Theme(settings.get(THEME), self)
        self.theme.apply()
        self.setWindowIcon(program_icon())
        self.setAcceptDrops(True)
        self._build_parts()
        self._build_layout()
        self._wire()
        self._color(self.theme.tokens)
        self._restore()
        self._show_source(None)
        self._show_state(session.state)
        # No control is marked before Tab is pressed for the first time.
        self.pages.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.pages.setFocus()
        # What is not needed to be seen waits until the window is there.
        QTimer.singleShot(0, self._fill)

    def _build_parts(self) -> None:
        self.view = VideoView()
        self.selection = FaceSelection(self)
        self.screenshots = Screenshots(self._session, self._settings, self.view, self._tasks, self)
        self._commands = Commands(
            Parts(
                self,
                self._session,
                self._settings,
                self.view,
                self.theme,
                self.selection,
                self.screenshots,
            ),
            self,
        )
        self.actions_by_id = build_actions(self._commands, self)
        color_actions(self.actions_by_id, self.theme.tokens)
        self._menus = build_menus(self.menuBar(), self.actions_by_id)
        cameras = self._menus["Source/Cameras"]
        self._cameras = CameraMenu(cameras, self._tasks, self)
        self._recent = RecentMenu(self._menus["File/Open Recent"], self._settings, self)
        self.tool_bar = MainToolBar(self.actions_by_id, cameras)
        self.notice_bar = NoticeBar(self.theme)
        heroes = [self.actions_by_id[name] for name in ("open", "camera", "demo")]
        self.start_page = StartPage(self.theme, heroes)
        steps = ("start", "frame_back", "pause", "frame_forward", "end")
        self.transport = TransportBar([self.actions_by_id[name] for name in steps])
        self.status = StatusBar()
        self.models = ModelPanel(self.theme)
        self.plot = PlotPanel(self.theme)

    def _build_layout(self) -> None:
        self.setWindowTitle("ferqt")
        self.addToolBar(self.tool_bar)
        self.setStatusBar(self.status)
        self.pages = QStackedWidget()
        self.pages.addWidget(self.start_page)
        self.pages.addWidget(self.view)
        center = QWidget()
        column = QVBoxLayout(center)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.notice_bar)
        column.addWidget(self.pages, 1)
        column.addWidget(self.transport)
        self.setCentralWidget(center)
        self._docks = (
            DockPanel("models", self.tr("Models"), self.models, self.theme),
            DockPanel("probabilities", self.tr("Probabilities"), self.plot, self.theme),
        )
        right = Qt.DockWidgetArea.RightDockWidgetArea
        for dock in self._docks:
            self.addDockWidget(right, dock)
            self._menus["View/Panels"].addAction(dock.toggleViewAction())
        self.resize(_SIZE)
        self.resizeDocks(list(self._docks), [_DOCK_PX] * 2, Qt.Orientation.Horizontal)
        self.resizeDocks(list(self._docks), [2, 3], Qt.Orientation.Vertical)

    def _wire(self) -> None:
        session, commands = self._session, self._commands
        session.state_changed.connect(self._show_state)
        session.source_changed.connect(self._show_source)
        session.result_ready.connect(self._show_result)
        session.model_changed.connect(self._show_model)
        session.model_loading.connect(self.models.set_loading)
        session.config_changed.connect(self._show_config)
        session.stats_changed.connect(self.status.set_stats)
        session.notice_posted.connect(self.notice_bar.post)
        self.screenshots.notice_posted.connect(self.notice_bar.post)
        self.plot.plot.notice_posted.connect(self.notice_bar.post)
        self.models.model_requested.connect(session.select_model)
        self.tool_bar.model_box.model_requested.connect(session.select_model)
        for requester in (self._cameras, self._recent, self.start_page):
            requester.source_requested.connect(session.open_source)
        self.transport.seek_requested.connect(session.seek)
        self.transport.picture_requested.connect(self._show_picture)
        self.view.face_clicked.connect(lambda number: self.selection.toggle(number or None))
        self.selection.changed.connect(self.plot.plot.set_face)
        self.selection.changed.connect(lambda _: commands.apply_overlay())
        commands.camera_requested.connect(self._cameras.open_first)
        commands.overlay_changed.connect(commands.apply_overlay)
        commands.full_screen_changed.connect(self._show_full_screen)
        commands.models_changed.connect(self._list_models)
        commands.shortcuts_requested.connect(self._show_shortcuts)
        self.theme.changed.connect(self._color)

    def _fill(self) -> None:
        """Fill what the first sight of the window does not need."""
        self._list_models()
        for notice in self._settings.notices:
            self.notice_bar.post(notice)
        if self._session.card is None:
            self.models.set_loading(self._session.config.model_id)
        else:
            self._show_model(self._session.card)

    def _list_models(self) -> None:
        entries = self._session.catalog.entries
        self.models.set_entries(entries)
        self.tool_bar.model_box.set_entries(entries)
        if self._session.card is not None:
            self.models.set_active(self._session.card.id)

    def _show_state(self, state: SessionState) -> None:
        info = self._session.source_info
        stands_still = info is not None and info.kind is SourceKind.IMAGES
        self.view.sign = ViewSign.NONE if stands_still else _SIGNS.get(state, ViewSign.NONE)
        if state is SessionState.OPENING:
            self.pages.setCurrentWidget(self.view)
            self.status.set_opening()
        elif state is SessionState.IDLE:
            self._show_start_page()
        else:
            self.pages.setCurrentWidget(self.view)
        # What takes long to open can be given up.
        self.actions_by_id["close"].setEnabled(state is not SessionState.IDLE)
        held = state in (SessionState.PAUSED, SessionState.ENDED) and not stands_still
        pause = self.actions_by_id["pause"]
        pause.setText(self.tr("Resume") if held else self.tr("Pause"))
        pause.setIcon(icon("play" if held else "pause", self.theme.tokens))

    def _show_source(self, info: SourceInfo | None) -> None:
        self.selection.select(None)
        self.view.clear()
        self.plot.plot.clear()
        self.status.set_source(info)
        self.transport.set_source(info)
        self._commands.apply_overlay()
        self.setWindowTitle("" if info is None else info.title)
        enable_actions(
            self.actions_by_id,
            source=info is not None,
            moving=info is not None and info.kind is not SourceKind.IMAGES,
            seekable=info is not None and info.seekable,
        )
        if info is not None and info.kind in _REMEMBERED and not has_secret(info.location):
            self._settings.remember_source(info.location)

    def _show_start_page(self) -> None:
        self.start_page.set_recent(self._settings.get(RECENT))
        self.pages.setCurrentWidget(self.start_page)

    def _show_result(self, newest: FrameResult, samples: Sequence[FrameResult]) -> None:
        self.view.show_result(newest)
        self.transport.show_position(newest)
        self.plot.add_samples(samples)

    def _show_model(self, card: ModelCard) -> None:
        self.models.set_active(card.id)
        self.tool_bar.model_box.set_active(card.id)
        self.status.set_model(card, self._session.model_runtime)
        self.plot.plot.set_labels(card.output.labels)
        if self._model_id:
            # The first model is the one that was set, or one for this run only.
            self._settings.set(MODEL, card.id)
            self.plot.plot.mark(card.name)
        self._model_id = card.id

    def _show_config(self, config: PipelineConfig) -> None:
        action = self.actions_by_id.get(f"detector_{config.detector_id}")
        if action is not None:
            action.setChecked(True)

    def _show_picture(self, index: int) -> None:
        """Go to a picture of an open folder."""
        if self.view.result is not None:
            self._session.step(index - self.view.result.index)

    def _show_full_screen(self, full: bool) -> None:
        self.actions_by_id["full_screen"].setChecked(full)
        if full == self.isFullScreen():
            return
        if full:
            self._was_maximized = self.isMaximized()
            self._hidden = [
                widget
                for widget in (
                    self.menuBar(),
                    self.tool_bar,
                    self.status,
                    self.transport,
                    *self._docks,
                )
                if widget.isVisible()
            ]
        for widget in self._hidden:
            widget.setVisible(not full)
        if full:
            self.showFullScreen()
        elif self._was_maximized:
            self.showMaximized()
        else:
            self.showNormal()

    def _show_shortcuts(self) -> None:
        from ferqt.ui.shortcut_sheet import ShortcutSheet

        sheet = ShortcutSheet(self.actions_by_id, self)
        sheet.finished.connect(sheet.deleteLater)
        sheet.open()

    def _color(self, tokens: Tokens) -> None:
        color_actions(self.actions_by_id, tokens)
        self.view.background = QColor(tokens.picture)
        self._show_state(self._session.state)

    def _restore(self) -> None:
        """Put the window and its switches as they were left."""
        settings = self._settings
        for name, setting in (
            ("bars", ALL_BARS),
            ("landmarks", LANDMARKS),
            ("pose", HEAD_POSE),
            ("mirror", MIRROR),
        ):
            self.actions_by_id[name].setChecked(settings.get(setting))
        self.actions_by_id[f"theme_{settings.get(THEME)}"].setChecked(True)
        self._show_config(self._session.config)
        self.restoreGeometry(QByteArray.fromBase64(settings.get(GEOMETRY).encode()))
        self.restoreState(QByteArray.fromBase64(settings.get(LAYOUT).encode()))

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802 - Qt's name
        """Keep settings and end the background jobs; the session is the caller's to end."""
        self._show_full_screen(False)
        self._settings.set(GEOMETRY, self.saveGeometry().toBase64().toStdString())
        self._settings.set(LAYOUT, self.saveState().toBase64().toStdString())
        self._settings.save()
        self._tasks.shutdown()
        super().closeEvent(event)

    def event(self, event: QEvent) -> bool:
        """Let Space press a button that has the focus, instead of holding the picture."""
        if (
            event.type() is QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.key() == Qt.Key.Key_Space
            and isinstance(self.focusWidget(), QAbstractButton)
        ):
            event.accept()
            return True
        return super().event(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802 - Qt's name
        """Take what can be opened."""
        if dropped_location(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802 - Qt's name
        """Open what was dropped."""
        location = dropped_location(event.mimeData())
        if location:
            event.acceptProposedAction()
            self._session.open_source(location)
