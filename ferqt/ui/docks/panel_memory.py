"""Lets panels show what they showed when the window was closed."""

import math

from PySide6.QtCore import QObject

from ferqt.settings import (
    PLOT_ALL_FACES,
    PLOT_SECONDS,
    TRAIL_ALL_FACES,
    TRAIL_SECONDS,
    Settings,
)
from ferqt.ui.docks.affect_dock import AffectPanel
from ferqt.ui.emotion_plot import EmotionPlot


class PanelMemory(QObject):
    """Keeps what a person chose in the plot and in the plane of affect. Lives on the GUI thread.

    Args:
        settings: Where it is kept; saved by others.
        plot: Brought to what is kept.
        affect: The same.
    """

    def __init__(
        self,
        settings: Settings,
        plot: EmotionPlot,
        affect: AffectPanel,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._settings = settings
        self._plot = plot
        self._affect = affect
        plot.window_s = settings.get(PLOT_SECONDS) or math.inf
        plot.all_faces = settings.get(PLOT_ALL_FACES)
        affect.trail_s = settings.get(TRAIL_SECONDS)
        affect.all_faces = settings.get(TRAIL_ALL_FACES)
        plot.settings_changed.connect(self._keep_plot)
        affect.settings_changed.connect(self._keep_affect)

    def _keep_plot(self) -> None:
        seconds = self._plot.window_s
        self._settings.set(PLOT_SECONDS, seconds if math.isfinite(seconds) else 0.0)
        self._settings.set(PLOT_ALL_FACES, self._plot.all_faces)

    def _keep_affect(self) -> None:
        self._settings.set(TRAIL_SECONDS, self._affect.trail_s)
        self._settings.set(TRAIL_ALL_FACES, self._affect.all_faces)
