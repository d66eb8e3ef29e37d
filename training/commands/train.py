"""`train`: run a recipe to its end, or continue one that was stopped."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any

from training.config import Recipe, load_recipe

if TYPE_CHECKING:
    from training.callbacks import Observer
    from training.run import Checkpoint, RunFolder


def add(commands: Any) -> None:
    """Register the command."""
    one = commands.add_parser("train", help="train a recipe")
    one.add_argument("recipe", type=Path, help="a TOML file, as in training/configs")
    one.add_argument("--data", type=Path, required=True, help="what prepare wrote (.npz)")
    one.add_argument("--run", type=Path, required=True, help="folder of the run")
    one.add_argument(
        "--set",
        action="append",
        default=[],
        metavar="KEY=VALUE",
        help="change a key of the recipe, as data.balance=0 or heads.0.weight=2",
    )
    one.add_argument("--resume", action="store_true", help="continue the run in that folder")
    one.add_argument("--stop-after", type=int, metavar="EPOCH", help="stop early, to be resumed")
    one.add_argument(
        "--weights",
        type=Path,
        metavar="FILE",
        help="start from these: a file of keras.applications, or a model's folder",
    )
    one.add_argument(
        "--random-weights", action="store_true", help="train a pretrained network from nothing"
    )
    one.add_argument("--tensorboard", action="store_true", help="write a log for TensorBoard too")
    one.set_defaults(command=_run)


def _run(options: argparse.Namespace) -> None:
    from training.architectures.registry import check_weights
    from training.datasets.prepared import read_prepared
    from training.run import RunFolder
    from training.train import train

    recipe = load_recipe(options.recipe, options.set)
    if not options.resume:
        check_weights(recipe.model.architecture, options.weights, random=options.random_weights)
    data = read_prepared(options.data)
    run = RunFolder(options.run)
    checkpoint = train(
        recipe,
        data,
        options.run,
        observers_of(run, tensorboard=options.tensorboard),
        resume=options.resume,
        stop_after=options.stop_after,
        weights=options.weights,
    )
    _print_best(recipe, checkpoint)


def observers_of(run: "RunFolder", *, tensorboard: bool = False) -> "list[Observer]":
    """Log, progress file and terminal, and on request TensorBoard."""
    from training.callbacks import ConsoleProgress, CsvLog, JsonProgress, TensorBoardLog

    observers: list[Observer] = [
        CsvLog(run.log_file),
        JsonProgress(run.progress_file),
        ConsoleProgress(),
    ]
    return [*observers, TensorBoardLog(run.tensorboard)] if tensorboard else observers


def _print_best(recipe: Recipe, checkpoint: "Checkpoint") -> None:
    for head in recipe.heads:
        best = checkpoint.best[head.id]
        figures = checkpoint.history[best.epoch - 1].heads[head.id]
        print(
            f"{head.id}: best epoch {best.epoch} of {len(checkpoint.history)}, "
            f"validation accuracy {figures.accuracy:.1%}, macro F1 {figures.macro_f1:.1%}"
        )
