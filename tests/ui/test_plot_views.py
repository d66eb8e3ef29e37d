"""The probability plot: length of the view, all faces, marks, stills, names, a compared model."""

import csv
import math
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication, QToolButton
from pytestqt.qtbot import QtBot

from ferqt.core.emotions import FER7, FERPLUS8
from ferqt.core.people import People
from ferqt.core.types import FaceResult, FrameResult
from ferqt.ui.docks.plot_dock import PlotPanel
from ferqt.ui.emotion_plot import EmotionPlot
from ferqt.ui.plot_canvas import PlotCanvas
from ferqt.ui.theme import Theme
from tests.helpers.readings import face, sample, scores


def person(track_id: int, name: str = "", **shares: float) -> FaceResult:
    return face(track_id, (0, 0, 100, 100), scores(shares or {"happy": 0.8}), name=name)


def seconds(start: float, stop: float, *faces: FaceResult, rate: int = 30) -> list[FrameResult]:
    steps = range(round(start * rate), round(stop * rate))
    return [sample(step / rate, *faces) for step in steps]


def picture(number: int, *faces: FaceResult) -> FrameResult:
    return FrameResult(None, number, None, number * 1000, faces, "model", name=f"{number}.jpg")


@pytest.fixture
def plot(qtbot: QtBot) -> EmotionPlot:
    plot = EmotionPlot(Theme())
    qtbot.addWidget(plot)
    plot.resize(480, 420)
    plot.show()
    return plot


def canvas(plot: EmotionPlot) -> PlotCanvas:
    return plot.canvas


def last_drawn(plot: EmotionPlot, name: str = "happy") -> float:
    times = canvas(plot).curve_data(name)[0]
    return float(times[-1]) if len(times) else -math.inf


def length(plot: EmotionPlot) -> float:
    start_s, stop_s = canvas(plot).shown_span()
    return stop_s - start_s


def choose(plot: EmotionPlot, text: str) -> None:
    box = plot.header.window_box
    row = box.findText(text)
    assert row >= 0
    box.setCurrentIndex(row)
    box.activated.emit(row)


@pytest.mark.parametrize(("text", "wanted"), [("10 s", 10), ("60 s", 60), ("5 min", 300)])
def test_the_length_of_the_view_can_be_chosen(
    plot: EmotionPlot, qtbot: QtBot, text: str, wanted: float
) -> None:
    plot.add_samples(seconds(0, 400, person(1), rate=5))
    with qtbot.waitSignal(plot.settings_changed):
        choose(plot, text)
    assert plot.window_s == wanted
    qtbot.waitUntil(lambda: length(plot) == pytest.approx(wanted))
    times = canvas(plot).curve_data("happy")[0]
    assert times[0] == pytest.approx(400 - wanted, abs=0.03 * wanted)
    assert times[-1] == pytest.approx(399.8)


def test_all_shows_the_whole_session_however_long_it_is(plot: EmotionPlot, qtbot: QtBot) -> None:
    plot.add_samples(seconds(0, 3600, person(1), rate=2))
    choose(plot, "All")
    qtbot.waitUntil(lambda: length(plot) > 3600)
    times = canvas(plot).curve_data("happy")[0]
    assert times[0] < 17
    assert times[-1] == pytest.approx(3599.5)
    assert 150 < len(times) <= 330


def test_a_length_from_the_settings_is_shown(plot: EmotionPlot) -> None:
    plot.window_s = math.inf
    assert plot.header.window_box.currentText() == "All"
    plot.window_s = 45
    assert plot.header.window_box.currentText() == "45 s"
    texts = [plot.header.window_box.itemText(row) for row in range(6)]
    assert texts == ["10 s", "30 s", "45 s", "60 s", "5 min", "All"]


def test_zooming_in_shows_every_sample(plot: EmotionPlot, qtbot: QtBot) -> None:
    plot.add_samples(seconds(0, 60, person(1)))
    plot.window_s = 60
    qtbot.waitUntil(lambda: last_drawn(plot) > 59)
    assert np.diff(canvas(plot).curve_data("happy")[0]).max() > 0.1
    canvas(plot).show_span(20, 25)
    canvas(plot).taken_over.emit()
    qtbot.waitUntil(lambda: last_drawn(plot) < 26)
    times = canvas(plot).curve_data("happy")[0]
    assert np.diff(times).max() == pytest.approx(1 / 30, abs=0.001)
    assert times[0] == pytest.approx(20, abs=0.04)


def test_a_paused_plot_can_be_looked_through(plot: EmotionPlot, qtbot: QtBot) -> None:
    plot.window_s = 10
    plot.add_samples(seconds(0, 40, person(1)))
    qtbot.waitUntil(lambda: last_drawn(plot) > 39)
    plot.pause_action.trigger()
    plot.add_samples(seconds(40, 50, person(1)))
    canvas(plot).show_span(5, 45)
    canvas(plot).taken_over.emit()
    qtbot.waitUntil(lambda: canvas(plot).curve_data("happy")[0][0] < 6)
    assert last_drawn(plot) == pytest.approx(40, abs=0.05)


def test_all_faces_have_a_lane_each(plot: EmotionPlot, qtbot: QtBot) -> None:
    faces = (person(1, happy=0.5), person(2, "Anna", happy=1.0))
    plot.add_samples([*seconds(0, 5, *faces), *seconds(5, 7, faces[1])])
    with qtbot.waitSignal(plot.settings_changed):
        plot.all_action.trigger()
    qtbot.waitUntil(lambda: list(canvas(plot).lane_titles) == ["Face 1", "Anna"])
    assert plot.header.title == "All faces"
    upper, lower = (canvas(plot).curve_data("happy", lane)[1] for lane in (0, 1))
    assert np.nanmax(upper) == np.nanmin(upper[:-1]) == pytest.approx(100 + 0.5 * 80)
    assert np.nanmax(lower) == pytest.approx(80)
    plot.all_faces = False
    qtbot.waitUntil(lambda: list(canvas(plot).lane_titles) == ["Anna"])
    assert np.nanmax(canvas(plot).curve_data("happy")[1]) == pytest.approx(100)


def test_lanes_are_bounded(plot: EmotionPlot, qtbot: QtBot) -> None:
    plot.add_samples(seconds(0, 1, *(person(number) for number in range(1, 10))))
    plot.all_faces = True
    qtbot.waitUntil(lambda: len(canvas(plot).lane_titles) == 6)


def test_a_hidden_curve_is_hidden_in_every_lane(plot: EmotionPlot, qtbot: QtBot) -> None:
    plot.add_samples(seconds(0, 1, person(1), person(2)))
    plot.legend.switch("happy").click()
    plot.all_faces = True
    qtbot.waitUntil(lambda: len(canvas(plot).lane_titles) == 2)
    assert "happy" not in canvas(plot).visible_names()


def test_a_face_that_left_the_view_is_named(plot: EmotionPlot, qtbot: QtBot) -> None:
    plot.window_s = 10
    plot.set_face(1)
    plot.add_samples([*seconds(0, 1, person(1, "Anna")), *seconds(1, 20, person(2))])
    qtbot.waitUntil(lambda: not canvas(plot).isVisible())
    plot.window_s = 30
    qtbot.waitUntil(canvas(plot).isVisible)
    assert plot.header.title == "Anna"


def test_markers_are_upright_lines_with_words(plot: EmotionPlot, qtbot: QtBot) -> None:
    plot.add_samples(seconds(0, 20, person(1)))
    plot.mark("fer7")
    plot.set_markers([(12.5, "Question 2"), (5.0, "smile")])
    assert canvas(plot).marker_times() == [5.0, 12.5]
    assert canvas(plot).switch_times() == [pytest.approx(20, abs=0.05)]
    shown = lambda: {text for text, _ in canvas(plot).words()}  # noqa: E731
    qtbot.waitUntil(lambda: shown() == {"Question 2", "smile", "fer7"})
    plot.set_markers([(5.0, "smile")])
    qtbot.waitUntil(lambda: shown() == {"smile", "fer7"})
    plot.clear()
    assert canvas(plot).marker_times() == canvas(plot).switch_times() == []


def test_markers_that_are_set_before_the_plot_was_seen_are_kept(qtbot: QtBot) -> None:
    plot = EmotionPlot(Theme())
    qtbot.addWidget(plot)
    plot.set_markers([(1.0, "early")])
    assert canvas(plot).marker_times() == [1.0]


def test_words_that_would_lie_over_each_other_are_left_out(plot: EmotionPlot, qtbot: QtBot) -> None:
    plot.add_samples(seconds(0, 20, person(1)))
    plot.set_markers([(0.1 * number, f"m{number}") for number in range(150)])
    qtbot.waitUntil(lambda: last_drawn(plot) > 19)
    assert 5 <= len(canvas(plot).words()) <= 10


def test_a_word_near_the_right_edge_stands_left_of_its_line(
    plot: EmotionPlot, qtbot: QtBot
) -> None:
    plot.add_samples(seconds(0, 60, person(1)))
    plot.set_markers([(35.0, "a long word"), (58.0, "another long word")])

    def edges() -> list[tuple[float, float]]:
        area = canvas(plot).area
        words = [word for _, word in canvas(plot).words()]
        return [(word.left() - area.left(), area.right() - word.right()) for word in words]

    qtbot.waitUntil(lambda: len(edges()) == 2)
    plot.resize(300, 420)
    qtbot.waitUntil(lambda: all(left >= 0 and right >= -1 for left, right in edges()))


def test_a_single_picture_is_drawn_as_points(plot: EmotionPlot, qtbot: QtBot) -> None:
    plot.add_samples([picture(0, person(1, happy=0.8))])
    qtbot.waitUntil(lambda: len(canvas(plot).dot_data()[0]) == len(FERPLUS8))
    times, heights = canvas(plot).dot_data()
    assert set(times) == {0.0}
    assert heights.max() == pytest.approx(80)
    start_s, _ = canvas(plot).shown_span()
    assert start_s < 0
    assert plot.legend.switch("happy").value == "80%"
    plot.legend.switch("happy").click()
    assert len(canvas(plot).dot_data()[0]) == len(FERPLUS8) - 1


def test_no_line_leads_from_picture_to_picture(plot: EmotionPlot, qtbot: QtBot) -> None:
    plot.add_samples([picture(number, person(1)) for number in range(3)])
    qtbot.waitUntil(lambda: len(canvas(plot).dot_data()[0]) == 3 * len(FERPLUS8))
    assert len(canvas(plot).curve_data("happy")[0]) == 0


def test_a_face_that_is_seen_for_one_frame_is_a_point(plot: EmotionPlot, qtbot: QtBot) -> None:
    plot.add_samples([*seconds(0, 1), sample(1.0, person(1)), *seconds(1.1, 2)])
    qtbot.waitUntil(lambda: len(canvas(plot).dot_data()[0]) == len(FERPLUS8))
    plot.add_samples(seconds(2, 3, person(1)))
    qtbot.waitUntil(lambda: last_drawn(plot) > 2.9)
    assert len(canvas(plot).dot_data()[0]) == len(FERPLUS8)
    plot.clear()
    plot.add_samples(seconds(0, 1, person(1)))
    qtbot.waitUntil(lambda: 0 < last_drawn(plot) < 1)
    assert len(canvas(plot).dot_data()[0]) == 0


def test_names_and_merges_are_taken_over(plot: EmotionPlot, qtbot: QtBot) -> None:
    plot.set_face(2)
    plot.add_samples([*seconds(0, 3, person(1)), *seconds(3, 6, person(2, happy=0.4))])
    qtbot.waitUntil(lambda: plot.header.title == "Face 2")
    plot.set_people(People().renamed(1, "Anna").merged_into(2, 1))
    qtbot.waitUntil(lambda: plot.header.title == "Anna")
    assert plot.shown_face == 1
    times, heights = canvas(plot).curve_data("happy")
    assert (times[0], times[-1]) == (0, pytest.approx(6, abs=0.05))
    assert {round(float(height)) for height in heights if np.isfinite(height)} == {40, 80}


def test_a_compared_model_changes_nothing(plot: EmotionPlot, qtbot: QtBot) -> None:
    compared = face(
        1,
        (0, 0, 9, 9),
        scores({"happy": 0.6}, FERPLUS8),
        other=scores({"sad": 0.9}, FER7),
    )
    plot.add_samples(seconds(0, 1, compared))
    qtbot.waitUntil(lambda: last_drawn(plot) > 0.9)
    assert canvas(plot).curve_data("happy")[1][-1] == pytest.approx(60)
    assert canvas(plot).visible_names() == set(FERPLUS8.names)


def test_the_table_has_the_shown_faces_and_the_whole_session(
    plot: EmotionPlot, tmp_path: Path
) -> None:
    plot.add_samples(seconds(0, 300, person(1), person(2), rate=10))
    plot.save_csv(tmp_path / "one.csv")
    plot.all_faces = True
    plot.save_csv(tmp_path / "all.csv")
    one = list(csv.DictReader((tmp_path / "one.csv").open(newline="")))
    both = list(csv.DictReader((tmp_path / "all.csv").open(newline="")))
    assert {row["face_id"] for row in one} == {"1"}
    assert {row["face_id"] for row in both} == {"1", "2"}
    times = [float(row["time_s"]) for row in one]
    assert times == sorted(times)
    assert (times[0], times[-1]) == (0.0, 299.9)
    # The last two minutes are there in full, what is older is thinned out.
    assert sum(time >= 180 for time in times) == 1200
    assert 300 < sum(time < 180 for time in times) < 1800


def test_controls_are_named_and_the_way_back_appears_when_it_is_needed(
    plot: EmotionPlot, qtbot: QtBot
) -> None:
    buttons = plot.header.findChildren(QToolButton)
    assert all(button.accessibleName() and button.toolTip() for button in buttons)
    assert plot.header.window_box.accessibleName()
    back = next(one for one in buttons if one.defaultAction() is plot.follow_action)
    assert not back.isVisible()
    plot.add_samples(seconds(0, 5, person(1)))
    qtbot.waitUntil(lambda: last_drawn(plot) > 4)
    canvas(plot).taken_over.emit()
    assert back.isVisible()
    qtbot.mouseClick(back, Qt.MouseButton.LeftButton)
    assert not back.isVisible()


def test_the_panel_passes_on_what_it_is_told(qtbot: QtBot) -> None:
    panel = PlotPanel(Theme())
    qtbot.addWidget(panel)
    panel.add_samples(seconds(0, 1, person(1), person(2)))
    panel.set_selected(2)
    assert panel.plot.shown_face == 2
    panel.set_people(People().merged_into(2, 1))
    assert panel.plot.shown_face == 1
    panel.set_markers([(0.5, "here")])
    assert canvas(panel.plot).marker_times() == [0.5]
    panel.clear()
    assert panel.plot.shown_face is None


def turn_wheel(canvas: PlotCanvas, place: QPointF) -> None:
    QApplication.sendEvent(
        canvas.viewport(),
        QWheelEvent(
            place,
            QPointF(canvas.mapToGlobal(place.toPoint())),
            QPoint(),
            QPoint(0, 120),
            Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.NoModifier,
            Qt.ScrollPhase.NoScrollPhase,
            False,
        ),
    )


def test_the_wheel_zooms_around_the_pointer(plot: EmotionPlot, qtbot: QtBot) -> None:
    plot.add_samples(seconds(0, 40, person(1)))
    qtbot.waitUntil(lambda: last_drawn(plot) > 39)
    start_s, stop_s = canvas(plot).shown_span()
    area = canvas(plot).area
    turn_wheel(canvas(plot), QPointF(area.left(), area.center().y()))
    assert canvas(plot).shown_span() == (
        pytest.approx(start_s),
        pytest.approx(start_s + 0.8 * (stop_s - start_s)),
    )
    zoomed = canvas(plot).shown_span()
    turn_wheel(canvas(plot), QPointF(5, area.center().y()))
    assert canvas(plot).shown_span() == zoomed
    assert canvas(plot).shown_heights() == (pytest.approx(8.4, abs=1), pytest.approx(91.6, abs=1))


def test_dragging_moves_the_view_but_not_beyond_the_lanes(plot: EmotionPlot, qtbot: QtBot) -> None:
    plot.add_samples(seconds(0, 40, person(1)))
    qtbot.waitUntil(lambda: last_drawn(plot) > 39)
    start_s, stop_s = canvas(plot).shown_span()
    middle = canvas(plot).area.center().toPoint()
    viewport = canvas(plot).viewport()
    qtbot.mousePress(viewport, Qt.MouseButton.LeftButton, pos=middle)
    there = middle + QPoint(round(canvas(plot).area.width() / 4), 50)
    qtbot.mouseMove(viewport, there)
    qtbot.mouseRelease(viewport, Qt.MouseButton.LeftButton, pos=there)
    moved_s = start_s - canvas(plot).shown_span()[0]
    assert moved_s == pytest.approx((stop_s - start_s) / 4, abs=0.2)
    assert canvas(plot).shown_heights() == (-2, 102)
    assert plot.follow_action.isEnabled()
    qtbot.mouseDClick(viewport, Qt.MouseButton.LeftButton, pos=middle)
    assert not plot.follow_action.isEnabled()


def test_numbers_of_percents_never_lie_over_each_other(plot: EmotionPlot, qtbot: QtBot) -> None:
    plot.add_samples(seconds(0, 5, person(1)))
    qtbot.waitUntil(lambda: last_drawn(plot) > 4)
    height = canvas(plot).fontMetrics().height()
    for px in (30, 60, 120, 300):
        canvas(plot).resize(300, px)
        tops = [place.top() for place, _ in canvas(plot).percent_places()]
        assert tops
        assert np.all(np.diff(tops) >= height)
