"""What the gallery lists: the screenshots of a folder, as they come and go."""

import os
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import QFileSystemWatcher, Qt
from pytestqt.qtbot import QtBot

from ferqt.runtime.tasks import TaskRunner
from ferqt.ui.docks import gallery_index
from ferqt.ui.docks.gallery_index import GalleryIndex
from ferqt.ui.docks.gallery_list import GalleryList
from ferqt.ui.docks.gallery_shots import ShotFilter, count_expressions
from tests.helpers.shots import add_shot


class Gallery:
    """An index and the list that it fills."""

    def __init__(self, tasks: TaskRunner) -> None:
        self.index = GalleryIndex(tasks)
        self.list = GalleryList()
        self.index.changed.connect(self.list.change)

    def names(self) -> list[str]:
        return [shot.path.name for shot in self.list.shots]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "shots"
    made.mkdir()
    return made


@pytest.fixture
def gallery(tasks: TaskRunner, qtbot: QtBot) -> Gallery:
    return Gallery(tasks)


def follow(qtbot: QtBot, gallery: Gallery, folder: Path) -> None:
    gallery.index.set_folder(folder)
    with qtbot.waitSignal(gallery.index.settled):
        gallery.index.set_active(True)


def test_the_newest_is_first_and_faces_follow_their_picture(
    qtbot: QtBot, gallery: Gallery, folder: Path
) -> None:
    add_shot(folder, "b.png", minute=1)
    add_shot(folder, "c.png", minute=3, faces=2, cut=True)
    add_shot(folder, "a.png", minute=2)
    # When a file was written does not count: copies are written later.
    os.utime(folder / "b.png", (2e9, 2e9))
    follow(qtbot, gallery, folder)
    assert gallery.names() == ["c.png", "c_face1.png", "c_face2.png", "a.png", "b.png"]
    assert [shot.is_face for shot in gallery.list.shots] == [False, True, True, False, False]


def test_what_is_known_of_a_picture(qtbot: QtBot, gallery: Gallery, folder: Path) -> None:
    path = add_shot(folder, shows={"sad": 0.7}, person="Eileen", uncertain=True)
    follow(qtbot, gallery, folder)
    (shot,) = gallery.list.shots
    (face,) = shot.faces
    assert (shot.path, shot.source, shot.media_time) == (path, "talk.mp4", 2.5)
    assert (face.face_id, face.name, face.expression, face.uncertain) == (1, "Eileen", "sad", True)
    assert face.confidence == pytest.approx(0.7)


def test_files_of_others_and_damaged_ones_are_left_out(
    qtbot: QtBot, gallery: Gallery, folder: Path
) -> None:
    good = add_shot(folder, "good.png")
    Image.new("RGB", (8, 8)).save(folder / "foreign.png")
    (folder / "empty.png").write_bytes(b"")
    (folder / "cut.png").write_bytes(good.read_bytes()[:200])
    (folder / "bomb.png").write_bytes(
        good.read_bytes()[:16] + (10**6).to_bytes(4) * 2 + good.read_bytes()[24:]
    )
    (folder / ".half.png").write_bytes(good.read_bytes())
    (folder / "text.txt").write_bytes(good.read_bytes())
    (folder / "folder.png").mkdir()
    (folder / "nowhere.png").symlink_to(folder / "none")
    os.mkfifo(folder / "pipe.png")
    follow(qtbot, gallery, folder)
    assert gallery.names() == ["good.png"]


def test_pictures_come_and_go_with_their_files(
    qtbot: QtBot, gallery: Gallery, folder: Path
) -> None:
    first = add_shot(folder, "a.png", minute=1)
    follow(qtbot, gallery, folder)
    add_shot(folder, "b.png", minute=2)
    qtbot.waitUntil(lambda: gallery.names() == ["b.png", "a.png"])
    first.unlink()
    qtbot.waitUntil(lambda: gallery.names() == ["b.png"])
    (folder / "b.png").unlink()
    add_shot(folder, "b.png", shows={"fear": 0.9}, minute=3)
    qtbot.waitUntil(lambda: [shot.expressions for shot in gallery.list.shots] == [{"fear"}])


def test_a_folder_that_is_made_later_is_followed(
    qtbot: QtBot, gallery: Gallery, tmp_path: Path
) -> None:
    late = tmp_path / "pictures" / "ferqt"
    follow(qtbot, gallery, late)
    assert gallery.names() == []
    add_shot(late, "a.png")
    qtbot.waitUntil(lambda: gallery.names() == ["a.png"])
    add_shot(late, "b.png", minute=1)
    qtbot.waitUntil(lambda: gallery.names() == ["b.png", "a.png"])


def test_a_folder_that_cannot_be_read_is_told_and_read_when_it_can(
    qtbot: QtBot, gallery: Gallery, tmp_path: Path
) -> None:
    place = tmp_path / "place"
    place.write_text("no folder")
    follow(qtbot, gallery, place)
    assert str(place) in gallery.index.problem
    place.unlink()
    add_shot(place, "a.png")
    with qtbot.waitSignal(gallery.index.settled):
        gallery.index.refresh()
    assert gallery.index.problem == ""
    assert gallery.names() == ["a.png"]


class _Blind(QFileSystemWatcher):
    """Where the system watches no more folders, or none of this kind."""

    def addPaths(self, paths: list[str]) -> list[str]:  # noqa: N802 - Qt's name
        return paths


def test_a_folder_that_cannot_be_watched_is_read_when_asked(
    qtbot: QtBot, tasks: TaskRunner, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(gallery_index, "QFileSystemWatcher", _Blind)
    gallery = Gallery(tasks)
    add_shot(folder, "a.png")
    follow(qtbot, gallery, folder)
    add_shot(folder, "b.png", minute=1)
    with qtbot.waitSignal(gallery.index.settled):
        gallery.index.refresh()
    assert gallery.names() == ["b.png", "a.png"]


def test_nothing_is_read_while_nobody_looks(
    qtbot: QtBot, gallery: Gallery, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    listed: list[Path] = []
    real = gallery_index.list_pictures

    def counting(place: Path) -> object:
        listed.append(place)
        return real(place)

    monkeypatch.setattr(gallery_index, "list_pictures", counting)
    gallery.index.set_folder(folder)
    gallery.index.refresh()
    qtbot.wait(200)
    assert listed == []
    with qtbot.waitSignal(gallery.index.settled):
        gallery.index.set_active(True)
    gallery.index.set_active(False)
    before = len(listed)
    add_shot(folder, "a.png")
    qtbot.wait(300)
    assert len(listed) == before
    gallery.index.set_active(True)
    qtbot.waitUntil(lambda: gallery.names() == ["a.png"])


def test_another_folder_replaces_the_first_at_once(
    qtbot: QtBot, gallery: Gallery, folder: Path, tmp_path: Path
) -> None:
    add_shot(folder, "a.png")
    add_shot(tmp_path / "other", "z.png")
    follow(qtbot, gallery, folder)
    gallery.index.refresh()
    gallery.index.set_folder(tmp_path / "other")
    assert gallery.names() == []
    qtbot.waitUntil(lambda: gallery.names() == ["z.png"])
    qtbot.wait(200)
    assert gallery.names() == ["z.png"]


def test_thousands_of_files_come_in_few_steps(qtbot: QtBot, gallery: Gallery, folder: Path) -> None:
    first = add_shot(folder, "0000.png")
    for number in range(1, 2_500):
        (folder / f"{number:04}.png").hardlink_to(first)
    steps: list[int] = []
    gallery.list.rowsInserted.connect(lambda _, first, last: steps.append(last - first + 1))
    gallery.list.modelReset.connect(lambda: steps.append(0))
    follow(qtbot, gallery, folder)
    assert gallery.names() == [f"{number:04}.png" for number in range(2_500)]
    # The first pictures are there soon, and the view is not laid out again for each file.
    assert steps[0] <= 32
    assert len(steps) < 60


def test_the_oldest_of_too_many_are_left_out(
    qtbot: QtBot, gallery: Gallery, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(gallery_index, "MOST_SHOTS", 3)
    for number in range(5):
        os.utime(add_shot(folder, f"{number}.png", minute=number), (1e9 + number, 1e9 + number))
    follow(qtbot, gallery, folder)
    assert gallery.names() == ["4.png", "3.png", "2.png"]
    assert gallery.index.left_out == 2


@pytest.fixture
def filled(qtbot: QtBot, gallery: Gallery, folder: Path) -> GalleryList:
    add_shot(folder, "a.png", shows={"happy": 0.9}, minute=1, source="Talk one.mp4", cut=True)
    add_shot(folder, "b.png", shows={"sad": 0.9}, minute=2, source="Camera 0", person="Ada")
    add_shot(folder, "c.png", shows={"fear": 0.9}, minute=3, source="talk two.mp4")
    follow(qtbot, gallery, folder)
    return gallery.list


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        (ShotFilter(), "cbaf"),
        (ShotFilter("TALK"), "caf"),
        (ShotFilter("two talk"), "c"),
        (ShotFilter("ada"), "b"),
        (ShotFilter("a_face"), "f"),
        (ShotFilter("nobody"), ""),
        (ShotFilter(is_face=True), "f"),
        (ShotFilter(is_face=False), "cba"),
        (ShotFilter(expressions=frozenset({"happy"})), "af"),
        (ShotFilter(expressions=frozenset({"happy", "sad"})), "baf"),
        (ShotFilter("talk", False, frozenset({"happy", "sad"})), "a"),
    ],
)
def test_a_filter_shows_what_is_wanted(
    filled: GalleryList, wanted: ShotFilter, expected: str
) -> None:
    filled.set_filter(wanted)
    names = ["f" if shot.is_face else shot.path.stem for shot in filled.shots]
    assert "".join(names) == expected


def test_new_pictures_are_filtered_too(qtbot: QtBot, filled: GalleryList, folder: Path) -> None:
    filled.set_filter(ShotFilter(expressions=frozenset({"sad"})))
    add_shot(folder, "d.png", shows={"sad": 0.9}, minute=4)
    add_shot(folder, "e.png", shows={"happy": 0.9}, minute=5)
    qtbot.waitUntil(lambda: len(filled.all_shots) == 6)
    assert [shot.path.name for shot in filled.shots] == ["d.png", "b.png"]


def test_expressions_are_counted_whatever_expression_is_wanted(filled: GalleryList) -> None:
    wanted = ShotFilter("talk", expressions=frozenset({"fear"}))
    assert count_expressions(filled.all_shots, wanted) == {"fear": 1, "happy": 2}


def test_a_picture_is_found_by_its_row_and_only_while_it_is_shown(filled: GalleryList) -> None:
    for row, shot in enumerate(filled.shots):
        assert filled.index_of(shot).row() == row
    hidden = filled.shots[0]
    filled.set_filter(ShotFilter(expressions=frozenset({"sad"})))
    assert not filled.index_of(hidden).isValid()


def test_pictures_are_told_to_screen_readers_and_dragged_as_files(filled: GalleryList) -> None:
    index = filled.index(1)
    spoken = index.data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken.startswith("b.png. Picture. 00:02.500 · Camera 0.")
    assert spoken.endswith("Ada: sad 90%")
    assert filled.mimeData([index]).urls()[0].toLocalFile() == str(filled.shots[1].path)


def test_markup_in_names_is_text(qtbot: QtBot, gallery: Gallery, folder: Path) -> None:
    add_shot(folder, source="<img src='file:///etc/x'>", person="<b>Ada</b>")
    follow(qtbot, gallery, folder)
    tip = gallery.list.index(0).data(Qt.ItemDataRole.ToolTipRole)
    assert "<img" not in tip
    assert "&lt;b&gt;Ada&lt;/b&gt;" in tip
