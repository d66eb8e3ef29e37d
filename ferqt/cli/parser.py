"""The command line: what may be said, its help, and one clear line for what is not understood."""

import argparse
import sys
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NoReturn

from ferqt import __version__
from ferqt.cli.base import Command, positive_seconds
from ferqt.cli.commands import COMMANDS
from ferqt.cli.console import EXIT_USAGE, report

_DESCRIPTION = """\
Show live which facial expressions appear in a camera picture, a video or a photo, for several
people at once and without sending anything anywhere. Without a command, the window opens.

Expressions are what a face shows, not what a person feels."""

_SOURCE_HELP = (
    "what to open: a camera's number or name, a video or picture, a folder of pictures, a URL, or "
    "'demo'; write a file named like a command as ./NAME"
)

_EXAMPLES = (
    ("ferqt", "open the window"),
    ("ferqt 0", "open the window on the first camera"),
    ("ferqt talk.mp4", "open the window on a video"),
    ("ferqt analyze talk.mp4 --out results", "analyze every frame, without a window"),
)


class _Parser(argparse.ArgumentParser):
    """A parser that reports wrong usage in the one form that all of ferqt's errors have."""

    def error(self, message: str) -> NoReturn:
        """Report a command line that is not understood, and exit."""
        report(message.removeprefix("argument "), f"See '{self.prog} --help'.")
        self.exit(EXIT_USAGE)


class _WindowParser(_Parser):
    """The parser of `ferqt`, which hands over to a command's parser when the first word names one.

    argparse's own sub-commands cannot stand beside an optional SOURCE: it would take every source
    for an unknown command.
    """

    def __init__(self, commands: Mapping[str, Command], **options: Any) -> None:
        super().__init__(**options)
        self._commands = commands

    def parse_known_args(  # type: ignore[override]  # argparse's overloads tell namespaces apart
        self, args: Sequence[str] | None = None, namespace: argparse.Namespace | None = None
    ) -> tuple[argparse.Namespace, list[str]]:
        """Read the arguments; `command` is the command's name, None for the window."""
        words = list(sys.argv[1:] if args is None else args)
        command = self._commands.get(words[0]) if words else None
        if command is not None:
            return _command_parser(command).parse_args(words[1:], namespace), []
        known, unknown = super().parse_known_args(words, namespace)
        if known.source in self._commands:
            self.error(
                f"the command comes first, and a file of that name is './{known.source}': "
                f"{known.source!r}"
            )
        return known, unknown


def build_parser() -> argparse.ArgumentParser:
    """Return the parser of the whole command line.

    What it returns has `command`: the name of a headless command for `ferqt.cli.run`, or None for
    the window, then with `source`, `model`, `detector`, `exit_after` (s) and `trace` (path), each
    None when not given. Wrong usage is reported in one line and exits with 2.
    """
    parser = _WindowParser(
        COMMANDS,
        prog="ferqt",
        usage="ferqt [SOURCE] [options]\n       ferqt COMMAND ...",
        description=_DESCRIPTION,
        epilog=_commands_text(COMMANDS.values()) + "\n\n" + _examples_text(_EXAMPLES),
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    parser.set_defaults(command=None)
    parser.add_argument("source", metavar="SOURCE", nargs="?", help=_SOURCE_HELP)
    parser.add_argument(
        "--model", metavar="ID", help="model to begin with; see 'ferqt models list'"
    )
    parser.add_argument(
        "--detector",
        metavar="ID",
        help="face detector: mediapipe (default), haar, opencv-dnn, mediapipe-tasks",
    )
    parser.add_argument(
        "--exit-after",
        metavar="SECONDS",
        type=positive_seconds,
        help="close the window by itself after this time",
    )
    parser.add_argument(
        "--trace", metavar="FILE", help="write the times of start and stages to FILE as JSON lines"
    )
    parser.add_argument("--version", action="version", version=f"ferqt {__version__}")
    return parser


def _command_parser(command: Command) -> argparse.ArgumentParser:
    parser = _Parser(
        prog=f"ferqt {command.name}",
        description=command.description,
        epilog=_examples_text(command.examples),
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    parser.set_defaults(command=command.name)
    command.add_arguments(parser)
    return parser


def _commands_text(commands: Iterable[Command]) -> str:
    return "commands:\n" + _two_columns((command.name, command.summary) for command in commands)


def _examples_text(examples: Iterable[tuple[str, str]]) -> str:
    return "examples:\n" + _two_columns(examples)


def _two_columns(rows: Iterable[tuple[str, str]]) -> str:
    table = list(rows)
    width = max(len(left) for left, _ in table)
    return "\n".join(f"  {left:<{width}}  {right}" for left, right in table)
