"""What the user is told of an open source while it goes on: outages and damage."""

from PySide6.QtCore import QObject, Signal, Slot

from ferqt.core.types import Notice, Severity
from ferqt.runtime.capture import CaptureThread
from ferqt.runtime.notifications import connection_notice
from ferqt.sources.base import Connection, Losses, SourceInfo


class SourceNews(QObject):
    """Makes notices of what one capture thread after the other tells. Lives on the GUI thread."""

    notice_posted = Signal(object)
    """Notice."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._number = -1
        self._title = ""
        self._losses = Losses()
        self._told = 0

    def follow(self, capture: CaptureThread, number: int) -> None:
        """Turn to the source with this number; whatever came before says nothing more."""
        self._number = number
        self._losses, self._told = Losses(), 0
        capture.opened.connect(self._on_opened)
        capture.connection_changed.connect(self._on_connection)
        capture.losses_changed.connect(self._on_losses)
        capture.ended.connect(self._on_ended)

    def leave(self) -> None:
        """Say nothing more of the source."""
        self._number = -1

    @Slot(int, object)
    def _on_opened(self, number: int, info: SourceInfo) -> None:
        if number == self._number:
            self._title = info.title

    @Slot(int, object)
    def _on_connection(self, number: int, news: Connection) -> None:
        if number == self._number:
            self.notice_posted.emit(connection_notice(self._title, news))

    @Slot(int, object)
    def _on_losses(self, number: int, losses: Losses) -> None:
        if number != self._number:
            return
        skipped = losses.skipped[len(self._losses.skipped) :]
        if len(skipped) == 1:
            self._warn(self.tr("A picture was passed over"), skipped[0][1])
        elif skipped:
            text = self.tr("{0} and {1:,} more").format(skipped[0][1], len(skipped) - 1)
            self._warn(self.tr("Pictures were passed over"), text)
        elif losses.lost_frames and not self._losses.lost_frames:
            text = self.tr("Frames of '{0}' cannot be decoded and are left out.")
            self._warn(self.tr("The video is damaged"), text.format(self._title))
        self._losses = losses

    @Slot(int)
    def _on_ended(self, number: int) -> None:
        """Say how much was lost, each time that the end shows more."""
        lost = self._losses.lost_frames
        if number == self._number and lost > self._told:
            self._told = lost
            text = self.tr("Frames of '{0}' that cannot be decoded: {1:,}.")
            hint = self.tr("Copy or export the file again if you need them.")
            self._warn(self.tr("The video is damaged"), text.format(self._title, lost), hint)

    def _warn(self, title: str, text: str, hint: str = "") -> None:
        self.notice_posted.emit(Notice(Severity.WARNING, title, text, hint))
