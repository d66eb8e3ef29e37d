"""Which expression led when, over a whole medium, in memory that does not grow with it."""

from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from ferqt.core.types import FaceResult, FrameResult

WHOEVER: Final = 0
"""Stands for the face that is followed while none is selected; ids of tracks start at 1."""

_BINS: Final = 4096
"""Moments that a medium is divided into: 0.9 s each for an hour. Twice the px of a wide window."""

_MOST_FACES: Final = 32
"""Faces remembered, 4 KB each; those not seen for longest give way."""

_MOST_NAMES: Final = 127
_GAP_S: Final = 0.5
"""Results of one face that are further apart than this leave the time between them open."""

_AWAY_S: Final = 1.0
"""After that long without it, the next face is followed while none is selected."""


class Run(NamedTuple):
    """A stretch of time in which one expression led.

    Attributes:
        start_s: Media time of its start in s.
        end_s: Media time of its end in s.
        name: Canonical name of the expression.
        uncertain: True when the model was not sure of it.
    """

    start_s: float
    end_s: float
    name: str
    uncertain: bool


class ExpressionBins:
    """Collects results as they come, in any order of the medium's time.

    What is played again replaces what was collected there. Of several expressions within one
    moment, the longest counts. Used by one thread.

    Args:
        duration_s: Length of the medium in s, positive.
    """

    def __init__(self, duration_s: float) -> None:
        if duration_s <= 0:
            raise ValueError(f"a medium takes time, got {duration_s} s")
        self._bin_s = duration_s / _BINS
        self._names: list[str] = []
        self._tracks: dict[int, _Track] = {}
        self._first: tuple[int, float] | None = None

    def add(self, result: FrameResult) -> None:
        """Collect a result; one without a media time is left out."""
        if result.media_time is None:
            return
        codes = {face.face.track_id: self._code(face) for face in result.faces}
        followed = self._follow(result)
        if followed is not None:
            codes[WHOEVER] = codes[followed]
        for track_id, code in codes.items():
            # Put last, so that the first is the one not seen for longest.
            track = self._tracks.pop(track_id, None) or _Track(self._bin_s)
            self._tracks[track_id] = track
            track.add(result.media_time, code)
        for track_id in self._tracks.keys() - codes.keys():
            self._tracks[track_id].pause()
        while len(self._tracks) > _MOST_FACES:
            oldest = next(known for known in self._tracks if known != WHOEVER)
            del self._tracks[oldest]

    def merge(self, track_id: int, into: int) -> None:
        """Let a track go on as another one, which keeps what it has."""
        gone = self._tracks.pop(track_id, None)
        if gone is not None:
            kept = self._tracks.setdefault(into, _Track(self._bin_s))
            kept.codes = np.where(kept.codes == 0, gone.codes, kept.codes)

    def codes(self, track_id: int) -> npt.NDArray[np.uint8]:
        """Return a copy of what was collected for a face, to tell whether it has changed."""
        track = self._tracks.get(track_id)
        return np.zeros(_BINS, np.uint8) if track is None else track.codes.copy()

    def runs(self, track_id: int) -> list[Run]:
        """Return the stretches of a face's leading expressions, in order; `WHOEVER` for any."""
        codes = self.codes(track_id)
        edges = np.flatnonzero(np.diff(codes)) + 1
        starts, ends = np.concatenate([[0], edges]), np.concatenate([edges, [_BINS]])
        return [
            Run(
                float(start * self._bin_s),
                float(end * self._bin_s),
                self._names[(codes[start] - 1) // 2],
                bool((codes[start] - 1) % 2),
            )
            for start, end in zip(starts, ends, strict=True)
            if codes[start]
        ]

    def _code(self, face: FaceResult) -> int:
        """Return 1 and above: twice the place of the name, one more when it is uncertain."""
        name = face.smoothed.top
        if name not in self._names:
            if len(self._names) == _MOST_NAMES:
                return 0
            self._names.append(name)
        return 1 + 2 * self._names.index(name) + int(face.smoothed.uncertain)

    def _follow(self, result: FrameResult) -> int | None:
        """Return the face that is followed while none is selected, if it is in this result."""
        now_s = result.session_ms / 1000
        present = {face.face.track_id for face in result.faces}
        known = self._first[0] if self._first is not None else None
        if known not in present:
            if self._first is not None and now_s - self._first[1] <= _AWAY_S:
                return None
            known = min(present, default=None)
        if known is not None:
            self._first = (known, now_s)
        return known


class _Track:
    """One face: a code for each moment, 0 for not seen."""

    def __init__(self, bin_s: float) -> None:
        self._bin_s = bin_s
        self.codes: npt.NDArray[np.uint8] = np.zeros(_BINS, np.uint8)
        self._last: tuple[float, int] | None = None
        self._bin = -1
        self._shares: dict[int, float] = {}

    def add(self, time_s: float, code: int) -> None:
        if self._last is not None and 0 < time_s - self._last[0] <= _GAP_S:
            self._cover(*self._last, time_s)
        self._credit(self._place(time_s), code, 1e-6)
        self._last = (time_s, code)

    def pause(self) -> None:
        self._last = None

    def _cover(self, start_s: float, code: int, end_s: float) -> None:
        first, last = self._place(start_s), self._place(end_s)
        if first == last:
            self._credit(first, code, end_s - start_s)
            return
        self._credit(first, code, (first + 1) * self._bin_s - start_s)
        self.codes[first + 1 : last] = code
        self._credit(last, code, end_s - last * self._bin_s)

    def _credit(self, place: int, code: int, seconds: float) -> None:
        if place != self._bin:
            self._bin, self._shares = place, {}
        self._shares[code] = self._shares.get(code, 0.0) + seconds
        self.codes[place] = max(self._shares, key=lambda known: self._shares[known])

    def _place(self, time_s: float) -> int:
        return min(max(int(time_s / self._bin_s), 0), _BINS - 1)
