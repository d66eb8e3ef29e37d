"""The axes of the probability plot."""

import math
from collections.abc import Callable, Sequence
from typing import Final

import pyqtgraph as pg
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QGraphicsSceneResizeEvent, QGraphicsSceneWheelEvent

from ferqt.ui.plot_lanes import PlacedText

_Line = tuple[QPen, QPointF, QPointF]
_Text = tuple[QRectF, Qt.AlignmentFlag, str]

_MARGIN_PX: Final = 15
"""How far a number may reach beyond the end of its axis."""

_NOTCH: Final = 120
"""Steps of a wheel that Qt counts from one notch to the next."""

_ZOOM: Final = 0.8
"""Share of the view that is left in view after a notch."""


class PlacedAxis(pg.AxisItem):
    """An axis whose numbers the plot places: without ticks, and cheap to make anew when it moves.

    pyqtgraph's own placing measures every number each time, and leaves out the ones at the ends.

    Args:
        side: "left" or "bottom".
        px: Its width or height.
        places: Tells the numbers, and where they stand in px of the plot.
        alignment: Of a number in its place.
    """

    def __init__(
        self,
        side: str,
        px: int,
        places: Callable[[], Sequence[PlacedText]],
        alignment: Qt.AlignmentFlag,
    ) -> None:
        self._places = places
        self._alignment = alignment
        super().__init__(side, maxTickLength=0)
        self.setStyle(hideOverlappingLabels=_MARGIN_PX)
        self.enableAutoSIPrefix(False)
        # The plot draws its own lines.
        self.setPen(QPen(Qt.GlobalColor.transparent))
        if side == "left":
            self.setWidth(px)
        else:
            self.setHeight(px)

    def place_again(self) -> None:
        """Ask for the numbers once more at the next paint."""
        self.picture = None

    def generateDrawSpecs(  # noqa: N802 - pyqtgraph's name
        self, _painter: QPainter
    ) -> tuple[_Line, list[_Line], list[_Text]]:
        """Return a line that is not seen, no ticks, and the numbers."""
        origin = self.pos()
        texts = [
            (place.translated(-origin), self._alignment, text) for place, text in self._places()
        ]
        return (self.pen(), QPointF(), QPointF()), [], texts


class TimeFirstBox(pg.ViewBox):
    """A view that the wheel zooms in time; over the numbers at the left in height."""

    def __init__(self) -> None:
        super().__init__(enableMenu=False)
        # pyqtgraph's measure: the view gets 1.02 times as long with each unit.
        self.state["wheelScaleFactor"] = math.log(_ZOOM, 1.02) / _NOTCH

    def resizeEvent(self, event: QGraphicsSceneResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Move the curves at once: left to the next paint, it would cause another one."""
        super().resizeEvent(event)
        self.updateMatrix()

    def wheelEvent(  # noqa: N802 - Qt's name
        self, event: QGraphicsSceneWheelEvent, axis: int | None = None
    ) -> None:
        """Zoom around the pointer."""
        if event.orientation() is Qt.Orientation.Vertical:
            super().wheelEvent(event, axis=0 if axis is None else axis)
        else:
            event.ignore()
