"""What there is now of the things that actions need."""

from ferqt.runtime.sound import has_sound
from ferqt.sources.base import SourceInfo, SourceKind
from ferqt.ui.window_parts import Parts


def available(parts: Parts) -> frozenset[str]:
    """Return what can be asked for now, in the words of `ActionSpec.needs`."""
    info = parts.session.source_info
    found = set() if info is None else _of_source(info, reviewing=parts.session.reviewing)
    if parts.selection.track_id is not None and info is not None:
        found |= {"face"} if parts.session.reviewing else {"face", "read_face"}
    document = parts.review.document
    if document is not None:
        film = (document.facts.get("source") or {}).get("kind") == SourceKind.VIDEO
        found |= {"session", "session_film"} if film else {"session"}
    return frozenset(found)


def _of_source(info: SourceInfo, *, reviewing: bool) -> set[str]:
    found = {"source"}
    if info.kind is not SourceKind.IMAGES:
        found |= {"moving"} if reviewing else {"moving", "read"}
        if info.seekable and not info.live:
            found.add("timed")
    if info.seekable:
        found.add("seekable")
    if has_sound(info):
        found.add("sound")
    if info.kind in (SourceKind.VIDEO, SourceKind.IMAGES):
        found.add("recorded")
    return found
