"""Who is who: names that a person gives to faces, and faces that turn out to be the same person."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Final

from ferqt.core.types import TrackedFace
from ferqt.errors import FerqtError

MAX_NAME: Final = 40
"""Letters of a name; what is longer is cut."""


@dataclass(frozen=True, slots=True)
class People:
    """Names and merges of the faces of one source.

    A tracker gives a face that comes back after a long absence a new id. Merging that id into the
    old one makes both one face again, for every view and every row from then on.

    Attributes:
        names: By id; only ids that are not merged away have one.
        merged: From an id that was merged away straight to the id that it goes by; chains are
            resolved when a merge is made, so no id stands on both sides.
    """

    names: Mapping[int, str] = field(default_factory=dict)
    merged: Mapping[int, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        object.__setattr__(self, "names", MappingProxyType(dict(self.names)))
        object.__setattr__(self, "merged", MappingProxyType(dict(self.merged)))

    def __reduce__(self) -> tuple[type["People"], tuple[dict[int, str], dict[int, int]]]:
        # Read-only mappings cannot be copied or pickled by themselves.
        return People, (dict(self.names), dict(self.merged))

    def id_of(self, track_id: int) -> int:
        """Return the id that a tracker's id goes by."""
        return self.merged.get(track_id, track_id)

    def name_of(self, track_id: int) -> str:
        """Return the name of a face, "" when it has none."""
        return self.names.get(self.id_of(track_id), "")

    def renamed(self, track_id: int, name: str) -> "People":
        """Return the same with another name for a face.

        Args:
            track_id: The face, by its own id or one that was merged into it.
            name: Line breaks and runs of spaces become one space; "" takes the name away.
        """
        names = dict(self.names)
        names.pop(self.id_of(track_id), None)
        if cleaned := _cleaned(name):
            names[self.id_of(track_id)] = cleaned
        return replace(self, names=names)

    def merged_into(self, track_id: int, into: int) -> "People":
        """Return the same with a face and all that was merged into it going by another's id.

        The other face keeps its name; without one it takes over the name of the face that goes.

        Raises:
            FerqtError: Both are one face already.
        """
        gone, stays = self.id_of(track_id), self.id_of(into)
        if gone == stays:
            raise FerqtError(
                f"face {track_id} and face {into} are the same already", "Choose another face."
            )
        merged = {known: stays if goes == gone else goes for known, goes in self.merged.items()}
        merged[gone] = stays
        names = dict(self.names)
        name = names.pop(gone, "")
        if name:
            names.setdefault(stays, name)
        return People(names, merged)

    def recognized(self, faces: Sequence[TrackedFace]) -> tuple[tuple[TrackedFace, str], ...]:
        """Return the faces of one frame under the ids that they go by, with their names.

        Two faces of a frame cannot be one person. Where merges say so nevertheless (a reflection,
        or a merge that was a mistake), the face whose own id it is goes by the id, else the one
        that was seen first; another keeps the tracker's id and stays nameless in that frame. So
        ids are never twice in a frame, and no reading is lost.

        Args:
            faces: As the tracker named them.
        """
        holder: dict[int, int] = {}
        for track_id in sorted(face.track_id for face in faces):
            goes_by = self.id_of(track_id)
            if goes_by == track_id:
                holder[goes_by] = track_id
            else:
                holder.setdefault(goes_by, track_id)
        named = []
        for face in faces:
            goes_by = self.id_of(face.track_id)
            if holder[goes_by] == face.track_id:
                named.append((replace(face, track_id=goes_by), self.names.get(goes_by, "")))
            else:
                named.append((face, ""))
        return tuple(named)


def _cleaned(name: str) -> str:
    printable = "".join(letter if letter.isprintable() else " " for letter in name)
    return " ".join(printable.split())[:MAX_NAME].rstrip()
