"""What can be done with the gallery's files: copy, save, show, delete."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from ferqt.core.types import Notice, Severity
from ferqt.outputs.snapshot import read_snapshot
from ferqt.ui.docks import gallery_files
from ferqt.ui.docks.gallery_actions import FileAction
from ferqt.ui.docks.gallery_dock import GalleryPanel
from tests.helpers.gallery import answer, choose, question
from tests.helpers.shots import add_shot, small_picture


def test_one_picture_is_copied_with_its_readings(
    qtbot: QtBot, filled: GalleryPanel, three: list[Path], told: list[Notice]
) -> None:
    choose(filled, 1)
    qtbot.keyClick(filled.view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: bool(told))
    assert told[0].title == "Picture copied"
    mime = QGuiApplication.clipboard().mimeData()
    assert mime is not None
    assert mime.data("image/png").data() == three[1].read_bytes()
    copied = QGuiApplication.clipboard().image().convertToFormat(QImage.Format.Format_RGB32)
    expected = tuple(int(value) for value in small_picture()[60, 50])
    assert copied.pixelColor(50, 60).getRgb()[:3] == expected


def test_several_pictures_are_copied_as_files(
    qtbot: QtBot, filled: GalleryPanel, three: list[Path], told: list[Notice]
) -> None:
    qtbot.keyClick(filled.view, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(filled.view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    mime = QGuiApplication.clipboard().mimeData()
    assert mime is not None
    assert [url.toLocalFile() for url in mime.urls()] == [str(path) for path in reversed(three)]
    assert told[0].title == "3 files copied"


def test_a_picture_that_became_damaged_is_not_copied(
    qtbot: QtBot, filled: GalleryPanel, three: list[Path], told: list[Notice]
) -> None:
    three[1].write_bytes(three[1].read_bytes()[:2_000])
    choose(filled, 1)
    filled.view.setFocus()
    qtbot.keyClick(filled.view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: bool(told))
    assert (told[0].severity, told[0].title) == (Severity.ERROR, "The picture was not copied")


def test_delete_asks_and_moves_to_the_trash(
    qtbot: QtBot, filled: GalleryPanel, three: list[Path], user_home: Path
) -> None:
    choose(filled, 0, 1)
    qtbot.keyClick(filled.view, Qt.Key.Key_Delete)
    assert question(qtbot).text() == "Move 2 files to the trash?"
    answer(qtbot, "Move to Trash")
    qtbot.waitUntil(lambda: [shot.path for shot in filled.shots.shots] == three[:1])
    assert three[0].exists()
    assert not three[1].exists()
    assert {path.name for path in user_home.rglob("*.png")} >= {"b.png", "c.png"}


@pytest.mark.parametrize("also", [True, False])
def test_the_faces_of_a_picture_go_with_it_unless_they_are_to_stay(
    qtbot: QtBot, panel: GalleryPanel, folder: Path, also: bool
) -> None:
    ada = add_shot(folder, "ada.png", minute=2, faces=2, cut=True)
    # Named alike, and of another picture.
    add_shot(folder, "ada-2.png", minute=1, cut=True)
    panel.show()
    qtbot.waitUntil(lambda: len(panel.shots.shots) == 5)
    choose(panel, [shot.path for shot in panel.shots.shots].index(ada))
    panel.view.setFocus()
    qtbot.keyClick(panel.view, Qt.Key.Key_Delete)
    box = question(qtbot).checkBox()
    assert box is not None
    assert box.isChecked()
    assert box.text() == "Also the faces that were cut out: 2"
    box.setChecked(also)
    answer(qtbot, "Move to Trash")
    qtbot.waitUntil(lambda: len(panel.shots.shots) == (2 if also else 4))
    left = {path.name for path in folder.iterdir()}
    assert left >= {"ada-2.png", "ada-2_face1.png"}
    assert ("ada_face1.png" in left) is not also


def test_who_does_not_confirm_keeps_the_picture(
    qtbot: QtBot, filled: GalleryPanel, three: list[Path]
) -> None:
    choose(filled, 0)
    qtbot.keyClick(filled.view, Qt.Key.Key_Delete)
    assert question(qtbot).text() == "Move “c.png” to the trash?"
    answer(qtbot, "Cancel")
    qtbot.wait(50)
    assert all(path.exists() for path in three)


@pytest.mark.parametrize(("reply", "left"), [("Delete for Good", 1), ("Cancel", 3)])
def test_without_a_trash_it_asks_again_before_anything_is_lost(
    qtbot: QtBot,
    filled: GalleryPanel,
    three: list[Path],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    reply: str,
    left: int,
) -> None:
    (tmp_path / "file").write_text("no folder")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "file" / "data"))
    choose(filled, 0, 1)
    qtbot.keyClick(filled.view, Qt.Key.Key_Delete)
    answer(qtbot, "Move to Trash")
    box = question(qtbot)
    assert box.text() == "The trash does not take 2 files."
    assert "cannot be undone" in box.informativeText()
    assert box.defaultButton().text().replace("&", "") == "Cancel"
    answer(qtbot, reply)
    qtbot.waitUntil(lambda: sum(path.exists() for path in three) == left)


def dialog(qtbot: QtBot) -> QFileDialog:
    found: list[QFileDialog] = []

    def look() -> bool:
        widgets = QApplication.topLevelWidgets()
        found[:] = [one for one in widgets if isinstance(one, QFileDialog) and one.isVisible()]
        return len(found) == 1

    qtbot.waitUntil(look)
    return found[0]


def test_a_copy_keeps_the_readings(
    qtbot: QtBot, filled: GalleryPanel, tmp_path: Path, told: list[Notice]
) -> None:
    choose(filled, 1)
    filled.view.setFocus()
    qtbot.keyClick(filled.view, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    asked = dialog(qtbot)
    assert Path(asked.selectedFiles()[0]).name == "b.png"
    asked.fileSelected.emit(str(tmp_path / "copy.png"))
    asked.close()
    qtbot.waitUntil(lambda: bool(told))
    assert told[0].title == "Copy saved"
    assert read_snapshot(tmp_path / "copy.png").source_title == "Camera 0"


def test_several_copies_replace_nothing_in_their_folder(
    qtbot: QtBot, filled: GalleryPanel, tmp_path: Path, told: list[Notice]
) -> None:
    target = tmp_path / "target"
    target.mkdir()
    (target / "b.png").write_text("somebody's")
    choose(filled, 0, 1)
    filled.view.setFocus()
    qtbot.keyClick(filled.view, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    asked = dialog(qtbot)
    asked.fileSelected.emit(str(target))
    asked.close()
    qtbot.waitUntil(lambda: bool(told))
    assert told[0].title == "2 copies saved"
    assert sorted(path.name for path in target.iterdir()) == ["b-2.png", "b.png", "c.png"]
    assert (target / "b.png").read_text() == "somebody's"


def fake_program(folder: Path, name: str, script: str) -> None:
    folder.mkdir()
    program = folder / name
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(0o755)


@pytest.mark.parametrize(("code", "opened"), [(0, 0), (1, 1)])
def test_files_are_shown_selected_or_else_their_folder(
    qtbot: QtBot,
    filled: GalleryPanel,
    folder: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    code: int,
    opened: int,
) -> None:
    told = tmp_path / "told"
    fake_program(tmp_path / "bin", "dbus-send", f'echo "$@" > {told}\nexit {code}')
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    folders: list[Path] = []
    monkeypatch.setattr(gallery_files, "open_folder", folders.append)
    add_shot(folder, "one, two.png", minute=9)
    qtbot.waitUntil(lambda: len(filled.shots.shots) == 4)
    choose(filled, 0)
    filled.actions_by_id.action(FileAction.REVEAL).trigger()
    qtbot.waitUntil(told.exists)
    qtbot.waitUntil(lambda: len(folders) == opened)
    assert f"array:string:{folder.as_uri()}/one%2C%20two.png" in told.read_text()
    assert folders == [folder] * opened
