"""Pictures of a model's training and figures, as PNG files."""

import io
from itertools import pairwise
from pathlib import Path
from typing import Any, Final

import numpy as np

from ferqt.core.emotions import color_of
from training.evaluate import Evaluation
from training.report import History

DPI: Final = 144
"""Pixels an inch: half as many again as a page has, sharp in print and on dense screens."""

_PALETTE: Final = 128
"""Colors of a file; a report of four pictures takes a third of the space of full color."""

_BLUE, _ORANGE, _GRAY, _DARK = "#0072B2", "#D55E00", "#999999", "#333333"


def draw_confusion(evaluation: Evaluation, path: Path) -> None:
    """Draw the confusion matrix: shares of the true class in percent, with counts."""
    metrics, names = evaluation.metrics, evaluation.labels
    counts = np.array(metrics.confusion)
    shares = 100 * counts / np.maximum(counts.sum(axis=1, keepdims=True), 1)
    side = 1.6 + 0.62 * len(names)
    figure = _figure(side + 0.4, side)
    axes = figure.subplots()
    axes.imshow(shares, cmap="Blues", vmin=0, vmax=100)
    places = range(len(names))
    axes.set_xticks(places, names, rotation=35, ha="right")
    axes.set_yticks(places, names)
    axes.tick_params(length=0)
    axes.spines[:].set_visible(False)
    axes.set(xlabel="answer", ylabel="true class")
    axes.set_title(_title(evaluation), fontsize=10)
    for row in places:
        for column in places:
            share = shares[row, column]
            axes.text(
                column,
                row,
                f"{share:.0f}%\n{counts[row, column]:,}",
                ha="center",
                va="center",
                fontsize=8,
                color="white" if share > 55 else _DARK,
            )
    _save(figure, path)


def draw_recall(evaluation: Evaluation, path: Path) -> None:
    """Draw the recall of each class as a bar, its precision as a mark on it."""
    classes = [one for one in evaluation.metrics.per_class.items() if one[1].support > 0]
    figure = _figure(6.4, 1.2 + 0.36 * len(classes))
    axes = figure.subplots()
    places = np.arange(len(classes))[::-1]
    recalls = [100 * figures.recall for _, figures in classes]
    axes.barh(places, recalls, height=0.66, color=[color_of(name) for name, _ in classes])
    axes.scatter(
        [100 * figures.precision for _, figures in classes],
        places,
        marker="|",
        s=160,
        linewidths=2,
        color=_DARK,
        label="precision",
    )
    for place, recall in zip(places, recalls, strict=True):
        axes.text(101.5, place, f"{recall:.0f}%", va="center", fontsize=9, color=_DARK)
    axes.set_yticks(places, [f"{name}  (n {figures.support:,})" for name, figures in classes])
    axes.tick_params(axis="y", length=0)
    axes.set(xlim=(0, 100), xlabel="recall, %")
    axes.spines[["top", "right", "left"]].set_visible(False)
    axes.set_title(_title(evaluation), fontsize=10, pad=20)
    axes.legend(frameon=False, handletextpad=0, loc="lower right", bbox_to_anchor=(1.0, 0.99))
    _save(figure, path)


def draw_reliability(evaluation: Evaluation, path: Path) -> None:
    """Draw confidence against accuracy, before and after the temperature.

    A point's area is the share of the pictures that it stands for.
    """
    figure = _figure(5.2, 4.8)
    axes = figure.subplots()
    axes.plot([0, 100], [0, 100], color=_GRAY, linewidth=1, linestyle="--", label="honest")
    for points, color, name, error in (
        (evaluation.reliability_before, _ORANGE, "before", evaluation.ece_before),
        (evaluation.reliability_after, _BLUE, "after", evaluation.metrics.ece),
    ):
        share, confidence, accuracy = np.array(points).T
        label = f"{name} the temperature, error {error:.1%}"
        axes.plot(100 * confidence, 100 * accuracy, color=color, linewidth=1.2, label=label)
        axes.scatter(100 * confidence, 100 * accuracy, s=10 + 400 * share, color=color, alpha=0.6)
    if evaluation.uncertain_below > 0:
        axes.axvline(100 * evaluation.uncertain_below, color=_GRAY, linewidth=1, linestyle=":")
        axes.text(
            100 * evaluation.uncertain_below - 1.5,
            2,
            "uncertain",
            ha="right",
            fontsize=8,
            color="#666666",
        )
    axes.set(xlim=(0, 100), ylim=(0, 100), xlabel="confidence, %", ylabel="accuracy, %")
    title = f"{evaluation.metrics.dataset}, temperature {evaluation.temperature:g}"
    axes.set_title(title, fontsize=10)
    axes.grid(alpha=0.25)
    axes.legend(frameon=False, loc="upper left", fontsize=9)
    _save(figure, path)


def draw_curves(history: History, path: Path) -> None:
    """Draw loss, accuracy and macro F1 by epoch; the exported epoch and new phases are marked."""
    records = history.records
    figure = _figure(9.0, 3.7)
    losses, scores = figure.subplots(1, 2)
    epochs = [record.epoch for record in records]
    own = [record.heads[history.head] for record in records]
    shared = "" if len(records[0].heads) == 1 else ", mean of the heads"
    training = [record.loss / history.loss_weight for record in records]
    losses.plot(epochs, training, color=_GRAY, label=f"training, augmented{shared}")
    losses.plot(epochs, [one.loss for one in own], color=_BLUE, label="validation")
    losses.set(xlabel="epoch", ylabel="cross-entropy, nats")
    scores.plot(epochs, [100 * one.accuracy for one in own], color=_BLUE, label="accuracy")
    scores.plot(epochs, [100 * one.macro_f1 for one in own], color=_ORANGE, label="macro F1")
    scores.set(xlabel="epoch", ylabel="validation, %")
    changes = [later.epoch for earlier, later in pairwise(records) if later.phase != earlier.phase]
    for axes in (losses, scores):
        for epoch in changes:
            axes.axvline(epoch - 0.5, color=_GRAY, linewidth=0.8, linestyle=":")
        label = f"exported: epoch {history.best_epoch}"
        axes.axvline(history.best_epoch, color=_DARK, linewidth=0.8, linestyle="--", label=label)
        axes.grid(alpha=0.25)
        axes.legend(frameon=False, fontsize=9)
        axes.xaxis.get_major_locator().set_params(integer=True)
    _save(figure, path)


def _title(evaluation: Evaluation) -> str:
    metrics = evaluation.metrics
    return (
        f"{metrics.dataset}, n {metrics.n:,}: accuracy {metrics.accuracy:.1%}, "
        f"macro F1 {metrics.macro_f1:.1%}"
    )


def _figure(width: float, height: float) -> Any:
    """A figure in inches, made without pyplot: no window system and no global state."""
    from matplotlib.figure import Figure

    return Figure(figsize=(width, height), layout="constrained")


def _save(figure: Any, path: Path) -> None:
    from PIL import Image

    drawn = io.BytesIO()
    figure.savefig(drawn, dpi=DPI)
    picture = Image.open(drawn).convert("RGB")
    picture.quantize(_PALETTE, dither=Image.Dither.NONE).save(path, optimize=True)
