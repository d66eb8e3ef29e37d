"""`pictures`: measure a model on whole pictures, through detector and crop."""

import argparse
import json
from pathlib import Path
from typing import Any, Final

from training.commands.reading import add_data_arguments, read_data

_DESCRIPTION: Final = """\
Lay a data set's faces into larger pictures, let the program find, cut out and name them, and set
that beside what the model makes of the data set's own crops and of faces that are cut otherwise."""


def add(commands: Any) -> None:
    """Register the command."""
    one = commands.add_parser(
        "pictures", help="measure a model on whole pictures", description=_DESCRIPTION
    )
    one.add_argument("model", type=Path, metavar="MODEL", help="folder of a model")
    add_data_arguments(one)
    one.add_argument(
        "--per-class",
        type=int,
        default=150,
        metavar="N",
        help="most pictures of a class, drawn at random (default: 150; a third of a second each)",
    )
    one.add_argument("--json", action="store_true", help="print JSON")
    one.set_defaults(command=_run)


def _run(options: argparse.Namespace) -> None:
    from training.answers import open_model
    from training.evaluate import usual_labeling
    from training.pictures import evaluate_pictures
    from training.progress import progress_bar

    _, card = open_model(options.model)
    data = read_data(options)
    with progress_bar(f"{card.id} on whole pictures", "faces") as progress:
        result = evaluate_pictures(
            options.model,
            data.split_named(options.split),
            options.labeling or usual_labeling(card, data),
            per_class=options.per_class,
            progress=progress,
        )
    if options.json:
        print(json.dumps(result.as_json(), indent=2))
        return
    for line in result.lines():
        print(line)
