"""The dialog that asks where to jump."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt

from ferqt.sources.base import SourceInfo
from ferqt.ui.dialogs.jump import JumpDialog
from tests.helpers.fake_session import CLIP

COUNTED = replace(CLIP, variable_frame_rate=False)


@pytest.fixture
def ask(qtbot):
    """Opens a dialog, types a text and presses Enter; returns it and what it told."""

    def open_(text: str, info: SourceInfo = COUNTED) -> tuple[JumpDialog, list[object]]:
        dialog = JumpDialog(info, 12.48)
        qtbot.addWidget(dialog)
        told: list[object] = []
        dialog.time_chosen.connect(told.append)
        dialog.frame_chosen.connect(told.append)
        dialog.open()
        assert dialog.line.text() == "00:12.480"
        qtbot.keyClicks(dialog.line, text)
        qtbot.keyClick(dialog.line, Qt.Key.Key_Return)
        return dialog, told

    return open_


@pytest.mark.parametrize(
    ("text", "place"), [("0:03.5", 3.5), ("19.25", 19.25), ("f599", 599), ("20", 20.0)]
)
def test_a_place_is_told_and_the_dialog_closes(ask, text, place):
    dialog, told = ask(text)
    assert told == [place]
    assert not dialog.isVisible()


@pytest.mark.parametrize(
    ("text", "reason"),
    [("soon", "neither a time nor a frame"), ("0:99", "59"), ("21", "20.000"), ("f600", "f599")],
)
def test_nonsense_is_refused_with_the_reason_and_can_be_typed_anew(ask, qtbot, text, reason):
    dialog, told = ask(text)
    assert dialog.isVisible()
    assert reason in dialog.note.text()
    assert dialog.line.selectedText() == text
    qtbot.keyClicks(dialog.line, "5")
    assert "For example" in dialog.note.text()
    qtbot.keyClick(dialog.line, Qt.Key.Key_Return)
    assert told == [5.0]


def test_an_estimated_number_of_frames_refuses_none(ask):
    _, told = ask("f700", replace(CLIP, variable_frame_rate=None))
    assert told == [700]
