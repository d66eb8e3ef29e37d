"""Plots of a model's training and figures, as PNG files beside it."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np

from ferqt.classifiers.card import Metrics
from ferqt.core.emotions import LabelSet
from ferqt.core.types import FloatArray
from training.metrics import Labels, reliability
from training.run import EpochRecord

_DPI: Final = 110
_BLUE, _ORANGE, _GRAY = "#0072B2", "#D55E00", "#999999"


def write_curves(history: Sequence[EpochRecord], path: Path) -> None:
    """Draw loss, validation accuracy and macro F1 by epoch."""
    figure = _figure(9.0, 3.6)
    losses, scores = figure.subplots(1, 2)
    epochs = [record.epoch for record in history]
    losses.plot(epochs, [r.loss for r in history], color=_GRAY, label="training (augmented, soft)")
    losses.plot(epochs, [r.validation_loss for r in history], color=_BLUE, label="validation")
    losses.set(xlabel="epoch", ylabel="cross-entropy, nats")
    scores.plot(epochs, [100 * r.accuracy for r in history], color=_BLUE, label="accuracy")
    scores.plot(epochs, [100 * r.macro_f1 for r in history], color=_ORANGE, label="macro F1")
    scores.set(xlabel="epoch", ylabel="validation, %")
    for axes in (losses, scores):
        axes.grid(alpha=0.3)
        axes.legend(frameon=False)
    _save(figure, path)


def write_confusion(metrics: Metrics, labels: LabelSet, path: Path) -> None:
    """Draw the confusion matrix: shares of the true class in percent, with counts."""
    counts = np.array(metrics.confusion)
    shares = 100 * counts / np.maximum(counts.sum(axis=1, keepdims=True), 1)
    figure = _figure(6.2, 5.6)
    axes = figure.subplots()
    axes.imshow(shares, cmap="Blues", vmin=0, vmax=100)
    places = range(len(labels))
    axes.set_xticks(places, labels.names, rotation=35, ha="right")
    axes.set_yticks(places, labels.names)
    axes.set(xlabel="answer", ylabel="true class")
    axes.set_title(
        f"{metrics.dataset}: accuracy {metrics.accuracy:.1%}, macro F1 {metrics.macro_f1:.1%}",
        fontsize=10,
    )
    for row in places:
        for column in places:
            share = shares[row, column]
            axes.text(
                column,
                row,
                f"{share:.0f}%\n{counts[row, column]}",
                ha="center",
                va="center",
                fontsize=8,
                color="white" if share > 55 else "black",
            )
    _save(figure, path)


def write_reliability(
    raw: FloatArray, calibrated: FloatArray, labels: Labels, title: str, path: Path
) -> None:
    """Draw confidence against accuracy, before and after the temperature."""
    figure = _figure(5.0, 4.6)
    axes = figure.subplots()
    axes.plot([0, 1], [0, 1], color=_GRAY, linewidth=1, linestyle="--", label="honest")
    for probabilities, color, name in (
        (raw, _GRAY, "as the network says"),
        (calibrated, _BLUE, "with temperature"),
    ):
        share, confidence, accuracy = np.array(reliability(probabilities, labels)).T
        axes.plot(confidence, accuracy, color=color, linewidth=1.2, label=name)
        axes.scatter(confidence, accuracy, s=15 + 400 * share, color=color, alpha=0.7)
    axes.set(xlim=(0, 1), ylim=(0, 1), xlabel="confidence", ylabel="accuracy")
    axes.set_title(title, fontsize=10)
    axes.grid(alpha=0.3)
    axes.legend(frameon=False, loc="upper left")
    _save(figure, path)


def _figure(width: float, height: float) -> Any:
    """A figure in inches, made without pyplot: no window system and no global state."""
    from matplotlib.figure import Figure

    return Figure(figsize=(width, height), layout="constrained")


def _save(figure: Any, path: Path) -> None:
    # Without the version of matplotlib in it, the same figures give the same file.
    figure.savefig(path, dpi=_DPI, metadata={"Software": None})
