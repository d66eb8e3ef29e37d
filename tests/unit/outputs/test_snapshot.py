import errno
import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from ferqt import __version__
from ferqt.core.types import FrameResult, HeadPose
from ferqt.errors import OutputError
from ferqt.outputs.png_file import read_pixels
from ferqt.outputs.snapshot import (
    describe_snapshot,
    encode_snapshot,
    read_snapshot,
    save_faces,
    save_snapshot,
    snapshot_name,
)
from ferqt.outputs.snapshot_info import SnapshotInfo, to_texts
from tests.helpers.portraits import eileen_collins, grace_hopper
from tests.helpers.readings import face, reading, scores

TAKEN = datetime(2026, 3, 1, 12, 30, 45, 250_000, tzinfo=UTC)
HOPPER = (170.25, 132.3, 185.4, 202.3)
HASHES = {"model": "k" * 64, "other": "o" * 64}


@pytest.fixture
def result() -> FrameResult:
    return reading(
        grace_hopper(),
        face(
            2,
            HOPPER,
            scores({"sad": 0.5}),
            smoothed=scores({"happy": 0.75}, uncertain=True),
            pose=HeadPose(1.5, -2.25, 3),
        ),
        face(5, (10, 20, 30, 40), scores({"fear": 0.9})),
        index=374,
        media_time=12.48,
    )


@pytest.fixture
def compared(result: FrameResult) -> FrameResult:
    """The same with everything that a person can switch on."""
    first = replace(
        result.faces[0],
        name="Grace",
        corrected=scores({"happy": 0.6}),
        other=scores({"fear": 0.8}),
        other_corrected=scores({"fear": 0.7}),
        other_smoothed=scores({"fear": 0.65}),
    )
    return replace(result, faces=(first, result.faces[1]), other_model_id="other")


def described(result: FrameResult, title: str = "talk.mp4") -> SnapshotInfo:
    return describe_snapshot(result, title, HASHES, with_overlay=True, taken_at=TAKEN)


def written(result: FrameResult, path: Path) -> Path:
    return save_snapshot(encode_snapshot(grace_hopper(), described(result)), path)


def with_texts(path: Path, texts: dict[str, str]) -> Path:
    """A small picture with these texts, as anybody could write it."""
    metadata = PngInfo()
    for key, text in texts.items():
        metadata.add_itxt(key, text)
    Image.new("RGB", (4, 4)).save(path, pnginfo=metadata)
    return path


def test_a_screenshot_gives_back_its_pixels_and_its_readings(
    tmp_path: Path, result: FrameResult
) -> None:
    image = grace_hopper()
    info = described(result, "talk Übung.mp4")
    path = save_snapshot(encode_snapshot(image, info), tmp_path / "shot.png")
    assert np.array_equal(read_pixels(path, 10_000), image)
    assert read_snapshot(path) == info
    assert info.taken_at == TAKEN
    assert info.software == f"ferqt {__version__}"
    assert info.source_title == "talk Übung.mp4"
    assert info.media_time == pytest.approx(12.48)
    assert info.frame == 374
    assert (info.model_id, info.model_sha256) == ("model", "k" * 64)
    assert (info.compared_id, info.compared_sha256) == ("", "")
    assert info.with_overlay
    assert info.cut is None
    first, second = info.readings
    assert (first.face_id, second.face_id) == (2, 5)
    assert (first.x, first.y, first.width, first.height) == HOPPER
    assert first.expression == "sad"
    assert first.confidence == pytest.approx(0.5)
    assert not first.uncertain
    assert first.scores["sad"] == pytest.approx(0.5)
    assert (first.shown, first.shown_confidence) == ("happy", pytest.approx(0.75))
    assert first.smoothed_uncertain
    assert first.pose == {"pitch": 1.5, "yaw": -2.25, "roll": 3}
    assert (first.name, first.corrected, first.other, first.disagrees) == ("", None, None, False)
    assert second.pose is None
    assert sum(second.scores.values()) == pytest.approx(1, abs=1e-5)


def test_name_baseline_and_compared_model_are_kept(tmp_path: Path, compared: FrameResult) -> None:
    info = read_snapshot(written(compared, tmp_path / "shot.png"))
    first, second = info.readings
    assert (info.compared_id, info.compared_sha256) == ("other", "o" * 64)
    assert first.name == "Grace"
    assert first.scores["sad"] == pytest.approx(0.5)
    assert first.corrected is not None
    assert first.corrected["happy"] == pytest.approx(0.6)
    assert first.other is not None
    assert first.other["fear"] == pytest.approx(0.8)
    assert first.other_corrected is not None
    assert first.other_corrected["fear"] == pytest.approx(0.7)
    assert first.other_smoothed is not None
    assert first.other_smoothed["fear"] == pytest.approx(0.65)
    assert first.disagrees
    assert (second.name, second.other, second.disagrees) == ("", None, False)


def test_other_programs_read_the_texts(tmp_path: Path, compared: FrameResult) -> None:
    with Image.open(written(compared, tmp_path / "shot.png")) as picture:
        texts = dict(picture.info)
    assert texts["Creation Time"] == "2026-03-01T12:30:45.250+00:00"
    assert texts["ferqt:source"] == "talk.mp4"
    assert texts["ferqt:media_time"] == "12.480000"
    assert texts["ferqt:model_sha256"] == "k" * 64
    (first, _) = json.loads(texts["ferqt:readings"])["faces"]
    assert (first["face_id"], first["name"], first["expression"]) == (2, "Grace", "sad")


def test_a_camera_has_no_media_time(tmp_path: Path) -> None:
    live = reading(eileen_collins(), media_time=None)
    info = describe_snapshot(live, "Camera 0", {}, with_overlay=False)
    path = save_snapshot(encode_snapshot(eileen_collins(), info), tmp_path / "shot.png")
    info = read_snapshot(path)
    assert info.media_time is None
    assert info.readings == ()
    assert info.model_sha256 == ""
    assert info.taken_at.tzinfo is not None
    assert not info.with_overlay


def test_a_title_that_is_no_text_can_be_written_and_read(
    tmp_path: Path, result: FrameResult
) -> None:
    info = described(result, "film-\udcff" + "x" * 9_000)
    path = save_snapshot(encode_snapshot(grace_hopper(), info), tmp_path / "shot.png")
    assert read_snapshot(path).source_title.startswith("film-\\udcffx")


def test_a_screenshot_of_the_first_version_can_be_read(tmp_path: Path, result: FrameResult) -> None:
    texts = to_texts(described(result))
    content = json.loads(texts["ferqt:readings"])
    for one in content["faces"]:
        for key in tuple(one)[12:]:
            del one[key]
    old = {
        "Software": "ferqt 0.1.0",
        "Creation Time": texts["Creation Time"],
        "ferqt:source": "talk.mp4",
        "ferqt:media_time": "",
        "ferqt:frame": "0",
        "ferqt:model": "model",
        "ferqt:model_sha256": "",
        "ferqt:readings": json.dumps(content),
    }
    info = read_snapshot(with_texts(tmp_path / "old.png", old))
    assert [one.expression for one in info.readings] == ["sad", "fear"]
    assert info.readings[0].name == ""


def test_no_screenshot_overwrites_another(tmp_path: Path, result: FrameResult) -> None:
    wanted = tmp_path / "shot.png"
    wanted.write_bytes(b"somebody's")
    first, second = (written(result, wanted) for _ in range(2))
    assert wanted.read_bytes() == b"somebody's"
    assert (first.name, second.name) == ("shot-2.png", "shot-3.png")
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "shot-2.png",
        "shot-3.png",
        "shot.png",
    ]


def test_two_windows_that_save_at_once_lose_no_screenshot(
    tmp_path: Path, result: FrameResult
) -> None:
    with ThreadPoolExecutor(4) as windows:
        paths = list(windows.map(lambda _: written(result, tmp_path / "shot.png"), range(24)))
    assert len(set(paths)) == len(list(tmp_path.iterdir())) == 24
    assert all(read_snapshot(path).frame == result.index for path in paths)


def test_a_folder_that_is_not_there_is_made(tmp_path: Path, result: FrameResult) -> None:
    assert written(result, tmp_path / "a" / "b" / "s.png").exists()


def test_an_unwritable_folder_is_told_in_one_sentence(tmp_path: Path, result: FrameResult) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(OutputError, match="cannot write") as caught:
        written(result, tmp_path / "file" / "shot.png")
    assert "Choose a folder" in caught.value.hint


def test_a_full_disk_leaves_no_half_file(
    tmp_path: Path, result: FrameResult, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(path: Path, _mode: str) -> object:
        path.touch(exist_ok=False)
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Path, "open", full)
    with pytest.raises(OutputError, match="no room left"):
        written(result, tmp_path / "shot.png")
    assert list(tmp_path.iterdir()) == []


def test_a_face_is_cut_out_with_a_margin_at_the_pictures_resolution(
    tmp_path: Path, compared: FrameResult
) -> None:
    image = grace_hopper()
    picture = tmp_path / "shot-2.png"
    paths = save_faces(image, described(compared), picture)
    assert [path.name for path in paths] == ["shot-2_face2.png", "shot-2_face5.png"]
    info = read_snapshot(paths[0])
    (own,) = info.readings
    assert info.cut is not None
    assert info.cut.picture == "shot-2.png"
    assert not info.with_overlay
    assert own.name == "Grace"
    # The box is where the face is, in px of the cut-out as in those of the whole picture.
    assert (own.x + info.cut.x, own.y + info.cut.y) == pytest.approx(HOPPER[:2])
    pixels = read_pixels(paths[0], 10_000)
    height, width = pixels.shape[:2]
    whole = image[info.cut.y : info.cut.y + height, info.cut.x : info.cut.x + width]
    assert np.array_equal(pixels, whole)
    assert width == pytest.approx(1.6 * HOPPER[2], abs=2)
    assert height == pytest.approx(1.6 * HOPPER[3], abs=2)


def test_a_face_at_the_edge_is_cut_at_the_edge_and_one_outside_left_out(tmp_path: Path) -> None:
    image = eileen_collins()
    result = reading(
        image,
        face(1, (-40, 450, 100, 100), scores({"happy": 0.9})),
        face(2, (900, 900, 50, 50), scores({"sad": 0.9})),
    )
    (path,) = save_faces(image, described(result), tmp_path / "shot.png")
    assert read_pixels(path, 10_000).shape == (512 - 420, 90, 3)
    (own,) = read_snapshot(path).readings
    assert (own.x, own.y) == (-40, 30)


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


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("Creation Time", "2026-03-01T12:30:45"),
        ("Creation Time", "0001-01-01T00:00:00+00:00"),
        ("ferqt:frame", "9" * 6_000),
        ("ferqt:media_time", "nan"),
        ("ferqt:cut", '{"picture": 5, "x": 0, "y": 0}'),
        ("ferqt:readings", "[" * 100_000),
        ("ferqt:readings", '{"faces": {}}'),
        ("ferqt:readings", '{"faces": [1]}'),
    ],
)
def test_texts_of_others_are_refused(
    tmp_path: Path, result: FrameResult, key: str, value: str
) -> None:
    texts = {**to_texts(described(result)), key: value}
    with pytest.raises(OutputError, match="carries no readings"):
        read_snapshot(with_texts(tmp_path / "hostile.png", texts))


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("face_id", 1e300),
        ("x", "left"),
        ("width", -4.0),
        ("height", float("nan")),
        ("y", 10**400),
        ("confidence", True),
        ("smoothed", {}),
        ("smoothed", {"happy": 7}),
        ("scores", {str(number): 0.0 for number in range(5_000)}),
        ("pose", {"pitch": 1}),
        ("expression", "x" * 100_000),
        ("other", []),
    ],
)
def test_a_reading_that_makes_no_sense_is_refused(
    tmp_path: Path, result: FrameResult, key: str, value: object
) -> None:
    texts = to_texts(described(result))
    content = json.loads(texts["ferqt:readings"])
    content["faces"][0][key] = value
    texts["ferqt:readings"] = json.dumps(content)
    with pytest.raises(OutputError, match="carries no readings"):
        read_snapshot(with_texts(tmp_path / "hostile.png", texts))
