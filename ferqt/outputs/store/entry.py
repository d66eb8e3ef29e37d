"""A row of the library: what a list of sessions shows of one."""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ferqt.outputs.store.state import SessionState


@dataclass(frozen=True, slots=True)
class LibraryEntry:
    """A session in the library.

    Attributes:
        id: Its name in the library, which is that of its folder.
        folder: Where its files lie.
        path: The session's file.
        missing: Whether that file is gone; the rest tells what was known last.
        session_id: Given when it was begun, kept by copies; "" for a damaged session.
        title: What people call it.
        source: Path of the source or its address, without credentials; "" when it has none.
        source_sha256: Hash of the source's file; "" when it is none or not known yet.
        model_id: Id of the model; "" when not known yet.
        model_sha256: Hash of the file of the model that ran; "" when not known yet.
        settings: As `metadata.json` has them.
        created: When it was begun, UTC, as ISO 8601 tells it; "" for a damaged session.
        duration_s: Length of the source in s; None when not known.
        frames: Number of frames that are stored.
        faces: Number of faces; in pictures, of faces read.
        state: How far it is.
        problem: Why it failed or cannot be read; else "".
        notes: A person's own words.
        tags: A person's own keywords.
        thumbnail: A picture for lists; None without one.
    """

    id: str
    folder: Path
    path: Path
    missing: bool
    session_id: str
    title: str
    source: str
    source_sha256: str
    model_id: str
    model_sha256: str
    settings: Mapping[str, Any]
    created: str
    duration_s: float | None
    frames: int
    faces: int
    state: SessionState
    problem: str
    notes: str
    tags: tuple[str, ...]
    thumbnail: Path | None

    @property
    def source_missing(self) -> bool:
        """Whether the source was a file or folder that is no longer in its place."""
        # Addresses, numbers of cameras and "demo" do not begin at a root.
        path = Path(self.source)
        return path.is_absolute() and not path.exists()


def folded(text: str) -> str:
    """Return a text as it is searched: small letters without accents."""
    letters = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in letters if not unicodedata.combining(letter))
