"""The timeline of a session, with its buttons and its map: what a window places under the video."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QScrollBar,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from ferqt.core.episode_track import EpisodeTrack
from ferqt.core.episodes import EpisodeRule
from ferqt.core.markers import Marker
from ferqt.core.session_document import SessionDocument, TimeRange
from ferqt.core.types import Notice
from ferqt.runtime.tasks import TaskRunner
from ferqt.ui.docks.tools import empty_label
from ferqt.ui.theme import Theme
from ferqt.ui.timeline.canvas import TimelineCanvas
from ferqt.ui.timeline.keys import TimelineKeys
from ferqt.ui.timeline.lanes import STRIP_PX
from ferqt.ui.timeline.menu import TimelineMenu
from ferqt.ui.timeline.overview import TimelineOverview
from ferqt.ui.timeline.preparer import Preparer
from ferqt.ui.timeline.state import Prepared, TimelineState, same_frames, same_readings
from ferqt.ui.timeline.tools import TimelineTools
from ferqt.ui.timeline.words import place_text

_JUMP_S: Final = 1.0
"""A step of the medium that is longer was no playing: what it leads to is brought into view."""

_TURN_AT: Final = 0.95
_TURN_TO: Final = 0.05
"""Share of the view that the playhead reaches, and where it stands when the view has turned."""


class TimelineView(QFrame):
    """Everything that is known of a session along its time.

    Sessions are prepared in the background; what is set meanwhile holds as soon as they are shown.

    Args:
        theme: Gives the colors.
        tasks: Prepares sessions.
    """

    seek_requested = Signal(float, int)
    """True time in s (place of a picture) and number of the frame that the person wants to see."""
    face_selected = Signal(int)
    """Id of the face that the person selected."""
    range_changed = Signal(object)
    """TimeRange that the person marked, or None; it goes from one frame's time to another's end."""
    exclude_requested = Signal(object)
    """TimeRange that statistics are to leave out."""
    include_requested = Signal(object)
    """TimeRange that they are to count again."""
    marker_requested = Signal(float)
    """Time in s of the frame at which a marker is wanted."""
    marker_edit_requested = Signal(object)
    """Marker that the person wants to edit."""
    marker_remove_requested = Signal(object)
    """Marker that is to go."""
    statistics_requested = Signal(object)
    """TimeRange whose statistics are wanted, None for all of the session."""
    notice_posted = Signal(object)
    """`Notice` on a session that could not be prepared."""
    ready = Signal()
    """The session is prepared and shown."""

    def __init__(self, theme: Theme, tasks: TaskRunner, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("DockPanel")
        self._preparer = Preparer(tasks, self)
        self._rule = EpisodeRule()
        self._document: SessionDocument | None = None
        self._view: tuple[float, float] | None = None
        self._position_s = 0.0
        self._face_id: int | None = None
        self._chosen: TimeRange | None = None
        self._looks_elsewhere = False
        self.canvas = TimelineCanvas(theme, tasks)
        self._keys = TimelineKeys(self.canvas)
        self._overview = TimelineOverview(theme)
        self.tools = TimelineTools(theme)
        self._make_layout()
        self._wire()
        theme.changed.connect(self._show_view)
        self._show_page()

    @property
    def state(self) -> TimelineState | None:
        """What is shown; None while there is nothing."""
        return self.canvas.state

    @property
    def overview(self) -> TimelineOverview:
        """The map of the whole session."""
        return self._overview

    def set_document(self, document: SessionDocument | None) -> None:
        """Show another session from its start on, or none.

        Where only names, markers or exclusions changed, everything stays as the person left it; of
        readings that were read or merged anew, the part in view does.
        """
        before, state = self._document, self.state
        self._document = document
        if document is not None and state is not None and same_readings(before, document):
            state.take_additions(document)
            self.canvas.refresh()
            self._overview.update()
            self._find_episodes()
            return
        self._keep_place(state, document)
        self.canvas.set_state(None)
        self._show_page()
        self._preparer.forget()
        if document is not None and len(document.table):
            self._preparer.prepare(document, self._rule)

    def set_rule(self, rule: EpisodeRule) -> None:
        """Find episodes by another rule."""
        self._rule = rule
        self._find_episodes()

    def set_position(self, time_s: float) -> None:
        """Follow the medium: time in s of the frame on screen, or place of a picture."""
        before, self._position_s = self._position_s, time_s
        state = self.state
        if state is None or not len(state.axis):
            return
        self.canvas.set_index(state.axis.at(time_s))
        self._follow(state, jumped=abs(time_s - before) > _JUMP_S)
        self._show_place()

    def set_range(self, chosen: TimeRange | None) -> None:
        """Show another in/out range; nothing is emitted."""
        self._chosen = chosen
        if self.state is not None:
            self.state.chosen = chosen
            self.canvas.update()
            self._overview.update()
        self.tools.fit_range.setEnabled(chosen is not None)

    def select_face(self, face_id: int | None) -> None:
        """Show the curves and episodes of a face; one that is not there changes nothing."""
        self._face_id = face_id
        state = self.state
        if state is not None and face_id is not None and state.levels_of(face_id) is not None:
            state.face_id = face_id
            self.canvas.show_face(face_id)
            self._overview.update()

    def set_markers(self, markers: Sequence[Marker]) -> None:
        """Show other markers."""
        if self._document is not None:
            self._document = replace(self._document, markers=tuple(markers))
        if self.state is not None:
            self.state.set_markers(markers)
            self.canvas.refresh_lane("markers")
            self._overview.update()

    def set_excluded(self, excluded: Sequence[TimeRange]) -> None:
        """Show what statistics leave out now; episodes are found anew in the background."""
        if self._document is None:
            return
        self._document = replace(self._document, excluded=tuple(excluded))
        if self.state is not None:
            self.state.excluded = tuple(excluded)
            self.canvas.update()
        self._find_episodes()

    def fit(self) -> None:
        """Show all of the session."""
        self._keys.fit()

    def fit_range(self) -> None:
        """Zoom to the in/out range."""
        self._keys.fit_range()

    def go_to_episode(self, face_id: int, name: str, time_s: float, *, later: bool) -> None:
        """Seek the next or the previous episode of an expression, if there is one."""
        state = self.state
        if state is None:
            return
        track = state.prepared.episodes.get(face_id, EpisodeTrack())
        episode = track.after(time_s, name) if later else track.before(time_s, name)
        if episode is not None:
            if face_id != state.face_id:
                self._on_face_chosen(face_id)
            self.go_to(episode.start_s)

    def go_to(self, time_s: float) -> None:
        """Seek the frame at a time, as if the person had pressed there, and bring it into view."""
        state = self.state
        if state is not None and len(state.axis):
            index = state.axis.at(time_s)
            self.canvas.set_index(index)
            self.canvas.bring_in_view()
            self._on_sought(index)

    def menu_at(self, place: QPoint) -> TimelineMenu | None:
        """Return the menu for a point of the canvas; None while nothing is shown."""
        state = self.state
        if state is None or not len(state.axis):
            return None
        return TimelineMenu(self, state, place)

    def _make_layout(self) -> None:
        self._bar = QScrollBar(Qt.Orientation.Vertical)
        self._bar.setSingleStep(STRIP_PX)
        self._bar.setAccessibleName(self.tr("Faces in view"))
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(0)
        grid.addWidget(self.canvas, 0, 0)
        grid.addWidget(self._bar, 0, 1)
        grid.addWidget(self._overview, 1, 0)
        shown = QWidget()
        column = QVBoxLayout(shown)
        column.setContentsMargins(0, 0, 0, 4)
        column.setSpacing(0)
        column.addWidget(self.tools)
        column.addLayout(grid, 1)
        self._pages = QStackedWidget()
        self._message = empty_label("")
        self._pages.addWidget(self._message)
        self._pages.addWidget(shown)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._pages)

    def _wire(self) -> None:
        canvas = self.canvas
        self._preparer.prepared.connect(self._on_prepared)
        self._preparer.episodes_found.connect(self._on_episodes)
        self._preparer.failed.connect(self._on_failed)
        canvas.sought.connect(self._on_sought)
        canvas.face_chosen.connect(self._on_face_chosen)
        canvas.range_chosen.connect(self._on_range_chosen)
        canvas.view_changed.connect(self._show_view)
        canvas.view_moved_by_hand.connect(self._on_view_moved)
        canvas.marker_opened.connect(self.marker_edit_requested)
        canvas.menu_wanted.connect(self._on_menu_wanted)
        self._overview.view_wanted.connect(self._on_view_wanted)
        self._bar.valueChanged.connect(canvas.set_scroll)
        self.tools.zoom_out.triggered.connect(self._keys.zoom_out)
        self.tools.zoom_in.triggered.connect(self._keys.zoom_in)
        self.tools.fit.triggered.connect(self.fit)
        self.tools.fit_range.triggered.connect(self.fit_range)
        self.tools.previous.triggered.connect(self._keys.previous_change)
        self.tools.next.triggered.connect(self._keys.next_change)
        self.tools.curves.toggled.connect(self._on_curves_toggled)

    def _find_episodes(self) -> None:
        if self._document is not None and self.state is not None:
            self._preparer.find_episodes(self._document, self._rule)

    def _on_prepared(self, prepared: Prepared) -> None:
        document = self._document
        assert document is not None
        state = TimelineState.of(prepared, self.canvas.lanes.time_width)
        state.take_additions(document)
        state.chosen = self._chosen
        state.curves_shown = self.tools.curves.isChecked()
        state.index = state.axis.at(self._position_s)
        if self._face_id is not None and state.levels_of(self._face_id) is not None:
            state.face_id = self._face_id
        if self._view is not None:
            state.scale = state.scale.showing(*self._view)
        self._looks_elsewhere = False
        self.canvas.set_state(state)
        self._show_page()
        self._show_place()
        if prepared.document.excluded != document.excluded or prepared.rule != self._rule:
            self._find_episodes()
        self.ready.emit()

    def _on_failed(self, notice: Notice) -> None:
        if self.state is None:
            self._document = None
            self._show_page()
        self.notice_posted.emit(notice)

    def _on_episodes(self, found: dict[int, EpisodeTrack]) -> None:
        if self.state is not None:
            self.state.set_episodes(found)
            self.canvas.refresh_lane("episodes")

    def _keep_place(self, state: TimelineState | None, document: SessionDocument | None) -> None:
        """Remember where the person is if the next session is of the same frames."""
        if state is not None and same_frames(state.prepared.document, document):
            self._view = (state.scale.start_s, state.scale.end_s)
            self._face_id = state.face_id
            return
        self._view = None
        self._position_s = 0.0
        self._face_id = None
        self._chosen = None
        self.tools.fit_range.setEnabled(False)

    def _follow(self, state: TimelineState, *, jumped: bool) -> None:
        """Turn the page when the playhead leaves it, unless the person looks elsewhere."""
        scale, place = state.scale, state.position_s
        share = (place - scale.start_s) / scale.span_s
        if jumped or 0 <= share <= _TURN_AT:
            self._looks_elsewhere = False
        if not self.tools.follow.isChecked() or self._looks_elsewhere:
            return
        if not 0 <= share <= 1 or (share > _TURN_AT and scale.end_s < scale.last_s):
            self.canvas.set_scale(
                scale.panned(place - _TURN_TO * scale.span_s - scale.start_s), by_hand=False
            )

    def _on_sought(self, index: int) -> None:
        state = self.state
        assert state is not None
        self._position_s = state.axis.time_of(index)
        self._looks_elsewhere = False
        self._show_place()
        self.seek_requested.emit(self._position_s, state.axis.frame_of(index))

    def _on_face_chosen(self, face_id: int) -> None:
        if self.state is not None and face_id != self.state.face_id:
            self.select_face(face_id)
            self.face_selected.emit(face_id)

    def _on_range_chosen(self, chosen: TimeRange | None) -> None:
        self.set_range(chosen)
        self.range_changed.emit(chosen)

    def _on_view_moved(self) -> None:
        state = self.state
        if state is not None:
            scale = state.scale
            self._looks_elsewhere = not scale.start_s <= state.position_s <= scale.end_s

    def _on_view_wanted(self, start_s: float, end_s: float) -> None:
        if self.state is not None:
            self.canvas.set_scale(self.state.scale.showing(start_s, end_s))

    def _on_menu_wanted(self, place: QPoint, at: QPoint) -> None:
        menu = self.menu_at(place)
        if menu is not None:
            menu.aboutToHide.connect(menu.deleteLater)
            menu.popup(at)

    def _on_curves_toggled(self, shown: bool) -> None:
        if self.state is not None:
            self.state.curves_shown = shown
            self.canvas.updateGeometry()
            self.canvas.refresh()
            self._show_view()

    def _show_view(self) -> None:
        """Let map and scroll bar follow the canvas."""
        lanes = self.canvas.lanes
        self._bar.blockSignals(True)
        self._bar.setRange(0, lanes.most_scroll)
        self._bar.setPageStep(lanes.strips.height())
        self._bar.setValue(lanes.scroll)
        self._bar.blockSignals(False)
        self._bar.setVisible(lanes.most_scroll > 0)
        self._overview.show_state(self.state, self.canvas.looks)

    def _show_place(self) -> None:
        state = self.state
        self.tools.show_place(place_text(state, state.index) if state is not None else "")
        self._overview.update()

    def _show_page(self) -> None:
        self._pages.setCurrentIndex(0 if self.state is None else 1)
        if self._document is None:
            text = self.tr(
                "No session is open.\n"
                "Analyze a file, or open a session of the library: what its faces showed is laid "
                "out here along its time."
            )
        elif not len(self._document.table):
            text = self.tr("This session has no frames.\nAnalyze its source once more.")
        else:
            text = self.tr("Preparing the timeline …")
        self._message.setText(text)
