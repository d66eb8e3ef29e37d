"""The panel of valence and arousal."""

import math
from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QShowEvent
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLabel,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from ferqt.core.affect_trail import AffectTrail, AffectTrails
from ferqt.core.people import People
from ferqt.core.types import FrameResult
from ferqt.ui.docks.affect_plane import AffectPlane, PlaneFace
from ferqt.ui.docks.tools import Backlog, ElidedLabel, Refresher, ToolRow, empty_label
from ferqt.ui.theme import Theme, tabular

_REFRESH_MS: Final = 100
_LENGTHS_S: Final = (5, 10, 30, 60)
_USUAL_S: Final = 10
_SPEAK_S: Final = 1.0


class AffectPanel(QWidget):
    """The selected face, or all, on the plane of valence and arousal, with a fading trail.

    Without a selected face it shows the first one in the picture. Painted at most ten times a
    second, and only while it is seen.
    """

    settings_changed = Signal()
    """The person changed `trail_s` or `all_faces`."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._trails = AffectTrails(_USUAL_S, max(_LENGTHS_S))
        self._backlog = Backlog(self._trails.add)
        self._people = People()
        self._selected: int | None = None
        self._now_s = 0.0
        self._spoken_s = -math.inf
        self._refresher = Refresher(self, self._refresh, _REFRESH_MS)
        self._make_layout(theme)

    @property
    def plane(self) -> AffectPlane:
        """What is painted."""
        return self._plane

    @property
    def reading(self) -> str:
        """The line under the plane."""
        return self._reading.text()

    @property
    def trail_s(self) -> float:
        """Length of the trail in s, one of those that the box offers."""
        return self._trails.length_s

    @trail_s.setter
    def trail_s(self, seconds: float) -> None:
        row = self.length_box.findData(round(seconds))
        if row < 0:
            raise ValueError(f"a trail lasts {_LENGTHS_S} s, not {seconds}")
        self.length_box.setCurrentIndex(row)
        self._trails.length_s = seconds
        self._refresher.ask()

    @property
    def all_faces(self) -> bool:
        """Whether all faces are shown at once."""
        return self.all_action.isChecked()

    @all_faces.setter
    def all_faces(self, shown: bool) -> None:
        self.all_action.setChecked(shown)

    def add_samples(self, results: Sequence[FrameResult]) -> None:
        """Take in results in order; light samples suffice."""
        if results:
            self._backlog.add(results)
            self._now_s = results[-1].session_ms / 1000
            self._refresher.ask()

    def set_selected(self, track_id: int | None) -> None:
        """Show this face; None shows the first one."""
        self._selected = track_id
        self._refresher.ask()

    def set_people(self, people: People) -> None:
        """Take over names and merges."""
        self._people = people
        if self._selected is not None:
            self._selected = people.id_of(self._selected)
        self._refresher.ask()

    def clear(self) -> None:
        """Forget all faces, as for a new source."""
        self._backlog.clear()
        self._trails.clear()
        self._people = People()
        self._selected = None
        self._refresh()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """Bring the plane up to date."""
        super().showEvent(event)
        self._refresher.now()

    def _make_layout(self, theme: Theme) -> None:
        self._title = ElidedLabel()
        self.length_box = QComboBox()
        self.length_box.setAccessibleName(self.tr("Length of the trail"))
        self.length_box.setToolTip(self.tr("How many seconds the trail shows"))
        for seconds in _LENGTHS_S:
            self.length_box.addItem(self.tr("{0} s").format(seconds), seconds)
        self.length_box.setCurrentIndex(_LENGTHS_S.index(_USUAL_S))
        self.length_box.activated.connect(self._on_length)
        self.all_action = QAction(self.tr("All faces"), self, checkable=True)
        self.all_action.setToolTip(self.tr("Show all faces at once"))
        self.all_action.toggled.connect(lambda _: self._refresh())
        self.all_action.triggered.connect(lambda _: self.settings_changed.emit())
        tools = ToolRow(theme)
        tools.add(self.all_action, "faces")
        header = QHBoxLayout()
        header.setContentsMargins(12, 4, 8, 0)
        header.setSpacing(8)
        header.addWidget(self._title, 1)
        header.addWidget(self.length_box)
        header.addWidget(tools)
        self._plane = AffectPlane(theme)
        self._reading = QLabel(wordWrap=True)
        self._reading.setObjectName("Muted")
        self._reading.setTextFormat(Qt.TextFormat.PlainText)
        self._reading.setFont(tabular(self.font()))
        self._reading.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._reading.setToolTip(
            self.tr("A rough estimate from the probabilities of the expressions")
        )
        picture = QWidget()
        column = QVBoxLayout(picture)
        column.setContentsMargins(4, 0, 4, 0)
        column.setSpacing(4)
        column.addWidget(self._plane, 1)
        column.addWidget(self._reading)
        self._empty = empty_label("")
        self._pages = QStackedWidget()
        self._pages.addWidget(self._empty)
        self._pages.addWidget(picture)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 8)
        layout.setSpacing(4)
        layout.addLayout(header)
        layout.addWidget(self._pages, 1)
        self._refresh()

    def _refresh(self) -> None:
        self._backlog.flush()
        if self.all_faces:
            trails = [self._trails.trail(track_id) for track_id in self._trails.track_ids]
            shown = [trail for trail in trails if trail is not None]
            # The selected face is painted over the others.
            shown.sort(key=lambda trail: trail.track_id == self._selected)
            self._title.setText(self.tr("All faces"))
            self._reading.setText(self.tr("{0} here").format(len(self._trails.present_ids)))
        else:
            trail = self._followed()
            shown = [] if trail is None else [trail]
            self._title.setText("" if trail is None else self._title_of(trail))
            self._reading.setText("" if trail is None else self._reading_of(trail))
        self._show_empty(bool(shown))
        titles = [self._title_of(trail) if self.all_faces else "" for trail in shown]
        faces = [PlaneFace(title, trail) for title, trail in zip(titles, shown, strict=True)]
        self._plane.show_faces(faces, self._now_s, self._trails.length_s)
        self._speak(shown)

    def _speak(self, shown: Sequence[AffectTrail]) -> None:
        """Tell a screen reader, no more often than it can be listened to."""
        told = [f"{self._title_of(trail)}: {self._reading_of(trail)}" for trail in shown]
        if abs(self._now_s - self._spoken_s) >= _SPEAK_S or not told:
            self._spoken_s = self._now_s if told else -math.inf
            self._plane.setAccessibleDescription("\n".join(told))

    def _followed(self) -> AffectTrail | None:
        if self._selected is not None:
            return self._trails.trail(self._selected)
        known = (*self._trails.present_ids, *self._trails.track_ids)
        return self._trails.trail(known[0]) if known else None

    def _show_empty(self, seen: bool) -> None:
        if self._selected is not None and not self.all_faces:
            text = self.tr("Face {0} was not seen lately.").format(self._selected)
        else:
            text = self.tr("No face yet.\nA face appears here as soon as one is seen.")
        self._empty.setText(text)
        self._pages.setCurrentIndex(1 if seen else 0)

    def _title_of(self, trail: AffectTrail) -> str:
        name = self._people.name_of(trail.track_id) or trail.name
        return name or self.tr("Face {0}").format(trail.track_id)

    def _reading_of(self, trail: AffectTrail) -> str:
        if trail.now is not None:
            return self.tr("Valence {0}   Arousal {1}").format(
                signed(trail.now.valence), signed(trail.now.arousal)
            )
        if trail.present:
            return self.tr("No place for what is shown now: {0}").format(trail.expression)
        return self.tr("Not in the picture")

    def _on_length(self) -> None:
        self.trail_s = float(self.length_box.currentData())
        self.settings_changed.emit()


def signed(value: float) -> str:
    """Return "+0.35" or "−0.20"."""
    rounded = round(value, 2) + 0.0
    return f"{'−' if rounded < 0 else '+'}{abs(rounded):.2f}"
