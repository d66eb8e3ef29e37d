"""What a location names is told from its text, and opened."""

from pathlib import Path

import pytest

from ferqt.errors import SourceError
from ferqt.sources import factory
from ferqt.sources.base import SourceKind
from ferqt.sources.camera import CameraDevice
from ferqt.sources.factory import open_source, source_kind
from tests.helpers.clips import write_clip
from tests.helpers.portraits import grace_hopper, portrait_path

KINDS = {
    "demo": SourceKind.DEMO,
    "Demo": SourceKind.DEMO,
    "0": SourceKind.CAMERA,
    "12": SourceKind.CAMERA,
    "camera:HD Webcam": SourceKind.CAMERA,
    "http://host:8080/video": SourceKind.STREAM,
    "RTSP://user:pass@host/live": SourceKind.STREAM,
    "ftp://host/clip.mp4": SourceKind.STREAM,
    "face.jpg": SourceKind.IMAGES,
    "FACE.JPEG": SourceKind.IMAGES,
    "clip.mp4": SourceKind.VIDEO,
    "./demo": SourceKind.VIDEO,
    "no ending": SourceKind.VIDEO,
    r"C:\videos\clip.avi": SourceKind.VIDEO,
    "file:///videos/my%20clip.mp4": SourceKind.VIDEO,
    "file:///pictures/face.png": SourceKind.IMAGES,
}


@pytest.mark.parametrize("location", KINDS)
def test_the_kind_is_told_from_the_text(location: str) -> None:
    assert source_kind(location) is KINDS[location]


def test_a_folder_is_pictures_and_a_connected_cameras_name_is_a_camera(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert source_kind(str(tmp_path)) is SourceKind.IMAGES
    assert source_kind("HD Webcam") is SourceKind.VIDEO
    monkeypatch.setattr(factory, "list_cameras", lambda: (CameraDevice(0, "HD Webcam", ""),))
    assert source_kind("HD Webcam") is SourceKind.CAMERA


def test_a_dropped_file_opens_by_its_url(tmp_path: Path) -> None:
    path = tmp_path / "my clip ü.mp4"
    write_clip(path, [grace_hopper()[:72, :128]] * 3)
    with open_source(path.as_uri()) as source:
        assert source.info.title == path.name
    with open_source(portrait_path().as_uri()) as source:
        assert source.info.kind is SourceKind.IMAGES


@pytest.mark.parametrize(
    ("url", "path"),
    [
        ("file:///videos/a%20b.mp4", "/videos/a b.mp4"),
        ("file://localhost/videos/a.mp4", "/videos/a.mp4"),
        ("FILE:///C:/videos/a.mp4", "C:/videos/a.mp4"),
        ("file://server/share/a.mp4", "//server/share/a.mp4"),
    ],
)
def test_a_file_url_names_the_path(url: str, path: str) -> None:
    with pytest.raises(SourceError) as caught:
        open_source(url)
    assert f"'{path}'" in caught.value.message


@pytest.mark.parametrize("name", ["missing.mp4", "missing.png", "missing"])
def test_a_missing_file_is_said_to_be_missing(tmp_path: Path, name: str) -> None:
    with pytest.raises(SourceError, match="there is no such file") as caught:
        open_source(str(tmp_path / name))
    assert name in caught.value.message
    assert caught.value.hint


def test_an_absent_camera_is_said_to_be_absent() -> None:
    with pytest.raises(SourceError, match="camera '93': there is no such camera"):
        open_source("93")
