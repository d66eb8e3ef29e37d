"""What a person chose in a panel is there in the next window."""

import math
from collections.abc import Callable
from pathlib import Path

from ferqt.settings import Settings
from ferqt.ui.main_window import MainWindow
from ferqt.ui.plot_header import PlotHeader


def choose_length(header: PlotHeader, seconds: float) -> None:
    row = header.window_box.findData(seconds)
    header.window_box.setCurrentIndex(row)
    header.window_box.activated.emit(row)


def test_the_next_window_shows_what_was_chosen_in_the_last(
    open_window: Callable[[], MainWindow], settings: Settings
) -> None:
    first = open_window()
    plot, affect = first.parts.panels.probabilities.plot, first.parts.panels.affect
    assert (plot.window_s, plot.all_faces) == (30, False)
    assert (affect.trail_s, affect.all_faces) == (10, False)
    choose_length(plot.header, math.inf)
    plot.all_action.trigger()
    row = affect.length_box.findData(60)
    affect.length_box.setCurrentIndex(row)
    affect.length_box.activated.emit(row)
    affect.all_action.trigger()
    first.close()

    again = open_window()
    plot, affect = again.parts.panels.probabilities.plot, again.parts.panels.affect
    assert (plot.window_s, plot.all_faces) == (math.inf, True)
    assert (affect.trail_s, affect.all_faces) == (60, True)
    assert plot.header.window_box.currentText() == "All"
    assert affect.length_box.currentData() == 60


def test_a_length_that_nobody_offers_is_not_taken_from_the_file(tmp_path: Path) -> None:
    file = tmp_path / "settings.json"
    file.write_text('{"panels.plot_seconds": -3, "panels.trail_seconds": "long"}')
    settings = Settings.load(file)
    assert len(settings.notices) >= 1
