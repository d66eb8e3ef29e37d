"""Screenshots: what is written, what is copied, and what is told."""

import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from PySide6.QtGui import QGuiApplication, QImage
from pytestqt.qtbot import QtBot

from ferqt.core.types import FrameResult, Notice, Severity
from ferqt.outputs.png_file import read_head
from ferqt.outputs.snapshot import read_snapshot
from ferqt.outputs.snapshot_info import from_texts
from ferqt.runtime.tasks import TaskRunner
from ferqt.settings import SCREENSHOT_FACES, SCREENSHOT_FOLDER, SCREENSHOTS_COPIED, Settings
from ferqt.ui.screenshots import Screenshots
from ferqt.ui.video_view import VideoView
from tests.helpers.fake_session import CLIP, FakeSession
from tests.helpers.portraits import grace_hopper
from tests.helpers.readings import face, reading, scores

HOPPER = (170.0, 132.3, 185.4, 202.3)


@pytest.fixture
def folder(tmp_path: Path, settings: Settings) -> Path:
    settings.set(SCREENSHOT_FOLDER, str(tmp_path / "shots"))
    return tmp_path / "shots"


@pytest.fixture
def result() -> FrameResult:
    return reading(
        grace_hopper(),
        face(1, HOPPER, scores({"happy": 0.9})),
        face(4, (10, 20, 60, 60), scores({"sad": 0.8})),
        media_time=2.0,
    )


@pytest.fixture
def view(qtbot: QtBot) -> Iterator[VideoView]:
    made = VideoView()
    qtbot.addWidget(made)
    yield made
    made.shutdown()


@pytest.fixture
def tasks() -> Iterator[TaskRunner]:
    runner = TaskRunner()
    yield runner
    runner.shutdown()


@pytest.fixture
def shots(
    session: FakeSession, settings: Settings, view: VideoView, folder: Path, tasks: TaskRunner
) -> Screenshots:
    return Screenshots(session, settings, view, tasks)  # type: ignore[arg-type]


@pytest.fixture
def told(shots: Screenshots) -> list[Notice]:
    notices: list[Notice] = []
    shots.notice_posted.connect(lambda notice, _: notices.append(notice))
    return notices


@pytest.fixture
def showing(session: FakeSession, view: VideoView, result: FrameResult) -> None:
    session.opened(CLIP)
    view.show_result(result)


def files(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir()) if folder.exists() else []


def clipboard_pixels() -> np.ndarray:
    image = QGuiApplication.clipboard().image().convertToFormat(QImage.Format.Format_RGB888)
    raw = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine())
    return raw[:, : 3 * image.width()].reshape(image.height(), image.width(), 3).copy()


@pytest.mark.usefixtures("showing")
@pytest.mark.parametrize("with_overlay", [True, False])
def test_a_screenshot_is_one_file_with_readings_and_the_models_hash(
    qtbot: QtBot, shots: Screenshots, session: FakeSession, folder: Path, with_overlay: bool
) -> None:
    session.answers_with(session.catalog.entries[0].card)  # type: ignore[arg-type]
    QGuiApplication.clipboard().clear()
    with qtbot.waitSignal(shots.saved) as saved:
        shots.take(with_overlay=with_overlay)
    (path,) = saved.args
    assert files(folder) == [path.name] == ["clip-00h00m02.000s.png"]
    info = read_snapshot(path)
    assert info.with_overlay == with_overlay
    assert [one.face_id for one in info.readings] == [1, 4]
    with Image.open(path) as picture:
        same = np.array_equal(np.asarray(picture), grace_hopper())
    assert same != with_overlay
    assert QGuiApplication.clipboard().image().isNull()


@pytest.mark.usefixtures("showing")
def test_the_hashes_are_those_of_the_models_that_answered(
    qtbot: QtBot, shots: Screenshots, session: FakeSession, view: VideoView, result: FrameResult
) -> None:
    view.show_result(replace(result, model_id="tiny", other_model_id="other"))
    with qtbot.waitSignal(shots.saved) as saved:
        shots.take(with_overlay=False)
    info = read_snapshot(saved.args[0])
    for model_id, sha256 in (("tiny", info.model_sha256), ("other", info.compared_sha256)):
        card = session.catalog.entry(model_id).card
        assert card is not None
        assert card.files.litert is not None
        assert sha256 == card.files.litert.sha256


@pytest.mark.usefixtures("showing")
def test_each_face_is_saved_beside_the_picture_on_request(
    qtbot: QtBot, shots: Screenshots, settings: Settings, folder: Path
) -> None:
    settings.set(SCREENSHOT_FACES, True)
    paths: list[Path] = []
    shots.saved.connect(paths.append)
    shots.take(with_overlay=True)
    qtbot.waitUntil(lambda: len(paths) == 3)
    stem = "clip-00h00m02.000s"
    assert files(folder) == [f"{stem}.png", f"{stem}_face1.png", f"{stem}_face4.png"]
    info = read_snapshot(folder / f"{stem}_face1.png")
    assert [one.expression for one in info.readings] == ["happy"]
    assert info.cut is not None
    assert info.cut.picture == f"{stem}.png"
    # Without overlay, though the picture has one.
    with Image.open(folder / f"{stem}_face1.png") as picture:
        x, y = info.cut.x, info.cut.y
        pixels = np.asarray(picture)
    whole = grace_hopper()[y : y + pixels.shape[0], x : x + pixels.shape[1]]
    assert np.array_equal(pixels, whole)


@pytest.mark.usefixtures("showing")
def test_a_screenshot_goes_to_the_clipboard_too_on_request(
    qtbot: QtBot, shots: Screenshots, settings: Settings, folder: Path, told: list[Notice]
) -> None:
    settings.set(SCREENSHOTS_COPIED, True)
    with qtbot.waitSignal(shots.saved) as saved:
        shots.take(with_overlay=False)
    assert np.array_equal(clipboard_pixels(), grace_hopper())
    mime = QGuiApplication.clipboard().mimeData()
    assert mime is not None
    assert mime.data("image/png").data() == saved.args[0].read_bytes()
    assert told[-1].title == "Screenshot saved and copied"


@pytest.mark.usefixtures("showing")
def test_a_copied_picture_carries_its_readings_and_leaves_no_file(
    qtbot: QtBot, shots: Screenshots, folder: Path, told: list[Notice], tmp_path: Path
) -> None:
    shots.copy(with_overlay=False)
    qtbot.waitUntil(lambda: bool(told))
    assert told[-1].title == "Picture copied"
    assert np.array_equal(clipboard_pixels(), grace_hopper())
    mime = QGuiApplication.clipboard().mimeData()
    assert mime is not None
    pasted = tmp_path / "pasted.png"
    pasted.write_bytes(mime.data("image/png").data())
    assert from_texts(read_head(pasted).texts).readings[0].shown == "happy"
    assert files(folder) == []


@pytest.mark.usefixtures("showing")
def test_a_copy_has_the_overlay_unless_told_otherwise(
    qtbot: QtBot, shots: Screenshots, told: list[Notice]
) -> None:
    shots.copy()
    qtbot.waitUntil(lambda: bool(told))
    assert not np.array_equal(clipboard_pixels(), grace_hopper())


def test_without_a_picture_it_says_what_to_do(shots: Screenshots, told: list[Notice]) -> None:
    shots.take(with_overlay=True)
    shots.copy()
    assert [notice.hint for notice in told] == ["Open a camera, a video or the demo first."] * 2


@pytest.mark.usefixtures("showing")
def test_a_folder_that_cannot_be_written_is_told(
    qtbot: QtBot, shots: Screenshots, folder: Path, told: list[Notice]
) -> None:
    folder.write_text("no folder")
    shots.take(with_overlay=True)
    qtbot.waitUntil(lambda: bool(told))
    assert (told[0].severity, told[0].title) == (Severity.ERROR, "The screenshot was not saved")


@pytest.mark.usefixtures("showing")
def test_a_held_key_fills_neither_memory_nor_disk(
    qtbot: QtBot, shots: Screenshots, folder: Path, told: list[Notice], tasks: TaskRunner
) -> None:
    gate = threading.Event()
    for _ in range(64):  # the pool's threads are busy with something else
        tasks.run(gate.wait, lambda _: None, lambda _: None, title="")
    for _ in range(30):
        shots.take(with_overlay=False)
    assert [notice.title for notice in told] == ["This screenshot was left out"] * 22
    gate.set()
    qtbot.waitUntil(lambda: len(told) == 30)
    assert len(files(folder)) == 8
    told.clear()
    shots.take(with_overlay=False)
    qtbot.waitUntil(lambda: bool(told))
    assert told[0].title == "Screenshot saved"
