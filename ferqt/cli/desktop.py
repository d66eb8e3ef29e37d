"""`ferqt desktop`: ferqt in the menus and the "open with" lists of a Linux desktop."""

import argparse
import sys
from typing import Final

from ferqt.cli import desktop_entry
from ferqt.cli.base import Command
from ferqt.cli.console import EXIT_DONE, print_json
from ferqt.errors import UsageError

_INSTALL: Final = "install"
_REMOVE: Final = "remove"
_ELSEWHERE: Final = {
    "win32": "Make a shortcut to ferqt.exe instead.",
    "darwin": "Drag ferqt into the Dock instead.",
}


def _add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "action",
        metavar="ACTION",
        choices=(_INSTALL, _REMOVE),
        help=f"'{_INSTALL}' puts ferqt into your menus, '{_REMOVE}' takes it out again",
    )
    parser.add_argument("--json", action="store_true", help="print a JSON summary")


def _run(args: argparse.Namespace) -> int:
    hint = _ELSEWHERE.get(sys.platform)
    if hint is not None:
        raise UsageError(f"desktop entries are for Linux, not for {sys.platform!r}", hint)
    files = desktop_entry.installed_files()
    adding = args.action == _INSTALL
    changed = desktop_entry.install(files) if adding else desktop_entry.remove(files)
    if args.json:
        print_json(
            {"action": args.action, "changed": changed, "files": [str(path) for path in files]}
        )
    else:
        print(f"{desktop_entry.entry_path()}: {_OUTCOMES[adding, changed]}")
    return EXIT_DONE


_OUTCOMES: Final = {
    (True, True): "installed with its icons, ferqt is in your menus",
    (True, False): "up to date",
    (False, True): "removed with its icons",
    (False, False): "was not there",
}

DESKTOP = Command(
    name="desktop",
    summary="add ferqt to the menus of a Linux desktop, or take it out",
    description=(
        "Put ferqt with its icon into the menus of your Linux desktop and into what it offers to "
        "open videos and pictures with, or take it out again. Changes your own folders alone."
    ),
    examples=(
        ("ferqt desktop install", "add it; again after ferqt has moved"),
        ("ferqt desktop remove", "take it out"),
    ),
    add_arguments=_add_arguments,
    run=_run,
)
