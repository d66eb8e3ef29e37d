"""`crop`: where eyes and mouth lie in a data set's pictures, and where live crops put them."""

import argparse
import json
from pathlib import Path
from typing import Any, Final

from training.commands.arguments import from_one, named_source

_DESCRIPTION: Final = """\
Find eyes and mouth in a data set's pictures with the program's own detector, and say which crop
makes live faces lie alike: the one that the importer declares and models' cards carry. A SOURCE is
the importer's name and a path, as fer2013=fer2013.csv.xz or folders=my_faces/."""


def add(commands: Any) -> None:
    """Register the command."""
    one = commands.add_parser(
        "crop", help="measure where faces lie in a data set's pictures", description=_DESCRIPTION
    )
    one.add_argument("source", type=named_source, metavar="SOURCE", help="importer=path")
    one.add_argument(
        "--limit",
        type=from_one,
        default=400,
        metavar="N",
        help="pictures of the training part, drawn at random (default: 400; 20 ms a picture)",
    )
    one.add_argument(
        "--live",
        action="store_true",
        help="measure live crops of the same faces, too (a third of a second each)",
    )
    one.add_argument("--picture", type=Path, metavar="PNG", help="draw where eyes and mouth lie")
    one.add_argument("--json", action="store_true", help="print JSON")
    one.set_defaults(command=_run)


def _run(options: argparse.Namespace) -> None:
    from training.crop_report import report_crop, write_places
    from training.datasets.given import read_sources
    from training.progress import progress_bar

    (source,) = read_sources([options.source])
    with progress_bar(f"faces in {source.id}", "pictures") as progress:
        report = report_crop(source, options.limit, compare=options.live, progress=progress)
    if options.picture is not None:
        write_places(report, options.picture)
    if options.json:
        print(json.dumps(report.as_json(), indent=2))
        return
    for line in report.lines():
        print(line)
    if options.picture is not None:
        print(options.picture)
