"""From what a person typed, dropped or chose to an open source of frames."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Final
from urllib.parse import urlsplit
from urllib.request import url2pathname

from ferqt.sources.base import FrameSource, SourceKind
from ferqt.sources.demo import DemoSource
from ferqt.sources.images import PICTURE_SUFFIXES, PicturesSource
from ferqt.sources.video_file import VideoFileSource

# Two letters at least before the colon: "C:\clip.mp4" is a path.
_URL: Final = re.compile(r"[a-z][a-z0-9+.-]+://", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class CameraFormat:
    """Picture size and rate to ask a camera for; it answers with the nearest it has.

    Attributes:
        width: Width in px.
        height: Height in px.
        fps: Frames a second.
    """

    width: int = 1280
    height: int = 720
    fps: int = 30


def source_kind(location: str) -> SourceKind:
    """Tell what a location names, without opening it.

    "demo"; a camera's number or "camera:NAME"; a URL; a folder; a file with a picture's ending;
    anything else is a video file.
    """
    text = _without_file_scheme(location)
    if text.lower() == "demo":
        return SourceKind.DEMO
    if _URL.match(text):
        return SourceKind.STREAM
    if text.isdecimal() or text.lower().startswith("camera:"):
        return SourceKind.CAMERA
    if Path(text).suffix.lower() in PICTURE_SUFFIXES or Path(text).is_dir():
        return SourceKind.IMAGES
    return SourceKind.VIDEO


def open_source(location: str, *, camera_format: CameraFormat = CameraFormat()) -> FrameSource:
    """Open what a location names (see `source_kind`).

    Args:
        location: What the person gave; `file://` URLs, as dropped on a window, are paths.
        camera_format: What to ask a camera for; other sources ignore it.

    Raises:
        SourceError: It cannot be opened.
    """
    return _OPENERS[source_kind(location)](_without_file_scheme(location), camera_format)


def _without_file_scheme(location: str) -> str:
    if location.lower().startswith("file://"):
        return url2pathname(urlsplit(location).path)
    return location


def _open_demo(_location: str, _camera_format: CameraFormat) -> FrameSource:
    return DemoSource()


def _open_pictures(location: str, _camera_format: CameraFormat) -> FrameSource:
    return PicturesSource(location)


def _open_video(location: str, _camera_format: CameraFormat) -> FrameSource:
    return VideoFileSource(location)


_OPENERS: Final[Mapping[SourceKind, Callable[[str, CameraFormat], FrameSource]]] = MappingProxyType(
    {
        SourceKind.DEMO: _open_demo,
        SourceKind.IMAGES: _open_pictures,
        SourceKind.VIDEO: _open_video,
    }
)
