"""The film that a stored session was made from: found again, and known to be the same."""

from pathlib import Path

from ferqt.core.session_document import SessionDocument
from ferqt.errors import OutputError
from ferqt.outputs.metadata import fingerprint
from ferqt.sources.base import SourceKind


def session_film(document: SessionDocument) -> Path:
    """Return the film of a session; reads all of it once for its sha256.

    Raises:
        OutputError: It was no film, it is gone, or the file in its place is another one.
    """
    facts = document.facts.get("source") or {}
    if facts.get("kind") != SourceKind.VIDEO or not document.source:
        raise OutputError(
            f"'{document.title}' was not made from a video file",
            "Choose a session of a video.",
        )
    path = Path(document.source)
    if not path.is_file():
        raise OutputError(
            f"the video of this session is no longer there: '{path}'",
            "Put it back in its place, or analyze it again where it is now.",
        )
    if fingerprint(path)["sha256"] != facts.get("sha256"):
        raise OutputError(
            f"'{path}' is not the file that was analyzed: its sha256 is another",
            "Put the analyzed file back in its place, or analyze this one.",
        )
    return path
