"""Command line of the training: `python -m training` or `ferqt-train`."""

import argparse
import json
import os
import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from ferqt.classifiers.card import Metrics
from ferqt.errors import FerqtError
from training.architectures.registry import ARCHITECTURES
from training.config import load_recipe
from training.datasets.base import PARTS
from training.datasets.prepared import read_dataset, write_prepared
from training.datasets.registry import IMPORTERS


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command.

    Args:
        arguments: Without the program's name; those of the process when None.

    Returns:
        Exit status: 0 done, 1 failed, 2 wrong usage, 130 interrupted.
    """
    options = _parser().parse_args(arguments)
    # TensorFlow writes pages of notes on its start; errors still come through.
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")
    try:
        options.command(options)
    except FerqtError as error:
        print(f"ferqt-train: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("ferqt-train: stopped; continue a training with --resume", file=sys.stderr)
        return 130
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="ferqt-train", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    one = commands.add_parser("prepare", help="check a data set and keep it as one quick file")
    one.add_argument("dataset", choices=sorted(IMPORTERS))
    _add_data(one)
    one.add_argument("--out", type=Path, required=True, help="the .npz to write")
    one.set_defaults(command=_prepare)

    one = commands.add_parser("architectures", help="list the networks")
    one.add_argument("--json", action="store_true", help="print JSON")
    one.set_defaults(command=_architectures)

    one = commands.add_parser("train", help="train a recipe")
    one.add_argument("recipe", type=Path, help="a TOML file, as in training/configs")
    _add_data(one)
    one.add_argument("--run", type=Path, required=True, help="folder of the run")
    one.add_argument("--resume", action="store_true", help="continue the run in that folder")
    one.add_argument("--stop-after", type=int, metavar="EPOCH", help="stop early, to be resumed")
    one.set_defaults(command=_train)

    one = commands.add_parser("export", help="write a model folder from a run")
    one.add_argument("run", type=Path, help="folder of the run")
    _add_data(one)
    one.add_argument("--models", type=Path, default=Path("models"), help="default: models")
    one.set_defaults(command=_export)

    one = commands.add_parser("evaluate", help="measure a model")
    one.add_argument("model", type=Path, help="folder of the model")
    _add_data(one)
    one.add_argument("--dataset", choices=sorted(IMPORTERS), default="fer2013")
    one.add_argument("--split", default="test", help="part or name, as test or private")
    one.add_argument("--keras", action="store_true", help="compare the Keras file, too")
    one.add_argument("--json", action="store_true", help="print JSON")
    one.set_defaults(command=_evaluate)
    return parser


def _add_data(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--data", type=Path, required=True, help="the data set as published, or prepared (.npz)"
    )
    parser.add_argument("--votes", type=Path, help="FER+'s fer2013new.csv")


def _prepare(options: argparse.Namespace) -> None:
    data = read_dataset(options.dataset, options.data, options.votes)
    write_prepared(data, options.out)
    for part in PARTS:
        split = data.splits[part]
        counts = ", ".join(
            f"{name} {int((split.labels == i).sum())}" for i, name in enumerate(data.labels.names)
        )
        print(f"{part:<11}{split.name:<20}{len(split):>7,}  {counts}")
    for reason, count in data.dropped.items():
        print(f"left out of training: {count:,} ({reason})")
    print(f"sha256 {data.sha256()}")


def _architectures(options: argparse.Namespace) -> None:
    if options.json:
        print(json.dumps({one.id: one.summary for one in ARCHITECTURES.values()}, indent=2))
        return
    for one in ARCHITECTURES.values():
        print(f"{one.id:<12}{one.summary}")


def _train(options: argparse.Namespace) -> None:
    from training.callbacks import ConsoleProgress, CsvLog, JsonProgress
    from training.run import RunFolder
    from training.train import train

    recipe = load_recipe(options.recipe)
    data = read_dataset(recipe.data.dataset, options.data, options.votes)
    run = RunFolder(options.run)
    observers = (CsvLog(run.log_file), JsonProgress(run.progress_file), ConsoleProgress())
    checkpoint = train(
        recipe,
        data,
        options.run,
        observers,
        resume=options.resume,
        stop_after=options.stop_after,
    )
    best = max(checkpoint.history, key=lambda record: getattr(record, recipe.fit.select_by))
    print(
        f"best epoch {best.epoch}: validation accuracy {best.accuracy:.1%}, "
        f"macro F1 {best.macro_f1:.1%}"
    )


def _export(options: argparse.Namespace) -> None:
    from training.export import export
    from training.run import RunFolder

    recipe = RunFolder(options.run).recipe()
    data = read_dataset(recipe.data.dataset, options.data, options.votes)
    card = export(options.run, data, options.models)
    print(f"{options.models / card.id}: temperature {card.output.temperature}, ", end="")
    print(f"uncertain below {card.output.uncertain_below}")
    for metrics in card.metrics:
        _print_metrics(metrics)


def _evaluate(options: argparse.Namespace) -> None:
    from training.evaluate import TOLERANCE, evaluate

    data = read_dataset(options.dataset, options.data, options.votes)
    result = evaluate(options.model, data, options.split, compare_keras=options.keras)
    difference = result.keras_difference
    if options.json:
        plain = asdict(result.metrics) | {"keras_difference": difference}
        print(json.dumps(plain, indent=2))
        return
    _print_metrics(result.metrics)
    if difference is not None:
        verdict = "agrees" if difference <= TOLERANCE else "DISAGREES"
        print(f"Keras {verdict}: largest difference in a probability {difference:.2g}")


def _print_metrics(metrics: Metrics) -> None:
    print(
        f"{metrics.dataset}  n {metrics.n}  accuracy {metrics.accuracy:.4f}  "
        f"macro_f1 {metrics.macro_f1:.4f}  ece {metrics.ece:.4f}"
    )
    for name, figures in metrics.per_class.items():
        print(
            f"  {name:<10} precision {figures.precision:.3f}  recall {figures.recall:.3f}  "
            f"f1 {figures.f1:.3f}  n {figures.support}"
        )


if __name__ == "__main__":
    sys.exit(main())
