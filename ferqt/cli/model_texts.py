"""What `ferqt models` prints: the table of models, a card in words, and both for scripts."""

import textwrap
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Final

from ferqt.cli.console import aligned

if TYPE_CHECKING:
    from ferqt.classifiers.card import ModelCard
    from ferqt.classifiers.catalog import CatalogEntry

_TEXT_WIDTH: Final = 88

_HEADINGS: Final = ("ID", "NAME", "CLASSES", "INPUT", "ACCURACY", "PARAMETERS", "SIZE", "STATE")


def table(entries: Iterable["CatalogEntry"]) -> str:
    """Return the models as an aligned table."""
    return aligned([_HEADINGS, *(_row(entry) for entry in entries)])


def _row(entry: "CatalogEntry") -> tuple[str, ...]:
    size = _size(entry.size_bytes)
    card = entry.card
    if card is None:
        return (entry.id, "-", "-", "-", "-", "-", size, f"broken: {entry.problem}")
    # Cards list a test split after the split that the training looked at.
    measured = card.metrics[-1] if card.metrics else None
    return (
        entry.id,
        card.name,
        f"{len(card.output.labels)} ({card.output.labels.id})",
        f"{card.input.width} x {card.input.height} {card.input.color}",
        f"{measured.accuracy:.1%} ({measured.dataset})" if measured else "-",
        f"{card.parameters:,}",
        size,
        _state(entry),
    )


def _state(entry: "CatalogEntry") -> str:
    if entry.problem is not None:
        return f"broken: {entry.problem}"
    return "shipped" if entry.shipped else "added"


def _size(size_bytes: int) -> str:
    return f"{size_bytes / 1e6:.1f} MB"


def entry_json(entry: "CatalogEntry") -> dict[str, Any]:
    """Return a model as JSON holds it."""
    import json

    from ferqt.classifiers.card import card_to_json

    return {
        "id": entry.id,
        "shipped": entry.shipped,
        "bytes": entry.size_bytes,
        "problem": entry.problem,
        "card": None if entry.card is None else json.loads(card_to_json(entry.card)),
    }


def card_text(entry: "CatalogEntry", card: "ModelCard") -> str:
    """Return all that a card says, in words."""
    sections = [
        f"{card.name} ({card.id})",
        aligned(_facts(entry, card)),
        *(_metrics_text(card, index) for index in range(len(card.metrics))),
        textwrap.fill(f"Intended use: {card.intended_use}", _TEXT_WIDTH),
        textwrap.fill(f"Limits: {card.limits}", _TEXT_WIDTH),
        "It recognizes expressions, not feelings.",
    ]
    return "\n\n".join(sections)


def _facts(entry: "CatalogEntry", card: "ModelCard") -> list[tuple[str, str]]:
    spec, output, training = card.input, card.output, card.training
    facts = [
        ("Architecture", card.architecture),
        ("Parameters", f"{card.parameters:,}"),
        ("Size", _size(entry.size_bytes)),
        ("Input", f"{spec.width} x {spec.height} px, {spec.color}, {spec.crop.kind} crop"),
        ("Classes", f"{', '.join(output.labels.names)} ({output.labels.id})"),
        ("Temperature", f"{output.temperature:g}"),
        ("Uncertain", f"below {output.uncertain_below:.0%}"),
        ("Licence", card.licence),
        ("Data licence", card.data_licence),
        ("State", _state(entry)),
    ]
    if training is not None:
        facts += [
            ("Trained on", ", ".join(training.datasets)),
            ("Trained", f"{training.date}, Keras {training.keras}, seed {training.seed}"),
            ("Recipe", training.config),
        ]
    facts += [
        (f"{kind} file", f"{file.path}  sha256 {file.sha256}")
        for kind, file in (("Keras", card.files.keras), ("LiteRT", card.files.litert))
        if file is not None
    ]
    return facts


def _metrics_text(card: "ModelCard", index: int) -> str:
    metrics = card.metrics[index]
    head = (
        f"Measured on {metrics.dataset} ({metrics.n:,} faces): accuracy {metrics.accuracy:.1%}, "
        f"macro F1 {metrics.macro_f1:.3f}, calibration error {metrics.ece:.3f}"
    )
    if not metrics.per_class:
        return head
    rows = [("  class", "precision", "recall", "F1", "faces")]
    rows += [
        (
            f"  {name}",
            f"{one.precision:.3f}",
            f"{one.recall:.3f}",
            f"{one.f1:.3f}",
            str(one.support),
        )
        for name, one in metrics.per_class.items()
    ]
    return f"{head}\n{aligned(rows)}"
