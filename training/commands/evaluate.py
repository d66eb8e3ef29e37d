"""`evaluate`: measure finished models."""

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from training.commands.reading import add_data_arguments, read_data

if TYPE_CHECKING:
    from training.evaluate import Evaluation


def add(commands: Any) -> None:
    """Register the command."""
    one = commands.add_parser("evaluate", help="measure models")
    one.add_argument("models", type=Path, nargs="+", metavar="MODEL", help="folder of a model")
    add_data_arguments(one)
    one.add_argument("--keras", action="store_true", help="compare the Keras file; takes minutes")
    one.add_argument("--report", type=Path, metavar="DIR", help="write JSON, pictures and a page")
    one.add_argument("--json", action="store_true", help="print JSON")
    one.set_defaults(command=_run)


def _run(options: argparse.Namespace) -> None:
    from training.answers import ask_model, keras_difference, open_model
    from training.evaluate import evaluate, evaluation_json, usual_labeling
    from training.report import Report
    from training.report_folder import write_report

    models = [open_model(folder) for folder in options.models]
    data = read_data(options)
    split = data.split_named(options.split)
    results = []
    for entry, card in models:
        if card.input.crop != data.crop:
            sys.stderr.write(
                f"note: {data.id} is cut otherwise than {card.id} wants its faces; expect less\n"
            )
        answers = ask_model(entry, card, split)
        labeling = options.labeling or usual_labeling(card, data)
        evaluation = evaluate(card, answers, data, split, labeling)
        difference = keras_difference(entry, card, answers, split) if options.keras else None
        results.append(evaluation_json(evaluation) | {"keras_difference": difference})
        if options.report is not None:
            several = len(models) > 1
            folder = options.report / card.id if several else options.report
            write_report(Report(card, (evaluation,)), folder)
        if not options.json:
            _print(evaluation, difference)
    if options.json:
        print(json.dumps(results[0] if len(results) == 1 else results, indent=2))


def _print(one: "Evaluation", difference: float | None) -> None:
    metrics = one.metrics
    accuracy, macro_f1 = one.accuracy_interval, one.macro_f1_interval
    print(f"{one.model} on {metrics.dataset}, n {metrics.n}, true class: {one.labeling}")
    for reason, count in one.left_out.items():
        print(f"  left out: {count} ({reason})")
    print(f"  accuracy {metrics.accuracy:.4f} ({accuracy.low:.4f} to {accuracy.high:.4f})")
    print(f"  macro_f1 {metrics.macro_f1:.4f} ({macro_f1.low:.4f} to {macro_f1.high:.4f})")
    print(f"  ece {metrics.ece:.4f}, {one.ece_before:.4f} before temperature {one.temperature:g}")
    print(f"  {one.sure_share:.1%} are sure ({one.uncertain_below:g} or more), ", end="")
    print(f"right in {one.sure_accuracy:.1%}")
    print(f"  with the mirror image: accuracy {one.flip_accuracy:.4f}, ", end="")
    print(f"macro_f1 {one.flip_macro_f1:.4f}")
    for name, figures in metrics.per_class.items():
        print(
            f"  {name:<10} precision {figures.precision:.3f}  recall {figures.recall:.3f}  "
            f"f1 {figures.f1:.3f}  n {figures.support}"
        )
    for name, source in one.sources.items():
        print(f"  {name}  n {source.n}  accuracy {source.accuracy:.4f}  ", end="")
        print(f"macro_f1 {source.macro_f1:.4f}")
    if difference is not None:
        print(f"  largest difference between Keras and LiteRT: {difference:.2g}")
