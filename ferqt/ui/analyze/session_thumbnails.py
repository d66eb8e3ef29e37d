"""Small pictures of sessions: kept beside them, made from their sources when they are not there."""

import logging
from collections import OrderedDict
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QObject, QSize, Qt, Signal
from PySide6.QtGui import QImage, QImageWriter, QPixmap

from ferqt.core.types import Image, Notice
from ferqt.errors import FerqtError, OutputError
from ferqt.outputs.store.entry import LibraryEntry
from ferqt.outputs.store.index import THUMBNAIL_NAME
from ferqt.outputs.whole_file import write_whole
from ferqt.runtime.tasks import TaskRunner
from ferqt.sources.images import PICTURE_SUFFIXES, natural_order, read_picture
from ferqt.sources.thumbnails import ThumbnailReader

_log = logging.getLogger(__name__)

WIDTH: Final = 64
HEIGHT: Final = 36
"""Box in px that a small picture fits into."""

_SHARP: Final = 3
"""Dense screens show so many px in one."""
_KEPT: Final = 600
_QUALITY: Final = 85
_MOST_WAITING: Final = 64
_EARLY: Final = 0.2
"""Where in a video its picture is taken: the first frames are often black."""


class SessionThumbnails(QObject):
    """Pictures for the rows that are seen, made one after the other, those wanted last first.

    Lives on the GUI thread.
    """

    ready = Signal(str)
    """Id of the session whose picture there is now."""

    def __init__(self, tasks: TaskRunner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._kept: OrderedDict[str, QPixmap | None] = OrderedDict()
        self._waiting: OrderedDict[str, LibraryEntry] = OrderedDict()
        self._busy = ""

    def of(self, entry: LibraryEntry) -> QPixmap | None:
        """Return the picture of a session; None while there is none, which is then made."""
        if entry.id in self._kept:
            self._kept.move_to_end(entry.id)
            return self._kept[entry.id]
        if entry.id != self._busy:
            self._waiting[entry.id] = entry
            self._waiting.move_to_end(entry.id)
            while len(self._waiting) > _MOST_WAITING:
                self._waiting.popitem(last=False)
            self._next()
        return None

    def forget(self, session: str) -> None:
        """Make a session's picture anew when it is wanted again."""
        self._kept.pop(session, None)

    def _next(self) -> None:
        if self._busy or not self._waiting:
            return
        session, entry = self._waiting.popitem()
        self._busy = session
        self._tasks.run(
            partial(_picture, entry), self._on_made, self._on_failed, title="No small picture"
        )

    def _on_made(self, image: QImage | None) -> None:
        session, self._busy = self._busy, ""
        self._kept[session] = None if image is None else QPixmap.fromImage(image)
        while len(self._kept) > _KEPT:
            self._kept.popitem(last=False)
        self._next()
        if image is not None:
            self.ready.emit(session)

    def _on_failed(self, _notice: Notice) -> None:
        self._on_made(None)


def _picture(entry: LibraryEntry) -> QImage | None:
    """Read a session's picture, or make and keep it; slow."""
    place = entry.folder / THUMBNAIL_NAME
    try:
        if place.is_file():
            return _small(read_picture(place))
        made = _from_source(entry)
        image = None if made is None else _small(made)
    except (FerqtError, OSError, ValueError) as error:
        _log.info("no small picture of '%s': %s", entry.title, error)
        return None
    if image is not None and entry.folder.is_dir():
        # Qt does not tell when the last of a file finds no room.
        with suppress(OutputError):
            write_whole(place, _jpeg(image))
    return image


def _jpeg(image: QImage) -> bytes:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QImageWriter(buffer, QByteArray(b"jpg"))
    writer.setQuality(_QUALITY)
    writer.write(image)
    return bytes(buffer.data().data())


def _from_source(entry: LibraryEntry) -> Image | None:
    """Return a picture of a session's source; None when it has none on this computer."""
    if not entry.source or "://" in entry.source:
        return None
    source = Path(entry.source)
    if source.is_dir():
        names = [one for one in source.iterdir() if one.suffix.lower() in PICTURE_SUFFIXES]
        first = min(names, key=lambda path: natural_order(path.name), default=None)
        return None if first is None else read_picture(first)
    if source.suffix.lower() in PICTURE_SUFFIXES:
        return read_picture(source)
    if not source.is_file():
        return None
    with ThumbnailReader(source) as reader:
        return reader.at(_EARLY * (entry.duration_s or 0.0))


def _small(picture: Image) -> QImage:
    height, width = picture.shape[:2]
    whole = QImage(picture.tobytes(), width, height, 3 * width, QImage.Format.Format_RGB888)
    return whole.scaled(
        QSize(WIDTH * _SHARP, HEIGHT * _SHARP),
        Qt.AspectRatioMode.KeepAspectRatio,
        Qt.TransformationMode.SmoothTransformation,
    )
