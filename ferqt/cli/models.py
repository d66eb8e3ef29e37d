"""`ferqt models`: what models there are, and everything that a model's card says."""

import argparse
import textwrap
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final

from ferqt.cli.base import Command
from ferqt.cli.console import EXIT_DONE, print_json, report
from ferqt.errors import ModelError, UsageError

if TYPE_CHECKING:
    from ferqt.classifiers.card import ModelCard
    from ferqt.classifiers.catalog import Catalog, CatalogEntry

_TEXT_WIDTH: Final = 88


def _add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("action", choices=tuple(_ACTIONS), help="what to do")
    parser.add_argument("id", metavar="ID", nargs="?", help="model, for show")
    parser.add_argument("--json", action="store_true", help="print JSON")


def _run(args: argparse.Namespace) -> int:
    from ferqt.classifiers.catalog import Catalog
    from ferqt.paths import models_dir, user_models_dir

    _ACTIONS[args.action](Catalog((models_dir(), user_models_dir())), args.id, args.json)
    return EXIT_DONE


def _list(catalog: "Catalog", model_id: str | None, as_json: bool) -> None:
    if model_id is not None:
        raise UsageError(f"list takes no ID: {model_id!r}", "See 'ferqt models --help'.")
    if as_json:
        print_json([_entry_json(entry) for entry in catalog.entries])
    elif catalog.entries:
        print(_aligned([_HEADINGS, *(_row(entry) for entry in catalog.entries)]))
    else:
        report("no model found", "Install ferqt anew: its models are missing.")


def _show(catalog: "Catalog", model_id: str | None, as_json: bool) -> None:
    if model_id is None:
        raise UsageError("show needs the ID of a model", "See 'ferqt models list'.")
    try:
        entry = catalog.entry(model_id)
    except ModelError as error:
        raise UsageError(error.message, error.hint) from error
    if entry.card is None:
        raise ModelError(f"model {entry.id!r} cannot be used: {entry.problem}")
    if as_json:
        print_json(_entry_json(entry))
    else:
        print(_card_text(entry, entry.card))


_ACTIONS = {"list": _list, "show": _show}

_HEADINGS = ("ID", "NAME", "CLASSES", "INPUT", "ACCURACY", "PARAMETERS", "SIZE", "STATE")


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


def _aligned(rows: Sequence[Sequence[str]]) -> str:
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in rows
    )


def _entry_json(entry: "CatalogEntry") -> dict[str, Any]:
    import json

    from ferqt.classifiers.card import card_to_json

    return {
        "id": entry.id,
        "shipped": entry.shipped,
        "bytes": entry.size_bytes,
        "problem": entry.problem,
        "card": None if entry.card is None else json.loads(card_to_json(entry.card)),
    }


def _card_text(entry: "CatalogEntry", card: "ModelCard") -> str:
    sections = [
        f"{card.name} ({card.id})",
        _aligned(_facts(entry, card)),
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
    return f"{head}\n{_aligned(rows)}"


MODELS = Command(
    name="models",
    summary="list the expression models, or show one's card",
    description="List the expression models with their measured accuracy, or show a model's card.",
    examples=(
        ("ferqt models list", "a table of all models"),
        ("ferqt models show ID", "everything that is known of a model"),
        ("ferqt models list --json", "the same for a script"),
    ),
    add_arguments=_add_arguments,
    run=_run,
)
