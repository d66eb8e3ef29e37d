"""Turns results into the colored strip under the seek slider: who shows what, when."""

from collections.abc import Iterable
from typing import Final

from PySide6.QtCore import QObject, QTimer, Signal

from ferqt.core.emotions import color_of
from ferqt.core.expression_bins import WHOEVER, ExpressionBins, Run
from ferqt.core.types import FrameResult
from ferqt.sources.base import SourceInfo, SourceKind
from ferqt.ui.seek_marks import Stretch
from ferqt.ui.theme import Theme

_EVERY_MS: Final = 500
_UNCERTAIN_ALPHA: Final = "66"


class ExpressionStrip(QObject):
    """Collects the leading expressions of all faces of a file, and tells those of the selected one.

    While no face is selected it tells those of whichever face is followed. Lives on the GUI thread;
    memory stays under 200 KB, however long the file.
    """

    stretches_changed = Signal(object)
    """List of Stretch, in order; at most twice a second while results come."""

    def __init__(self, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._bins: ExpressionBins | None = None
        self._face = WHOEVER
        self._told: bytes = b""
        self._timer = QTimer(self, interval=_EVERY_MS, singleShot=True)
        self._timer.timeout.connect(self._tell_changes)
        theme.changed.connect(lambda _: self._tell())

    def set_source(self, info: SourceInfo | None) -> None:
        """Begin anew; sources without an end, and pictures, have no strip."""
        is_file = info is not None and info.kind is SourceKind.VIDEO
        length_s = info.duration_s if info is not None and is_file else None
        self._bins = ExpressionBins(length_s) if length_s else None
        self._face = WHOEVER
        self._timer.stop()
        self._tell()

    def set_face(self, track_id: int | None) -> None:
        """Tell of this face from now on, of whichever is followed for None."""
        self._face = WHOEVER if track_id is None else track_id
        self._tell()

    def add(self, results: Iterable[FrameResult]) -> None:
        """Collect results, in the order in which they were read."""
        if self._bins is None:
            return
        for result in results:
            self._bins.add(result)
        if not self._timer.isActive():
            self._timer.start()

    def merge(self, track_id: int, into: int) -> None:
        """Let a face go on as another one."""
        if self._bins is not None:
            self._bins.merge(track_id, into)
            self._tell()

    def _tell_changes(self) -> None:
        if self._bins is not None and self._bins.codes(self._face).tobytes() != self._told:
            self._tell()

    def _tell(self) -> None:
        if self._bins is None:
            self._told = b""
            self.stretches_changed.emit([])
            return
        self._told = self._bins.codes(self._face).tobytes()
        self.stretches_changed.emit([self._stretch(run) for run in self._bins.runs(self._face)])

    def _stretch(self, run: Run) -> Stretch:
        color = color_of(run.name, on_dark=self._theme.tokens.dark)
        if not run.uncertain:
            return Stretch(run.start_s, run.end_s, color, run.name)
        name = self.tr("uncertain, perhaps {0}").format(run.name)
        faint = color.replace("#", f"#{_UNCERTAIN_ALPHA}")
        return Stretch(run.start_s, run.end_s, faint, name)
