"""Adding, listing and saving markers in the window."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QToolButton, QWidget
from pytestqt.qtbot import QtBot

from ferqt.core.markers import Marker
from ferqt.runtime.markers import Markers
from ferqt.runtime.tasks import TaskRunner
from ferqt.ui.dialogs.marker import MarkerDialog
from ferqt.ui.docks.marker_dock import MarkerPanel
from ferqt.ui.docks.marker_table import MarkerColumn
from ferqt.ui.marker_controls import MarkerControls
from ferqt.ui.theme import Theme
from tests.helpers.readings import sample

SMILE = Marker(7000, 7.0, 210, "smile")
FROWN = Marker(9000, 9.0, 270, "frown", "at the end")
LIVE = Marker(11_000, None, 330, "live")


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    made.show()
    return made


@pytest.fixture
def markers(qapp):
    return Markers()


@pytest.fixture
def shown():
    """The result on screen; a test may change it."""
    return [sample(83.48)]


@pytest.fixture
def controls(markers, shown, window):
    tasks = TaskRunner()
    yield MarkerControls(markers, lambda: shown[0], tasks, window)
    tasks.shutdown()


@pytest.fixture
def panel(qtbot: QtBot):
    made = MarkerPanel(Theme())
    qtbot.addWidget(made)
    made.resize(420, 240)
    made.show()
    return made


def asked(window) -> MarkerDialog:
    return window.findChildren(MarkerDialog)[-1]


class TestAdding:
    def test_the_time_is_that_of_the_key_not_of_the_enter(
        self, controls, markers, shown, window, qtbot
    ):
        controls.add()
        dialog = asked(window)
        shown[0] = sample(99.0)
        qtbot.keyClicks(dialog.line, " smile ")
        qtbot.keyClick(dialog.line, Qt.Key.Key_Return)
        (marker,) = markers.all
        assert (marker.label, marker.media_time, marker.frame) == ("smile", 83.48, 2504)

    def test_enter_alone_adds_an_event(self, controls, markers, window, qtbot):
        controls.add()
        qtbot.keyClick(asked(window).line, Qt.Key.Key_Return)
        assert [marker.label for marker in markers.all] == ["event"]

    def test_escape_adds_nothing(self, controls, markers, window, qtbot):
        controls.add()
        qtbot.keyClicks(asked(window).line, "smile")
        qtbot.keyClick(asked(window).line, Qt.Key.Key_Escape)
        assert markers.all == ()

    def test_labels_given_before_are_offered(self, controls, markers, window):
        markers.add(SMILE)
        controls.add()
        model = asked(window).line.completer().model()
        assert [model.index(row, 0).data() for row in range(model.rowCount())] == ["smile"]

    def test_without_a_picture_there_is_no_moment(self, controls, shown, window):
        notices = []
        controls.notice_posted.connect(notices.append)
        shown[0] = None
        controls.add()
        assert len(notices) == 1
        assert window.findChildren(MarkerDialog) == []


def test_markers_are_saved_with_the_times_of_the_source(controls, markers, tmp_path, qtbot):
    markers.add(FROWN)
    with qtbot.waitSignal(controls.notice_posted, timeout=5000) as caught:
        controls.save_to(str(tmp_path / "mine.csv"))
    assert "mine.csv" in caught.args[0].text
    assert (tmp_path / "mine.csv").read_text(encoding="utf-8") == (
        "timestamp,frame,label,note\n9.000000,270,frown,at the end\n"
    )


class TestPanel:
    def test_markers_are_listed_with_their_times(self, panel):
        panel.set_markers((SMILE, FROWN, LIVE))
        model = panel.view.model()
        cells = [[model.index(row, column).data() for column in range(3)] for row in range(3)]
        assert cells == [
            ["00:07.000", "smile", ""],
            ["00:09.000", "frown", "at the end"],
            ["00:11.000", "live", ""],
        ]

    @pytest.mark.parametrize(
        ("column", "text", "asked_for"),
        [
            (MarkerColumn.LABEL, " laugh ", ("laugh", "")),
            (MarkerColumn.NOTE, "loud", ("smile", "loud")),
        ],
    )
    def test_labels_and_notes_are_edited_in_place(self, panel, qtbot, column, text, asked_for):
        panel.set_markers((SMILE,))
        model = panel.view.model()
        with qtbot.waitSignal(panel.change_requested) as caught:
            assert model.setData(model.index(0, column), text)
        assert caught.args == [SMILE, *asked_for]

    def test_a_label_is_never_taken_away_and_times_are_fixed(self, panel):
        panel.set_markers((SMILE,))
        model = panel.view.model()
        assert not model.setData(model.index(0, MarkerColumn.LABEL), "  ")
        editable = Qt.ItemFlag.ItemIsEditable
        assert not model.flags(model.index(0, MarkerColumn.TIME)) & editable
        assert model.flags(model.index(0, MarkerColumn.LABEL)) & editable

    def test_f2_edits_and_the_answer_may_be_another_list(self, panel, qtbot):
        markers = Markers()
        markers.changed.connect(panel.set_markers)
        panel.change_requested.connect(markers.change)
        markers.add(SMILE)
        panel.view.selectRow(0)
        qtbot.keyClick(panel.view, Qt.Key.Key_F2)
        editor = panel.view.focusWidget()
        qtbot.keyClicks(editor, "laugh")
        qtbot.keyClick(editor, Qt.Key.Key_Return)
        qtbot.waitUntil(lambda: [marker.label for marker in markers.all] == ["laugh"])
        assert [marker.label for marker in panel.selected] == ["laugh"]

    def test_the_selected_are_deleted(self, panel, qtbot):
        panel.set_markers((SMILE, FROWN))
        assert not panel.remove_action.isEnabled()
        panel.view.selectRow(1)
        with qtbot.waitSignal(panel.remove_requested) as caught:
            qtbot.keyClick(panel.view, Qt.Key.Key_Delete)
        assert caught.args == [(FROWN,)]

    def test_a_frame_is_shown_again_where_the_source_can_go_there(self, panel, qtbot):
        panel.set_markers((SMILE, LIVE))
        panel.view.selectRow(1)
        assert not panel.go_action.isEnabled()
        panel.view.selectRow(0)
        with qtbot.waitSignal(panel.seek_requested) as caught:
            panel.go_action.trigger()
        assert caught.args == [7.0]

    def test_an_empty_panel_says_what_to_do(self, panel):
        assert not panel.view.isVisible()
        assert not panel.save_action.isEnabled()
        panel.set_markers((SMILE,))
        assert panel.view.isVisible()
        assert panel.save_action.isEnabled()

    def test_every_button_has_a_name(self, panel):
        buttons = panel.findChildren(QToolButton)
        assert len(buttons) == 4
        assert all(button.accessibleName() for button in buttons)
