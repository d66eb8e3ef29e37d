"""Several models held side by side on the same pictures."""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from ferqt.classifiers.card import ModelCard
from ferqt.classifiers.catalog import CatalogEntry, load_classifier
from ferqt.classifiers.preprocess import picture_to_tensor
from ferqt.core.emotions import EMOTIONS, LabelSet
from ferqt.core.types import FloatArray
from ferqt.errors import FerqtError
from ferqt.html_page import page
from training.answers import ask_upright
from training.datasets.base import NO_LABEL, Dataset, Split
from training.datasets.labels import Labeling, labels_in
from training.evaluate import measured_name, usual_labeling
from training.html_page import between, paragraph, percent, table
from training.metrics import Interval, Labels, intervals, measure

_TIMED: Final = 200
_QUICKEST: Final = 0.1
"""Share of the faces that took no longer than the time told: the others had to wait for programs
that ran meanwhile, which can double a median."""

_WARM_UP: Final = 10


@dataclass(frozen=True, slots=True)
class Row:
    """One model in the table.

    Attributes:
        model: Its id.
        labels: Id of its label set.
        parameters: Number of weights.
        size_bytes: Of the file that runs live.
        runtime: What runs it.
        face_ms: Time of one face on one thread of this computer, undisturbed.
        accuracy: On the common classes, and its 95% bootstrap interval.
        macro_f1: The same.
        worst_class: The class found least, and its recall.
        ece: Calibration error, renormalized over the common classes.
    """

    model: str
    labels: str
    parameters: int
    size_bytes: int
    runtime: str
    face_ms: float
    accuracy: float
    accuracy_interval: Interval
    macro_f1: float
    macro_f1_interval: Interval
    worst_class: str
    worst_recall: float
    ece: float


@dataclass(frozen=True, slots=True)
class Comparison:
    """The table and what it was measured on.

    Attributes:
        dataset: Name of the pictures.
        labeling: What counts as the true class.
        n: Pictures of a common class; every row is measured on the same ones.
        classes: The classes that all models know.
        restricted: Whether a model knows more, so that its probabilities were renormalized.
        rows: By model.
    """

    dataset: str
    labeling: Labeling
    n: int
    classes: tuple[str, ...]
    restricted: bool
    rows: tuple[Row, ...]


def compare(
    models: Sequence[tuple[CatalogEntry, ModelCard]],
    data: Dataset,
    split: Split,
    labeling: Labeling | None = None,
) -> Comparison:
    """Measure models on the same pictures, over the classes that all of them know.

    Args:
        models: At least one, as `answers.open_model` returns it.
        data: What the split is from.
        split: The pictures.
        labeling: What counts as the true class; None is what the first model's card quotes.

    Raises:
        FerqtError: The models share fewer than two classes, or no picture shows one of them.
    """
    known = [set(card.output.labels.names) for _, card in models]
    shared = set.intersection(*known)
    if len(shared) < 2:
        raise FerqtError(
            f"{', '.join(card.id for _, card in models)} share fewer than two classes",
            "Compare models of like label sets.",
        )
    first = models[0][1]
    every = (*EMOTIONS, *first.output.labels.names)
    common = LabelSet("common", tuple(name for name in dict.fromkeys(every) if name in shared))
    rule = labeling or usual_labeling(first, data)
    truth = labels_in(split, common, rule)
    seen = truth != NO_LABEL
    title = measured_name(data, split, rule)
    if not seen.any():
        raise FerqtError(
            f"{title} has no picture of {', '.join(common.names)}", "Choose another split."
        )
    rows = tuple(_row(entry, card, split.take(seen), truth[seen], common) for entry, card in models)
    return Comparison(
        dataset=title,
        labeling=rule,
        n=int(seen.sum()),
        classes=common.names,
        restricted=any(names != shared for names in known),
        rows=rows,
    )


def _row(
    entry: CatalogEntry, card: ModelCard, split: Split, truth: Labels, common: LabelSet
) -> Row:
    probabilities = ask_upright(load_classifier(entry, threads=2), split)
    metrics = measure(_restricted(probabilities, card, common), truth, common, split.name)
    accuracy, macro_f1 = intervals(np.array(metrics.confusion))
    shown = {name: one.recall for name, one in metrics.per_class.items() if one.support > 0}
    worst = min(shown, key=lambda name: shown[name])
    runtime, face_ms = _timed(entry, split)
    file = card.files.litert or card.files.keras
    assert file is not None
    return Row(
        model=card.id,
        labels=card.output.labels.id,
        parameters=card.parameters,
        size_bytes=(entry.folder / file.path).stat().st_size,
        runtime=runtime,
        face_ms=face_ms,
        accuracy=metrics.accuracy,
        accuracy_interval=accuracy,
        macro_f1=metrics.macro_f1,
        macro_f1_interval=macro_f1,
        worst_class=worst,
        worst_recall=shown[worst],
        ece=metrics.ece,
    )


def _restricted(probabilities: FloatArray, card: ModelCard, common: LabelSet) -> FloatArray:
    """The probabilities of the common classes alone, made to sum 1."""
    chosen = probabilities[:, [card.output.labels.index(name) for name in common.names]]
    result: FloatArray = chosen / np.maximum(chosen.sum(axis=1, keepdims=True), 1e-12)
    return result


def _timed(entry: CatalogEntry, split: Split) -> tuple[str, float]:
    """The runtime, and its time for a face on one thread when nothing else runs, ms."""
    classifier = load_classifier(entry, threads=1)
    times = []
    for turn in range(_WARM_UP + _TIMED):
        picture = split.images[turn % len(split)]
        face = picture_to_tensor(picture, classifier.card.input)[None]
        started = time.perf_counter()
        classifier.predict(face)
        times.append(time.perf_counter() - started)
    classifier.close()
    return classifier.runtime, 1000 * float(np.quantile(times[_WARM_UP:], _QUICKEST))


HEAD: Final = (
    "model",
    "weights",
    "MB",
    "ms a face",
    "accuracy",
    "95%",
    "macro F1",
    "95%",
    "lowest recall",
    "ECE",
)


def cells(row: Row) -> tuple[str, ...]:
    """A row as texts, in the order of `HEAD`."""
    return (
        row.model,
        f"{row.parameters:,}",
        f"{row.size_bytes / 1e6:.1f}",
        f"{row.face_ms:.2f}",
        percent(row.accuracy),
        between(row.accuracy_interval),
        percent(row.macro_f1),
        between(row.macro_f1_interval),
        f"{percent(row.worst_recall)} ({row.worst_class})",
        percent(row.ece),
    )


def summary(comparison: Comparison) -> str:
    """What the table was measured on, in words."""
    rule = {"own": "the data set's own label", "majority": "the raters' majority"}
    words = (
        f"Measured on {comparison.dataset}, n = {comparison.n:,}; true class: "
        f"{rule[comparison.labeling]}; time on one thread of this computer."
    )
    if comparison.restricted:
        words += (
            f" The models name different classes: all are held to {', '.join(comparison.classes)}, "
            "with their probabilities renormalized over these."
        )
    return words


def comparison_page(comparison: Comparison) -> str:
    """A comparison as an HTML page."""
    return page(
        "Models compared",
        "<h1>Models compared</h1>"
        + paragraph(summary(comparison))
        + table(HEAD, [cells(row) for row in comparison.rows]),
        broad=True,
    )
