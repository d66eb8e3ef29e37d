"""Tests here use Qt: no thread of Qt may outlive one."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from ferqt.settings import PRIVACY_READ, Settings
from ferqt.ui.main_window import MainWindow
from tests.helpers.fake_session import FakeSession
from tests.helpers.models import add_tiny_model
from tests.helpers.qt import empty_clipboard, no_qthread_left

__all__ = ["empty_clipboard", "no_qthread_left"]


@pytest.fixture
def session(tmp_path: Path) -> FakeSession:
    """A session that records; its catalog has the models "tiny" and "other"."""
    for model_id in ("other", "tiny"):
        add_tiny_model(tmp_path / "models", model_id)
    return FakeSession(tmp_path / "models")


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Settings that are kept in the test's own folder, of a person who was here before."""
    settings = Settings.load(tmp_path / "config" / "settings.json")
    settings.set(PRIVACY_READ, True)
    return settings


@pytest.fixture
def open_window(
    qtbot: QtBot, session: FakeSession, settings: Settings
) -> Iterator[Callable[[], MainWindow]]:
    """Opens a window, shown and filled, with the keyboard."""
    opened: list[MainWindow] = []

    def open_() -> MainWindow:
        window = MainWindow(session, settings)
        qtbot.addWidget(window)
        opened.append(window)
        with qtbot.waitActive(window):
            window.show()
        qtbot.waitUntil(lambda: window.tool_bar.model_box.count() > 0, timeout=30_000)
        return window

    yield open_
    for window in opened:
        window.close()


@pytest.fixture
def window(open_window: Callable[[], MainWindow]) -> MainWindow:
    """An open window."""
    return open_window()
