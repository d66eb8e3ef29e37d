"""`ferqt analyze`: every frame of videos and pictures into sessions and tables, no window."""

import argparse

from ferqt.cli.base import Command, file_path, positive_count, positive_seconds, seconds, share


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
    _add_reading(parser.add_argument_group("what is read, and how"))
    _add_results(parser.add_argument_group("what is written"))
    _add_running(parser.add_argument_group("how it runs"))


def _add_reading(group: argparse._ArgumentGroup) -> None:
    group.add_argument("--model", metavar="ID", help="expression model; see 'ferqt models list'")
    group.add_argument(
        "--compare", metavar="ID", help="second expression model, for columns of its own"
    )
    group.add_argument(
        "--detector",
        metavar="ID",
        help="face detector: mediapipe (default), haar, opencv-dnn, mediapipe-tasks",
    )
    group.add_argument(
        "--from",
        metavar="S",
        dest="start_s",
        type=seconds,
        help="leave out frames before this time in seconds",
    )
    group.add_argument(
        "--to",
        metavar="S",
        dest="stop_s",
        type=positive_seconds,
        help="leave out frames from this time on",
    )
    group.add_argument(
        "--every",
        metavar="N",
        type=positive_count,
        default=1,
        help="read only frames whose number is a multiple of N (default 1, every frame)",
    )
    group.add_argument(
        "--smoothing",
        metavar="S",
        dest="smoothing_s",
        type=seconds,
        help="time constant of the smoothed values in seconds, 0 for none (default 0.3)",
    )
    group.add_argument(
        "--uncertain-below",
        metavar="P",
        type=share,
        help="call readings uncertain below this probability (default: what the model's card says)",
    )
    group.add_argument(
        "--blendshapes",
        action="store_true",
        help="read the 52 movements of each face too, for csv and parquet",
    )


def _add_results(group: argparse._ArgumentGroup) -> None:
    group.add_argument(
        "--format",
        metavar="LIST",
        default="csv",
        help="files to write beside the session, with commas: csv (default), parquet, openface, "
        "fex, facereader, boris, boris-aggregated, elan, vtt, srt, html (a report)",
    )
    group.add_argument(
        "--min-duration",
        metavar="S",
        dest="min_duration_s",
        type=seconds,
        help="in formats of segments, leave out shorter episodes (default 0.1)",
    )
    group.add_argument(
        "--enter",
        metavar="P",
        type=share,
        help="an episode begins when its expression leads with this probability (default 0.5)",
    )
    group.add_argument(
        "--leave",
        metavar="P",
        type=share,
        help="and ends when it falls below this one (default 0.4)",
    )
    group.add_argument(
        "--annotated", action="store_true", help="write annotated.mp4, the video with the overlay"
    )
    group.add_argument(
        "--blur", action="store_true", help="blur the faces in annotated.mp4 and in the report"
    )


def _add_running(group: argparse._ArgumentGroup) -> None:
    group.add_argument(
        "--resume",
        action="store_true",
        help="go on with an analysis that was broken off; without one, begin",
    )
    group.add_argument(
        "--overwrite", action="store_true", help="replace results that are in DIR already"
    )
    group.add_argument(
        "--threads",
        metavar="N",
        type=positive_count,
        help="1 works on one frame at a time; otherwise decoding, finding and reading faces "
        "overlap (default); results are the same",
    )
    group.add_argument(
        "--scheduler",
        metavar="ADDRESS",
        help="spread the sources over the workers of a Dask cluster, as tcp://host:8786; sources "
        "and DIR must have the same path on all computers",
    )
    group.add_argument("--json", action="store_true", help="print a JSON summary at the end")
    group.add_argument(
        "--progress",
        choices=("jsonl",),
        help="print how it goes as JSON lines, and take pause, resume and cancel as lines on "
        "standard input",
    )


def _run(args: argparse.Namespace) -> int:
    from ferqt.cli.analysis import analyze_all

    return analyze_all(args)


ANALYZE = Command(
    name="analyze",
    summary="write what every frame of videos and pictures shows into tables",
    description=(
        "Read every frame of videos and pictures, without a window. Each source's folder gets a\n"
        "session (session.db), frames.csv (a row for each frame and face) or the other files that\n"
        "--format names, and metadata.json.\n\n"
        "Exit code: 0 all done, 1 some failed (the others are done), 2 wrong usage,\n"
        "130 interrupted by Ctrl+C or cancel (what was analyzed is kept, --resume goes on)."
    ),
    examples=(
        ("ferqt analyze talk.mp4 --out results", "every frame of a video"),
        ("ferqt analyze talk.mp4 --out results --resume", "go on after a crash"),
        ("ferqt analyze photos --out results", "every picture of a folder"),
        ("ferqt analyze a.mp4 b.mp4 --out results", "several, each in its own folder"),
        ("ferqt analyze talk.mp4 --out part --from 10 --to 20 --every 5", "a part, thinned out"),
        (
            "ferqt analyze talk.mp4 --out t --format csv,elan --annotated",
            "files for other programs",
        ),
    ),
    add_arguments=_add_arguments,
    run=_run,
)
