"""The settings dialog: every setting of the table, in force at once, with a way back."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QKeySequence, QWheelEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QFileDialog,
    QLabel,
    QLineEdit,
    QMessageBox,
    QScrollArea,
    QWidget,
)
from pytestqt.qtbot import QtBot

from ferqt.settings import (
    ALL_BARS,
    DETECTOR,
    GROUPS,
    MAX_FACES,
    RECENT,
    SCREENSHOT_FOLDER,
    SETTINGS,
    SHORTCUTS,
    SMOOTHING,
    THEME,
    UNCERTAIN_BELOW,
    Setting,
    Settings,
)
from ferqt.ui.dialogs.settings_controls import AmountBox, ChoiceBox, CountBox, SwitchBox
from ferqt.ui.dialogs.settings_dialog import SettingsDialog
from ferqt.ui.dialogs.settings_rows import ResetButton, SettingRow
from ferqt.ui.live_settings import LiveSettings
from ferqt.ui.shortcuts import Shortcuts
from ferqt.ui.theme import Theme
from tests.helpers.actions import ActionWindow

OFFERED = [setting for setting in SETTINGS if setting.group]


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[ActionWindow]:
    made = ActionWindow()
    qtbot.addWidget(made)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    yield made
    made.close()


@pytest.fixture
def live(settings: Settings, window: ActionWindow) -> LiveSettings:
    return LiveSettings(settings, window)


@pytest.fixture
def dialog(qtbot: QtBot, window: ActionWindow, live: LiveSettings) -> Iterator[SettingsDialog]:
    theme = Theme("dark", window)
    theme.apply()
    shortcuts = Shortcuts(window.actions_by_id, live.settings, window)
    made = SettingsDialog(live, shortcuts, theme, window)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    yield made
    made.close()


def control(dialog: SettingsDialog, setting: Setting[Any]) -> QWidget:
    dialog.show_group(setting.group)
    return dialog.row(setting).control


def reset_button(row: QWidget) -> ResetButton:
    (button,) = row.findChildren(ResetButton)
    return button


def seen_rows(dialog: SettingsDialog) -> list[Setting[Any]]:
    return [row.setting for row in dialog.findChildren(SettingRow) if row.isVisible()]


def finish(qtbot: QtBot, dialog: SettingsDialog) -> None:
    """Wait for the rows that are made little by little."""
    qtbot.waitUntil(lambda: len(dialog.findChildren(SettingRow)) == len(OFFERED))


@pytest.mark.parametrize("setting", OFFERED, ids=lambda setting: setting.key)
def test_every_setting_is_on_its_page_with_a_name(
    dialog: SettingsDialog, setting: Setting[Any]
) -> None:
    widget = control(dialog, setting)
    assert widget.isVisible()
    assert not reset_button(dialog.row(setting)).isVisible()
    named = widget if widget.accessibleName() else widget.findChild(QLineEdit)
    assert named is not None
    assert named.accessibleName() == setting.text


def test_every_page_says_something(dialog: SettingsDialog) -> None:
    for group in GROUPS:
        dialog.show_group(group.id)
        assert group.title in {
            label.text() for label in dialog.findChildren(QLabel) if label.isVisible()
        }


def test_a_switch_is_in_force_at_once(
    qtbot: QtBot, dialog: SettingsDialog, live: LiveSettings
) -> None:
    box = control(dialog, ALL_BARS)
    assert isinstance(box, SwitchBox)
    assert box.isChecked()
    with qtbot.waitSignal(live.changed) as told:
        qtbot.keyClick(box, Qt.Key.Key_Space)
    assert told.args == [ALL_BARS]
    assert live.settings.get(ALL_BARS) is False


def test_a_choice_is_in_force_at_once(dialog: SettingsDialog, settings: Settings) -> None:
    box = control(dialog, DETECTOR)
    assert isinstance(box, ChoiceBox)
    box.setCurrentIndex(1)
    box.activated.emit(1)
    assert settings.get(DETECTOR) == "haar"


def test_a_number_is_in_force_when_it_is_written(
    qtbot: QtBot, dialog: SettingsDialog, settings: Settings
) -> None:
    box = control(dialog, MAX_FACES)
    assert isinstance(box, CountBox)
    box.selectAll()
    qtbot.keyClicks(box, "12")
    assert settings.get(MAX_FACES) == 8
    qtbot.keyClick(box, Qt.Key.Key_Return)
    assert settings.get(MAX_FACES) == 12
    assert dialog.isVisible()


def test_an_amount_goes_by_steps_and_stays_in_its_span(
    qtbot: QtBot, dialog: SettingsDialog, settings: Settings
) -> None:
    box = control(dialog, SMOOTHING)
    assert isinstance(box, AmountBox)
    qtbot.keyClick(box, Qt.Key.Key_Up)
    assert settings.get(SMOOTHING) == pytest.approx(0.4)
    for _ in range(9):
        qtbot.keyClick(box, Qt.Key.Key_Down)
    assert settings.get(SMOOTHING) == 0
    assert box.text() == "Off"


def test_the_usual_threshold_is_the_model_s(dialog: SettingsDialog) -> None:
    box = control(dialog, UNCERTAIN_BELOW)
    assert isinstance(box, AmountBox)
    assert box.text() == "The model’s own"
    box.stepUp()
    assert box.text() == "5 %"


def test_rolling_over_a_number_or_a_choice_changes_nothing(
    dialog: SettingsDialog, settings: Settings
) -> None:
    for setting in (MAX_FACES, SMOOTHING, DETECTOR):
        box = control(dialog, setting)
        box.setFocus()
        event = QWheelEvent(
            QPointF(9, 9),
            QPointF(box.mapToGlobal(QPoint(9, 9))),
            QPoint(),
            QPoint(0, 120),
            Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.NoModifier,
            Qt.ScrollPhase.NoScrollPhase,
            False,
        )
        QApplication.sendEvent(box, event)
        assert settings.is_default(setting)


def test_one_setting_is_reset_where_it_differs(
    qtbot: QtBot, dialog: SettingsDialog, settings: Settings
) -> None:
    settings.set(MAX_FACES, 3)
    box = control(dialog, MAX_FACES)
    assert isinstance(box, CountBox)
    assert box.value() == 3
    button = reset_button(dialog.row(MAX_FACES))
    assert button.isVisible()
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert settings.is_default(MAX_FACES)
    assert box.value() == 8
    assert not button.isVisible()


def test_what_is_changed_elsewhere_is_shown(dialog: SettingsDialog, settings: Settings) -> None:
    box = control(dialog, THEME)
    assert isinstance(box, ChoiceBox)
    settings.set(THEME, "light")
    assert box.currentText() == "Light"


def test_all_is_reset_after_a_question(
    qtbot: QtBot, dialog: SettingsDialog, settings: Settings
) -> None:
    settings.set(MAX_FACES, 3)
    settings.set(THEME, "light")
    settings.remember_source("/films/a.mp4")
    dialog.key_row("demo").fields[0].chosen.emit("Z")

    answer_reset_all(qtbot, dialog, QMessageBox.ButtonRole.RejectRole)
    assert settings.get(MAX_FACES) == 3

    answer_reset_all(qtbot, dialog, QMessageBox.ButtonRole.DestructiveRole)
    assert all(settings.is_default(setting) for setting in OFFERED)
    assert dialog.key_row("demo").fields[0].keySequence() == QKeySequence("D")
    assert settings.get(RECENT) == ("/films/a.mp4",)


def answer_reset_all(qtbot: QtBot, dialog: SettingsDialog, role: QMessageBox.ButtonRole) -> None:
    dialog.reset_all.click()
    (box,) = (box for box in dialog.findChildren(QMessageBox) if box.isVisible())
    (button,) = (each for each in box.buttons() if box.buttonRole(each) == role)
    with qtbot.waitSignal(box.destroyed):
        button.click()


def test_a_search_finds_settings_of_all_pages_and_keys(
    qtbot: QtBot, dialog: SettingsDialog
) -> None:
    finish(qtbot, dialog)
    qtbot.keyClicks(dialog.search, "far faces")
    assert seen_rows(dialog) == [s for s in OFFERED if s.key == "analysis.far_faces"]

    dialog.search.setText("ctrl+u")
    assert seen_rows(dialog) == []
    assert dialog.key_row("open_url").isVisible()
    assert not dialog.key_row("open").isVisible()

    dialog.search.setText("no such words")
    visible = {label.text() for label in dialog.findChildren(QLabel) if label.isVisible()}
    assert visible == {"Nothing is called that. Try another word."}

    dialog.show_group("window")
    assert {setting.group for setting in seen_rows(dialog)} == {"window"}


def test_a_search_begun_at_once_finds_what_is_made_later(
    qtbot: QtBot, dialog: SettingsDialog
) -> None:
    dialog.search.setText("colors of the window")
    qtbot.waitUntil(lambda: seen_rows(dialog) == [THEME])


def test_escape_closes_and_return_does_not(qtbot: QtBot, dialog: SettingsDialog) -> None:
    qtbot.keyClick(dialog.search, Qt.Key.Key_Return)
    assert dialog.isVisible()
    qtbot.keyClick(dialog.search, Qt.Key.Key_Escape)
    assert not dialog.isVisible()


def test_the_window_stays_usable(dialog: SettingsDialog) -> None:
    assert not dialog.isModal()


def test_a_folder_is_typed(
    qtbot: QtBot, dialog: SettingsDialog, settings: Settings, tmp_path: Path
) -> None:
    row = dialog.row(SCREENSHOT_FOLDER)
    dialog.show_group(SCREENSHOT_FOLDER.group)
    line = row.findChild(QLineEdit)
    (tmp_path / "file").touch()
    for text, refused in (
        ("pictures", "Give the whole path"),
        (str(tmp_path / "file"), "That is a file"),
        (str(tmp_path / "new"), ""),
        ("~/shots", ""),
    ):
        before = settings.get(SCREENSHOT_FOLDER)
        line.setText(text)
        qtbot.keyClick(line, Qt.Key.Key_Return)
        shown = " ".join(label.text() for label in row.findChildren(QLabel) if label.isVisible())
        assert (refused in shown) if refused else (" path" not in shown)
        wanted = before if refused else str(Path(text).expanduser())
        assert settings.get(SCREENSHOT_FOLDER) == wanted

    line.clear()
    qtbot.keyClick(line, Qt.Key.Key_Return)
    assert settings.is_default(SCREENSHOT_FOLDER)


def test_a_folder_is_chosen_by_sight(
    qtbot: QtBot, dialog: SettingsDialog, settings: Settings, tmp_path: Path
) -> None:
    row = dialog.row(SCREENSHOT_FOLDER)
    button = next(
        each for each in row.findChildren(QAbstractButton) if each.text().startswith("Choose")
    )
    button.click()
    (chooser,) = row.findChildren(QFileDialog)
    chooser.fileSelected.emit(str(tmp_path))
    with qtbot.waitSignal(chooser.destroyed):
        chooser.reject()
    assert settings.get(SCREENSHOT_FOLDER) == str(tmp_path)


def test_keys_are_pressed_into_their_fields(
    qtbot: QtBot, window: ActionWindow, dialog: SettingsDialog
) -> None:
    dialog.show_group("shortcuts")
    row = dialog.key_row("rescan")
    row.fields[0].setFocus()
    qtbot.keyClick(row.fields[0], Qt.Key.Key_Z)
    assert window.actions_by_id["rescan"].shortcuts() == [QKeySequence("Z")]
    qtbot.keyClick(row.fields[1], Qt.Key.Key_F8)
    assert window.actions_by_id["rescan"].shortcuts() == [
        QKeySequence("Z"),
        QKeySequence("F8"),
    ]
    row.fields[0].clear()
    assert window.actions_by_id["rescan"].shortcuts() == [QKeySequence("F8")]
    assert window.commands.calls == []


def test_a_key_that_is_taken_is_refused_by_name(
    qtbot: QtBot, window: ActionWindow, dialog: SettingsDialog
) -> None:
    dialog.show_group("shortcuts")
    row = dialog.key_row("rescan")
    qtbot.keyClick(row.fields[0], Qt.Key.Key_F)
    assert row.message.text() == "F is the key of “Full Screen”. Take it away there first."
    assert row.message.isVisible()
    assert row.fields[0].keySequence().isEmpty()
    assert window.actions_by_id["rescan"].shortcuts() == []

    qtbot.keyClick(row.fields[0], Qt.Key.Key_Z)
    assert not row.message.isVisible()


def test_tab_goes_on_from_a_key_field_and_escape_leaves(
    qtbot: QtBot, dialog: SettingsDialog, settings: Settings
) -> None:
    dialog.show_group("shortcuts")
    first, second = dialog.key_row("open").fields
    first.setFocus()
    qtbot.keyClick(first, Qt.Key.Key_Tab)
    assert second.hasFocus()
    qtbot.keyClick(second, Qt.Key.Key_Escape)
    assert not dialog.isVisible()
    assert settings.is_default(SHORTCUTS)


def test_the_keys_of_one_action_are_reset(
    qtbot: QtBot, window: ActionWindow, dialog: SettingsDialog
) -> None:
    dialog.show_group("shortcuts")
    row = dialog.key_row("demo")
    scrolled = row.parentWidget()
    while not isinstance(scrolled, QScrollArea):
        scrolled = scrolled.parentWidget()
    qtbot.keyClick(row.fields[0], Qt.Key.Key_Z)
    assert reset_button(row).isVisible()

    def in_view() -> bool:
        scrolled.ensureWidgetVisible(row)
        return not reset_button(row).visibleRegion().isEmpty()

    qtbot.waitUntil(in_view)
    qtbot.mouseClick(reset_button(row), Qt.MouseButton.LeftButton)
    assert window.actions_by_id["demo"].shortcuts() == [QKeySequence("D")]
    assert not reset_button(row).isVisible()


def test_changes_are_saved_soon_after(qtbot: QtBot, live: LiveSettings, settings: Settings) -> None:
    settings.set(MAX_FACES, 5)
    qtbot.waitUntil(settings.path.exists, timeout=3000)
    assert Settings.load(settings.path).get(MAX_FACES) == 5
