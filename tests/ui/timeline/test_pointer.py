"""What the mouse does to a timeline."""

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QNativeGestureEvent, QPointingDevice
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from ferqt.core.session_document import TimeRange
from tests.helpers.timelines import CTRL, LEFT, MIDDLE, SHIFT, click, drag, point, turn_wheel


def heard(signal):
    told = []
    signal.connect(lambda *values: told.append(values))
    return told


def test_a_click_seeks_the_frame_under_it_with_its_own_time(view, minute):
    told = heard(view.seek_requested)
    click(view, point(view, 20.0))
    ((time_s, frame),) = told
    assert time_s in minute.table.timestamp
    assert frame == round(time_s * 30)
    assert time_s == pytest.approx(20.0, abs=0.1)
    assert view.state.position_s == time_s


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9])
def test_a_click_anywhere_on_a_wide_frame_seeks_that_frame(view, share):
    view.canvas.set_scale(view.state.scale.showing(20.0, 20.4))
    told = heard(view.seek_requested)
    click(view, point(view, 20 + (4 + share) / 30))
    assert told == [(pytest.approx(20 + 4 / 30), 604)]


def test_dragging_scrubs_from_frame_to_frame(view):
    told = heard(view.seek_requested)
    drag(view, point(view, 10), point(view, 30))
    assert [round(time_s) for time_s, _ in told] == [10, 20, 30]


def test_a_click_on_a_strip_selects_its_face_and_seeks(view):
    faces, seeks = heard(view.face_selected), heard(view.seek_requested)
    click(view, point(view, 30, "strip", 1))
    assert faces == [(2,)]
    assert len(seeks) == 1
    click(view, QPoint(40, view.canvas.lanes.strip(0).center().y()))
    assert faces == [(2,), (1,)]
    assert len(seeks) == 1


def test_dragging_with_shift_marks_whole_frames(view):
    told = heard(view.range_changed)
    drag(view, point(view, 10), point(view, 20), SHIFT)
    chosen = told[-1][0]
    axis = view.state.axis
    assert chosen.start_s == axis.time_of(axis.at(chosen.start_s))
    assert chosen.end_s == pytest.approx(axis.end_of(axis.at(chosen.end_s - 0.01)))
    assert (chosen.start_s, chosen.end_s) == (
        pytest.approx(10, abs=0.1),
        pytest.approx(20, abs=0.15),
    )


def test_a_range_can_be_dragged_open_to_the_left(view):
    told = heard(view.range_changed)
    drag(view, point(view, 20), point(view, 10), SHIFT)
    assert told[-1][0].start_s == pytest.approx(10, abs=0.1)


def test_handles_change_the_range(view):
    view.set_range(TimeRange(20, 30))
    told, seeks = heard(view.range_changed), heard(view.seek_requested)
    lanes = view.canvas.lanes
    handle = point(view, 20, "ruler") + QPoint(-4, lanes.ruler.height() // 2 - 4)
    drag(view, handle, handle - QPoint(140, 0))
    assert told[-1][0].start_s < 20
    assert told[-1][0].end_s == 30
    assert seeks == []


def test_a_handle_does_not_pass_the_other_one(view):
    view.set_range(TimeRange(20, 30))
    handle = point(view, 20, "ruler") + QPoint(-4, 8)
    drag(view, handle, point(view, 50, "ruler"))
    assert view.state.chosen.start_s < 30


def test_double_click_marks_the_stretch_of_an_expression(view):
    told = heard(view.range_changed)
    run = view.state.prepared.faces[1].lead.run_at(30.0)
    QTest.mouseDClick(
        view.canvas, LEFT, Qt.KeyboardModifier.NoModifier, point(view, 30, "strip", 1)
    )
    assert told == [(TimeRange(run.start_s, run.end_s),)]


def test_double_click_marks_an_episode(view):
    told = heard(view.range_changed)
    episode = max(view.state.episodes.episodes, key=lambda one: one.duration_s)
    middle = (episode.start_s + episode.end_s) / 2
    place = point(view, middle, "episodes")
    QTest.mouseDClick(view.canvas, LEFT, Qt.KeyboardModifier.NoModifier, place)
    assert told == [(TimeRange(episode.start_s, episode.end_s),)]


def test_double_click_on_a_flag_opens_the_marker(view, minute):
    told = heard(view.marker_edit_requested)
    place = point(view, minute.markers[0].time_s, "markers")
    QTest.mouseDClick(view.canvas, LEFT, Qt.KeyboardModifier.NoModifier, place)
    assert told == [(minute.markers[0],)]


def test_the_wheel_with_ctrl_zooms_around_the_pointer(view):
    place = point(view, 45.0)
    before = view.canvas.time_at(place)
    turn_wheel(view, place, 4, CTRL)
    assert view.state.scale.span_s < 30
    assert view.canvas.time_at(place) == pytest.approx(before)
    turn_wheel(view, place, -8, CTRL)
    assert view.state.scale.shows_all


def test_the_wheel_moves_the_view(view):
    view.canvas.set_scale(view.state.scale.showing(20, 30))
    turn_wheel(view, point(view, 25), -1)
    assert view.state.scale.start_s == pytest.approx(21)
    turn_wheel(view, point(view, 25), 2, SHIFT)
    assert view.state.scale.start_s == pytest.approx(19)


def test_the_middle_button_drags_the_view(view):
    view.canvas.set_scale(view.state.scale.showing(20, 30))
    seeks = heard(view.seek_requested)
    start = point(view, 25)
    drag(view, start, start - QPoint(100, 0), button=MIDDLE)
    px = view.state.scale.px_per_s
    assert view.state.scale.start_s == pytest.approx(20 + 100 / px, abs=1.5 / px)
    assert seeks == []


def test_scrubbing_at_the_edge_pulls_the_view_along(qtbot, view):
    view.canvas.set_scale(view.state.scale.showing(20, 30))
    lanes = view.canvas.lanes
    edge = QPoint(lanes.left + lanes.time_width - 2, lanes.ruler.center().y())
    QTest.mousePress(view.canvas, LEFT, Qt.KeyboardModifier.NoModifier, point(view, 25, "ruler"))
    QTest.mouseMove(view.canvas, edge)
    qtbot.waitUntil(lambda: view.state.scale.start_s > 20.5)
    assert view.state.position_s > 30
    QTest.mouseRelease(view.canvas, LEFT, Qt.KeyboardModifier.NoModifier, edge)


def test_a_press_in_the_legend_hides_a_curve(view):
    lanes = view.canvas.lanes
    click(view, QPoint(20, lanes.curves.top() + 8))
    assert view.state.hidden == {view.state.names[0]}
    click(view, QPoint(20, lanes.curves.top() + 8))
    assert view.state.hidden == set()


def test_the_map_moves_and_widens_the_view(view):
    view.canvas.set_scale(view.state.scale.showing(20, 30))
    overview = view.overview
    # Beside the frame: what was pressed comes to lie in the middle.
    QTest.mouseClick(
        overview, LEFT, Qt.KeyboardModifier.NoModifier, QPoint(overview.width() - 100, 14)
    )
    scale = view.state.scale
    assert scale.start_s > 40
    assert scale.span_s == pytest.approx(10)


def test_two_fingers_zoom_around_the_pointer(view):
    place = QPointF(point(view, 45.0))
    before = view.canvas.time_at(place)
    event = QNativeGestureEvent(
        Qt.NativeGestureType.ZoomNativeGesture,
        QPointingDevice.primaryPointingDevice(),
        2,
        place,
        place,
        QPointF(view.canvas.mapToGlobal(place)),
        1.0,
        QPointF(),
    )
    QApplication.sendEvent(view.canvas, event)
    assert view.state.scale.span_s == pytest.approx(30)
    assert view.canvas.time_at(place) == pytest.approx(before)
