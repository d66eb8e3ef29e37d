"""Neutral calibration of one person: what a resting face already shows is taken off.

Some faces look sad or angry at rest, and a model says so. A person who holds a neutral face for a
few seconds shows how the model reads it; from then on readings are told relative to that.

The correction adds one number to each class's log-probability, as a change of the class's prior
does in Saerens, Latinne and Decaestecker, "Adjusting the outputs of a classifier to new a priori
probabilities", Neural Computation 14 (2002), 21-41: the offset is the log of what a neutral face
should give minus the mean of what this one gives. Only differences between offsets count, so the
neutral class is left as it is, and classes that the resting face shows too much of are lowered. No
class gains on neutral: noise in probabilities near zero cannot become a reading.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

import numpy as np
import numpy.typing as npt

from ferqt.core.emotions import LabelSet
from ferqt.core.types import EmotionScores, FloatArray, FrameResult

BASELINE_S: Final = 5.0
"""How long a neutral face is looked at."""

NEUTRAL_SHARE: Final = 0.7
"""What a neutral face should give its class; the other classes share the rest equally.

Neutral faces of FER+'s test part that the shipped models recognize give it 0.94 (live48-ferplus8)
and 0.72 (live48-fer7) in the median, and the strongest other class stands at odds of 1 : 23 and
1 : 5; here it is 1 : 16. Raising it makes a resting face safer and faint expressions harder."""

_FLOOR: Final = 1e-3
"""Probabilities below it count as it. Raising it limits how far a class can be lowered; at 0.001 a
face that rests at 99 % sad still comes out neutral."""

_FLAT_FLOOR: Final = 0.25
"""The same for a model without a neutral class, as a share of an equal part. It is higher because
there a class can only be lowered by raising the others, none of them more than fourfold."""

_LONGEST_GAP_MS: Final = 1000
"""Time between two samples that still counts; after a longer one the face was away."""

_NEUTRAL: Final = "neutral"

_Logs = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class ClassOffsets:
    """How one model's answers are corrected for one person.

    Attributes:
        labels: The model's classes.
        log_offsets: Added to the log-probabilities, in the order of the classes.
    """

    labels: LabelSet
    log_offsets: tuple[float, ...]

    def __post_init__(self) -> None:
        if len(self.log_offsets) != len(self.labels):
            raise ValueError(f"{len(self.labels)} classes but {len(self.log_offsets)} offsets")

    def corrected(self, scores: EmotionScores, uncertain_below: float) -> EmotionScores:
        """Return softmax(log p + offset) for probabilities p with these classes.

        Args:
            scores: What the model said.
            uncertain_below: Threshold under which the corrected top class is called uncertain.
        """
        logs = _floored_logs(scores.probabilities, self.labels) + np.array(self.log_offsets)
        weights = np.exp(logs - logs.max())
        probabilities: FloatArray = (weights / weights.sum()).astype(np.float32)
        return EmotionScores(
            probabilities, self.labels, uncertain=float(probabilities.max()) < uncertain_below
        )


@dataclass(frozen=True, slots=True)
class Baseline:
    """The neutral face of one person, as the models read it that looked at it.

    Attributes:
        offsets: By model id; another model needs another look.
        samples: Number of frames that were looked at.
        seconds: How long the face was looked at.
    """

    offsets: Mapping[str, ClassOffsets]
    samples: int
    seconds: float

    def __post_init__(self) -> None:
        object.__setattr__(self, "offsets", MappingProxyType(dict(self.offsets)))

    def __reduce__(self) -> tuple[type["Baseline"], tuple[dict[str, ClassOffsets], int, float]]:
        # Read-only mappings cannot be copied or pickled by themselves.
        return Baseline, (dict(self.offsets), self.samples, self.seconds)

    def of(self, model_id: str, labels: LabelSet) -> ClassOffsets | None:
        """Return the offsets of a model; None when it, with these classes, never saw the face."""
        offsets = self.offsets.get(model_id)
        return offsets if offsets is not None and offsets.labels == labels else None


class BaselineMeter:
    """Looks at a neutral face until it has seen enough of it.

    A face that is lost for a while is waited for. Other models start it anew. Used by one thread.

    Attributes:
        track_id: The face, by the id in results.

    Args:
        track_id: See the attribute.
        wanted_s: How long to look.
    """

    def __init__(self, track_id: int, wanted_s: float = BASELINE_S) -> None:
        self.track_id = track_id
        self._wanted_s = wanted_s
        self._sums: dict[str, _LogMean] = {}
        self._seen_ms = 0
        self._last_ms: int | None = None

    @property
    def share(self) -> float:
        """How much of the wanted time was seen, 0..1."""
        return min(1.0, self._seen_ms / 1000 / self._wanted_s)

    def add(self, result: FrameResult) -> None:
        """Look at a frame; one without the face, or from before the last one, changes nothing."""
        face = result.face(self.track_id)
        if face is None or (self._last_ms is not None and result.session_ms <= self._last_ms):
            return
        read = {result.model_id: face.scores}
        if face.other is not None:
            read[result.other_model_id] = face.other
        if {model_id: scores.labels for model_id, scores in read.items()} != {
            model_id: total.labels for model_id, total in self._sums.items()
        }:
            self._sums = {model_id: _LogMean(scores.labels) for model_id, scores in read.items()}
            self._seen_ms, self._last_ms = 0, None
        for model_id, scores in read.items():
            self._sums[model_id].add(scores)
        if self._last_ms is not None and result.session_ms - self._last_ms <= _LONGEST_GAP_MS:
            self._seen_ms += result.session_ms - self._last_ms
        self._last_ms = result.session_ms

    def baseline(self) -> Baseline:
        """Return what was learned.

        Raises:
            ValueError: The face was not seen at all.
        """
        if not self._sums:
            raise ValueError(f"face {self.track_id} was not seen")
        return Baseline(
            {model_id: total.offsets() for model_id, total in self._sums.items()},
            max(total.count for total in self._sums.values()),
            self._seen_ms / 1000,
        )


class _LogMean:
    """The mean of one model's log-probabilities."""

    def __init__(self, labels: LabelSet) -> None:
        self.labels = labels
        self.count = 0
        self._total = np.zeros(len(labels))

    def add(self, scores: EmotionScores) -> None:
        self._total += _floored_logs(scores.probabilities, self.labels)
        self.count += 1

    def offsets(self) -> ClassOffsets:
        offsets = _reference_logs(self.labels) - self._total / self.count
        if _NEUTRAL in self.labels.names:
            offsets = np.minimum(0.0, offsets - offsets[self.labels.index(_NEUTRAL)])
        else:
            offsets = offsets - offsets.max()
        return ClassOffsets(self.labels, tuple(offsets.tolist()))


def _reference_logs(labels: LabelSet) -> _Logs:
    """What a neutral face should give: mostly neutral, or nothing more than anything else."""
    if _NEUTRAL not in labels.names:
        return np.full(len(labels), -np.log(len(labels)))
    shares = np.full(len(labels), (1 - NEUTRAL_SHARE) / (len(labels) - 1))
    shares[labels.index(_NEUTRAL)] = NEUTRAL_SHARE
    logs: _Logs = np.log(shares)
    return logs


def _floored_logs(probabilities: FloatArray, labels: LabelSet) -> _Logs:
    floor = _FLOOR if _NEUTRAL in labels.names else _FLAT_FLOOR / len(labels)
    logs: _Logs = np.log(np.maximum(probabilities.astype(np.float64), floor))
    return logs
