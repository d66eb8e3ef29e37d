"""Places of sources: what was dropped on the window, and what may be remembered."""

from collections.abc import Callable, Sequence
from pathlib import Path
from urllib.parse import urlsplit

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QDropEvent

from ferqt.classifiers.inspection import MODEL_SUFFIXES


def dropped_location(data: QMimeData) -> str:
    """Return the file, folder or address that a drag carries, "" if it carries none.

    Of several files the first counts.
    """
    for url in data.urls():
        if url.isLocalFile():
            return url.toLocalFile()
        if url.isValid() and url.scheme():
            return url.toString()
    text = data.text().strip() if data.hasText() else ""
    return text if "://" in text and not any(letter.isspace() for letter in text) else ""


def dropped_locations(data: QMimeData) -> list[str]:
    """Return all files, folders and addresses that a drag carries."""
    return [
        url.toLocalFile() if url.isLocalFile() else url.toString()
        for url in data.urls()
        if url.isLocalFile() or (url.isValid() and url.scheme())
    ]


def dropped_model(data: QMimeData) -> str:
    """Return the path of the model file that a drag carries, "" if it carries none."""
    paths = [url.toLocalFile() for url in data.urls() if url.isLocalFile()]
    return next((path for path in paths if path.lower().endswith(MODEL_SUFFIXES)), "")


def take_drop(
    event: QDropEvent,
    add_model: Callable[[str], None],
    analyze: Callable[[Sequence[str]], None],
    open_source: Callable[[str], None],
) -> None:
    """Take what was dropped: a model, several files for the queue, or something to open."""
    data = event.mimeData()
    model, several, location = dropped_model(data), dropped_locations(data), dropped_location(data)
    if not location:
        return
    event.acceptProposedAction()
    if model:
        add_model(model)
    elif len(several) > 1:
        analyze(several)
    else:
        open_source(location)


def has_secret(location: str) -> bool:
    """Tell whether an address may hold a password or key, which no settings file should keep."""
    if "://" not in location:
        return False
    parts = urlsplit(location)
    return "@" in parts.netloc or bool(parts.query)


def recent_title(location: str) -> str:
    """Return the short name of a source that was opened earlier."""
    if "://" in location:
        parts = urlsplit(location)
        return f"{parts.hostname or ''}{parts.path}"
    return Path(location).name or location
