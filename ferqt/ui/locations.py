"""Places of sources: what was dropped on the window, and what may be remembered."""

from pathlib import Path
from urllib.parse import urlsplit

from PySide6.QtCore import QMimeData


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
