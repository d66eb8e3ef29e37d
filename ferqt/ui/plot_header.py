"""The line above the probability plot: whose curves these are, and what can be done with them."""

import math
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QWidget

from ferqt.ui.docks.tools import ElidedLabel, ToolRow
from ferqt.ui.theme import Theme

WINDOWS_S: Final = (10.0, 30.0, 60.0, 300.0, math.inf)
"""Lengths of the moving view that are offered, in s; infinity is the whole session."""


class PlotHeader(QWidget):
    """Title, length of the view, and buttons.

    Attributes:
        pause_action: Holds the curves still; samples go on being kept.
        follow_action: Goes back to the moving view after a zoom.
        all_action: Shows all faces, one above the other.
        save_action: Asks for a file and saves picture or table.
        window_box: The lengths that are offered.
    """

    window_chosen = Signal(float)
    """Length of the view in s that the person chose."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.pause_action = QAction(self.tr("Pause the curves"), self, checkable=True)
        self.pause_action.setToolTip(self.tr("Hold the curves still; nothing is lost meanwhile"))
        self.pause_action.toggled.connect(self._on_paused)
        self.follow_action = QAction(self.tr("Newest seconds"), self, enabled=False)
        self.follow_action.setToolTip(self.tr("Go back to the newest seconds (double click)"))
        self.all_action = QAction(self.tr("All faces"), self, checkable=True)
        self.all_action.setToolTip(self.tr("Show the curves of all faces, one above the other"))
        self.save_action = QAction(self.tr("Save …"), self)
        self.save_action.setToolTip(self.tr("Save the curves as a picture or a table"))
        self.window_box = QComboBox()
        self.window_box.setAccessibleName(self.tr("Length of the view"))
        self.window_box.setToolTip(self.tr("How much time the curves show"))
        for seconds in WINDOWS_S:
            self.window_box.addItem(self._words(seconds), seconds)
        self.window_box.activated.connect(
            lambda row: self.window_chosen.emit(self.window_box.itemData(row))
        )
        self._title = ElidedLabel()
        self._tools = ToolRow(theme)
        self._tools.add(self.pause_action, "pause")
        self._follow_button = self._tools.add(self.follow_action, "to-end")
        self._follow_button.hide()
        self._tools.add(self.all_action, "faces")
        self._tools.add(self.save_action, "save")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(self._title, 1)
        layout.addWidget(self.window_box)
        layout.addWidget(self._tools)

    @property
    def title(self) -> str:
        """Whose curves are shown."""
        return self._title.text()

    @title.setter
    def title(self, text: str) -> None:
        self._title.setText(text)

    def show_following(self, following: bool) -> None:
        """Offer the way back to the newest seconds while the view is elsewhere."""
        self.follow_action.setEnabled(not following)
        self._follow_button.setVisible(not following)

    def show_window(self, seconds: float) -> None:
        """Show the length of the view; one that is not offered is added."""
        row = self.window_box.findData(seconds)
        if row < 0:
            row = sum(known < seconds for known in map(self.window_box.itemData, self._rows()))
            self.window_box.insertItem(row, self._words(seconds), seconds)
        self.window_box.setCurrentIndex(row)

    def show_controls(self, shown: bool) -> None:
        """Show or hide all but the title."""
        self.window_box.setVisible(shown)
        self._tools.setVisible(shown)

    def _rows(self) -> range:
        return range(self.window_box.count())

    def _words(self, seconds: float) -> str:
        if math.isinf(seconds):
            return self.tr("All")
        if seconds >= 120:
            return self.tr("{0} min").format(f"{seconds / 60:g}")
        return self.tr("{0} s").format(f"{seconds:g}")

    def _on_paused(self, paused: bool) -> None:
        text = self.tr("Resume the curves") if paused else self.tr("Pause the curves")
        self.pause_action.setText(text)
        self._tools.set_icon(self.pause_action, "play" if paused else "pause")
