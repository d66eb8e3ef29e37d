"""Keys of the window work wherever the keyboard is, and keys of a control are the control's."""

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QAbstractItemView, QApplication, QLineEdit, QWidget

from ferqt.core.markers import Marker
from ferqt.runtime.session import SessionState
from tests.helpers.tour import FIRST, Tour

Find = Callable[[Tour], QWidget]

PLACES: dict[str, tuple[str, Find]] = {
    "card": ("models", lambda tour: tour.window.parts.panels.models.card(FIRST)),
    "faces": ("faces", lambda tour: tour.window.parts.panels.faces.view),
    "statistics": ("statistics", lambda tour: tour.window.parts.panels.statistics.faces),
    "gallery": ("gallery", lambda tour: tour.window.parts.panels.gallery.view),
    "plot": ("probabilities", lambda tour: plot(tour).header.window_box),
    "legend": ("probabilities", lambda tour: plot(tour).legend.switch("happy")),
    "affect": ("affect", lambda tour: tour.window.parts.panels.affect.length_box),
    "markers": ("markers", lambda tour: tour.window.parts.panels.markers.view),
    "log": ("log", lambda tour: tour.window.parts.panels.log.view),
    "tool bar": ("models", lambda tour: tour.window.tool_bar.model_box),
}
"""A control of each panel that can have the keyboard."""


def plot(tour: Tour):
    return tour.window.parts.panels.probabilities.plot


@pytest.mark.parametrize("floating", [False, True], ids=["docked", "floating"])
def test_keys_of_the_window_work_in_every_panel(tour: Tour, floating: bool) -> None:
    tour.window.parts.markers.add(Marker.at(tour.shown, "here"))
    tour.press("S")
    tour.until(lambda: tour.told("Screenshot saved"))
    switch, index = tour.window.actions_by_id["landmarks"], tour.index
    before = switch.isChecked()
    for panel_id, find in PLACES.values():
        tour.window.docking.show(panel_id)
        dock = tour.window.docking.docks[panel_id]
        dock.setFloating(floating)
        widget = find(tour)
        tour.until(widget.isVisible)
        widget.window().activateWindow()
        tour.until(widget.isActiveWindow)
        widget.setFocus()
        assert QApplication.focusWidget() is widget

        tour.press("L")
        assert switch.isChecked() is not before
        tour.press("L")
        tour.press(".")
        index += 1
        tour.until(lambda: tour.index == index, why=f"the next frame from {panel_id}")  # noqa: B023
        dock.setFloating(False)


@pytest.mark.parametrize("floating", [False, True], ids=["docked", "floating"])
def test_space_presses_the_button_that_has_the_keyboard(tour: Tour, floating: bool) -> None:
    tour.window.docking.show("probabilities")
    dock = tour.window.docking.docks["probabilities"]
    dock.setFloating(floating)
    switch = plot(tour).legend.switch("happy")
    switch.window().activateWindow()
    tour.until(switch.isActiveWindow)
    switch.setFocus()
    for shown in (False, True):
        tour.press("Space")
        assert switch.isChecked() is shown
    assert tour.session.state is SessionState.PAUSED
    dock.setFloating(False)


def test_f2_edits_the_label_of_a_marker_while_a_face_is_selected(tour: Tour) -> None:
    tour.window.parts.selection.select(1)
    tour.window.parts.markers.add(Marker.at(tour.shown, "here"))
    panel = tour.window.parts.panels.markers
    tour.window.docking.show("markers")
    panel.view.selectRow(0)
    panel.view.setFocus()
    tour.press("F2")
    tour.write("there")
    tour.press("Return")
    tour.until(lambda: [one.label for one in tour.window.parts.markers.all] == ["there"])


def test_esc_leaves_a_name_as_it_was_and_the_window_open(tour: Tour) -> None:
    closed = tour.asked_to_close
    panel = tour.window.parts.panels.faces
    tour.window.docking.show("faces")
    tour.window.parts.selection.select(1)
    tour.until(panel.rename_action.isEnabled)
    panel.rename_action.trigger()
    assert panel.view.state() is QAbstractItemView.State.EditingState
    tour.write("Nobody")
    editor = QApplication.focusWidget()
    assert isinstance(editor, QLineEdit)
    tour.press("Esc")
    assert panel.view.state() is not QAbstractItemView.State.EditingState
    assert tour.asked_to_close == closed
    assert tour.session.config.people.name_of(1) == ""


def test_letters_written_into_a_name_are_no_keys(tour: Tour) -> None:
    panel = tour.window.parts.panels.faces
    tour.window.docking.show("faces")
    tour.window.parts.selection.select(1)
    tour.until(panel.rename_action.isEnabled)
    panel.rename_action.trigger()
    tour.write("q mars 12")
    tour.press("Return")
    tour.until(lambda: tour.session.config.people.name_of(1) == "q mars 12")
    assert tour.index == 50
    tour.session.rename_face(1, "")
