"""What Help and the first start say: privacy and law, licenses, about."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QTreeWidgetItem, QWidget
from pytestqt.qtbot import QtBot

from ferqt import __version__
from ferqt.classifiers.catalog import Catalog
from ferqt.runtime.tasks import TaskRunner
from ferqt.ui.about import AboutDialog
from ferqt.ui.licenses_dialog import LicensesDialog
from ferqt.ui.privacy import PrivacyDialog, PrivacyPage
from ferqt.ui.theme import Theme
from tests.helpers.models import add_tiny_model


@pytest.fixture
def theme(qapp: object) -> Theme:
    made = Theme("dark")
    made.apply()
    return made


def words(widget: QWidget) -> str:
    return " ".join(label.text() for label in widget.findChildren(QLabel))


@pytest.mark.parametrize("kind", [PrivacyPage, PrivacyDialog])
def test_privacy_and_law_are_told_in_full(
    qtbot: QtBot, theme: Theme, kind: type[PrivacyPage] | type[PrivacyDialog]
) -> None:
    shown = kind(theme)
    qtbot.addWidget(shown)
    told = words(shown)
    for statement in (
        "stays on this computer",
        "camera is off until you open it",
        "Nothing is recorded until you ask",
        "Expressions, not feelings",
        "differs between groups of people",
        "Ask the people who are filmed",
        "not meant for hiring",
        "at work and in education",
        "AI Act, article 5 (1) (f)",
    ):
        assert statement in told


def test_the_first_page_has_one_button(qtbot: QtBot, theme: Theme) -> None:
    page = PrivacyPage(theme)
    qtbot.addWidget(page)
    page.show()
    with qtbot.waitSignal(page.acknowledged):
        qtbot.mouseClick(page.button, Qt.MouseButton.LeftButton)


def test_the_first_page_follows_the_theme(qtbot: QtBot, theme: Theme) -> None:
    page = PrivacyPage(theme)
    qtbot.addWidget(page)

    def signs() -> list[int]:
        pixmaps = [label.pixmap() for label in page.findChildren(QLabel)]
        return [each.cacheKey() for each in pixmaps if not each.isNull()]

    before = signs()
    assert len(before) == 4
    theme.choose("light")
    after = signs()
    theme.choose("dark")
    assert set(before).isdisjoint(after)


def test_about_tells_the_versions(qtbot: QtBot) -> None:
    dialog = AboutDialog()
    qtbot.addWidget(dialog)
    told = words(dialog)
    assert __version__ in told
    assert "Qt 6" in told


@pytest.fixture
def tasks(qapp: object) -> Iterator[TaskRunner]:
    made = TaskRunner()
    yield made
    made.shutdown()


@pytest.fixture
def licenses(qtbot: QtBot, tmp_path: Path, tasks: TaskRunner) -> LicensesDialog:
    add_tiny_model(tmp_path, "tiny")
    dialog = LicensesDialog(Catalog((tmp_path,)), tasks)
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitUntil(lambda: dialog.list.topLevelItemCount() > 0)
    return dialog


def item(dialog: LicensesDialog, name: str) -> QTreeWidgetItem:
    flags = Qt.MatchFlag.MatchExactly | Qt.MatchFlag.MatchRecursive
    (found,) = dialog.list.findItems(name, flags)
    return found


def test_licenses_are_listed_by_part(licenses: LicensesDialog) -> None:
    headings = [
        licenses.list.topLevelItem(row).text(0) for row in range(licenses.list.topLevelItemCount())
    ]
    assert headings == ["Program", "Libraries", "Expression models", "Face models"]
    assert item(licenses, "ferqt").text(2) == "MIT"
    assert item(licenses, "face_landmarker.task").text(2) == "Apache-2.0"
    licenses.reject()


def test_the_text_of_a_chosen_license_is_shown(qtbot: QtBot, licenses: LicensesDialog) -> None:
    licenses.list.setCurrentItem(item(licenses, "platformdirs"))
    qtbot.waitUntil(lambda: "Permission is hereby granted" in licenses.text.toPlainText())
    licenses.list.setCurrentItem(item(licenses, "face_landmarker.task"))
    assert licenses.text.toPlainText().splitlines()[1] == "Apache-2.0"
    licenses.reject()


def test_closing_while_the_list_is_made_is_harmless(
    qtbot: QtBot, tmp_path: Path, tasks: TaskRunner
) -> None:
    dialog = LicensesDialog(Catalog((tmp_path,)), tasks)
    dialog.show()
    dialog.reject()
    with qtbot.waitSignals([dialog.destroyed, tasks.came]):
        dialog.deleteLater()


@pytest.mark.parametrize("width", [380, 520, 900])
def test_no_line_of_the_first_page_is_cut(qtbot: QtBot, theme: Theme, width: int) -> None:
    page = PrivacyPage(theme)
    qtbot.addWidget(page)
    page.resize(width, 400)
    page.show()

    def room_for_all() -> bool:
        labels = [label for label in page.findChildren(QLabel) if label.wordWrap()]
        return all(label.height() >= label.heightForWidth(label.width()) for label in labels)

    qtbot.waitUntil(room_for_all)
    assert not page.horizontalScrollBar().isVisible()
