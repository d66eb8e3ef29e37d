"""`ferqt cameras`: the cameras of this computer."""

import argparse

from ferqt.cli.base import Command
from ferqt.cli.console import EXIT_DONE, print_json, report


def _add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="print a JSON list")


def _run(args: argparse.Namespace) -> int:
    from ferqt.sources.camera_devices import list_cameras

    cameras = list_cameras()
    if args.json:
        print_json(
            [
                {"number": camera.index, "name": camera.name, "path": camera.path}
                for camera in cameras
            ]
        )
    elif cameras:
        for camera in cameras:
            print(f"{camera.index:>3}  {camera.name}")
    else:
        report("no camera found", "Plug one in, or try 'ferqt demo'.")
    return EXIT_DONE


CAMERAS = Command(
    name="cameras",
    summary="list the cameras of this computer",
    description="List the cameras of this computer by number and name.",
    examples=(
        ("ferqt cameras", "number and name of each camera"),
        ("ferqt cameras --json", "the same for a script"),
    ),
    add_arguments=_add_arguments,
    run=_run,
)
