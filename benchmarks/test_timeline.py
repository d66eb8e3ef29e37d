"""The timeline of an hour: prepared, painted, zoomed and panned, without a display."""

from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from benchmarks.scenes import Benchmark
from ferqt.core.session_document import SessionDocument
from ferqt.core.time_scale import TimeScale
from ferqt.core.timeline_levels import face_levels
from ferqt.runtime.tasks import TaskRunner
from ferqt.ui.theme import Theme
from ferqt.ui.timeline.timeline_view import TimelineView
from tests.helpers.sessions import hour_document


@pytest.fixture(scope="module")
def hour() -> SessionDocument:
    """An hour of two faces."""
    return hour_document()


@pytest.fixture
def view(qtbot: QtBot, hour: SessionDocument) -> Iterator[TimelineView]:
    """A timeline of the hour, 1,600 px wide."""
    theme, tasks = Theme("dark"), TaskRunner()
    theme.apply()
    shown = TimelineView(theme, tasks)
    qtbot.addWidget(shown)
    shown.resize(1600, 420)
    shown.show()
    with qtbot.waitSignal(shown.ready, timeout=60_000):
        shown.set_document(hour)
    yield shown
    tasks.shutdown()


def scale_of(view: TimelineView) -> TimeScale:
    """The part of the hour that is in view."""
    state = view.state
    assert state is not None
    return state.scale


def test_prepare_an_hour(benchmark: Benchmark, hour: SessionDocument) -> None:
    """The levels of detail that the curves are painted from."""
    levels = benchmark.pedantic(lambda: list(face_levels(hour)), rounds=3, warmup_rounds=1)
    assert len(levels) == 2


def test_paint_an_hour(benchmark: Benchmark, view: TimelineView) -> None:
    """The whole of it once more, nothing changed."""
    benchmark(view.canvas.repaint)


def test_zoom_an_hour(benchmark: Benchmark, view: TimelineView) -> None:
    """A step closer, painted at once."""
    whole = scale_of(view)

    def zoom() -> None:
        scale = scale_of(view)
        closer = scale.zoomed(1.25, scale.start_s + 0.37 * scale.span_s)
        # Once nothing can be closer, from the whole again.
        view.canvas.set_scale(whole if closer.span_s >= scale.span_s else closer)
        view.canvas.repaint()
        view.overview.repaint()

    benchmark(zoom)


def test_pan_an_hour(benchmark: Benchmark, view: TimelineView) -> None:
    """A tenth of the view further, painted at once."""
    scale = scale_of(view)
    view.canvas.set_scale(scale.zoomed(8, scale.start_s))

    def pan() -> None:
        scale = scale_of(view)
        further = scale.panned(0.1 * scale.span_s)
        at_end = further.start_s <= scale.start_s
        view.canvas.set_scale(scale.panned(-1e6) if at_end else further)
        view.canvas.repaint()
        view.overview.repaint()

    benchmark(pan)
