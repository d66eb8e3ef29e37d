"""The guide that Help opens: its pages, links and pictures."""

import re
from pathlib import Path

import pytest
from PySide6.QtCore import QSize, Qt, QUrl
from PySide6.QtGui import QDesktopServices, QImage, QTextDocument
from PySide6.QtWidgets import QToolButton
from pytestqt.qtbot import QtBot

from ferqt.paths import docs_dir
from ferqt.ui.action_table import ACTIONS
from ferqt.ui.guide import GuideWindow, PageBrowser, heading_name
from ferqt.ui.main_window import MainWindow
from ferqt.ui.theme import Theme
from ferqt.ui.timeline.keys import TimelineKeys

PAGES = sorted((docs_dir() / "guide").glob("*.md"))
MOST_BYTES = 3_000_000
LINK = re.compile(r"(!?)\[[^]]*\]\(([^)#]*)(?:#([^)]*))?\)")
PICTURE = QTextDocument.ResourceType.ImageResource.value


def links(page: Path) -> list[tuple[bool, Path, str]]:
    """Whether each link of a page is a picture, the file that it means, and its heading."""
    found = []
    for bang, target, heading in LINK.findall(page.read_text(encoding="utf-8")):
        if "://" not in target:
            file = (page.parent / target).resolve() if target else page
            found.append((bool(bang), file, heading))
    return found


def headings(page: Path) -> set[str]:
    text = page.read_text(encoding="utf-8")
    return {heading_name(line) for line in re.findall(r"^#+ (.+)$", text, re.MULTILINE)}


def reachable() -> set[Path]:
    """Every page that links lead to from the first."""
    found, waiting = set(), [docs_dir().resolve() / "guide" / "index.md"]
    while waiting:
        page = waiting.pop()
        if page not in found and page.is_file():
            found.add(page)
            waiting += [file for _, file, _ in links(page) if file.suffix == ".md"]
    return found


def timeline_keys() -> set[str]:
    """The keys that the page on the keyboard lists for the timeline."""
    page = (docs_dir() / "keyboard.md").read_text(encoding="utf-8")
    section = page.split("## Timeline")[1].split("\n## ")[0]
    return set(re.findall(r"`([^`]+)`", section))


@pytest.fixture
def theme(qapp: object) -> Theme:
    made = Theme("dark")
    made.apply()
    return made


@pytest.fixture
def guide(qtbot: QtBot, theme: Theme) -> GuideWindow:
    made = GuideWindow(theme)
    qtbot.addWidget(made)
    with qtbot.waitExposed(made):
        made.show()
    return made


def title(browser: PageBrowser) -> str:
    return browser.document().begin().text()


def press(guide: GuideWindow, name: str) -> None:
    button = next(one for one in guide.findChildren(QToolButton) if one.text() == name)
    assert button.isEnabled()
    button.click()


def test_every_page_can_be_reached_and_every_link_leads_somewhere() -> None:
    pages = reachable()
    assert {page.resolve() for page in PAGES} <= pages
    for page in pages:
        for _, file, heading in links(page):
            assert file.is_file(), f"{page.name}: {file}"
            assert file.is_relative_to(docs_dir().resolve())
            assert not heading or heading in headings(file), f"{page.name}: #{heading}"


def test_every_picture_is_one_and_all_together_are_small() -> None:
    shown = {file for page in reachable() for picture, file, _ in links(page) if picture}
    assert all(not QImage(str(file)).isNull() for file in shown)
    assert sum(file.stat().st_size for file in (docs_dir() / "pictures").iterdir()) < MOST_BYTES


def test_every_key_of_the_guide_is_one() -> None:
    keys = {key for spec in ACTIONS for key in spec.keys} | timeline_keys()
    keys |= {"Shift", "Ctrl", "Enter", "Ctrl+F"}
    for page in PAGES:
        for name in re.findall(
            r"`((?:Ctrl\+|Shift\+)*(?:[A-Z,.?\[\]0]|F\d+|[A-Z][a-z]+))`", page.read_text()
        ):
            assert name in keys, f"{page.name}: {name}"


def test_the_page_on_the_keyboard_lists_the_keys_of_the_timeline(window: MainWindow) -> None:
    """But for the plus sign that needs Shift, and for keys that every menu has."""
    keys = TimelineKeys(window.timeline.canvas).known - {"Shift++"}
    assert timeline_keys() == keys | {"Menu", "Shift+F10"}


def test_f1_opens_the_guide_beside_the_window(qtbot: QtBot, window: MainWindow) -> None:
    qtbot.keyClick(window, Qt.Key.Key_F1)
    (guide,) = window.findChildren(GuideWindow)
    qtbot.waitUntil(guide.isVisible)
    assert title(guide.browser) == "Guide"
    assert not guide.isModal()
    guide.browser.show_page("guide/faces.md")
    guide.close()
    window.actions_by_id["guide"].trigger()
    assert window.findChildren(GuideWindow) == [guide]
    assert title(guide.browser) == "Faces"


def test_one_goes_back_forward_and_to_the_contents(guide: GuideWindow) -> None:
    guide.browser.anchorClicked.emit(QUrl.fromLocalFile(str(docs_dir() / "guide" / "video.md")))
    assert title(guide.browser) == "Video file"
    press(guide, "Back")
    assert title(guide.browser) == "Guide"
    press(guide, "Forward")
    assert title(guide.browser) == "Video file"
    press(guide, "Contents")
    assert title(guide.browser) == "Guide"


def test_a_link_to_a_heading_shows_it(guide: GuideWindow) -> None:
    url = QUrl.fromLocalFile(str(docs_dir() / "guide" / "faces.md"))
    url.setFragment("neutral-baseline")
    guide.browser.anchorClicked.emit(url)
    assert guide.browser.textCursor().block().text() == "Neutral baseline"
    assert guide.browser.verticalScrollBar().value() > 0


def test_pictures_are_never_wider_than_the_page(qtbot: QtBot, guide: GuideWindow) -> None:
    browser = guide.browser
    browser.show_page("guide/first-look.md")
    for width in (800, 520):
        guide.resize(QSize(width, 600))
        qtbot.waitUntil(lambda: browser.horizontalScrollBar().maximum() == 0)
        picture = browser.loadResource(PICTURE, QUrl("../pictures/window.png"))
        assert isinstance(picture, QImage)
        assert 300 < picture.width() / picture.devicePixelRatio() < browser.viewport().width()


def test_nothing_outside_of_the_pages_is_read(guide: GuideWindow, tmp_path: Path) -> None:
    secret = tmp_path / "secret.md"
    secret.write_text("# Secret")
    guide.browser.anchorClicked.emit(QUrl.fromLocalFile(str(secret)))
    assert guide.browser.loadResource(PICTURE, QUrl("http://example.org/a.png")) is None
    assert "Secret" not in guide.browser.toPlainText()


def test_other_addresses_open_in_the_desktop_s_browser(
    guide: GuideWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url.toString()))
    guide.browser.anchorClicked.emit(QUrl("https://example.org/page"))
    assert opened == ["https://example.org/page"]
    assert title(guide.browser) == "Guide"


def test_links_have_the_color_of_the_theme(guide: GuideWindow, theme: Theme) -> None:
    def color() -> str:
        html = guide.browser.toHtml()
        found = re.search(r"color:(#[0-9a-f]{6})[^>]*>First look", html)
        assert found, html
        return found.group(1)

    assert color() == theme.tokens.accent_text.lower()
    theme.choose("light")
    assert color() == theme.tokens.accent_text.lower()
    theme.choose("dark")
