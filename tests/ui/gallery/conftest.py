"""A gallery on the screen, with a few pictures."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ferqt.core.types import Notice
from ferqt.runtime.tasks import TaskRunner
from ferqt.ui.docks.gallery_dock import GalleryPanel
from ferqt.ui.theme import Theme
from tests.helpers.shots import add_shot


@pytest.fixture
def tasks() -> Iterator[TaskRunner]:
    runner = TaskRunner()
    yield runner
    runner.shutdown()


@pytest.fixture
def theme(qapp: QApplication) -> Theme:
    made = Theme()
    made.apply()
    return made


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "shots"


@pytest.fixture
def three(folder: Path) -> list[Path]:
    """Happy, sad and uncertainly sad, the newest last."""
    return [
        add_shot(folder, "a.png", shows={"happy": 0.9}, minute=1),
        add_shot(folder, "b.png", shows={"sad": 0.9}, minute=2, source="Camera 0"),
        add_shot(folder, "c.png", shows={"sad": 0.6}, minute=3, uncertain=True),
    ]


@pytest.fixture
def panel(qtbot: QtBot, theme: Theme, tasks: TaskRunner, folder: Path) -> GalleryPanel:
    made = GalleryPanel(theme, tasks)
    qtbot.addWidget(made)
    made.resize(300, 500)
    made.set_folder(folder)
    return made


@pytest.fixture
def told(panel: GalleryPanel) -> list[Notice]:
    notices: list[Notice] = []
    panel.notice_posted.connect(lambda notice, _: notices.append(notice))
    return notices


@pytest.fixture
def filled(qtbot: QtBot, panel: GalleryPanel, three: list[Path]) -> GalleryPanel:
    """A panel in a window with the three pictures, which has the keyboard."""
    panel.show()
    qtbot.waitUntil(lambda: len(panel.shots.shots) == len(three))
    with qtbot.waitActive(panel):
        panel.activateWindow()
    panel.view.setFocus()
    return panel
