"""`ferqt analyze`: every frame of videos and pictures into tables, without a window."""

import argparse

from ferqt.cli.base import Command, file_path, positive_count, positive_seconds, seconds


def _add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "sources",
        metavar="SOURCE",
        nargs="+",
        help="a video, a picture, a folder of pictures, or a URL, camera or 'demo' with --to",
    )
    parser.add_argument(
        "--out",
        metavar="DIR",
        type=file_path,
        required=True,
        help="folder for the results; with several sources, each gets a folder in it",
    )
    parser.add_argument("--model", metavar="ID", help="expression model; see 'ferqt models list'")
    parser.add_argument(
        "--detector", metavar="ID", help="face detector: mediapipe (default), haar or opencv-dnn"
    )
    parser.add_argument("--format", default="csv", help="tables to write (default csv)")
    parser.add_argument(
        "--from",
        metavar="S",
        dest="start_s",
        type=seconds,
        help="leave out frames before this time in seconds",
    )
    parser.add_argument(
        "--to",
        metavar="S",
        dest="stop_s",
        type=positive_seconds,
        help="leave out frames from this time on",
    )
    parser.add_argument(
        "--every",
        metavar="N",
        type=positive_count,
        default=1,
        help="read only frames whose number is a multiple of N (default 1, every frame)",
    )
    parser.add_argument(
        "--overwrite", action="store_true", help="replace results that are in DIR already"
    )
    parser.add_argument("--json", action="store_true", help="print a JSON summary at the end")


def _run(args: argparse.Namespace) -> int:
    from ferqt.cli.analysis import analyze_all

    return analyze_all(args)


ANALYZE = Command(
    name="analyze",
    summary="write what every frame of videos and pictures shows into tables",
    description=(
        "Read every frame of videos and pictures, without a window, and write frames.csv (a row\n"
        "for each frame and face) and metadata.json into a folder.\n\n"
        "Exit code: 0 all done, 1 some failed (the others are done), 2 wrong usage,\n"
        "130 interrupted by Ctrl+C (the rows written so far are whole)."
    ),
    examples=(
        ("ferqt analyze talk.mp4 --out results", "every frame of a video"),
        ("ferqt analyze photos --out results", "every picture of a folder"),
        ("ferqt analyze a.mp4 b.mp4 --out results", "several, each in its own folder"),
        ("ferqt analyze talk.mp4 --out part --from 10 --to 20 --every 5", "a part, thinned out"),
    ),
    add_arguments=_add_arguments,
    run=_run,
)
