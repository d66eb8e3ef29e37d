import csv
import math
import time
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QImage, QPalette, QWheelEvent
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from ferqt.core.emotions import EMOTIONS, FER7, FERPLUS8
from ferqt.core.types import FaceResult, FrameResult
from ferqt.errors import OutputError
from ferqt.ui.emotion_plot import EmotionPlot
from ferqt.ui.plot_styles import PlotTheme, contrast, curve_pen
from ferqt.ui.theme import Theme
from tests.helpers.paints import PaintCounter
from tests.helpers.readings import face, sample, scores


def person(track_id: int, **shares: float) -> FaceResult:
    return face(track_id, (0, 0, 100, 100), scores(shares or {"happy": 0.8}))


def seconds(start: float, stop: float, *faces: FaceResult) -> list[FrameResult]:
    return [sample(step / 30, *faces) for step in range(round(start * 30), round(stop * 30))]


@pytest.fixture
def plot(qtbot: QtBot) -> EmotionPlot:
    plot = EmotionPlot(Theme())
    qtbot.addWidget(plot)
    plot.resize(360, 340)
    plot.set_labels(FERPLUS8)
    plot.show()
    return plot


def test_the_plot_leaves_room_for_others_in_a_small_window(plot: EmotionPlot) -> None:
    plot.add_samples(seconds(0, 1, person(1)))
    assert plot.minimumSizeHint().height() <= 208


def empty_text(plot: EmotionPlot) -> QLabel:
    return plot.findChild(QLabel, "Muted")


def curve(plot: EmotionPlot, name: str) -> tuple[np.ndarray, np.ndarray]:
    return plot.canvas.curve_data(name)


def shown_span(plot: EmotionPlot) -> tuple[float, float]:
    return plot.canvas.shown_span()


def test_without_a_face_the_plot_says_what_will_come(plot: EmotionPlot, qtbot: QtBot) -> None:
    assert empty_text(plot).isVisible()
    assert "No face yet" in empty_text(plot).text()
    plot.add_samples(seconds(0, 1, person(1)))
    qtbot.waitUntil(lambda: not empty_text(plot).isVisible())
    plot.clear()
    qtbot.waitUntil(empty_text(plot).isVisible)


def test_a_chosen_face_that_is_gone_is_named(plot: EmotionPlot, qtbot: QtBot) -> None:
    plot.add_samples(seconds(0, 1, person(1)))
    plot.set_face(7)
    qtbot.waitUntil(lambda: "Face 7" in empty_text(plot).text())
    assert empty_text(plot).isVisible()


def test_curves_show_the_smoothed_scores_in_percent_over_seconds(
    plot: EmotionPlot, qtbot: QtBot
) -> None:
    plot.add_samples(
        [
            sample(
                step / 30,
                face(
                    1,
                    (0, 0, 9, 9),
                    scores({"sad": 0.9}),
                    smoothed=scores({"happy": step / 100}),
                ),
            )
            for step in range(90)
        ]
    )
    qtbot.waitUntil(lambda: len(curve(plot, "happy")[0]) == 90)
    x, y = curve(plot, "happy")
    assert np.allclose(x, np.arange(90) / 30, atol=0.001)
    assert np.allclose(y, np.arange(90), atol=0.01)


def test_the_view_moves_with_the_newest_seconds(plot: EmotionPlot, qtbot: QtBot) -> None:
    plot.window_s = 5
    plot.add_samples(seconds(0, 12, person(1)))
    last = 12 - 1 / 30
    qtbot.waitUntil(lambda: shown_span(plot) == pytest.approx((last - 5, last), abs=0.1))
    x, _ = curve(plot, "happy")
    assert x[0] >= last - 5.1


def test_the_first_seconds_grow_into_an_empty_view(plot: EmotionPlot, qtbot: QtBot) -> None:
    plot.add_samples(seconds(3, 5, person(1)))
    qtbot.waitUntil(lambda: shown_span(plot) == pytest.approx((3, 33), abs=0.5))


def test_long_spans_are_thinned_and_keep_their_ends(plot: EmotionPlot, qtbot: QtBot) -> None:
    plot.add_samples(seconds(0, 20, person(1)))
    qtbot.waitUntil(lambda: len(curve(plot, "happy")[0]) > 0)
    x, _ = curve(plot, "happy")
    assert 100 < len(x) <= 330
    assert x[-1] == pytest.approx(20 - 1 / 30, abs=0.001)
    assert np.diff(x).max() < 0.2


def test_the_first_face_is_followed_until_it_is_gone(plot: EmotionPlot, qtbot: QtBot) -> None:
    plot.add_samples(seconds(0, 1, person(3), person(5)))
    qtbot.waitUntil(lambda: plot.shown_face == 3)
    plot.add_samples(seconds(1, 1.5, person(5)))
    qtbot.wait(80)
    assert plot.shown_face == 3
    plot.add_samples(seconds(1.5, 3, person(5)))
    qtbot.waitUntil(lambda: plot.shown_face == 5)


def test_the_selected_face_is_shown(plot: EmotionPlot, qtbot: QtBot) -> None:
    plot.add_samples(seconds(0, 1, person(1, happy=0.8), person(2, sad=0.9)))
    plot.set_face(2)
    assert plot.shown_face == 2
    qtbot.waitUntil(lambda: curve(plot, "sad")[1][-1:] == pytest.approx([90]))
    plot.set_face(None)
    qtbot.waitUntil(lambda: plot.shown_face == 1)


def test_a_lost_face_leaves_a_gap(plot: EmotionPlot, qtbot: QtBot) -> None:
    plot.add_samples([*seconds(0, 1, person(1)), *seconds(1, 1.5), *seconds(1.5, 2, person(1))])
    qtbot.waitUntil(lambda: len(curve(plot, "happy")[0]) == 46)
    x, y = curve(plot, "happy")
    assert np.flatnonzero(np.isnan(y)).tolist() == [30]
    assert x[30] == pytest.approx(1, abs=0.001)


def test_a_click_in_the_legend_hides_and_shows_a_curve(plot: EmotionPlot, qtbot: QtBot) -> None:
    plot.add_samples(seconds(0, 1, person(1)))
    switch = plot.legend.switch("happy")
    qtbot.mouseClick(switch, Qt.MouseButton.LeftButton)
    assert plot.canvas.visible_names() == set(EMOTIONS) - {"happy"}
    qtbot.keyClick(switch, Qt.Key.Key_Space)
    assert plot.canvas.visible_names() == set(EMOTIONS)


def test_a_hidden_curve_stays_hidden_when_the_model_changes(plot: EmotionPlot) -> None:
    plot.legend.switch("happy").click()
    plot.set_labels(FER7)
    assert plot.canvas.visible_names() == set(FER7.names) - {"happy"}
    assert not plot.legend.switch("happy").isChecked()


def test_the_legend_tells_the_newest_value(plot: EmotionPlot, qtbot: QtBot) -> None:
    plot.add_samples(seconds(0, 1, person(1, happy=0.83)))
    qtbot.waitUntil(lambda: plot.legend.switch("happy").value == "83%")
    plot.add_samples(seconds(1, 2))
    qtbot.waitUntil(lambda: plot.legend.switch("happy").value == "")


def test_another_models_classes_keep_what_both_know(plot: EmotionPlot, qtbot: QtBot) -> None:
    plot.add_samples(seconds(0, 1, person(1, happy=0.8)))
    plot.mark("fer7")
    plot.set_labels(FER7)
    other = face(1, (0, 0, 9, 9), scores({"happy": 0.6}, FER7))
    plot.add_samples(seconds(1, 2, other))
    qtbot.waitUntil(lambda: len(curve(plot, "happy")[0]) == 60)
    assert plot.canvas.visible_names() == set(FER7.names)
    y = curve(plot, "happy")[1]
    assert (y[0], y[-1]) == (pytest.approx(80), pytest.approx(60))
    assert plot.canvas.switch_times() == [pytest.approx(29 / 30, abs=0.001)]


def test_pause_holds_the_curves_and_loses_nothing(plot: EmotionPlot, qtbot: QtBot) -> None:
    plot.add_samples(seconds(0, 1, person(1)))
    qtbot.waitUntil(lambda: len(curve(plot, "happy")[0]) == 30)
    plot.pause_action.trigger()
    plot.add_samples(seconds(1, 2, person(1)))
    qtbot.wait(100)
    assert len(curve(plot, "happy")[0]) == 30
    assert np.allclose(curve(plot, "happy")[0], np.arange(30) / 30, atol=0.001)
    plot.pause_action.trigger()
    qtbot.waitUntil(lambda: len(curve(plot, "happy")[0]) == 60)


def zoom(plot: EmotionPlot) -> None:
    canvas = plot.canvas
    middle = canvas.area.center()
    QApplication.sendEvent(
        canvas.viewport(),
        QWheelEvent(
            middle,
            QPointF(canvas.mapToGlobal(middle.toPoint())),
            QPoint(),
            QPoint(0, 240),
            Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.NoModifier,
            Qt.ScrollPhase.NoScrollPhase,
            False,
        ),
    )


def test_a_zoomed_view_stays_until_auto_is_asked_for(plot: EmotionPlot, qtbot: QtBot) -> None:
    plot.add_samples(seconds(0, 10, person(1)))
    qtbot.waitUntil(lambda: len(curve(plot, "happy")[0]) > 0)
    assert not plot.follow_action.isEnabled()
    zoom(plot)
    assert plot.follow_action.isEnabled()
    zoomed = shown_span(plot)
    assert zoomed[1] - zoomed[0] < 30
    plot.add_samples(seconds(10, 12, person(1)))
    qtbot.wait(100)
    assert shown_span(plot) == pytest.approx(zoomed)
    plot.follow_action.trigger()
    qtbot.waitUntil(lambda: shown_span(plot) == pytest.approx((0, 30), abs=0.5))
    assert not plot.follow_action.isEnabled()


def test_drawing_is_limited_whatever_the_rate_of_samples(plot: EmotionPlot, qtbot: QtBot) -> None:
    paints = PaintCounter(plot.canvas.viewport())
    started = time.monotonic()
    for step in range(300):
        plot.add_samples([sample(step / 300, person(1))])
        QApplication.processEvents()
        time.sleep(0.001)
    spent = time.monotonic() - started
    assert 1 <= paints.count <= spent / 0.033 + 2


def test_a_hidden_plot_draws_nothing(plot: EmotionPlot, qtbot: QtBot) -> None:
    plot.hide()
    paints = PaintCounter(plot.canvas.viewport())
    plot.add_samples(seconds(0, 1, person(1)))
    qtbot.wait(100)
    assert paints.count == 0
    plot.show()
    qtbot.waitUntil(lambda: paints.count > 0)


def test_the_curves_are_saved_as_a_table(plot: EmotionPlot, tmp_path: Path, qtbot: QtBot) -> None:
    plot.add_samples([*seconds(0, 1, person(4, happy=0.8)), *seconds(1, 1.5)])
    qtbot.waitUntil(lambda: plot.shown_face == 4)
    plot.save_csv(tmp_path / "curves.csv")
    rows = list(csv.DictReader((tmp_path / "curves.csv").open(newline="")))
    assert list(rows[0]) == ["time_s", "face_id", *(f"{name}_smoothed" for name in FERPLUS8.names)]
    assert rows[1]["time_s"] == "0.033"
    assert rows[1]["face_id"] == "4"
    assert float(rows[1]["happy_smoothed"]) == pytest.approx(0.8)
    assert rows[30]["happy_smoothed"] == ""
    assert len(rows) == 31


def test_the_curves_are_saved_as_a_picture(plot: EmotionPlot, tmp_path: Path, qtbot: QtBot) -> None:
    plot.add_samples(seconds(0, 20, person(4, happy=0.8)))
    qtbot.waitUntil(lambda: len(curve(plot, "happy")[0]) > 0)
    plot.save_png(tmp_path / "curves.png")
    image = QImage(str(tmp_path / "curves.png"))
    assert (image.width(), image.height()) == (720, 680)
    theme = PlotTheme.of_palette(plot.palette())
    wanted = curve_pen("happy", FERPLUS8, theme).color().hue()
    column = [image.pixelColor(400, y) for y in range(80, 400)]
    assert any(abs(color.hue() - wanted) < 6 and color.saturation() > 100 for color in column)


def test_a_file_that_cannot_be_written_is_told(plot: EmotionPlot, tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="no curves"):
        plot.save_csv(tmp_path / "curves.csv")
    plot.add_samples(seconds(0, 1, person(1)))
    (tmp_path / "file").write_bytes(b"")
    for save in (plot.save_png, plot.save_csv):
        with pytest.raises(OutputError, match="cannot write"):
            save(tmp_path / "file" / "curves")


@pytest.mark.parametrize("dark", [False, True])
def test_the_plot_takes_the_windows_colors(
    plot: EmotionPlot, qapp: QApplication, *, dark: bool
) -> None:
    # The style of a window that was there before would go before the palette.
    qapp.setStyleSheet("")
    palette = QPalette()
    palette.setColor(QPalette.ColorRole.Window, QColor("#101214" if dark else "#FAFAFA"))
    palette.setColor(QPalette.ColorRole.WindowText, QColor("#F0F0F0" if dark else "#101010"))
    plot.setPalette(palette)
    painted = plot.canvas.grab().toImage().pixelColor(2, 2)
    assert painted == palette.color(QPalette.ColorRole.Window)


@pytest.mark.parametrize("ground", ["#101214", "#FFFFFF", "#F6F7F8", "#1E1F22"])
def test_curves_differ_by_pattern_and_stand_out_from_any_ground(ground: str, qapp: object) -> None:
    theme = PlotTheme(QColor(ground), QColor("#888888"), QColor("#888888"), QColor("#888888"))
    pens = [curve_pen(name, FERPLUS8, theme) for name in FERPLUS8.names]
    looks = {(tuple(pen.dashPattern()), pen.widthF()) for pen in pens}
    assert len(looks) == len(pens)
    assert all(contrast(pen.color(), theme.background) >= 2.2 for pen in pens)


def test_a_window_that_cannot_be_is_refused(plot: EmotionPlot) -> None:
    for seconds_ in (0, -1, math.nan):
        with pytest.raises(ValueError, match="the plot shows"):
            plot.window_s = seconds_
