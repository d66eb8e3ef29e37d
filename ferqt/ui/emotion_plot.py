"""The live plot of one face's probabilities."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np
from PySide6.QtCore import QEvent, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QHideEvent, QShowEvent
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QSizePolicy,
    QStackedLayout,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from ferqt.core.emotions import LabelSet
from ferqt.core.history import ScoreHistory
from ferqt.core.types import FrameResult, Notice, Severity
from ferqt.errors import OutputError
from ferqt.outputs.whole_file import write_whole
from ferqt.ui.plot_export import curves_csv, widget_png
from ferqt.ui.plot_feed import KEPT_S, PlotFeed
from ferqt.ui.plot_legend import PlotLegend
from ferqt.ui.plot_styles import PlotTheme

if TYPE_CHECKING:
    from ferqt.ui.plot_canvas import PlotCanvas

_REFRESH_MS: Final = 33

_AFTER_SHOWN_MS: Final = 50
"""How long after it is shown the curves' part is made: the window is painted first."""


class EmotionPlot(QWidget):
    """Curves of all classes of the selected face, or of the first face when none is selected.

    Making the widget is cheap: pyqtgraph is imported (0.2 s) soon after the plot is seen for the
    first time, so the window is on screen before. Not in a thread: it looks up every class of Qt,
    and PySide6 crashes when the GUI thread uses Qt meanwhile. Samples may come in at
    any rate; drawing happens at most 30 times a second, and only while the plot is seen.

    Attributes:
        pause_action: Holds the curves still; samples go on being kept.
        follow_action: Goes back to the moving view after a zoom.
        save_action: Asks for a file and saves picture or table.
    """

    notice_posted = Signal(object)
    """`Notice` on a file that was saved, or could not be."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._feed = PlotFeed()
        self._canvas: PlotCanvas | None = None
        self._window_s = 20.0
        self._marks: list[tuple[float, str]] = []  # not yet on the canvas
        self._following = True
        self._dirty = True
        self._theme = PlotTheme.of_palette(self.palette())
        self._timer = QTimer(self, interval=_REFRESH_MS)
        self._timer.timeout.connect(self._refresh)
        self.setAccessibleName(self.tr("Probabilities over time"))
        self._make_actions()
        self._make_layout()

    @property
    def window_s(self) -> float:
        """How many seconds the moving view shows."""
        return self._window_s

    @window_s.setter
    def window_s(self, seconds: float) -> None:
        if not 1 <= seconds <= KEPT_S:
            raise ValueError(f"the plot shows 1 to {KEPT_S:.0f} s, not {seconds}")
        self._window_s = seconds
        self._dirty = True

    @property
    def shown_face(self) -> int | None:
        """Track id of the face that is followed; None before the first face."""
        return self._feed.followed

    @property
    def legend(self) -> PlotLegend:
        """The switches of the curves."""
        return self._legend

    @property
    def canvas(self) -> "PlotCanvas | None":
        """Axes and curves; None until pyqtgraph is there."""
        return self._canvas

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Return a size that suits a dock."""
        return QSize(340, 320)

    def activate(self) -> None:
        """Import and build the curves' part, if that has not happened."""
        if self._canvas is not None:
            return
        from ferqt.ui.plot_canvas import PlotCanvas

        self._canvas = PlotCanvas(self._theme)
        self._canvas.taken_over.connect(self._on_taken_over)
        self._canvas.released.connect(self._follow)
        self._pages.addWidget(self._canvas)
        if self._feed.history is not None:
            self._canvas.set_labels(self._feed.history.labels)
            self._canvas.set_hidden(self._legend.hidden_names)
        self._dirty = True

    def add_samples(self, results: Sequence[FrameResult]) -> None:
        """Take in results in order; light samples without pictures suffice."""
        newest = next((face for result in reversed(results) for face in result.faces), None)
        if newest is not None:
            self.set_labels(newest.smoothed.labels)
        self._feed.add(results)
        self._dirty = True

    def set_face(self, track_id: int | None) -> None:
        """Show this face; None shows the first one."""
        self._feed.chosen = track_id
        self._dirty = True

    def set_labels(self, labels: LabelSet) -> None:
        """Show these classes; those that were there before keep their past."""
        if not self._feed.set_labels(labels):
            return
        self._legend.set_labels(labels, self._theme)
        if self._canvas is not None:
            self._canvas.set_labels(labels)
            self._canvas.set_hidden(self._legend.hidden_names)
        self._dirty = True

    def mark(self, text: str) -> None:
        """Mark the present moment, as when another model takes over."""
        history = self._feed.history
        if history is not None and np.isfinite(history.last_s):
            self._marks.append((history.last_s, text))
            self._dirty = True

    def clear(self) -> None:
        """Forget all samples and marks, as for a new source."""
        self._feed.clear()
        self._marks.clear()
        if self._canvas is not None:
            self._canvas.drop_marks_before(np.inf)
        self.pause_action.setChecked(False)
        self._follow()

    def save_png(self, path: Path) -> None:
        """Save the plot with its legend as a picture, at twice the screen's resolution.

        Raises:
            OutputError: The file cannot be written.
        """
        self._tools.hide()
        data = widget_png(self, self._theme.background)
        self._tools.show()
        write_whole(path, data)

    def save_csv(self, path: Path) -> None:
        """Save what is kept of the shown face as a table (see `curves_csv`).

        Raises:
            OutputError: There is no face yet, or the file cannot be written.
        """
        history, track_id = self._feed.history, self._feed.followed
        if history is None or track_id is None:
            raise OutputError("no curves to save", "Wait until a face was seen.")
        write_whole(path, curves_csv(history, track_id))

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """Begin to draw."""
        super().showEvent(event)
        self._dirty = True
        self._timer.start()
        QTimer.singleShot(_AFTER_SHOWN_MS, self, self.activate)

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802 - Qt's name
        """Draw no more."""
        super().hideEvent(event)
        self._timer.stop()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Follow the window from dark to light and back."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.StyleChange):
            self._theme = PlotTheme.of_palette(self.palette())
            self._legend.set_theme(self._theme)
            if self._canvas is not None:
                self._canvas.set_theme(self._theme)

    def _make_actions(self) -> None:
        self.pause_action = QAction(self.tr("Pause"), self, checkable=True)
        self.pause_action.setToolTip(self.tr("Hold the curves still; nothing is lost meanwhile"))
        self.pause_action.toggled.connect(self._on_pause_toggled)
        self.follow_action = QAction(self.tr("Auto"), self, enabled=False)
        self.follow_action.setToolTip(self.tr("Go back to the newest seconds (double click)"))
        self.follow_action.triggered.connect(self._follow)
        self.save_action = QAction(self.tr("Save …"), self)
        self.save_action.setToolTip(self.tr("Save the curves as a picture or a table"))
        self.save_action.triggered.connect(self._on_save)

    def _make_layout(self) -> None:
        self._title = QLabel()
        self._title.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._tools = QWidget()
        tools = QHBoxLayout(self._tools)
        tools.setContentsMargins(0, 0, 0, 0)
        tools.setSpacing(4)
        for action in (self.pause_action, self.follow_action, self.save_action):
            button = QToolButton()
            button.setDefaultAction(action)
            button.setAutoRaise(True)
            tools.addWidget(button)
        header = QHBoxLayout()
        header.addWidget(self._title, 1)
        header.addWidget(self._tools)
        self._empty = QLabel(wordWrap=True)
        self._empty.setObjectName("Muted")
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._pages = QStackedLayout()
        self._pages.addWidget(self._empty)
        self._show_empty(None)
        self._legend = PlotLegend()
        self._legend.toggled.connect(self._on_legend_toggled)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 8, 8, 8)
        layout.setSpacing(8)
        layout.addLayout(header)
        layout.addLayout(self._pages, 1)
        layout.addWidget(self._legend)

    def _refresh(self) -> None:
        if self._canvas is None or not self._dirty or self.pause_action.isChecked():
            return
        self._dirty = False
        history, track_id = self._feed.history, self._feed.followed
        if history is None or track_id not in history.track_ids:
            self._show_empty(track_id)
        else:
            self._draw(self._canvas, history, track_id)

    def _draw(self, canvas: "PlotCanvas", history: ScoreHistory, track_id: int) -> None:
        self._title.setText(self.tr("Face {id}").format(id=track_id))
        for time_s, text in self._marks:
            canvas.add_mark(time_s, text)
        self._marks.clear()
        canvas.drop_marks_before(history.last_s - KEPT_S)
        times, values = history.series(track_id)
        if self._following:
            # The first seconds grow into an empty view, which moves once it is full.
            start_s = max(history.first_s, history.last_s - self._window_s)
            start = int(np.searchsorted(times, start_s))
            times, values = times[start:], values[:, start:]
            canvas.show_span(start_s, start_s + self._window_s)
        canvas.draw(times, values)
        for row, name in enumerate(history.labels.names):
            newest = values[row, -1] if len(times) else np.nan
            self._legend.set_value(name, "" if np.isnan(newest) else f"{100 * newest:.0f}%")
        self._pages.setCurrentWidget(canvas)

    def _show_empty(self, track_id: int | None) -> None:
        self._title.setText("")
        text = self.tr("No face yet.\nThe curves of a face appear here as soon as one is seen.")
        if track_id is not None:
            text = self.tr("Face {id} was not seen lately.").format(id=track_id)
        self._empty.setText(text)
        self._pages.setCurrentWidget(self._empty)

    def _follow(self) -> None:
        self._following = True
        self.follow_action.setEnabled(False)
        self._dirty = True

    def _on_taken_over(self) -> None:
        self._following = False
        self.follow_action.setEnabled(True)
        self._dirty = True

    def _on_pause_toggled(self, paused: bool) -> None:
        self.pause_action.setText(self.tr("Resume") if paused else self.tr("Pause"))
        self._dirty = True

    def _on_legend_toggled(self) -> None:
        if self._canvas is not None:
            self._canvas.set_hidden(self._legend.hidden_names)

    def _on_save(self) -> None:
        stem = datetime.now().astimezone().strftime("probabilities-%Y%m%d-%H%M%S")
        title = self.tr("Save the curves")
        kinds = self.tr("Picture (*.png);;Table (*.csv)")
        name, kind = QFileDialog.getSaveFileName(self, title, f"{stem}.png", kinds)
        if not name:
            return
        path = Path(name)
        if not path.suffix:
            path = path.with_suffix(".csv" if "*.csv" in kind else ".png")
        try:
            if path.suffix.lower() == ".csv":
                self.save_csv(path)
            else:
                self.save_png(path)
        except OutputError as error:
            failed = self.tr("The curves were not saved")
            notice = Notice(Severity.ERROR, failed, error.message, error.hint)
        else:
            notice = Notice(Severity.INFO, self.tr("Curves saved"), path.name)
        self.notice_posted.emit(notice)
