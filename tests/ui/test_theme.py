"""The look: contrast, and themes that change while the program runs."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QColor, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from ferqt.paths import resources_dir
from ferqt.ui.action_table import ACTIONS
from ferqt.ui.icons import icon, pixmap, program_icon
from ferqt.ui.main_window import MainWindow
from ferqt.ui.style_sheet import build_style_sheet
from ferqt.ui.theme import THEME_CHOICES, Theme
from ferqt.ui.tokens import DARK, LIGHT, Tokens
from tests.helpers.colors import contrast
from tests.helpers.paints import EventCounter

THEMES = pytest.mark.parametrize("tokens", [DARK, LIGHT], ids=lambda tokens: tokens.name)


@THEMES
@pytest.mark.parametrize("text", ["text", "text_muted", "accent_text", "danger", "warning"])
@pytest.mark.parametrize("ground", ["background", "surface", "surface_raised", "hover"])
def test_text_can_be_read_on_every_ground(tokens: Tokens, text: str, ground: str) -> None:
    assert contrast(getattr(tokens, text), getattr(tokens, ground)) >= 4.5


@THEMES
def test_text_can_be_read_on_accent_and_on_pressed_buttons(tokens: Tokens) -> None:
    assert contrast(tokens.on_accent, tokens.accent) >= 4.5
    assert contrast(tokens.text, tokens.pressed) >= 4.5
    assert contrast(tokens.accent_text, tokens.pressed) >= 4.5


@THEMES
def test_the_focus_stands_out(tokens: Tokens) -> None:
    """WCAG 2.2 asks for 3 to 1 where color tells the state of a control."""
    for ground in (tokens.background, tokens.surface, tokens.surface_raised):
        assert contrast(tokens.accent, ground) >= 3


@THEMES
def test_the_style_sheet_has_no_hole(tokens: Tokens) -> None:
    sheet = build_style_sheet(tokens, "theme")
    assert "$" not in sheet
    colors = {getattr(tokens, name) for name in tokens.__slots__ if name != "name"}
    assert set(re.findall(r"#[0-9A-F]{6}\b", sheet)) <= colors


@THEMES
@pytest.mark.parametrize("name", sorted({spec.icon for spec in ACTIONS if spec.icon}))
def test_icons_take_the_color_of_the_theme(qapp: QApplication, tokens: Tokens, name: str) -> None:
    picture = icon(name, tokens).pixmap(40, 40).toImage()
    colors = {
        picture.pixelColor(x, y).name().upper()
        for x in range(picture.width())
        for y in range(picture.height())
        if picture.pixelColor(x, y).alpha() == 255
    }
    assert colors == {tokens.text}


def test_every_drawing_is_of_one_family(qapp: QApplication) -> None:
    drawings = [file for file in (resources_dir() / "icons").glob("*.svg") if file.stem != "ferqt"]
    assert drawings
    for file in drawings:
        text = file.read_text(encoding="utf-8")
        assert 'viewBox="0 0 24 24"' in text, file
        assert 'stroke-width="1.75"' in text, file
        assert "currentColor" in text, file
        assert not pixmap(file.stem, "#FFFFFF", 20, 2.0).isNull()
    assert not program_icon().isNull()


@pytest.fixture
def theme(qapp: QApplication) -> Iterator[Theme]:
    made = Theme("dark")
    made.apply()
    yield made
    made.choose("dark")


def test_a_theme_is_changed_while_the_program_runs(
    qtbot: QtBot, qapp: QApplication, theme: Theme
) -> None:
    with qtbot.waitSignal(theme.changed):
        theme.choose("light")
    assert theme.tokens is LIGHT
    assert qapp.palette().color(QPalette.ColorRole.Window) == QColor(LIGHT.background)


def test_the_same_theme_is_not_put_on_twice(qtbot: QtBot, theme: Theme) -> None:
    with qtbot.assertNotEmitted(theme.changed):
        theme.choose("dark")


def test_the_desktop_s_choice_is_followed(theme: Theme, monkeypatch: pytest.MonkeyPatch) -> None:
    # No platform that tests run on has a desktop that could change its mind.
    light = False
    monkeypatch.setattr("ferqt.ui.theme.desktop_is_light", lambda: light)
    theme.choose("system")
    assert theme.tokens is DARK
    light = True
    QGuiApplication.styleHints().colorSchemeChanged.emit(Qt.ColorScheme.Light)
    assert theme.tokens is LIGHT


@pytest.mark.parametrize("choice", THEME_CHOICES)
def test_the_menu_changes_the_theme_of_all_parts(window: MainWindow, choice: str) -> None:
    window.actions_by_id[f"theme_{choice}"].trigger()
    assert window.theme.choice == choice
    assert window.actions_by_id[f"theme_{choice}"].isChecked()
    tokens = window.theme.tokens
    assert window.view.background == QColor(tokens.picture)
    plot = window.parts.panels.probabilities.plot
    assert plot.palette().color(QPalette.ColorRole.Window) == QColor(tokens.surface)


@THEMES
def test_the_pictures_that_the_style_sheet_names_are_there(tokens: Tokens) -> None:
    sheet = build_style_sheet(tokens, (resources_dir() / "theme").as_posix())
    named = set(re.findall(r'url\("(.+?)"\)', sheet))
    assert len(named) == 4
    assert all(Path(name).is_file() for name in named)


def test_another_theme_polishes_each_widget_a_few_times_at_most(
    qtbot: QtBot,
) -> None:
    theme = Theme("dark")
    theme.apply()
    outer = widget = QWidget()
    qtbot.addWidget(outer)
    for _ in range(12):
        widget = QWidget(widget)
    outer.show()
    polished = EventCounter(widget, QEvent.Type.StyleChange)
    theme.choose("light")
    assert 1 <= polished.count <= 3
