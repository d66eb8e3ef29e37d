"""What can be analyzed among files and folders that a person dropped, and how long it is."""

import logging
import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Final

from ferqt.errors import SourceError
from ferqt.sources.base import SourceKind
from ferqt.sources.factory import source_kind
from ferqt.sources.images import PICTURE_SUFFIXES, natural_order
from ferqt.sources.video_container import open_video

_log = logging.getLogger(__name__)

VIDEO_SUFFIXES: Final = frozenset(
    {".mp4", ".mkv", ".mov", ".avi", ".webm", ".m4v", ".mpg", ".mpeg", ".wmv", ".flv", ".ts"}
    | {".mts", ".m2ts", ".ogv", ".3gp", ".mxf", ".vob", ".asf"}
)
"""Endings by which files of a folder are taken for videos, lower case."""

_MOST_SOURCES: Final = 50_000
_MOST_REFUSED: Final = 1_000


class Refusal(StrEnum):
    """Why something cannot be analyzed."""

    MISSING = "missing"
    UNREADABLE = "unreadable"
    UNKNOWN_KIND = "unknown-kind"
    ENDLESS = "endless"
    EMPTY = "empty"
    KNOWN = "known"
    TOO_MANY = "too-many"


@dataclass(frozen=True, slots=True)
class MediaSource:
    """A video, a picture, or a folder of pictures.

    Attributes:
        location: Its path.
        title: Its name.
        pictures: Number of pictures; 0 for a video.
    """

    location: str
    title: str
    pictures: int = 0


@dataclass(slots=True)
class Found:
    """What came of looking.

    Attributes:
        sources: What can be analyzed, in order.
        refused: What cannot, with the reason; at most 1,000.
    """

    sources: list[MediaSource] = field(default_factory=list)
    refused: list[tuple[str, Refusal]] = field(default_factory=list)


def find_media(locations: Iterable[str], known: Iterable[str] = ()) -> Found:
    """Look through files and folders; folders with all that is in them.

    Every video is a source, and every folder that holds pictures is one, with its own pictures.
    Links to folders and hidden files are left alone. Slow on large folders: call it off the GUI
    thread.

    Args:
        locations: What was dropped or chosen.
        known: Locations that are in the queue already.
    """
    return _Search(known).run(locations)


def length_of(source: MediaSource) -> float | None:
    """Return the length of a video in s, without decoding; None when the file does not say."""
    if source.pictures:
        return None
    try:
        container, _ = open_video(Path(source.location), "cannot measure")
    except SourceError as error:
        _log.info("%s", error)
        return None
    with container:
        return None if container.duration is None else max(container.duration / 1e6, 0.0)


class _Search:
    def __init__(self, known: Iterable[str]) -> None:
        self._known = set(known)
        self._found = Found()

    def run(self, locations: Iterable[str]) -> Found:
        for location in locations:
            kind = source_kind(location)
            if kind in (SourceKind.STREAM, SourceKind.CAMERA, SourceKind.DEMO):
                self._refuse(location, Refusal.ENDLESS)
                continue
            path = Path(location).expanduser().absolute()
            if path.is_dir():
                self._look_through(path)
            elif path.is_file():
                self._take_file(path, chosen=True)
            else:
                self._refuse(location, Refusal.MISSING)
        return self._found

    def _look_through(self, folder: Path) -> None:
        before = len(self._found.sources) + len(self._found.refused)
        unreadable: list[str] = []
        for name, folders, files in os.walk(
            folder, onerror=lambda error: unreadable.append(error.filename)
        ):
            folders[:] = _in_order(one for one in folders if not one.startswith("."))
            self._take_folder(Path(name), _in_order(one for one in files if one[0] != "."))
            if len(self._found.sources) >= _MOST_SOURCES:
                self._refuse(str(folder), Refusal.TOO_MANY)
                break
        for one in unreadable:
            self._refuse(one, Refusal.UNREADABLE)
        if len(self._found.sources) + len(self._found.refused) == before:
            self._refuse(str(folder), Refusal.EMPTY)

    def _take_folder(self, folder: Path, names: Sequence[str]) -> None:
        """Take the files of one folder, its pictures together."""
        pictures = 0
        for name in names:
            if Path(name).suffix.lower() in PICTURE_SUFFIXES:
                pictures += 1
            else:
                self._take_file(folder / name, chosen=False)
        if pictures:
            self._take(MediaSource(str(folder), folder.name or str(folder), pictures))

    def _take_file(self, path: Path, *, chosen: bool) -> None:
        suffix = path.suffix.lower()
        if suffix in PICTURE_SUFFIXES:
            self._take(MediaSource(str(path), path.name, 1))
        elif suffix in VIDEO_SUFFIXES or (chosen and _holds_video(path)):
            if os.access(path, os.R_OK):
                self._take(MediaSource(str(path), path.name))
            else:
                self._refuse(str(path), Refusal.UNREADABLE)
        else:
            self._refuse(str(path), Refusal.UNKNOWN_KIND)

    def _take(self, source: MediaSource) -> None:
        if source.location in self._known:
            self._refuse(source.location, Refusal.KNOWN)
        else:
            self._known.add(source.location)
            self._found.sources.append(source)

    def _refuse(self, location: str, reason: Refusal) -> None:
        if len(self._found.refused) < _MOST_REFUSED:
            self._found.refused.append((location, reason))


def _holds_video(path: Path) -> bool:
    """Tell whether a file with an ending that says nothing is a video."""
    try:
        container, _ = open_video(path, "no video")
    except SourceError:
        return False
    container.close()
    return True


def _in_order(names: Iterable[str]) -> list[str]:
    return sorted(names, key=lambda name: (natural_order(name), name))
