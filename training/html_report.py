"""A report as one HTML page: light, printable, with its pictures in it and no link to anywhere."""

import base64
from collections.abc import Mapping, Sequence
from html import escape
from typing import Final

from training.adjust import Adjustment
from training.evaluate import Evaluation
from training.formats import FormatRecord
from training.metrics import Interval
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


def page(title: str, body: str) -> str:
    """A whole page around a body of HTML; the title is escaped here."""
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(title)}</title>\n<style>{_STYLE}</style>\n</head>\n"
        f"<body>\n<main>\n{body}\n"
        "<footer>It recognizes expressions; it does not read feelings.</footer>\n"
        "</main>\n</body>\n</html>\n"
    )


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A table of texts, escaped here; all columns but the first are set as numbers."""
    lines = [f"<tr>{''.join(f'<th>{escape(cell)}</th>' for cell in head)}</tr>"]
    lines += [f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in row)}</tr>" for row in rows]
    return f"<div class='wide'><table>{''.join(lines)}</table></div>"


def _section(title: str, *blocks: str) -> str:
    return f"<section><h2>{escape(title)}</h2>{''.join(blocks)}</section>"


def _text(text: str) -> str:
    return f"<p>{escape(text)}</p>"


def _image(pictures: Mapping[str, bytes], name: str) -> str:
    png = pictures[name]
    # A PNG names its width in the header that every file begins with.
    width = int.from_bytes(png[16:20]) / DPI
    data = base64.b64encode(png).decode("ascii")
    return f"<img alt='{name}' style='width:{width:.2f}in' src='data:image/png;base64,{data}'>"


def percent(share: float) -> str:
    """A share as text, in tenths of a percent."""
    return f"{share:.1%}"


def _points(share: float) -> str:
    points = round(100 * share, 1)
    return f"{points:+.1f}".replace("-", "−") if points else "0.0"


def between(interval: Interval) -> str:
    """An interval of shares as text."""
    return f"{100 * interval.low:.1f}–{interval.high:.1%}"


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
    return f"<div class='tiles'>{shown}</div>{_text(said)}"


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
    return _text(
        f"A temperature of {one.temperature:g}, fitted on the validation part, brings the "
        f"calibration error from {percent(one.ece_before)} to {percent(one.metrics.ece)}. "
        f"Answers below {one.uncertain_below:.0%} are called uncertain: the other "
        f"{percent(one.sure_share)} are right in {percent(one.sure_accuracy)} of the cases."
    ) + _text(
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
    return _text(
        f"Epoch {history.best_epoch} of {len(history.records)} was exported. The run took "
        f"{minutes:,.0f} minutes. Data: {', '.join(training.datasets)}; recipe {training.config}, "
        f"seed {training.seed}; Keras {training.keras}; {training.date}."
    )


def _adjusted(one: Adjustment) -> str:
    verdict = (
        f"The answers are shifted with tau = {one.tau:g}."
        if one.tau > 0
        else "That is within noise, so the answers are not shifted."
    )
    before, after = one.macro_f1
    return _text(
        f"Logit adjustment divides the answers by the share of each class in the training to the "
        f"power tau. On {one.n:,} validation pictures tau = {one.tried:g} brings macro F1 from "
        f"{percent(before)} to {percent(after)} (gain {_points(one.gain.low)} to "
        f"{_points(one.gain.high)} points in 80% of the resamples) and accuracy from "
        f"{percent(one.accuracy[0])} to {percent(one.accuracy[1])}. {verdict}"
    ) + table(("expression", "share in training"), [(n, percent(s)) for n, s in one.prior.items()])


def _formats(formats: Sequence[FormatRecord]) -> str:
    def lost(loss: float | None) -> str:
        return "same weights" if loss is None else f"{_points(-loss)} points"

    rows = [
        (
            ", ".join(one.files),
            f"{one.size_bytes / 1e6:.2f} MB",
            lost(one.accuracy_loss),
            lost(one.macro_f1_loss),
        )
        for one in formats
    ]
    return _text("Compared with model.tflite on the validation pictures.") + table(
        ("file", "size", "accuracy", "macro F1"), rows
    )


def _terms(report: Report) -> str:
    card = report.card
    licences = f"Licence of the weights: {card.licence}. Data: {card.data_licence}"
    return "".join(_text(text) for text in (card.intended_use, card.limits, licences) if text)


_STYLE: Final = """
:root { color-scheme: light; }
body { margin: 0; background: #fff; color: #222;
  font: 15px/1.5 system-ui, "Segoe UI", "Helvetica Neue", Arial, sans-serif; }
main { max-width: 50rem; margin: 0 auto; padding: 2.5rem 1.5rem; }
h1 { font-size: 1.7rem; line-height: 1.2; margin: 0; }
h2 { font-size: 1.1rem; margin: 2.5rem 0 .75rem; }
.sub { margin: .25rem 0 1.5rem; color: #666; }
p { max-width: 42rem; }
img { display: block; max-width: 100%; height: auto; margin: 0 0 1rem; }
.tiles { display: flex; flex-wrap: wrap; gap: 1.5rem 2.5rem; margin: 1.5rem 0 1rem; }
.tiles div { display: flex; flex-direction: column; }
.tiles b { font-size: 1.7rem; font-weight: 600; line-height: 1.2; }
.tiles small { color: #666; }
.wide { overflow-x: auto; }
table { border-collapse: collapse; font-size: .93rem; }
.tiles, table { font-variant-numeric: tabular-nums; }
th, td { text-align: right; padding: .3rem 1.2rem .3rem 0; white-space: nowrap; }
th { font-weight: 600; border-bottom: 1px solid #ccc; vertical-align: bottom; }
td { border-bottom: 1px solid #eee; }
th:first-child, td:first-child { text-align: left; }
footer { margin-top: 3rem; color: #666; font-size: .9rem; }
@media print {
  @page { margin: 18mm; }
  body { font-size: 10.5pt; }
  main { padding: 0; max-width: none; }
  h2 { break-after: avoid; }
  img, table { break-inside: avoid; }
  img { max-width: 80%; }
  .wide { overflow: visible; }
}
"""
