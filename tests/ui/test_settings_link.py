"""Parts follow the settings, wherever those are changed."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from ferqt.core.types import Notice
from ferqt.settings import (
    ALL_BARS,
    DETECTOR,
    HEAD_POSE,
    LABELS,
    LANDMARKS,
    LANGUAGE,
    MIRROR,
    SMOOTHING,
    THEME,
    Setting,
    Settings,
)
from ferqt.ui import live_settings
from ferqt.ui.live_settings import LiveSettings
from ferqt.ui.settings_link import SWITCHES, SettingsLink
from ferqt.ui.theme import Theme
from tests.helpers.actions import ActionWindow
from tests.helpers.fake_session import FakeSession


@pytest.fixture
def window(qtbot: QtBot) -> ActionWindow:
    made = ActionWindow()
    qtbot.addWidget(made)
    return made


@pytest.fixture
def theme(window: ActionWindow) -> Iterator[Theme]:
    made = Theme("dark", window)
    made.apply()
    yield made
    made.choose("dark")


@pytest.fixture
def link(
    window: ActionWindow, session: FakeSession, settings: Settings, theme: Theme
) -> SettingsLink:
    live = LiveSettings(settings, window)
    return SettingsLink(live, session, theme, window.actions_by_id, window)


def test_the_pipeline_follows(link: SettingsLink, session: FakeSession, settings: Settings) -> None:
    before = session.config
    settings.set(SMOOTHING, 1.0)
    settings.set(DETECTOR, "haar")
    settings.set(LANGUAGE, "de")
    assert session.calls == [
        ("set_config", replace(before, smoothing_s=1.0)),
        ("set_config", replace(before, smoothing_s=1.0, detector_id="haar")),
    ]


def test_the_theme_and_its_check_mark_follow(
    link: SettingsLink, window: ActionWindow, settings: Settings, theme: Theme
) -> None:
    assert window.actions_by_id["theme_dark"].isChecked()
    settings.set(THEME, "light")
    assert theme.tokens.name == "light"
    assert window.actions_by_id["theme_light"].isChecked()
    assert not window.actions_by_id["theme_dark"].isChecked()


@pytest.mark.parametrize("setting", SWITCHES, ids=lambda setting: setting.key)
def test_check_marks_show_the_settings(
    link: SettingsLink, window: ActionWindow, settings: Settings, setting: Setting[bool]
) -> None:
    action = window.actions_by_id[SWITCHES[setting]]
    assert action.isChecked() is setting.default
    settings.set(setting, not setting.default)
    assert action.isChecked() is not setting.default
    assert window.commands.calls == []


@pytest.mark.parametrize("setting", [LABELS, ALL_BARS, LANDMARKS, HEAD_POSE, MIRROR])
def test_the_picture_follows(
    qtbot: QtBot, link: SettingsLink, settings: Settings, setting: Setting[bool]
) -> None:
    with qtbot.waitSignal(link.overlay_changed):
        settings.set(setting, not setting.default)


def test_the_picture_is_left_alone_by_what_it_does_not_show(
    qtbot: QtBot, link: SettingsLink, settings: Settings
) -> None:
    with qtbot.assertNotEmitted(link.overlay_changed):
        settings.set(SMOOTHING, 2.0)


def test_settings_that_cannot_be_saved_are_told_once_and_saved_later(
    qtbot: QtBot, window: ActionWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(live_settings, "_SAVE_MS", 0)
    monkeypatch.setattr(live_settings, "_AGAIN_MS", 10)
    blocked = tmp_path / "config"
    blocked.write_text("a file where the folder should be")
    settings = Settings(blocked / "settings.json")
    live = LiveSettings(settings, window)
    told: list[Notice] = []
    live.notice_posted.connect(told.append)
    settings.set(SMOOTHING, 1.0)
    qtbot.waitUntil(lambda: bool(told), timeout=3000)
    qtbot.wait(60)
    assert [notice.title for notice in told] == ["The settings were not saved"]

    blocked.unlink()
    qtbot.waitUntil(settings.path.exists, timeout=3000)
    assert Settings.load(settings.path).get(SMOOTHING) == 1.0
