"""Ties a stored session that is looked at again to the picture, the timeline and the panels."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog

from ferqt.core.frame_axis import FrameAxis
from ferqt.core.markers import Marker
from ferqt.core.session_document import SessionDocument, TimeRange
from ferqt.core.types import FrameResult, Notice, Severity
from ferqt.pipeline.replay import Replay
from ferqt.runtime.playback import PlayRange
from ferqt.sources.base import SourceInfo
from ferqt.ui.notice_bar import NoticeAction
from ferqt.ui.window_parts import Parts


class ReviewLink(QObject):
    """Shows the readings of a session over its source, and its time below.

    Lives on the GUI thread.

    Args:
        parts: Of the window.
    """

    changed = Signal(object)
    """SessionDocument that is shown now, None when none is; also after a person's change."""

    marked_changed = Signal(object)
    """TimeRange that is marked in the session, None for none."""

    figures_requested = Signal()
    """The panel of figures is to be shown."""

    notice_posted = Signal(object, object)
    """Notice, and the NoticeAction that goes with it or None."""

    def __init__(self, parts: Parts) -> None:
        super().__init__(parts.window)
        self._parts = parts
        self._timeline = parts.beside.timeline
        self._axis: FrameAxis | None = None
        self._marked: TimeRange | None = None
        self._coming = False
        self._timeline.hide()
        self._connect_review()
        self._connect_timeline()

    @property
    def marked(self) -> TimeRange | None:
        """The range that is marked in the session, None for none."""
        return self._marked

    def _connect_review(self) -> None:
        parts, review = self._parts, self._parts.review
        review.opened.connect(self._on_opened)
        review.readings_changed.connect(self._on_readings)
        review.remarks_changed.connect(self._on_remarks)
        review.notice_posted.connect(lambda notice: self.notice_posted.emit(notice, None))
        parts.session.source_changed.connect(self._on_source)
        parts.session.result_ready.connect(self._on_result)
        parts.session.playback.range_changed.connect(self._on_play_range)
        parts.selection.changed.connect(self._timeline.select_face)
        parts.markers.added.connect(review.add_marker)
        parts.markers.edited.connect(
            lambda old, new: review.change_marker(old, new.label, new.note)
        )
        parts.markers.removed.connect(review.remove_markers)

    def _connect_timeline(self) -> None:
        parts, timeline, review = self._parts, self._timeline, self._parts.review
        timeline.seek_requested.connect(self._on_seek)
        timeline.face_selected.connect(parts.selection.select)
        timeline.range_changed.connect(self._on_range)
        timeline.exclude_requested.connect(review.exclude)
        timeline.include_requested.connect(review.include)
        timeline.marker_requested.connect(self._add_marker)
        timeline.marker_edit_requested.connect(parts.panels.markers.select)
        timeline.marker_remove_requested.connect(lambda one: parts.markers.remove([one]))
        figures = parts.panels.figures
        figures.seek_requested.connect(timeline.go_to)
        figures.face_selected.connect(parts.selection.select)
        parts.selection.changed.connect(figures.select_face)
        self.changed.connect(figures.set_document)
        self.marked_changed.connect(figures.set_range)
        for teller in (timeline, figures):
            teller.notice_posted.connect(lambda notice: self.notice_posted.emit(notice, None))
        timeline.statistics_requested.connect(self._on_statistics)

    def _on_opened(self, document: SessionDocument | None) -> None:
        self._axis = None if document is None else FrameAxis(document.table)
        self._timeline.set_document(document)
        self._timeline.setVisible(document is not None)
        if document is None:
            if self._parts.session.reviewing:
                self._parts.session.close_source()
            self._show_people()
            self.changed.emit(None)
            return
        self._coming = True
        try:
            self._open_source(document)
        finally:
            self._coming = False
        self._show_people()
        self.changed.emit(document)

    def _open_source(self, document: SessionDocument) -> None:
        session = self._parts.session
        if not document.source or ("://" not in document.source and _gone(document.source)):
            session.close_source()
            self._parts.markers.load(document.markers)
            self._tell_missing(document)
            return
        session.open_stored(document.source, Replay(document).of)
        self._parts.panels.probabilities.plot.set_labels(document.table.labels)

    def _tell_missing(self, document: SessionDocument) -> None:
        notice = Notice(
            Severity.WARNING,
            self.tr("The session's film is not there"),
            self.tr("'{0}' was moved or deleted; readings and remarks are all here").format(
                Path(document.source).name or document.title
            ),
            self.tr("Say where it is now to see it under the readings."),
        )
        self.notice_posted.emit(notice, NoticeAction(self.tr("Find It …"), self._find_source))

    def _find_source(self) -> None:
        document = self._parts.review.document
        if document is None:
            return
        name, _ = QFileDialog.getOpenFileName(
            self._parts.window, self.tr("Where Is {0}?").format(Path(document.source).name)
        )
        if name and self._parts.review.document is document:
            self._coming = True
            try:
                self._parts.session.open_stored(name, Replay(document).of)
            finally:
                self._coming = False

    def _on_source(self, info: SourceInfo | None) -> None:
        document = self._parts.review.document
        if document is None or self._coming:
            return
        if not self._parts.session.reviewing:
            # The source was closed, or another one takes its place.
            self._parts.review.close()
        elif info is not None:
            self._parts.markers.load(document.markers)
            self._show_people()

    def _on_result(self, newest: FrameResult, _samples: Sequence[FrameResult]) -> None:
        if self._parts.review.document is not None:
            place = newest.index if newest.media_time is None else newest.media_time
            self._timeline.set_position(place)

    def _on_readings(self, document: SessionDocument) -> None:
        if self._parts.session.reviewing:
            self._parts.session.show_stored(Replay(document).of)
        self._timeline.set_document(document)
        latest = self._parts.session.latest
        if latest is not None:
            self._on_result(latest, ())
        self._show_people()
        self.changed.emit(document)

    def _on_remarks(self, document: SessionDocument) -> None:
        self._timeline.set_markers(document.markers)
        self._timeline.set_excluded(document.excluded)
        self._parts.markers.load(document.markers)
        self.changed.emit(document)

    def _show_people(self) -> None:
        panels, people = self._parts.panels, self._parts.identities.people
        for panel in (panels.faces, panels.statistics, panels.affect, panels.probabilities):
            panel.set_people(people)

    def _on_statistics(self, wanted: TimeRange | None) -> None:
        self._parts.panels.figures.set_range(wanted)
        self.figures_requested.emit()

    def _mark(self, marked: TimeRange | None) -> None:
        self._marked = marked
        self._timeline.set_range(marked)
        self.marked_changed.emit(marked)

    def _on_seek(self, _time_s: float, frame: int) -> None:
        self._parts.session.seek_frame(frame)

    def _add_marker(self, time_s: float) -> None:
        axis = self._axis
        if axis is not None and axis.timed:
            place = axis.at(time_s)
            time_s = axis.time_of(place)
            moment = Marker(round(time_s * 1000), time_s, axis.frame_of(place), "")
            self._parts.marker_controls.add_at(moment)

    def _on_range(self, chosen: TimeRange | None) -> None:
        playback, axis = self._parts.session.playback, self._axis
        if self._parts.session.source_info is None:
            # Nothing plays, so the range is the timeline's alone.
            self._mark(chosen)
            return
        playback.clear_range()
        if chosen is not None and axis is not None:
            # The range of playing holds its last frame, which ends where the chosen one does.
            playback.set_out(axis.time_of(axis.last_before(chosen.end_s)))
            playback.set_in(chosen.start_s)

    def _on_play_range(self, marked: PlayRange) -> None:
        axis = self._axis
        if axis is None or not axis.timed:
            self._mark(None)
            return
        in_s = axis.start_s if marked.in_s is None else marked.in_s
        out_s = axis.end_s if marked.out_s is None else marked.out_s
        self._mark(axis.range_between(in_s, out_s) if marked.marked else None)


def _gone(source: str) -> bool:
    return not Path(source).exists()
