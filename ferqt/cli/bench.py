"""`ferqt bench`: what this computer can do."""

import argparse
from typing import Final

from ferqt.cli.base import Command, positive_seconds
from ferqt.cli.console import EXIT_DONE, EXIT_FAILED, print_json, report
from ferqt.cli.interrupt import InterruptRequest
from ferqt.cli.progress import ProgressBar

_PARTS_HELP: Final = "live,detectors,models,painting,start,analysis"


def _add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "source",
        metavar="SOURCE",
        nargs="?",
        help="a video, a picture or a folder of pictures; without it, scenes of the demo's faces",
    )
    parser.add_argument(
        "--parts",
        metavar="LIST",
        default=_PARTS_HELP,
        help=f"what to measure, with commas (default {_PARTS_HELP})",
    )
    length = parser.add_mutually_exclusive_group()
    length.add_argument(
        "--seconds",
        metavar="S",
        type=positive_seconds,
        help="time for each live run (default 1.5); longer ones vary less",
    )
    length.add_argument(
        "--quick", action="store_true", help="rough figures at one size, in half a minute"
    )
    parser.add_argument("--json", action="store_true", help="print JSON")


def _run(args: argparse.Namespace) -> int:
    from ferqt.bench.plan import SECONDS, Plan, parts_named
    from ferqt.bench.report import report_json
    from ferqt.bench.run import Bench
    from ferqt.classifiers.catalog import Catalog
    from ferqt.cli.bench_texts import report_text
    from ferqt.paths import models_dir, user_models_dir
    from ferqt.pipeline.build import choose_config

    parts = parts_named(args.parts)
    if args.quick:
        plan = Plan.quick(args.source, parts)
    else:
        plan = Plan(args.source, parts, args.seconds or SECONDS)
    catalog = Catalog((models_dir(), user_models_dir()))
    bench = Bench(plan, choose_config(catalog), catalog)
    with (
        InterruptRequest(at_once=True) as interrupt,
        ProgressBar("Measuring", bench.steps, unit="steps") as bar,
    ):

        def on_step(done: int) -> None:
            interrupt.check()
            bar.show(done)

        found = bench.run(on_step)
    for one in found.problems:
        report(f"not measured: {one.what}: {one.problem}")
    if args.json:
        print_json(report_json(found))
    else:
        print(report_text(found))
    return EXIT_FAILED if found.problems else EXIT_DONE


BENCH = Command(
    name="bench",
    summary="measure what this computer can do",
    description=(
        "Measure how quick ferqt is on this computer: each stage of a frame, results a second and "
        "how late they are, by number of faces and by size, with each model and detector; a start; "
        "and the analysis of a file. Nothing else should run meanwhile; whether something did is "
        "told. Takes about two minutes."
    ),
    examples=(
        ("ferqt bench", "everything"),
        ("ferqt bench --quick", "rough figures at 1280 x 720"),
        ("ferqt bench talk.mp4", "with the first frames of a video of yours"),
        ("ferqt bench --parts models,detectors", "only these"),
        ("ferqt bench --json > mine.json", "all figures for a script"),
    ),
    add_arguments=_add_arguments,
    run=_run,
)
