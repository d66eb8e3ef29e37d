"""Small pictures of the open file, decoded in the background when a person looks for a place."""

import logging

from PySide6.QtCore import QObject, QThread, Signal, Slot

from ferqt.core.latest import Closed, LatestSlot
from ferqt.errors import SourceError
from ferqt.sources.base import SourceInfo, SourceKind

_log = logging.getLogger(__name__)

_STOP_MS = 3_000


class ThumbnailThread(QThread):
    """Makes the thumbnail that was asked for last, until its slot of wishes is closed.

    Args:
        path: The file.
    """

    came = Signal(float, object)
    """Media time in s that was asked for, and its thumbnail (RGB uint8)."""

    def __init__(self, path: str) -> None:
        super().__init__()
        self.setObjectName("ferqt-thumbnails")
        self._path = path
        self.wishes: LatestSlot[float] = LatestSlot()

    def run(self) -> None:
        """Work until the slot is closed; called by Qt in the new thread."""
        # It brings OpenCV, which the window comes without.
        from ferqt.sources.thumbnails import ThumbnailReader

        try:
            with ThumbnailReader(self._path) as reader:
                while True:
                    media_time = self.wishes.take()
                    image = None if media_time is None else reader.at(media_time)
                    if image is not None:
                        self.came.emit(media_time, image)
        except Closed:
            return
        except SourceError as error:
            _log.info("no thumbnails: %s", error)
        except Exception:  # noqa: BLE001 - the thread's boundary; a help is not worth a notice
            _log.exception("thumbnails failed")


class Thumbnails(QObject):
    """Thumbnails of the open source, if that is a video file.

    Lives on the GUI thread. Nothing is read before the first wish; a newer wish replaces an older
    one, and the thread and what it keeps go with the source.
    """

    ready = Signal(float, object)
    """Media time in s that was asked for, and its thumbnail: RGB uint8, at most 192 x 108 px."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._path = ""
        self._thread: ThumbnailThread | None = None
        self._leaving: list[ThumbnailThread] = []

    def set_source(self, info: SourceInfo | None) -> None:
        """Turn to another source; what is under way for the one before is given up."""
        self._end()
        self._path = info.location if info is not None and info.kind is SourceKind.VIDEO else ""

    def request(self, media_time: float) -> None:
        """Ask for the thumbnail of a media time (s); sources that have none stay silent."""
        if not self._path:
            return
        if self._thread is None:
            self._thread = ThumbnailThread(self._path)
            self._thread.came.connect(self._on_came)
            self._thread.finished.connect(self._on_finished)
            self._thread.start(QThread.Priority.LowPriority)
        self._thread.wishes.put(media_time)

    def shutdown(self) -> None:
        """End the thread and wait for it."""
        self._end()
        for thread in self._leaving:
            thread.wait(_STOP_MS)
        self._leaving.clear()

    def _end(self) -> None:
        thread, self._thread = self._thread, None
        if thread is not None:
            thread.wishes.clear()
            thread.wishes.close()
            if not thread.isFinished():
                self._leaving.append(thread)

    @Slot(float, object)
    def _on_came(self, media_time: float, image: object) -> None:
        if self.sender() is self._thread:
            self.ready.emit(media_time, image)

    @Slot()
    def _on_finished(self) -> None:
        self._leaving = [thread for thread in self._leaving if not thread.isFinished()]
