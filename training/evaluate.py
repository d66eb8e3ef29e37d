"""Holding a model's answers against what the pictures are said to show."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from ferqt.classifiers.calibration import calibrate
from ferqt.classifiers.card import Metrics, ModelCard
from ferqt.core.emotions import EMOTIONS, LabelSet
from ferqt.core.types import FloatArray
from ferqt.errors import FerqtError
from training.answers import Answers
from training.datasets.base import NO_LABEL, Dataset, Split
from training.datasets.labels import Labeling, labels_in
from training.metrics import Interval, Labels, calibration_error, intervals, measure, reliability

_EVERY_NAME: Final = LabelSet("every", EMOTIONS)


@dataclass(frozen=True, slots=True)
class Evaluation:
    """What a model reaches on one set of pictures.

    Attributes:
        model: Its id.
        labels: Names of its classes.
        labeling: What counts as the true class: "own" or "majority".
        metrics: One look at each picture, with the card's temperature: the figures to quote.
        accuracy_interval: 95 % bootstrap interval of the accuracy.
        macro_f1_interval: The same of macro F1.
        left_out: Pictures without a true class among the model's, counted by reason.
        temperature: The card's.
        ece_before: Calibration error without the temperature.
        reliability_before: Points of the reliability diagram without it, as `reliability` gives.
        reliability_after: The same with it.
        uncertain_below: The card's threshold.
        sure_share: Share of the answers above it.
        sure_accuracy: Their accuracy.
        flip_accuracy: Accuracy of the mean over a picture and its mirror image, a second look that
            the live program does not take.
        flip_macro_f1: Macro F1 of the same.
        sources: Figures by data set, when there are several.
    """

    model: str
    labels: tuple[str, ...]
    labeling: Labeling
    metrics: Metrics
    accuracy_interval: Interval
    macro_f1_interval: Interval
    left_out: Mapping[str, int]
    temperature: float
    ece_before: float
    reliability_before: tuple[tuple[float, float, float], ...]
    reliability_after: tuple[tuple[float, float, float], ...]
    uncertain_below: float
    sure_share: float
    sure_accuracy: float
    flip_accuracy: float
    flip_macro_f1: float
    sources: Mapping[str, Metrics]


def usual_labeling(card: ModelCard, data: Dataset) -> Labeling:
    """The rule behind the figure that a card quotes; without figures, the label set's own."""
    if not data.votes_from:
        return "own"
    if card.metrics:
        quoted = card.metrics[-1].dataset.partition("/")[0].split("+")
        return "majority" if data.votes_from in quoted else "own"
    return "majority" if card.output.labels.id == "ferplus8" else "own"


def evaluate(
    card: ModelCard, answers: Answers, data: Dataset, split: Split, labeling: Labeling
) -> Evaluation:
    """Hold a model's answers against the true classes.

    Args:
        card: The model's, with its final temperature and threshold.
        answers: For every picture of the split.
        data: What the split is from.
        split: N pictures.
        labeling: What counts as the true class.

    Raises:
        FerqtError: No picture has a class that the model knows.
    """
    names = card.output.labels
    labels = labels_in(split, names, labeling)
    known = labels != NO_LABEL
    title = measured_name(data, split, labeling)
    if not known.any():
        raise FerqtError(
            f"{title} has no picture of {', '.join(names.names)}",
            "Choose another split or another --labeling.",
        )
    truth, before = labels[known], answers.upright[known]
    output = replace(card.output, activation="softmax")
    after, mirrored = calibrate(before, output), calibrate(answers.mirrored[known], output)
    metrics = measure(after, truth, names, title)
    flipped = measure(0.5 * after + 0.5 * mirrored, truth, names, title)
    accuracy_interval, macro_f1_interval = intervals(np.array(metrics.confusion))
    sure = after.max(axis=1) >= output.uncertain_below
    right = after.argmax(axis=1) == truth
    return Evaluation(
        model=card.id,
        labels=names.names,
        labeling=labeling,
        metrics=metrics,
        accuracy_interval=accuracy_interval,
        macro_f1_interval=macro_f1_interval,
        left_out=_left_out(split, labels, labeling),
        temperature=output.temperature,
        ece_before=calibration_error(before, truth),
        reliability_before=tuple(reliability(before, truth)),
        reliability_after=tuple(reliability(after, truth)),
        uncertain_below=output.uncertain_below,
        sure_share=float(sure.mean()),
        sure_accuracy=float(right[sure].mean()) if sure.any() else 0.0,
        flip_accuracy=flipped.accuracy,
        flip_macro_f1=flipped.macro_f1,
        sources=_by_source(data, split.take(known), after, truth, names, labeling),
    )


def measured_name(data: Dataset, split: Split, labeling: Labeling) -> str:
    """Name of a split in reports: by the raters' majority it is the data set of votes.

    FER2013's private part is "fer2013/private" by its own labels and "ferplus/private" by FER+.
    """
    if labeling == "own" or not split.votes.any():
        return split.name
    rated = {data.sources[i] for i in np.unique(split.sources[split.votes.any(axis=1)]).tolist()}
    sets, _, part = split.name.partition("/")
    named = [data.votes_from if one in rated else one for one in sets.split("+")]
    return f"{'+'.join(named)}/{part}"


def rows_by_source(data: Dataset, split: Split) -> dict[str, npt.NDArray[np.bool_]]:
    """Rows of each source that has any in the split, by the source's name for that part."""
    part = split.name.rpartition("/")[2]
    rows = {
        data.split_names.get(f"{one}/{part}", f"{one}/{part}"): split.sources == index
        for index, one in enumerate(data.sources)
    }
    return {title: mask for title, mask in rows.items() if mask.any()}


def _by_source(
    data: Dataset,
    split: Split,
    probabilities: FloatArray,
    truth: Labels,
    names: LabelSet,
    labeling: Labeling,
) -> dict[str, Metrics]:
    found = rows_by_source(data, split)
    if len(found) < 2:
        return {}
    titles = {
        one: measured_name(data, split.take(rows, one), labeling) for one, rows in found.items()
    }
    return {
        title: measure(probabilities[found[one]], truth[found[one]], names, title)
        for one, title in titles.items()
    }


def _left_out(split: Split, labels: Labels, labeling: Labeling) -> dict[str, int]:
    every = labels_in(split, _EVERY_NAME, labeling)[labels == NO_LABEL]
    reasons = Counter(
        "no single class" if index == NO_LABEL else f"{EMOTIONS[index]} is not among its classes"
        for index in every.tolist()
    )
    return dict(reasons.most_common())


def evaluation_json(evaluation: Evaluation) -> dict[str, Any]:
    """An evaluation as JSON holds it, the figures to quote first."""
    plain = asdict(evaluation)
    model, metrics = plain.pop("model"), plain.pop("metrics")
    return {"model": model, **metrics, **plain}
