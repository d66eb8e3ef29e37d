"""Who was seen since the source was opened: one entry a face, also for those that left."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from ferqt.core.holds import FrameHolds
from ferqt.core.types import EmotionScores, FaceResult, FrameResult, HeadPose

_MOST_FACES: Final = 256


@dataclass(frozen=True, slots=True)
class FaceEntry:
    """What is known of a face.

    Attributes:
        track_id: Its id.
        name: Given by a person; "" without one.
        expression: Leading expression of the shown value, now or when it was last seen.
        confidence: Its confidence, 0..1.
        uncertain: The confidence lies under the model's threshold.
        pose: How the head is or was turned; None when the detector does not tell.
        seen_s: Time in the picture in s.
        last_s: When it was last seen, in s: media time where there is one, else session time.
        present: It is in the newest frame.
        corrected: Its readings are relative to its neutral baseline.
    """

    track_id: int
    name: str
    expression: str
    confidence: float
    uncertain: bool
    pose: HeadPose | None
    seen_s: float
    last_s: float
    present: bool
    corrected: bool = False


class FaceRoster:
    """Keeps an entry for each face.

    Used by one thread.

    Args:
        most_faces: Faces kept; of more, those that are away for longest are forgotten.
    """

    def __init__(self, most_faces: int = _MOST_FACES) -> None:
        self._holds = FrameHolds()
        self._most_faces = most_faces
        self._known: dict[int, _Known] = {}
        self._present: tuple[int, ...] = ()

    @property
    def entries(self) -> tuple[FaceEntry, ...]:
        """All faces, in the order of their ids."""
        return tuple(
            known.entry(track_id, present=track_id in self._present)
            for track_id, known in sorted(self._known.items())
        )

    def add(self, results: Iterable[FrameResult]) -> None:
        """Take in results, in order; light samples suffice."""
        for result in results:
            held_ms = self._holds.step(result)
            if held_ms:
                for track_id in self._present:
                    self._known[track_id].seen_ms += held_ms
            session_s = result.session_ms / 1000
            time_s = session_s if result.media_time is None else result.media_time
            for face in result.faces:
                track_id = face.face.track_id
                # Taken out and put back, a face moves to the end: the first is away for longest.
                known = self._known.pop(track_id, None) or _Known(
                    face.smoothed, face.name, time_s, face.name
                )
                known.see(face, time_s)
                self._known[track_id] = known
            self._present = tuple(face.face.track_id for face in result.faces)
            while len(self._known) > max(self._most_faces, len(self._present)):
                del self._known[next(iter(self._known))]

    def rename(self, track_id: int, name: str) -> None:
        """Take on a name at once, before results tell it; harmless for an unknown face."""
        if track_id in self._known:
            self._known[track_id].name = name

    def merge(self, track_id: int, into: int) -> None:
        """Book a face's time on another one and drop it; harmless for unknown ones."""
        if track_id == into or into not in self._known:
            return
        known = self._known.pop(track_id, None)
        if known is None:
            return
        kept = self._known[into]
        kept.seen_ms += known.seen_ms
        kept.name = kept.name or known.name
        if track_id in self._present and into not in self._present:
            kept.shown, kept.pose, kept.corrected = known.shown, known.pose, known.corrected
            kept.told_name, kept.last_s = known.told_name, known.last_s
        self._present = tuple(
            dict.fromkeys(into if one == track_id else one for one in self._present)
        )

    def clear(self) -> None:
        """Forget all faces."""
        self._holds.clear()
        self._known.clear()
        self._present = ()


@dataclass(slots=True)
class _Known:
    """What is kept of a face; its landmarks would be most of the memory of a long day."""

    shown: EmotionScores
    told_name: str
    last_s: float
    name: str
    pose: HeadPose | None = None
    corrected: bool = False
    seen_ms: int = 0

    def see(self, face: FaceResult, time_s: float) -> None:
        # A name that was just given stays while results on their way still bear the old one.
        if face.name != self.told_name:
            self.name = self.told_name = face.name
        self.shown, self.last_s = face.smoothed, time_s
        self.pose, self.corrected = face.face.box.pose, face.corrected is not None

    def entry(self, track_id: int, *, present: bool) -> FaceEntry:
        return FaceEntry(
            track_id,
            self.name,
            self.shown.top,
            self.shown.confidence,
            self.shown.uncertain,
            self.pose,
            self.seen_ms / 1000,
            self.last_s,
            present,
            self.corrected,
        )
