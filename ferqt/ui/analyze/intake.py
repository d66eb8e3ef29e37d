"""What is dropped or chosen comes into the queue: found, added and measured in the background."""

from collections.abc import Sequence
from functools import partial
from itertools import groupby

from PySide6.QtCore import QObject, QTimer, Signal

from ferqt.core.types import Notice
from ferqt.runtime.analysis_preset import AnalysisPreset
from ferqt.runtime.analysis_queue import AnalysisQueue
from ferqt.runtime.analysis_sources import Found, MediaSource, find_media, length_of
from ferqt.runtime.tasks import TaskRunner

_ADDED = 500
"""Jobs that come into the queue at once."""
_LOT = 16
"""Files that are measured before the queue hears of it."""


class Intake(QObject):
    """Finds what can be analyzed and puts it at the end of the queue; lives on the GUI thread."""

    refused = Signal(object)
    """What was left out: a list of locations, each with its `Refusal`."""
    failed = Signal(object)
    """`Notice` when looking failed."""
    busy_changed = Signal(bool)
    """Whether it is looking through folders."""

    def __init__(
        self, queue: AnalysisQueue, tasks: TaskRunner, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._queue = queue
        self._tasks = tasks
        self._looking = 0
        self._incoming: list[tuple[MediaSource, AnalysisPreset]] = []
        self._unmeasured: list[tuple[int, MediaSource]] = []
        self._measuring = False

    def take(self, locations: Sequence[str], preset: AnalysisPreset) -> None:
        """Add files and folders; their jobs ask for what the preset says."""
        if not locations:
            return
        self._looking += 1
        self.busy_changed.emit(True)
        self._tasks.run(
            partial(find_media, tuple(locations), self._queue.locations),
            partial(self._on_found, preset),
            self._on_failed,
            title=self.tr("The files were not added"),
        )

    def measure_unknown(self) -> None:
        """Measure the videos of the queue whose length is not known."""
        self._unmeasured = [
            (job.id, MediaSource(job.location, job.title, job.pictures))
            for job in self._queue.jobs
            if job.length_s is None and not job.pictures
        ]
        self._measure()

    def _on_found(self, preset: AnalysisPreset, found: Found) -> None:
        self._end_looking()
        self.refused.emit(found.refused)
        self._incoming += [(source, preset) for source in found.sources]
        self._add_some()

    def _add_some(self) -> None:
        """Add what was found, in lots: a window with thousands of new files goes on moving."""
        lot, self._incoming = self._incoming[:_ADDED], self._incoming[_ADDED:]
        for preset, pairs in groupby(lot, key=lambda pair: pair[1]):
            sources = [source for source, _ in pairs]
            numbers = self._queue.add(sources, preset)
            self._unmeasured += [
                pair for pair in zip(numbers, sources, strict=True) if not pair[1].pictures
            ]
        if self._incoming:
            QTimer.singleShot(0, self, self._add_some)
        else:
            self._measure()

    def _on_failed(self, notice: Notice) -> None:
        self._end_looking()
        self.failed.emit(notice)

    def _end_looking(self) -> None:
        self._looking -= 1
        self.busy_changed.emit(self._looking > 0)

    def _measure(self) -> None:
        if self._measuring or not self._unmeasured:
            return
        lot, self._unmeasured = self._unmeasured[:_LOT], self._unmeasured[_LOT:]
        self._measuring = True
        self._tasks.run(
            partial(_lengths, lot),
            self._on_measured,
            self._on_not_measured,
            title=self.tr("The files were not measured"),
        )

    def _on_measured(self, lengths: Sequence[tuple[int, float | None]]) -> None:
        for number, length_s in lengths:
            self._queue.set_length(number, length_s)
        self._measuring = False
        self._measure()

    def _on_not_measured(self, _notice: Notice) -> None:
        """Go on with the others: a length is only for looking at."""
        self._measuring = False
        self._measure()


def _lengths(lot: Sequence[tuple[int, MediaSource]]) -> list[tuple[int, float | None]]:
    return [(number, length_of(source)) for number, source in lot]
