import errno
import os
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
from PIL import Image

from ferqt import __version__
from ferqt.core.types import FrameResult, HeadPose
from ferqt.errors import OutputError
from ferqt.outputs.snapshot import read_snapshot, snapshot_name, write_snapshot
from tests.helpers.portraits import eileen_collins, grace_hopper
from tests.helpers.readings import face, reading, scores

TAKEN = datetime(2026, 3, 1, 12, 30, 45, 250_000, tzinfo=UTC)
CARD = SimpleNamespace(
    id="model", files=SimpleNamespace(keras=SimpleNamespace(sha256="k" * 64), litert=None)
)


@pytest.fixture
def result() -> FrameResult:
    return reading(
        grace_hopper(),
        face(
            2,
            (170.25, 132.3, 185.4, 202.3),
            scores({"sad": 0.5}),
            smoothed=scores({"happy": 0.75}, uncertain=True),
            pose=HeadPose(1.5, -2.25, 3),
        ),
        face(5, (10, 20, 30, 40), scores({"fear": 0.9})),
        index=374,
        media_time=12.48,
    )


def test_a_screenshot_gives_back_its_pixels_and_its_readings(
    tmp_path: Path, result: FrameResult
) -> None:
    image = grace_hopper()
    path = write_snapshot(image, tmp_path / "shot.png", result, "talk Übung.mp4", CARD, TAKEN)
    with Image.open(path) as picture:
        assert np.array_equal(np.asarray(picture), image)
    info = read_snapshot(path)
    assert info.taken_at == TAKEN
    assert info.software == f"ferqt {__version__}"
    assert info.source_title == "talk Übung.mp4"
    assert info.media_time == pytest.approx(12.48)
    assert info.frame == 374
    assert info.model_id == "model"
    assert info.model_sha256 == "k" * 64
    first, second = info.readings
    assert (first.face_id, second.face_id) == (2, 5)
    assert (first.x, first.y, first.width, first.height) == (170.25, 132.3, 185.4, 202.3)
    assert first.expression == "sad"
    assert first.confidence == pytest.approx(0.5)
    assert first.scores["sad"] == pytest.approx(0.5)
    assert first.smoothed["happy"] == pytest.approx(0.75)
    assert first.pose == {"pitch": 1.5, "yaw": -2.25, "roll": 3}
    assert second.pose is None
    assert sum(second.scores.values()) == pytest.approx(1, abs=1e-5)


def test_a_camera_has_no_media_time(tmp_path: Path) -> None:
    live = reading(eileen_collins(), media_time=None)
    path = write_snapshot(eileen_collins(), tmp_path / "shot.png", live, "Camera 0", None)
    info = read_snapshot(path)
    assert info.media_time is None
    assert info.readings == ()
    assert info.model_sha256 == ""


def test_the_hash_of_another_model_is_left_out(tmp_path: Path, result: FrameResult) -> None:
    other = SimpleNamespace(id="other", files=CARD.files)
    path = write_snapshot(grace_hopper(), tmp_path / "shot.png", result, "talk", other)
    assert read_snapshot(path).model_sha256 == ""


def test_no_screenshot_overwrites_another(tmp_path: Path, result: FrameResult) -> None:
    wanted = tmp_path / "shot.png"
    wanted.write_bytes(b"somebody's")
    first = write_snapshot(grace_hopper(), wanted, result, "talk", CARD)
    second = write_snapshot(grace_hopper(), wanted, result, "talk", CARD)
    assert wanted.read_bytes() == b"somebody's"
    assert (first.name, second.name) == ("shot-2.png", "shot-3.png")
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "shot-2.png",
        "shot-3.png",
        "shot.png",
    ]


def test_a_folder_that_is_not_there_is_made(tmp_path: Path, result: FrameResult) -> None:
    path = write_snapshot(grace_hopper(), tmp_path / "a" / "b" / "s.png", result, "talk", CARD)
    assert path.exists()


def test_an_unwritable_folder_is_told_in_one_sentence(tmp_path: Path, result: FrameResult) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(OutputError, match="cannot write") as caught:
        write_snapshot(grace_hopper(), tmp_path / "file" / "shot.png", result, "talk", CARD)
    assert "Choose a folder" in caught.value.hint


def test_a_full_disk_leaves_no_half_file(
    tmp_path: Path, result: FrameResult, monkeypatch: pytest.MonkeyPatch
) -> None:
    real_fdopen = os.fdopen

    def full(handle: int, mode: str) -> object:
        real_fdopen(handle, mode).close()
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fdopen", full)
    with pytest.raises(OutputError, match="no room left"):
        write_snapshot(grace_hopper(), tmp_path / "shot.png", result, "talk", CARD)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("talk.mp4", "talk-00h00m12.480s.png"),
        ("Camera 0", "Camera-0-00h00m12.480s.png"),
        ('a/b\\c:d*e?"<f>|.mov', "a-b-c-d-e-f-00h00m12.480s.png"),
        ("../../etc/passwd", "etc-passwd-00h00m12.480s.png"),
        ("Gespräch 日本.webm", "Gespräch-日本-00h00m12.480s.png"),
        ("...", "picture-00h00m12.480s.png"),
        ("v1.5 take 2", "v1.5-take-2-00h00m12.480s.png"),
        ("x" * 300, "x" * 60 + "-00h00m12.480s.png"),
    ],
)
def test_names_are_safe_on_every_system(title: str, expected: str, result: FrameResult) -> None:
    assert snapshot_name(title, result) == expected


def test_names_say_the_moment_or_the_picture() -> None:
    image = eileen_collins()
    assert snapshot_name("film.mp4", reading(image, media_time=3725.9996)) == (
        "film-01h02m06.000s.png"
    )
    live = reading(image, media_time=None)
    assert snapshot_name("Camera 0", live, TAKEN) == "Camera-0-20260301-123045.png"
    folder = reading(image, media_time=None, name="IMG 001.JPG")
    assert snapshot_name("holiday", folder) == "holiday-IMG-001.png"


@pytest.mark.parametrize("content", [b"", b"no picture at all", None])
def test_other_files_are_no_screenshots(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "other.png"
    if content is None:
        Image.fromarray(eileen_collins()).save(path)
    else:
        path.write_bytes(content)
    with pytest.raises(OutputError, match=r"other\.png"):
        read_snapshot(path)
