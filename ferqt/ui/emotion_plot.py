"""The live plot of probabilities, of one face or all."""

import math
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np
from PySide6.QtCore import QEvent, QSize, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QSizePolicy, QStackedLayout, QVBoxLayout, QWidget

from ferqt.core.emotions import LabelSet
from ferqt.core.people import People
from ferqt.core.types import FrameResult
from ferqt.errors import OutputError
from ferqt.outputs.whole_file import write_whole
from ferqt.ui.docks.saving import SaveTexts, ask_and_save
from ferqt.ui.docks.tools import Refresher, empty_label
from ferqt.ui.plot_export import curves_csv, widget_png
from ferqt.ui.plot_feed import Lane, PlotFeed
from ferqt.ui.plot_header import PlotHeader
from ferqt.ui.plot_import import PlotImport
from ferqt.ui.plot_legend import PlotLegend
from ferqt.ui.plot_span import MovingSpan
from ferqt.ui.plot_styles import PlotTheme
from ferqt.ui.theme import Theme

if TYPE_CHECKING:
    from ferqt.ui.plot_canvas import PlotCanvas

_QUICK_MS: Final = 33
_SLOW_MS: Final = 100
"""Shortest and longest time between two drawings: a view is drawn anew when it has moved by a
pixel; several lanes, which have several times as many curves, are always drawn slowly."""

_USUAL_S: Final = 30.0
_MOST_LANES: Final = 6
_MOST_SWITCHES: Final = 200


class EmotionPlot(QWidget):
    """Curves of all classes: of the selected face, of the first when none is selected, or of all.

    Samples may come in at any rate; drawing happens at most 30 times a second, and only while the
    plot is seen. Making the widget is cheap: pyqtgraph is imported little by little once the plot
    is seen, and the curves' part made then.

    Attributes:
        header: Title, length of the view, and actions.
        pause_action: Holds the curves still; samples go on being kept.
        follow_action: Goes back to the moving view after a zoom.
        all_action: Shows all faces, one above the other.
        save_action: Asks for a file and saves picture or table.
    """

    notice_posted = Signal(object)
    """`Notice` on a file that was saved, or could not be."""
    settings_changed = Signal()
    """The person changed `window_s` or `all_faces`."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._feed = PlotFeed()
        self._span = MovingSpan(_USUAL_S)
        self._switches: list[tuple[float, str]] = []
        self._markers: tuple[tuple[float, str], ...] = ()
        self._following = True
        self._theme = PlotTheme.of_palette(self.palette())
        self._canvas: PlotCanvas | None = None
        self._import = PlotImport(self)
        self._import.done.connect(self._make_canvas)
        self._refresher = Refresher(self, self._refresh, _QUICK_MS)
        self.setAccessibleName(self.tr("Probabilities over time"))
        self._make_header(theme)
        self._make_layout()

    @property
    def window_s(self) -> float:
        """How many seconds the moving view shows; infinity for the whole session."""
        return self._span.window_s

    @window_s.setter
    def window_s(self, seconds: float) -> None:
        if not seconds >= 1:
            raise ValueError(f"the plot shows 1 s or more, not {seconds}")
        self._span.window_s = seconds
        self.header.show_window(seconds)
        self._follow()

    @property
    def all_faces(self) -> bool:
        """Whether all faces are shown, one above the other."""
        return self.all_action.isChecked()

    @all_faces.setter
    def all_faces(self, shown: bool) -> None:
        self.all_action.setChecked(shown)

    @property
    def shown_face(self) -> int | None:
        """Track id of the face that is followed; None before the first face."""
        return self._feed.followed

    @property
    def legend(self) -> PlotLegend:
        """The switches of the curves."""
        return self._legend

    @property
    def canvas(self) -> "PlotCanvas":
        """Axes and curves; made at once when they are not there yet."""
        if self._canvas is None:
            self._import.finish()
        assert self._canvas is not None
        return self._canvas

    @property
    def is_ready(self) -> bool:
        """Whether axes and curves are there."""
        return self._canvas is not None

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Return a size that suits a dock."""
        return QSize(340, 320)

    def add_samples(self, results: Sequence[FrameResult]) -> None:
        """Take in results in order; light samples without pictures suffice."""
        newest = next((face for result in reversed(results) for face in result.faces), None)
        if newest is not None:
            self.set_labels(newest.smoothed.labels)
        self._feed.add(results)
        if self._span.held_s is None:
            self._refresher.ask()

    def set_face(self, track_id: int | None) -> None:
        """Show this face; None shows the first one."""
        self._feed.chosen = track_id
        self._refresher.ask()

    def set_people(self, people: People) -> None:
        """Take over names and merges."""
        self._feed.set_people(people)
        self._refresher.ask()

    def set_labels(self, labels: LabelSet) -> None:
        """Show these classes; those that were there before keep their past."""
        if not self._feed.set_labels(labels):
            return
        self._legend.set_labels(labels, self._theme)
        if self._canvas is not None:
            self._canvas.set_labels(labels)
        self._refresher.ask()

    def mark(self, text: str) -> None:
        """Mark the present moment, as when another model takes over."""
        if math.isfinite(self._feed.last_s):
            self._switches = [*self._switches, (self._feed.last_s, text)][-_MOST_SWITCHES:]
            self._show_marks()

    def set_markers(self, markers: Sequence[tuple[float, str]]) -> None:
        """Mark these moments, and no others, as the person's own.

        Args:
            markers: Session time in s (`FrameResult.session_ms` / 1000) and label of each.
        """
        self._markers = tuple(markers)
        self._show_marks()

    def clear(self) -> None:
        """Forget all samples and marks, as for a new source."""
        self._feed.clear()
        self._switches = []
        self._markers = ()
        self._show_marks()
        self.pause_action.setChecked(False)
        self._follow()

    def save_png(self, path: Path) -> None:
        """Save the plot with its legend as a picture, at twice the screen's resolution.

        Raises:
            OutputError: The file cannot be written.
        """
        self.header.show_controls(False)
        data = widget_png(self, self._theme.background)
        self.header.show_controls(True)
        write_whole(path, data)

    def save_csv(self, path: Path) -> None:
        """Save what is kept of the shown faces as a table (see `curves_csv`).

        Raises:
            OutputError: There is no face yet, or the file cannot be written.
        """
        track_id = self._feed.followed
        followed = () if track_id is None else (track_id,)
        shown = self._feed.track_ids if self.all_faces else followed
        if self._feed.labels is None or not shown:
            raise OutputError("no curves to save", "Wait until a face was seen.")
        faces = {one: self._feed.series(one, -math.inf, math.inf) for one in shown}
        write_whole(path, curves_csv(self._feed.labels, faces))

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """Begin to draw."""
        super().showEvent(event)
        self._import.start()
        self._refresher.ask()

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802 - Qt's name
        """Draw no more."""
        super().hideEvent(event)
        self._import.stop()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Follow the window from dark to light and back."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.StyleChange):
            self._theme = PlotTheme.of_palette(self.palette())
            self._legend.set_theme(self._theme)
            if self._canvas is not None:
                self._canvas.set_theme(self._theme)

    def _make_header(self, theme: Theme) -> None:
        self.header = PlotHeader(theme)
        self.header.show_window(self._span.window_s)
        self.header.window_chosen.connect(self._on_window_chosen)
        self.pause_action = self.header.pause_action
        self.pause_action.toggled.connect(self._on_pause_toggled)
        self.follow_action = self.header.follow_action
        self.follow_action.triggered.connect(self._follow)
        self.all_action = self.header.all_action
        self.all_action.toggled.connect(self._follow)
        self.all_action.triggered.connect(self.settings_changed)
        self.save_action = self.header.save_action
        self.save_action.triggered.connect(self._on_save)

    def _make_layout(self) -> None:
        self._empty = empty_label("")
        self._empty.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Ignored)
        self._pages = QStackedLayout()
        self._legend = PlotLegend()
        self._legend.toggled.connect(self._on_legend_toggled)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 8, 8, 8)
        layout.setSpacing(8)
        layout.addWidget(self.header)
        layout.addLayout(self._pages, 1)
        layout.addWidget(self._legend)
        # Pages that belong to no widget yet would be shown at once, as windows.
        self._pages.addWidget(self._empty)
        self._show_empty(None)

    def _make_canvas(self) -> None:
        from ferqt.ui.plot_canvas import PlotCanvas

        canvas = self._canvas = PlotCanvas(self._theme)
        canvas.taken_over.connect(self._on_taken_over)
        canvas.released.connect(self._follow)
        self._pages.addWidget(canvas)
        if self._feed.labels is not None:
            canvas.set_labels(self._feed.labels)
        canvas.set_hidden(self._legend.hidden_names)
        self._show_marks()
        self._refresher.ask()

    def _refresh(self) -> None:
        if self._canvas is None:
            return
        self._refresher.interval_ms = self._pace_ms(self._canvas.area.width())
        start_s, stop_s = (
            self._span.of(self._feed.first_s, self._feed.last_s)
            if self._following
            else self._canvas.shown_span()
        )
        faces = self._faces_in(start_s, stop_s)
        if faces:
            self._draw(self._canvas, faces, start_s, stop_s)
        else:
            self._show_empty(self._feed.followed)

    def _faces_in(self, start_s: float, stop_s: float) -> tuple[int, ...]:
        """Return the faces to draw, one a lane."""
        if self.all_faces:
            return self._feed.faces_between(
                start_s, min(stop_s, self._span.now(self._feed.last_s))
            )[-_MOST_LANES:]
        track_id = self._feed.followed
        if track_id is None or track_id not in self._feed.track_ids:
            return ()
        # A person who looks elsewhere in time wants to see that nothing is there.
        seen = not self._following or len(self._feed.series(track_id, start_s, stop_s)[0])
        return (track_id,) if seen else ()

    def _pace_ms(self, width_px: float) -> int:
        """Return how long the moving view takes for a pixel, within bounds."""
        if self.all_faces or math.isinf(self._span.window_s):
            return _SLOW_MS
        pixel_ms = 1000 * self._span.window_s / max(width_px, 1)
        return round(min(max(pixel_ms, _QUICK_MS), _SLOW_MS))

    def _draw(
        self, canvas: "PlotCanvas", faces: Sequence[int], start_s: float, stop_s: float
    ) -> None:
        stop = min(stop_s, self._span.now(self._feed.last_s))
        stills = self._feed.stills
        lanes = [
            Lane(self._title_of(one), *self._feed.series(one, start_s, stop), stills)
            for one in faces
        ]
        canvas.draw(lanes)
        if self._following:
            canvas.show_span(start_s, stop_s)
        self.header.title = self.tr("All faces") if self.all_faces else lanes[0].title
        if self._span.held_s is None:
            self._show_values(faces)
        self._pages.setCurrentWidget(canvas)

    def _show_values(self, faces: Sequence[int]) -> None:
        """Tell the newest values of a single face in the legend."""
        row = self._feed.reading(faces[0]) if len(faces) == 1 else None
        names = self._feed.labels.names if self._feed.labels is not None else ()
        for place, name in enumerate(names):
            value = np.nan if row is None else row[place]
            self._legend.set_value(name, "" if np.isnan(value) else f"{100 * value:.0f}%")

    def _title_of(self, track_id: int) -> str:
        return self._feed.names.get(track_id) or self.tr("Face {id}").format(id=track_id)

    def _show_empty(self, track_id: int | None) -> None:
        self.header.title = ""
        text = self.tr("No face yet.\nThe curves of a face appear here as soon as one is seen.")
        if track_id is not None and not self.all_faces:
            text = self.tr("{0} was not seen lately.").format(self._title_of(track_id))
        self._empty.setText(text)
        self._pages.setCurrentWidget(self._empty)

    def _show_marks(self) -> None:
        if self._canvas is not None:
            self._canvas.set_switches(self._switches)
            self._canvas.set_markers(self._markers)

    def _follow(self) -> None:
        self._following = True
        self.header.show_following(True)
        self._refresher.ask()

    def _on_window_chosen(self, seconds: float) -> None:
        self.window_s = seconds
        self.settings_changed.emit()

    def _on_taken_over(self) -> None:
        self._following = False
        self.header.show_following(False)
        self._refresher.ask()

    def _on_pause_toggled(self, paused: bool) -> None:
        self._span.held_s = self._feed.last_s if paused else None
        self._refresher.ask()

    def _on_legend_toggled(self) -> None:
        if self._canvas is not None:
            self._canvas.set_hidden(self._legend.hidden_names)

    def _on_save(self) -> None:
        texts = SaveTexts(
            "probabilities",
            self.tr("Save the curves"),
            {".png": self.tr("Picture"), ".csv": self.tr("Table")},
            self.tr("Curves saved"),
            self.tr("The curves were not saved"),
        )
        notice = ask_and_save(self, texts, self._save)
        if notice is not None:
            self.notice_posted.emit(notice)

    def _save(self, path: Path) -> None:
        if path.suffix.lower() == ".csv":
            self.save_csv(path)
        else:
            self.save_png(path)
