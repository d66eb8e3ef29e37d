"""The markers of the open source."""

from collections.abc import Iterable
from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from ferqt.core.markers import Marker


class Markers(QObject):
    """Keeps markers in the order of their frames, and tells when they change.

    Lives on the GUI thread. Clear it when a source closes: times mean nothing without it.
    """

    changed = Signal(object)
    """All markers, a tuple in the order of time."""

    added = Signal(object)
    """The Marker that is new; `changed` has come before."""

    edited = Signal(object, object)
    """A Marker as it was and as a person made it; `changed` has come before."""

    removed = Signal(object)
    """Markers that a person took away, a tuple; `changed` has come before."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._markers: tuple[Marker, ...] = ()
        self._labels: list[str] = []

    @property
    def all(self) -> tuple[Marker, ...]:
        """All markers in the order of time."""
        return self._markers

    @property
    def labels(self) -> tuple[str, ...]:
        """Labels that were given since the program began, newest first."""
        return tuple(self._labels)

    def add(self, marker: Marker) -> None:
        """Add a marker."""
        self._remember(marker.label)
        self._put((*self._markers, marker))
        self.added.emit(marker)

    def change(self, marker: Marker, label: str, note: str) -> None:
        """Give a marker another label and note; nothing happens if it is not there."""
        changed = replace(marker, label=label, note=note)
        if marker not in self._markers or changed == marker:
            return
        self._remember(label)
        others = list(self._markers)
        others[others.index(marker)] = changed
        self._put(others)
        self.edited.emit(marker, changed)

    def remove(self, markers: Iterable[Marker]) -> None:
        """Take markers away; those that are not there are ignored."""
        left, gone = list(self._markers), []
        for marker in markers:
            if marker in left:
                left.remove(marker)
                gone.append(marker)
        if gone:
            self._put(left)
            self.removed.emit(tuple(gone))

    def load(self, markers: Iterable[Marker]) -> None:
        """Show the markers of a stored session instead; nobody added them now."""
        markers = tuple(markers)
        if markers != self._markers:
            self._put(markers)

    def clear(self) -> None:
        """Take all away: another source comes."""
        if self._markers:
            self._put(())

    def _put(self, markers: Iterable[Marker]) -> None:
        self._markers = tuple(sorted(markers, key=lambda marker: marker.time_s))
        self.changed.emit(self._markers)

    def _remember(self, label: str) -> None:
        self._labels = [label, *(known for known in self._labels if known != label)]
