"""Keys that the person changes: at once everywhere, kept, and never two actions on one."""

import json
from collections.abc import Iterator

import pytest
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QLabel, QLineEdit, QMainWindow
from pytestqt.qtbot import QtBot

from ferqt.settings import SHORTCUTS, Settings
from ferqt.ui.action_table import ACTIONS, MENUS, ActionSpec
from ferqt.ui.shortcut_sheet import ShortcutSheet
from ferqt.ui.shortcuts import Shortcuts
from tests.helpers.actions import ActionWindow


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[ActionWindow]:
    made = ActionWindow()
    qtbot.addWidget(made)
    with qtbot.waitActive(made):
        made.show()
    yield made
    made.close()


@pytest.fixture
def shortcuts(window: ActionWindow, settings: Settings) -> Shortcuts:
    return Shortcuts(window.actions_by_id, settings, window)


def press(qtbot: QtBot, window: QMainWindow, key: str) -> None:
    combination = QKeySequence(key)[0]
    qtbot.keyClick(window, combination.key(), combination.keyboardModifiers())


def test_the_table_s_keys_hold_until_they_are_changed(shortcuts: Shortcuts) -> None:
    assert all(shortcuts.keys(spec.id) == spec.keys for spec in ACTIONS)
    assert all(shortcuts.is_usual(spec.id) for spec in ACTIONS)


def test_a_new_key_works_at_once_and_the_old_one_no_more(
    qtbot: QtBot, window: ActionWindow, shortcuts: Shortcuts
) -> None:
    assert shortcuts.assign("rescan", ["Z"]) == ""
    press(qtbot, window, "Z")
    assert window.commands.calls == ["rescan_models"]

    assert shortcuts.assign("rescan", ["Ctrl+Shift+Z"]) == ""
    press(qtbot, window, "Z")
    press(qtbot, window, "Ctrl+Shift+Z")
    assert window.commands.calls == ["rescan_models"] * 2


def test_menus_tips_and_the_open_sheet_follow(
    qtbot: QtBot, window: ActionWindow, shortcuts: Shortcuts
) -> None:
    sheet = ShortcutSheet(window.actions_by_id, window)
    qtbot.addWidget(sheet)
    shortcuts.assign("demo", ["Ctrl+Shift+D"])

    action = window.actions_by_id["demo"]
    assert action.shortcut() == QKeySequence("Ctrl+Shift+D")
    assert action.toolTip().endswith("(Ctrl+Shift+D)")
    qtbot.waitUntil(
        lambda: "Ctrl+Shift+D" in {label.text() for label in sheet.findChildren(QLabel)}
    )


def test_a_key_that_is_taken_is_refused_with_the_name_of_who_has_it(
    shortcuts: Shortcuts, settings: Settings
) -> None:
    assert shortcuts.assign("rescan", ["F"]) == "full_screen"
    assert shortcuts.assign("rescan", ["Z", "F11"]) == "full_screen"
    assert shortcuts.keys("rescan") == ()
    assert shortcuts.keys("full_screen") == ("F", "F11")
    assert settings.get(SHORTCUTS) == ()


def test_a_key_that_was_taken_away_is_free(shortcuts: Shortcuts) -> None:
    assert shortcuts.assign("full_screen", ["F11"]) == ""
    assert shortcuts.assign("rescan", ["F"]) == ""
    # Now its own old key belongs to another.
    assert shortcuts.reset("full_screen") == "rescan"
    assert shortcuts.keys("full_screen") == ("F11",)
    assert shortcuts.reset("rescan") == ""
    assert shortcuts.reset("full_screen") == ""
    assert shortcuts.keys("full_screen") == ("F", "F11")


def test_keys_come_back_at_the_next_start_and_only_changes_are_stored(
    qtbot: QtBot, shortcuts: Shortcuts, settings: Settings
) -> None:
    for action, keys in {"demo": ["="], "shot": ["Ctrl+Shift+S", ","], "quit": []}.items():
        if action == "shot":
            shortcuts.assign("frame_back", [])
        assert shortcuts.assign(action, keys) == ""
    shortcuts.assign("camera", ["X"])
    shortcuts.reset("camera")
    settings.save()

    assert json.loads(settings.path.read_text())["window.shortcuts"] == [
        "demo==",
        "frame_back=",
        "quit=",
        "shot=Ctrl+Shift+S",
        "shot=,",
    ]
    window = ActionWindow()
    qtbot.addWidget(window)
    again = Shortcuts(window.actions_by_id, Settings.load(settings.path), window)
    assert again.keys("demo") == ("=",)
    assert again.keys("shot") == ("Ctrl+Shift+S", ",")
    assert again.keys("quit") == again.keys("frame_back") == ()
    assert again.is_usual("camera")


def test_a_file_written_by_hand_or_by_another_version_does_no_harm(
    window: ActionWindow, settings: Settings
) -> None:
    given = ("demo=F", "rescan=F", "gone=G", "open=NoSuchKey", "nonsense", "pose=Ctrl+K, Ctrl+C")
    settings.set(SHORTCUTS, given)
    shortcuts = Shortcuts(window.actions_by_id, settings, window)

    # The person's choice goes before the table's, and of two choices the first in the menus holds.
    assert shortcuts.keys("demo") == ("F",)
    assert shortcuts.keys("rescan") == ()
    assert shortcuts.keys("full_screen") == ("F11",)
    assert shortcuts.keys("open") == shortcuts.keys("pose") == ()
    # What this version does not know is kept for the one that does.
    shortcuts.assign("rescan", ["Z"])
    assert "gone=G" in settings.get(SHORTCUTS)


def test_all_keys_are_reset_at_once(
    qtbot: QtBot, shortcuts: Shortcuts, window: ActionWindow
) -> None:
    shortcuts.assign("demo", ["Z"])
    shortcuts.assign("open", [])
    with qtbot.waitSignals([shortcuts.changed, shortcuts.changed]):
        shortcuts.reset_all()
    assert all(shortcuts.is_usual(spec.id) for spec in ACTIONS)
    press(qtbot, window, "D")
    assert window.commands.calls == ["open_demo"]


def test_a_window_that_is_gone_is_not_told(qtbot: QtBot, settings: Settings) -> None:
    window = ActionWindow()
    shortcuts = Shortcuts(window.actions_by_id, settings)
    with qtbot.waitSignal(shortcuts.destroyed):
        shortcuts.deleteLater()
    window.deleteLater()
    settings.set(SHORTCUTS, ("demo=Z",))


def test_letters_are_written_where_text_is_asked_for(
    qtbot: QtBot, window: ActionWindow, shortcuts: Shortcuts
) -> None:
    shortcuts.assign("rescan", ["Z"])
    line = QLineEdit()
    window.setCentralWidget(line)
    line.setFocus()
    qtbot.keyClicks(line, "fazed ,.?1")
    assert line.text() == "fazed ,.?1"
    assert window.commands.calls == []


@pytest.mark.parametrize("spec", ACTIONS, ids=lambda spec: spec.id)
def test_keys_are_written_as_qt_writes_them(spec: ActionSpec) -> None:
    """Else a key that is recorded would not be found to be taken."""
    portable = QKeySequence.SequenceFormat.PortableText
    assert spec.keys == tuple(QKeySequence(key).toString(portable) for key in spec.keys)


def test_the_columns_of_the_sheet_are_about_equally_long(
    qtbot: QtBot, window: ActionWindow
) -> None:
    sheet = ShortcutSheet(window.actions_by_id)
    qtbot.addWidget(sheet)
    with qtbot.waitExposed(sheet):
        sheet.show()
    shown = [spec for spec in ACTIONS if spec.keys and spec.id[:5] != "face_"]
    longest = max(sum(spec.menu.startswith(menu) for spec in shown) for menu in MENUS)
    caps = [label for label in sheet.findChildren(QLabel) if label.objectName() == "KeyCap"]
    rows: dict[int, set[int]] = {}
    for cap in caps:
        place = cap.mapTo(sheet, cap.rect().topRight())
        rows.setdefault(place.x() // 100, set()).add(place.y())
    assert max(len(each) for each in rows.values()) <= longest + 3
