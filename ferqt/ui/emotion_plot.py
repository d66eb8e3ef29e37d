"""The live plot of one face's probabilities."""

import csv
import importlib
import io
import threading
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np
from PySide6.QtCore import QBuffer, QByteArray, QEvent, QIODevice, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QHideEvent, QImage, QImageWriter, QShowEvent
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
from ferqt.core.types import EmotionScores, FloatArray, FrameResult, Notice, Severity
from ferqt.errors import OutputError
from ferqt.outputs.whole_file import write_whole
from ferqt.ui.plot_legend import PlotLegend
from ferqt.ui.plot_styles import PlotTheme

if TYPE_CHECKING:
    from ferqt.ui.plot_canvas import PlotCanvas

_REFRESH_MS: Final = 33
_KEPT_S: Final = 120.0
_AWAY_S: Final = 1.0
"""After that long without it, the plot goes from the first face to the next one."""


class EmotionPlot(QWidget):
    """Curves of all classes of the selected face, or of the first face when none is selected.

    Making the widget is cheap: pyqtgraph is imported by a thread after the first time the plot is
    seen, so neither the window's start nor a running picture waits for it. Samples may come in at
    any rate; drawing happens at most 30 times a second, and only while the plot is seen.

    Attributes:
        pause_action: Holds the curves still; samples go on being kept.
        follow_action: Goes back to the moving view after a zoom.
        save_action: Asks for a file and saves picture or table.

    Signals:
        notice_posted: A `Notice` on a file that was saved or could not be.
    """

    notice_posted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._history: ScoreHistory | None = None
        self._canvas: PlotCanvas | None = None
        self._importer: threading.Thread | None = None
        self._window_s = 20.0
        self._chosen: int | None = None
        self._followed: int | None = None
        self._seen_s: dict[int, float] = {}
        self._pending_marks: list[tuple[float, str]] = []
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
        if not 1 <= seconds <= _KEPT_S:
            raise ValueError(f"the plot shows 1 to {_KEPT_S:.0f} s, not {seconds}")
        self._window_s = seconds
        self._dirty = True

    @property
    def shown_face(self) -> int | None:
        """Track id of the face whose curves are shown; None before the first face."""
        return self._followed

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Return a size that suits a dock."""
        return QSize(340, 320)

    def activate(self) -> None:
        """Begin to import and build the curves' part, if that has not happened; returns at once."""
        if self._canvas is None and self._importer is None:
            self._importer = threading.Thread(
                target=importlib.import_module, args=("ferqt.ui.plot_canvas",), daemon=True
            )
            self._importer.start()
            self._timer.start()

    def add_samples(self, results: Sequence[FrameResult]) -> None:
        """Take in results in order; light samples without pictures suffice."""
        for result in results:
            faces = {face.face.track_id: face.smoothed for face in result.faces}
            if faces:
                self.set_labels(next(iter(faces.values())).labels)
            if self._history is None:
                continue
            now = result.session_ms / 1000
            rows = {
                track_id: _row(scores, self._history.labels) for track_id, scores in faces.items()
            }
            self._history.append(now, rows)
            self._seen_s.update(dict.fromkeys(faces, now))
        self._dirty = True

    def set_face(self, track_id: int | None) -> None:
        """Show this face; None shows the first one."""
        self._chosen = track_id
        self._dirty = True

    def set_labels(self, labels: LabelSet) -> None:
        """Show these classes; those that were there before keep their past."""
        if self._history is None:
            self._history = ScoreHistory(labels, _KEPT_S)
        elif self._history.labels == labels:
            return
        self._history.relabel(labels)
        self._legend.set_labels(labels, self._theme)
        if self._canvas is not None:
            self._canvas.set_labels(labels)
            self._canvas.set_hidden(self._legend.hidden_names)
        self._dirty = True

    def mark(self, text: str) -> None:
        """Mark the present moment, as when another model takes over."""
        if self._history is not None and np.isfinite(self._history.last_s):
            self._pending_marks.append((self._history.last_s, text))
            self._dirty = True

    def clear(self) -> None:
        """Forget all samples and marks, as for a new source."""
        if self._history is not None:
            self._history.clear()
        self._pending_marks.clear()
        self._seen_s.clear()
        self._chosen = self._followed = None
        if self._canvas is not None:
            self._canvas.drop_marks_before(np.inf)
        self.pause_action.setChecked(False)
        self._follow()

    def save_png(self, path: Path) -> None:
        """Save the plot with its legend as a picture, at twice the screen's resolution.

        Raises:
            OutputError: The file cannot be written.
        """
        image = QImage(self.size() * 2, QImage.Format.Format_RGB32)
        image.setDevicePixelRatio(2)
        image.fill(self._theme.background)
        self._tools.hide()
        self.render(image, renderFlags=QWidget.RenderFlag.DrawChildren)
        self._tools.show()
        buffer = QBuffer()
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        QImageWriter(buffer, QByteArray(b"png")).write(image)
        write_whole(path, bytes(buffer.data().data()))

    def save_csv(self, path: Path) -> None:
        """Save what is kept of the shown face: time in s and one column a class, 0..1.

        Raises:
            OutputError: The file cannot be written.
        """
        text = io.StringIO(newline="")
        writer = csv.writer(text, lineterminator="\n")
        if self._history is not None and self._followed is not None:
            names = self._history.labels.names
            writer.writerow(["time_s", "face_id", *(f"{name}_smoothed" for name in names)])
            times, values = self._history.series(self._followed)
            for time_s, row in zip(times.tolist(), values.T.tolist(), strict=True):
                cells = ["" if np.isnan(value) else f"{value:.4f}" for value in row]
                writer.writerow([f"{time_s:.3f}", self._followed, *cells])
        write_whole(path, text.getvalue().encode())

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """Begin to draw."""
        super().showEvent(event)
        self._dirty = True
        self._timer.start()
        # Not before the window itself is on the screen.
        QTimer.singleShot(0, self, self.activate)

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
        self._empty = QLabel(
            self.tr("No face yet.\nThe curves of a face appear here as soon as one is seen.")
        )
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._empty.setWordWrap(True)
        self._empty.setEnabled(False)
        self._pages = QStackedLayout()
        self._pages.addWidget(self._empty)
        self._legend = PlotLegend()
        self._legend.toggled.connect(self._on_legend_toggled)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 8, 8, 8)
        layout.setSpacing(8)
        layout.addLayout(header)
        layout.addLayout(self._pages, 1)
        layout.addWidget(self._legend)

    def _build_canvas(self) -> None:
        # The thread has imported the module, so this costs nothing.
        from ferqt.ui.plot_canvas import PlotCanvas

        self._importer = None
        self._canvas = PlotCanvas(self._theme)
        self._canvas.taken_over.connect(self._on_taken_over)
        self._canvas.released.connect(self._follow)
        self._pages.addWidget(self._canvas)
        if self._history is not None:
            self._canvas.set_labels(self._history.labels)
            self._canvas.set_hidden(self._legend.hidden_names)
        self._dirty = True

    def _refresh(self) -> None:
        if self._importer is not None:
            if self._importer.is_alive():
                return
            self._build_canvas()
        if self._canvas is None or not self._dirty or self.pause_action.isChecked():
            return
        self._dirty = False
        self._draw(self._canvas)

    def _draw(self, canvas: "PlotCanvas") -> None:
        history = self._history
        self._followed = self._face_to_follow()
        if history is None or self._followed is None:
            self._pages.setCurrentWidget(self._empty)
            self._title.setText("")
            return
        self._title.setText(self.tr("Face {id}").format(id=self._followed))
        for time_s, text in self._pending_marks:
            canvas.add_mark(time_s, text)
        self._pending_marks.clear()
        canvas.drop_marks_before(history.last_s - _KEPT_S)
        times, values = history.series(self._followed)
        if self._following:
            start = int(np.searchsorted(times, history.last_s - self._window_s))
            times, values = times[start:], values[:, start:]
            canvas.show_span(history.last_s - self._window_s, history.last_s)
        canvas.draw(times, values)
        for row, name in enumerate(history.labels.names):
            newest = values[row, -1] if len(times) else np.nan
            self._legend.set_value(name, "" if np.isnan(newest) else f"{100 * newest:.0f}%")
        self._pages.setCurrentWidget(canvas)

    def _face_to_follow(self) -> int | None:
        if self._chosen is not None or self._history is None:
            return self._chosen
        last_s = self._history.last_s
        present = [track for track, seen_s in self._seen_s.items() if last_s - seen_s <= _AWAY_S]
        self._seen_s = {
            track: seen_s for track, seen_s in self._seen_s.items() if last_s - seen_s <= _KEPT_S
        }
        if self._followed in present:
            return self._followed
        return min(present, default=self._followed)

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
        name, _ = QFileDialog.getSaveFileName(
            self,
            self.tr("Save the curves"),
            f"{stem}.png",
            self.tr("Picture (*.png);;Table (*.csv)"),
        )
        if not name:
            return
        path = Path(name)
        try:
            if path.suffix.lower() == ".csv":
                self.save_csv(path)
            else:
                path = path if path.suffix else path.with_suffix(".png")
                self.save_png(path)
        except OutputError as error:
            title = self.tr("The curves were not saved")
            notice = Notice(Severity.ERROR, title, error.message, error.hint)
        else:
            notice = Notice(Severity.INFO, self.tr("Curves saved"), str(path))
        self.notice_posted.emit(notice)


def _row(scores: EmotionScores, labels: LabelSet) -> FloatArray:
    """Return a face's probabilities in the order of other labels, NaN where a class is missing."""
    if scores.labels == labels:
        return scores.probabilities
    values = [scores.probability(name) for name in labels.names]
    return np.array([np.nan if value is None else value for value in values], np.float32)
