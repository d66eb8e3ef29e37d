"""How the window tells of a recording in words."""

from typing import Final

from PySide6.QtCore import QCoreApplication, QLocale

from ferqt.runtime.recorder import RecordingProgress

_RATE_AFTER_S: Final = 5.0
"""Length from which a recording tells how fast it fills the disk."""

_MOST_HOURS: Final = 100


def clock_text(seconds: float) -> str:
    """Return "00:12" or "1:02:03"."""
    minutes, rest = divmod(int(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes:02}:{rest:02}"


def size_text(size: int) -> str:
    """Return a number of bytes as people read it, in the desktop's language: "1.2 GB"."""
    decimals = 1 if size >= 1_000_000_000 else 0
    return QLocale().formattedDataSize(size, decimals, QLocale.DataSizeFormat.DataSizeSIFormat)


def room_text(progress: RecordingProgress) -> str:
    """Return what is free on the disk and how long that lasts; "" before it was measured."""
    if progress.free_bytes is None:
        return ""
    size = size_text(progress.free_bytes)
    free = QCoreApplication.translate("Recording", "{0} free").format(size)
    left = _left_text(progress)
    return f"{free}, {left}" if left else free


def progress_text(progress: RecordingProgress) -> str:
    """Return length, size, room and what is missing, in a line."""
    length = clock_text(progress.seconds)
    parts = [
        QCoreApplication.translate("Recording", "Recording {0}").format(length),
        size_text(progress.bytes),
        room_text(progress),
        missing_text(progress),
    ]
    return "  ·  ".join(part for part in parts if part)


def missing_text(progress: RecordingProgress) -> str:
    """Return how many pictures the video lacks; "" for none."""
    if not progress.dropped:
        return ""
    return QCoreApplication.translate("Recording", "{0} missing").format(progress.dropped)


def _left_text(progress: RecordingProgress) -> str:
    if progress.seconds < _RATE_AFTER_S or not progress.bytes or progress.free_bytes is None:
        return ""
    minutes = round(progress.free_bytes / progress.bytes * progress.seconds / 60)
    if minutes >= 60 * _MOST_HOURS:
        return ""
    if minutes >= 120:
        return QCoreApplication.translate("Recording", "about {0} h").format(round(minutes / 60))
    return QCoreApplication.translate("Recording", "about {0} min").format(minutes)
