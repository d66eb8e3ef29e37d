"""What a person meets before and beside the picture: the notice on privacy, and the settings."""

from collections.abc import Callable

from PySide6.QtWidgets import QLabel

from ferqt.settings import PRIVACY_READ, Settings
from ferqt.ui.dialogs.settings_dialog import SettingsDialog
from ferqt.ui.main_window import MainWindow
from tests.helpers.fake_session import CLIP, FakeSession


def test_a_source_named_at_the_first_start_does_not_hide_the_notice_on_privacy(
    open_window: Callable[[], MainWindow], session: FakeSession, settings: Settings
) -> None:
    settings.set(PRIVACY_READ, False)
    window = open_window()
    assert window.privacy_page.isVisible()
    session.opened(CLIP)
    told = [label.text() for label in window.notice_bar.findChildren(QLabel)]
    assert "Before you begin" in told
    session.closed()
    assert window.start_page.isVisible()


def test_settings_open_once_and_leave_the_window_free(
    window: MainWindow, session: FakeSession
) -> None:
    window.actions_by_id["settings"].trigger()
    window.actions_by_id["settings"].trigger()
    (dialog,) = window.findChildren(SettingsDialog)
    assert not dialog.isModal()
    dialog.close()
    window.actions_by_id["settings"].trigger()
    assert sum(one.isVisible() for one in window.findChildren(SettingsDialog)) == 1
