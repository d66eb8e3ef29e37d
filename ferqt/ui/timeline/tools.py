"""The line over a timeline: where the medium is, and buttons for the view."""

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ferqt.ui.docks.tools import ToolRow
from ferqt.ui.steady_label import SteadyLabel
from ferqt.ui.theme import Theme, tabular


class TimelineTools(QWidget):
    """Time and frame at the left, buttons at the right.

    Args:
        theme: Gives the colors.

    Attributes:
        zoom_out: Action.
        zoom_in: Action.
        fit: Action that shows all of the session.
        fit_range: Action that zooms to the in/out range.
        previous: Action that goes to the previous change of expression.
        next: Action that goes to the next one.
        follow: Switch: keep the playhead in view.
        curves: Switch: show the lane of curves.
    """

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._make_actions()
        self._place = SteadyLabel()
        self._place.setFont(tabular(self.font()))
        self._place.setAccessibleName(self.tr("Position"))
        row = ToolRow(theme)
        for action, name in (
            (self.previous, "previous-change"),
            (self.next, "next-change"),
            (self.zoom_out, "zoom-out"),
            (self.zoom_in, "zoom-in"),
            (self.fit, "fit"),
            (self.fit_range, "fit-range"),
            (self.follow, "follow"),
            (self.curves, "chart"),
        ):
            row.add(action, name)
        line = QHBoxLayout(self)
        line.setContentsMargins(12, 4, 8, 0)
        line.setSpacing(8)
        line.addWidget(self._place)
        line.addStretch(1)
        line.addWidget(row)

    def show_place(self, text: str) -> None:
        """Tell where the medium is."""
        self._place.say(text)

    def _make_actions(self) -> None:
        def action(text: str, keys: str, tip: str) -> QAction:
            made = QAction(text, self)
            made.setToolTip(f"{tip} ({keys})" if keys else tip)
            return made

        self.zoom_out = action(self.tr("Zoom Out"), "-", self.tr("Show more of the session"))
        self.zoom_in = action(self.tr("Zoom In"), "+", self.tr("Show less of the session"))
        self.fit = action(self.tr("Show All"), "Ctrl+0", self.tr("Show all of the session"))
        self.fit_range = action(
            self.tr("Zoom to Range"), "Ctrl+E", self.tr("Zoom to the marked range")
        )
        self.previous = action(
            self.tr("Previous Change"),
            "Ctrl+←",
            self.tr("Go back to where the expression changed"),
        )
        self.next = action(
            self.tr("Next Change"), "Ctrl+→", self.tr("Go to where the expression changes")
        )
        self.follow = action(
            self.tr("Follow"), "", self.tr("Keep the playhead in view while playing")
        )
        self.curves = action(
            self.tr("Curves"), "", self.tr("Show the probabilities of the selected face")
        )
        for switch in (self.follow, self.curves):
            switch.setCheckable(True)
            switch.setChecked(True)
        self.fit_range.setEnabled(False)
