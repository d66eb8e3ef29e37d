"""What stands beside and below the picture; made when the window is on the screen already."""

from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ferqt.classifiers.catalog import Catalog
from ferqt.core.types import FaceBox, Image
from ferqt.log_memory import log_memory
from ferqt.runtime.tasks import TaskRunner
from ferqt.ui.steps import Steps
from ferqt.ui.theme import Theme

if TYPE_CHECKING:
    from ferqt.ui.docks.affect_dock import AffectPanel
    from ferqt.ui.docks.face_dock import FacePanel
    from ferqt.ui.docks.gallery_dock import GalleryPanel
    from ferqt.ui.docks.log_dock import LogPanel
    from ferqt.ui.docks.marker_dock import MarkerPanel
    from ferqt.ui.docks.model_desk import ModelDesk
    from ferqt.ui.docks.model_dock import ModelPanel
    from ferqt.ui.docks.plot_dock import PlotPanel
    from ferqt.ui.docks.statistics_dock import StatisticsPanel
    from ferqt.ui.timeline.range_statistics_view import RangeStatisticsView
    from ferqt.ui.timeline.timeline_view import TimelineView

_Panel = TypeVar("_Panel", bound=QWidget)


@dataclass(frozen=True, slots=True)
class Panels:
    """The contents of the docks; the fields are named as the rows of `docking.PANELS`."""

    models: "ModelPanel"
    faces: "FacePanel"
    statistics: "StatisticsPanel"
    gallery: "GalleryPanel"
    figures: "RangeStatisticsView"
    probabilities: "PlotPanel"
    affect: "AffectPanel"
    markers: "MarkerPanel"
    log: "LogPanel"

    def by_id(self) -> dict[str, QWidget]:
        """Return them by the ids of their docks."""
        return {name: getattr(self, name) for name in self.__slots__}


class Beside(Steps):
    """Makes panels, the desk of the models, and the timeline, in steps under 50 ms.

    Whoever asks for one before gets it: what is left is made at once. So what is told to the parts
    reaches them whenever it comes. Lives on the GUI thread.

    Args:
        theme: Gives the colors.
        tasks: Does in the background what takes long.
        catalog: The models.
        current_face: Returns a face on screen and its picture, None while there is none.
        window: Over which dialogs open.
    """

    panel_made = Signal(str, object)
    """Id and widget of a panel."""

    def __init__(
        self,
        theme: Theme,
        tasks: TaskRunner,
        catalog: Catalog,
        current_face: Callable[[], tuple[FaceBox, Image] | None],
        window: QWidget,
    ) -> None:
        super().__init__(self._go_step, 0, 0.0, window)
        self._theme = theme
        self._tasks = tasks
        self._catalog = catalog
        self._current_face = current_face
        self._window = window
        self._panels: Panels | None = None
        self._desk: ModelDesk | None = None
        self._timeline: TimelineView | None = None
        self._steps = self._make()

    @property
    def panels(self) -> Panels:
        """The panels."""
        if self._panels is None:
            self.finish()
        assert self._panels is not None
        return self._panels

    @property
    def desk(self) -> "ModelDesk":
        """What the panel of models asks."""
        if self._desk is None:
            self.finish()
        assert self._desk is not None
        return self._desk

    @property
    def timeline(self) -> "TimelineView":
        """Where a stored session is shown along its time."""
        if self._timeline is None:
            self.finish()
        assert self._timeline is not None
        return self._timeline

    def shutdown(self) -> None:
        """Make nothing more, and end what runs in the background."""
        self.stop()
        if self._desk is not None:
            self._desk.shutdown()

    def _go_step(self) -> bool:
        return next(self._steps, self._steps) is None

    def _make(self) -> Iterator[None]:
        yield from self._make_panels()
        from ferqt.ui.timeline.timeline_view import TimelineView

        yield
        self._timeline = TimelineView(self._theme, self._tasks)
        yield
        from ferqt.ui.docks.model_desk import ModelDesk

        self._desk = ModelDesk(
            self.panels.models,
            self._catalog,
            self._theme,
            self._tasks,
            self._current_face,
            self._window,
        )
        yield

    def _make_panels(self) -> Iterator[None]:
        """Make those first that a new window shows."""
        theme, tasks, place = self._theme, self._tasks, self._placed
        from ferqt.ui.docks.model_dock import ModelPanel

        models = yield from place("models", partial(ModelPanel, theme))
        from ferqt.ui.docks.plot_dock import PlotPanel

        probabilities = yield from place("probabilities", partial(PlotPanel, theme))
        from ferqt.ui.docks.face_dock import FacePanel

        faces = yield from place("faces", partial(FacePanel, theme))
        from ferqt.ui.docks.statistics_dock import StatisticsPanel

        statistics = yield from place("statistics", partial(StatisticsPanel, theme))
        from ferqt.ui.docks.gallery_dock import GalleryPanel

        gallery = yield from place("gallery", partial(GalleryPanel, theme, tasks))
        from ferqt.ui.docks.affect_dock import AffectPanel

        affect = yield from place("affect", partial(AffectPanel, theme))
        from ferqt.ui.docks.marker_dock import MarkerPanel

        markers = yield from place("markers", partial(MarkerPanel, theme))
        from ferqt.ui.docks.log_dock import LogPanel

        log = yield from place("log", partial(LogPanel, theme, log_memory()))
        from ferqt.ui.timeline.range_statistics_view import RangeStatisticsView

        figures = yield from place("figures", partial(RangeStatisticsView, theme, tasks))
        self._panels = Panels(
            models, faces, statistics, gallery, figures, probabilities, affect, markers, log
        )

    def _placed(self, panel_id: str, make: Callable[[], _Panel]) -> Generator[None, None, _Panel]:
        """Make a panel whose module was imported just now."""
        yield
        panel = make()
        yield
        self.panel_made.emit(panel_id, panel)
        yield
        return panel
