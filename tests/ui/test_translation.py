"""The window in another language: every text can be translated, is, and is shown."""

import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from xml.etree import ElementTree

import pytest
from PySide6.QtCore import QCoreApplication, QLocale, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QDialogButtonBox,
    QLabel,
    QMenu,
    QWidget,
)
from pytestqt.qtbot import QtBot

from ferqt.paths import resources_dir
from ferqt.settings import LANGUAGE, THEME
from ferqt.ui.action_table import ACTIONS, FILLED_LATER, MENUS
from ferqt.ui.actions import SUBMENUS
from ferqt.ui.dialogs.settings_dialog import SettingsDialog
from ferqt.ui.live_settings import LiveSettings
from ferqt.ui.main_window import MainWindow
from ferqt.ui.shortcuts import Shortcuts
from ferqt.ui.translation import SOURCE_LANGUAGE, TRANSLATED, best_language, install_language
from scripts import translations
from tests.helpers.texts import bare_texts, unreadable_marks

ROOT = Path(__file__).parents[2]
SOURCES = sorted((ROOT / "ferqt").rglob("*.py"))
SAME_EVERYWHERE = {"ferqt", " px", "rtsp://camera.local/live"}
"""Names and units, which no language changes."""

GERMAN = resources_dir() / "translations" / "ferqt_de.ts"
TOP_UP = "Run 'python scripts/translations.py update' and translate what 'missing' prints."


def messages(file: Path) -> dict[tuple[str, str], ElementTree.Element]:
    found = {}
    for context in ElementTree.parse(file).getroot().iter("context"):
        for message in context.iter("message"):
            key = (context.findtext("name", ""), message.findtext("source", ""))
            found[key] = message.find("translation")
    return found


@pytest.fixture(scope="module")
def german() -> dict[tuple[str, str], str]:
    """The German texts by context and English text; another test tells which are missing."""
    return {key: element.text for key, element in messages(GERMAN).items() if element.text}


@pytest.fixture
def in_german(qapp: QApplication) -> Iterator[None]:
    before = QLocale()
    installed = install_language(qapp, "de")
    yield
    for translator in installed:
        qapp.removeTranslator(translator)
    QLocale.setDefault(before)


def test_every_text_that_is_shown_can_be_translated() -> None:
    bare = {
        f"{source.relative_to(ROOT)}:{line}": text
        for source in SOURCES
        if source.is_relative_to(ROOT / "ferqt" / "ui")
        for line, text in bare_texts(source)
        if text not in SAME_EVERYWHERE
    }
    assert bare == {}


def test_every_mark_can_be_read_by_the_collector() -> None:
    unreadable = [
        f"{source.relative_to(ROOT)}:{line}"
        for source in SOURCES
        for line in unreadable_marks(source)
    ]
    assert unreadable == []


def test_every_text_of_the_sources_has_a_german_translation(tmp_path: Path) -> None:
    collected = tmp_path / GERMAN.name
    shutil.copy(GERMAN, collected)
    translations.collect(collected)
    assert messages(collected).keys() == messages(GERMAN).keys(), TOP_UP
    assert translations.missing_texts(GERMAN) == {}, TOP_UP


def test_the_compiled_texts_are_those_of_the_table(
    qapp: QApplication, in_german: None, german: dict[tuple[str, str], str]
) -> None:
    for (context, source), text in german.items():
        assert QCoreApplication.translate(context, source) == text, TOP_UP


def test_translations_keep_the_places_for_values(german: dict[tuple[str, str], str]) -> None:
    for (_, source), text in german.items():
        places = re.findall(r"\{[^}]*\}", source)
        assert sorted(re.findall(r"\{[^}]*\}", text)) == sorted(places), source
        assert source.endswith(" …") == text.endswith(" …"), source
        assert source[:1].isspace() == text[:1].isspace(), source
        assert source[-1:].isspace() == text[-1:].isspace(), source


def test_every_menu_and_submenu_can_be_translated() -> None:
    paths = {spec.menu for spec in ACTIONS} | set(map(str, FILLED_LATER.values()))
    below = {path.partition("/")[2] for path in paths if "/" in path}
    assert below == set(SUBMENUS)
    assert {path.partition("/")[0] for path in paths} == set(MENUS)


def test_the_german_window_has_no_english_text(
    qtbot: QtBot,
    in_german: None,
    open_window: Callable[[], MainWindow],
    german: dict[tuple[str, str], str],
) -> None:
    """Of those texts that German says in another way."""
    english = {source for (_, source), text in german.items() if text != source}
    english -= set(german.values())
    window = open_window()
    told = texts_of(window)
    assert {"Datei", "Ansicht", "Modell", "Hilfe", "Tastenkürzel"} <= told
    assert told & english == set()


def test_the_german_settings_have_no_english_text(
    qtbot: QtBot,
    in_german: None,
    open_window: Callable[[], MainWindow],
    german: dict[tuple[str, str], str],
) -> None:
    english = {source for (_, source), text in german.items() if text != source}
    english -= set(german.values())
    window = open_window()
    live = LiveSettings(window._settings, window)
    shortcuts = Shortcuts(window.actions_by_id, live.settings, window)
    dialog = SettingsDialog(live, shortcuts, window.theme, window)
    dialog.show()
    dialog.key_row("about")
    dialog.row(THEME)
    told = texts_of(dialog)
    assert {"Einstellungen", "Ausdrücke", "Dunkel", "Schließen"} <= told
    assert told & english == set()
    dialog.close()


def texts_of(widget: QWidget) -> set[str]:
    """Every text below a widget that is read or heard."""
    told = {widget.windowTitle()}
    for each in widget.findChildren(QWidget):
        told |= {each.windowTitle(), each.toolTip(), each.accessibleName()}
        told |= {each.accessibleDescription()}
        if isinstance(each, QLabel | QAbstractButton):
            told.add(each.text())
        if isinstance(each, QMenu):
            told.add(each.title())
        told |= {action.text() for action in each.actions()}
        told |= {action.toolTip() for action in each.actions()}
        count = getattr(each, "count", None)
        if callable(count) and hasattr(each, "itemText"):
            told |= {each.itemText(row) for row in range(count())}
    told |= {action.text() for action in widget.actions()}
    return told - {""}


def test_qt_s_own_texts_are_german_too(qtbot: QtBot, in_german: None) -> None:
    box = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
    qtbot.addWidget(box)
    assert box.button(QDialogButtonBox.StandardButton.Cancel).text() == "Abbrechen"


def test_numbers_are_written_as_the_language_does(in_german: None) -> None:
    assert QLocale().toString(0.5) == "0,5"


def test_english_needs_no_translation(qapp: QApplication) -> None:
    before = QLocale()
    assert install_language(qapp, "en") == ()
    QLocale.setDefault(before)


@pytest.mark.parametrize(
    ("tags", "language"),
    [
        (["de-AT", "en"], "de"),
        (["de_DE"], "de"),
        (["fr-FR", "de"], "de"),
        (["en-GB", "de"], "en"),
        (["fr"], "en"),
        ([], "en"),
    ],
)
def test_the_system_s_first_language_that_there_is_is_spoken(
    tags: list[str], language: str
) -> None:
    assert best_language(tags) == language


def test_every_language_that_is_offered_is_there() -> None:
    assert LANGUAGE.choices == ("system", SOURCE_LANGUAGE, *TRANSLATED)
    for language in TRANSLATED:
        assert (resources_dir() / "translations" / f"ferqt_{language}.qm").is_file()


@pytest.mark.parametrize("language", ["english", "german"])
@pytest.mark.parametrize("widths", [(1280, 900, 1280), (900, 1600, 2560)])
def test_the_box_of_models_stays_in_sight_at_every_width(
    qtbot: QtBot,
    request: pytest.FixtureRequest,
    open_window: Callable[[], MainWindow],
    language: str,
    widths: tuple[int, ...],
) -> None:
    """German words are longer."""
    if language == "german":
        request.getfixturevalue("in_german")
    window = open_window()
    bar, box = window.tool_bar, window.tool_bar.model_box
    pose = bar.widgetForAction(window.actions_by_id["pose"])
    for width in widths:
        window.resize(width, 800)
        qtbot.waitUntil(lambda wanted=width: bar.width() == wanted)
        qtbot.waitUntil(lambda: box.isVisible() and box.geometry().right() <= bar.width())
        assert pose.toolButtonStyle() is Qt.ToolButtonStyle.ToolButtonIconOnly
