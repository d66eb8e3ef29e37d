"""The lane of curves: drawn at once as fine as there is time for, then finer in the background."""

from collections.abc import Callable
from typing import Final, NamedTuple, TypeVar

import numpy as np
from PySide6.QtCore import QObject, QPointF, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QImage, QPainter, QPixmap
from shiboken6 import isValid

from ferqt.core.time_scale import TimeScale
from ferqt.core.timeline_levels import FaceLevels
from ferqt.core.types import Notice
from ferqt.runtime.tasks import TaskRunner
from ferqt.ui.timeline.draw import FRAMES_PX, faded, image_of
from ferqt.ui.timeline.grid import Grid
from ferqt.ui.timeline.looks import Looks
from ferqt.ui.timeline.raster import BAND_ALPHA, Pixels, curve_pixels
from ferqt.ui.timeline.state import TimelineState

_DENSE: Final = 4
"""With more readings a column than this, curves are calmed."""

_BANDS_FADE: Final = 12
"""Bands are half as strong with so many readings a column."""

_AT_ONCE_PX: Final = 120_000
"""So many device px are drawn at once, in about 8 ms; of more, a picture with fewer px is."""

_REST_MS: Final = 120
"""The view has rested for so long before it is drawn finer."""

_MOST_KEPT: Final = 3
"""Faces whose curves are kept ready, 15 MB for an hour each."""

_DOT_PX: Final = 2


T = TypeVar("T")


class CurveView(NamedTuple):
    """All that the picture of curves depends on.

    Attributes:
        face: Whose curves.
        looks: The colors.
        scale: What part of time.
        height: In px.
        step_s: Time from frame to frame.
        hidden: Classes that are not drawn.
    """

    face: FaceLevels
    looks: Looks
    scale: TimeScale
    height: int
    step_s: float
    hidden: frozenset[str]


class CurveLane(QObject):
    """Draws the probabilities of the selected face; lives on the GUI thread.

    Args:
        tasks: Prepares faces, and draws what takes long.
    """

    changed = Signal()
    """What was drawn last would look finer, or be there at all, if it were drawn now."""

    def __init__(self, tasks: TaskRunner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._fine: tuple[CurveView, float, QImage] | None = None
        self._wanted: tuple[CurveView, float] | None = None
        self._preparing: FaceLevels | None = None
        self._kept: list[FaceLevels] = []
        self._rest = QTimer(self, singleShot=True, interval=_REST_MS)
        self._rest.timeout.connect(self._refine)

    def draw(
        self, painter: QPainter, state: TimelineState, looks: Looks, height: int, ratio: float
    ) -> None:
        """Draw curves over lines at 0, 50 and 100 percent, from the painter's origin on."""
        face = state.face
        if face is None:
            return
        if face.curves_ready:
            self._keep(face)
            hidden = frozenset(state.hidden)
            view = CurveView(face, looks, state.scale, height, state.axis.step_s, hidden)
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(QPointF(0, 0), self._image(view, ratio))
        else:
            self._prepare(face)
        painter.setPen(faded(QColor(looks.tokens.text), 0.12))
        for share in (0.0, 0.5, 1.0):
            y = round(1 + (1 - share) * (height - 2))
            painter.drawLine(QPointF(0, y), QPointF(state.scale.width, y))
        if face.curves_ready and state.axis.step_s * state.scale.px_per_s >= 2 * FRAMES_PX:
            _dot_readings(painter, state, face, looks, height)

    def _image(self, view: CurveView, ratio: float) -> QImage:
        if self._fine is not None and self._fine[:2] == (view, ratio):
            return self._fine[2]
        area = view.scale.width * view.height * ratio**2
        if area <= _AT_ONCE_PX:
            return image_of(view_pixels(view, ratio), ratio)
        self._wanted = (view, ratio)
        self._rest.start()
        coarse = ratio * (_AT_ONCE_PX / area) ** 0.5
        return image_of(view_pixels(view, coarse), coarse)

    def _refine(self) -> None:
        """Draw what is in view as fine as the screen is."""
        if self._wanted is None:
            return
        view, ratio = self._wanted

        def take(pixels: Pixels) -> None:
            # The widget may be gone by now.
            if isValid(self) and self._wanted == (view, ratio):
                self._fine = (view, ratio, image_of(pixels, ratio))
                self.changed.emit()

        self._run(lambda: view_pixels(view, ratio), take)

    def _prepare(self, face: FaceLevels) -> None:
        if self._preparing is face:
            return
        self._preparing = face

        def done(_: object) -> None:
            if isValid(self):
                self._preparing = None
                self.changed.emit()

        self._run(lambda: face.curves, done)

    def _run(self, work: Callable[[], T], done: Callable[[T], None]) -> None:
        self._tasks.run(work, done, self._on_failed, title=self.tr("Curves could not be drawn"))

    def _on_failed(self, _notice: Notice) -> None:
        # It was logged; the coarse picture stays.
        self._preparing = None

    def _keep(self, face: FaceLevels) -> None:
        """Let the curves go that were not looked at for longest."""
        if self._kept[-1:] == [face]:
            return
        self._kept = [*(known for known in self._kept if known is not face), face]
        while len(self._kept) > _MOST_KEPT:
            self._kept.pop(0).forget_curves()


def view_pixels(view: CurveView, ratio: float) -> Pixels:
    """Return the picture of curves with so many device px to a px; any thread."""
    grid = Grid.of(view.scale, ratio)
    per_column = grid.column_s / max(view.step_s, 1e-9)
    spread_s = 2 * grid.column_s if per_column > _DENSE else 0.0
    columns = view.face.curves.columns(grid.edges, spread_s)
    shown = np.array([name not in view.hidden for name in view.looks.labels.names])
    # Bands of seconds each would lie over one another from top to bottom and tell nothing.
    band_alpha = BAND_ALPHA / (1 + per_column / _BANDS_FADE)
    size = max(2, round(view.height * ratio))
    return curve_pixels(columns, view.looks, size, grid, shown, band_alpha)


def _dot_readings(
    painter: QPainter, state: TimelineState, face: FaceLevels, looks: Looks, height: int
) -> None:
    """Draw each reading, where single ones can be told apart."""
    curves, scale = face.curves, state.scale
    middles = (curves.start_s + curves.end_s) / 2
    first, last = np.searchsorted(middles, (scale.start_s, scale.end_s))
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    ratio = painter.device().devicePixelRatioF()
    xs = [scale.x_of(time_s) - _DOT_PX for time_s in middles[first:last].tolist()]
    for number, name in enumerate(state.names):
        if name not in state.hidden:
            ys = 1 - _DOT_PX + (1 - curves.values[first:last, number]) * (height - 2)
            dot = _dot(looks.color(number), ratio)
            for x, y in zip(xs, ys.tolist(), strict=True):
                painter.drawPixmap(QPointF(x, y), dot)


def _dot(color: QColor, ratio: float) -> QPixmap:
    """A reading. Thousands of ellipses take more than twice as long as pictures of one."""
    dot = QPixmap(QSize(2 * _DOT_PX, 2 * _DOT_PX) * ratio)
    dot.setDevicePixelRatio(ratio)
    dot.fill(Qt.GlobalColor.transparent)
    painter = QPainter(dot)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(color)
    painter.drawEllipse(QRectF(0, 0, 2 * _DOT_PX, 2 * _DOT_PX))
    painter.end()
    return dot
