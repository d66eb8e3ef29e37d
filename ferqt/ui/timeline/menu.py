"""The menu of a place in a timeline."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QMenu

from ferqt.core.session_document import TimeRange
from ferqt.ui.timeline.pointer import FLAG_REACH_PX
from ferqt.ui.timeline.state import TimelineState

if TYPE_CHECKING:
    from ferqt.ui.timeline.timeline_view import TimelineView


class TimelineMenu(QMenu):
    """What can be done at a place: markers, in and out, excluding, episodes, statistics, zoom.

    Args:
        view: Whose signals say what was chosen.
        state: What is shown.
        place: A point of the canvas.
    """

    def __init__(self, view: "TimelineView", state: TimelineState, place: QPoint) -> None:
        super().__init__(view)
        self._view = view
        self._state = state
        lanes = view.canvas.lanes
        self._index = state.axis.at(view.canvas.time_at(place))
        self._time_s = state.axis.time_of(self._index)
        strip = lanes.strip_at(place)
        chosen = state.face_id if strip is None else state.prepared.faces[strip].face_id
        self._face_id = chosen
        if state.axis.timed:
            self._offer_markers()
            self.addSeparator()
            self._offer_range()
            self.addSeparator()
            self._offer_excluding()
            self.addSeparator()
            self._offer_episodes()
            self.addSeparator()
        self.addAction(self.tr("Show All"), view.fit)
        fit_range = self.addAction(self.tr("Zoom to Range"), view.fit_range)
        fit_range.setEnabled(state.chosen is not None)

    def _offer_markers(self) -> None:
        view, state = self._view, self._state
        self.addAction(
            self.tr("Add Marker Here …"), lambda: view.marker_requested.emit(self._time_s)
        )
        marker = state.marker_near(self._time_s, 2 * FLAG_REACH_PX / state.scale.px_per_s)
        if marker is not None:
            self.addAction(
                self.tr("Edit Marker “{0}” …").format(_plain(marker.label)),
                lambda: view.marker_edit_requested.emit(marker),
            )
            self.addAction(
                self.tr("Remove Marker “{0}”").format(_plain(marker.label)),
                lambda: view.marker_remove_requested.emit(marker),
            )

    def _offer_range(self) -> None:
        view, state = self._view, self._state
        chosen, axis = state.chosen, state.axis
        last_s = chosen.end_s if chosen is not None else axis.end_s
        first_s = chosen.start_s if chosen is not None else axis.start_s
        begin = self.addAction(
            self.tr("Range Begins Here"), lambda: self._mark(self._time_s, last_s)
        )
        begin.setEnabled(self._time_s < last_s)
        end_s = axis.end_of(self._index)
        end = self.addAction(self.tr("Range Ends Here"), lambda: self._mark(first_s, end_s))
        end.setEnabled(first_s < end_s)
        clear = self.addAction(self.tr("Clear the Range"), lambda: view.canvas.choose_range(None))
        clear.setEnabled(chosen is not None)

    def _mark(self, start_s: float, end_s: float) -> None:
        self._view.canvas.choose_range(TimeRange(start_s, end_s))

    def _offer_excluding(self) -> None:
        view, state = self._view, self._state
        chosen = state.chosen
        exclude = self.addAction(
            self.tr("Exclude This Range"), lambda: view.exclude_requested.emit(chosen)
        )
        exclude.setEnabled(chosen is not None)
        gone = state.excluded_at(self._time_s)
        if gone is None and chosen is not None and _meets_any(chosen, state.excluded):
            gone = chosen
        include = self.addAction(
            self.tr("Include Again"), lambda: view.include_requested.emit(gone)
        )
        include.setEnabled(gone is not None)
        self.addAction(
            self.tr("Statistics of This Range") if chosen else self.tr("Statistics of All"),
            lambda: view.statistics_requested.emit(chosen),
        )

    def _offer_episodes(self) -> None:
        state = self._state
        face = state.levels_of(self._face_id)
        reading = face.reading_at(self._time_s) if face is not None else None
        if reading is None:
            return
        name = state.names[reading.class_index]
        self.addAction(
            self.tr("Next Episode of {0}").format(_plain(name)),
            lambda: self._view.go_to_episode(self._face_id, name, self._time_s, later=True),
        )
        self.addAction(
            self.tr("Previous Episode of {0}").format(_plain(name)),
            lambda: self._view.go_to_episode(self._face_id, name, self._time_s, later=False),
        )


def _meets_any(one: TimeRange, others: tuple[TimeRange, ...]) -> bool:
    return any(one.start_s < each.end_s and each.start_s < one.end_s for each in others)


def _plain(text: str) -> str:
    """Keep an ampersand from becoming a key."""
    return text.replace("&", "&&")
