"""A report as one HTML page: light, printable, with its pictures in it and no link to anywhere."""

import base64
from collections.abc import Mapping, Sequence
from html import escape
from typing import Final

from ferqt.html_page import page
from training.adjust import Adjustment
from training.evaluate import Evaluation
from training.formats import FormatRecord
from training.html_page import between, paragraph, percent, points, table
from training.plots import DPI
from training.report import Report

_TRUE_CLASS: Final = {
    "own": "the data set’s own label",
    "majority": "the class that most raters named",
}


def report_page(report: Report, pictures: Mapping[str, bytes]) -> str:
    """Set a report as a page.

    Args:
        report: What to say.
        pictures: PNG files by name: "confusion", "recall", "reliability", and "curves" if known.
    """
    card = report.card
    spec = card.input
    facts = (
        f"{len(card.output.labels)} expressions, {spec.width} × {spec.height} px {spec.color}, "
        f"{card.parameters:,} weights ({card.architecture})"
    )
    parts = [
        f"<h1>{escape(card.name)}</h1><p class='sub'>{escape(card.id)} · {escape(facts)}</p>",
        _headline(report.quoted),
        _section("By expression", _image(pictures, "recall"), _classes(report.quoted)),
        _section("Confusion", _image(pictures, "confusion")),
        _section("Confidence", _image(pictures, "reliability"), _confidence(report.quoted)),
        _section("Every set of pictures", _sets(report.evaluations)),
    ]
    if report.history is not None:
        parts.append(_section("Training", _image(pictures, "curves"), _training(report)))
    if report.adjustment is not None:
        parts.append(_section("Rare expressions", _adjusted(report.adjustment)))
    if report.formats:
        parts.append(_section("Other files", _formats(report.formats)))
    parts.append(_section("Use and limits", _terms(report)))
    return page(f"{card.name}: report", "\n".join(parts))


def _section(title: str, *blocks: str) -> str:
    return f"<section><h2>{escape(title)}</h2>{''.join(blocks)}</section>"


def _image(pictures: Mapping[str, bytes], name: str) -> str:
    png = pictures[name]
    # A PNG names its width in the header that every file begins with.
    width = int.from_bytes(png[16:20]) / DPI
    data = base64.b64encode(png).decode("ascii")
    return f"<img alt='{name}' style='width:{width:.2f}in' src='data:image/png;base64,{data}'>"


def _headline(one: Evaluation) -> str:
    metrics = one.metrics
    classes = {name: figures for name, figures in metrics.per_class.items() if figures.support > 0}
    worst = min(classes, key=lambda name: classes[name].recall)
    tiles = (
        ("accuracy", percent(metrics.accuracy), between(one.accuracy_interval)),
        ("macro F1", percent(metrics.macro_f1), between(one.macro_f1_interval)),
        ("lowest recall", percent(classes[worst].recall), worst),
        ("calibration error", percent(metrics.ece), "15 bins"),
    )
    shown = "".join(
        f"<div><b>{escape(value)}</b><span>{escape(name)}</span><small>{escape(note)}</small></div>"
        for name, value, note in tiles
    )
    left_out = ", ".join(f"{count:,} ({reason})" for reason, count in one.left_out.items())
    said = (
        f"Measured on {metrics.dataset}, n = {metrics.n:,}; true class: "
        f"{_TRUE_CLASS[one.labeling]}. Ranges are 95% bootstrap intervals."
        + (f" Left out: {left_out}." if left_out else "")
    )
    return f"<div class='tiles'>{shown}</div>{paragraph(said)}"


def _classes(one: Evaluation) -> str:
    rows = [
        (
            name,
            percent(figures.precision),
            percent(figures.recall),
            percent(figures.f1),
            f"{figures.support:,}",
        )
        for name, figures in one.metrics.per_class.items()
    ]
    return table(("expression", "precision", "recall", "F1", "pictures"), rows)


def _confidence(one: Evaluation) -> str:
    return paragraph(
        f"A temperature of {one.temperature:g}, fitted on the validation part, brings the "
        f"calibration error from {percent(one.ece_before)} to {percent(one.metrics.ece)}. "
        f"Answers below {one.uncertain_below:.0%} are called uncertain: the other "
        f"{percent(one.sure_share)} are right in {percent(one.sure_accuracy)} of the cases."
    ) + paragraph(
        "The mean over a picture and its mirror image, a second look that the live program does "
        f"not take, would reach an accuracy of {percent(one.flip_accuracy)} and a macro F1 of "
        f"{percent(one.flip_macro_f1)}."
    )


def _sets(evaluations: Sequence[Evaluation]) -> str:
    rows = [
        (
            one.metrics.dataset,
            f"{one.metrics.n:,}",
            percent(one.metrics.accuracy),
            between(one.accuracy_interval),
            percent(one.metrics.macro_f1),
            between(one.macro_f1_interval),
            percent(one.metrics.ece),
        )
        for one in evaluations
    ]
    head = ("pictures", "n", "accuracy", "95%", "macro F1", "95%", "calibration error")
    return table(head, rows)


def _training(report: Report) -> str:
    history, training = report.history, report.card.training
    assert history is not None
    assert training is not None
    minutes = sum(record.seconds for record in history.records) / 60
    return paragraph(
        f"Epoch {history.best_epoch} of {len(history.records)} was exported. The run took "
        f"{minutes:,.0f} minutes. Data: {', '.join(training.datasets)}; recipe {training.config}, "
        f"seed {training.seed}; Keras {training.keras}; {training.date}."
    )


def _adjusted(one: Adjustment) -> str:
    said = (
        "Logit adjustment divides the answers by the share of each class in the training to the "
        f"power tau, chosen by macro F1 on {one.n:,} validation pictures. "
    )
    if one.tried == 0:
        said += "No shift is better than none."
    else:
        before, after = one.macro_f1
        said += (
            f"With tau = {one.tried:g} it goes from {percent(before)} to {percent(after)} (gain "
            f"{points(one.gain.low)} to {points(one.gain.high)} points in 80% of the resamples), "
            f"accuracy from {percent(one.accuracy[0])} to {percent(one.accuracy[1])}. "
        )
        said += (
            "The answers are shifted by it."
            if one.tau > 0
            else "That is within noise: the answers are not shifted."
        )
    shares = [(name, percent(share)) for name, share in one.prior.items()]
    return paragraph(said) + table(("expression", "share in training"), shares)


def _formats(formats: Sequence[FormatRecord]) -> str:
    def lost(loss: float | None) -> str:
        return "same weights" if loss is None else f"{points(-loss)} points"

    rows = [
        (
            ", ".join(one.files),
            f"{one.size_bytes / 1e6:.2f} MB",
            lost(one.accuracy_loss),
            lost(one.macro_f1_loss),
        )
        for one in formats
    ]
    return paragraph("Compared with model.tflite on the validation pictures.") + table(
        ("file", "size", "accuracy", "macro F1"), rows
    )


def _terms(report: Report) -> str:
    card = report.card
    licences = f"Licence of the weights: {card.licence}. Data: {card.data_licence}"
    return "".join(paragraph(text) for text in (card.intended_use, card.limits, licences) if text)
