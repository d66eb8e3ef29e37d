"""What pyqtgraph paints of the probability plot, when, and where."""

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QFont, QImage, QPalette, QWheelEvent
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from ferqt.core.emotions import FERPLUS8
from ferqt.ui.plot_canvas import PlotCanvas
from ferqt.ui.plot_feed import Lane
from ferqt.ui.plot_styles import PlotTheme, curve_pen
from tests.helpers.paints import EventCounter, PaintCounter


def lane(stop_s: float, value: float = 0.5, title: str = "Face 1") -> Lane:
    times = np.arange(0, stop_s, 1 / 30)
    return Lane(title, times, np.full((len(FERPLUS8), len(times)), value, np.float32))


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    """A window with the plot, and beside it a label that is painted for its own reasons."""
    window = QWidget()
    qtbot.addWidget(window)
    layout = QVBoxLayout(window)
    layout.addWidget(QWidget(objectName="neighbor"))
    canvas = PlotCanvas(PlotTheme.of_palette(QPalette()))
    canvas.set_labels(FERPLUS8)
    layout.addWidget(canvas, 1)
    window.resize(400, 320)
    window.show()
    qtbot.waitExposed(window)
    qtbot.wait(20)
    return window


@pytest.fixture
def canvas(window: QWidget) -> PlotCanvas:
    return window.findChild(PlotCanvas)


def settle() -> None:
    for _ in range(6):
        QApplication.processEvents()


def test_all_changes_of_a_turn_are_one_paint(canvas: PlotCanvas, window: QWidget) -> None:
    paints = PaintCounter(canvas.viewport())
    neighbor = PaintCounter(window.findChild(QWidget, "neighbor"))
    for step in range(5):
        canvas.draw([lane(10 + step)])
        canvas.show_span(step, 30 + step)
        canvas.set_markers([(step, "here")])
        settle()
        assert paints.count == step + 1
    assert neighbor.count == 0


def test_what_changes_in_the_scene_never_paints_the_window_at_once(
    canvas: PlotCanvas, window: QWidget
) -> None:
    canvas.draw([lane(10)])
    settle()
    updates = EventCounter(window, QEvent.Type.UpdateRequest)
    paints = PaintCounter(canvas.viewport())
    for item in canvas.getPlotItem().listDataItems():
        item.setData(np.arange(9.0), np.arange(9.0))
    settle()
    assert (updates.count, paints.count) == (0, 0)


def test_curves_lie_where_marks_and_numbers_are_placed(canvas: PlotCanvas) -> None:
    for size in ((400, 300), (900, 200), (160, 60)):
        canvas.resize(*size)
        box = canvas.getPlotItem().getViewBox()
        place, area = box.mapRectToScene(box.rect()), canvas.area
        assert (place.left(), place.top()) == pytest.approx((area.left(), area.top()))
        assert (place.right(), place.bottom()) == pytest.approx((area.right(), area.bottom()))
        canvas.show_span(0, 10)
        there = box.mapViewToScene(QPointF(5, 50))
        assert there.x() == pytest.approx(area.center().x(), abs=0.01)
        assert there.y() == pytest.approx(area.center().y(), abs=0.01)


def rows_of(image: QImage, x: int, color: QColor) -> list[int]:
    """Return where in a column of a picture that color stands out."""
    column = ((y, image.pixelColor(x, y)) for y in range(image.height()))
    return [y for y, one in column if one.saturation() > 100 and abs(one.hue() - color.hue()) < 6]


@pytest.mark.parametrize("scale", [1, 2])
def test_a_curve_is_painted_at_its_height_and_as_wide_as_in_the_legend(
    canvas: PlotCanvas, scale: int
) -> None:
    canvas.set_hidden(set(FERPLUS8.names) - {"happy"})
    canvas.draw([lane(10, 0.25)])
    canvas.show_span(0, 9)
    image = QImage(canvas.size() * scale, QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(scale)
    QWidget.render(canvas, image)
    pen = curve_pen("happy", FERPLUS8, PlotTheme.of_palette(QPalette()))
    rows = rows_of(image, 200 * scale, pen.color())
    wanted = canvas.area.bottom() - (25 + 2) / 104 * canvas.area.height()
    assert np.mean(rows) == pytest.approx(scale * wanted, abs=1.5 * scale)
    assert len(rows) == pytest.approx(scale * pen.widthF(), abs=1)


def test_no_line_leads_from_lane_to_lane(canvas: PlotCanvas) -> None:
    canvas.draw([lane(4, 0.5, "a"), lane(6, 1.0, "b")])
    for item in canvas.getPlotItem().listDataItems():
        heights = item.getData()[1] if len(item.getData()[0]) else np.empty(0)
        steps = np.diff(heights)
        assert not np.any(np.abs(steps[np.isfinite(steps)]) > 1)
    upper, lower = (canvas.curve_data("happy", number)[1] for number in (0, 1))
    assert set(upper.tolist()) == {140.0}
    assert set(lower.tolist()) == {80.0}


def test_numbers_are_written_in_the_windows_font(canvas: PlotCanvas) -> None:
    before = canvas.percent_places()[0][0].height()
    font = QFont(canvas.font())
    font.setPointSizeF(2 * font.pointSizeF())
    canvas.setFont(font)
    assert canvas.percent_places()[0][0].height() > 1.5 * before
    for side in ("left", "bottom"):
        assert canvas.getPlotItem().getAxis(side).style["tickFont"].pointSizeF() == (
            font.pointSizeF()
        )


def test_a_wheel_that_turns_sideways_zooms_nothing(canvas: PlotCanvas) -> None:
    shown = canvas.shown_span(), canvas.shown_heights()
    place = canvas.area.center()
    event = QWheelEvent(
        place,
        QPointF(canvas.mapToGlobal(place.toPoint())),
        QPoint(),
        QPoint(120, 0),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(canvas.viewport(), event)
    assert (canvas.shown_span(), canvas.shown_heights()) == shown


def test_a_pointer_that_passes_by_is_not_followed(canvas: PlotCanvas) -> None:
    canvas.draw([lane(10)])
    settle()
    assert not canvas.viewport().hasMouseTracking()


def test_what_is_in_view_is_bounded(canvas: PlotCanvas) -> None:
    canvas.draw([lane(10, title="a"), lane(10, title="b")])
    box = canvas.getPlotItem().getViewBox()
    box.translateBy(y=500)
    assert canvas.shown_heights() == (-2, 202)
    box.scaleBy((1e-6, 1e-6))
    start_s, stop_s = canvas.shown_span()
    low, high = canvas.shown_heights()
    assert (stop_s - start_s, high - low) == (pytest.approx(0.5), pytest.approx(5))
