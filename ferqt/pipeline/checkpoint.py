"""Where an analysis is, as values that are stored with its rows and that it can go on from."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, Final, Self

from ferqt.core.state import State
from ferqt.errors import SessionError
from ferqt.sources.base import Losses

_SCHEMA: Final = 1


@dataclass(frozen=True, slots=True)
class Position:
    """The last frame that was analyzed.

    Attributes:
        frame: Its number.
        media_time: Its `Frame.media_time`.
        session_ms: Its stamp, which the next one lies after.
        read: Number of frames read up to it, those left out included.
        losses: What the source could not deliver up to it.
        picture: CRC-32 of its pixels; None where it was not needed.
    """

    frame: int
    media_time: float | None
    session_ms: int
    read: int
    losses: Losses = field(default_factory=Losses)
    picture: int | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Checkpoint:
    """All that is needed to go on after a frame as if the analysis had never been broken off.

    Attributes:
        position: The frame.
        locator: State of the locator after it.
        reader: State of the reader after it.
        tally: What was counted up to it.
        listing: sha256 over names and sizes of a folder's pictures; "" for other sources.
    """

    position: Position
    locator: State
    reader: State
    tally: State
    listing: str = ""

    def to_json(self) -> dict[str, Any]:
        """Return the checkpoint as JSON-able values."""
        return {
            "schema": _SCHEMA,
            "position": asdict(self.position),
            "locator": self.locator,
            "reader": self.reader,
            "tally": self.tally,
            "listing": self.listing,
        }

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> Self:
        """Read what `to_json` gave.

        Raises:
            SessionError: It is no checkpoint, or one of another version of ferqt.
        """
        if stored.get("schema") != _SCHEMA:
            raise SessionError(
                "the session was begun by another version of ferqt",
                "Analyze the source anew (--overwrite).",
            )
        try:
            position = dict(stored["position"])
            losses = position.pop("losses")
            skipped = tuple((str(name), str(reason)) for name, reason in losses["skipped"])
            return cls(
                Position(**position, losses=Losses(skipped, int(losses["lost_frames"]))),
                stored["locator"],
                stored["reader"],
                stored["tally"],
                str(stored["listing"]),
            )
        except (KeyError, TypeError, ValueError) as error:
            raise damaged_checkpoint() from error


def damaged_checkpoint() -> SessionError:
    """Return what to raise for a checkpoint that nothing can go on from."""
    return SessionError(
        "the session cannot be resumed: what it says of its last frame is damaged",
        "Analyze the source anew (--overwrite).",
    )
