"""Settings: defaults, what is kept, and what happens to a file that is not understood."""

import errno
import json
from pathlib import Path

import pytest

from ferqt.settings import (
    ALL_BARS,
    ANALYSIS_PRESETS,
    CAMERA_FORMAT,
    DETECTOR,
    GROUPS,
    MAX_FACES,
    MIN_CONFIDENCE,
    RECENT,
    SETTINGS,
    THEME,
    Settings,
)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "config" / "settings.json"


def test_values_come_back_after_saving(file: Path) -> None:
    settings = Settings.load(file)
    settings.set(THEME, "light")
    settings.set(ALL_BARS, False)
    settings.set(RECENT, ("/films/a.mp4", "rtsp://camera/live"))
    settings.save()

    again = Settings.load(file)

    assert again.get(THEME) == "light"
    assert again.get(ALL_BARS) is False
    assert again.get(RECENT) == ("/films/a.mp4", "rtsp://camera/live")
    assert again.notices == ()


def test_only_what_differs_from_the_defaults_is_stored(file: Path) -> None:
    settings = Settings.load(file)
    settings.set(THEME, "light")
    settings.set(THEME, THEME.default)
    settings.save()

    assert json.loads(file.read_text()) == {}


def test_a_missing_file_means_defaults_without_a_notice(file: Path) -> None:
    settings = Settings.load(file)

    assert all(settings.get(setting) == setting.default for setting in SETTINGS)
    assert settings.notices == ()
    assert not file.exists()


def test_keys_of_a_newer_version_are_kept(file: Path) -> None:
    file.parent.mkdir()
    file.write_text('{"future.key": [1, 2], "window.theme": "light"}')
    settings = Settings.load(file)
    settings.set(THEME, "system")
    settings.save()

    assert json.loads(file.read_text()) == {"future.key": [1, 2], "window.theme": "system"}


@pytest.mark.parametrize(
    "text", ["{", "[1]", "[" * 100_000, "", '{"a": 1}' + " " * 1_000_000, "\x00"]
)
def test_a_damaged_file_is_set_aside_and_told(file: Path, text: str) -> None:
    file.parent.mkdir()
    file.write_text(text)

    settings = Settings.load(file)

    assert settings.get(THEME) == THEME.default
    assert not file.exists()
    assert (file.parent / "settings.json.broken-1").read_text() == text
    assert len(settings.notices) == 1
    assert settings.notices[0].text.endswith("settings.json.broken-1")


def test_an_earlier_damaged_file_is_not_overwritten(file: Path) -> None:
    file.parent.mkdir()
    for text in ("{first", "{second"):
        file.write_text(text)
        Settings.load(file)

    assert (file.parent / "settings.json.broken-1").read_text() == "{first"
    assert (file.parent / "settings.json.broken-2").read_text() == "{second"


def test_a_single_bad_value_falls_back_alone(file: Path) -> None:
    file.parent.mkdir()
    file.write_text('{"window.theme": "pink", "view.all_expressions": false}')

    settings = Settings.load(file)

    assert settings.get(THEME) == THEME.default
    assert settings.get(ALL_BARS) is False
    assert [notice.title for notice in settings.notices] == ["A setting was not understood"]
    assert "pink" in settings.notices[0].text


@pytest.mark.parametrize("value", ["4x4@1", "", "1280x720"])
def test_a_value_that_is_no_choice_is_refused(file: Path, value: str) -> None:
    with pytest.raises(ValueError, match="is not one of"):
        Settings(file).set(CAMERA_FORMAT, value)


def test_recent_sources_are_listed_once_and_the_newest_first(file: Path) -> None:
    settings = Settings(file)
    for number in range(12):
        settings.remember_source(f"/films/{number}.mp4")
    settings.remember_source("/films/9.mp4")

    recent = settings.get(RECENT)
    assert recent[:3] == ("/films/9.mp4", "/films/11.mp4", "/films/10.mp4")
    assert len(recent) == len(set(recent)) == 8


def test_a_folder_that_cannot_be_written_does_not_stop_the_program(tmp_path: Path) -> None:
    (tmp_path / "config").write_text("a file where the folder should be")
    settings = Settings(tmp_path / "config" / "settings.json")
    settings.set(THEME, "light")

    notice = settings.save()

    assert (tmp_path / "config").read_text() == "a file where the folder should be"
    assert notice is not None
    assert notice.title == "The settings were not saved"


def test_two_windows_keep_each_others_changes(file: Path) -> None:
    first, second = Settings.load(file), Settings.load(file)
    first.set(THEME, "light")
    first.set(ANALYSIS_PRESETS, ("mine",))
    first.save()
    second.set(ALL_BARS, False)
    second.set(ANALYSIS_PRESETS, ("theirs",))
    second.save()
    first.set(MAX_FACES, 3)
    first.set(ANALYSIS_PRESETS, ("mine", "more"))
    first.save()

    both = Settings.load(file)
    assert (both.get(THEME), both.get(ALL_BARS), both.get(MAX_FACES)) == ("light", False, 3)
    assert set(both.get(ANALYSIS_PRESETS)) == {"mine", "more", "theirs"}

    second.set(ALL_BARS, True)
    second.set(ANALYSIS_PRESETS, ())
    second.save()
    both = Settings.load(file)
    assert (both.get(THEME), both.get(ALL_BARS)) == ("light", True)
    assert set(both.get(ANALYSIS_PRESETS)) == {"mine", "more"}


def test_a_full_disk_leaves_the_settings_of_before(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = Settings.load(file)
    settings.set(THEME, "light")
    assert settings.save() is None
    before = file.read_bytes()

    def full(self: Path, text: str, encoding: str) -> None:
        self.write_bytes(text.encode()[:10])
        raise OSError(errno.ENOSPC, "No space left on device")

    settings.set(MAX_FACES, 3)
    with monkeypatch.context() as patch:
        patch.setattr(Path, "write_text", full)
        notice = settings.save()
    assert notice is not None
    assert "No space left on device" in notice.text
    assert file.read_bytes() == before
    assert list(file.parent.iterdir()) == [file]

    assert settings.save() is None
    assert Settings.load(file).get(MAX_FACES) == 3


def test_settings_have_unique_keys_and_defaults_that_are_allowed() -> None:
    assert len({setting.key for setting in SETTINGS}) == len(SETTINGS)
    for setting in SETTINGS:
        assert setting.read(setting.default) == setting.default
        assert setting.text


def test_the_detectors_to_choose_from_are_those_that_exist() -> None:
    from ferqt.faces.registry import DETECTORS

    assert DETECTOR.choices == tuple(DETECTORS)


def test_every_setting_that_is_offered_can_be_offered() -> None:
    groups = {group.id for group in GROUPS}
    for setting in SETTINGS:
        if not setting.group:
            continue
        assert setting.group in groups
        assert len(setting.choice_texts) == len(setting.choices)
        if isinstance(setting.default, int | float) and not isinstance(setting.default, bool):
            assert setting.span is not None


@pytest.mark.parametrize("value", [True, 2.5, "3", 0, 33])
def test_a_count_is_a_whole_number_in_its_span(file: Path, value: object) -> None:
    with pytest.raises(ValueError, match="is not"):
        Settings(file).set(MAX_FACES, value)


@pytest.mark.parametrize("value", [float("nan"), float("inf"), 9.9, 95.1])
def test_a_share_stays_in_its_span(file: Path, value: float) -> None:
    with pytest.raises(ValueError, match="is not between 10 and 95"):
        Settings(file).set(MIN_CONFIDENCE, value)


def test_who_watches_hears_of_changes_alone(file: Path) -> None:
    settings = Settings(file)
    heard = []
    stop = settings.watch(heard.append)
    settings.set(THEME, THEME.default)
    settings.set(THEME, "light")
    settings.set(THEME, "light")
    settings.reset(THEME)
    stop()
    settings.set(THEME, "system")
    assert heard == [THEME, THEME]


def test_a_source_is_forgotten_when_asked(file: Path) -> None:
    settings = Settings(file)
    for name in ("/films/a.mp4", "/films/b.mp4"):
        settings.remember_source(name)
    settings.forget_source("/films/b.mp4")
    settings.forget_source("/films/never.mp4")
    assert settings.get(RECENT) == ("/films/a.mp4",)
