"""The panel of faces: rows, selection both ways, names, merges, baselines."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QToolButton
from pytestqt.qtbot import QtBot

from ferqt.core.people import People
from ferqt.core.types import FaceResult, FrameResult, HeadPose
from ferqt.ui.docks.baseline_strip import BaselineStrip
from ferqt.ui.docks.face_dock import FacePanel
from ferqt.ui.docks.face_table import BaselineMark, FaceColumn, FaceRole, clock, degrees
from ferqt.ui.theme import Theme
from tests.helpers.readings import face, scores

PRESENT_S = 0.3


def person(track_id: int, *, uncertain: bool = False, name: str = "", **given: float) -> FaceResult:
    shown = scores(given or {"happy": 0.8}, uncertain=uncertain)
    pose = HeadPose(pitch=-4.4, yaw=12.2, roll=0.2)
    return face(track_id, (0, 0, 9, 9), scores({"sad": 1.0}), smoothed=shown, pose=pose, name=name)


def at(ms: int, *faces: FaceResult) -> FrameResult:
    return FrameResult(None, 0, ms / 1000, ms, faces, "model")


@pytest.fixture
def panel(qtbot: QtBot) -> FacePanel:
    made = FacePanel(Theme(), refresh_ms=10)
    qtbot.addWidget(made)
    made.resize(700, 300)
    made.show()
    return made


def listed(panel: FacePanel) -> list[int]:
    return [entry.track_id for entry in panel.table.entries]


def cell(panel: FacePanel, track_id: int, column: FaceColumn) -> str:
    table = panel.table
    return str(table.index(table.row_of(track_id), column).data())


def feed(qtbot: QtBot, panel: FacePanel, *results: FrameResult) -> None:
    """Give the panel results and wait until it shows them."""
    panel.add_samples(results)
    wanted = [known.face.track_id for known in results[-1].faces]
    qtbot.waitUntil(
        lambda: [entry.track_id for entry in panel.table.entries if entry.present] == wanted
        and all(entry.last_s == results[-1].media_time for entry in panel.table.entries
                if entry.present)
    )  # fmt: skip


def click(qtbot: QtBot, panel: FacePanel, track_id: int, button: Qt.MouseButton) -> QPoint:
    index = panel.table.index(panel.table.row_of(track_id), FaceColumn.EXPRESSION)
    place = panel.view.visualRect(index).center()
    qtbot.mouseClick(panel.view.viewport(), button, pos=place)
    return place


def test_without_a_face_the_panel_says_what_will_come(qtbot: QtBot, panel: FacePanel) -> None:
    label = next(one for one in panel.findChildren(QLabel) if "No face yet" in one.text())
    assert label.isVisible()
    feed(qtbot, panel, at(0, person(1)))
    assert not label.isVisible()
    panel.clear()
    assert label.isVisible()
    assert listed(panel) == []


def test_a_row_tells_what_the_face_shows(qtbot: QtBot, panel: FacePanel) -> None:
    feed(qtbot, panel, at(0, person(7, name="Anna")), at(400, person(7, name="Anna", sad=0.634)))
    texts = {column: cell(panel, 7, column) for column in FaceColumn}
    assert texts == {
        FaceColumn.FACE: "7",
        FaceColumn.NAME: "Anna",
        FaceColumn.EXPRESSION: "sad",
        FaceColumn.CONFIDENCE: "63%",
        FaceColumn.YAW: "12°",
        FaceColumn.PITCH: "−4°",
        FaceColumn.ROLL: "0°",
        FaceColumn.SEEN: "0.4 s",
        FaceColumn.LAST: "now",
    }


def test_an_uncertain_reading_is_called_so(qtbot: QtBot, panel: FacePanel) -> None:
    feed(qtbot, panel, at(0, person(1, uncertain=True, sad=0.3)))
    assert cell(panel, 1, FaceColumn.EXPRESSION) == "uncertain"
    index = panel.table.index(0, FaceColumn.EXPRESSION)
    spoken = index.data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "Expression: uncertain, perhaps sad"


def test_a_face_that_left_stays_listed_and_muted(qtbot: QtBot, panel: FacePanel) -> None:
    feed(qtbot, panel, at(0, person(1), person(2)), at(61_500, person(2)))
    assert listed(panel) == [1, 2]
    assert cell(panel, 1, FaceColumn.LAST) == "0.0 s"
    inks = [panel.table.index(row, 0).data(Qt.ItemDataRole.ForegroundRole) for row in (0, 1)]
    assert inks[0] != inks[1]
    feed(qtbot, panel, at(62_000, person(1)))
    assert cell(panel, 1, FaceColumn.LAST) == "now"
    assert cell(panel, 2, FaceColumn.LAST) == "1:01"


def test_updates_are_few_whatever_the_rate_of_results(qtbot: QtBot) -> None:
    panel = FacePanel(Theme())
    qtbot.addWidget(panel)
    panel.show()
    changes: list[object] = []
    panel.table.dataChanged.connect(lambda *_: changes.append(None))
    panel.table.rowsInserted.connect(lambda *_: changes.append(None))
    for step in range(60):
        panel.add_samples([at(step * 10, person(1, happy=0.5 + step / 200))])
        qtbot.wait(5)
    assert 1 <= len(changes) <= 2 * 6


def test_a_click_selects_the_face(qtbot: QtBot, panel: FacePanel) -> None:
    feed(qtbot, panel, at(0, person(1), person(2)))
    with qtbot.waitSignal(panel.selected) as told:
        click(qtbot, panel, 2, Qt.MouseButton.LeftButton)
    assert told.args == [2]
    assert panel.selected_id == 2
    with qtbot.waitSignal(panel.selected) as told:
        panel.follow_action.trigger()
    assert told.args == [None]


def test_a_selection_from_elsewhere_is_shown_and_not_sent_back(
    qtbot: QtBot, panel: FacePanel
) -> None:
    with qtbot.assertNotEmitted(panel.selected):
        panel.set_selected(5)
        feed(qtbot, panel, at(0, person(1), person(5)))
    rows = panel.view.selectionModel().selectedRows()
    assert [index.row() for index in rows] == [1]
    assert panel.follow_action.isChecked()
    with qtbot.assertNotEmitted(panel.selected):
        panel.set_selected(None)
    assert panel.view.selectionModel().selectedRows() == []


def test_the_selection_stays_with_its_face_when_others_come(qtbot: QtBot, panel: FacePanel) -> None:
    feed(qtbot, panel, at(0, person(4)))
    panel.set_selected(4)
    with qtbot.assertNotEmitted(panel.selected):
        feed(qtbot, panel, at(100, person(2), person(4), person(9)))
    rows = panel.view.selectionModel().selectedRows()
    assert [panel.table.entries[index.row()].track_id for index in rows] == [4]


def editor(panel: FacePanel) -> QLineEdit | None:
    return panel.view.viewport().findChild(QLineEdit)


@pytest.mark.parametrize("key", [Qt.Key.Key_F2, Qt.Key.Key_Return])
def test_a_name_is_typed_in_place(qtbot: QtBot, panel: FacePanel, key: Qt.Key) -> None:
    feed(qtbot, panel, at(0, person(3)))
    panel.set_selected(3)
    panel.view.setFocus()
    qtbot.keyClick(panel.view, key)
    line = editor(panel)
    assert line is not None
    qtbot.keyClicks(line, " Anna  Lena ")
    with qtbot.waitSignal(panel.rename_requested) as told:
        qtbot.keyClick(line, Qt.Key.Key_Return)
    assert told.args == [3, "Anna Lena"]
    assert cell(panel, 3, FaceColumn.NAME) == "Anna Lena"


def test_typing_is_not_disturbed_by_results(qtbot: QtBot, panel: FacePanel) -> None:
    feed(qtbot, panel, at(0, person(3)))
    panel.set_selected(3)
    panel.rename_action.trigger()
    line = editor(panel)
    assert line is not None
    qtbot.keyClicks(line, "Ann")
    feed(qtbot, panel, at(100, person(1), person(3, sad=0.9)))
    assert line.text() == "Ann"
    assert line.isVisible()


def test_escape_leaves_the_name_as_it_was(qtbot: QtBot, panel: FacePanel) -> None:
    feed(qtbot, panel, at(0, person(3, name="Anna")))
    panel.set_selected(3)
    panel.rename_action.trigger()
    line = editor(panel)
    assert line is not None
    with qtbot.assertNotEmitted(panel.rename_requested):
        qtbot.keyClicks(line, "x")
        qtbot.keyClick(line, Qt.Key.Key_Escape)
    assert cell(panel, 3, FaceColumn.NAME) == "Anna"


def test_merging_offers_the_other_faces_and_asks(qtbot: QtBot, panel: FacePanel) -> None:
    feed(qtbot, panel, at(0, person(1, name="Anna"), person(2)), at(100, person(2), person(3)))
    panel.set_selected(3)
    panel.merge_menu.aboutToShow.emit()
    offered = panel.merge_menu.actions()
    assert [action.text() for action in offered] == ["Face 2", "Face 1  Anna"]
    with qtbot.waitSignal(panel.merge_requested) as told:
        offered[1].trigger()
    assert told.args == [3, 1]


def test_a_merge_is_shown_and_the_selection_goes_along(qtbot: QtBot, panel: FacePanel) -> None:
    feed(qtbot, panel, at(0, person(1)), at(500), at(600, person(2)), at(800, person(2)))
    panel.set_selected(2)
    with qtbot.waitSignal(panel.selected) as told:
        panel.set_people(People().renamed(1, "Anna").merged_into(2, 1))
    assert told.args == [1]
    qtbot.waitUntil(lambda: listed(panel) == [1])
    assert cell(panel, 1, FaceColumn.NAME) == "Anna"
    assert cell(panel, 1, FaceColumn.SEEN) == "0.7 s"
    assert len(panel.view.selectionModel().selectedRows()) == 1


def test_a_face_that_left_can_be_renamed(qtbot: QtBot, panel: FacePanel) -> None:
    feed(qtbot, panel, at(0, person(1)), at(100, person(2)))
    panel.set_people(People().renamed(1, "Anna"))
    qtbot.waitUntil(lambda: cell(panel, 1, FaceColumn.NAME) == "Anna")


def test_a_baseline_is_asked_for_and_cleared(qtbot: QtBot, panel: FacePanel) -> None:
    feed(qtbot, panel, at(0, person(1), person(2)), at(100, person(2)))
    panel.set_selected(1)
    assert not panel.baseline_action.isEnabled()
    panel.set_selected(2)
    assert not panel.clear_baseline_action.isEnabled()
    with qtbot.waitSignal(panel.baseline_requested) as told:
        panel.baseline_action.trigger()
    assert told.args == [2]
    panel.set_baselines([2])
    with qtbot.waitSignal(panel.baseline_cleared) as told:
        panel.clear_baseline_action.trigger()
    assert told.args == [2]


def mark(panel: FacePanel, track_id: int) -> BaselineMark | None:
    found = panel.table.index(panel.table.row_of(track_id), FaceColumn.NAME).data(FaceRole.BASELINE)
    assert found is None or isinstance(found, BaselineMark)
    return found


def test_the_progress_of_a_baseline_is_shown(qtbot: QtBot, panel: FacePanel) -> None:
    feed(qtbot, panel, at(0, person(1, name="Anna"), person(2)))
    strip = panel.findChild(BaselineStrip)
    assert strip.isHidden()
    panel.set_baseline_progress(1, 0.4)
    assert mark(panel, 1) == BaselineMark(0.4)
    assert "Anna: look neutral" in strip.text
    assert strip.isVisible()
    panel.set_baseline_progress(1, 1.0)
    assert mark(panel, 1) == BaselineMark(1.0)
    corrected = scores({"neutral": 0.9})
    feed(qtbot, panel, at(100, face(1, (0, 0, 9, 9), corrected, corrected=corrected), person(2)))
    assert mark(panel, 1) == BaselineMark(1.0, in_force=True)
    panel.set_baseline_progress(2, 0.2)
    panel.set_baseline_progress(2, -1)
    assert mark(panel, 2) is None
    assert "No baseline for Face 2" in strip.text
    panel.set_baselines([])
    feed(qtbot, panel, at(200, person(1), person(2)))
    assert mark(panel, 1) is None


def test_a_row_is_copied_for_a_spreadsheet(qtbot: QtBot, panel: FacePanel) -> None:
    feed(qtbot, panel, at(0, person(1, name="Anna")))
    panel.set_selected(1)
    panel.copy_action.trigger()
    cells = QGuiApplication.clipboard().text().split("\t")
    assert cells[:4] == ["1", "Anna", "happy", "80%"]
    assert len(cells) == len(FaceColumn)


def test_the_menu_of_a_row_offers_all_that_the_buttons_do(qtbot: QtBot, panel: FacePanel) -> None:
    feed(qtbot, panel, at(0, person(1), person(2)))
    place = click(qtbot, panel, 1, Qt.MouseButton.RightButton)
    panel.view.customContextMenuRequested.emit(place)
    menu = QApplication.activePopupWidget()
    assert menu is not None
    texts = [action.text() for action in menu.actions() if action.text()]
    assert texts == [
        "Rename",
        "Merge into",
        "Follow",
        "Take neutral baseline",
        "Clear neutral baseline",
        "Copy row",
    ]
    menu.close()


def test_a_name_that_looks_like_markup_is_shown_as_it_is(qtbot: QtBot, panel: FacePanel) -> None:
    feed(qtbot, panel, at(0, person(1, name="<b>A & B</b>"), person(2)))
    tip = panel.table.index(0, FaceColumn.NAME).data(Qt.ItemDataRole.ToolTipRole)
    assert "&lt;b&gt;A &amp; B" in tip
    panel.set_selected(2)
    panel.merge_menu.aboutToShow.emit()
    (offered,) = panel.merge_menu.actions()
    assert offered.text() == "Face 1  <b>A && B</b>"
    panel.set_baseline_progress(1, 0.5)
    labels = panel.findChild(BaselineStrip).findChildren(QLabel)
    assert {label.textFormat() for label in labels} == {Qt.TextFormat.PlainText}


def test_without_a_selection_nothing_can_be_done(qtbot: QtBot, panel: FacePanel) -> None:
    feed(qtbot, panel, at(0, person(1), person(2)))
    buttons = panel.findChildren(QToolButton)
    assert [button.isEnabled() for button in buttons] == [False] * 5
    panel.set_selected(1)
    assert [button.isEnabled() for button in buttons] == [True] * 5
    assert all(button.accessibleName() and button.toolTip() for button in buttons)


def test_a_hidden_panel_catches_up_when_it_is_shown(qtbot: QtBot, panel: FacePanel) -> None:
    panel.hide()
    panel.add_samples([at(0, person(1))])
    assert listed(panel) == []
    panel.show()
    qtbot.waitUntil(lambda: listed(panel) == [1])


@pytest.mark.parametrize(
    ("seconds", "text"), [(0, "0.0 s"), (59.99, "59.9 s"), (60, "1:00"), (3725.9, "1:02:05")]
)
def test_times_are_told_in_few_letters(seconds: float, text: str) -> None:
    assert clock(seconds) == text


@pytest.mark.parametrize(("value", "text"), [(-0.4, "0°"), (-12.5, "−12°"), (7.6, "8°")])
def test_angles_are_told_in_whole_degrees(value: float, text: str) -> None:
    assert degrees(value) == text
