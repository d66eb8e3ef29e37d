"""The status bar: what is open, what answers, and how fast."""

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QStatusBar, QWidget

from ferqt.classifiers.card import ModelCard
from ferqt.runtime.session import LiveStats
from ferqt.sources.base import SourceInfo, SourceKind
from ferqt.ui.docks.tools import plain_tip
from ferqt.ui.recording_sign import RecordingLine
from ferqt.ui.steady_label import SteadyLabel
from ferqt.ui.theme import tabular

_LONGEST_TITLE: Final = 40


class StatusBar(QStatusBar):
    """Source and model at the left, rates at the right, in figures that do not dance."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizeGripEnabled(False)
        self.setContentsMargins(12, 0, 12, 2)
        self._moving = True
        self.recording = RecordingLine()
        self.addPermanentWidget(self.recording)
        self._source = self._left(self.tr("Source"))
        self._model = self._left(self.tr("Model"))
        self._rates = self._right(
            self.tr("Frames a second that come in and results that go out"),
            self.tr("in {0}  out {1} /s").format("000", "000"),
        )
        self._latency = self._right(
            self.tr("From a frame to its result"), self.tr("{0} ms").format("0000")
        )
        self._dropped = self._right(
            self.tr("Frames that were left out to keep up with the picture"),
            self.tr("dropped {0}").format("00000"),
        )
        self._faces = self._right(
            self.tr("Faces in the picture"), self.tr("{0} faces").format("00")
        )
        self.set_source(None)

    def set_source(self, info: SourceInfo | None) -> None:
        """Tell what is open; None for nothing."""
        if info is None:
            self._source.setText(self.tr("Nothing is open"))
            self._source.setToolTip("")
            self.set_stats(None)
            return
        self._moving = info.kind is not SourceKind.IMAGES
        title = _shortened(info.title)
        size = f"  {info.width} × {info.height}" if info.width and info.height else ""
        self._source.setText(title + size)
        self._source.setToolTip(plain_tip(info.title))

    def set_opening(self) -> None:
        """Tell that a source is being opened."""
        self._source.setText(self.tr("Opening …"))

    def set_model(self, card: ModelCard, runtime: str) -> None:
        """Tell which model answers and what runs it."""
        self._model.setText(f"{card.name}  ·  {runtime}" if runtime else card.name)
        self._model.setToolTip(plain_tip(card.architecture))

    def set_stored(self, title: str, model: str) -> None:
        """Tell which session is shown, and what read it."""
        self._source.setText(_shortened(title))
        self._source.setToolTip(plain_tip(title))
        self._model.setText(self.tr("Session read by {0}").format(model))
        self._model.setToolTip(self.tr("What was read when the session was made; nothing is new"))

    def set_stats(self, stats: LiveStats | None) -> None:
        """Show rates, which pictures have none of; None when nothing runs."""
        self._faces.setVisible(stats is not None)
        for label in (self._rates, self._latency, self._dropped):
            label.setVisible(stats is not None and self._moving)
        if stats is None:
            return
        self._rates.say(
            self.tr("in {0}  out {1} /s").format(f"{stats.fps_in:.0f}", f"{stats.fps_out:.0f}")
        )
        self._latency.say(self.tr("{0} ms").format(f"{stats.latency_ms:.0f}"))
        self._dropped.say(self.tr("dropped {0}").format(stats.dropped))
        one = self.tr("1 face")
        self._faces.say(one if stats.faces == 1 else self.tr("{0} faces").format(stats.faces))

    def _left(self, name: str) -> QLabel:
        label = QLabel()
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setAccessibleName(name)
        label.setContentsMargins(0, 0, 24, 0)
        self.addWidget(label)
        return label

    def _right(self, tip: str, widest: str) -> SteadyLabel:
        label = SteadyLabel()
        label.setFont(tabular(self.font()))
        label.setToolTip(tip)
        label.setAccessibleName(tip)
        label.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        label.setContentsMargins(14, 0, 0, 0)
        self.addPermanentWidget(label)
        label.reserve(widest)
        return label


def _shortened(title: str) -> str:
    half = _LONGEST_TITLE // 2
    return f"{title[:half]}…{title[-half:]}" if len(title) > _LONGEST_TITLE else title
