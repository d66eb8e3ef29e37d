"""The gallery's viewer: the picture, what was read from it, and the way to the next."""

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QGuiApplication
from PySide6.QtWidgets import QApplication, QMessageBox
from pytestqt.qtbot import QtBot

from ferqt.runtime.tasks import TaskRunner
from ferqt.ui.docks.gallery_dock import GalleryPanel
from ferqt.ui.docks.gallery_viewer import PictureViewer
from ferqt.ui.plot_styles import expression_color
from ferqt.ui.theme import Theme
from ferqt.ui.tokens import DARK
from tests.helpers.shots import FACE, SIDE, add_shot


@pytest.fixture
def panel(qtbot: QtBot, qapp: QApplication, tasks: TaskRunner, folder: Path) -> GalleryPanel:
    """A gallery of three pictures, c the newest."""
    add_shot(folder, "a.png", shows={"happy": 0.9}, minute=1)
    add_shot(folder, "b.png", shows={"sad": 0.6}, minute=2, source="Camera 0", uncertain=True)
    add_shot(folder, "c.png", shows={"fear": 0.7}, minute=3, person="Eileen")
    theme = Theme()
    theme.apply()
    made = GalleryPanel(theme, tasks)
    qtbot.addWidget(made)
    made.set_folder(folder)
    made.show()
    qtbot.waitUntil(lambda: len(made.shots.shots) == 3)
    return made


def opened(qtbot: QtBot, panel: GalleryPanel, row: int) -> PictureViewer:
    panel.view_shot(panel.shots.shots[row])
    viewer = panel.viewer
    assert viewer is not None
    qtbot.waitUntil(lambda: len(viewer.facts.texts) > 0)
    return viewer


def test_the_picture_is_shown_with_its_readings(qtbot: QtBot, panel: GalleryPanel) -> None:
    viewer = opened(qtbot, panel, 0)
    assert viewer.windowTitle() == "c.png"
    facts = dict(zip(viewer.facts.texts[::2], viewer.facts.texts[1::2], strict=True))
    assert facts["Source"] == "talk.mp4"
    assert facts["Position"] == "00:02.500, frame 7"
    assert facts["Kind"] == f"{SIDE} × {SIDE} px, without overlay"
    assert facts["Model"] == "model (aaaaaaaaaaaa)"
    text = viewer.readings.text(0)
    assert (text.title, text.reading) == ("Eileen", "fear 70%")
    assert [name for name, _ in text.bars][:2] == ["neutral", "happy"]
    assert dict(text.bars)["fear"] == pytest.approx(0.7)
    viewer.close()


def test_what_was_uncertain_is_said_so(qtbot: QtBot, panel: GalleryPanel) -> None:
    viewer = opened(qtbot, panel, 1)
    assert viewer.readings.text(0).reading == "uncertain, perhaps sad 60%"
    spoken = viewer.readings.index(0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken.startswith("Face 1. uncertain, perhaps sad 60%")
    viewer.close()


def test_left_and_right_go_through_the_gallery(qtbot: QtBot, panel: GalleryPanel) -> None:
    viewer = opened(qtbot, panel, 0)
    qtbot.keyClick(viewer, Qt.Key.Key_Right)
    assert viewer.windowTitle() == "b.png"
    assert [shot.path.name for shot in panel.view.chosen] == ["b.png"]
    qtbot.keyClick(viewer, Qt.Key.Key_Right)
    qtbot.keyClick(viewer, Qt.Key.Key_Right)
    assert viewer.windowTitle() == "a.png"
    # What was asked for last is what stays, however the threads finish.
    qtbot.waitUntil(lambda: viewer.readings.readings[0].shown == "happy")
    qtbot.wait(50)
    assert viewer.readings.readings[0].shown == "happy"
    qtbot.keyClick(viewer, Qt.Key.Key_Left)
    assert viewer.windowTitle() == "b.png"
    viewer.close()


def test_a_click_on_a_face_marks_it_and_its_readings(qtbot: QtBot, panel: GalleryPanel) -> None:
    viewer = opened(qtbot, panel, 0)
    canvas = viewer.canvas
    side = min(canvas.width(), canvas.height(), 2 * SIDE)
    left, top = (canvas.width() - side) // 2, (canvas.height() - side) // 2
    x, y, width, height = (value * side / SIDE for value in FACE)

    def edge() -> QColor:
        return canvas.grab().toImage().pixelColor(round(left + x), round(top + y + height / 2))

    before = edge()
    middle = QPoint(round(left + x + width / 2), round(top + y + height / 2))
    qtbot.mouseClick(canvas, Qt.MouseButton.LeftButton, pos=middle)
    assert edge() != before
    assert edge() == expression_color("fear", QColor(DARK.picture))
    qtbot.mouseClick(canvas, Qt.MouseButton.LeftButton, pos=QPoint(2, 2))
    assert edge() == before
    viewer.close()


def test_a_damaged_picture_is_told_in_the_viewer(
    qtbot: QtBot, panel: GalleryPanel, folder: Path
) -> None:
    viewer = opened(qtbot, panel, 0)
    whole = (folder / "b.png").read_bytes()
    (folder / "b.png").write_bytes(whole[:-2_000])
    qtbot.keyClick(viewer, Qt.Key.Key_Right)
    qtbot.waitUntil(lambda: viewer.facts.texts == ())
    assert viewer.readings.readings == ()
    assert "b.png" in viewer.canvas.message
    viewer.close()


def test_deleting_goes_on_to_the_next_and_ends_with_the_last(
    qtbot: QtBot, panel: GalleryPanel, folder: Path
) -> None:
    viewer = opened(qtbot, panel, 1)
    for after in ("a.png", "c.png", None):
        qtbot.keyClick(viewer, Qt.Key.Key_Delete)
        boxes = [one for one in QApplication.topLevelWidgets() if isinstance(one, QMessageBox)]
        (box,) = [one for one in boxes if one.isVisible()]
        (yes,) = [one for one in box.buttons() if "Trash" in one.text()]
        qtbot.mouseClick(yes, Qt.MouseButton.LeftButton)
        if after is None:
            qtbot.waitUntil(lambda: not viewer.isVisible())
        else:
            qtbot.waitUntil(lambda after=after: viewer.windowTitle() == after)
    assert list(folder.glob("*.png")) == []


def test_the_viewers_picture_is_the_one_that_is_copied(
    qtbot: QtBot, panel: GalleryPanel, folder: Path
) -> None:
    viewer = opened(qtbot, panel, 2)
    panel.view.choose(panel.shots.shots[0])
    QGuiApplication.clipboard().clear()
    with qtbot.waitSignal(panel.notice_posted):
        qtbot.keyClick(viewer, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    mime = QGuiApplication.clipboard().mimeData()
    assert mime is not None
    assert mime.data("image/png").data() == (folder / "a.png").read_bytes()
    viewer.close()
