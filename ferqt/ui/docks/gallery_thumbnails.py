"""Thumbnails: made by a thread when they are painted for the first time, kept in memory."""

import logging
from collections import OrderedDict
from collections.abc import Hashable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, QSize, Qt, Signal
from PySide6.QtGui import QImage

from ferqt.core.types import Notice
from ferqt.errors import OutputError
from ferqt.outputs.png_file import read_pixels
from ferqt.runtime.tasks import TaskRunner
from ferqt.ui.docks.gallery_shots import Shot
from ferqt.ui.picture_clipboard import image_of

_log = logging.getLogger(__name__)

_MAX_BYTES: Final = 64_000_000
"""Of all thumbnails together; those that fill a 4K screen take 33 MB."""

_MOST_WAITING: Final = 1_000
_STEP_PX: Final = 64
"""Sizes are rounded up to it, so that a panel that is dragged wider does not read all anew."""


@dataclass(slots=True)
class _Kept:
    """A thumbnail.

    Attributes:
        image: As it was read.
        longest: Bound that its longer side was given.
        fitted: The same as large as it is painted; null before it was.
    """

    image: QImage
    longest: int
    fitted: QImage = field(default_factory=QImage)

    @property
    def bytes(self) -> int:
        """Memory that it takes."""
        return self.image.sizeInBytes() + self.fitted.sizeInBytes()


class Thumbnails(QObject):
    """Small copies of pictures.

    Lives on the GUI thread; one file at a time is read by `tasks`, the one asked for last first:
    while a person scrolls, that is what is in sight.
    """

    ready = Signal(object)
    """`Shot` whose thumbnail is there now, or turned out to be damaged."""

    def __init__(
        self, tasks: TaskRunner, parent: QObject | None = None, *, max_bytes: int = _MAX_BYTES
    ) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._max_bytes = max_bytes
        self._bytes = 0
        self._kept: OrderedDict[Hashable, _Kept] = OrderedDict()
        self._damaged: OrderedDict[Hashable, None] = OrderedDict()
        self._waiting: OrderedDict[Hashable, tuple[Shot, int]] = OrderedDict()
        self._reading: Hashable | None = None

    @property
    def bytes_held(self) -> int:
        """Memory that the thumbnails take."""
        return self._bytes

    def get(self, shot: Shot, room: QSize) -> QImage | None:
        """Return a thumbnail as large as it fits into a place, or None and have it made.

        Args:
            shot: Whose.
            room: The place in device px. A smaller thumbnail that is there is blown up until the
                right one is made.
        """
        key = _key(shot)
        longest = max(room.width(), room.height())
        wanted = -(-longest // _STEP_PX) * _STEP_PX
        kept = self._kept.get(key)
        asked = key == self._reading or key in self._damaged
        if (kept is None or kept.longest < wanted) and not asked:
            self._ask(key, shot, wanted)
        if kept is None:
            return None
        self._kept.move_to_end(key)
        size = kept.image.size().scaled(room, Qt.AspectRatioMode.KeepAspectRatio)
        if kept.fitted.size() != size:
            # Once, and not each time it is painted.
            self._bytes -= kept.bytes
            kept.fitted = kept.image.scaled(
                size,
                Qt.AspectRatioMode.IgnoreAspectRatio,
                Qt.TransformationMode.SmoothTransformation,
            )
            self._bytes += kept.bytes
        return kept.fitted

    def is_damaged(self, shot: Shot) -> bool:
        """Tell whether a picture's pixels could not be read."""
        return _key(shot) in self._damaged

    def _ask(self, key: Hashable, shot: Shot, longest: int) -> None:
        self._waiting[key] = (shot, longest)
        self._waiting.move_to_end(key)
        if len(self._waiting) > _MOST_WAITING:
            self._waiting.popitem(last=False)
        self._read_next()

    def _read_next(self) -> None:
        if self._reading is not None or not self._waiting:
            return
        key, (shot, longest) = self._waiting.popitem()
        self._reading = key
        self._tasks.run(
            partial(_read, shot.path, longest),
            partial(self._on_read, shot, longest),
            partial(self._on_failed, shot),
            title=self.tr("The thumbnail was not made"),
        )

    def _on_read(self, shot: Shot, longest: int, image: QImage | None) -> None:
        self._reading = None
        if image is None:
            self._mark_damaged(_key(shot))
        else:
            self._keep(_key(shot), longest, image)
        self.ready.emit(shot)
        self._read_next()

    def _on_failed(self, shot: Shot, _notice: Notice) -> None:
        self._on_read(shot, 0, None)

    def _keep(self, key: Hashable, longest: int, image: QImage) -> None:
        self._forget(key)
        self._kept[key] = _Kept(image, longest)
        self._bytes += self._kept[key].bytes
        while self._bytes > self._max_bytes and len(self._kept) > 1:
            self._forget(next(iter(self._kept)))

    def _forget(self, key: Hashable) -> None:
        kept = self._kept.pop(key, None)
        if kept is not None:
            self._bytes -= kept.bytes

    def _mark_damaged(self, key: Hashable) -> None:
        self._damaged[key] = None
        if len(self._damaged) > _MOST_WAITING:
            self._damaged.popitem(last=False)


def _key(shot: Shot) -> Hashable:
    # A file that was written anew has another thumbnail.
    return shot.path, shot.stamp


def _read(path: Path, longest: int) -> QImage | None:
    """Return a picture's thumbnail, None if it is damaged; runs in a thread."""
    try:
        return image_of(read_pixels(path, longest))
    except OutputError as error:
        _log.info("no thumbnail: %s", error.message)
        return None
