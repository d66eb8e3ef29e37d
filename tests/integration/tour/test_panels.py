"""What each panel is for, done in the real window."""

import csv
import io
from pathlib import Path

import pandas as pd
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QGuiApplication, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QMessageBox, QPushButton, QWidget

from ferqt.core.markers import Marker
from ferqt.ui.dialogs.marker import MarkerDialog
from ferqt.ui.dialogs.model_details import ModelDetailsDialog
from ferqt.ui.docks.face_table import FaceColumn
from ferqt.ui.docks.gallery_actions import FileAction
from ferqt.ui.docks.marker_table import MarkerColumn
from ferqt.ui.docks.model_card import ModelCardView
from tests.helpers.tour import FIRST, SECOND, Tour


def click(widget: QWidget) -> None:
    QTest.mouseClick(widget, Qt.MouseButton.LeftButton)


def modal() -> QWidget | None:
    return QApplication.activeModalWidget()


def button(card: ModelCardView, text: str) -> QAbstractButton:
    (found,) = (one for one in card.findChildren(QPushButton) if one.text() == text)
    return found


def merge_entry(tour: Tour, track_id: int, into: int) -> QAction:
    """The entry that merges the selected face with another."""
    panel = tour.window.parts.panels.faces
    tour.window.parts.selection.select(track_id)
    tour.until(lambda: panel.view.selectionModel().hasSelection(), why="the row")
    panel.merge_menu.aboutToShow.emit()
    (entry,) = (one for one in panel.merge_menu.actions() if one.text().startswith(f"Face {into}"))
    return entry


def test_a_panel_that_the_menu_brings_back_is_in_front(tour: Tour) -> None:
    dock = tour.window.docking.docks["faces"]
    tour.window.docking.show("faces")
    tour.until(lambda: not dock.visibleRegion().isEmpty())
    dock.toggle_action.trigger()
    assert not dock.isVisible()
    dock.toggle_action.trigger()
    tour.until(lambda: not dock.visibleRegion().isEmpty(), why="the panel in sight")


def test_a_model_is_compared_looked_at_and_used_from_its_card(tour: Tour) -> None:
    answering = tour.session.card.id
    other = SECOND if answering == FIRST else FIRST
    tour.window.docking.show("models")
    card = tour.window.parts.panels.models.card(other)
    alone = len(tour.said())

    click(button(card, "Compare"))
    tour.until(lambda: card.state.compared and tour.shown.other_model_id == other)
    assert all(face.other is not None for face in tour.shown.faces)
    assert len(tour.said()) > alone
    click(button(card, "Compare"))
    tour.until(lambda: not card.state.compared and tour.shown.other_model_id == "")
    assert len(tour.said()) == alone

    click(button(card, "Details"))
    tour.dismiss(ModelDetailsDialog)

    click(button(card, "Use"))
    tour.until(lambda: tour.shown.model_id == other, why="the paused picture, read anew")
    assert card.state.active
    assert tour.window.tool_bar.model_box.currentData() == other


def test_a_name_that_is_written_in_the_table_is_said_everywhere(tour: Tour) -> None:
    panels = tour.window.parts.panels
    tour.window.docking.show("faces")
    tour.window.parts.selection.select(1)
    tour.until(panels.faces.rename_action.isEnabled)
    panels.faces.rename_action.trigger()
    tour.write("Ada")
    tour.press("Return")
    tour.until(lambda: tour.face(1).name == "Ada", why="the name in a paused picture")

    assert "Ada" in tour.said()
    row = panels.faces.table.row_of(1)
    assert panels.faces.table.index(row, FaceColumn.NAME).data() == "Ada"
    for panel_id, told in (
        ("statistics", lambda: panels.statistics.faces.currentText().endswith("Ada")),
        ("probabilities", lambda: panels.probabilities.plot.header.title == "Ada"),
    ):
        tour.window.docking.show(panel_id)
        tour.until(told, why=f"the name in {panel_id}")
    tour.session.rename_face(1, "")


def test_two_faces_in_one_picture_are_not_merged(tour: Tour) -> None:
    tour.window.docking.show("faces")
    merge_entry(tour, 1, 2).trigger()
    tour.until(lambda: tour.told("The faces were not merged"))
    tour.live(0.2)
    assert [face.face.track_id for face in tour.shown.faces] == [1, 2]


def test_a_face_that_came_back_is_merged_with_who_it_was(tour: Tour) -> None:
    panels = tour.window.parts.panels
    tour.window.docking.show("faces")
    tour.open(tour.return_clip, 5)
    tour.until(lambda: [one.face.track_id for one in tour.shown.faces] == [1, 2])
    tour.go_to(20)
    tour.until(lambda: [one.face.track_id for one in tour.shown.faces] == [1, 3])

    merge_entry(tour, 3, 2).trigger()
    tour.until(lambda: [one.face.track_id for one in tour.shown.faces] == [1, 2])
    tour.until(lambda: [one.track_id for one in panels.faces.table.entries] == [1, 2])
    assert tour.window.parts.selection.track_id == 2
    assert panels.faces.selected_id == 2
    assert "2" in tour.said()
    assert panels.statistics.statistics.track_ids == (1, 2)


def test_a_neutral_face_is_not_taken_from_a_picture_that_stands_still(tour: Tour) -> None:
    panel = tour.window.parts.panels.faces
    tour.window.docking.show("faces")
    tour.window.parts.selection.select(1)
    tour.until(panel.baseline_action.isEnabled)
    panel.baseline_action.trigger()
    tour.until(lambda: tour.told("The neutral face was not learned"))


def test_statistics_are_copied_saved_and_begun_anew(tour: Tour) -> None:
    panel = tour.window.parts.panels.statistics
    tour.window.docking.show("statistics")
    panel.reset_action.trigger()
    tour.play()
    tour.until(lambda: len(tour.results) >= 5)
    tour.session.set_paused(True)
    tour.live(0.3)
    read = sum(len(result.faces) for result in tour.results)

    panel.copy_action.trigger()
    rows = list(csv.DictReader(io.StringIO(QGuiApplication.clipboard().text()), delimiter="\t"))
    assert {row["face_id"] for row in rows} == {"", "1", "2"}
    counted = {row["face_id"]: int(row["face_frames"]) for row in rows}
    assert counted["1"] + counted["2"] <= counted[""] == read
    tour.until(lambda: f"{read:,}" in panel.summary, why="the frames in the summary")

    tour.chosen = str(tour.home / "statistics.csv")
    panel.save_action.trigger()
    assert tour.told("Statistics saved")
    assert pd.read_csv(tour.chosen).face_frames.max() == read

    panel.reset_action.trigger()
    assert panel.statistics.of_all().frames == 0


def test_the_gallery_opens_and_deletes_the_screenshot_just_taken(tour: Tour) -> None:
    gallery = tour.window.parts.panels.gallery
    tour.window.docking.show("gallery")
    tour.press("S")
    tour.until(lambda: tour.told("Screenshot saved"))
    name = next(notice.text for notice in tour.notices if notice.title == "Screenshot saved")
    path = tour.home / "shots" / name
    tour.until(lambda: any(shot.path == path for shot in gallery.shots.shots))
    shot = next(shot for shot in gallery.shots.shots if shot.path == path)
    assert shot is gallery.shots.shots[0], "the newest comes first"

    gallery.view.choose(shot)
    gallery.actions_by_id.action(FileAction.VIEW).trigger()
    viewer = gallery.viewer
    assert viewer is not None
    tour.until(lambda: len(viewer.readings.readings) == 2)
    tour.until(viewer.isActiveWindow)
    closed = tour.asked_to_close
    tour.press("Esc")
    tour.until(lambda: not viewer.isVisible())
    assert tour.asked_to_close == closed
    tour.back()

    gallery.actions_by_id.action(FileAction.REMOVE).trigger()
    while path.exists():
        box = tour.dialog(QMessageBox)
        (yes,) = (
            one
            for one in box.buttons()
            if box.buttonRole(one)
            in (QMessageBox.ButtonRole.AcceptRole, QMessageBox.ButtonRole.DestructiveRole)
        )
        click(yes)
        # A computer without a trash asks whether the file may be deleted for good.
        tour.until(lambda: not path.exists() or isinstance(modal(), QMessageBox))
    tour.until(lambda: all(shot.path != path for shot in gallery.shots.shots))


@pytest.fixture
def plotted(tour: Tour) -> Tour:
    """The tour after some frames, with curves in the plot."""
    plot = tour.window.parts.panels.probabilities.plot
    tour.window.docking.show("probabilities")
    tour.window.parts.selection.select(1)
    tour.play()
    tour.until(lambda: len(tour.results) >= 5 and plot.canvas is not None)
    tour.session.set_paused(True)
    tour.until(lambda: plot.header.title == "Face 1", why="the curves")
    return tour


def test_the_plot_shows_as_much_time_as_is_chosen(plotted: Tour) -> None:
    plot = plotted.window.parts.panels.probabilities.plot
    row = plot.header.window_box.findData(10.0)
    plot.header.window_box.setCurrentIndex(row)
    plot.header.window_box.activated.emit(row)
    assert plot.window_s == 10.0

    def length_s() -> float:
        start_s, stop_s = plot.canvas.shown_span()
        return stop_s - start_s

    plotted.until(lambda: length_s() == pytest.approx(10.0), why="10 s in view")


def test_a_curve_is_hidden_by_its_legend(plotted: Tour) -> None:
    plot = plotted.window.parts.panels.probabilities.plot
    for hidden in (True, False):
        click(plot.legend.switch("happy"))
        assert ("happy" in plot.legend.hidden_names) is hidden


def test_curves_are_saved_as_they_are_on_screen(plotted: Tour, tmp_path: Path) -> None:
    plot = plotted.window.parts.panels.probabilities.plot
    plotted.chosen = str(tmp_path / "curves.csv")
    plot.save_action.trigger()
    last = pd.read_csv(plotted.chosen).iloc[-1]
    assert last.face_id == 1
    assert last.time_s == pytest.approx(plotted.shown.session_ms / 1000, abs=1e-3)
    smoothed = plotted.face(1).smoothed
    for name in smoothed.labels.names:
        assert last[f"{name}_smoothed"] == pytest.approx(smoothed.probability(name), abs=1e-4)

    plotted.chosen = str(tmp_path / "curves.png")
    plot.save_action.trigger()
    assert QImage(plotted.chosen).width() == 2 * plot.width()
    assert [one.text for one in plotted.notices] == ["curves.csv", "curves.png"]


def test_the_plane_tells_valence_and_arousal_of_the_selected_face_or_of_all(plotted: Tour) -> None:
    panel = plotted.window.parts.panels.affect
    plotted.window.docking.show("affect")
    plotted.until(lambda: panel.reading.startswith("Valence"), why="the reading")
    panel.all_action.trigger()
    plotted.until(lambda: panel.reading == "2 here")
    panel.all_action.trigger()
    plotted.until(lambda: panel.reading.startswith("Valence"))


def test_markers_are_named_gone_to_saved_and_removed(tour: Tour) -> None:
    panel, markers = tour.window.parts.panels.markers, tour.window.parts.markers
    tour.window.docking.show("markers")
    panel.add_action.trigger()
    tour.dialog(MarkerDialog)
    tour.write("first")
    tour.press("Return")
    tour.back()
    tour.go_to(100)
    markers.add(Marker.at(tour.shown, "second"))
    table = panel.view.model()
    assert [table.index(row, MarkerColumn.LABEL).data() for row in (0, 1)] == ["first", "second"]

    table.setData(table.index(0, MarkerColumn.LABEL), "laughs")
    tour.until(lambda: markers.all[0].label == "laughs")
    table.setData(table.index(0, MarkerColumn.NOTE), "loudly")
    tour.until(lambda: markers.all[0].note == "loudly")

    panel.view.selectRow(0)
    panel.go_action.trigger()
    tour.until(lambda: tour.index == 50)

    path = tour.home / "markers.csv"
    tour.window.parts.marker_controls.save_to(str(path))
    tour.until(lambda: tour.told("Markers saved"))
    assert "laughs" in path.read_text(encoding="utf-8")

    tour.back()
    panel.view.selectRow(1)
    panel.view.setFocus()
    tour.press("Del")
    assert [marker.label for marker in markers.all] == ["laughs"]


def test_the_log_lists_what_the_person_was_told(tour: Tour) -> None:
    panel = tour.window.parts.panels.log
    tour.window.docking.show("log")
    tour.press("S")
    tour.until(lambda: tour.told("Screenshot saved"))
    panel.level_box.setCurrentIndex(1)
    panel.level_box.activated.emit(1)
    told = next(notice for notice in tour.notices if notice.title == "Screenshot saved")
    tour.until(lambda: any(told.text in line.text for line in panel.shown_lines))
    panel.level_box.setCurrentIndex(0)
    panel.level_box.activated.emit(0)
