"""Statistics of a stored session, or of parts of it: what was shown, for how long, how often.

They mean by each word what `core.statistics` of the live window means. One cannot be made from the
other: that one sums up frames as they come and keeps none, in whole milliseconds and over jumps;
this one sees all frames at once, in the times of the file. A test holds that they agree.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from ferqt.core.affect import affect_columns
from ferqt.core.emotions import EMOTIONS, LabelSet
from ferqt.core.episodes import Episode, EpisodeRule, face_episodes, follows_a_gap
from ferqt.core.frame_spans import FaceSpans, FrameSpans
from ferqt.core.movements import (
    BLINK,
    SMILE,
    MovementRule,
    MovementStatistics,
    measured_s,
    movement_statistics,
    movements,
)
from ferqt.core.session_document import SessionDocument, TimeRange
from ferqt.core.session_table import SessionTable
from ferqt.core.types import FloatArray

_Floats = npt.NDArray[np.float64]
_Counts = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class ExpressionSummary:
    """What was seen of one expression.

    Means are weighted with time, or count each reading alike where there is no time (pictures).

    Attributes:
        name: Canonical name of the class.
        seconds: Time for which it led, whatever its probability.
        frames: Readings in which it led.
        share: Share of the face's time in which it led, 0..1; of its readings in pictures.
        confidence: Mean probability while it led; None if it never did.
        mean: Mean probability over all the face's time; None without a reading.
        sd: Standard deviation of the probability over the same time.
        highest: Highest probability.
        episodes: Number of episodes, brief ones included.
        brief: Number of brief ones.
        episode_seconds: Time of all episodes together.
        episode_mean_s: Mean length of the episodes; None without one.
        episode_median_s: Median length.
        episode_longest_s: Length of the longest.
        latency_s: Time from `RangeStatistics.begins_s` to the first episode, 0 when it was under
            way there; None without one.
    """

    name: str
    seconds: float
    frames: int
    share: float
    confidence: float | None
    mean: float | None
    sd: float | None
    highest: float | None
    episodes: int
    brief: int
    episode_seconds: float
    episode_mean_s: float | None
    episode_median_s: float | None
    episode_longest_s: float | None
    latency_s: float | None


@dataclass(frozen=True, slots=True, eq=False)
class RangeStatistics:
    """What was seen of one face, or of all together, in the ranges asked for.

    Attributes:
        face_id: Whose; None for all faces together, whose times and counts are added up.
        analyzed_s: Seconds of all frames, with this face or without; excluded ones left out.
        analyzed_frames: Their number.
        with_face_s: Seconds in which the face, or any face, was in the picture.
        face_s: Seconds in the picture; of several faces, the sum.
        frames: Readings.
        begins_s: Where latencies count from; NaN in pictures.
        uncertain: Share of the face's time that was uncertain, 0..1; None without a reading.
        confidence: Mean probability of what led; None without a reading.
        valence: Mean valence, -1..1, over the readings that have one; None without one.
        arousal: Mean arousal, likewise.
        expressions: An entry a class, in the order of tables.
        transitions: int64 classes x classes, in the order of `expressions`: how often an episode
            of the row's expression was followed by one of the column's while the face stayed in
            the picture. The diagonal counts returns after a break.
        episodes: All episodes, in the order of time.
        blinks: None where blendshapes were not made.
        smiles: None where blendshapes were not made.
    """

    face_id: int | None
    analyzed_s: float
    analyzed_frames: int
    with_face_s: float
    face_s: float
    frames: int
    begins_s: float
    uncertain: float | None
    confidence: float | None
    valence: float | None
    arousal: float | None
    expressions: tuple[ExpressionSummary, ...]
    transitions: _Counts
    episodes: tuple[Episode, ...]
    blinks: MovementStatistics | None
    smiles: MovementStatistics | None

    @property
    def names(self) -> tuple[str, ...]:
        """The classes in the order of `expressions`."""
        return tuple(each.name for each in self.expressions)

    @property
    def transitions_per_minute(self) -> _Floats | None:
        """`transitions` in a minute of the face's time; None where that is no time."""
        return self.transitions * 60 / self.face_s if self.face_s else None

    @property
    def brief_episodes(self) -> tuple[Episode, ...]:
        """The episodes that are brief, as far as the rule keeps any."""
        return tuple(each for each in self.episodes if each.brief)

    def expression(self, name: str) -> ExpressionSummary:
        """Return what was seen of an expression; KeyError for a class that the model lacks."""
        for each in self.expressions:
            if each.name == name:
                return each
        raise KeyError(name)


def table_order(labels: LabelSet) -> tuple[str, ...]:
    """Return the classes in the order of tables: known ones first, a user's own after them."""
    known = [name for name in EMOTIONS if name in labels.names]
    return (*known, *(name for name in labels.names if name not in EMOTIONS))


def range_statistics(
    document: SessionDocument,
    face_id: int | None,
    ranges: Sequence[TimeRange] = (),
    rule: EpisodeRule | None = None,
) -> RangeStatistics:
    """Return the statistics of a face, or of all faces together.

    Args:
        document: The session; its excluded ranges are left out.
        face_id: None for all faces. A face that is not in the table has no readings.
        ranges: What to look at; all of the session when there are none. Latencies count from the
            start of the first one, so ask for the ranges of several trials one by one.
        rule: What an episode is, the default one when None. `EpisodeRule.smoothed` also says which
            values all other figures are made of.
    """
    faces = document.table.faces if face_id is None else (face_id,)
    return _statistics(document.table, FrameSpans(document, ranges), faces, face_id, rule)


def statistics_of_faces(
    document: SessionDocument,
    ranges: Sequence[TimeRange] = (),
    rule: EpisodeRule | None = None,
) -> dict[int, RangeStatistics]:
    """Return the statistics of each face by its id, ascending; faces that were not seen too."""
    spans = FrameSpans(document, ranges)
    table = document.table
    return {each: _statistics(table, spans, (each,), each, rule) for each in table.faces}


def _statistics(
    table: SessionTable,
    frames: FrameSpans,
    faces: Iterable[int],
    face_id: int | None,
    rule: EpisodeRule | None,
) -> RangeStatistics:
    rule = EpisodeRule() if rule is None else rule
    names = table_order(table.labels)
    spans = [frames.of_face(each) for each in faces]
    readings = _Readings(table, spans, rule.smoothed)
    found = [face_episodes(table, each, rule) for each in spans]
    transitions = sum(
        (
            _transitions(table, each, of_face, names, rule)
            for each, of_face in zip(spans, found, strict=True)
        ),
        np.zeros((len(names), len(names)), np.int64),
    )
    episodes = sorted(
        (one for of_face in found for one in of_face),
        key=lambda one: (one.start_s, one.face_id),
    )
    affect = affect_columns(readings.scores, table.labels)
    return RangeStatistics(
        face_id=face_id,
        analyzed_s=frames.analyzed_s,
        analyzed_frames=frames.frame_count,
        with_face_s=frames.with_face_s() if face_id is None else readings.seconds,
        face_s=readings.seconds,
        frames=len(readings.scores),
        begins_s=frames.begins_s,
        uncertain=readings.mean(readings.uncertain.astype(np.float64)),
        confidence=readings.mean(readings.scores.max(axis=1, initial=0).astype(np.float64)),
        valence=readings.mean(affect[:, 0]),
        arousal=readings.mean(affect[:, 1]),
        expressions=tuple(
            _summary(readings, table.labels.index(name), name, episodes, frames.begins_s)
            for name in names
        ),
        transitions=transitions,
        episodes=tuple(episodes),
        blinks=_moved(table, spans, BLINK),
        smiles=_moved(table, spans, SMILE),
    )


class _Readings:
    """The readings of some faces with what each weighs.

    Attributes:
        scores: float32 readings x classes.
        uncertain: bool, one a reading.
        lead: Number of the leading class of each reading.
        weights: Seconds of each; 1 each where there is no time.
        held_s: Seconds of each.
    """

    def __init__(self, table: SessionTable, spans: Sequence[FaceSpans], smoothed: bool) -> None:
        rows = np.concatenate([np.empty(0, np.intp), *(each.rows for each in spans)])
        held_s = np.concatenate([np.empty(0), *(each.held_s for each in spans)])
        scores: FloatArray = (table.smoothed if smoothed else table.scores)[rows]
        uncertain = (table.uncertain_smoothed if smoothed else table.uncertain)[rows]
        # A face that was found and not read counts for nothing.
        read = np.isfinite(scores).all(axis=1)
        self.scores, self.uncertain, self.held_s = scores[read], uncertain[read], held_s[read]
        self.lead = self.scores.argmax(axis=1)
        self.weights = self.held_s if self.held_s.sum() > 0 else np.ones(len(self.held_s))

    @property
    def seconds(self) -> float:
        return float(self.held_s.sum())

    def mean(self, values: _Floats) -> float | None:
        """Weighted mean of the values that are known; None where none is."""
        known = np.isfinite(values)
        total = self.weights[known].sum()
        return float((values[known] * self.weights[known]).sum() / total) if total > 0 else None

    def share(self, mask: npt.NDArray[np.bool_]) -> float:
        """Weight of some readings as a share of all."""
        total = self.weights.sum()
        return float(self.weights[mask].sum() / total) if total > 0 else 0.0


def _summary(
    readings: _Readings, column: int, name: str, episodes: Iterable[Episode], begins_s: float
) -> ExpressionSummary:
    own = readings.scores[:, column].astype(np.float64)
    led = readings.lead == column
    mean = readings.mean(own)
    spread = None if mean is None else readings.mean((own - mean) ** 2)
    found = [one for one in episodes if one.name == name]
    lengths = np.array([one.duration_s for one in found])
    return ExpressionSummary(
        name=name,
        seconds=float(readings.held_s[led].sum()),
        frames=int(led.sum()),
        share=readings.share(led),
        confidence=readings.mean(np.where(led, own, np.nan)),
        mean=mean,
        sd=None if spread is None else float(np.sqrt(spread)),
        highest=float(own.max()) if len(own) else None,
        episodes=len(found),
        brief=sum(one.brief for one in found),
        episode_seconds=float(lengths.sum()),
        episode_mean_s=float(lengths.mean()) if found else None,
        episode_median_s=float(np.median(lengths)) if found else None,
        episode_longest_s=float(lengths.max()) if found else None,
        latency_s=max(0.0, found[0].start_s - begins_s) if found else None,
    )


def _transitions(
    table: SessionTable,
    spans: FaceSpans,
    episodes: Sequence[Episode],
    names: Sequence[str],
    rule: EpisodeRule,
) -> _Counts:
    """How often each expression followed each other one of a face that stayed in the picture."""
    counts = np.zeros((len(names), len(names)), np.int64)
    if len(episodes) < 2:
        return counts
    # Readings with the same number follow each other without the face going away.
    presence = np.cumsum(follows_a_gap(spans, rule.max_gap_s))
    frames = table.frame[spans.rows]
    first = presence[np.searchsorted(frames, [one.first_frame for one in episodes])]
    last = presence[np.searchsorted(frames, [one.last_frame for one in episodes])]
    kinds = np.array([names.index(one.name) for one in episodes])
    follows = last[:-1] == first[1:]
    np.add.at(counts, (kinds[:-1][follows], kinds[1:][follows]), 1)
    return counts


def _moved(
    table: SessionTable, spans: Sequence[FaceSpans], rule: MovementRule
) -> MovementStatistics | None:
    times = [measured_s(table, each) for each in spans]
    known = [seconds for seconds in times if seconds is not None]
    if not known:
        return None
    found = tuple(one for each in spans for one in movements(table, each, rule))
    return movement_statistics(found, sum(known))
