"""`reproduce`: train a shipped model from nothing, with one command."""

import argparse
from pathlib import Path
from typing import Any

from training.commands.train import observers_of
from training.reproduce import SHIPPED, reproduce


def add(commands: Any) -> None:
    """Register the command."""
    one = commands.add_parser("reproduce", help="train a shipped model from nothing")
    one.add_argument("model", choices=list(SHIPPED), metavar="MODEL", help=", ".join(SHIPPED))
    one.add_argument("--data", type=Path, required=True, help="what prepare wrote (.npz)")
    one.add_argument("--work", type=Path, default=Path("runs"), help="folder of the runs")
    one.add_argument("--models", type=Path, help="where the model goes (default: WORK/models)")
    one.set_defaults(command=_run)


def _run(options: argparse.Namespace) -> None:
    from training.datasets.prepared import read_prepared

    models = options.models or options.work / "models"
    report = reproduce(
        options.model, read_prepared(options.data), options.work, models, observers_of
    )
    for evaluation in report.evaluations:
        figures = evaluation.metrics
        print(
            f"{figures.dataset}  n {figures.n}  accuracy {figures.accuracy:.4f}  "
            f"macro_f1 {figures.macro_f1:.4f}"
        )
    print(models / options.model)
