"""Whether an analysis that was broken off can go on: nothing that changes a number has changed."""

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from ferqt.errors import SessionError
from ferqt.pipeline.checkpoint import Checkpoint
from ferqt.pipeline.read_ahead import Again
from ferqt.sources.base import SourceInfo, SourceKind
from ferqt.sources.images import PICTURE_SUFFIXES

_ANEW: Final = "Choose another folder, or analyze anew with --overwrite."

_OTHER: Final = "compared_model"

_FILE: Final = ("bytes", "sha256")


def require_same_work(stored: Mapping[str, Any], wanted: Mapping[str, Any]) -> None:
    """Raise unless a session was begun with the same source, part, model and settings.

    Args:
        stored: Facts of the session, as `describe_run` returned them.
        wanted: The same of what is to be done now.

    Raises:
        SessionError: They differ; it names what.
    """
    _require_same_source(_mapping(stored, "source"), _mapping(wanted, "source"))
    _require_same_model(_mapping(stored, "model"), _mapping(wanted, "model"))
    _require_same_comparison(_mapping(stored, _OTHER), _mapping(wanted, _OTHER))
    for key, what in (("part", "part of the source"), ("settings", "settings")):
        changed = _changed(_mapping(stored, key), _mapping(wanted, key))
        if changed:
            raise SessionError(
                f"the session was begun with another {what}: {changed}"
                if key == "part"
                else f"the session was begun with other {what}: {changed}",
                _ANEW,
            )
    if stored.get("version") != wanted.get("version"):
        raise SessionError(
            f"the session was begun by another version of ferqt: {stored.get('version')}", _ANEW
        )
    changed = _changed(_mapping(stored, "libraries"), _mapping(wanted, "libraries"))
    if changed:
        raise SessionError(f"the session was begun with other libraries: {changed}", _ANEW)


def require_same_listing(checkpoint: Checkpoint, listing: str, title: str) -> None:
    """Raise if the pictures of a folder are no longer those that an analysis was begun with.

    Raises:
        SessionError: They differ.
    """
    if checkpoint.listing != listing:
        raise SessionError(f"the pictures of '{title}' are no longer the same", _ANEW)


def listing_of(info: SourceInfo) -> str:
    """Return a sha256 over names and sizes of a folder's pictures; "" for other sources."""
    folder = Path(info.location)
    if info.kind is not SourceKind.IMAGES or not folder.is_dir():
        return ""
    files = sorted(
        (one.name, one.stat().st_size)
        for one in folder.iterdir()
        if one.suffix.lower() in PICTURE_SUFFIXES and one.is_file()
    )
    return hashlib.sha256(json.dumps(files).encode("ascii")).hexdigest()


def frame_before(checkpoint: Checkpoint) -> Again:
    """Return the frame to begin reading with: the last one that was analyzed."""
    position = checkpoint.position
    return Again(
        position.frame, position.media_time, not position.losses.lost_frames, position.picture
    )


def _require_same_source(stored: Mapping[str, Any], wanted: Mapping[str, Any]) -> None:
    name = wanted.get("name")
    same_file = all(stored.get(key) == wanted.get(key) for key in _FILE)
    if stored.get("kind") != wanted.get("kind") or not same_file:
        raise SessionError(f"the session was begun with another source than '{name}'", _ANEW)


def _require_same_model(stored: Mapping[str, Any], wanted: Mapping[str, Any]) -> None:
    # What runs the model is known for sure only once it was loaded.
    changed = _changed({**stored, "runtime": ""}, {**wanted, "runtime": ""})
    if changed:
        raise SessionError(
            f"the session was begun with another model or version of it: '{stored.get('id')}'",
            _ANEW,
        )


def _require_same_comparison(stored: Mapping[str, Any], wanted: Mapping[str, Any]) -> None:
    if _changed({**stored, "runtime": ""}, {**wanted, "runtime": ""}):
        compared = f"compared with '{stored['id']}'" if stored else "compared with no other model"
        raise SessionError(f"the session was begun {compared}", _ANEW)


def _changed(stored: Mapping[str, Any], wanted: Mapping[str, Any]) -> str:
    """Name what differs, "what: then, now"; "" when nothing does."""
    plain = json.loads(json.dumps(wanted))
    for key in {**stored, **plain}:
        then, now = stored.get(key), plain.get(key)
        if then != now:
            if isinstance(then, dict) and isinstance(now, dict):
                return _changed(then, now)
            return f"{key} was {then} and is {now}"
    return ""


def _mapping(facts: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    value = facts.get(key)
    return value if isinstance(value, Mapping) else {}
