"""Episodes: stretches of time in which a face goes on showing one expression."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from ferqt.core.frame_spans import SAME_TIME_S, FaceSpans, FrameSpans
from ferqt.core.session_document import SessionDocument, TimeRange
from ferqt.core.session_table import SessionTable
from ferqt.core.types import FloatArray
from ferqt.errors import UsageError

BRIEF_S: Final = 0.5
"""A shorter episode is brief: what the literature calls a micro-expression lasts up to half a
second (Ekman and Friesen, "Nonverbal leakage and clues to deception", Psychiatry 32 (1969), 88-106,
describe them; Yan, Wu, Liang, Chen and Fu, "How fast are the leaked facial expressions", Journal of
Nonverbal Behavior 37 (2013), 217-230, measured them). Not every brief episode is one."""


@dataclass(frozen=True, slots=True)
class EpisodeRule:
    """What makes an episode out of the readings of frames.

    An episode of an expression begins with a frame in which it leads with a probability of at least
    `enter`. It goes on while its own probability is at least `leave` and no other expression leads
    with `enter` or more.

    Attributes:
        min_duration_s: Shorter episodes are left out. Raising it drops flicker, and above
            `BRIEF_S` all brief episodes too.
        enter: Probability that begins an episode, 0..1. Raising it leaves weak and doubtful
            expressions out. At 0 whatever leads begins one.
        leave: Probability under which an episode ends, 0..`enter`. Raising it ends episodes sooner
            and splits unsteady ones.
        max_gap_s: Longest break that an episode bridges when the same expression follows: the face
            was not found, or nothing was strong enough. Raising it joins what tracking lost, and
            counts the break as part of the episode. Another expression always ends an episode.
        smoothed: Look at the smoothed values instead of those of each frame alone. They flicker
            less, and blur what is shorter than their time constant: begin and end come late, brief
            episodes are lost.
        count_uncertain: Whether uncertain frames, as the model's threshold has them, count like
            others. If not, they are a break.
    """

    min_duration_s: float = 0.1
    enter: float = 0.5
    leave: float = 0.4
    max_gap_s: float = 0.0
    smoothed: bool = False
    count_uncertain: bool = True

    def __post_init__(self) -> None:
        if not 0 <= self.leave <= self.enter <= 1:
            raise UsageError(
                f"episodes cannot begin at {self.enter:g} and end below {self.leave:g}",
                "Both are probabilities from 0 to 1, and the second is not above the first.",
            )
        for name, seconds in (("duration", self.min_duration_s), ("gap", self.max_gap_s)):
            if not 0 <= seconds < float("inf"):
                raise UsageError(f"{seconds:g} s is no {name} of episodes", "Give 0 s or more.")


LIVE_RULE: Final = EpisodeRule(BRIEF_S, enter=0.0, leave=0.0, smoothed=True)
"""Episodes as the live window's statistics count them: the smoothed expression that leads."""


@dataclass(frozen=True, slots=True)
class Episode:
    """One expression of one face for a while.

    Attributes:
        face_id: Whose.
        name: Canonical name of the expression.
        start_s: Media time of its first frame.
        end_s: When its last frame ends; after `start_s`.
        first_frame: Number of its first frame in the source.
        last_frame: Number of its last one, which still shows it.
        frames: Analyzed frames that show it; one is weak evidence, whatever its probability.
        peak_s: Time of the first frame with the highest probability.
        peak: That probability, 0..1.
        mean: Mean probability of the expression, 0..1, weighted with time; bridged breaks count
            for nothing.
        cut: Whether it begins or ends where looking did: at an edge of the range, the session or an
            excluded stretch, or where the face came or went. It may have lasted longer.
    """

    face_id: int
    name: str
    start_s: float
    end_s: float
    first_frame: int
    last_frame: int
    frames: int
    peak_s: float
    peak: float
    mean: float
    cut: bool = False

    @property
    def duration_s(self) -> float:
        """How long it lasts, bridged breaks included."""
        return self.end_s - self.start_s

    @property
    def brief(self) -> bool:
        """Whether it is shorter than `BRIEF_S`, as far as it was seen (see `cut`)."""
        return self.duration_s < BRIEF_S - SAME_TIME_S


def episodes(
    document: SessionDocument,
    face_id: int,
    rule: EpisodeRule | None = None,
    ranges: Sequence[TimeRange] = (),
) -> tuple[Episode, ...]:
    """Return the episodes of a face in the order of time; they never overlap.

    Nothing reaches out of the ranges or over an excluded one: what does is cut there. A session of
    pictures has none, for pictures have no time.

    Args:
        document: The session.
        face_id: An id that is not in the table has no episodes.
        rule: The default one when None.
        ranges: What to look at; all of the session when there are none.
    """
    return face_episodes(document.table, FrameSpans(document, ranges).of_face(face_id), rule)


def all_episodes(
    document: SessionDocument,
    rule: EpisodeRule | None = None,
    ranges: Sequence[TimeRange] = (),
) -> tuple[Episode, ...]:
    """Return the episodes of all faces, in the order of their starts, then of ids."""
    spans = FrameSpans(document, ranges)
    found = [
        episode
        for face_id in document.table.faces
        for episode in face_episodes(document.table, spans.of_face(face_id), rule)
    ]
    return tuple(sorted(found, key=lambda episode: (episode.start_s, episode.face_id)))


def face_episodes(
    table: SessionTable, spans: FaceSpans, rule: EpisodeRule | None = None
) -> tuple[Episode, ...]:
    """Return the episodes of a face whose spans are known already."""
    rule = EpisodeRule() if rule is None else rule
    if not len(spans):
        return ()
    values = (table.smoothed if rule.smoothed else table.scores)[spans.rows]
    usable = np.asarray(np.isfinite(values).all(axis=1))
    if not rule.count_uncertain:
        uncertain = table.uncertain_smoothed if rule.smoothed else table.uncertain
        usable = usable & ~uncertain[spans.rows]
    return runs_of(table, spans, values, usable, table.labels.names, rule)


def runs_of(
    table: SessionTable,
    spans: FaceSpans,
    values: FloatArray,
    usable: npt.NDArray[np.bool_],
    names: Sequence[str],
    rule: EpisodeRule,
) -> tuple[Episode, ...]:
    """Return the episodes of any values of a face, one column a name.

    Args:
        table: Where the spans are from.
        spans: The face's readings.
        values: float32 readings x names.
        usable: Which readings count; the others are breaks.
        names: What each column says.
        rule: `smoothed` and `count_uncertain` have been seen to by who made the values.
    """
    if not len(spans):
        return ()
    shown = _shown(spans, values, usable, rule)
    begins, ends = _runs(shown, spans, rule.max_gap_s)
    least_s = max(rule.min_duration_s - SAME_TIME_S, SAME_TIME_S)
    long_enough = spans.end_s[ends] - spans.start_s[begins] >= least_s
    begins, ends = begins[long_enough], ends[long_enough]
    if not len(begins):
        return ()
    gaps = np.append(follows_a_gap(spans, rule.max_gap_s), True)
    cut = gaps[begins] | gaps[ends + 1]
    return _told(table, spans, values, shown, names, begins, ends, cut)


def follows_a_gap(spans: FaceSpans, longest_s: float) -> npt.NDArray[np.bool_]:
    """Return whether nothing leads to each reading from the one before.

    Args:
        spans: A face's readings, one or more.
        longest_s: The face may be away for so long.
    """
    gaps = spans.start_s[1:] - spans.end_s[:-1] > longest_s + SAME_TIME_S
    return np.append(True, gaps | (np.diff(spans.stretch) != 0))


def _shown(
    spans: FaceSpans, values: FloatArray, usable: npt.NDArray[np.bool_], rule: EpisodeRule
) -> npt.NDArray[np.intp]:
    """The column that each reading shows, -1 for none; breaks are not bridged yet."""
    here = np.arange(len(spans))
    # The columns hold float32: 0.4 there is a little more or less than 0.4.
    enter, leave = np.float32(rule.enter), np.float32(rule.leave)
    lead: npt.NDArray[np.intp] = np.where(usable[:, None], values, -1).argmax(axis=1)
    strong = usable & (values[here, lead] >= enter)
    last_strong = np.maximum.accumulate(np.where(strong, here, -1))
    shown: npt.NDArray[np.intp] = lead[last_strong]
    held = usable & (values[here, shown] >= leave)
    cut = ~strong & (~held | follows_a_gap(spans, rule.max_gap_s))
    last_cut = np.maximum.accumulate(np.where(cut, here, -1))
    result: npt.NDArray[np.intp] = np.where(last_strong > last_cut, shown, -1)
    return result


def _runs(
    shown: npt.NDArray[np.intp], spans: FaceSpans, max_gap_s: float
) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.intp]]:
    """The first and the last reading of each episode, breaks bridged."""
    during = np.flatnonzero(shown >= 0)
    if not len(during):
        return during, during
    before, after = during[:-1], during[1:]
    parted = (
        (shown[before] != shown[after])
        | (spans.stretch[before] != spans.stretch[after])
        | (spans.start_s[after] - spans.end_s[before] > max_gap_s + SAME_TIME_S)
    )
    return during[np.append(True, parted)], during[np.append(parted, True)]


def _told(
    table: SessionTable,
    spans: FaceSpans,
    values: FloatArray,
    shown: npt.NDArray[np.intp],
    names: Sequence[str],
    begins: npt.NDArray[np.intp],
    ends: npt.NDArray[np.intp],
    cut: npt.NDArray[np.bool_],
) -> tuple[Episode, ...]:
    """The episodes whose first and last readings are known."""
    # Every second pair of bounds is an episode, the others are what lies between two.
    bounds = np.column_stack([begins, ends + 1]).ravel()
    during = shown >= 0
    own = np.where(during, values[np.arange(len(shown)), shown], 0).astype(np.float64)
    # Frames with equal times hold for nothing and still have a mean.
    weights = np.where(during, np.maximum(spans.held_s, 1e-9), 0)

    def summed(each: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
        sums: npt.NDArray[np.float64] = np.add.reduceat(np.append(each, 0.0), bounds)[::2]
        return sums

    means = summed(own * weights) / summed(weights)
    counts = summed(during.astype(np.float64))
    peaks = [
        begin + int(own[begin : end + 1].argmax())
        for begin, end in zip(begins.tolist(), ends.tolist(), strict=True)
    ]
    face_id = int(table.face_id[spans.rows[0]])
    frames = table.frame[spans.rows]
    columns = (
        shown[begins].tolist(),
        spans.start_s[begins].tolist(),
        spans.end_s[ends].tolist(),
        frames[begins].tolist(),
        frames[ends].tolist(),
        counts.astype(int).tolist(),
        spans.start_s[peaks].tolist(),
        own[peaks].tolist(),
        means.tolist(),
        cut.tolist(),
    )
    return tuple(Episode(face_id, names[kind], *rest) for kind, *rest in zip(*columns, strict=True))
