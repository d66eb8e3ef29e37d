"""From what a person typed, dropped or chose to an open source of frames."""

import re
from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Final
from urllib.parse import unquote, urlsplit

from ferqt.sources.base import FrameSource, SourceKind
from ferqt.sources.camera import DEFAULT_FORMAT, CameraFormat, CameraSource, list_cameras
from ferqt.sources.demo import DemoSource
from ferqt.sources.images import PICTURE_SUFFIXES, PicturesSource
from ferqt.sources.stream import StreamSource
from ferqt.sources.video_file import VideoFileSource

# Two letters at least before the colon: "C:\clip.mp4" is a path.
_URL: Final = re.compile(r"[a-z][a-z0-9+.-]+://", re.IGNORECASE)
_DRIVE: Final = re.compile(r"/[a-z]:", re.IGNORECASE)
_CAMERA: Final = "camera:"


def source_kind(location: str) -> SourceKind:
    """Tell what a location names, without opening it.

    "demo"; a camera's number, "camera:NAME" or the name of a connected camera; a URL; a folder; a
    file with a picture's ending; anything else is a video file.
    """
    text = _without_file_scheme(location)
    if text.lower() == "demo":
        return SourceKind.DEMO
    if _URL.match(text):
        return SourceKind.STREAM
    if text.isdecimal() or text.lower().startswith(_CAMERA):
        return SourceKind.CAMERA
    path = Path(text)
    if path.suffix.lower() in PICTURE_SUFFIXES or path.is_dir():
        return SourceKind.IMAGES
    if not path.exists() and text in {camera.name for camera in list_cameras()}:
        return SourceKind.CAMERA
    return SourceKind.VIDEO


def open_source(location: str, *, camera_format: CameraFormat = DEFAULT_FORMAT) -> FrameSource:
    """Open what a location names (see `source_kind`).

    Args:
        location: What the person gave; `file://` URLs, as dropped on a window, are paths.
        camera_format: What to ask a camera for; other sources ignore it.

    Raises:
        SourceError: It cannot be opened.
    """
    return _OPENERS[source_kind(location)](_without_file_scheme(location), camera_format)


def _without_file_scheme(location: str) -> str:
    """Return the path of a `file://` URL, anything else as it is.

    By hand, because urllib.request, which has this, takes 70 ms to import.
    """
    if not location.lower().startswith("file://"):
        return location
    url = urlsplit(location)
    path = unquote(url.path)
    if url.netloc not in {"", "localhost"}:
        return f"//{url.netloc}{path}"
    return path[1:] if _DRIVE.match(path) else path


def _open_demo(_location: str, _camera_format: CameraFormat) -> FrameSource:
    return DemoSource()


def _open_pictures(location: str, _camera_format: CameraFormat) -> FrameSource:
    return PicturesSource(location)


def _open_camera(location: str, camera_format: CameraFormat) -> FrameSource:
    wanted = location[len(_CAMERA) :] if location.lower().startswith(_CAMERA) else location
    return CameraSource(wanted, camera_format)


def _open_stream(location: str, _camera_format: CameraFormat) -> FrameSource:
    return StreamSource(location)


def _open_video(location: str, _camera_format: CameraFormat) -> FrameSource:
    return VideoFileSource(location)


_OPENERS: Final[Mapping[SourceKind, Callable[[str, CameraFormat], FrameSource]]] = MappingProxyType(
    {
        SourceKind.CAMERA: _open_camera,
        SourceKind.STREAM: _open_stream,
        SourceKind.DEMO: _open_demo,
        SourceKind.IMAGES: _open_pictures,
        SourceKind.VIDEO: _open_video,
    }
)
