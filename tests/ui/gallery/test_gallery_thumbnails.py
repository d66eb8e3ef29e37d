"""Thumbnails: what is painted, in which order they are read, and how many are kept."""

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor
from pytestqt.qtbot import QtBot

from ferqt.runtime.tasks import TaskRunner
from ferqt.ui.docks import gallery_thumbnails
from ferqt.ui.docks.gallery_dock import GalleryPanel
from ferqt.ui.docks.gallery_thumbnails import Thumbnails
from ferqt.ui.plot_styles import expression_color
from ferqt.ui.tokens import DARK
from tests.helpers.shots import add_shot


def test_a_picture_is_painted_with_its_thumbnail_and_its_expressions_color(
    qtbot: QtBot, filled: GalleryPanel
) -> None:
    def shade(row: int) -> QColor:
        area = filled.view.visualRect(filled.shots.index(row))
        image = filled.view.viewport().grab(area).toImage()
        return image.pixelColor(46 * image.width() // 100, 22 * image.height() // 100)

    def is_face() -> bool:
        color = shade(2)
        return color.red() > color.blue() + 20 > 60

    # Skin, and not the blue that exchanged channels would give.
    qtbot.waitUntil(is_face)
    image = filled.view.viewport().grab().toImage()
    colors = {
        image.pixelColor(x, y).name() for x in range(image.width()) for y in range(image.height())
    }
    ground = QColor(DARK.surface)
    assert {expression_color(name, ground).name() for name in ("happy", "sad")} <= colors


def test_a_damaged_picture_is_shown_as_such_and_read_once(
    qtbot: QtBot,
    panel: GalleryPanel,
    folder: Path,
    tasks: TaskRunner,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    path = add_shot(folder)
    path.write_bytes(path.read_bytes()[:-3_000])
    reads: list[Path] = []
    real = gallery_thumbnails.read_pixels

    def counting(place: Path, longest: int) -> object:
        reads.append(place)
        return real(place, longest)

    monkeypatch.setattr(gallery_thumbnails, "read_pixels", counting)
    panel.show()
    qtbot.waitUntil(lambda: bool(reads))
    for _ in range(3):
        panel.view.viewport().update()
        qtbot.wait(30)
    assert reads == [path]
    assert len(panel.shots.shots) == 1


@pytest.fixture
def waiting(tasks: TaskRunner) -> Iterator[Callable[[], None]]:
    """Keeps all threads busy until it is called."""
    gate = threading.Event()
    for _ in range(64):
        tasks.run(gate.wait, lambda _: None, lambda _: None, title="")
    yield gate.set
    gate.set()


def test_what_was_asked_for_last_is_read_first(
    qtbot: QtBot, filled: GalleryPanel, folder: Path, tasks: TaskRunner, waiting: Callable[[], None]
) -> None:
    thumbnails = Thumbnails(tasks)
    order: list[str] = []
    thumbnails.ready.connect(lambda shot: order.append(shot.path.name))
    room = QSize(128, 128)
    for shot in filled.shots.shots:
        assert thumbnails.get(shot, room) is None
        assert thumbnails.get(shot, room) is None
    waiting()
    qtbot.waitUntil(lambda: len(order) == 3)
    # The first was being read already when the others were asked for.
    assert order == ["c.png", "a.png", "b.png"]


def test_thumbnails_stay_within_their_memory(
    qtbot: QtBot, filled: GalleryPanel, tasks: TaskRunner
) -> None:
    one = 128 * 128 * 4
    thumbnails = Thumbnails(tasks, max_bytes=2 * one)
    ready: list[str] = []
    thumbnails.ready.connect(lambda shot: ready.append(shot.path.name))
    room = QSize(128, 128)
    for shot in filled.shots.shots:
        thumbnails.get(shot, room)
    qtbot.waitUntil(lambda: len(ready) == 3)
    assert thumbnails.bytes_held == 2 * one
