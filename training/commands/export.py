"""`export`: write model folders from a run."""

import argparse
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ferqt.paths import user_models_dir

if TYPE_CHECKING:
    from training.report import Report


def add(commands: Any) -> None:
    """Register the command."""
    one = commands.add_parser("export", help="write model folders from a run")
    one.add_argument("run", type=Path, help="folder of the run")
    one.add_argument("--data", type=Path, required=True, help="the .npz it was trained on")
    one.add_argument("--head", nargs="+", default=[], metavar="ID", help="default: all heads")
    one.add_argument(
        "--models",
        type=Path,
        default=user_models_dir(),
        help="default: ferqt's folder of your models",
    )
    one.add_argument(
        "--also",
        type=_words,
        default=[],
        metavar="FORMAT,...",
        help="other forms too: float16, int8, json (with weights as HDF5), h5",
    )
    one.add_argument(
        "--no-test", action="store_true", help="leave the test part alone, to choose among models"
    )
    one.set_defaults(command=_run)


def _words(text: str) -> list[str]:
    return [word for word in text.split(",") if word]


def _run(options: argparse.Namespace) -> None:
    # The converter to LiteRT is TensorFlow's, whatever trained the weights.
    os.environ["KERAS_BACKEND"] = "tensorflow"
    from training.datasets.prepared import read_prepared
    from training.export import export

    data = read_prepared(options.data)
    for report in export(
        options.run, data, options.models, options.head, options.also, test=not options.no_test
    ):
        _print(report, options.models)


def _print(report: "Report", models: Path) -> None:
    output = report.card.output
    print(
        f"{models / report.card.id}: epoch {report.history.best_epoch if report.history else '?'}"
    )
    if report.adjustment is not None:
        print(f"  shifted towards rare classes with tau {report.adjustment.tau:g}")
    print(f"  temperature {output.temperature:g}, uncertain below {output.uncertain_below:g}")
    for one in report.evaluations:
        metrics = one.metrics
        print(
            f"  {metrics.dataset}  n {metrics.n}  accuracy {metrics.accuracy:.4f}  "
            f"macro_f1 {metrics.macro_f1:.4f}  ece {metrics.ece:.4f}"
        )
    for form in report.formats:
        lost = "" if form.accuracy_loss is None else f"  accuracy {-form.accuracy_loss:+.4f}"
        print(f"  {', '.join(form.files)}  {form.size_bytes / 1e6:.2f} MB{lost}")
