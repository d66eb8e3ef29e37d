"""Takes the neutral baselines of faces that hold still, while the picture goes on."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final

from PySide6.QtCore import QObject, QTimer, Signal

from ferqt.core.baseline import BASELINE_S, BaselineMeter
from ferqt.core.types import FrameResult, Notice, Severity

PATIENCE_MS: Final = 15_000
"""How long a face may take to be seen for long enough. Raising it waits longer for faces that come
and go, and lets a look that will not succeed end later."""

_STEP: Final = 0.01
"""Progress is told in steps of a hundredth, not with every frame."""


@dataclass(slots=True)
class _Look:
    meter: BaselineMeter
    timer: QTimer
    name: str = ""
    told: float = 0.0


class BaselineCollector(QObject):
    """Looks at faces until their baselines are known, or gives up.

    Lives on the GUI thread.

    Args:
        patience_ms: See `PATIENCE_MS`.
        wanted_s: How long a face has to be seen.
    """

    progress = Signal(int, float)
    """Face and share of the wanted time that it was seen: 1.0 when done, -1.0 when given up."""

    learned = Signal(int, object)
    """Face and its `Baseline`; comes before the progress of 1.0."""

    notice_posted = Signal(object)
    """Notice: a look was given up."""

    def __init__(
        self,
        patience_ms: int = PATIENCE_MS,
        wanted_s: float = BASELINE_S,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._patience_ms = patience_ms
        self._wanted_s = wanted_s
        self._looks: dict[int, _Look] = {}

    def start(self, track_id: int) -> None:
        """Begin to look at a face, or begin anew."""
        self._end(track_id)
        timer = QTimer(self, singleShot=True, interval=self._patience_ms)
        timer.timeout.connect(partial(self._give_up, timer))
        self._looks[track_id] = _Look(BaselineMeter(track_id, self._wanted_s), timer)
        timer.start()
        self.progress.emit(track_id, 0.0)

    def add(self, results: Sequence[FrameResult]) -> None:
        """Look at frames, in order; light samples suffice."""
        for track_id, look in list(self._looks.items()):
            for result in results:
                look.meter.add(result)
                face = result.face(track_id)
                look.name = look.name if face is None else face.name
            share = look.meter.share
            if share >= 1.0:
                self._end(track_id)
                self.learned.emit(track_id, look.meter.baseline())
                self.progress.emit(track_id, 1.0)
            elif abs(share - look.told) >= _STEP:
                look.told = share
                self.progress.emit(track_id, share)

    def merge(self, track_id: int, into: int) -> None:
        """Look on at a face that goes by another id from now on."""
        look = self._looks.pop(track_id, None)
        if look is None:
            return
        self.progress.emit(track_id, -1.0)
        if into in self._looks:
            look.timer.stop()
            look.timer.deleteLater()
        else:
            look.meter.track_id = into
            self._looks[into] = look
            self.progress.emit(into, look.told)

    def cancel(self, track_id: int) -> None:
        """Look at a face no more; harmless when nobody does."""
        if self._end(track_id):
            self.progress.emit(track_id, -1.0)

    def cancel_all(self) -> None:
        """Look at nobody any more, as when another source begins."""
        for track_id in list(self._looks):
            self.cancel(track_id)

    def _end(self, track_id: int) -> bool:
        look = self._looks.pop(track_id, None)
        if look is None:
            return False
        look.timer.stop()
        look.timer.deleteLater()
        return True

    def _give_up(self, timer: QTimer) -> None:
        # A merge may have given the face another id since the look began.
        for track_id, look in list(self._looks.items()):
            if look.timer is not timer:
                continue
            self.cancel(track_id)
            who = look.name or self.tr("Face {id}").format(id=track_id)
            seen = self.tr("{who} was seen for {seen:.1f} of {wanted:.0f} seconds").format(
                who=who, seen=look.meter.share * self._wanted_s, wanted=self._wanted_s
            )
            hint = self.tr("Let the picture run, keep the face in view and still, and try again.")
            title = self.tr("The neutral face was not learned")
            self.notice_posted.emit(Notice(Severity.WARNING, title, seen, hint))
