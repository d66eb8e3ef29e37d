"""Keeps the picture of each lane until what it shows changes."""

from collections.abc import Callable, Hashable
from functools import partial

from PySide6.QtCore import QObject, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPixmap

from ferqt.runtime.tasks import TaskRunner
from ferqt.ui.timeline import draw
from ferqt.ui.timeline.curve_lane import CurveLane
from ferqt.ui.timeline.grid import Grid
from ferqt.ui.timeline.lanes import Lanes
from ferqt.ui.timeline.looks import Looks
from ferqt.ui.timeline.state import TimelineState

_Key = tuple[Hashable, ...]


class LanePictures(QObject):
    """Paints lanes, and draws anew only those that show something else than before.

    Args:
        tasks: Draws curves that take long.
    """

    changed = Signal()
    """A lane would look finer if it were painted now."""

    def __init__(self, tasks: TaskRunner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._kept: dict[str, tuple[_Key, QPixmap]] = {}
        self._curves = CurveLane(tasks, self)
        self._curves.changed.connect(self._on_curves_changed)

    def forget(self, name: str | None = None) -> None:
        """Draw a lane anew, "ruler", "markers", "episodes" or "curves"; all of them for None."""
        if name is None:
            self._kept.clear()
        else:
            self._kept.pop(name, None)

    def paint(
        self,
        painter: QPainter,
        dirty: QRect,
        state: TimelineState,
        looks: Looks,
        lanes: Lanes,
        ratio: float,
    ) -> None:
        """Paint what of the lanes lies in an area.

        Args:
            painter: Has the font.
            dirty: The area.
            state: What to show.
            looks: The colors.
            lanes: Where everything lies.
            ratio: Device px to a px.
        """
        grid = Grid.of(state.scale, ratio)
        face_id = state.face_id

        def put(
            name: str, area: QRect, draw_it: Callable[[QPainter], None], *key: Hashable
        ) -> None:
            if area.intersects(dirty) and area.height() > 0:
                whole = (state.scale, area.height(), ratio, *key)
                if self._kept.get(name, ((), None))[0] != whole:
                    picture = _picture(area.size(), ratio, looks, painter, draw_it)
                    self._kept[name] = (whole, picture)
                painter.drawPixmap(area.topLeft(), self._kept[name][1])

        put("ruler", lanes.ruler, lambda p: draw.draw_ruler(p, state, looks, lanes.ruler.height()))
        put("markers", lanes.markers, lambda p: draw.draw_flags(p, state, looks))
        painter.save()
        painter.setClipRect(lanes.strips, Qt.ClipOperation.IntersectClip)
        for place, face in enumerate(state.prepared.faces):
            area = lanes.strip(place)
            if area.intersects(lanes.strips):
                draw_it = partial(draw.draw_strip, face=face, looks=looks, grid=grid)
                put(f"face {face.face_id}", area, draw_it)
        painter.restore()
        put(
            "episodes", lanes.episodes, lambda p: draw.draw_episodes(p, state, looks, grid), face_id
        )
        height = lanes.curves.height()
        put(
            "curves",
            lanes.curves,
            lambda p: self._curves.draw(p, state, looks, height, ratio),
            face_id,
        )

    def _on_curves_changed(self) -> None:
        self.forget("curves")
        self.changed.emit()


def _picture(
    size: QSize,
    ratio: float,
    looks: Looks,
    like: QPainter,
    draw_it: Callable[[QPainter], None],
) -> QPixmap:
    picture = QPixmap(size * ratio)
    picture.setDevicePixelRatio(ratio)
    picture.fill(QColor(looks.tokens.surface))
    painter = QPainter(picture)
    painter.setFont(like.font())
    draw_it(painter)
    painter.end()
    return picture
