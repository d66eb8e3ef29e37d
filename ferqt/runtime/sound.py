"""Sound of the open source: off until a person wants it."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal, Slot

from ferqt.core.types import Notice, Severity
from ferqt.runtime.media_clock import MediaClock
from ferqt.runtime.sound_output import SoundDevice, SoundOutput
from ferqt.runtime.sound_thread import SoundThread
from ferqt.sources.base import SourceInfo, SourceKind

_STOP_MS = 3_000


class Sound(QObject):
    """Whether sound is on, and the thread that plays it.

    Only files have sound here. Nothing of sound is loaded before it is switched on. Lives on the
    GUI thread.

    Args:
        open_output: Opens the device, in the thread that plays.
    """

    switched = Signal(bool)
    """Whether sound is on; also told when it could not be switched on."""
    notice_posted = Signal(object)
    """Notice."""

    def __init__(
        self,
        open_output: Callable[[], SoundOutput] = SoundDevice,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._open_output = open_output
        self._on = False
        self._info: SourceInfo | None = None
        self._clock = MediaClock()
        self._thread: SoundThread | None = None
        self._leaving: list[SoundThread] = []

    @property
    def on(self) -> bool:
        """Whether a person wants sound and it can be played."""
        return self._on

    def attach(self, info: SourceInfo, clock: MediaClock) -> None:
        """Take over a source that was opened, and its clock."""
        self._info, self._clock = info, clock
        if self._on:
            self._begin()

    def detach(self) -> None:
        """Let the source go; sound stays on for the next one."""
        self._info = None
        self._end()

    def set_on(self, on: bool) -> None:
        """Switch sound on or off."""
        if on == self._on:
            return
        self._on = on
        self.switched.emit(on)
        if not on:
            self._end()
        elif self._info is not None:
            self._begin()
            self._tell_if_silent(self._info)

    def set_lag(self, lag_s: float) -> None:
        """Tell how long after its time the picture comes on screen."""
        if self._thread is not None:
            self._thread.set_lag(lag_s)

    def shutdown(self) -> None:
        """End the thread and wait for it."""
        self.detach()
        for thread in self._leaving:
            thread.wait(_STOP_MS)
        self._leaving.clear()

    def _begin(self) -> None:
        if self._info is None or not has_sound(self._info):
            return
        before = self._leaving[-1] if self._leaving else None
        self._thread = SoundThread(self._info.location, self._clock, self._open_output, before)
        self._thread.failed.connect(self._on_failed)
        self._thread.finished.connect(self._on_finished)
        self._thread.start()

    def _end(self) -> None:
        thread, self._thread = self._thread, None
        if thread is not None:
            thread.stop()
            if not thread.isFinished():
                self._leaving.append(thread)

    def _tell_if_silent(self, info: SourceInfo) -> None:
        if not has_sound(info):
            self.notice_posted.emit(
                Notice(
                    Severity.INFO,
                    self.tr("Nothing to hear"),
                    self.tr("{0} has no sound.").format(info.title),
                    self.tr("Sound is on for the next video that has some."),
                )
            )

    @Slot(object)
    def _on_failed(self, notice: Notice) -> None:
        if self.sender() is self._thread and self._on:
            self.set_on(False)
            self.notice_posted.emit(notice)

    @Slot()
    def _on_finished(self) -> None:
        self._leaving = [thread for thread in self._leaving if not thread.isFinished()]


def has_sound(info: SourceInfo) -> bool:
    """Whether the sound of a source can be played: only that of files is."""
    return info.kind is SourceKind.VIDEO and info.has_audio
