"""Statistics of a running session: how long each face showed which expression.

Sums are kept in whole milliseconds of the session, so that they are exact however long it runs.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from ferqt.core.emotions import EMOTIONS
from ferqt.core.holds import LONGEST_HOLD_S, FrameHolds
from ferqt.core.types import FaceResult, FrameResult

LEAST_EPISODE_S: Final = 0.5
"""A shorter run of one expression is no episode: the shown values take 0.3 s to follow a face."""

_MOST_FACES: Final = 256


@dataclass(frozen=True, slots=True)
class ExpressionStatistics:
    """What was seen of one expression.

    Attributes:
        name: Canonical name of the class.
        seconds: Time for which it led.
        frames: Frames in which it led.
        share: `seconds` of all the seconds, 0..1; of the frames where there is no time (pictures).
        episodes: Runs without a break that lasted `LEAST_EPISODE_S` or longer.
        confidence: Mean confidence while it led, 0..1, weighted like `share`; None if it never did.
    """

    name: str
    seconds: float
    frames: int
    share: float
    episodes: int
    confidence: float | None


@dataclass(frozen=True, slots=True)
class FaceStatistics:
    """What was seen of one face, or of all.

    Attributes:
        seconds: Time in the picture; of several faces, the sum.
        frames: Readings.
        uncertain: Share that was uncertain, 0..1; None without a reading.
        confidence: Mean confidence, 0..1; None without a reading.
        expressions: One entry a class that any model named, in the order of tables.
    """

    seconds: float
    frames: int
    uncertain: float | None
    confidence: float | None
    expressions: tuple[ExpressionStatistics, ...]


class SessionStatistics:
    """Sums up the shown readings (`FaceResult.smoothed`) of all faces.

    A reading counts until the next frame (see `FrameHolds`). A stretch of a film that is seen twice
    counts twice.

    Used by one thread.

    Args:
        longest_hold_s: See `LONGEST_HOLD_S`.
        least_episode_s: See `LEAST_EPISODE_S`. Raising it leaves brief expressions uncounted.
        most_faces: Faces told apart; of more, those that are away for longest are summed up
            together and only count among all.
    """

    def __init__(
        self,
        longest_hold_s: float = LONGEST_HOLD_S,
        least_episode_s: float = LEAST_EPISODE_S,
        most_faces: int = _MOST_FACES,
    ) -> None:
        self._holds = FrameHolds(longest_hold_s)
        self._least_episode_ms = round(least_episode_s * 1000)
        self._most_faces = most_faces
        self._classes: dict[str, None] = {}
        self._faces: dict[int, _Tally] = {}
        self._others = _Tally()
        self._now: dict[int, _Reading] = {}

    @property
    def track_ids(self) -> tuple[int, ...]:
        """Faces that are told apart, in order."""
        return tuple(sorted(self._faces))

    def add(self, results: Iterable[FrameResult]) -> None:
        """Take in results, in order; light samples suffice."""
        for result in results:
            held_ms = self._holds.step(result)
            again = held_ms == 0
            for track_id, reading in self._now.items():
                self._faces[track_id].hold(reading, held_ms or 0, self._least_episode_ms)
            readings = {face.face.track_id: _read(face) for face in result.faces}
            for track_id in self._now:
                if held_ms is None or track_id not in readings:
                    self._faces[track_id].end_run()
            for track_id, reading in readings.items():
                # Taken out and put back, a face moves to the end: the first is away for longest.
                tally = self._faces.pop(track_id, None) or _Tally()
                self._faces[track_id] = tally
                before = self._now.get(track_id) if again else None
                tally.count(reading, instead_of=before)
            for face in result.faces[:1]:
                self._classes.update(dict.fromkeys(face.smoothed.labels.names))
            self._now = readings
            while len(self._faces) > max(self._most_faces, len(readings)):
                self._others.add(self._faces.pop(next(iter(self._faces))))

    def of_face(self, track_id: int) -> FaceStatistics | None:
        """Return what was seen of a face, None when it is not known."""
        tally = self._faces.get(track_id)
        return None if tally is None else self._told([tally])

    def of_all(self) -> FaceStatistics:
        """Return what was seen of all faces together."""
        return self._told([*self._faces.values(), self._others])

    def merge(self, track_id: int, into: int) -> None:
        """Count what was seen of a face for another one; harmless for an unknown one."""
        if track_id == into:
            return
        tally = self._faces.pop(track_id, None)
        reading = self._now.pop(track_id, None)
        if tally is not None:
            self._faces.setdefault(into, _Tally()).add(tally)
            if reading is not None:
                self._now.setdefault(into, reading)

    def clear(self) -> None:
        """Forget everything."""
        self._holds.clear()
        self._classes.clear()
        self._faces.clear()
        self._others = _Tally()
        self._now = {}

    def _told(self, tallies: Sequence["_Tally"]) -> FaceStatistics:
        whole = _Tally()
        for tally in tallies:
            whole.add(tally)
        known = [name for name in EMOTIONS if name in self._classes]
        own = [name for name in self._classes if name not in EMOTIONS]
        return whole.told((*known, *own))


class _Reading(NamedTuple):
    name: str
    confidence: float
    uncertain: bool


@dataclass(slots=True)
class _Sum:
    """What is summed up for one expression; in ms, and once more in frames for pictures."""

    ms: int = 0
    frames: int = 0
    episodes: int = 0
    confidence_ms: float = 0.0
    confidence_frames: float = 0.0
    uncertain_ms: int = 0
    uncertain_frames: int = 0

    def add(self, other: "_Sum") -> None:
        for name in self.__slots__:
            setattr(self, name, getattr(self, name) + getattr(other, name))

    def told(self, name: str, whole: "_Sum") -> ExpressionStatistics:
        share = self.ms / whole.ms if whole.ms else self.frames / max(whole.frames, 1)
        return ExpressionStatistics(
            name, self.ms / 1000, self.frames, share, self.episodes, self.mean_confidence
        )

    @property
    def mean_confidence(self) -> float | None:
        if self.ms:
            return self.confidence_ms / self.ms
        return self.confidence_frames / self.frames if self.frames else None

    @property
    def uncertain_share(self) -> float | None:
        if self.ms:
            return self.uncertain_ms / self.ms
        return self.uncertain_frames / self.frames if self.frames else None


@dataclass(slots=True)
class _Tally:
    """The sums of one face, and the run that it is in."""

    sums: dict[str, _Sum] = field(default_factory=dict)
    run_name: str = ""
    run_ms: int = 0

    def count(self, reading: _Reading, instead_of: _Reading | None) -> None:
        """Book a frame, in the place of the same frame's reading before, if there was one."""
        if instead_of is not None:
            self._book_frame(instead_of, -1)
        self._book_frame(reading, 1)

    def hold(self, reading: _Reading, held_ms: int, least_episode_ms: int) -> None:
        """Book the time for which a reading held."""
        booked = self.sums[reading.name]
        booked.ms += held_ms
        booked.confidence_ms += held_ms * reading.confidence
        booked.uncertain_ms += held_ms * reading.uncertain
        if reading.name != self.run_name:
            self.run_name, self.run_ms = reading.name, 0
        before, self.run_ms = self.run_ms, self.run_ms + held_ms
        booked.episodes += before < least_episode_ms <= self.run_ms

    def end_run(self) -> None:
        """Note that what comes next does not follow."""
        self.run_name, self.run_ms = "", 0

    def add(self, other: "_Tally") -> None:
        """Add another face's sums."""
        for name, added in other.sums.items():
            self.sums.setdefault(name, _Sum()).add(added)

    def told(self, classes: Sequence[str]) -> FaceStatistics:
        whole = _Sum()
        for part in self.sums.values():
            whole.add(part)
        none = _Sum()
        return FaceStatistics(
            seconds=whole.ms / 1000,
            frames=whole.frames,
            uncertain=whole.uncertain_share,
            confidence=whole.mean_confidence,
            expressions=tuple(self.sums.get(name, none).told(name, whole) for name in classes),
        )

    def _book_frame(self, reading: _Reading, frames: int) -> None:
        booked = self.sums.setdefault(reading.name, _Sum())
        booked.frames += frames
        booked.confidence_frames += frames * reading.confidence
        booked.uncertain_frames += frames * reading.uncertain


def _read(face: FaceResult) -> _Reading:
    shown = face.smoothed
    top = int(shown.probabilities.argmax())
    return _Reading(shown.labels.names[top], float(shown.probabilities[top]), shown.uncertain)
